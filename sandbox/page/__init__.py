"""The page: the sandbox in a browser, for people who want to use an app the way they would in Slack."""

from sandbox.page.host import Scene, Show, Step, TimeControl, Tour
from sandbox.page.page import Page

__all__ = ["Page", "Scene", "Show", "Step", "TimeControl", "Tour"]
