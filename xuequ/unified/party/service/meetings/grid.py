"""Readings of meetings: single ones, and the 三会一课 grid of a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xuequ.core.context import reading
from xuequ.core.spans import DaySpan
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.party.actions.meetings import VIEW_MEETINGS
from xuequ.unified.party.errors.meetings import FrequencyUnknown
from xuequ.unified.party.repository.meetings import values_of
from xuequ.unified.party.rules.frequencies import (
    FREQUENCIES,
    Frequency,
    Held,
    Judged,
    Per,
    by_period,
    judge,
    period_of,
    periods_of_year,
    requirement,
    talks_missing,
)
from xuequ.unified.party.schemas.meetings import (
    CompletionGrid,
    GridCell,
    GridLine,
    MeetingRecord,
    MeetingView,
    ResolutionView,
    RollLine,
)
from xuequ.unified.party.service.meetings.steps import MeetingSteps
from xuequ.unified.party.states.meetings import Mark, MeetingKind

YEAR = Per.YEAR


@dataclass(frozen=True, slots=True)
class _Year:
    """What the grid of a year is judged from."""

    branch: AnyRow
    span: DaySpan
    meetings: Sequence[MeetingView]
    seats: Sequence[AnyRow]
    groups: Sequence[AnyRow]
    reasons: Mapping[tuple[str, int | None, date], str]

    def held(self, frequency: Frequency, group_id: int | None) -> list[Held]:
        """Return the meetings of a kind that count, of the branch or of one group.

        A 党小组会 is counted by group; everything else is counted of the branch, and by whichever body a
        组织生活会 or 民主评议 is held.
        """
        by_any = (MeetingKind.LIFE, MeetingKind.APPRAISAL)
        found: list[Held] = []
        for one in self.meetings:
            ours = one.group_id == group_id or (group_id is None and frequency.kind in by_any)
            if one.counts and one.kind is frequency.kind and ours and one.held_on is not None:
                found.append(Held(one.held_on, self.is_leader(one.lecturer_id, one.held_on)))
        return found

    def is_leader(self, member_id: int | None, day: date) -> bool:
        """Tell whether somebody sat in the committee on a day."""
        spans = [DaySpan(seat.since, seat.until) for seat in self.seats if seat.member_id == member_id]
        return any(day in span for span in spans)

    def standing(self, frequency: Frequency, group_id: int | None) -> list[DaySpan]:
        """Return on which days whoever holds a kind of meeting stood."""
        if frequency.kind is MeetingKind.COMMITTEE:
            return [DaySpan(seat.since, seat.until) for seat in self.seats]
        if group_id is not None:
            return [DaySpan(one.since, one.until) for one in self.groups if one.id == group_id]
        return [DaySpan(self.branch.since)]


class MeetingGrid(MeetingSteps):
    """What was held, and what is missing."""

    @reading(VIEW_MEETINGS)
    def meetings(self, since: date, until: date) -> list[MeetingView]:
        """List the meetings of some days, voided and cancelled ones too.

        Args:
            since: the first day.
            until: the first day after the last.
        """
        return self._views(self._rows.meetings(since, until))

    @reading(VIEW_MEETINGS)
    def meeting(self, meeting_id: int) -> MeetingRecord:
        """Return a meeting with its roll and what it resolved.

        Raises:
            MeetingUnknown: when there is none of that id.
        """
        meeting, rows = self._view(meeting_id), self._rows
        roll = tuple(RollLine(**values_of(row)) for row in rows.roll_named(meeting_id))
        resolved = tuple(ResolutionView(**values_of(row)) for row in rows.resolutions(meeting_id))
        return MeetingRecord(meeting=meeting, roll=roll, resolutions=resolved)

    @reading(VIEW_MEETINGS)
    def completion(self, year: int | None = None) -> CompletionGrid:
        """Return the 三会一课 grid of a year: met, not met with its reason, not yet due, or not applicable.

        Where the branch has had no committee in the year there is no line of it; every group has its own.

        Args:
            year: which; the current one when left out.

        Raises:
            BranchMissing: when there is no branch at its end, or today.
        """
        year = year or self.context.today.year
        on = min(self.context.today, date(year, 12, 31))
        branch = self._branch(on)
        whole = self._year(branch, period_of(date(year, 1, 1), YEAR))
        pairs, members = self._untalked(whole, on)
        lines: list[GridLine] = []
        for frequency in FREQUENCIES:
            if frequency.kind is MeetingKind.COMMITTEE and not whole.seats:
                continue
            if frequency.kind is MeetingKind.GROUP:
                lines += [self._line(whole, frequency, one) for one in whole.groups]
            else:
                talked = frequency.kind is not MeetingKind.TALK or not (pairs or members)
                lines.append(self._line(whole, frequency, talked=talked))
        names = self._rows.names({one for pair in pairs for one in pair} | set(members))
        untalked = [f"{names[one].name}—{names[other].name}" for one, other in pairs]
        return CompletionGrid(
            district=self._rows.district_name(),
            branch=branch.name,
            year=year,
            as_of=self.context.today,
            lines=tuple(lines),
            untalked=(*untalked, *(names[one].name for one in members)),
        )

    def _year(self, branch: AnyRow, span: DaySpan) -> _Year:
        since, until = span.since, span.until
        assert until is not None, "a period has an end"
        rows = self._rows
        reasons = {
            (row.kind, row.group_id, row.since): row.reason
            for row in rows.missed_reasons(branch.id, since, until)
        }
        return _Year(
            branch,
            span,
            self._views(rows.meetings(since, until)),
            rows.seats_between(branch.id, since, until),
            rows.groups_between(branch.id, since, until),
            reasons,
        )

    def _untalked(self, whole: _Year, on: date) -> tuple[list[tuple[int, int]], list[int]]:
        """Return which pairs of the committee, and which members, have not talked in the year."""
        talks = [one.id for one in whole.meetings if one.kind is MeetingKind.TALK and one.counts]
        present: dict[int, list[int]] = {}
        for row in self._rows.rolls(talks):
            if row.mark == Mark.PRESENT:
                present.setdefault(row.meeting_id, []).append(row.member_id)
        members = self._belonging(whole.branch.id, on)
        committee = {one.member_id for one in members if one.in_committee}
        return talks_missing(present.values(), committee, {one.member_id for one in members})

    def _line(
        self, whole: _Year, frequency: Frequency, group: AnyRow | None = None, *, talked: bool = True
    ) -> GridLine:
        group_id = None if group is None else group.id
        judged = [
            self._judge(whole, frequency, period, group_id, talked=talked)
            for period in periods_of_year(whole.span.since.year, frequency.per)
        ]
        latest = next((one.entry for one in reversed(judged) if one.entry is not None), None)
        cells = tuple(
            GridCell(month=month, state=one.state, held=one.held, reason=one.reason, text=one.wording)
            for month, one in by_period(judged).items()
        )
        return GridLine(
            kind=frequency.kind,
            label=frequency.label,
            group="" if group is None else group.name,
            requirement=requirement(latest),
            cells=cells,
        )

    def _judge(
        self,
        whole: _Year,
        frequency: Frequency,
        period: DaySpan,
        group_id: int | None,
        *,
        talked: bool = True,
    ) -> Judged:
        return judge(
            frequency,
            period,
            whole.held(frequency, group_id) if talked else [],
            whole.standing(frequency, group_id),
            self.context.standards,
            self.context.today,
            whole.reasons.get((frequency.kind.code, group_id, period.since), ""),
        )

    def _judged(self, branch: AnyRow, frequency: Frequency, day: date, group_id: int | None) -> Judged:
        """Judge the one period that holds a day."""
        whole = self._year(branch, period_of(day, YEAR))
        talked = frequency.kind is not MeetingKind.TALK or not any(self._untalked(whole, day))
        return self._judge(whole, frequency, period_of(day, frequency.per), group_id, talked=talked)


def frequency_of(kind: MeetingKind) -> Frequency:
    """Return how often a kind of meeting is held.

    Raises:
        FrequencyUnknown: when there is no rule of it.
    """
    for frequency in FREQUENCIES:
        if frequency.kind is kind and not frequency.by_leaders:
            return frequency
    raise FrequencyUnknown(kind=kind.label)
