"""The channels of interactions, and who reached out by each."""

# Who reached out where the line doesn't say; None is nobody in particular.
DIRECTIONS: dict[str, str | None] = {
    **dict.fromkeys(("call", "video", "coffee", "lunch", "meeting", "event"), "both"),
    **dict.fromkeys(("email", "message", "letter", "card", "linkedin", "comment", "social", "intro"), "out"),
    "touch": None,
}
