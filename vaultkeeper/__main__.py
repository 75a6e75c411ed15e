"""`python -m vaultkeeper`."""

import os
import sys
from pathlib import Path

# `python -m` looks for modules in the current folder first: a vault could bring along a jinja2.py of its own.
if sys.path[:1] == [os.getcwd()] and Path(__file__).resolve().parents[1] != Path.cwd():
    del sys.path[0]

from vaultkeeper.cli.main import main

main()
