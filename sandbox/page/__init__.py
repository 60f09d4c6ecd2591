"""The page: the sandbox in a browser, for people who want to use an app the way they would in Slack."""

from .host import Step, TimeControl, Tour
from .page import Page

__all__ = ["Page", "Step", "TimeControl", "Tour"]
