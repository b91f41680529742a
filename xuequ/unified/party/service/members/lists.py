"""Lists of members: what is to be seen to, a year's turnover, backbone teachers and members."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from xuequ.core.context import reading
from xuequ.registry.repository import RegistryRepository
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.service.forms.basis import Names
from xuequ.standards.codes.staff import BackboneLevel
from xuequ.unified.party.actions.members import VIEW_MEMBERS
from xuequ.unified.party.rules.alarms import Belonging, Organised, member_alarms, organisation_alarms
from xuequ.unified.party.schemas.members import GroupView, MemberView
from xuequ.unified.party.schemas.rosters import (
    AlarmView,
    BranchRoster,
    CultivationLine,
    CultivationView,
    TurnLine,
    YearFlow,
)
from xuequ.unified.party.service.members.views import MemberViews, group_views, member_view, seat_views
from xuequ.unified.party.states.members import Alarm, Joining, MemberState, Office, Turn

CAME = {
    Joining.ENTERED: Turn.ENTERED,
    Joining.ADMITTED: Turn.ADMITTED,
    Joining.TRANSFERRED: Turn.TRANSFERRED_IN,
}


class MemberLists(MemberViews):
    """Lists that the branch works by, and forms are printed from."""

    @reading(VIEW_MEMBERS)
    def branch_roster(self, on: date | None = None) -> BranchRoster:
        """Return the roster of a day with committee and groups, as it is printed: schools by their names."""
        on = on or self.context.today
        branch, rows = self._branch(on), self._lists
        names = Names(RegistryRepository(self.context.session, self.context.scope, self.context.place))
        return BranchRoster(
            branch=branch.name,
            on=on,
            committee=tuple(seat_views(rows, branch.id, on)),
            groups=tuple(_group_named(one, names) for one in group_views(rows, branch.id, on)),
            members=tuple(_member_named(member_view(row), names) for row in rows.roster(branch.id, on)),
        )

    @reading(VIEW_MEMBERS)
    def alarms(self, on: date | None = None) -> list[AlarmView]:
        """Return what the branch has to see to 待办提醒; nothing is done about it here.

        Raises:
            BranchMissing: when the district has no branch that day.
        """
        on = on or self.context.today
        branch, rows = self._branch(on), self._lists
        members, seats = rows.roster(branch.id, on), rows.committee(branch.id, on)
        states = {row.id: MemberState(row.state) for row in members}
        organised = Organised(
            members=len(members),
            full=sum(state is MemberState.FULL for state in states.values()),
            offices=[Office(row.office) for row in seats],
            term_ends_on=branch.term_ends_on,
        )
        standards = self.context.standards
        found = [
            AlarmView(alarm=alarm, since=branch.term_ends_on if alarm is Alarm.TERM_OVER else None)
            for alarm in organisation_alarms(organised, standards, on)
        ]
        for group in rows.groups_with_leaders(branch.id, on):
            if group.leader_id is None:
                found.append(AlarmView(alarm=Alarm.GROUP_WITHOUT_LEADER, since=None, what=group.name))
        found += self._letters_over(on)
        seated = {row.member_id for row in seats}
        for row in members:
            found += self._alarms_of(row, seated, on)
        return found

    def _letters_over(self, on: date) -> Iterator[AlarmView]:
        for letter in self._lists.letters(opened=True):
            if on >= letter.valid_until and letter.district_id == self._lists.district_id:
                yield AlarmView(
                    alarm=Alarm.LETTER_EXPIRED,
                    since=letter.valid_until,
                    member_id=letter.member_id,
                    name=letter.name,
                    what=letter.number,
                )

    def _alarms_of(self, row: AnyRow, seated: set[int], on: date) -> Iterator[AlarmView]:
        named = {"member_id": row.id, "name": row.name}
        if row.id in seated and MemberState(row.state) is not MemberState.FULL:
            yield AlarmView(alarm=Alarm.SEAT_NOT_STANDING, since=row.state_since, **named)
        belonging, district_id = _belonging(row), self._lists.district_id
        for alarm, since in member_alarms(belonging, district_id, self.context.standards, on):
            yield AlarmView(alarm=alarm, since=since, **named)

    @reading(VIEW_MEMBERS)
    def year_flow(self, year: int) -> YearFlow:
        """Return who came to the branch and who left it in a year, and how; the numbers add up.

        Raises:
            BranchMissing: when the district had no branch at the end of the year, or has none today.
        """
        begin, end = date(year, 1, 1), date(year + 1, 1, 1)
        branch, rows = self._branch(min(date(year, 12, 31), self.context.today)), self._lists
        lines = [line for row in rows.turned(branch.id, begin, end) for line in _turns(row, begin, end)]
        return YearFlow(
            branch=branch.name,
            year=year,
            opening=rows.counted(branch.id, begin),
            closing=rows.counted(branch.id, end),
            lines=tuple(sorted(lines, key=lambda line: (line.on, line.member_id))),
        )

    @reading(VIEW_MEMBERS)
    def cultivation(self, on: date | None = None) -> CultivationView:
        """Return the two-way list 骨干教师⇄党员: “把骨干教师培养成党员，把党员教师培养成骨干”."""
        on = on or self.context.today
        branch, rows = self._branch(on), self._lists
        backbone = {row.person_id: row for row in rows.backbone(on)}
        members = {row.person_id: row for row in rows.roster(branch.id, on)}
        anywhere = rows.open_members(backbone)
        admit = [row for person, row in backbone.items() if person not in anywhere]
        train = [row for person, row in members.items() if row.employment_id and person not in backbone]
        both = [row for person, row in members.items() if person in backbone]
        return CultivationView(
            branch=branch.name,
            on=on,
            to_admit=tuple(_line(row, backbone, members) for row in admit),
            to_train=tuple(_line(row, backbone, members) for row in train),
            both=tuple(_line(row, backbone, members) for row in both),
        )


def _belonging(row: AnyRow) -> Belonging:
    return Belonging(
        state=MemberState(row.state),
        state_since=row.state_since,
        grouped=row.group_id is not None,
        staff=row.staff_id is not None,
        employed=row.employment_id is not None,
        employed_in=row.employed_in,
        employed_since=row.employed_since,
        placed_in=row.placed_in,
        placed_since=row.placed_since,
        away_since=row.away_since,
    )


def _turns(row: AnyRow, begin: date, end: date) -> Iterator[TurnLine]:
    """Yield how a member came in a span of days, and how they left."""
    if begin <= row.since < end:
        turn = CAME[Joining(row.joined_as)]
        yield TurnLine(member_id=row.id, name=row.name, turn=turn, on=row.since)
    if row.until is not None and begin <= row.until < end:
        turn = Turn(row.exit) if row.ended_on == row.until else Turn.TRANSFERRED_OUT
        yield TurnLine(member_id=row.id, name=row.name, turn=turn, on=row.until)


def _line(row: AnyRow, backbone: Mapping[int, AnyRow], members: Mapping[int, AnyRow]) -> CultivationLine:
    level, member = backbone.get(row.person_id), members.get(row.person_id)
    return CultivationLine(
        name=row.name,
        staff_no=row.staff_no,
        school=row.school,
        level=BackboneLevel(level.code) if level is not None else None,
        state=MemberState(member.state) if member is not None else None,
    )


def _group_named(view: GroupView, names: Names) -> GroupView:
    return view.model_copy(update={"schools": tuple(names.named(code) for code in view.schools)})


def _member_named(view: MemberView, names: Names) -> MemberView:
    return view.model_copy(update={"school": names.named(view.school) if view.school else None})
