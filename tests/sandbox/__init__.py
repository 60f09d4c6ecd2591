"""Tests of the sandbox, the local stand-in for Slack."""
