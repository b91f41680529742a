"""What lists of members ask: the roster, a year's turnover, what is to be seen to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Employment, Placement, Staff, Standing
from xuequ.registry.repository.basis import AnyRow, open_on, owns, same, standing_on
from xuequ.registry.states.staff import StandingKind
from xuequ.unified.party.models.members import (
    Affiliation,
    Branch,
    GroupLeader,
    GroupPlace,
    Member,
    MemberStatus,
    PartyGroup,
    PartyGroupSchool,
)
from xuequ.unified.party.models.transfers import Away
from xuequ.unified.party.repository.members import latest_staff
from xuequ.unified.party.repository.moving import MovingRows


class RosterRows(MovingRows):
    """Lists of a branch's members, groups and turnover."""

    def roster(self, branch_id: int, day: date) -> Sequence[AnyRow]:
        """Return the members of a branch on a day, with where they work, by group and staff number."""
        status = and_(
            owns(MemberStatus, MemberStatus.member_id, Member),
            open_on(MemberStatus.since, MemberStatus.until, day),
        )
        grouped = and_(
            owns(GroupPlace, GroupPlace.member_id, Member), open_on(GroupPlace.since, GroupPlace.until, day)
        )
        placed = and_(
            owns(Placement, Placement.staff_id, Staff), open_on(Placement.since, Placement.until, day)
        )
        employed = and_(
            owns(Employment, Employment.staff_id, Staff), open_on(Employment.since, Employment.until, day)
        )
        away = and_(owns(Away, Away.member_id, Member), open_on(Away.since, Away.until, day))
        query = (
            select(
                *(Member.id, Member.person_id, Person.name, Staff.id.label("staff_id"), Staff.staff_no),
                *(MemberStatus.state, MemberStatus.since.label("state_since"), Member.joined_on),
                *(Member.full_on, Member.probation_ends_on, Member.joined_in, MemberStatus.lost_since),
                *(GroupPlace.group_id, PartyGroup.name.label("group"), School.code.label("school")),
                *(Placement.district_id.label("placed_in"), Placement.since.label("placed_since")),
                *(Employment.id.label("employment_id"), Employment.district_id.label("employed_in")),
                *(Employment.since.label("employed_since"), Away.since.label("away_since")),
                *(Affiliation.since.label("here_since"), Affiliation.joined_as),
            )
            .join(Affiliation, owns(Affiliation, Affiliation.member_id, Member))
            .join(Person, same(Person, Member.person_id, Member))
            .join(MemberStatus, status)
            .outerjoin(GroupPlace, grouped)
            .outerjoin(PartyGroup, same(PartyGroup, GroupPlace.group_id, GroupPlace))
            .outerjoin(Staff, latest_staff())
            .outerjoin(Placement, placed)
            .outerjoin(Employment, employed)
            .outerjoin(School, same(School, Placement.school_id, Placement))
            .outerjoin(Away, away)
            .where(
                Member.county_id == self.scope.county_id,
                Affiliation.branch_id == branch_id,
                open_on(Affiliation.since, Affiliation.until, day),
            )
            .order_by(PartyGroup.since.nulls_last(), PartyGroup.id, Staff.staff_no, Member.id)
        )
        return self.session.execute(query).all()

    def member(self, member_id: int) -> AnyRow | None:
        """Return one membership of a member who is or was in the district's branch, with staff number."""
        ever = select(Affiliation.id).where(
            owns(Affiliation, Affiliation.member_id, Member), Affiliation.district_id == self.district_id
        )
        query = (
            select(
                *(Member.id, Member.person_id, Person.name, Staff.id.label("staff_id"), Staff.staff_no),
                *(Member.joined_on, Member.full_on, Member.joined_in, Member.probation_ends_on),
                *(Member.extended_on, Member.ended_on, Member.exit),
            )
            .join(Person, same(Person, Member.person_id, Member))
            .outerjoin(Staff, latest_staff())
            .where(Member.county_id == self.scope.county_id, Member.id == member_id, ever.exists())
        )
        return self.session.execute(query).one_or_none()

    def school_of(self, staff_id: int, day: date) -> str | None:
        """Return the code of the school of this district where somebody works on a day."""
        query = (
            select(School.code)
            .join(Placement, owns(Placement, Placement.school_id, School))
            .where(Placement.staff_id == staff_id, open_on(Placement.since, Placement.until, day))
        )
        return self.session.scalar(self.here(query, School))

    def statuses_of(self, member_id: int) -> Sequence[AnyRow]:
        """Return everything that a member has been, by day."""
        query = select(
            MemberStatus.state, MemberStatus.since, MemberStatus.until, MemberStatus.authority
        ).where(MemberStatus.county_id == self.scope.county_id, MemberStatus.member_id == member_id)
        return self.session.execute(query.order_by(MemberStatus.since)).all()

    def affiliations_of(self, member_id: int) -> Sequence[AnyRow]:
        """Return every branch that has been responsible for a member, by day."""
        query = (
            select(
                *(Affiliation.branch_id, Branch.name.label("branch"), Affiliation.since),
                *(Affiliation.until, Affiliation.joined_as),
            )
            .join(Branch, same(Branch, Affiliation.branch_id, Affiliation))
            .where(Affiliation.county_id == self.scope.county_id, Affiliation.member_id == member_id)
        )
        return self.session.execute(query.order_by(Affiliation.since)).all()

    # groups

    def groups_with_leaders(self, branch_id: int, day: date) -> Sequence[AnyRow]:
        """Return the groups of a branch on a day with leader and number of members, the eldest first."""
        leading = and_(
            owns(GroupLeader, GroupLeader.group_id, PartyGroup),
            open_on(GroupLeader.since, GroupLeader.until, day),
        )
        led = aliased(Member)
        count: Any = (
            select(func.count())
            .select_from(GroupPlace)
            .where(
                owns(GroupPlace, GroupPlace.group_id, PartyGroup),
                open_on(GroupPlace.since, GroupPlace.until, day),
            )
            .scalar_subquery()
        )
        query = (
            select(
                *(PartyGroup.id, PartyGroup.name, PartyGroup.since, GroupLeader.member_id.label("leader_id")),
                *(Person.name.label("leader"), count.label("members")),
            )
            .outerjoin(GroupLeader, leading)
            .outerjoin(led, same(led, GroupLeader.member_id, GroupLeader))
            .outerjoin(Person, same(Person, led.person_id, led))
            .where(
                PartyGroup.county_id == self.scope.county_id,
                PartyGroup.branch_id == branch_id,
                open_on(PartyGroup.since, PartyGroup.until, day),
            )
        )
        return self.session.execute(query.order_by(PartyGroup.since, PartyGroup.id)).all()

    def schools_of_groups(self, group_ids: Collection[int], day: date) -> Sequence[AnyRow]:
        """Return the codes of the schools that groups serve on a day."""
        query = (
            select(PartyGroupSchool.group_id, School.code, PartyGroupSchool.since)
            .join(School, same(School, PartyGroupSchool.school_id, PartyGroupSchool))
            .where(
                PartyGroupSchool.county_id == self.scope.county_id,
                PartyGroupSchool.group_id.in_(sorted(group_ids)),
                open_on(PartyGroupSchool.since, PartyGroupSchool.until, day),
            )
        )
        return self.session.execute(query.order_by(School.code)).all()

    def leads(self, group_id: int, staff_no: str, day: date) -> bool:
        """Tell whether somebody leads a group on a day."""
        query = (
            select(GroupLeader.id)
            .join(Member, same(Member, GroupLeader.member_id, GroupLeader))
            .join(Staff, and_(Staff.county_id == Member.county_id, Staff.person_id == Member.person_id))
            .where(
                GroupLeader.group_id == group_id,
                Staff.staff_no == staff_no,
                open_on(GroupLeader.since, GroupLeader.until, day),
            )
        )
        return self.session.execute(self.here(query, GroupLeader)).first() is not None

    # years

    def counted(self, branch_id: int, day: date) -> int:
        """Return how many members a branch has as a day begins."""
        query = (
            select(func.count())
            .select_from(Affiliation)
            .where(
                Affiliation.county_id == self.scope.county_id,
                Affiliation.branch_id == branch_id,
                Affiliation.since < day,
                or_(Affiliation.until.is_(None), Affiliation.until >= day),
            )
        )
        return int(self.session.scalar(query) or 0)

    def turned(self, branch_id: int, begin: date, end: date) -> Sequence[AnyRow]:
        """Return the days of a branch's members that begin or end in a span, with how and why."""
        inside = or_(
            and_(Affiliation.since >= begin, Affiliation.since < end),
            and_(Affiliation.until >= begin, Affiliation.until < end),
        )
        query = (
            select(
                *(Member.id, Person.name, Affiliation.since, Affiliation.until, Affiliation.joined_as),
                *(Member.ended_on, Member.exit),
            )
            .join(Member, same(Member, Affiliation.member_id, Affiliation))
            .join(Person, same(Person, Member.person_id, Member))
            .where(Affiliation.county_id == self.scope.county_id, Affiliation.branch_id == branch_id, inside)
        )
        return self.session.execute(query.order_by(Affiliation.since, Member.id)).all()

    # backbone teachers

    def backbone(self, day: date) -> Sequence[AnyRow]:
        """Return the backbone teachers who work in the district on a day, by number."""
        query = (
            select(
                *(Staff.id, Staff.person_id, Staff.staff_no, Person.name, Standing.code),
                School.code.label("school"),
            )
            .join(Standing, standing_on(Standing, Staff, StandingKind.BACKBONE.code, day))
            .join(
                Placement,
                and_(
                    owns(Placement, Placement.staff_id, Staff),
                    open_on(Placement.since, Placement.until, day),
                ),
            )
            .join(School, same(School, Placement.school_id, Placement))
            .join(Person, same(Person, Staff.person_id, Staff))
        )
        return self.session.execute(self.here(query, School).order_by(Staff.staff_no)).all()

    def open_members(self, person_ids: Collection[int]) -> set[int]:
        """Return who of some people is a member of the party, in whichever branch."""
        query = select(Member.person_id).where(
            Member.county_id == self.scope.county_id,
            Member.person_id.in_(sorted(person_ids)),
            Member.ended_on.is_(None),
        )
        return set(self.session.scalars(query))
