"""Queries of meetings: what was planned and held, who should attend, what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, func, or_, select, update

from xuequ.core.bulk import bulk_load
from xuequ.core.tables import Base
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import District
from xuequ.registry.models.staff import Staff
from xuequ.registry.repository.basis import AnyRow, AnySelect, Scoped, owns, same
from xuequ.unified.party.models.meetings import (
    Excuse,
    Meeting,
    MissedReason,
    Resolution,
    Roll,
    TalkMember,
)
from xuequ.unified.party.models.members import CommitteeSeat, Member, PartyGroup
from xuequ.unified.party.models.votes import Vote
from xuequ.unified.party.repository.membership import MembershipRows
from xuequ.unified.party.states.meetings import MeetingState


def values_of(row: AnyRow) -> dict[str, Any]:
    """Return the columns of a row by name."""
    return dict(row._mapping)  # pyright: ignore[reportPrivateUsage]


def named_member(query: AnySelect, member_id: Any, row: Any) -> AnySelect:
    """Add the person of a member, and the member of staff that they may be."""
    return (
        query.join(Member, same(Member, member_id, row))
        .join(Person, same(Person, Member.person_id, Member))
        .outerjoin(Staff, owns(Staff, Staff.person_id, Person))
    )


def _meetings() -> AnySelect:
    return (
        select(Meeting.__table__, PartyGroup.name.label("group"))
        .outerjoin(PartyGroup, same(PartyGroup, Meeting.group_id, Meeting))
        .order_by(func.coalesce(Meeting.held_on, Meeting.planned_on), Meeting.number, Meeting.id)
    )


_DAY_OF: Any = func.coalesce(Meeting.held_on, Meeting.planned_on)
_ONE = Scoped(_meetings().where(Meeting.id == bindparam("id")), Meeting)
_BETWEEN = Scoped(
    _meetings().where(bindparam("since") <= _DAY_OF, bindparam("until") > _DAY_OF),
    Meeting,
)


class MeetingRows(MembershipRows):
    """Meetings of a district's branch."""

    def district_name(self) -> str:
        """Return what the district is called."""
        query = select(District.name).where(
            District.county_id == self.scope.county_id, District.id == self.district_id
        )
        return self.session.scalars(query).one()

    def meeting(self, meeting_id: int) -> AnyRow | None:
        """Return one meeting."""
        return self.one(_ONE, id=meeting_id)

    def meetings(self, since: date, until: date) -> Sequence[AnyRow]:
        """Return the meetings of some days, those not held by the day for which they are planned."""
        return self.all(_BETWEEN, since=since, until=until)

    def lock_meetings(self, meeting_ids: Iterable[int]) -> dict[int, AnyRow]:
        """Make others wait who hold, mark, vote at or void meetings; return them as they stand then."""
        query = select(Meeting.__table__).where(Meeting.id.in_(sorted(set(meeting_ids))))
        ordered = self.here(query, Meeting).order_by(Meeting.id)
        rows = self.session.execute(ordered.with_for_update(key_share=True, of=Meeting))
        return {row.id: row for row in rows}

    def numbered(self, branch_id: int, numbers: Collection[str]) -> dict[str, AnyRow]:
        """Return meetings of a branch by number, without those that were voided."""
        query = select(Meeting.id, Meeting.number, Meeting.kind, Meeting.planned_on, Meeting.held_on).where(
            Meeting.county_id == self.scope.county_id,
            Meeting.branch_id == branch_id,
            Meeting.number.in_(sorted(numbers)),
            Meeting.voided_on.is_(None),
        )
        return {row.number: row for row in self.session.execute(query)}

    # who

    def rolls(self, meeting_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return who should attend meetings, by meeting and member."""
        columns = (Roll.id, Roll.meeting_id, Roll.member_id, Roll.state, Roll.mark, Roll.marked)
        query = select(*columns, Roll.excused_on, Roll.reason).where(
            Roll.county_id == self.scope.county_id, Roll.meeting_id.in_(sorted(meeting_ids))
        )
        return self.session.execute(query.order_by(Roll.meeting_id, Roll.member_id)).all()

    def roll_named(self, meeting_id: int) -> Sequence[AnyRow]:
        """Return who should attend a meeting with their names, by number of staff."""
        columns = (Roll.member_id, Staff.staff_no, Person.name, Roll.state, Roll.mark)
        query: AnySelect = select(*columns, Roll.excused_on, Roll.reason)
        query = named_member(query, Roll.member_id, Roll).where(
            Roll.county_id == self.scope.county_id, Roll.meeting_id == meeting_id
        )
        return self.session.execute(query.order_by(Staff.staff_no, Roll.member_id)).all()

    def attended(self, since: date, until: date) -> Sequence[AnyRow]:
        """Return the rolls of meetings held in some days, where attendance was taken, by member and day."""
        columns = (Roll.member_id, Roll.mark, Meeting.held_on, Meeting.kind)
        query = (
            select(*columns)
            .join(Roll, and_(Roll.county_id == Meeting.county_id, Roll.meeting_id == Meeting.id))
            .where(
                Roll.marked,
                Meeting.state == MeetingState.HELD,
                Meeting.held_on >= since,
                Meeting.held_on < until,
            )
        )
        ordered = self.here(query, Meeting).order_by(Roll.member_id, Meeting.held_on, Meeting.id)
        return self.session.execute(ordered).all()

    def names(self, member_ids: Collection[int]) -> dict[int, AnyRow]:
        """Return by member their name and number of staff."""
        query: AnySelect = select(Member.id, Person.name, Staff.staff_no)
        query = query.join(Person, same(Person, Member.person_id, Member)).outerjoin(
            Staff, owns(Staff, Staff.person_id, Person)
        )
        here = query.where(Member.county_id == self.scope.county_id, Member.id.in_(sorted(member_ids)))
        return {row.id: row for row in self.session.execute(here)}

    def talkers(self, meeting_ids: Collection[int]) -> dict[int, list[int]]:
        """Return by talk whom it is between."""
        query = select(TalkMember.meeting_id, TalkMember.member_id).where(
            TalkMember.county_id == self.scope.county_id, TalkMember.meeting_id.in_(sorted(meeting_ids))
        )
        found: dict[int, list[int]] = {}
        for row in self.session.execute(query.order_by(TalkMember.id)):
            found.setdefault(row.meeting_id, []).append(row.member_id)
        return found

    def excuses(self, meeting_id: int) -> Sequence[AnyRow]:
        """Return the leave that was granted from a meeting."""
        query = select(Excuse.member_id, Excuse.granted_on, Excuse.reason).where(
            Excuse.county_id == self.scope.county_id, Excuse.meeting_id == meeting_id
        )
        return self.session.execute(query.order_by(Excuse.member_id)).all()

    def load_given(self, model: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Insert many rows of one table whose ids are given, as the first of the columns."""
        named = ("county_id", *columns)
        listed = [(self.scope.county_id, *row) for row in rows]
        bulk_load(self.session.connection(), cast("Table", model.__table__), named, listed)

    def set_marks(self, marks: Sequence[Mapping[str, Any]]) -> None:
        """Write other marks of roll lines: `at` (the line's id), `mark`, `excused_on`, `reason`."""
        if not marks:
            return
        table = cast("Table", Roll.__table__)
        here = (table.c.county_id == self.scope.county_id, table.c.id == bindparam("at"))
        said: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("mark", "excused_on", "reason")}
        rows = [{"at": one["at"]} | {f"new_{name}": one[name] for name in said} for one in marks]
        self.session.connection().execute(update(table).where(*here).values(said | {"marked": True}), rows)

    # what stands on a meeting

    def voted(self, meeting_ids: Collection[int]) -> set[int]:
        """Return those meetings of which a vote is recorded."""
        query = select(Vote.meeting_id).where(
            Vote.county_id == self.scope.county_id,
            Vote.meeting_id.in_(sorted(meeting_ids)),
            Vote.voided_on.is_(None),
        )
        return set(self.session.scalars(query))

    def resolutions(self, meeting_id: int) -> Sequence[AnyRow]:
        """Return what a meeting resolved, in the order of the numbers."""
        query = select(Resolution.id, Resolution.number, Resolution.text).where(
            Resolution.county_id == self.scope.county_id, Resolution.meeting_id == meeting_id
        )
        return self.session.execute(query.order_by(Resolution.number)).all()

    def within(self, meeting_id: int) -> Sequence[AnyRow]:
        """Return the meetings that a theme day contains, without those that were voided."""
        query = select(Meeting.id, Meeting.number).where(
            Meeting.county_id == self.scope.county_id,
            Meeting.within_id == meeting_id,
            Meeting.voided_on.is_(None),
        )
        return self.session.execute(query.order_by(Meeting.id)).all()

    # standing over a year

    def groups_between(self, branch_id: int, since: date, until: date) -> Sequence[AnyRow]:
        """Return the groups that a branch had on any of some days, the eldest first."""
        query = select(PartyGroup.id, PartyGroup.name, PartyGroup.since, PartyGroup.until).where(
            PartyGroup.county_id == self.scope.county_id,
            PartyGroup.branch_id == branch_id,
            PartyGroup.since < until,
            or_(PartyGroup.until.is_(None), PartyGroup.until > since),
        )
        return self.session.execute(query.order_by(PartyGroup.since, PartyGroup.id)).all()

    def seats_between(self, branch_id: int, since: date, until: date) -> Sequence[AnyRow]:
        """Return the seats of the committee on any of some days."""
        query = select(CommitteeSeat.member_id, CommitteeSeat.since, CommitteeSeat.until).where(
            CommitteeSeat.county_id == self.scope.county_id,
            CommitteeSeat.branch_id == branch_id,
            CommitteeSeat.since < until,
            or_(CommitteeSeat.until.is_(None), CommitteeSeat.until > since),
        )
        return self.session.execute(query.order_by(CommitteeSeat.since, CommitteeSeat.id)).all()

    def missed_reasons(self, branch_id: int, since: date, until: date) -> Sequence[AnyRow]:
        """Return why meetings of some days were missed, the latest word last."""
        query = select(MissedReason.kind, MissedReason.group_id, MissedReason.since, MissedReason.reason)
        query = query.where(
            MissedReason.county_id == self.scope.county_id,
            MissedReason.branch_id == branch_id,
            MissedReason.since >= since,
            MissedReason.since < until,
        )
        return self.session.execute(query.order_by(MissedReason.id)).all()
