"""The workbook of members: the branch, groups, members, committee and leaders of groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from xuequ.core.context import Context
from xuequ.core.errors import Problem
from xuequ.core.fields import Command
from xuequ.core.intake import Book, Desk
from xuequ.core.plan import Outcome, PlannedRow, State, Values
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.service.books.desk import BookDesk, Lookups, check_names, found, rows_of
from xuequ.unified.party.errors.members import GroupUnknown, MemberUnknown
from xuequ.unified.party.repository.books import MemberBookRows
from xuequ.unified.party.schemas.books.members import BranchRow, GroupRow, LeaderRow, MemberRow, SeatRow
from xuequ.unified.party.schemas.members import (
    BranchFoundation,
    CommitteeSeating,
    GroupForming,
    MemberEntry,
    Seat,
)
from xuequ.unified.party.service.members import MembersService
from xuequ.unified.party.states.members import MemberState, Office
from xuequ.unified.party.templates.members import MEMBERS

BETWEEN = "、"
"""What stands between the codes of schools in one cell."""


class _PartyDesk(BookDesk):
    """What the sheets share."""

    def __init__(self, lookups: Lookups) -> None:
        super().__init__(lookups)
        self.rows = MemberBookRows(self.context.session, self.context.scope, self.context.place)
        self.members = MembersService(self.context)

    @property
    def today(self) -> date:
        return self.context.today

    def _branch_id(self) -> int | None:
        branch = self.rows.branch(self.today)
        return None if branch is None else int(branch.id)

    def _groups(self) -> dict[str, int]:
        """Return the ids of the branch's groups by name."""
        branch = self._branch_id()
        return {} if branch is None else {row.name: row.id for row in self.rows.groups(branch, self.today)}

    def _group(self, name: str) -> int:
        return found(self._groups(), name, GroupUnknown(group=name, on=str(self.today)))

    def _roster(self) -> Sequence[AnyRow]:
        branch = self._branch_id()
        return [] if branch is None else self.rows.roster(branch, self.today)

    def _members(self) -> dict[str, int]:
        """Return the ids of the branch's members by staff number."""
        return {row.staff_no: row.id for row in self._roster() if row.staff_no is not None}

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check names, where a sheet is one of people."""
        if planned and hasattr(planned[0].source.command, "staff_no"):
            return check_names(planned, self.lookups.staff_named)
        return []


class BranchDesk(_PartyDesk):
    """The sheet of the branch."""

    changeable = frozenset[str]()

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the branch by name; how many full members it has is the members' own matter."""
        return {
            (row.name,): {
                name: getattr(row, name) for name in ("superior", "since", "term_ends_on", "authority")
            }
            for row in self.rows.branches(self.today)
        }

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Found the branch."""
        for row in rows_of(planned, Outcome.ADDED):
            self.members.found_branch(BranchFoundation(**row.model_dump()))

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return the branch, where no school is asked for."""
        for row in self.rows.branches(self.today) if school is None else ():
            full = self.rows.full_members(row.id, self.today)
            said = {name: getattr(row, name) for name in ("name", "superior", "since", "term_ends_on")}
            yield BranchRow(**said, full_members=full, authority=row.authority)


class GroupDesk(_PartyDesk):
    """The sheet of groups."""

    changeable = frozenset[str]()

    def _there(self) -> dict[str, dict[str, Any]]:
        branch = self._branch_id()
        if branch is None:
            return {}
        groups = self.rows.groups(branch, self.today)
        schools: dict[int, list[str]] = defaultdict(list)
        for row in self.rows.schools_of_groups([group.id for group in groups], self.today):
            schools[row.group_id].append(row.code)
        return {
            group.name: {"since": group.since, "schools": BETWEEN.join(schools[group.id]) or None}
            for group in groups
        }

    def said(self, rows: Sequence[Command]) -> Sequence[Values]:
        """Return the codes of schools in the order of the alphabet, however a cell lists them."""
        return [{**row.__dict__, "schools": BETWEEN.join(sorted(_codes(row))) or None} for row in rows]

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the groups by name."""
        return {(name,): values for name, values in self._there().items()}

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Form groups."""
        for row in cast("list[GroupRow]", rows_of(planned, Outcome.ADDED)):
            self.members.form_group(GroupForming(name=row.name, since=row.since, schools=tuple(_codes(row))))

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return the groups, of a school's members that of the school."""
        for name, values in self._there().items():
            if school is None or school in (values["schools"] or "").split(BETWEEN):
                yield GroupRow(name=name, **values)


def _codes(row: Any) -> list[str]:
    return [code.strip() for code in (row.schools or "").split(BETWEEN) if code.strip()]


class MemberDesk(_PartyDesk):
    """The sheet of members."""

    changeable = frozenset({"group"})

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the members by staff number."""
        return {(row.staff_no,): _member(row) for row in self._roster() if row.staff_no is not None}

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Enter members, all at once, and place others in their new groups from today."""
        added = cast("list[MemberRow]", rows_of(planned, Outcome.ADDED))
        groups = self._groups()
        if added:
            persons = self.rows.persons_of([row.staff_no for row in added])
            self.members.enter_members([self._entry(row, persons, groups) for row in added])
        moved: dict[str, list[int]] = defaultdict(list)
        known = self._members() if len(added) < len(planned) else {}
        for row in cast("list[MemberRow]", rows_of(planned, Outcome.CHANGED)):
            moved[row.group or ""].append(known[row.staff_no])
        for group, ids in sorted(moved.items()):
            self.members.place_in_group(self._group(group), ids, self.today)

    def _entry(self, row: MemberRow, persons: Mapping[str, int], groups: Mapping[str, int]) -> MemberEntry:
        self.lookups.staff(row.staff_no)  # of this district, and nobody else's
        unknown = GroupUnknown(group=row.group or "", on=str(self.today))
        said = row.model_dump(exclude={"staff_no", "name", "group", "joined_in"})
        return MemberEntry(
            person_id=found(persons, row.staff_no, StaffUnknown(staff=row.staff_no)),
            group_id=None if row.group is None else found(groups, row.group, unknown),
            joined_in=row.joined_in or "",
            **said,
        )

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return the members in service or once in service, of one school or of the branch."""
        for row in self._roster():
            if row.staff_no is not None and school in (None, row.school):
                yield MemberRow(staff_no=row.staff_no, name=row.name, **_member(row))


def _member(row: AnyRow) -> dict[str, Any]:
    state = MemberState(row.state)
    return {
        "state": state,
        "joined_on": row.joined_on,
        "full_on": row.full_on,
        "since": row.here_since,
        "joined_in": row.joined_in or None,
        "probation_ends_on": row.probation_ends_on,
        "suspended_on": row.state_since if state is MemberState.SUSPENDED else None,
        "lost_since": row.lost_since,
        "group": row.group,
    }


class SeatDesk(_PartyDesk):
    """The sheet of the committee."""

    changeable = frozenset[str]()

    def standing(self, rows: Sequence[Command]) -> State:
        """Return who sits in the committee, by staff number and first day."""
        return {
            (row.staff_no, row.since): {"office": Office(row.office), "authority": row.authority}
            for row in self.rows.seats(self.today)
        }

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Seat a committee that is not there whole, and add to one that is."""
        added = cast("list[SeatRow]", rows_of(planned, Outcome.ADDED))
        known = self._members()
        by_day: dict[date, list[SeatRow]] = defaultdict(list)
        for row in added:
            by_day[row.since].append(row)
        for since, rows in sorted(by_day.items()):
            ids = [found(known, row.staff_no, MemberUnknown(member=row.staff_no)) for row in rows]
            if self.rows.seats(self.today):
                for member_id, row in zip(ids, rows, strict=True):
                    self.members.fill_seat(
                        member_id, row.office, since, authority=row.authority, reason="补录"
                    )
            else:
                self._seat(since, ids, rows)

    def _seat(self, since: date, ids: Sequence[int], rows: Sequence[SeatRow]) -> None:
        branch = self.members.branch(self.today)
        seats = zip(ids, rows, strict=True)
        command = CommitteeSeating(
            since=since,
            seats=tuple(Seat(member_id=one, office=row.office) for one, row in seats),
            term_ends_on=branch.term_ends_on,
            reason="补录",
            authority=rows[0].authority,
        )
        self.members.seat_committee(command)

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return the committee, where no school is asked for."""
        for row in self.rows.seats(self.today) if school is None else ():
            said = {name: getattr(row, name) for name in ("staff_no", "name", "since", "authority")}
            yield SeatRow(office=Office(row.office), **said)


class LeaderDesk(_PartyDesk):
    """The sheet of leaders of groups."""

    changeable = frozenset[str]()

    def standing(self, rows: Sequence[Command]) -> State:
        """Return who leads which group from when."""
        return {(row.group, row.staff_no, row.since): {} for row in self.rows.leaders(self.today)}

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Name leaders, by day."""
        known = self._members()
        added = cast("list[LeaderRow]", rows_of(planned, Outcome.ADDED))
        for row in sorted(added, key=lambda one: one.since):
            member_id = found(known, row.staff_no, MemberUnknown(member=row.staff_no))
            self.members.name_leader(self._group(row.group), member_id, row.since)

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return the leaders, where no school is asked for."""
        for row in self.rows.leaders(self.today) if school is None else ():
            said = {name: getattr(row, name) for name in ("group", "staff_no", "name", "since")}
            yield LeaderRow(**said)


def _desks(context: Context) -> Mapping[str, Desk]:
    lookups = Lookups(context)
    return {
        "branch": BranchDesk(lookups),
        "groups": GroupDesk(lookups),
        "members": MemberDesk(lookups),
        "committee": SeatDesk(lookups),
        "leaders": LeaderDesk(lookups),
    }


MEMBERS_BOOK = Book(MEMBERS, _desks, stale="党员花名册")
"""The workbook of members."""
