"""Slack as the bot calls it: its people and channels, its answers, and what its errors mean."""
