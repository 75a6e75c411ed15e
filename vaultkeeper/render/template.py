"""Jinja templates: where one is found, and how it is rendered.

The vault's own `Templates/vaultkeeper/X` stands in place of the product's `templates/X`, which is inside the
installed package, or at the top of a checkout. A template may come from somebody else's vault: it runs in
Jinja's sandbox, and a name it misspells is an error, not a hole in the text.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from vaultkeeper.errors import VaultkeeperError

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

_PACKAGE = Path(__file__).resolve().parent.parent


def product_folder() -> Path:
    """The templates that come with the product: the package's, or the checkout's."""
    for folder in (_PACKAGE / "templates", _PACKAGE.parent / "templates"):
        if folder.is_dir():
            return folder
    raise VaultkeeperError("the product's templates are missing; install vaultkeeper anew")


class Templates:
    """`own` is the vault's folder of templates; it need not exist."""

    def __init__(self, own: Path | None) -> None:
        self._folders = [folder for folder in (own,) if folder is not None] + [product_folder()]

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
        from jinja2 import FileSystemLoader, StrictUndefined
        from jinja2.sandbox import SandboxedEnvironment

        from vaultkeeper.domain.duration import say_day

        environment = SandboxedEnvironment(
            loader=FileSystemLoader([str(folder) for folder in self._folders]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,  # Markdown, not HTML
        )
        environment.filters["day"] = say_day
        return environment
