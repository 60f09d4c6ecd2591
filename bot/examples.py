"""Where the values in `.env` come from, and how those of an example are told from real ones."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult

EXAMPLE: Final = Path(__file__).parents[1] / ".env.example"
"""The example that a checkout has, and the installed package too."""

FROM_SLACK: Final = {
    "SLACK_BOT_TOKEN": "In your Slack app, open OAuth & Permissions and copy the Bot User OAuth Token.",
    "SLACK_APP_TOKEN": (
        "In your Slack app, open Basic Information and make an app-level token with the scope connections:write."
    ),
    "SLACK_SIGNING_SECRET": "In your Slack app, open Basic Information and copy the Signing Secret.",
}
"""What to copy from where."""

_PLACEHOLDER: Final = re.compile(
    r"replace.?me|change.?me|placeholder|\.\.\.|^<.*>$|^\$|(?<![a-z])(?:your|insert|paste)[-_ ]|"
    r"^(?:xoxb|xapp|x)[-_x]*$|^(?:todo|tbd|fixme)$",
    re.IGNORECASE,
)


def is_placeholder(token: str) -> bool:
    """Whether it is what stands in examples in the place of a token, `.env.example` among them."""
    return _PLACEHOLDER.search(token) is not None


def is_example(address: SplitResult) -> bool:
    """Whether it is the example of a database's address, in `.env.example` and in our own sentences."""
    return address.hostname == "host" and address.path == "/database"


def no_file(path: Path) -> str:
    """That there is no `.env`, and what to do."""
    beside = path.with_name(EXAMPLE.name)
    example = EXAMPLE.name if beside.exists() else EXAMPLE
    return (
        f"There is no {path.name} in {path.absolute().parent}. Start the bot in the folder that has it, or make one: "
        f"cp {example} {path.name}"
    )
