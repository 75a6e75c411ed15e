"""Generated notes: the mark by which we know ours, and the digest that tells whether a person typed in it
(FORMAT.md section 7)."""

from typing import NamedTuple

from vaultkeeper.domain.digest import sha256
from vaultkeeper.notes.front_matter import parse

MARK = "vaultkeeper"


class Generated(NamedTuple):
    """A note of ours: the day it was made with, as written; its body as it is now; the digest of the body as
    we made it."""

    date: str
    body: str
    digest: str

    @property
    def untouched(self) -> bool:
        """Whether the two agree."""
        return self.digest == digest_of(self.body)


def digest_of(body: str) -> str:
    """Eight hex digits; line endings and blanks at the end don't count, since sync tools change these."""
    plain = "\n".join(line.rstrip() for line in body.split("\n")).strip("\n")
    return sha256(plain.encode("utf-8", "surrogatepass"))[:8]


def compose(body: str, day: str) -> str:
    """The whole text of a generated note made on `day` (an ISO date)."""
    return f"---\ngenerated_by: {MARK}\ndate: {day}\ndigest: {digest_of(body)}\n---\n{body}"


def read_generated(text: str) -> Generated | None:
    """The note taken apart, or None where it lacks our mark: then it belongs to the user."""
    front_matter, problems = parse(text, "")
    texts = front_matter.texts
    if problems or texts.get("generated_by", ("",))[:1] != (MARK,):
        return None
    body = text[front_matter.body :].replace("\r\n", "\n")
    written = "".join(texts.get("digest", ())[:1])
    return Generated("".join(texts.get("date", ())[:1]), body, written)


def signed(before: str, after: str) -> str:
    """`after`, our own change of the text `before`: where nobody had typed in that, nobody has in this."""
    made, now = read_generated(before), read_generated(after)
    if made is None or now is None or not made.untouched:
        return after
    return after.replace(f"digest: {made.digest}", f"digest: {digest_of(now.body)}", 1)
