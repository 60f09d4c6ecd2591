"""Files: uploads in two steps, and what Slack tells about them."""

from __future__ import annotations

import mimetypes
import secrets
from dataclasses import dataclass, field
from urllib.parse import quote

from sandbox.errors import SlackError
from sandbox.settings import Json
from sandbox.workspace import Workspace


@dataclass(slots=True)
class File:
    """An uploaded file; it exists for others once it is completed."""

    id: str
    name: str
    length: int
    user: str
    created: int
    base_url: str = ""
    key: str = field(default_factory=lambda: secrets.token_hex(16))
    title: str = ""
    content: bytes | None = None
    complete: bool = False
    deleted: bool = False
    channels: list[str] = field(default_factory=list)


class Files:
    """Every file of the workspace, by id."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._files: dict[str, File] = {}

    def reserve(self, name: str, length: int, user: str, base_url: str = "") -> File:
        """Announce an upload of ``length`` bytes to the server at ``base_url``."""
        file = File(self._ws.ids.next("F"), name, length, user, self._ws.clock.epoch(), base_url, title=name)
        self._files[file.id] = file
        return file

    def upload(self, name: str, content: bytes, user: str, base_url: str = "") -> File:
        """Take a whole file at once, as a person's client does."""
        file = self.reserve(name, len(content), user, base_url)
        file.content, file.complete = content, True
        return file

    def receive(self, file_id: str, key: str, content: bytes) -> None:
        """Take the bytes of an announced upload; ``file_not_found`` for a wrong address."""
        file = self._files.get(file_id)
        if file is None or file.key != key:
            raise SlackError("file_not_found")
        file.content, file.length = content, len(content)

    def get(self, file_id: str) -> File:
        """Return a file, or answer ``file_not_found`` or ``file_deleted``."""
        file = self._files.get(file_id)
        if file is None:
            raise SlackError("file_not_found")
        if file.deleted:
            raise SlackError("file_deleted")
        return file


def file_json(file: File) -> Json:
    """Return a file object (docs.slack.dev/reference/objects/file-object)."""
    kind = mimetypes.guess_type(file.name)[0] or "text/plain"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": kind,
        "filetype": file.name.rpartition(".")[2] or "text",
        "user": file.user,
        "size": file.length,
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "url_private": f"{file.base_url}/files-pri/{file.id}/{quote(file.name)}",
        "url_private_download": f"{file.base_url}/files-pri/{file.id}/download/{quote(file.name)}",
        "channels": list(file.channels),
    }
