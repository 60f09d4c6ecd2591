"""The yardstick: a Bolt app that makes the bot's Web API calls with the bot's contents, and does nothing else.

It has no database, checks nothing, knows nobody, and says the same thing every time. What it says and to which names it
listens is in the JSON file that SCRIPT names (benchmarks/script.py).
"""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

WORKERS = 16
"""As many listeners at once as the bot has."""


def build(client: WebClient, script: dict[str, Any]) -> App:
    """An app that plays the script."""
    app = App(
        client=client,
        token_verification_enabled=False,
        listener_executor=ThreadPoolExecutor(WORKERS, thread_name_prefix="listener"),
    )

    @app.command(script["command"])
    def command(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        view = script["filled_form" if body.get("text") else "form"]
        client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()

    @app.view(script["form"]["callback_id"])
    def save(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        person = body["user"]["id"]
        client.users_info(user=person)
        ack()
        client.chat_postMessage(channel=person, **script["welcome"])

    @app.action(script["approve"])
    def approve(ack: Ack, body: dict[str, Any], client: WebClient, respond: Respond) -> None:
        ack()
        for person in script["pair"]:
            client.users_info(user=person)
        respond(**_approved(script, int(body["actions"][0]["value"])), replace_original=True)

    return app


def _approved(script: dict[str, Any], number: int) -> dict[str, Any]:
    """The message with the cards of that pair and its neighbors, approved up to that pair."""
    cards, stand_in = script["approved_cards"], script["stand_in"]
    place = (number - 1) % len(cards)
    text = cards[place]
    for other in range(len(cards)):
        text = text.replace(str(stand_in + other), str(number - place + other))
    return dict(json.loads(text))


def main() -> None:
    """Run the app until somebody ends the process."""
    client = WebClient(
        os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"], timeout=10, retry_handlers=[]
    )
    client.auth_test()
    app = build(client, json.loads(Path(os.environ["SCRIPT"]).read_text("utf-8")))
    socket = SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"], concurrency=WORKERS)
    socket.start()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped


if __name__ == "__main__":
    main()
