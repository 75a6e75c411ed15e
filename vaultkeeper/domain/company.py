"""Names of companies, and when two spellings are one."""

import re
from functools import lru_cache

from vaultkeeper.domain.naming import fold

# What stands behind a company's name and is none of it.
_LEGAL = frozenset(
    {
        *(
            "gmbh",
            "ag",
            "kg",
            "se",
            "ug",
            "inc",
            "incorporated",
            "ltd",
            "limited",
            "llc",
            "llp",
            "plc",
            "corp",
        ),
        *("corporation", "co", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "oy", "ab", "as", "aps", "pty"),
    }
)


@lru_cache(maxsize=4096)
def company_key(name: str) -> str:
    """What `Globex`, `GLOBEX, Inc.` and `Globex GmbH` share."""
    words = re.findall(r"[^\W_]+", fold(name))
    return " ".join([word for word in words if word not in _LEGAL] or words) or fold(name)
