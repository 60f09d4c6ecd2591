"""The barest stand-in for Slack: it answers what it must, leaves out what it may, and checks nothing."""

from __future__ import annotations

import itertools
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from tests.patience import PATIENCE

Json = dict[str, Any]
TEAM = "TBARE"


class BareSlack:
    """One workspace; `people` maps ids to user objects, `posts` maps (channel, ts) to what stands there."""

    def __init__(self, people: dict[str, Json]) -> None:
        self.people = people
        self.posts: dict[tuple[str, str], Json] = {}
        self.views: list[Json] = []
        self._numbers = itertools.count(1)
        self._acks: dict[str, Json] = {}
        self._changed = threading.Condition()
        self._socket: ServerConnection | None = None
        self._pool = ThreadPoolExecutor(2)

    def __enter__(self) -> Self:
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._ws: Server = serve(self._connected, "127.0.0.1", 0)
        self._pool.submit(self._http.serve_forever)
        self._pool.submit(self._ws.serve_forever)
        return self

    def __exit__(self, *_: object) -> None:
        self._ws.shutdown()
        self._http.shutdown()
        self._http.server_close()
        self._pool.shutdown()

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/api/"

    # What the app calls

    def answer(self, method: str, args: Json) -> Json:
        """Answer a call with the fewest fields that do."""
        found = getattr(self, "_" + method.replace(".", "_"), None)
        answer: Json = found(args) if found else {"ok": False, "error": "unknown_method"}
        with self._changed:
            self._changed.notify_all()
        return answer

    def _auth_test(self, _args: Json) -> Json:
        return {"ok": True, "team_id": TEAM, "user_id": "UBOT", "bot_id": "BBOT"}

    def _apps_connections_open(self, _args: Json) -> Json:
        return {"ok": True, "url": f"ws://127.0.0.1:{self._ws.socket.getsockname()[1]}/link"}

    def _users_info(self, args: Json) -> Json:
        return {"ok": True, "user": self.people[args["user"]]}

    def _views_open(self, args: Json) -> Json:
        view = {**_loaded(args["view"]), "id": f"V{next(self._numbers)}"}
        self.views.append(view)
        return {"ok": True, "view": view}

    def _conversations_open(self, args: Json) -> Json:
        return {"ok": True, "channel": {"id": "G" + args["users"].replace(",", "")}}

    def _chat_postMessage(self, args: Json) -> Json:  # noqa: N802 - named as Slack's method
        channel = args["channel"].replace("U", "D", 1) if args["channel"].startswith("U") else args["channel"]
        ts = f"1700000000.{next(self._numbers):06d}"
        self.posts[channel, ts] = args
        return {"ok": True, "channel": channel, "ts": ts}

    def _chat_update(self, args: Json) -> Json:
        self.posts[args["channel"], args["ts"]] = args
        return {"ok": True}

    def _chat_postEphemeral(self, args: Json) -> Json:  # noqa: N802 - named as Slack's method
        return {"ok": True, "message_ts": f"1700000000.{next(self._numbers):06d}"}

    # What people do

    def types(self, person: str, text: str) -> Json:
        """Type the command; gives what the app acknowledged with."""
        command = {"command": "/reverse-mentor", "text": text, "user_id": person, "team_id": TEAM}
        return self._send("slash_commands", command | {"channel_id": "C1", "trigger_id": self._trigger()})

    def writes(self, person: str, text: str) -> None:
        """Write to the app in its direct message; an event has no answer but an empty ack."""
        where = {
            "channel": person.replace("U", "D", 1),
            "channel_type": "im",
            "ts": f"1700000001.{self._id()}",
        }
        event = {"type": "message", "user": person, "text": text} | where
        self._send("events_api", {"type": "event_callback", "team_id": TEAM, "event": event})

    def clicks(self, person: str, post: tuple[str, str], action_id: str) -> None:
        """Press a button of a message."""
        channel, ts = post
        action = next(one for one in _buttons(self.posts[post]) if one["action_id"] == action_id)
        where = {"channel": {"id": channel}, "container": {"channel_id": channel, "message_ts": ts}}
        self._interact("block_actions", person, {"actions": [action], "message": {"ts": ts}} | where)

    def searches(self, person: str, view: Json, field: str, typed: str) -> list[Json]:
        """Type into a field that asks the app for options."""
        about = {"action_id": field, "block_id": field, "value": typed, "view": view}
        options: list[Json] = self._interact("block_suggestion", person, about)["options"]
        return options

    def submits(self, person: str, view: Json, filled: dict[str, Json]) -> Json:
        """Submit a form, with what it proposed wherever nothing else was filled in."""
        inputs = [block for block in view["blocks"] if block["type"] == "input"]
        values = {one["block_id"]: {one["element"]["action_id"]: _proposed(one["element"])} for one in inputs}
        for field, state in filled.items():
            values[field] = {field: state}
        shown = view | {"state": {"values": values}}
        return self._interact("view_submission", person, {"view": shown})

    def waits_for(self, words: str, channel: str | None = None, seconds: float = PATIENCE) -> tuple[str, str]:
        """The place of the newest message with these words."""

        def found() -> tuple[str, str] | None:
            places = [place for place, post in self.posts.items() if words in json.dumps(post)]
            return next((place for place in reversed(places) if channel in (None, place[0])), None)

        with self._changed:
            assert self._changed.wait_for(found, seconds), f"nobody said {words!r}"
            place = found()
        assert place is not None
        return place

    def _trigger(self) -> str:
        return f"1.2.{self._id()}"

    def _id(self) -> str:
        return f"{next(self._numbers):06d}"

    def _interact(self, kind: str, person: str, more: Json) -> Json:
        who = {"type": kind, "user": {"id": person}, "team": {"id": TEAM}, "trigger_id": self._trigger()}
        return self._send("interactive", who | more)

    def _send(self, kind: str, payload: Json) -> Json:
        envelope = f"e{next(self._numbers)}"
        with self._changed:
            assert self._changed.wait_for(lambda: self._socket is not None, PATIENCE), (
                "the app never connected"
            )
            assert self._socket is not None
            body = {"type": kind, "envelope_id": envelope, "payload": payload}
            self._socket.send(json.dumps(body | {"accepts_response_payload": True}))
            assert self._changed.wait_for(lambda: envelope in self._acks, PATIENCE), "no ack"
            return self._acks.pop(envelope)

    def _connected(self, socket: ServerConnection) -> None:
        socket.send(json.dumps({"type": "hello"}))
        with self._changed:
            self._socket = socket
            self._changed.notify_all()
        with suppress(ConnectionClosed):
            for raw in socket:
                ack = json.loads(raw)
                with self._changed:
                    self._acks[ack["envelope_id"]] = ack.get("payload") or {}
                    self._changed.notify_all()


def _handler(slack: BareSlack) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            answer = json.dumps(slack.answer(self.path.rpartition("/")[2], _arguments(body))).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the test tells what matters."""

    return Handler


def _arguments(body: str) -> Json:
    if body.startswith("{"):
        found: Json = json.loads(body)
        return found
    return {name: values[0] for name, values in parse_qs(body).items()}


def _loaded(view: Any) -> Json:
    loaded: Json = json.loads(view) if isinstance(view, str) else view
    return loaded


def _buttons(post: Json) -> list[Json]:
    blocks = [block for block in _loaded_list(post["blocks"]) if block["type"] == "actions"]
    return [one for block in blocks for one in block["elements"]]


def _loaded_list(blocks: Any) -> list[Json]:
    loaded: list[Json] = json.loads(blocks) if isinstance(blocks, str) else blocks
    return loaded


def _proposed(element: Json) -> Json:
    """The state of a field that nobody touched."""
    state: Json = {"type": element["type"]}
    for name, value in element.items():
        if name.startswith("initial_"):
            state[_STATE.get(name, "selected_" + name.removeprefix("initial_"))] = value
    return state


_STATE = {"initial_value": "value"}
