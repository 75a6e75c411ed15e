"""Single keys from the terminal, one at a time, however many come at once."""

import os
import sys

import click

_STOPS = ("\x03", "\x04", "\x1b")  # Ctrl-C, Ctrl-D, Escape


def read_keys() -> str:
    """What is typed, as soon as there is any; and what was typed before, which `click.getchar` drops."""
    try:
        import termios
        import tty
    except ImportError:  # Windows
        return click.getchar()
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal, termios.TCSADRAIN)
        return os.read(terminal, 32).decode("utf-8", "replace")
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


class Keys:
    """What is typed ahead waits for the next question."""

    def __init__(self) -> None:
        self._ahead = ""

    def press(self) -> str:
        """The next key, in lower case; "" for one that stops, and at the end of input."""
        if not self._ahead:
            try:
                self._ahead = read_keys()
            except (KeyboardInterrupt, EOFError):
                return ""
        if self._ahead.startswith("\x1b"):  # Escape, or a key such as an arrow: a sequence that it begins
            alone, self._ahead = self._ahead == "\x1b", ""
            return "" if alone else "\x1b"
        key, self._ahead = self._ahead[:1].lower(), self._ahead[1:]
        return "" if key in _STOPS else key

    def ask(self, prompt: str, wanted: str) -> str:
        """One of the `wanted` keys, or any where none are named; "" to stop."""
        click.echo(f"{prompt} ", nl=False)
        while True:
            key = self.press()
            if not key or not wanted or key in wanted:
                click.echo(key if key.isprintable() else "")
                return key

    def line(self, prompt: str) -> str:
        """A line of text, "" where none is given."""
        ahead, self._ahead = self._ahead, ""
        text, ended, rest = ahead.replace("\r", "\n").partition("\n")
        if ended:
            self._ahead = rest
            click.echo(f"{prompt}: {text}")
            return text
        try:
            return text + str(
                click.prompt(f"{prompt}: {text}", default="", show_default=False, prompt_suffix="")
            )
        except click.Abort:
            click.echo()
            return ""
