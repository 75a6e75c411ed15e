"""Where the program starts: `vk`, and `python -m vaultkeeper`."""

import gc
import os
import sys


def main() -> None:
    # Notes become values by the hundred thousand, none of which holds itself: the search for such as do took
    # as long as all the rest. Before anything is loaded, since that makes much, too.
    gc.disable()
    from vaultkeeper.cli.main import main

    main()


if __name__ == "__main__":
    # `python -m` looks in the current folder first: a vault could bring along a jinja2.py of its own.
    here = os.getcwd()  # noqa: PTH109 (pathlib is slow to load, and --version needs none)
    if sys.path[:1] == [here] and os.path.dirname(os.path.dirname(os.path.realpath(__file__))) != here:  # noqa: PTH120
        del sys.path[0]
    main()
