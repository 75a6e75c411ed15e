"""Jinja templates: where one is found, and how it is rendered.

The vault's own `Templates/vaultkeeper/X` stands in place of the product's `templates/X`, which is inside the
installed package, or at the top of a checkout. A template may come from somebody else's vault: it runs in
Jinja's sandbox, and a name it misspells is an error, not a hole in the text.
"""

from dataclasses import dataclass
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING

from vaultkeeper.errors import NotFound, VaultkeeperError

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

_PACKAGE = Path(__file__).resolve().parent.parent


def product_folder() -> Path:
    """The templates that come with the product: the package's, or the checkout's."""
    for folder in (_PACKAGE / "templates", _PACKAGE.parent / "templates"):
        if folder.is_dir():
            return folder
    raise VaultkeeperError("the product's templates are missing; install vaultkeeper anew")


@dataclass(frozen=True, slots=True)
class Described:
    """A template's file name, whether the vault has its own, and what its first comment says of it."""

    name: str
    own: bool
    about: str


class Templates:
    """`own` is the vault's folder of templates; it need not exist."""

    def __init__(self, own: Path | None) -> None:
        self._folders = [folder for folder in (own,) if folder is not None] + [product_folder()]
        self._made: SandboxedEnvironment | None = None

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
        """The template `name` with `values`. Raises VaultkeeperError naming the template and the line."""
        from jinja2 import TemplateError, TemplateSyntaxError

        try:
            return self._environment().get_template(name).render(**values)
        except TemplateSyntaxError as error:
            raise VaultkeeperError(f"template {name}:{error.lineno}: {error.message}") from error
        except (TemplateError, ArithmeticError, TypeError, ValueError, LookupError, AttributeError) as error:
            raise VaultkeeperError(f"template {name}: {error}") from error

    def line(self, source: str, **values: object) -> str:
        """A one-line template given on the command line. Raises as `render`."""
        from jinja2 import TemplateError

        try:
            return self._environment().from_string(source).render(**values)
        except (TemplateError, TypeError, ValueError) as error:
            raise VaultkeeperError(f"format: {error}") from error

    def _environment(self) -> "SandboxedEnvironment":
        """Made once, so that it knows its templates when an import renders thousands of notes."""
        if self._made is None:
            self._made = self._make()
        return self._made

    def _make(self) -> "SandboxedEnvironment":
        from jinja2 import FileSystemLoader, StrictUndefined
        from jinja2.sandbox import SandboxedEnvironment

        from vaultkeeper.domain.duration import say_day

        environment = SandboxedEnvironment(
            loader=FileSystemLoader([str(folder) for folder in self._folders]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=_is_html,  # the others are Markdown and plain text
        )
        environment.filters["day"] = say_day
        return environment


def _is_html(name: str | None) -> bool:
    return name is not None and name.endswith(".html")


def _about(file: Path) -> str:
    text = file.read_text("utf-8")
    start, end = text.find("{#"), text.find("#}")
    return cleandoc(text[start + 2 : end].strip()) if 0 <= start < end else ""
