"""Page: the parts put together, and the addresses they answer at."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route

from sandbox.errors import NoSuchOption, PersonError, SlackError
from sandbox.page.acts import Acts
from sandbox.page.guard import Guard
from sandbox.page.host import Scene, Show, TimeControl, Tour
from sandbox.page.hours import Hours
from sandbox.page.reads import Reads
from sandbox.page.screens import Screens
from sandbox.page.shelf import ROUTE as SHELF
from sandbox.page.shelf import shelved
from sandbox.page.stream import Pulse, Sections, changes, ended_after
from sandbox.page.switches import standing, switch
from sandbox.page.visits import Visit, Visits
from sandbox.page.wire import Wire
from sandbox.people import Stage
from sandbox.record import Happening
from sandbox.settings import Json
from sandbox.shown import Reply
from sandbox.workspace import Conversation

MESSAGES = 100
"""So many messages of a conversation are shown before somebody asks for earlier ones."""
NO_DEEDS = frozenset({"open", "keep", "leap", "fault", "show", "suggest"})
"""What visitors may do without doing anything as somebody."""

MOVED_BY_THE_SHOW = "The story moves the time now. Take over, and the clock is yours."
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})

_Act = Callable[[str, Json], Any]


class Page:
    """The browser's side of a workspace; ``routes`` go to the sandbox's own server.

    ``connections`` tells how many sockets the app has open.
    """

    def __init__(
        self,
        stage: Stage,
        connections: Callable[[], int],
        time: TimeControl | None = None,
        tour: Tour | None = None,
        show: Show | None = None,
    ) -> None:
        self._stage, self._ws, self._tour, self._show = stage, stage.backend.ws, tour, show
        self.visits = Visits()
        self._connections = connections
        self._pulse = Pulse()
        self._reads = Reads(self._ws)
        self._screens = Screens(stage.backend, self._reads)
        self._acts = Acts(stage, self._screens)
        self._hours = Hours(self._ws.clock, self._ws.record.timeline, time)
        self._wire = Wire(self._ws.record, self._pulse.beat)
        self._ticked: set[int] = set()
        self._ws.watchers.append(self._pulse.beat)
        self._open = False

    @property
    def routes(self) -> list[BaseRoute]:
        """The page at ``/`` and what it needs under ``/page``."""
        inside = [
            Route("/stream", self._stream),
            Route("/wire", self._wire_after),
            Route("/files/{file}/{how}", self._file),
            Route("/{act}", self._act, methods=["POST"]),
            SHELF,
        ]
        front = Route("/", self._front, middleware=[Middleware(Guard)])
        return [front, Mount("/page", routes=inside, middleware=[Middleware(Guard)])]

    def close(self) -> None:
        """End every stream, so that the server can stop."""
        self._pulse.end()

    async def _front(self, _request: Request) -> Response:
        return shelved("index.html")

    # What is seen

    async def _stream(self, request: Request) -> Response:
        self._begin()
        asked = dict(request.query_params)
        visit = self.visits.begin()
        events = changes(self._pulse, lambda: self._sections(asked, visit))
        return StreamingResponse(ended_after(events, visit.end), media_type="text/event-stream")

    def _begin(self) -> None:
        with self._ws.lock:
            self._reads.begin()
            if not self._open:
                self._open = True
                self._ws.record.timeline.subscribe(self._happened)

    def _happened(self, happening: Happening) -> None:
        if self._tour is not None and self._scene() is None:
            self._ticked.update(self._tour.ticked_by(str(happening)))

    def _sections(self, asked: dict[str, str], visit: Visit) -> Sections:
        clock = self._hours.face()
        with self._ws.lock:
            user = self._viewer(asked.get("as"))
            visit.acts_as(user)
            place = self._place(user, asked) if user else None
            screen = self._screen(user, place, asked) if user else {}
            me = {"id": user, "team": self._ws.team_name, "at": place.id if place else None}
            return {"me": me, **self._setting(clock), **screen}

    def _setting(self, clock: Json) -> Sections:
        """Everything that is the same wherever the viewer looks."""
        tour = None
        if self._tour is not None:
            tour = {**asdict(self._tour), "ticked": sorted(self._ticked)}
        scene = self._scene()
        return {
            "app": {**self._screens.app(), "connections": self._connections()},
            "people": self._screens.people(),
            "clock": {**clock, "movable": clock["movable"] and scene is None},
            "tour": tour,
            "show": asdict(scene) if scene else None,
            "wire": {**self._wire.counts(), "faults": standing(self._stage.backend.faults)},
        }

    def _scene(self) -> Scene | None:
        return self._show.now() if self._show else None

    def _place(self, user: str, asked: dict[str, str]) -> Conversation | None:
        """The conversation asked for if it may be seen; whoever just comes in is in their first channel."""
        if "at" not in asked:
            own = (c for c in self._ws.conversations_of(user) if c.kind in ("public", "private"))
            return None if "tab" in asked else next(own, None)
        found = self._ws.conversations.get(asked["at"])
        may_see = found is not None and (found.kind == "public" or user in found.members)
        return found if may_see else None

    def _screen(self, user: str, conversation: Conversation | None, asked: dict[str, str]) -> Sections:
        """What this viewer sees where they are."""
        self._ws.dm(user)
        found: Sections = {"home": self._screens.home(user), "modals": self._screens.modals(user)}
        if conversation is not None:
            self._reads.mark(user, conversation)
            limit = _number(asked.get("limit"), MESSAGES)
            found["messages"] = self._screens.messages(user, conversation, limit)
            found["thread"] = self._screens.thread(user, conversation, asked.get("thread", ""))
        return {"places": self._screens.places(user), **found}

    def _viewer(self, wanted: str | None) -> str | None:
        """The person asked for, else the first admin, else the first member."""
        users = [u for u in self._ws.users.values() if not u.is_bot and not u.deleted]
        if wanted in self._ws.users and not self._ws.users[wanted].is_bot:
            return wanted
        return next((u.id for u in sorted(users, key=lambda u: not (u.admin or u.owner))), None)

    async def _wire_after(self, request: Request) -> Response:
        return JSONResponse(self._wire.after(_number(request.query_params.get("after"), 0)))

    async def _file(self, request: Request) -> Response:
        try:
            file = self._stage.backend.files.get(request.path_params["file"])
        except SlackError:
            return JSONResponse({"error": "That file is gone."}, 404)
        kind = mimetypes.guess_type(file.name)[0]
        if kind in PICTURES and request.path_params["how"] == "picture":
            return Response(file.content, media_type=kind)
        headers = {"Content-Disposition": f"attachment; filename*=utf-8''{quote(file.name)}"}
        return Response(file.content, media_type="application/octet-stream", headers=headers)

    # What is done

    async def _act(self, request: Request) -> Response:
        act = self._deeds().get(request.path_params["act"])
        if act is None:
            return JSONResponse({"error": "Nobody can do that here."}, 404)
        try:
            asked = json.loads(await request.body())
            user = str(asked.get("as", ""))
            if request.path_params["act"] not in NO_DEEDS:
                self.visits.did_something(user)
            found = await run_in_threadpool(act, user, asked)
        except (PersonError, NoSuchOption) as problem:
            return JSONResponse({"error": str(problem)}, 409)
        except (json.JSONDecodeError, KeyError, TypeError, AttributeError):
            return JSONResponse({"error": "The page sent something nobody understands."}, 400)
        return JSONResponse(_answer(found))

    def _deeds(self) -> dict[str, _Act]:
        acts = self._acts
        return {
            "say": lambda u, a: acts.say(u, a["channel"], a["text"], a.get("thread_ts")),
            "react": lambda u, a: acts.react(u, a["channel"], a["ts"], a["name"]),
            "join": lambda u, a: acts.join(u, a["channel"]),
            "write": lambda u, a: acts.write_to(u, a["to"]),
            "open": lambda u, a: acts.open_tab(u, a["tab"]),
            "press": lambda u, a: acts.press(u, a["at"], a.get("option")),
            "fill": lambda u, a: acts.fill(u, a["at"], a["value"]),
            "keep": lambda u, a: acts.keep(u, a["drafts"]),
            "upload": lambda u, a: acts.upload(u, a["name"], a["content"]),
            "suggest": lambda u, a: {"groups": acts.suggest(u, a["at"], a["query"])},
            "submit": lambda u, a: acts.submit(u, a["view"]),
            "close": lambda u, a: acts.close(u, a["view"], whole_stack=bool(a.get("all"))),
            "leap": lambda _u, a: self._leap(a["by"]),
            "show": lambda _u, a: self._direct(a["do"]),
            "fault": lambda _u, a: self._fault(a),
        }

    def _leap(self, by: str) -> None:
        if self._scene():
            raise PersonError(MOVED_BY_THE_SHOW)
        self._hours.leap(by)

    def _direct(self, do: str) -> None:
        if self._show is None or self._scene() is None:
            raise PersonError("Nothing plays by itself now.")
        {"skip": self._show.skip, "skip all": self._show.skip_all, "take over": self._show.take_over}[do]()
        self._pulse.beat()

    def _fault(self, asked: Json) -> None:
        switch(self._stage.backend.faults, asked["kind"], asked.get("method"), asked.get("times", 1))
        self._pulse.beat()


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() else otherwise


def _answer(found: Any) -> Json:
    if isinstance(found, Reply):
        return {"ok": found.ok, "error": found.error}
    return found if isinstance(found, dict) else {"ok": True}
