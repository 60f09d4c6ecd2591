"""Tests of what can happen in a program."""
