"""The installed command: `reverse-mentor`, or `python -m reverse_mentor`."""

import runpy
import sys
from pathlib import Path


def main() -> None:
    """Run the bot's command line.

    The wheel keeps the product's packages inside this folder, because other projects own top-level names
    such as `scheduler` and `storage`. Putting the folder first on the path makes ours importable under their
    own names, in this process alone.
    """
    sys.path.insert(0, str(Path(__file__).parent))
    runpy.run_module("bot", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
