"""Tests of the process: settings, logs, pacing, Slack's errors, the manifest, the HTTP front door."""
