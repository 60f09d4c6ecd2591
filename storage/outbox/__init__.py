"""The messages on their way, where each stands, and the facts that they show."""
