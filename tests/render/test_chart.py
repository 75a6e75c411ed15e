"""Charts: well-formed, escaped, the same each time; and a layout that keeps names apart."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultkeeper.domain.tie import Tie
from vaultkeeper.render.chart import MARK, Bar, bars_svg, columns_svg, heatmap_svg, levels, shorten
from vaultkeeper.render.graph import WIDTH, graph_svg, lay_out

SVG = "{http://www.w3.org/2000/svg}"
NASTY = "<b>&\"'</svg>"
TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=30)


def rects(svg: str, kind: str) -> list[ElementTree.Element]:
    return [r for r in ElementTree.fromstring(svg).iter(f"{SVG}rect") if r.get("class") == kind]


def test_the_heatmap_alone_has_its_colours_and_mark_and_in_a_page_it_has_not() -> None:
    days = {date(2026, 11, 23): 2, date(2026, 11, 20): 9, date(2020, 1, 1): 5}
    alone, inside = heatmap_svg(days, date(2026, 11, 23)), heatmap_svg(days, date(2026, 11, 23), alone=False)
    assert MARK in alone and "<style>" in alone
    assert MARK not in inside and "<style>" not in inside
    for svg in (alone, inside):
        assert [len(rects(svg, kind)) for kind in ("l1", "l4")] == [1, 1]
        assert len(list(ElementTree.fromstring(svg).iter(f"{SVG}rect"))) == 365
        assert 'aria-label="11 touches from' in svg


def test_bars_are_as_long_as_their_numbers() -> None:
    svg = bars_svg([Bar("call", (("out", "3 out", 3), ("in", "1 in", 1))), Bar("card", ())], "Touches")
    (out,), (within,), tracks = rects(svg, "out"), rects(svg, "in"), rects(svg, "track")
    assert float(out.get("width", 0)) == pytest.approx(3 * float(within.get("width", 0)), abs=0.2)
    assert float(tracks[0].get("width", 0)) == pytest.approx(
        float(out.get("width", 0)) + float(within.get("width", 0)), abs=0.2
    )
    assert out.findtext(f"{SVG}title") == "call: 3 out"


def test_columns_stand_on_the_ground_and_below_the_line_of_the_plan() -> None:
    svg = columns_svg([Bar("a", (("met", "2", 2),)), Bar("", (("part", "1", 1),))], "Weeks", line=4)
    (met,), (part,) = rects(svg, "met"), rects(svg, "part")
    assert float(met.get("height", 0)) == pytest.approx(2 * float(part.get("height", 0)), abs=0.2)
    (line,) = ElementTree.fromstring(svg).iter(f"{SVG}line")
    assert float(line.get("y1", 0)) < float(met.get("y", 0))


@given(st.lists(st.tuples(TEXT, st.integers(0, 50), TEXT), max_size=4), TEXT)
def test_any_words_are_escaped(rows: list[tuple[str, int, str]], label: str) -> None:
    bars = [Bar(f"{name}{NASTY}", (("out", f"{said}{NASTY}", count),), said) for name, count, said in rows]
    for svg in (bars_svg(bars, label), columns_svg(bars, label)):
        assert ElementTree.fromstring(svg).get("aria-label") is not None
        assert "<b>" not in svg


def test_no_bars_at_all() -> None:
    for svg in (bars_svg([], "x"), columns_svg([], "x"), columns_svg([Bar("", ())], "x")):
        ElementTree.fromstring(svg)


@settings(deadline=None, max_examples=30)
@given(st.sets(st.tuples(st.integers(0, 14), st.integers(0, 14)).filter(lambda p: p[0] < p[1]), max_size=20))
def test_a_graph_is_the_same_for_the_same_ties_and_keeps_in_its_frame(pairs: set[tuple[int, int]]) -> None:
    ties = sorted(Tie(f"p{a:02}", f"p{b:02}", "together") for a, b in pairs)
    names = {f"p{n:02}": f"Person {n} {NASTY}" for n in range(15)}
    svg = graph_svg(ties, names, dict.fromkeys(names, "hot"), NASTY)
    assert svg == graph_svg(list(ties), names, dict.fromkeys(names, "hot"), NASTY)
    tree = ElementTree.fromstring(svg)
    assert len(list(tree.iter(f"{SVG}line"))) == len(ties)
    assert len(list(tree.iter(f"{SVG}circle"))) == len({n for pair in pairs for n in pair})
    for circle in tree.iter(f"{SVG}circle"):
        assert 0 <= float(circle.get("cx", -1)) <= WIDTH
        assert 0 <= float(circle.get("cy", -1)) <= float((tree.get("viewBox") or "").split()[3])


def test_names_do_not_lie_on_each_other() -> None:
    pairs = [(f"p{n}", f"p{(n * 7 + 1) % 30}") for n in range(30) if n != (n * 7 + 1) % 30]
    names = {f"p{n}": f"Firstname Lastname {n}" for n in range(30)}
    places = list(lay_out(pairs, names, 560).values())
    near = [
        (a, b)
        for at, a in enumerate(places)
        for b in places[:at]
        if abs(a[0] - b[0]) < 100 and abs(a[1] - b[1]) < 20
    ]
    assert near == []


def test_a_long_name_is_shortened() -> None:
    assert shorten("Ana") == "Ana"
    assert len(shorten("A" * 40)) == len("A" * 18)
    assert shorten("A" * 40).endswith("…")


@pytest.mark.parametrize(
    ("counts", "starts"),
    [
        ([], (1, 2, 3, 4)),
        ([1] * 90 + [4] * 9 + [50], (1, 2, 3, 4)),
        ([1] * 80 + [5] * 20, (1, 2, 3, 5)),
        ([3] * 50 + [10] * 50, (1, 4, 7, 10)),
        ([300] * 9, (1, 100, 200, 300)),
    ],
)
def test_the_shades_fit_quiet_and_busy_years(counts: list[int], starts: tuple[int, ...]) -> None:
    """A shade for each number of touches in a quiet year; even steps up to the busiest tenth of the days else.
    What was before the year changes nothing."""
    last = date(2026, 11, 23)
    days = {last - timedelta(days=number): count for number, count in enumerate(counts)}
    assert levels({**days, date(2020, 1, 1): 999}, last) == starts
    assert all(
        f'class="l{starts.index(count) + 1}"' in heatmap_svg(days, last)
        for count in counts
        if count in starts
    )
