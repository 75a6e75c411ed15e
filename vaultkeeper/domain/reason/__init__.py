"""The reasons for which a contact stands in the agenda: one small piece each, in the registry below.

Adding one is adding a file with a `Reason` and an entry in `REASONS`.
"""

from vaultkeeper.domain.reason.base import Due, Reason, View
from vaultkeeper.domain.reason.cadence import CADENCE
from vaultkeeper.domain.reason.dates import BIRTHDAY, SPECIAL_DATE
from vaultkeeper.domain.reason.follow_up import FOLLOW_UP
from vaultkeeper.domain.reason.thank_you import THANK_YOU

REASONS: tuple[Reason, ...] = (FOLLOW_UP, THANK_YOU, BIRTHDAY, SPECIAL_DATE, CADENCE)

__all__ = ["REASONS", "Due", "Reason", "View"]
