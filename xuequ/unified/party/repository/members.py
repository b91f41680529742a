"""Queries of the branch and its members, which every topic of the part asks."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from xuequ.registry.models.people import Person
from xuequ.registry.models.staff import Staff
from xuequ.registry.repository.basis import AnyRow, Rows, open_on, owns, same
from xuequ.unified.party.models.members import (
    Affiliation,
    Branch,
    CommitteeSeat,
    GroupPlace,
    Member,
    MemberStatus,
)


def latest_staff() -> Any:
    """Join the staff row of a member's person; the latest of somebody who was taken on twice."""
    again = aliased(Staff)
    latest = (
        select(func.max(again.id))
        .where(again.county_id == Member.county_id, again.person_id == Member.person_id)
        .correlate(Member)
        .scalar_subquery()
    )
    return and_(Staff.county_id == Member.county_id, Staff.id == latest)


class MemberRows(Rows):
    """Questions about a district's branch and who is in it on a day."""

    def branch(self, day: date) -> AnyRow | None:
        """Return the branch that the district has on a day."""
        query = select(Branch.id, Branch.name, Branch.superior, Branch.since, Branch.term_ends_on).where(
            Branch.county_id == self.scope.county_id,
            Branch.district_id == self.scope.district_id,
            open_on(Branch.since, Branch.until, day),
        )
        return self.session.execute(query).one_or_none()

    def members(self, branch_id: int, day: date) -> list[AnyRow]:
        """Return the members of a branch on a day, by number of staff and id.

        Each with `member_id, person_id, name, staff_id, staff_no, state, joined_on, full_on, group_id`; those
        who are no staff have no `staff_id`.
        """
        status = and_(
            owns(MemberStatus, MemberStatus.member_id, Member),
            open_on(MemberStatus.since, MemberStatus.until, day),
        )
        grouped = and_(
            owns(GroupPlace, GroupPlace.member_id, Member), open_on(GroupPlace.since, GroupPlace.until, day)
        )
        query = (
            select(
                Member.id.label("member_id"),
                Member.person_id,
                Person.name,
                Staff.id.label("staff_id"),
                Staff.staff_no,
                MemberStatus.state,
                Member.joined_on,
                Member.full_on,
                GroupPlace.group_id,
            )
            .join(Affiliation, owns(Affiliation, Affiliation.member_id, Member))
            .join(Person, same(Person, Member.person_id, Member))
            .join(MemberStatus, status)
            .outerjoin(GroupPlace, grouped)
            .outerjoin(Staff, latest_staff())
            .where(
                Member.county_id == self.scope.county_id,
                Affiliation.branch_id == branch_id,
                open_on(Affiliation.since, Affiliation.until, day),
            )
            .order_by(Staff.staff_no, Member.id)
        )
        return list(self.session.execute(query))

    def committee(self, branch_id: int, day: date) -> list[AnyRow]:
        """Return who sits in the branch committee on a day, with their offices."""
        query = (
            select(CommitteeSeat.member_id, CommitteeSeat.office, CommitteeSeat.since)
            .where(
                CommitteeSeat.county_id == self.scope.county_id,
                CommitteeSeat.branch_id == branch_id,
                open_on(CommitteeSeat.since, CommitteeSeat.until, day),
            )
            .order_by(CommitteeSeat.id)
        )
        return list(self.session.execute(query))
