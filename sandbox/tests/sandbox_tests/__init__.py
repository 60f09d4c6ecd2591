"""Tests of the sandbox, the local stand-in for Slack."""

import os

# Read when the sandbox is imported. Slack's three seconds are the business of the tests that name them; no other one
# fails because a machine is busy.
os.environ.setdefault("SANDBOX_PATIENCE", "20")
