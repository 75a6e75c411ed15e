"""Where the product's own templates are."""

from os.path import abspath, dirname, isdir, join

from vaultkeeper.errors import VaultkeeperError

_PACKAGE = dirname(dirname(abspath(__file__)))


def product_folder() -> str:
    """The templates that come with the product: the package's, or the checkout's."""
    for folder in (join(_PACKAGE, "templates"), join(dirname(_PACKAGE), "templates")):
        if isdir(folder):
            return folder
    raise VaultkeeperError("the product's templates are missing; install vaultkeeper anew")
