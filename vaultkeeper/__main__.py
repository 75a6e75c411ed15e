"""`python -m vaultkeeper`."""

from vaultkeeper.cli.main import main

main()
