"""What the desks of party's workbooks ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from xuequ.registry.models.people import Person
from xuequ.registry.models.staff import Staff
from xuequ.registry.repository.basis import AnyRow, open_on, same
from xuequ.unified.party.models.members import Branch, CommitteeSeat, GroupLeader, Member, PartyGroup
from xuequ.unified.party.repository.members import latest_staff
from xuequ.unified.party.repository.roster import RosterRows


class MemberBookRows(RosterRows):
    """What stands of a branch, by the names and numbers that people know."""

    def branches(self, day: date) -> Sequence[AnyRow]:
        """Return the branch of the district on a day, if it has one."""
        columns = (Branch.id, Branch.name, Branch.superior, Branch.since, Branch.term_ends_on)
        query = select(*columns, Branch.authority).where(open_on(Branch.since, Branch.until, day))
        return self.session.execute(self.here(query, Branch)).all()

    def persons_of(self, numbers: Sequence[str]) -> dict[str, int]:
        """Return the persons behind staff numbers of the county."""
        query = select(Staff.staff_no, Staff.person_id).where(
            Staff.county_id == self.scope.county_id, Staff.staff_no.in_(sorted(set(numbers)))
        )
        return {row.staff_no: row.person_id for row in self.session.execute(query)}

    def seats(self, day: date) -> Sequence[AnyRow]:
        """Return who sits in the committee on a day with staff number and authority, in order of seating."""
        query = (
            select(
                *(Staff.staff_no, Person.name, CommitteeSeat.office, CommitteeSeat.since),
                CommitteeSeat.authority,
            )
            .join(Member, same(Member, CommitteeSeat.member_id, CommitteeSeat))
            .join(Person, same(Person, Member.person_id, Member))
            .join(Staff, latest_staff())
            .where(open_on(CommitteeSeat.since, CommitteeSeat.until, day))
        )
        return self.session.execute(self.here(query, CommitteeSeat).order_by(CommitteeSeat.id)).all()

    def leaders(self, day: date) -> Sequence[AnyRow]:
        """Return who leads which group on a day, by name of the group."""
        query = (
            select(PartyGroup.name.label("group"), Staff.staff_no, Person.name, GroupLeader.since)
            .join(PartyGroup, same(PartyGroup, GroupLeader.group_id, GroupLeader))
            .join(Member, same(Member, GroupLeader.member_id, GroupLeader))
            .join(Person, same(Person, Member.person_id, Member))
            .join(Staff, latest_staff())
            .where(open_on(GroupLeader.since, GroupLeader.until, day))
        )
        return self.session.execute(self.here(query, GroupLeader).order_by(PartyGroup.name)).all()
