"""Tests of what Slack sends to the program and what the program shows."""
