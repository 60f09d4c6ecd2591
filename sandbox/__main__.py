"""``sandbox serve --config workspace.yaml``, also with ``python -m``: a stand-in for Slack until SIGTERM or Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path
from typing import Final

from sandbox.manifest import ManifestError
from sandbox.record import Happening
from sandbox.sandbox import Sandbox
from sandbox.serve import WorkspaceError, load

ENDS: Final = (signal.SIGTERM, signal.SIGINT)
"""What ends it."""


def main(argv: list[str] | None = None) -> int:
    """Run the command line; return the exit status (2 when the workspace file has mistakes)."""
    arguments = _parser().parse_args(argv)
    try:
        sandbox = load(arguments.config)
    except (OSError, WorkspaceError, ManifestError) as problem:
        print(f"{arguments.config}: {problem}", file=sys.stderr)
        return 2
    _serve(sandbox)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sandbox", description="A local stand-in for Slack.")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="serve a workspace described in a YAML file")
    serve.add_argument("--config", type=Path, required=True, help="the workspace file, as in the README")
    return parser


def _serve(sandbox: Sandbox) -> None:
    # No thread may be given them, whose handler the waiting one would not hear of.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)
    sandbox.timeline.subscribe(_print)
    with sandbox:
        for line in _introduction(sandbox):
            print(line, flush=True)
        signal.sigwait(ENDS)


def _introduction(sandbox: Sandbox) -> list[str]:
    """Return the environment an app needs; these tokens open nothing but this stand-in."""
    return [
        f"SLACK_API_URL={sandbox.api_url}",
        f"SLACK_BOT_TOKEN={sandbox.bot_token}",
        f"SLACK_APP_TOKEN={sandbox.app_token}",
        f"SLACK_SIGNING_SECRET={sandbox.signing_secret}",
        "Serving until SIGTERM.",
        f"For a browser on this machine: {sandbox.page_url}",
    ]


def _print(happening: Happening) -> None:
    print(happening, flush=True)


if __name__ == "__main__":
    sys.exit(main())
