"""Links as Obsidian resolves them, and as we spell them (FORMAT.md section 6)."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultkeeper.domain.link import comparable, link_key, resolve_link, spell_link, target_path
from vaultkeeper.notes.links import find_links

STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # no clock judges


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("Jane Doe", "Jane Doe"),
        ("Jane Doe.md", "Jane Doe"),
        ("Jane Doe.MD", "Jane Doe"),
        ("Jane.Doe", "Jane.Doe"),
        ("People/Jane Doe", "People/Jane Doe"),
        ("/People/Jane Doe.md", "People/Jane Doe"),
        (" Jane Doe ", "Jane Doe"),
        ("Jane Doe#Log", "Jane Doe"),
        ("Jane Doe#Log#2026", "Jane Doe"),
        ("Jane Doe #Log", "Jane Doe"),
        ("Jane Doe#^a1", "Jane Doe"),
        ("Jane Doe.md#Log", "Jane Doe"),
        ("People/C# Guild.md", "People/C# Guild"),
        ("People/C# Guild.md#Log", "People/C# Guild"),
        ("People/Jane.md.md", "People/Jane.md"),
        ("./Jane.md", "./Jane"),
        ("../People/Jane.md", "../People/Jane"),
        ("", ""),
    ],
)
def test_the_note_that_a_link_names(target: str, path: str) -> None:
    assert target_path(target) == path
    assert link_key(target) == path.rsplit("/", 1)[-1].casefold()


VAULT = (
    "Jane Doe.md",
    "People/Jane Doe.md",
    "People/Acme/Jane Doe.md",
    "Archive of old things/Jane Doe.md",
    "People/Sam Lee.md",
    "a/b/Ana Ruiz.md",
    "zzzzzzz/Ana Ruiz.md",
    "Work/Sub/Bob.md",
    "People/Sub/Bob.md",
    "Z/Sub/Bob.md",
    "People/Zoë.md",
    "People/Łukasz Żak.md",
)


def resolve(target: str, source: str, vault: tuple[str, ...] = VAULT) -> str | None:
    found = [path for path in vault if link_key(path) == link_key(target)]
    ways = {resolve_link(target, source, paths) for paths in (found, found[::-1], sorted(found))}
    (only,) = ways
    return only


@pytest.mark.parametrize(
    ("target", "source", "path"),
    [
        pytest.param("Sam Lee", "x.md", "People/Sam Lee.md", id="the only one of that name"),
        pytest.param("Sam Lee.md", "x.md", "People/Sam Lee.md", id="with its ending"),
        pytest.param("Sam Lee#Log", "x.md", "People/Sam Lee.md", id="with a heading"),
        pytest.param("sam LEE", "x.md", "People/Sam Lee.md", id="in any case"),
        pytest.param("people/sam lee.MD", "x.md", "People/Sam Lee.md", id="a path in any case"),
        pytest.param(
            "Jane Doe", "People/Sam Lee.md", "Jane Doe.md", id="the exact path before the same folder"
        ),
        pytest.param("People/Jane Doe", "People/Acme/x.md", "People/Jane Doe.md", id="an exact path"),
        pytest.param("/People/Jane Doe.md", "x.md", "People/Jane Doe.md", id="a path from the vault's root"),
        pytest.param("Acme/Jane Doe", "x.md", "People/Acme/Jane Doe.md", id="the end of a path"),
        pytest.param("Ana Ruiz", "zzzzzzz/x.md", "zzzzzzz/Ana Ruiz.md", id="the same folder"),
        pytest.param("Ana Ruiz", "ZZZZZZZ/x.md", "zzzzzzz/Ana Ruiz.md", id="the same folder in another case"),
        pytest.param(
            "Ana Ruiz", "zzzzzzz/deep/x.md", "a/b/Ana Ruiz.md", id="a folder above counts for nothing"
        ),
        pytest.param("Ana Ruiz", "x.md", "a/b/Ana Ruiz.md", id="the shortest path, in characters"),
        pytest.param("Sub/Bob", "People/x.md", "People/Sub/Bob.md", id="below the same folder"),
        pytest.param("Sub/Bob.md", "Elsewhere/x.md", "Z/Sub/Bob.md", id="the shortest of those that end so"),
        pytest.param("Bob", "x.md", "Z/Sub/Bob.md", id="the shortest"),
        pytest.param("./Jane Doe.md", "People/x.md", "People/Jane Doe.md", id="relative: the same folder"),
        pytest.param("./Jane Doe.md", "x.md", "Jane Doe.md", id="relative: at the top"),
        pytest.param("./Sub/Bob.md", "People/x.md", "People/Sub/Bob.md", id="relative: below"),
        pytest.param("../Jane Doe.md", "People/Acme/x.md", "People/Jane Doe.md", id="relative: above"),
        pytest.param("../../Jane Doe.md", "People/Acme/x.md", "Jane Doe.md", id="relative: two above"),
        pytest.param("../people/sam lee.md", "Journal/x.md", "People/Sam Lee.md", id="relative: in any case"),
        pytest.param(
            "Acme/../Sam Lee.md", "People/x.md", "People/Sam Lee.md", id="relative: through a folder"
        ),
        pytest.param(nfd("Zoë"), "x.md", "People/Zoë.md", id="decomposed, as macOS may spell it"),
        pytest.param("ŁUKASZ ŻAK", "x.md", "People/Łukasz Żak.md", id="capitals beyond ASCII"),
        pytest.param("Jane Roe", "x.md", None, id="nobody"),
        pytest.param("JD", "x.md", None, id="never an alias"),
        pytest.param("./Sam Lee.md", "Journal/x.md", None, id="relative: not there, though elsewhere"),
        pytest.param("./Sam Lee.md", "x.md", None, id="relative: not at the top"),
        pytest.param("../Sam Lee.md", "People/x.md", None, id="relative: not above"),
        pytest.param("Acme/Sam Lee", "x.md", None, id="another folder"),
        pytest.param("cme/Jane Doe", "x.md", None, id="half a folder's name"),
        pytest.param("", "x.md", None, id="nothing"),
    ],
)
def test_links_resolve_as_in_obsidian(target: str, source: str, path: str | None) -> None:
    assert resolve(target, source) == path


@pytest.mark.parametrize("target", ["Zoë", nfd("Zoë"), "zoë", "ZOË", nfd("ZOË")])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_may_be_composed_or_not_on_either_side(target: str, form: str) -> None:
    path = unicodedata.normalize(form, "People/Zoë.md")
    assert resolve(target, "x.md", (path,)) == path


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("People/jane", "People/jane.md"),
        ("People/Jane", "People/Jane.md"),
        ("people/JANE", "People/Jane.md"),
        ("People/Zoë", "People/Zoë.md"),
        (nfd("People/Zoë"), nfd("People/Zoë.md")),
    ],
)
def test_of_two_files_that_differ_in_case_or_form_alone_the_exact_one(target: str, path: str) -> None:
    vault = ("People/Jane.md", "People/jane.md", "People/Zoë.md", nfd("People/Zoë.md"))
    assert resolve(target, "x.md", vault) == path


@pytest.mark.parametrize(
    ("path", "name", "twins", "link"),
    [
        ("People/Jane Doe.md", "Jane Doe", 1, "[[Jane Doe]]"),
        ("Jane Doe.md", "Jane Doe", 1, "[[Jane Doe]]"),
        ("People/Jane Doe.md", "JD", 1, "[[Jane Doe|JD]]"),
        ("People/Jane Doe.md", "Jane Doe", 2, "[[People/Jane Doe|Jane Doe]]"),
        ("Jane Doe.md", "Jane Doe", 2, "[[Jane Doe]]"),
        ("People/John Smith (Acme).md", "John Smith", 1, "[[John Smith (Acme)|John Smith]]"),
        ("People/李梅.md", "李梅", 1, "[[李梅]]"),
        ("People/Jane.md", "a|b [c]\n", 1, "[[Jane|ab c]]"),
        ("People/Jane.md", "[]", 1, "[[Jane]]"),
        ("People/C# Guild.md", "C# Guild", 1, "[C# Guild](People/C%23%20Guild.md)"),
        ("People/a^b.md", "x", 1, "[x](People/a%5Eb.md)"),
        ("People/a|b.md", "x", 1, "[x](People/a%7Cb.md)"),
        ("People/[a].md", "[a]", 1, "[a](People/%5Ba%5D.md)"),
        ("People/a: b.md", "x", 1, "[x](People/a%3A%20b.md)"),
        ("People/100%%.md", "x", 1, "[x](People/100%25%25.md)"),
        ("People/100%.md", "100%", 1, "[[100%]]"),
        ("People/Jane.md.md", "Jane", 1, "[Jane](People/Jane.md.md)"),
        ("A#B/Jane (x).md", "Jane", 1, "[Jane](A%23B/Jane%20%28x%29.md)"),
    ],
)
def test_a_link_is_spelled_so_that_obsidian_follows_it(path: str, name: str, twins: int, link: str) -> None:
    assert spell_link(path, name, twins) == link
    (found,) = find_links(link)
    assert resolve(found.target, "Journal/x.md", (path, "Journal/other.md")) == path


PART = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters="/\\"), min_size=1, max_size=6
)
NAMES = (
    st.sampled_from(["Jane", "jane", "Jane#1", "Zoë", nfd("Zoë"), "C#", "a.md", "x^y", "100%%", "a|b"]) | PART
)
PATHS = (
    st.lists(NAMES, min_size=1, max_size=3)
    .map(lambda parts: "/".join(parts) + ".md")
    .filter(lambda path: not any(part.startswith(".") for part in path.split("/")))
)


@settings(STEADY, max_examples=300)
@given(st.lists(PATHS, min_size=1, max_size=6, unique=True), PATHS, st.text(max_size=8), st.data())
def test_every_link_we_spell_leads_to_its_note(
    vault: list[str], source: str, name: str, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(vault))
    twins = sum(link_key(other) == link_key(path) for other in vault)
    link = spell_link(path, name, twins)
    (found,) = find_links(f"with {link}: x")
    assert link_key(found.target) == link_key(path)
    assert resolve(found.target, source, tuple(vault)) == path


@STEADY
@given(st.text(), PATHS, st.lists(PATHS, max_size=5))
def test_any_link_resolves_to_a_candidate_or_to_nothing(target: str, source: str, vault: list[str]) -> None:
    assert resolve_link(target, source, vault) in (None, *vault)


@STEADY
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_the_key_knows_no_case_and_no_form(target: str) -> None:
    assert comparable(comparable(target)) == comparable(target)
    assert link_key(nfd(target)) == link_key(unicodedata.normalize("NFC", target))
    if target.isascii():
        assert link_key(target.upper()) == link_key(target) == link_key(target.lower())
