"""From the outbox to Slack: when which message goes, and what becomes of one that Slack did not take."""
