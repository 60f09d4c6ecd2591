"""The command line: `python -m bot` with a command, such as `run`; `--help` lists them all.

Old Pythons read this module too, down to 3.6, to say that they are too old.
"""

import sys
from collections.abc import Sequence

from bot import environment


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Run a command; gives the exit status: 0 done, 1 something is wrong, 2 what was given cannot be used."""
    problem = environment.problem()
    if problem:
        print(problem, file=sys.stderr)
        return 1
    # Only now, because it needs the packages, and a Python that is new enough.
    from bot import command_line

    return command_line.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
