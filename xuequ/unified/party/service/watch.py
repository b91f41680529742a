"""Who stays away from the branch's life: meetings and dues looked at together."""

from __future__ import annotations

from datetime import date

from xuequ.core.context import reading
from xuequ.unified.party.actions.meetings import VIEW_ALARMS
from xuequ.unified.party.errors.dues import LedgerMissing
from xuequ.unified.party.rules.absences import withdrawal_alarm
from xuequ.unified.party.schemas.meetings import IdleLine
from xuequ.unified.party.schemas.watch import Watch, WatchLine
from xuequ.unified.party.service.dues import DuesService
from xuequ.unified.party.service.meetings import MeetingService
from xuequ.unified.party.service.meetings.steps import MeetingSteps

__all__ = ["WatchService"]


class WatchService(MeetingSteps):
    """Who may be taken to have left of their own accord 自行脱党: it is said, and never acted upon."""

    @reading(VIEW_ALARMS)
    def staying_away(self, on: date | None = None) -> Watch:
        """Return who came to no meeting, or paid no dues, for months in a row, the longest first.

        From the third month on somebody is flagged, from the sixth on it is proposed that the branch meeting
        decides and the higher body approves; the months of meetings and of dues are not added up.

        Args:
            on: as of which day; today when left out.

        Raises:
            BranchMissing: when there is no branch that day.
        """
        on = on or self.context.today
        branch, unpaid = self._branch(on), self._unpaid(on)
        idle = MeetingService(self.context).idle_months(on)
        found = [self._line(one, (unpaid or {}).get(one.member_id, 0), on) for one in idle]
        lines = sorted((line for line in found if line is not None), key=lambda line: -line.months)
        return Watch(
            district=self._rows.district_name(),
            branch=branch.name,
            as_of=on,
            dues_known=unpaid is not None,
            lines=tuple(lines),
        )

    def _unpaid(self, on: date) -> dict[int, int] | None:
        """Return by member the months in a row without dues; None where the branch keeps no ledger."""
        try:
            found = DuesService(self.context).unpaid_months(on)
        except LedgerMissing:
            return None
        return {one.member_id: len(one.months) for one in found}

    def _line(self, idle: IdleLine, dues: int, on: date) -> WatchLine | None:
        alarm = withdrawal_alarm(idle.months, dues, self.context.standards, on)
        if alarm is None:
            return None
        return WatchLine(
            member_id=idle.member_id,
            staff_no=idle.staff_no,
            name=idle.name,
            level=alarm.level,
            months=alarm.months,
            meetings=idle.months,
            dues=dues,
            grounds=alarm.grounds,
            authority=alarm.authority,
        )
