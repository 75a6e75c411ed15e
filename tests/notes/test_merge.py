"""Three versions of a note merged: what comes together, and what is left as a conflict, and where."""

import shutil
from collections import Counter
from datetime import date, timedelta
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultkeeper.notes.front_matter import parse
from vaultkeeper.notes.generated import compose
from vaultkeeper.notes.merge import Merged, merge_notes
from vaultkeeper.notes.merge_items import Items, merge_items, read_items
from vaultkeeper.notes.reading import Reading
from vaultkeeper.storage import git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git merges the lines")

READING = Reading()


def merge_lines(base: str, ours: str, theirs: str, size: int, show_base: bool) -> str:
    return git.merge_file(base.encode(), ours.encode(), theirs.encode(), size, show_base).decode()


def merge(base: str, ours: str, theirs: str, reading: Reading = READING) -> Merged:
    return merge_notes(base, ours, theirs, reading, merge_lines)


def clean(base: str, ours: str, theirs: str, reading: Reading = READING) -> str:
    merged = merge(base, ours, theirs, reading)
    assert merged.clean, merged.text
    assert "<<<<<<<" not in merged.text
    return merged.text


def conflict(ours: str, theirs: str) -> str:
    return f"<<<<<<< ours\n{ours}=======\n{theirs}>>>>>>> theirs\n"


def note(*entries: str, head: str = "", tasks: tuple[str, ...] = ()) -> str:
    promises = "".join(f"{line}\n" for line in ("## Follow-ups", "", *tasks, "")) if tasks else ""
    return f"{head}# Jane\n\nProse.\n\n{promises}## Log\n\n" + "".join(f"- {entry}\n" for entry in entries)


A, B, C = "2026-11-01 call: a", "2026-11-02 coffee: b", "2026-11-03 email out: c"


# -- the log --------------------------------------------------------------------------------------


def test_both_added_an_entry() -> None:
    assert clean(note(A), note(A, B), note(A, C)) == note(A, B, C)
    assert clean(note(A), note(A, C), note(A, B)) == note(A, B, C)  # by date


def test_both_added_the_same_entry() -> None:
    assert clean(note(A), note(A, B), note(A, B, C)) == note(A, B, C)
    assert clean(note(), note(B, A), note(A, B)) in (note(A, B), note(B, A))
    assert clean("", note(A, B), note(A, C)) == note(A, B, C)


def test_the_same_entry_noted_twice_on_one_side_stays_twice() -> None:
    assert clean(note(A), note(A, A), note(A, B)) == note(A, A, B)


def test_what_one_side_took_out_is_gone() -> None:
    assert clean(note(A, B, C), note(A, C), note(A, B, C, "2026-11-04 call: d")) == note(
        A, C, "2026-11-04 call: d"
    )
    assert clean(note(A, B), note(B), note(A)) == "# Jane\n\nProse.\n\n## Log\n\n"


def test_what_one_side_changed_is_changed() -> None:
    assert clean(note(A, B), note(A, f"{B} #gave"), note(A, B, C)) == note(A, f"{B} #gave", C)
    assert clean(note(A, B), note("2026-10-31 call: a", B), note(A, f"{B}!")) == note(
        "2026-10-31 call: a", f"{B}!"
    )


def test_neighbours_changed_on_two_sides() -> None:
    assert clean(note(A, B, C), note(f"{A}1", B, C), note(A, f"{B}2", C)) == note(f"{A}1", f"{B}2", C)


def test_lines_under_an_entry() -> None:
    more = "\n    a line more\n        - [ ] and a promise"
    assert clean(note(A, B), note(A + more, B), note(A, B, C)) == note(A + more, B, C)
    assert clean(note(A), note(f"{A}\n    one"), note(f"{A}\n    two")) == note(f"{A}\n    one\n    two")


def test_the_same_entry_changed_differently_is_a_conflict_of_its_own() -> None:
    base, ours, theirs = (
        note(A, B, C),
        note(A, f"{B} x", C, "2026-11-05 call: e"),
        note("2026-11-01 call: A", f"{B} y", C),
    )
    merged = merge(base, ours, theirs)
    around = conflict(f"- {B} x\n", f"- {B} y\n").removesuffix("\n")
    assert not merged.clean
    assert merged.text == note("2026-11-01 call: A", C, "2026-11-05 call: e").replace(
        f"- {C}", f"{around}\n- {C}"
    )


def test_changed_here_and_taken_out_there_is_a_conflict() -> None:
    merged = merge(note(A, B, C), note(A, C), note(A, f"{B}!", C))
    assert not merged.clean
    assert conflict("", f"- {B}!\n") in merged.text


def test_moved_entries() -> None:
    assert clean(note(A, B, C), note(C, A, B), note(A, B, C, "2026-11-05 call: e")).count("- 2026") == 4
    assert clean(note(A, B, C), note(B, A, C), note(A, f"{B}!", C)) == note(f"{B}!", A, C)


def test_newest_first() -> None:
    reading = Reading(newest_first=True)
    assert clean(note(B, A), note(C, B, A), note("2026-11-04 call: d", B, A), reading) == note(
        "2026-11-04 call: d", C, B, A
    )
    assert clean(note(), note(A), note(B), reading) == note(B, A)


def test_entries_as_headings() -> None:
    def section(*entries: str) -> str:
        return "# Jane\n\n## Log\n\n" + "\n".join(
            f"### {entry}\n\nWords of it.\n\n- a list\n" for entry in entries
        )

    assert clean(section(A), section(A, B), section(A, C)) == section(A, B, C)


def test_what_is_no_list_is_text() -> None:
    base = note(A) + "\nA paragraph.\n"
    assert (
        clean(base, base.replace("Prose", "Words"), base + "More.\n")
        == note(A).replace("Prose", "Words") + "\nA paragraph.\nMore.\n"
    )
    both = merge(base, base.replace("A par", "One par"), base.replace("A par", "Your par"))
    assert both.text == note(A) + "\n" + conflict("One paragraph.\n", "Your paragraph.\n")


def test_a_section_that_is_new_on_both_sides() -> None:
    assert (
        clean("# Jane\n", f"# Jane\n\n## Log\n\n- {B}\n", f"# Jane\n\n## Log\n\n- {A}\n")
        == f"# Jane\n\n## Log\n\n- {A}\n- {B}\n"
    )


def test_a_section_that_one_side_renamed() -> None:
    merged = merge(note(A), note(A).replace("## Log", "## Journal"), note(A, B))
    assert merged.text == note(A, B).replace("## Log", "## Journal")


def test_the_heading_of_the_config() -> None:
    reading = Reading(heading="Protokoll")
    base, ours, theirs = (
        text.replace("## Log", "## Protokoll") for text in (note(A), note(A, C), note(A, B))
    )
    assert clean(base, ours, theirs, reading) == note(A, B, C).replace("## Log", "## Protokoll")


def test_what_follows_the_section_stays() -> None:
    after = "\n## More\n\nText.\n"
    assert clean(note(A) + after, note(A, B) + after, note(A, C) + after.replace("Text", "Words")) == note(
        A, B, C
    ) + after.replace("Text", "Words")


def test_blank_lines_between_entries() -> None:
    base = note(A).replace(f"- {A}\n", f"- {A}\n\n- {B}\n")
    ours, theirs = base + f"\n- {C}\n", base + "\n- 2026-11-09 call: d\n"
    assert clean(base, ours, theirs) == ours + "\n- 2026-11-09 call: d\n"


# -- tasks ----------------------------------------------------------------------------------------

ONE, TWO = "- [ ] Send the plan 📅 2026-11-30", "- [ ] Call back"


def done(task: str, day: str = "2026-11-23") -> str:
    return f"{task.replace('[ ]', '[x]')} ✅ {day}"


def test_ticks_on_two_sides() -> None:
    both = note(A, tasks=(done(ONE), done(TWO)))
    assert (
        clean(note(A, tasks=(ONE, TWO)), note(A, tasks=(done(ONE), TWO)), note(A, tasks=(ONE, done(TWO))))
        == both
    )


def test_ticked_on_both_sides_is_done_on_the_earlier_day() -> None:
    base, ours, theirs = (note(tasks=(task,)) for task in (ONE, done(ONE), done(ONE, "2026-11-20")))
    assert clean(base, ours, theirs) == theirs
    assert clean(base, theirs, ours) == theirs


def test_ticked_here_and_put_off_there() -> None:
    later = ONE.replace("11-30", "12-24")
    assert clean(note(tasks=(ONE,)), note(tasks=(done(ONE),)), note(tasks=(later,))) == note(
        tasks=(done(later),)
    )


def test_put_off_to_two_days_is_a_conflict() -> None:
    one, two = (ONE.replace("11-30", day) for day in ("12-24", "12-31"))
    merged = merge(note(tasks=(ONE, TWO)), note(tasks=(one, TWO)), note(tasks=(two, TWO)))
    assert merged.text == note(tasks=(conflict(f"{one}\n", f"{two}\n").removesuffix("\n"), TWO))


def test_new_promises_on_two_sides() -> None:
    merged = clean(note(tasks=(TWO,)), note(tasks=(TWO, ONE)), note(tasks=(TWO, "- [ ] Another")))
    assert merged == note(tasks=(TWO, "- [ ] Another", ONE))


def test_tasks_anywhere_in_the_note() -> None:
    base = f"# Plan\n\n{ONE}\n{TWO}\n\nText.\n"
    ours, theirs = base.replace(ONE, done(ONE)), base.replace(TWO, done(TWO)).replace("Text", "Words")
    assert clean(base, ours, theirs) == f"# Plan\n\n{done(ONE)}\n{done(TWO)}\n\nWords.\n"


def test_other_lists_are_text() -> None:
    base = "# List\n\n- one\n- two\n"
    merged = merge(base, base.replace("one", "eins"), base.replace("one", "uno"))
    assert merged.text == "# List\n\n" + conflict("- eins\n", "- uno\n") + "- two\n"


# -- front matter ---------------------------------------------------------------------------------


def head(text: str) -> str:
    return f"---\n{dedent(text).lstrip()}---\n"


HEAD = """
    name: Jane  # as she says it
    tier: A

    # where
    location: Berlin
    tags:
      - one
      - two
    """


def test_keys_changed_on_two_sides() -> None:
    base = head(HEAD)
    ours, theirs = (
        base.replace("tier: A", "tier: B"),
        base.replace("Berlin", "Paris").replace("# where", "# now"),
    )
    assert clean(base, ours, theirs) == theirs.replace("tier: A", "tier: B")
    assert clean(base, theirs, ours) == theirs.replace("tier: A", "tier: B")


def test_new_and_removed_keys() -> None:
    base = head(HEAD)
    ours = base.replace("tier: A\n", "tier: A\nbirthday: 05-17\n")
    theirs = base.replace("tier: A\n", "status: paused\n")
    assert clean(base, ours, theirs) == base.replace("tier: A\n", "status: paused\nbirthday: 05-17\n")


def test_lists_are_sets_in_order() -> None:
    base = head(HEAD)
    ours, theirs = (
        base.replace("  - two\n", "  - two\n  - three\n"),
        base.replace("  - one\n", "").replace("  - two", "  - two\n  - four"),
    )
    assert parse(clean(base, ours, theirs), "")[0].texts["tags"] == ("two", "three", "four")
    flow = head("tags: [one, two]\n")
    assert clean(flow, head("tags: [one, two, three]\n"), head("tags: [two]\n")) == head(
        "tags: [two, three]\n"
    )


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("", "a: [x]\n", "a: [y]\n", 'a: [x, "y"]\n'),
        ("a: x\n", "a: [x, y]\n", "a: [x, z]\n", 'a: [x, y, "z"]\n'),
        ("a: x\n", "a:\n  - x\n  - y\n", "a:\n  - z\n", "a:\n  - y\n  - z\n"),
        ("a: [x, y]\n", "a: [x]\n", "a: [y]\n", ""),
    ],
)
def test_lists_of_other_forms(base: str, ours: str, theirs: str, merged: str) -> None:
    assert clean(head(base), head(ours), head(theirs)) == head(merged)


def test_other_values_are_a_conflict_around_the_key() -> None:
    base = head(HEAD)
    ours, theirs = (
        base.replace("tier: A", "tier: B"),
        base.replace("tier: A", "tier: C").replace("Berlin", "Paris"),
    )
    merged = merge(base, ours, theirs)
    assert not merged.clean
    assert merged.text == theirs.replace("tier: C\n", conflict("tier: B\n", "tier: C\n"))


def test_removed_here_and_changed_there_is_a_conflict() -> None:
    merged = merge(head(HEAD), head(HEAD).replace("tier: A\n", ""), head(HEAD).replace("tier: A", "tier: C"))
    assert not merged.clean
    assert conflict("", "tier: C\n") in merged.text


def test_quotes_are_no_change() -> None:
    base = head("name: Jane\ntier: A\n")
    assert clean(base, head('name: "Jane"\ntier: "A"\n'), head("name: Jane\ntier: B\n")) == head(
        'name: "Jane"\ntier: B\n'
    )


def test_derived_dates_are_the_later_ones() -> None:
    base, ours, theirs = (head(f"last_contact: 2026-11-{day}\n") for day in ("01", "20", "09"))
    assert clean(base, ours, theirs) == clean(base, theirs, ours) == ours


def test_front_matter_and_log_at_once() -> None:
    base = note(A, head=head("tier: A\n"))
    assert clean(
        base, note(A, B, head=head("tier: B\n")), note(A, C, head=head("tier: A\nstatus: paused\n"))
    ) == note(A, B, C, head=head("tier: B\nstatus: paused\n"))


def test_front_matter_that_only_the_sides_have() -> None:
    assert (
        clean("x\n", head("tier: A\n") + "x\n", head("status: new\n") + "x\n")
        == head("status: new\ntier: A\n") + "x\n"
    )
    assert clean("x\n", head("tier: A\n") + "x\n", "x\ny\n") == head("tier: A\n") + "x\ny\n"


@pytest.mark.parametrize(
    "bad",
    [
        "---\na: [\n---\nx\n",
        "---\na: 1\na: 2\n---\nx\n",
        "---\n{a: 1, b: 2}\n---\nx\n",
        "---\n- a\n---\nx\n",
    ],
)
def test_what_cannot_be_read_surely_is_text(bad: str) -> None:
    base = "---\na: 1\n---\nx\n"
    assert clean(base, bad, base.replace("x", "y")) == bad.replace("x\n", "y\n")


def test_front_matter_that_is_never_closed_is_text() -> None:
    base = "---\na: 1\n---\n\nx\ny\nz\n"
    assert clean(base, base.replace("---\n\n", "\n"), base.replace("z", "Z")) == "---\na: 1\n\nx\ny\nZ\n"


def test_nested_values_are_kept() -> None:
    base = head("map:\n  a: 1\n  b: [1, 2]\ntext: |\n  # no comment\n\n  end\nlast: 1\n")
    ours, theirs = base.replace("a: 1", "a: 2"), base.replace("end", "END").replace("last: 1", "last: 2")
    assert clean(base, ours, theirs) == theirs.replace("a: 1", "a: 2")


# -- generated notes ------------------------------------------------------------------------------

BODY = "# Week\n\n- [ ] [[Jane Doe]]: every 3 weeks\n    Try: ask\n    - [ ] Send it\n- [ ] [[Sam Lee]]: birthday\n"


def test_ticks_in_a_generated_note_come_together() -> None:
    base = compose(BODY, "2026-11-23")
    ours, theirs = (
        base.replace("- [ ] [[J", "- [x] [[J"),
        base.replace("- [ ] S", "- [x] S").replace("- [ ] [[S", "- [>] [[S"),
    )
    expected = theirs.replace("- [ ] [[J", "- [x] [[J")
    assert clean(base, ours, theirs) == clean(base, theirs, ours) == expected


def test_words_typed_in_a_generated_note_are_kept() -> None:
    base = compose(BODY, "2026-11-23")
    theirs = base.replace("- [ ] [[J", "- [x] [[J").replace(
        "3 weeks\n", "3 weeks call: hired ✅ 2026-11-24\n    and a line\n"
    )
    theirs += "- [ ] mine\n"
    assert clean(base, base.replace("- [ ] [[S", "- [x] [[S"), theirs) == theirs.replace(
        "- [ ] [[S", "- [x] [[S"
    )


def test_another_week_is_ours_with_their_ticks_and_words() -> None:
    base = compose(BODY, "2026-11-23")
    ours = compose(
        BODY.replace("every 3 weeks", "since March").replace("    - [ ] Send it\n", ""), "2026-11-30"
    )
    theirs = base.replace(
        "[ ] [[Jane Doe]]: every 3 weeks", "[x] [[Jane Doe]]: every 3 weeks call: hired ✅ 2026-11-29"
    )
    theirs = theirs.replace("- [ ] Send it", "- [x] Send it")
    assert clean(base, ours, theirs) == ours.replace(
        "- [ ] [[Jane Doe]]: since March\n    Try: ask\n",
        "- [x] [[Jane Doe]]: since March call: hired ✅ 2026-11-29\n    Try: ask\n    - [x] Send it\n",
    )


def test_their_week_without_a_touch_of_theirs_is_nothing() -> None:
    base, ours, theirs = (
        compose(BODY + more, day) for more, day in (("", "1"), ("ours\n", "2"), ("theirs\n", "3"))
    )
    assert clean(base, ours, theirs) == ours
    assert clean("", ours, theirs) == ours


def test_a_note_of_the_users_by_that_name_is_text() -> None:
    assert not merge("", compose(BODY, "2026-11-23"), "# Mine\n").clean


# -- the form -------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_the_form_stays(mark: str, newline: str, last: bool) -> None:
    def form(text: str) -> str:
        return mark + (text if last else text.removesuffix("\n")).replace("\n", newline)

    texts = [note(*entries, head=head(HEAD)) for entries in ((A,), (A, B), (A, C))]
    assert clean(*map(form, texts)) == form(note(A, B, C, head=head(HEAD)))


def test_a_form_that_one_side_changed() -> None:
    assert clean(note(A), note(A, B).replace("\n", "\r\n"), note(A, C)) == note(A, B, C).replace("\n", "\r\n")
    assert clean(note(A), note(A, B), note(A, C).replace("\n", "\r\n")) == note(A, B, C).replace("\n", "\r\n")
    assert clean(note(A), note(A, B).removesuffix("\n"), note(A, C)) == note(A, B, C).removesuffix("\n")


def test_mixed_line_ends_stay() -> None:
    base = note(A).replace("Prose.\n", "Prose.\r\n")
    assert (
        clean(base, base.replace("# Jane", "# JANE"), base + f"- {B}\n")
        == base.replace("# Jane", "# JANE") + f"- {B}\n"
    )


def test_markers_in_a_note_are_not_ours() -> None:
    text = "# Git\n\n```\n<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n```\n"
    assert (
        merge(text, text + "x\n", text.replace("# Git", "# git")).text
        == text.replace("# Git", "# git") + "x\n"
    )


@pytest.mark.parametrize("text", ["", "x", note(A, head=head(HEAD)), "\ufeffx\r\ny"])
def test_one_side_alone(text: str) -> None:
    other = text + "\nmore\n"
    assert clean(text, other, text) == clean(text, text, other) == clean(text, other, other) == other


# -- any edits ------------------------------------------------------------------------------------

days = st.integers(0, 9).map(lambda n: date(2026, 11, 1) + timedelta(n))
words = st.sampled_from(["a", "b", "hired", "moved to Berlin", "asked for a referral"])
entries = st.builds("{} {}: {}".format, days, st.sampled_from(["call", "email out"]), words)


@st.composite
def versions(draw: st.DrawFn) -> tuple[list[str], list[str], list[str]]:
    base = draw(st.lists(entries, unique=True, max_size=6))
    removed = draw(st.sets(st.sampled_from(base)) if base else st.just(set()))
    new = [entry for entry in draw(st.lists(entries, unique=True, max_size=8)) if entry not in base]
    cut = draw(st.integers(0, len(new)))
    sides = []
    for place, added in enumerate((new[:cut], new[cut // 2 :])):
        kept = [entry for at, entry in enumerate(base) if entry not in removed or at % 2 != place]
        sides.append(kept + added)
    return base, sides[0], sides[1]


def items(entries: list[str]) -> Items:
    found = read_items([f"- {entry}" for entry in entries])
    assert found is not None
    return found


def merged_entries(base: list[str], ours: list[str], theirs: list[str]) -> list[str] | None:
    """None in a conflict."""
    lines, clean = merge_items(items(base), items(ours), items(theirs), False)
    return [line.removeprefix("- ") for line in lines] if clean else None


@settings(deadline=None)
@given(versions())
def test_every_entry_is_there_once(texts: tuple[list[str], list[str], list[str]]) -> None:
    base, ours, theirs = texts
    one, other = merged_entries(base, ours, theirs), merged_entries(base, theirs, ours)
    assert (one is None) == (other is None)
    if one is None or other is None:  # an entry was taken out here, and a like one came in its place there
        assert set(base) - (set(ours) & set(theirs))
        return
    for merged in (one, other):
        assert max(Counter(merged).values(), default=1) == 1
        assert set(merged) >= (set(ours) | set(theirs)) - set(base)
        assert set(merged) >= set(ours) & set(theirs)
        assert set(merged) <= set(ours) | set(theirs)
    crossed = merged_entries(base, one, other)
    assert crossed is not None
    assert sorted(crossed) == sorted(one) == sorted(other)


@settings(deadline=None)
@given(st.lists(entries, unique=True), st.lists(entries, unique=True), st.lists(entries, unique=True))
def test_additions_never_collide(base: list[str], ours: list[str], theirs: list[str]) -> None:
    one, other = (sorted([*base, *(entry for entry in side if entry not in base)]) for side in (ours, theirs))
    merged = merged_entries(sorted(base), one, other)
    assert merged == sorted({*one, *other})
    assert merged_entries(sorted(base), other, one) == merged
