"""Readings of who comes and who stays away: attendance, absences in a row, months without meetings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import groupby

from xuequ.core.context import reading
from xuequ.core.spans import months_later
from xuequ.unified.party.actions.meetings import VIEW_ALARMS
from xuequ.unified.party.rules.absences import (
    Attended,
    absences_in_a_row,
    is_flagged,
    months_without_meetings,
)
from xuequ.unified.party.schemas.meetings import AttendanceLine, AttendanceReport, IdleLine
from xuequ.unified.party.service.meetings.steps import MeetingSteps
from xuequ.unified.party.states.meetings import Mark

LOOK_BACK = 36
"""How many months back absences in a row are looked for; a row of more is as long as this."""


class Presence(MeetingSteps):
    """Who comes, and who stays away; what is said here is never acted upon by itself."""

    @reading(VIEW_ALARMS)
    def attendance(self, since: date | None = None, until: date | None = None) -> AttendanceReport:
        """Return each member's attendance in some days, and the absences in a row up to the last meeting.

        Leave granted before leaves the meetings that somebody should have attended.

        Args:
            since: the first day; that of the current year when left out.
            until: the first day after the last; a year later when left out.

        Raises:
            BranchMissing: when there is no branch today.
        """
        today = self.context.today
        since = since or date(today.year, 1, 1)
        until = until or date(since.year + 1, 1, 1)
        branch = self._branch(today)
        lines = self._lines(today, until)
        flagged_from = self.context.standards.find("party.absences_flagged_from", on=today)
        members = self._rows.members(branch.id, today)
        return AttendanceReport(
            district=self._rows.district_name(),
            branch=branch.name,
            since=since,
            until=until,
            flagged_from=None if flagged_from is None else int(str(flagged_from.value)),
            lines=tuple(
                self._line_of(row.member_id, row.staff_no, row.name, lines.get(row.member_id, []), since)
                for row in members
            ),
        )

    def _line_of(
        self, member_id: int, staff_no: str | None, name: str, lines: list[Attended], since: date
    ) -> AttendanceLine:
        marks = [line.mark for line in lines if line.on >= since]
        absence = absences_in_a_row(lines)
        return AttendanceLine(
            member_id=member_id,
            staff_no=staff_no,
            name=name,
            due=len(marks) - marks.count(Mark.EXCUSED),
            present=marks.count(Mark.PRESENT),
            excused=marks.count(Mark.EXCUSED),
            absent=marks.count(Mark.ABSENT),
            in_a_row=absence.count,
            absent_since=absence.since,
            flagged=is_flagged(absence, self.context.standards, self.context.today),
        )

    def _lines(self, today: date, until: date) -> Mapping[int, list[Attended]]:
        """Return by member the marks of the last years, up to a day."""
        rows = self._rows.attended(months_later(today, -LOOK_BACK), until)
        return {
            member_id: [Attended(row.held_on, Mark(row.mark)) for row in some]
            for member_id, some in groupby(rows, key=lambda row: row.member_id)
        }

    @reading(VIEW_ALARMS)
    def idle_months(self, on: date | None = None) -> list[IdleLine]:
        """Return by member the months in a row, up to the last whole one, without a meeting attended.

        Args:
            on: as of which day; today when left out.

        Raises:
            BranchMissing: when there is no branch that day.
        """
        on = on or self.context.today
        lines = self._lines(on, on + timedelta(days=1))
        found: list[IdleLine] = []
        for row in self._rows.members(self._branch(on).id, on):
            idle = months_without_meetings(lines.get(row.member_id, []), on)
            since = None if idle.since is None else date(*idle.since, 1)
            found.append(
                IdleLine(
                    member_id=row.member_id,
                    staff_no=row.staff_no,
                    name=row.name,
                    months=idle.months,
                    since=since,
                )
            )
        return found
