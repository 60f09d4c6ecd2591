"""Slack's Web API: one module per family of methods, dispatched by name."""

from sandbox.web_api.dispatch import FACTS, Answer, Incoming, perform

__all__ = ["FACTS", "Answer", "Incoming", "perform"]
