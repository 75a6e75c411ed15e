"""`make fuzz`: atheris looks for bytes that a target fails on, for SECONDS each; what it finds is kept in `found`.

python -m tests.fuzz.fuzz [SECONDS] [TARGET…]
"""

import subprocess
import sys
from pathlib import Path

FOUND = Path(__file__).parent / "found"
EXAMPLE = Path(__file__).parent.parent.parent / "example-vault"
WORDS = """\
--- \\x0a- \\x0d\\x0a \\xef\\xbb\\xbf ##\\x20Log ##\\x20Follow-ups #\\x20 -\\x20[\\x20]\\x20 -\\x20[x]\\x20 2026-11-20 \\x20call \\x20with\\x20 [[X]] [[X|y]] \
[x](y.md) ![[ ``` ~~~ :\\x20 #thanks \\xf0\\x9f\\x93\\x85\\x20 \\xe2\\x9c\\x85\\x20 \\xf0\\x9f\\x94\\x81\\x20 [due::\\x20 by\\x202026-11-20 tier:\\x20 tags:\\x0a\\x20\\x20-\\x20 \
type:\\x20 name:\\x20 &a\\x20 *a !x\\x20 |\\x0a >-\\x0a {a:\\x20 [a,\\x20 '' <<<<<<<\\x20 ======= >>>>>>>\\x20 \\x0c generated_by:\\x20vaultkeeper date:\\x20 \
digest:\\x20 [contacts] [tiers] folders\\x20=\\x20 BEGIN:VCARD\\x0a END:VCARD\\x0a FN: N: TEL; EMAIL: BDAY: ;CHARSET=UTF-8 ;ENCODING=QUOTED-PRINTABLE: \
BEGIN:VCALENDAR\\x0a BEGIN:VEVENT\\x0a DTSTART: RRULE:FREQ= ATTENDEE; From\\x20a\\x20 From:\\x20 To:\\x20 Subject:\\x20 =?utf-8?q? First\\x20Name,Last\\x20Name \
Connected\\x20On FROM,TO,DATE,CONTENT Name,Email Events: Friends: \\x00 \\xff \\xe2\\x80\\xae yesterday friday in\\x203\\x20days 10d every\\x203\\x20weeks"""


def main(seconds: str = "60", *names: str) -> None:
    """Each target in a process of its own, since libFuzzer ends the one that it runs in."""
    from tests.fuzz.target import TARGETS

    for name in names or TARGETS:
        subprocess.run([sys.executable, "-m", "tests.fuzz.fuzz", "--one", seconds, name], check=True)


def fuzz_one(seconds: str, name: str) -> None:
    """Raises nothing, and ends the process with what libFuzzer ends with."""
    import atheris

    with atheris.instrument_imports(include=["vaultkeeper"]):
        from tests.fuzz.target import TARGETS
    work = Path(".hypothesis/fuzz") / name
    seeds = work / "seeds"
    seeds.mkdir(parents=True, exist_ok=True)
    (FOUND / name).mkdir(parents=True, exist_ok=True)
    words = work / "words"
    words.write_text("".join(f'"{word}"\n' for word in WORDS.replace('"', '\\"').split(" ") if word))
    for number, note in enumerate(sorted(EXAMPLE.rglob("*.md"))[:60]):
        (seeds / f"example-{number}").write_bytes(note.read_bytes()[:2000])
    arguments = [
        f"-max_total_time={seconds}",
        f"-dict={words}",
        "-max_len=3000",
        "-timeout=10",
        "-rss_limit_mb=1000",
    ]
    prefix = f"-artifact_prefix={FOUND / name}/"
    atheris.Setup([sys.argv[0], *arguments, prefix, "-close_fd_mask=2", str(seeds)], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        fuzz_one(*sys.argv[2:4])
    else:
        main(*sys.argv[1:])
