"""vaultkeeper: keep a professional network alive, in plain text that you own."""

__version__ = "0.1.0"
