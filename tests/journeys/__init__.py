"""Whole stories, lived by the real bot on the sandbox, from top to bottom."""
