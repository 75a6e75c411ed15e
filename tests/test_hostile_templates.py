"""Templates that somebody else made: what they may not reach, and that each comes to an end and is named."""

import os
from pathlib import Path

import pytest

from tests.conftest import VaultFolder
from vaultkeeper.errors import VaultkeeperError
from vaultkeeper.render.template import MAX_TEMPLATE, Templates

OWN = "Templates/vaultkeeper"
DUE = "Keep in touch/Due this week.md"
LOOP = "{% for i in range(99999) %}"
DOUBLING = "{% set s = namespace(x='a') %}{% for i in range(60) %}{% set s.x = s.x ~ s.x %}{% endfor %}"

# (what it tries, the template, its line, what is said)
HOSTILE: tuple[tuple[str, str, int, str], ...] = (
    ("attributes", "x\n{{ ''.__class__.__mro__ }}", 2, "unsafe"),
    ("attributes by a filter", "{{ ('' | attr('__class__')).__mro__ }}", 1, "unsafe"),
    ("globals", "{{ lipsum.__globals__ }}", 1, "unsafe"),
    ("globals of a class", "\n\n{{ cycler.__init__.__globals__.os }}", 3, "unsafe"),
    ("attributes in a format", "{{ '{0.__class__}'.format(1) }}", 1, "unsafe"),
    ("a value changed", "{{ promises.append(1) }}", 1, ""),
    ("a file", "{% include '/etc/passwd' %}", 1, "/etc/passwd"),
    ("a file above", "a\n\n{% include '../../x' %}", 3, "../../x"),
    ("a file imported", "{% import '/etc/passwd' as x %}", 1, "/etc/passwd"),
    ("a long range", "{% for i in range(10**9) %}x{% endfor %}", 1, "Range too big"),
    ("loops in loops", f"{LOOP}{LOOP}{{% endfor %}}{{% endfor %}}", 1, "stopped"),
    ("much text", f"{LOOP}{LOOP}xxxxxxxx{{% endfor %}}{{% endfor %}}", 1, "4 MB of text"),
    (
        "much text held back",
        f"{{% set x %}}{LOOP}{{{{ 'a'*9999 }}}}{{% endfor %}}{{% endset %}}",
        1,
        "128 MB",
    ),
    ("a text repeated", "{{ 'a' * 10**9 }}", 1, "128 MB"),
    ("a text doubled", DOUBLING, 1, "128 MB"),
    ("a wide format", "{{ '%1000000000d' | format(1) }}", 1, "128 MB"),
    ("a wide format method", "{{ '{:>1000000000}'.format(1) }}", 1, "128 MB"),
    ("a wide filter", "{{ 'a' | center(10**9) }}", 1, "128 MB"),
    ("a filter that fills", "{{ [1] | batch(10**9, 0) | list }}", 1, "128 MB"),
    ("a power", "{{ 10 ** (10 ** 10) }}", 1, "stopped"),
    ("a recursion", "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}", 1, "recursion"),
    ("itself", "{% include 'due-this-week.md' %}", 1, "recursion"),
    ("deep brackets", "{{" + "(" * 5000 + "1" + ")" * 5000 + "}}", 1, ""),
    ("bad syntax", "x\n{% if %}", 2, "expression"),
    ("a name misspelt", "x\n\n{{ nothing }}", 3, "'nothing' is undefined"),
    ("a division", "{{ 1 / 0 }}", 1, "division"),
)


def render(folder: Path, **values: object) -> str:
    return Templates(folder).render("due-this-week.md", **values)


@pytest.mark.parametrize(("template", "line", "said"), [h[1:] for h in HOSTILE], ids=[h[0] for h in HOSTILE])
def test_a_hostile_template_is_named_and_ends(
    vault: VaultFolder, template: str, line: int, said: str
) -> None:
    vault.write(f"{OWN}/due-this-week.md", template)
    with pytest.raises(VaultkeeperError) as error:
        render(vault.root / OWN, promises=[])
    assert str(error.value).startswith(f"{OWN}/due-this-week.md:{line}: ")
    assert said in str(error.value)
    assert len(str(error.value)) < 1000


def test_its_note_stays_and_the_rest_is_done(example: VaultFolder) -> None:
    example.ok("index")
    before = example.read(DUE)
    example.write(f"{OWN}/due-this-week.md", f"{LOOP}{LOOP}{{% endfor %}}{{% endfor %}}")
    example.write(f"{OWN}/review.md", "Mine: {{ 6 * 7 }}\n")
    done = example.run("index", today="2026-12-07")
    assert done.code == 3
    assert f"{OWN}/due-this-week.md:1: " in done.err
    assert example.read(DUE) == before
    assert b"Mine: 42" in example.read("Keep in touch/Review.md")


def test_templates_of_ones_own_may_use_each_other_and_the_products(vault: VaultFolder) -> None:
    vault.write(f"{OWN}/part.md", "{% macro hello(name) %}Hello {{ name }}{% endmacro %}")
    vault.write(f"{OWN}/due-this-week.md", "{% from 'part.md' import hello %}{{ hello(who) }}\n")
    templates = Templates(vault.root / OWN)
    for who in ("Jane", "Zoë"):  # one process for many notes
        assert templates.render("due-this-week.md", who=who) == f"Hello {who}\n"


def test_the_process_is_used_again_after_a_failure(vault: VaultFolder) -> None:
    vault.write(f"{OWN}/due-this-week.md", "{% if bad %}{{ n ** (n ** n) }}{% endif %}good")
    templates = Templates(vault.root / OWN)
    for bad in (False, True, False):
        try:
            assert templates.render("due-this-week.md", bad=bad, n=10) == "good"
            assert not bad
        except VaultkeeperError:
            assert bad


@pytest.mark.skipif(os.name == "nt", reason="links and pipes")
def test_files_that_are_no_templates(vault: VaultFolder, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    folder = vault.root / OWN
    folder.mkdir(parents=True)
    (folder / "due-this-week.md").symlink_to(tmp_path / "secret")
    os.mkfifo(folder / "review.md")
    vault.write(f"{OWN}/dashboard.md", b"x" * (MAX_TEMPLATE + 1))
    vault.write(f"{OWN}/contact.md", b"\xff")
    vault.write(f"{OWN}/digest.txt", "{% include 'due-this-week.md' %}")
    for name, said in (
        ("due-this-week.md", "leads out of the vault"),
        ("review.md", "not an ordinary file"),
        ("dashboard.md", "too large"),
        ("contact.md", "not UTF-8"),
        ("digest.txt", "due-this-week.md"),
    ):
        with pytest.raises(VaultkeeperError, match=f"^{OWN}/{name}:1: .*{said}"):
            Templates(folder).render(name)


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_folder_of_templates_outside_of_the_vault(vault: VaultFolder, tmp_path: Path) -> None:
    outside = VaultFolder(tmp_path / "outside")
    outside.write("due-this-week.md", "x")
    (vault.root / "Templates").mkdir()
    (vault.root / OWN).symlink_to(outside.root)
    with pytest.raises(VaultkeeperError, match="leads out of the vault"):
        render(vault.root / OWN)
