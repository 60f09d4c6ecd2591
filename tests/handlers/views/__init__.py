"""Tests of the views: what is shown is what Slack takes, complete, and harmless whatever people typed."""
