"""How Slack reaches the bot: Socket Mode and HTTP, up to the point where Bolt takes over."""
