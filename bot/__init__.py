"""The process: reads the settings, wires the parts together, and talks to Slack."""
