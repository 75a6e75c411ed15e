"""Contacts as a table, safe to open in a spreadsheet: no cell begins as a formula does."""

import csv
import io
import re
from collections.abc import Iterable, Mapping

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")  # also one that has its apostrophe already, so that it keeps it


def write_csv(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> str:
    """UTF-8 text with a header; cells that a spreadsheet would reckon with get an apostrophe in front."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(columns), restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: safe_cell(value) for key, value in row.items()})
    return out.getvalue()


def safe_cell(value: str) -> str:
    return f"'{value}" if _FORMULA.match(value) else value
