"""What to do about a contact: the touch types, one small piece each, and the choice among them (RULES.md).

Adding one is an entry in `TOUCHES`. The user's own style (`[me] style`) puts its types first.
"""

from vaultkeeper.domain.interaction import Touch
from vaultkeeper.domain.suggestion.base import (
    Situation,
    Suggestion,
    TouchType,
    ask_after,
    days_near,
    last_time,
)
from vaultkeeper.domain.suggestion.dated import CARD, CONGRATULATE, INVITE, MEET, THANK
from vaultkeeper.domain.suggestion.everyday import CHECKIN, COMMENT, HELP, INPUT, INTRODUCE, NEWS, SHARE
from vaultkeeper.domain.suggestion.moment import MOMENTS

TOUCHES: tuple[TouchType, ...] = (
    *(THANK, CONGRATULATE, SHARE, NEWS, COMMENT, CHECKIN, INPUT, MEET, INVITE, CARD, INTRODUCE, HELP),
)


def suggest(situation: Situation, style: tuple[str, ...] = ()) -> Suggestion:
    """The first type whose condition holds and that differs from those of the last two entries; where none
    is left, ask how they are.

    What the moment calls for (thanks, wishes, a nudge, a briefing) is said all the same, and first.
    """
    moments = {code: text for code, say in MOMENTS if (text := say(situation)) is not None}
    recent = recent_types(situation)
    chosen = (
        (touch.code, text)
        for touch in _in_order(style)
        if touch.code not in recent and (text := touch.say(situation)) is not None
    )
    code, text = next(chosen, (CHECKIN.code, CHECKIN.say(situation) or ""))
    said = [*moments.values()]
    if said:
        text = text.replace(last_time(situation), "")
    if code not in moments and not any(text in words for words in said):
        said.append(text)
    if days_near(situation):
        said.append("Nothing to ask for.")
    return Suggestion(code, _once(" ".join(said), situation))


def _once(text: str, situation: Situation) -> str:
    """The last talk is spoken of once, and the family is asked after once."""
    after = ask_after(situation)
    for words, sentence in ((situation.last_words(), last_time(situation)), (after.strip(), after)):
        if words:
            head, found, tail = text.partition(words)
            text = head + found + tail.replace(sentence, "")
    return text


def recent_types(situation: Situation) -> set[str]:
    """The types of the last two entries; one entry may count as several."""
    return {touch.code for entry in situation.known[-2:] for touch in TOUCHES if _is(touch, entry)}


def _is(touch: TouchType, entry: Touch) -> bool:
    """By its kinds, or by its channel where the user had a part in it."""
    return (entry.by_user and entry.channel in touch.channels) or not touch.kinds.isdisjoint(entry.kinds)


def _in_order(style: tuple[str, ...]) -> list[TouchType]:
    wanted = [code.lower() for code in style]
    return sorted(
        TOUCHES, key=lambda touch: wanted.index(touch.code) if touch.code in wanted else len(wanted)
    )


__all__ = ["TOUCHES", "Situation", "Suggestion", "TouchType", "recent_types", "suggest"]
