"""Which act of somebody's is being done, for those who begin one and for those who write the log."""

from __future__ import annotations

from storage.acting import current, following, new

__all__ = ["current", "following", "new"]
