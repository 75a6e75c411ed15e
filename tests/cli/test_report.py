"""`report`: a page that loads nothing, tells the figures of `stats`, and writes over nobody's file."""

import re
from html.parser import HTMLParser

import pytest
from conftest import VaultFolder

NASTY = '<img src=x onerror="alert(1)">'
VOID = {"meta", "link", "br", "img", "hr", "input"}


class Page(HTMLParser):
    """Its elements and texts; every element that is opened must be closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.figures: dict[str, str] = {}
        self.tables: dict[str, list[list[str]]] = {}
        self._figure, self._caption = "", ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.elements.append((tag, given))
        if tag not in VOID:
            self.open.append(tag)
        self._figure = given.get("data-figure") or ""
        if tag == "tr" and self._caption:
            self.tables[self._caption].append([])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self._caption = "" if tag == "table" else self._caption

    def handle_data(self, data: str) -> None:
        within = self.open[-1] if self.open else ""
        if self._figure and within == "dd":
            self.figures[self._figure] = data
        if within == "caption":
            self._caption = data
            self.tables[data] = []
        elif within in ("td", "th") and self._caption:
            self.tables[self._caption][-1].append(data)


def page(vault: VaultFolder, *args: str) -> Page:
    return Page(vault.ok("report", "--html", "-", *args).out)


def test_its_figures_are_those_of_stats(example: VaultFolder) -> None:
    for period in ((), ("--since", "2026-06-01", "--until", "2026-09-30")):
        stats, made = example.json("stats", *period), page(example, *period)
        rate = stats["response_rate"]
        assert made.figures == {
            **{key: str(stats[key]) for key in ("contacts", "touches", "newly_known", "outcomes")},
            **{key: str(stats[key]) for key in ("introductions", "weeks_met")},
            "response_rate": "–" if rate is None else f"{rate * 100:.0f} %",
            "load": f"{stats['load']:.1f}",
        }
        channels = {row[0]: row[1:6] for row in made.tables["Touches by channel"][1:]}
        assert channels == {
            name: [str(group[key]) for key in ("touches", "out", "both", "in", "undirected")]
            for name, group in stats["by"]["channel"].items()
        }
        networks = {row[0]: row[1:3] for row in made.tables["Response by network"][1:]}
        assert networks == {
            name: [str(group["asks"]), str(group["answered"])]
            for name, group in stats["by"]["network"].items()
            if group["asks"]
        }
        assert [int(row[1]) for row in made.tables["Week by week"][1:]] == [
            week["contacts"] for week in stats["weeks"]
        ]
        assert [int(cell) for cell in made.tables["Warmth over time"][-1][1:]] == list(
            stats["warmth"].values()
        )
        assert sum(int(row[2]) for row in made.tables["Day by day"][1:]) == stats["touches"]


def test_it_loads_nothing_and_says_so(example: VaultFolder) -> None:
    text = example.ok("report", "--html", "-").out
    made = Page(text)
    policy = next(
        a["content"] for tag, a in made.elements if tag == "meta" and "Policy" in (a.get("http-equiv") or "")
    )
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    tags = {tag for tag, _ in made.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form", "a"}
    assert not re.findall(r"url\(|@import|\bsrc=|\bhref=|javascript:", text)
    assert set(re.findall(r"https?://[^\s\"'<>]+", text)) == {"http://www.w3.org/2000/svg"}
    assert all(not name.startswith("on") for _, attributes in made.elements for name in attributes)


def test_it_can_be_read_without_seeing_it(example: VaultFolder) -> None:
    made = page(example)
    assert ("html", {"lang": "en"}) in made.elements
    pictures = [attributes for tag, attributes in made.elements if tag == "svg"]
    assert len(pictures) == 6
    assert all(a.get("role") == "img" and a.get("aria-label") for a in pictures)
    assert len(made.tables) == 6
    assert all(a.get("tabindex") == "0" for _, a in made.elements if a.get("class") == "scroll")


def test_whatever_a_note_holds_is_escaped(vault: VaultFolder) -> None:
    name = NASTY.replace('"', "'")
    vault.write(
        "People/A.md",
        f'---\nname: "{name}"\nnetwork: ["{name}"]\nbirthday: 12-01\nspecial_dates: ["12-02 {name}"]\n'
        'introduced_by: "[[B]]"\n---\n'
        "## Log\n- 2026-11-20 email: x\n- 2026-11-19 intro with [[B]]: x #intro\n",
    )
    vault.write("People/B.md", f'---\nname: "B {name}"\n---\n## Log\n- 2026-11-20 call: x\n')
    for command in (("report", "--html", "-"), ("digest", "--format", "html")):
        text = vault.ok(*command).out
        assert "<img" not in text
        assert "&lt;img" in text
        Page(text)


def test_no_log_text_and_no_health_is_in_it(vault: VaultFolder) -> None:
    vault.write(
        "People/A.md",
        "---\nhealth: [SECRET one]\nbirthday: 11-25\n---\n## Log\n- 2026-11-20 call with [[B]]: SECRET two\n"
        "- 2026-11-26 lunch: SECRET three\n",
    )
    vault.write("People/B.md", "")
    text = vault.ok("report", "--html", "-").out
    assert "SECRET" not in text
    assert "birthday" in text and "lunch" in text


def test_an_empty_vault_has_a_page_too(vault: VaultFolder) -> None:
    made = page(vault)
    assert made.figures["contacts"] == "0"
    assert made.tables == {}


def test_it_replaces_its_own_page_and_no_other_file(example: VaultFolder) -> None:
    file = example.root / "year.html"
    example.ok("report", "--html", str(file))
    first = file.read_bytes()
    assert b"generated by vaultkeeper" in first
    example.ok("report", "--html", str(file), "--since", "2026-01-01")
    assert file.read_bytes() != first
    file.write_text("<p>mine</p>")
    result = example.run("report", "--html", str(file))
    assert result.code == 5
    assert str(file) in result.err
    assert file.read_text() == "<p>mine</p>"
    assert [path.name for path in example.root.glob(".vk-*")] == []


def test_what_cannot_be_written_ends_with_5(example: VaultFolder) -> None:
    for name in ("no/such/folder.html", "People"):
        assert example.run("report", "--html", str(example.root / name)).code == 5


def test_a_template_without_the_mark_is_not_written(vault: VaultFolder) -> None:
    vault.write("Templates/vaultkeeper/report.html", "<p>{{ period }}</p>")
    file = vault.root / "year.html"
    result = vault.run("report", "--html", str(file))
    assert result.code == 5 and "mark" in result.err
    assert not file.exists()


def test_a_dry_run_prints_a_diff_and_writes_nothing(example: VaultFolder) -> None:
    file = example.root / "year.html"
    before = example.snapshot()
    assert example.ok("report", "--html", str(file), "--dry-run").out.startswith("--- /dev/null\n")
    example.ok("report", "--html", "-")
    assert example.snapshot() == before


def test_of_many_introductions_and_dates_the_first_are_listed_and_the_rest_counted(
    vault: VaultFolder,
) -> None:
    vault.write("People/Me.md", "")
    for number in range(15):
        vault.write(
            f"People/P{number:02}.md",
            f"---\nbirthday: 12-{number + 1:02}\n---\n## Log\n- 2026-10-{number + 1:02} intro with [[Me]]: x #intro\n",
        )
    text = vault.ok("report", "--html", "-").out
    assert Page(text).figures["introductions"] == "15"
    assert text.count("… and 3 more") == 2
    assert text.count("<li><time") == 24


def test_it_tells_what_has_changed_since(example: VaultFolder) -> None:
    before = page(example).figures
    example.ok("log", "jane", "-m", "call: she said yes #outcome")
    example.write(
        "Templates/vaultkeeper/report.html",
        "generated by vaultkeeper: {{ figures[1].value }}, <b>{{ charts.days.svg }}</b>",
    )
    mine = example.ok("report", "--html", "-").out
    assert mine.startswith(f"generated by vaultkeeper: {int(before['touches']) + 1}, <b><svg ")


def test_it_is_the_same_on_the_same_day(example: VaultFolder) -> None:
    assert example.ok("report", "--html", "-").out == example.ok("report", "--html", "-").out


@pytest.mark.parametrize("options", [("--html", "-", "--open"), ("--html", "x.html", "--open", "-n"), ()])
def test_wrong_usage(example: VaultFolder, options: tuple[str, ...]) -> None:
    assert example.run("report", *options).code == 2
