"""The server: the Web API, uploads and response URLs over HTTP, and the loop everything runs on."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, ClassVar, TypeVar

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from uvicorn.protocols.http.h11_impl import H11Protocol

from sandbox.backend import Backend
from sandbox.delivery import Deliveries
from sandbox.errors import SlackError
from sandbox.faults import Fault, SocketEnd
from sandbox.http_delivery import HttpDelivery
from sandbox.respond import respond
from sandbox.socket_mode import SocketHub, reset
from sandbox.web_api import Answer, Incoming, perform
from sandbox.web_api.dispatch import arguments

_Peer = tuple[Any, Any]
T = TypeVar("T")


class ResettableProtocol(H11Protocol):
    """HTTP/1.1 whose TCP connection can be broken on purpose (fault ``reset``)."""

    transports: ClassVar[dict[_Peer, asyncio.BaseTransport]] = {}

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """Remember the transport by both ends of the connection."""
        super().connection_made(transport)
        self.transports[(self.client, self.server)] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the transport."""
        self.transports.pop((self.client, self.server), None)
        super().connection_lost(exc)


def _reset(request: Request) -> None:
    """Send RST instead of an answer."""
    peer = (tuple(request.scope["client"]), tuple(request.scope["server"]))
    transport = ResettableProtocol.transports.get(peer)
    if isinstance(transport, asyncio.Transport):
        reset(transport)


class _Http(uvicorn.Server):
    """uvicorn's server, but for its end: it looks for it ten times a second, and then waits for another tenth."""

    def __init__(self, config: uvicorn.Config, until_stopped: Callable[[], Awaitable[None]]) -> None:
        super().__init__(config)
        self._until_stopped = until_stopped

    async def main_loop(self) -> None:
        """Serve until it is stopped."""
        await self.on_tick(0)
        telling = asyncio.create_task(self._tells_the_time())
        await self._until_stopped()
        telling.cancel()

    async def _tells_the_time(self) -> None:
        """Keep the header ``Date`` of the answers up to date, as uvicorn does in the loop that this one replaces."""
        while True:
            await asyncio.sleep(1)
            await self.on_tick(0)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close everything; who is being answered gets a tenth of a second."""
        for listener in (*self.servers, *(sockets or ())):
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        for _ in range(20):
            await asyncio.sleep(0.005)
            if not self.server_state.connections and not self.server_state.tasks:
                return


class Server:
    """A thread with an event loop that serves HTTP and WebSockets on loopback; ``more`` are routes of its host."""

    def __init__(self, backend: Backend, more: Sequence[BaseRoute] = ()) -> None:
        self._backend, self._more = backend, more
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="slack-sandbox", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self.hub = SocketHub(backend.ws)
        self.http: HttpDelivery | None = None
        self.deliveries: Deliveries | None = None

    def start(self) -> None:
        """Start and return once requests are answered."""
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            raise self._failure

    def stop(self) -> None:
        """Stop and wait for the thread to end."""
        if self._loop is not None and self._stopping is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()
        if self._failure is not None:
            raise self._failure

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the server's loop, from another thread, and return its result."""
        assert self._loop is not None, "the server has been started"
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _run(self) -> None:
        try:
            asyncio.run(self._main())
        except BaseException as failure:  # noqa: BLE001  # handed to the thread that waits in start() or stop()
            self._failure = failure
            self._ready.set()

    async def _main(self) -> None:
        backend, settings = self._backend, self._backend.ws.settings
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        listener = socket.create_server((settings.host, settings.port))
        backend.base_url = f"http://{settings.host}:{listener.getsockname()[1]}"
        await self.hub.start()
        backend.new_socket_url = self.hub.new_url
        self.http = HttpDelivery(backend.ws)
        transport = self.hub if backend.ws.app.config.socket_mode else self.http
        self.deliveries = Deliveries(backend, self._loop, transport)
        backend.ws.send_event = self.deliveries.send_event
        backend.faults.connect(self._disconnect, self._cut, self._break)
        await self._serve(listener)

    async def _serve(self, listener: socket.socket) -> None:
        assert self.deliveries is not None
        assert self.http is not None
        server = _Http(_config(application(self._backend, self._more)), self._until_stopped)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started and not serving.done():
            await asyncio.sleep(0.002)
        self._ready.set()
        await serving
        await self.deliveries.stop()
        await self.hub.stop()
        await self.http.stop()

    async def _until_stopped(self) -> None:
        assert self._stopping is not None
        while not self._stopping.is_set():
            with self._backend.ws.lock:
                self._backend.schedule.post_due()
            try:
                await asyncio.wait_for(self._stopping.wait(), 0.05)
            except TimeoutError:
                continue

    def _disconnect(self, reason: str) -> None:
        self.do(self.hub.disconnect(reason))

    def _cut(self) -> None:
        self.do(self.hub.cut())

    def _break(self, how: SocketEnd) -> None:
        self.do(self.hub.break_all(how))


def _config(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=ResettableProtocol,
        ws="none",
        lifespan="off",
        log_level="error",
        access_log=False,
    )


def application(backend: Backend, more: Sequence[BaseRoute] = ()) -> Starlette:
    """Return the HTTP face of a workspace; ``more`` routes come first."""

    async def api(request: Request) -> Response:
        return await _api(backend, request)

    async def upload(request: Request) -> Response:
        return await _upload(backend, request)

    async def download(request: Request) -> Response:
        return _download(backend, request)

    async def answer(request: Request) -> Response:
        return await _response_url(backend, request)

    return Starlette(
        routes=[
            *more,
            Route("/api/{method}", api, methods=["GET", "POST"]),
            Route("/upload/v1/{file}/{key}", upload, methods=["POST", "PUT"]),
            Route("/files-pri/{file}/{name:path}", download),
            Route("/{kind:str}/{team}/{number}/{secret}", answer, methods=["POST"]),
        ]
    )


async def _api(backend: Backend, request: Request) -> Response:
    incoming = Incoming(
        method=request.path_params["method"],
        content_type=request.headers.get("content-type", ""),
        authorization=request.headers.get("authorization", ""),
        body=await request.body(),
        query=request.url.query,
    )
    started = time.monotonic()
    delay, fault = backend.faults.take(incoming.method)
    if fault is None or fault.after_effect:
        answer = perform(backend, incoming)
    else:
        answer = Answer({"ok": False}, args=arguments(incoming))
    effect, seen = bool(answer.body["ok"]), _failed(fault) if fault else answer
    took = time.monotonic() - started + delay
    backend.ws.record.called(incoming.method, answer.args, seen.body, seen.status, took, effect)
    await asyncio.sleep(delay)
    return _fail(request, fault) if fault else JSONResponse(seen.body, seen.status, seen.headers)


def _failed(fault: Fault) -> Answer:
    """Return what the record says the app saw."""
    error = {"ratelimited": "ratelimited", "http": f"http_{fault.status}", "reset": "connection_reset"}
    status = {"ratelimited": 429, "http": fault.status}.get(fault.kind, 200)
    return Answer({"ok": False, "error": error.get(fault.kind, fault.error)}, status)


def _fail(request: Request, fault: Fault) -> Response:
    if fault.kind == "reset":
        _reset(request)
        return PlainTextResponse("")
    if fault.kind == "ratelimited":
        headers = {"Retry-After": str(fault.retry_after)}
        return JSONResponse({"ok": False, "error": "ratelimited"}, 429, headers)
    if fault.kind == "http":
        return PlainTextResponse("<html><body>upstream trouble</body></html>", fault.status)
    return JSONResponse({"ok": False, "error": fault.error})


async def _upload(backend: Backend, request: Request) -> Response:
    content = await request.body()
    try:
        with backend.ws.lock:
            backend.files.receive(request.path_params["file"], request.path_params["key"], content)
    except SlackError as error:
        return PlainTextResponse(error.error, 404)
    return PlainTextResponse(f"OK - {len(content)}")


def _download(backend: Backend, request: Request) -> Response:
    """Give an app the content of a file (docs.slack.dev/reference/objects/file-object, ``url_private``)."""
    app = backend.ws.app
    bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
    if bearer != app.bot_token or not app.installed or "files:read" not in app.scopes:
        return PlainTextResponse("a token with files:read is needed", 403)
    try:
        content = backend.files.get(request.path_params["file"]).content
    except SlackError as error:
        return PlainTextResponse(error.error, 404)
    return Response(content or b"", media_type="application/octet-stream")


async def _response_url(backend: Backend, request: Request) -> Response:
    parts = request.path_params
    path = f"{parts['kind']}/{parts['team']}/{parts['number']}/{parts['secret']}"
    try:
        payload = json.loads(await request.body())
    except json.JSONDecodeError:
        payload = None
    with backend.ws.lock:
        status, body = respond(backend, path, payload)
    answer = {"ok": status == 200, "error": body} if isinstance(body, str) else body
    backend.ws.record.responded(f"{backend.base_url}/{path}", payload, answer, status)
    return PlainTextResponse(body, status) if isinstance(body, str) else JSONResponse(body, status)
