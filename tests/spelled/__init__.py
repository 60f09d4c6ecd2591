"""Tests of what people write for one and the same thing."""
