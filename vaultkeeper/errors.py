"""What can stop a command, and the exit code that each ends with (CLI.md).

    VaultkeeperError            1   any other error
    ├── ConfigError             1   vaultkeeper.toml has a bad value; names the line
    ├── VaultNotFound           1   no vaultkeeper.toml here or above
    ├── BadInput                2   an argument that cannot be understood
    ├── NotFound                4   no contact, promise or note answers to that name
    │   └── Ambiguous           4   more than one does; carries the candidates
    └── NotWritten              5   the file cannot be safely changed, or is not ours
        ├── UnsafeNote          5   it cannot be read surely: bad YAML, not UTF-8, conflict markers
        └── ChangedUnderneath   5   somebody saved it after we read it

A problem *in* a note that stops nothing is no exception: it is a `domain.place.Problem`.
"""


class VaultkeeperError(Exception):
    """Base of all; `str()` is the message a user reads."""

    exit_code = 1


class ConfigError(VaultkeeperError):
    pass


class VaultNotFound(VaultkeeperError):
    pass


class BadInput(VaultkeeperError):
    exit_code = 2


class NotFound(VaultkeeperError):
    exit_code = 4


class Ambiguous(NotFound):
    """`candidates` are lines to choose from, as the user would type them."""

    def __init__(self, message: str, candidates: tuple[str, ...]) -> None:
        super().__init__(message)
        self.candidates = candidates


class NotWritten(VaultkeeperError):
    exit_code = 5


class UnsafeNote(NotWritten):
    pass


class ChangedUnderneath(NotWritten):
    pass
