"""Tests of benchmarks/matching/."""
