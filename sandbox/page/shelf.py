"""Shelf: the page's own files. There are some dozens of small ones, so none of them may cost a thread."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

STATIC = Path(__file__).parent / "static"
_FILES = {path.relative_to(STATIC).as_posix(): path for path in STATIC.rglob("*") if path.is_file()}
"""What is on the shelf; nothing beside it can be named."""


def shelved(name: str) -> Response:
    """Return that file as it is on disk now."""
    if name not in _FILES:
        return Response(status_code=404)
    return Response(_FILES[name].read_bytes(), media_type=mimetypes.guess_type(name)[0])


async def _give(request: Request) -> Response:
    return shelved(request.path_params["name"])


ROUTE = Route("/static/{name:path}", _give)
