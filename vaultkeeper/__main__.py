"""`python -m vaultkeeper`."""

import os
import sys

# `python -m` looks for modules in the current folder first: a vault could bring along a jinja2.py of its own.
here = os.getcwd()  # noqa: PTH109 (pathlib is slow to load, and --version needs none)
if sys.path[:1] == [here] and os.path.dirname(os.path.dirname(os.path.realpath(__file__))) != here:  # noqa: PTH120
    del sys.path[0]

from vaultkeeper.cli.main import main  # noqa: E402

main()
