"""Tests of the sandbox's Block Kit rules."""
