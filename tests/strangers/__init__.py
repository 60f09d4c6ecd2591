"""The bot against a stand-in for Slack that is not ours: the barest one that can be called Slack."""
