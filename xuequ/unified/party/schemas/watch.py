"""Views of who stays away from the branch's life."""

from __future__ import annotations

from datetime import date

from xuequ.core.fields import Id, View
from xuequ.unified.party.states.meetings import AlarmLevel


class WatchLine(View):
    """Somebody who has stayed away, or paid nothing, for months; the branch meeting decides, nothing else."""

    member_id: Id
    staff_no: str | None
    name: str
    level: AlarmLevel
    months: int
    meetings: int
    dues: int
    grounds: tuple[str, ...]
    authority: str


class Watch(View):
    """Who has stayed away from meetings, or paid no dues, as of a day.

    `dues_known` tells whether the branch has a ledger of dues; without one only meetings are looked at.
    """

    district: str
    branch: str
    as_of: date
    dues_known: bool
    lines: tuple[WatchLine, ...]

    @property
    def warned(self) -> int:
        """How many are flagged."""
        return sum(line.level is AlarmLevel.WARN for line in self.lines)

    @property
    def proposed(self) -> int:
        """How many are proposed to the branch meeting."""
        return sum(line.level is AlarmLevel.PROPOSE for line in self.lines)
