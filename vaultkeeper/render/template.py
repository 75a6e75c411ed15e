"""Jinja templates: where one is found, and how it is rendered.

The vault's own `Templates/vaultkeeper/X` stands in place of the product's `templates/X`, which is inside the
installed package, or at the top of a checkout. A name that a template misspells is an error, not a hole in
the text. The vault's own may come from somebody else: they run apart, bounded (render.confined).
"""

import stat
from functools import cached_property
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vaultkeeper.errors import NotFound, VaultkeeperError
from vaultkeeper.render.product import product_folder

if TYPE_CHECKING:
    from jinja2 import Environment

    from vaultkeeper.render.confined import Child

OWN = "Templates/vaultkeeper"
MAX_TEMPLATE = 256 * 1024  # bytes
MOST_TEMPLATES = 100


class Described(NamedTuple):
    """A template's file name, whether the vault has its own, and what its first comment says of it."""

    name: str
    own: bool
    about: str


class BadTemplate(VaultkeeperError):
    """A template that can't be rendered: `path` as a person knows it, `line` from 1."""

    def __init__(self, path: str, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path, self.line, self.message = path, line, message


class Templates:
    """`own` is the vault's folder of templates; it need not exist. `compiled`: a folder of our cache for the
    product's, compiled."""

    def __init__(self, own: Path | None, compiled: Path | None = None) -> None:
        self._compiled = compiled
        self._folders = [folder for folder in (own,) if folder is not None] + [Path(product_folder())]
        self._child: Child | None = None
        self._sources: tuple[dict[str, str], dict[str, BadTemplate]] | None = None

    def describe(self) -> list[Described]:
        """Every template, by name."""
        own = {path.name for path in self._folders[0].glob("*")} if len(self._folders) > 1 else set()
        names = sorted(path.name for path in self._folders[-1].iterdir() if path.is_file())
        return [Described(name, name in own, _about(self._folders[-1] / name)) for name in names]

    def source(self, name: str) -> tuple[str, str]:
        """(file name, text) of the product's template; `.md` may be left out. Raises NotFound."""
        known = [described.name for described in self.describe()]
        found = next((k for k in known if k in (name, f"{name}.md")), None)
        if found is None:
            raise NotFound(f"there is no template {name!r}; there are {', '.join(known)}")
        return found, (self._folders[-1] / found).read_text("utf-8")

    def render(self, name: str, /, **values: object) -> str:
        """The template `name` with `values`. Raises BadTemplate."""
        own, bad = self._own_sources()
        if name in bad:
            raise bad[name]
        if own:
            if self._child is None:
                from vaultkeeper.render.confined import Child

                product = {path.name: path.read_text("utf-8") for path in self._folders[-1].glob("*.*")}
                sources = {file: text for file, text in {**product, **own}.items() if file not in bad}
                self._child = Child(sources, {file: f"{OWN}/{file}" for file in own})
            said, path, line = self._child.render(name, values)
            if path:
                raise BadTemplate(path, line, said)
            return said
        from vaultkeeper.render.environment import FAILURES, line_of

        try:
            return self._product.get_template(name).render(**values)
        except FAILURES as error:
            raise BadTemplate(f"template {name}", line_of(error, {name})[1], str(error)) from error

    def _own_sources(self) -> tuple[dict[str, str], dict[str, BadTemplate]]:
        """The vault's own, by name; and those that can't be had: no ordinary file of the vault, or large."""
        if self._sources is None:
            sources: dict[str, str] = {}
            bad: dict[str, BadTemplate] = {}
            folder = self._folders[0] if len(self._folders) > 1 else None
            paths = sorted(folder.glob("[!.]*"))[:MOST_TEMPLATES] if folder is not None else []
            for path in paths:
                try:
                    text = _read_own(path)
                except BadTemplate as error:
                    bad[path.name] = error
                else:
                    sources |= {path.name: text} if text is not None else {}
            self._sources = sources, bad
        return self._sources

    def line(self, source: str, **values: object) -> str:
        """A one-line template given on the command line. Raises as `render`."""
        from jinja2 import TemplateError

        try:
            return self._sandbox.from_string(source).render(**values)
        except (TemplateError, TypeError, ValueError) as error:
            raise VaultkeeperError(f"format: {error}") from error

    @cached_property
    def _product(self) -> "Environment":
        """Of the product's templates; made once, so that it knows them when an import renders thousands."""
        from jinja2 import FileSystemLoader

        from vaultkeeper.render.environment import Compiled, make_environment

        compiled = None if self._compiled is None else Compiled(self._compiled)
        return make_environment(FileSystemLoader(str(self._folders[-1])), compiled, ours=True)

    @cached_property
    def _sandbox(self) -> "Environment":
        from vaultkeeper.render.environment import make_environment

        return make_environment()


def _read_own(path: Path) -> str | None:
    """None for a folder. Raises BadTemplate."""
    try:
        status, root = path.stat(), path.parent.parent.parent.resolve()
        if stat.S_ISDIR(status.st_mode):
            return None
        if not path.resolve().is_relative_to(root):
            wrong = "this link leads out of the vault"
        elif not stat.S_ISREG(status.st_mode):
            wrong = "not an ordinary file"
        elif status.st_size > MAX_TEMPLATE:
            wrong = f"too large for a template (the limit is {MAX_TEMPLATE // 1024} KB)"
        else:
            return path.read_text("utf-8")
    except OSError as error:
        wrong = f"cannot be read: {error.strerror}"
    except UnicodeDecodeError as error:
        wrong = f"not UTF-8 (byte {error.start})"
    raise BadTemplate(f"{OWN}/{path.name}", 1, wrong)


def _about(file: Path) -> str:
    text = file.read_text("utf-8")
    start, end = text.find("{#"), text.find("#}")
    return cleandoc(text[start + 2 : end].strip()) if 0 <= start < end else ""
