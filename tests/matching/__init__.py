"""Tests of the matching."""
