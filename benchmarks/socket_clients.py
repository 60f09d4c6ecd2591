"""One Socket Mode client in a process of its own, which acknowledges whatever comes, for `benchmarks.sockets`."""

from __future__ import annotations

import asyncio
import importlib
import os
import signal
import sys
import threading
import time
from types import FrameType
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.transport.socket_mode import SocketMode

SYNC = ("builtin", "websocket_client")
ASYNC = ("websockets", "aiohttp")
OURS = "bot"
CLIENTS = (*SYNC, *ASYNC, OURS)

PING_SECONDS = 10
"""What Bolt's adapters give their clients."""

STEP_SECONDS = 7_200.0


def main() -> None:
    """Run the client named on the command line until SIGTERM; SIGUSR1 steps its wall clock ahead."""
    name = sys.argv[1]
    signal.signal(signal.SIGUSR1, _step)
    token, url = os.environ["SLACK_APP_TOKEN"], os.environ["SLACK_API_URL"]
    if name in ASYNC:
        asyncio.run(_run_async(name, token, url))
        return
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    client = _sync(name, token, url)
    client.connect()
    stop.wait()
    client.close()


def _step(_number: int, _frame: FrameType | None) -> None:
    real = time.time
    time.time = lambda: real() + STEP_SECONDS


def _sync(name: str, token: str, url: str) -> Any:
    web = WebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=url)
    if name == OURS:
        app = App(name="tiny", client=web, token_verification_enabled=False)
        app.command("/tiny")(_answer)
        return SocketMode(app, web, token, workers=16)
    module = importlib.import_module(f"slack_sdk.socket_mode.{name}")
    client = module.SocketModeClient(
        app_token=token, web_client=web, ping_interval=PING_SECONDS, concurrency=16
    )
    client.socket_mode_request_listeners.append(_acknowledge)
    return client


def _answer(ack: Ack) -> None:
    ack()


def _acknowledge(client: BaseSocketModeClient, request: SocketModeRequest) -> None:
    client.send_socket_mode_response(SocketModeResponse(request.envelope_id))


async def _run_async(name: str, token: str, url: str) -> None:
    module = importlib.import_module(f"slack_sdk.socket_mode.{name}")
    web = AsyncWebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=url)
    client = module.SocketModeClient(app_token=token, web_client=web, ping_interval=PING_SECONDS)

    async def acknowledge(client: Any, request: SocketModeRequest) -> None:
        await client.send_socket_mode_response(SocketModeResponse(request.envelope_id))

    client.socket_mode_request_listeners.append(acknowledge)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await client.connect()
    await stop.wait()
    await client.close()


if __name__ == "__main__":
    main()
