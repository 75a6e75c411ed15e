"""The verbs that make a line of a dated note an interaction (FORMAT.md section 6)."""

# Verb → (channel, direction) as the user says it of themselves; the config's `verbs` adds to them.
VERBS: dict[str, tuple[str | None, str | None]] = {
    **dict.fromkeys(
        ("called", "rang", "phoned", "had a call with", "had a phone call with"), ("call", "both")
    ),
    **dict.fromkeys(("zoomed with", "had a video call with", "facetimed"), ("video", "both")),
    **dict.fromkeys(("met", "met up with", "saw", "visited", "bumped into", "ran into"), ("meeting", "both")),
    **dict.fromkeys(("caught up with", "had a meeting with", "had dinner with"), ("meeting", "both")),
    **dict.fromkeys(("talked", "spoke", "chatted", "talked to", "spoke to"), ("meeting", "both")),
    **dict.fromkeys(("talked with", "spoke with", "chatted with"), ("meeting", "both")),
    **dict.fromkeys(("had lunch with", "lunched with"), ("lunch", "both")),
    **dict.fromkeys(("had coffee with", "had a coffee with"), ("coffee", "both")),
    **dict.fromkeys(
        ("emailed", "e-mailed", "mailed", "wrote", "wrote to", "sent an email to"), ("email", "out")
    ),
    **dict.fromkeys(("texted", "messaged", "pinged", "sent a message to"), ("message", "out")),
    **dict.fromkeys(("heard from", "got a message from"), ("message", "in")),
    "got an email from": ("email", "in"),
    **dict.fromkeys(("sent a card to", "posted a card to"), ("card", "out")),
}
