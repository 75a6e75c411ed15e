"""What to do about a contact: the touch types, one small piece each, and the choice among them (RULES.md).

Adding one is an entry in `TOUCHES`. The user's own style (`[me] style`) puts its types first.
"""

from vaultkeeper.domain.interaction import Touch
from vaultkeeper.domain.suggestion.base import Situation, Suggestion, TouchType
from vaultkeeper.domain.suggestion.dated import CARD, CONGRATULATE, INVITE, MEET, THANK
from vaultkeeper.domain.suggestion.everyday import CHECKIN, COMMENT, HELP, INPUT, INTRODUCE, NEWS, SHARE

TOUCHES: tuple[TouchType, ...] = (
    *(THANK, CONGRATULATE, CARD, HELP, CHECKIN, NEWS, SHARE, INTRODUCE, INVITE, MEET, COMMENT, INPUT),
)


def suggest(situation: Situation, style: tuple[str, ...] = ()) -> Suggestion:
    """The first type whose condition holds and that differs from those of the last two entries; where none
    is left, ask how they are.

    What the moment calls for (thanks, a wish or a card, a briefing) comes first, even where one of the last
    two entries was it and nothing else will do.
    """
    recent = recent_types(situation)
    ordered = _in_order(style)
    fresh = [touch for touch in ordered if touch.code not in recent]
    urgent = [touch for touch in (*fresh, *ordered) if touch.urgent(situation)]
    for touch in (*urgent, *fresh):
        text = touch.say(situation)
        if text is not None:
            return Suggestion(touch.code, text)
    return Suggestion(CHECKIN.code, CHECKIN.say(situation) or "")


def recent_types(situation: Situation) -> set[str]:
    """The types of the last two entries; one entry may count as several."""
    return {touch.code for entry in situation.known[-2:] for touch in TOUCHES if _is(touch, entry)}


def _is(touch: TouchType, entry: Touch) -> bool:
    """By its kinds, or by its channel; but a call or a message that a kind tells more of was no check-in."""
    told = touch is CHECKIN and entry.kinds
    by_channel = entry.by_user and entry.channel in touch.channels and not told
    return by_channel or bool(set(entry.kinds) & touch.kinds)


def _in_order(style: tuple[str, ...]) -> list[TouchType]:
    wanted = [code.lower() for code in style]
    return sorted(
        TOUCHES, key=lambda touch: wanted.index(touch.code) if touch.code in wanted else len(wanted)
    )


__all__ = ["TOUCHES", "Situation", "Suggestion", "TouchType", "recent_types", "suggest"]
