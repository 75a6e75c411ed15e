"""The reasons for which a contact stands in the agenda: one small piece each, in the registry below.

Adding one is adding a file with a `Reason` and an entry in `REASONS`. Reasons that need the whole vault
(`event`, `review`, `just-because`, an occasion that is nobody's in particular) are in `domain.agenda` and
`domain.gathering`.
"""

from vaultkeeper.domain.reason.base import Due, Reason, View
from vaultkeeper.domain.reason.cadence import CADENCE
from vaultkeeper.domain.reason.dates import BIRTHDAY, OCCASION, SPECIAL_DATE
from vaultkeeper.domain.reason.drifting import DRIFTING
from vaultkeeper.domain.reason.follow_up import FOLLOW_UP
from vaultkeeper.domain.reason.meeting import MEETING
from vaultkeeper.domain.reason.nudge import NUDGE
from vaultkeeper.domain.reason.thank_you import THANK_YOU

REASONS: tuple[Reason, ...] = (
    FOLLOW_UP,
    MEETING,
    THANK_YOU,
    NUDGE,
    BIRTHDAY,
    SPECIAL_DATE,
    OCCASION,
    CADENCE,
    DRIFTING,
)

__all__ = ["REASONS", "Due", "Reason", "View"]
