"""How fast the bot is and what it needs, beside a bare Bolt app on the same stand-in for Slack."""
