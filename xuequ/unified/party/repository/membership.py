"""What changing a branch and its members asks and writes: locks, what stands, rows.

Rows are locked in one order: the registry's own, then branches by id, persons by id, members by id.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, and_, delete, func, insert, or_, select, update

from xuequ.core.bulk import bulk_load
from xuequ.core.ids import new_id
from xuequ.core.tables import Base
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import District, School
from xuequ.registry.models.staff import Employment, Placement, Staff
from xuequ.registry.repository.basis import AnyRow, open_on, owns, same
from xuequ.unified.party.models.members import (
    Affiliation,
    Branch,
    CommitteeSeat,
    GroupLeader,
    GroupPlace,
    Member,
    MemberStatus,
    PartyGroup,
    PartyGroupSchool,
)
from xuequ.unified.party.models.transfers import Away, RelationTransfer
from xuequ.unified.party.repository.members import MemberRows

Span = (
    type[MemberStatus]
    | type[Affiliation]
    | type[GroupPlace]
    | type[CommitteeSeat]
    | type[GroupLeader]
    | type[Away]
)


def lasting(model: Any, day: Any) -> Any:
    """Return the condition that a span goes beyond the day before."""
    return or_(model.until.is_(None), model.until > day)


class MembershipRows(MemberRows):
    """A district's branch and members, and what changes them."""

    # locks

    def lock_district(self) -> None:
        """Make others who found the district's branch wait."""
        self._lock(District, [self.district_id])

    def lock_branch(self, branch_id: int) -> None:
        """Make others wait who change the branch's committee, groups or letters."""
        self._lock(Branch, [branch_id])

    def lock_persons(self, person_ids: Iterable[int]) -> dict[int, str]:
        """Make others wait who make these people members; return the names of those there are."""
        return {row.id: row.name for row in self._lock(Person, person_ids, Person.name)}

    def lock_members(self, member_ids: Iterable[int]) -> dict[int, AnyRow]:
        """Return memberships by id as they stand once nobody else is changing them, county-wide."""
        columns = (Member.person_id, Member.joined_on, Member.full_on, Member.probation_ends_on)
        more = (Member.extended_on, Member.ended_on, Member.exit)
        return {row.id: row for row in self._lock(Member, member_ids, *columns, *more)}

    def _lock(self, model: Any, ids: Iterable[int], *more: Any) -> Sequence[AnyRow]:
        query = select(model.id, *more).where(
            model.county_id == self.scope.county_id, model.id.in_(sorted(set(ids)))
        )
        return self.session.execute(query.order_by(model.id).with_for_update(key_share=True)).all()

    # what stands

    def any_branch(self) -> AnyRow | None:
        """Return the latest branch of the district, whenever it was."""
        query = select(Branch.id, Branch.name, Branch.since).order_by(Branch.since.desc()).limit(1)
        return self.session.execute(self.here(query, Branch)).one_or_none()

    def memberships(self, person_ids: Iterable[int]) -> Sequence[AnyRow]:
        """Return every membership of people, the ended ones too."""
        query = select(Member.id, Member.person_id, Member.joined_on, Member.ended_on).where(
            Member.county_id == self.scope.county_id, Member.person_id.in_(sorted(person_ids))
        )
        return self.session.execute(query.order_by(Member.joined_on)).all()

    def affiliated(self, member_ids: Iterable[int], day: date) -> dict[int, AnyRow]:
        """Return by member where they belong on a day, county-wide: branch, district, since and until."""
        return self._spans_on(Affiliation, member_ids, day, "branch_id", "district_id")

    def statuses(self, member_ids: Iterable[int], day: date) -> dict[int, AnyRow]:
        """Return by member what they are on a day: state, since, until, lost_since."""
        return self._spans_on(MemberStatus, member_ids, day, "state", "lost_since")

    def group_places(self, member_ids: Iterable[int], day: date) -> dict[int, AnyRow]:
        """Return by member their group on a day, with since and until."""
        return self._spans_on(GroupPlace, member_ids, day, "group_id", "district_id")

    def _spans_on(self, model: Span, member_ids: Iterable[int], day: date, *names: str) -> dict[int, AnyRow]:
        columns = [getattr(model, name) for name in ("id", "member_id", *names, "since", "until")]
        query = select(*columns).where(
            model.county_id == self.scope.county_id,
            model.member_id.in_(sorted(set(member_ids))),
            open_on(model.since, model.until, day),
        )
        return {row.member_id: row for row in self.session.execute(query)}

    def ever_here(self, member_ids: Iterable[int]) -> set[int]:
        """Return who of some members belongs or ever belonged to this district's branch."""
        query = select(Affiliation.member_id).where(Affiliation.member_id.in_(sorted(set(member_ids))))
        return set(self.session.scalars(self.here(query, Affiliation)))

    def staff_of(self, member_ids: Iterable[int]) -> dict[int, int]:
        """Return the ids of staff of those members who are or were in service."""
        query = (
            select(Member.id, Staff.id.label("staff_id"))
            .join(Staff, and_(Staff.county_id == Member.county_id, Staff.person_id == Member.person_id))
            .where(Member.county_id == self.scope.county_id, Member.id.in_(sorted(set(member_ids))))
        )
        return {row.id: row.staff_id for row in self.session.execute(query)}

    def holding(self, model: Span, member_ids: Iterable[int], day: date) -> list[int]:
        """Return who of some members has a span of a kind that goes beyond the day before."""
        query = select(model.member_id).where(
            model.county_id == self.scope.county_id,
            model.member_id.in_(sorted(set(member_ids))),
            lasting(model, day),
        )
        return list(self.session.scalars(query.distinct().order_by(model.member_id)))

    def last_changed(self, model: Span, member_ids: Iterable[int]) -> dict[int, tuple[date, date]]:
        """Return by member the last days on which a span of a kind begins and on which one ends."""
        began, ended = func.max(model.since), func.max(func.coalesce(model.until, model.since))
        query = (
            select(model.member_id, began.label("began"), ended.label("ended"))
            .where(model.county_id == self.scope.county_id, model.member_id.in_(sorted(set(member_ids))))
            .group_by(model.member_id)
        )
        return {row.member_id: (row.began, row.ended) for row in self.session.execute(query)}

    def full_members(self, branch_id: int, day: date) -> int:
        """Return how many full members in good standing the branch has on a day."""
        query = (
            select(func.count())
            .select_from(Affiliation)
            .join(
                MemberStatus,
                and_(
                    MemberStatus.county_id == Affiliation.county_id,
                    MemberStatus.member_id == Affiliation.member_id,
                    open_on(MemberStatus.since, MemberStatus.until, day),
                ),
            )
            .where(
                Affiliation.county_id == self.scope.county_id,
                Affiliation.branch_id == branch_id,
                open_on(Affiliation.since, Affiliation.until, day),
                MemberStatus.state == "full",
            )
        )
        return int(self.session.scalar(query) or 0)

    def posted(self, member_ids: Iterable[int], day: date) -> dict[int, AnyRow]:
        """Return by member the staff row of those who are employed or placed in the district on a day.

        Each with `staff_id` and `employed_since`, the first day of the employment.
        """
        placed = and_(
            owns(Placement, Placement.staff_id, Staff), open_on(Placement.since, Placement.until, day)
        )
        query = (
            select(Member.id, Staff.id.label("staff_id"), Employment.since.label("employed_since"))
            .join(Staff, and_(Staff.county_id == Member.county_id, Staff.person_id == Member.person_id))
            .join(Employment, owns(Employment, Employment.staff_id, Staff))
            .outerjoin(Placement, placed)
            .where(
                Member.county_id == self.scope.county_id,
                Member.id.in_(sorted(set(member_ids))),
                open_on(Employment.since, Employment.until, day),
                or_(
                    Employment.district_id == self.scope.district_id,
                    Placement.district_id == self.scope.district_id,
                ),
            )
        )
        return {row.id: row for row in self.session.execute(query)}

    # groups

    def group(self, group_id: int, day: date) -> AnyRow | None:
        """Return a group of the district's branch on a day."""
        query = select(PartyGroup.id, PartyGroup.branch_id, PartyGroup.name, PartyGroup.since).where(
            PartyGroup.id == group_id, open_on(PartyGroup.since, PartyGroup.until, day)
        )
        return self.session.execute(self.here(query, PartyGroup)).one_or_none()

    def groups(self, branch_id: int, day: date) -> Sequence[AnyRow]:
        """Return the groups of a branch on a day, the eldest first."""
        query = select(PartyGroup.id, PartyGroup.name, PartyGroup.since).where(
            PartyGroup.county_id == self.scope.county_id,
            PartyGroup.branch_id == branch_id,
            open_on(PartyGroup.since, PartyGroup.until, day),
        )
        return self.session.execute(query.order_by(PartyGroup.since, PartyGroup.id)).all()

    def schools(self, codes: Collection[str]) -> dict[str, int]:
        """Return the ids of schools of the district by code."""
        query = select(School.code, School.id).where(School.code.in_(sorted(codes)))
        return {row.code: row.id for row in self.session.execute(self.here(query, School))}

    def served_from(self, school_ids: Iterable[int]) -> dict[int, date]:
        """Return by school the day on which its latest belonging to a group begins."""
        latest: Any = func.max(PartyGroupSchool.since)
        query = (
            select(PartyGroupSchool.school_id, latest)
            .where(
                PartyGroupSchool.county_id == self.scope.county_id,
                PartyGroupSchool.school_id.in_(sorted(set(school_ids))),
            )
            .group_by(PartyGroupSchool.school_id)
        )
        return {row[0]: row[1] for row in self.session.execute(query)}

    def end_served(self, school_ids: Iterable[int], on: date) -> None:
        """End on a day that schools belong to the groups they are in."""
        here = (
            PartyGroupSchool.county_id == self.scope.county_id,
            PartyGroupSchool.school_id.in_(sorted(set(school_ids))),
            PartyGroupSchool.until.is_(None),
        )
        self.session.execute(update(PartyGroupSchool).where(*here).values(until=on))

    def status_before(self, member_id: int, day: date) -> str:
        """Return what a member was until a day."""
        query = select(MemberStatus.state).where(
            MemberStatus.county_id == self.scope.county_id,
            MemberStatus.member_id == member_id,
            MemberStatus.until == day,
        )
        return self.session.execute(query).scalar_one()

    def open_letter(self, member_id: int) -> AnyRow | None:
        """Return the letter of transfer of a member that nobody has received or returned yet."""
        query = select(RelationTransfer.id, RelationTransfer.number, RelationTransfer.issued_on).where(
            RelationTransfer.county_id == self.scope.county_id,
            RelationTransfer.member_id == member_id,
            RelationTransfer.closed_on.is_(None),
        )
        return self.session.execute(query).one_or_none()

    def branch_of(self, district_id: int, day: date) -> AnyRow | None:
        """Return the branch of any district of the county on a day."""
        query = select(Branch.id, Branch.name, Branch.since).where(
            Branch.county_id == self.scope.county_id,
            Branch.district_id == district_id,
            open_on(Branch.since, Branch.until, day),
        )
        return self.session.execute(query).one_or_none()

    def names_of(self, member_ids: Iterable[int]) -> dict[int, str]:
        """Return the names of members by id."""
        query = (
            select(Member.id, Person.name)
            .join(Person, same(Person, Member.person_id, Member))
            .where(Member.county_id == self.scope.county_id, Member.id.in_(sorted(set(member_ids))))
        )
        return {row.id: row.name for row in self.session.execute(query)}

    def leaders_of(self, group_ids: Iterable[int], day: date) -> list[int]:
        """Return the members who lead groups on a day or later."""
        query = select(GroupLeader.member_id).where(
            GroupLeader.group_id.in_(sorted(group_ids)), lasting(GroupLeader, day)
        )
        return list(self.session.scalars(self.here(query, GroupLeader).order_by(GroupLeader.id)))

    def committee_from(self, branch_id: int, day: date) -> Sequence[AnyRow]:
        """Return the seats of a committee that go beyond the day before."""
        query = select(CommitteeSeat.member_id, CommitteeSeat.since).where(
            CommitteeSeat.county_id == self.scope.county_id,
            CommitteeSeat.branch_id == branch_id,
            lasting(CommitteeSeat, day),
        )
        return self.session.execute(query.order_by(CommitteeSeat.id)).all()

    # writing

    def add(self, model: type[Base], **values: Any) -> int:
        """Insert one row; return its id."""
        row_id = new_id()
        table = cast("Table", model.__table__)
        self.session.execute(insert(table).values(county_id=self.scope.county_id, id=row_id, **values))
        return row_id

    def load(self, model: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Insert many rows of one table; each begins with the values of `columns`, after county and id."""
        listed = [(self.scope.county_id, new_id(), *row) for row in rows]
        if listed:
            named = ("county_id", "id", *columns)
            bulk_load(self.session.connection(), cast("Table", model.__table__), named, listed)

    def load_members(self, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Insert members whose ids are given, as the first of the columns."""
        listed = [(self.scope.county_id, *row) for row in rows]
        if listed:
            named = ("county_id", "id", *columns)
            bulk_load(self.session.connection(), cast("Table", Member.__table__), named, listed)

    def change(self, model: type[Base], row_id: int, **values: Any) -> None:
        """Change fields of one row."""
        table: Any = model.__table__
        here = (table.c.county_id == self.scope.county_id, table.c.id == row_id)
        self.session.execute(update(table).where(*here).values(values))

    def end_spans(self, model: Span, member_ids: Iterable[int], on: date) -> None:
        """End on a day what lasts longer of members, and delete what would have begun then or later."""
        here = (model.county_id == self.scope.county_id, model.member_id.in_(sorted(set(member_ids))))
        table = cast("Table", model.__table__)
        self.session.execute(delete(table).where(*here, model.since >= on))
        self.session.execute(update(table).where(*here, lasting(model, on)).values(until=on))
