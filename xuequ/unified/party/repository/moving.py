"""What members on the move ask and write: letters, who is away, which group a school belongs to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from xuequ.registry.models.people import Person
from xuequ.registry.models.places import District
from xuequ.registry.models.staff import Placement, Staff
from xuequ.registry.repository.basis import AnyRow, AnySelect, owns, same
from xuequ.unified.party.models.development import DevelopmentCase
from xuequ.unified.party.models.members import (
    Affiliation,
    GroupLeader,
    GroupPlace,
    Member,
    PartyGroup,
    PartyGroupSchool,
)
from xuequ.unified.party.models.transfers import Away, RelationTransfer
from xuequ.unified.party.repository.membership import MembershipRows, lasting

_TO = aliased(District, name="to_district")


def select_letters() -> AnySelect:
    """Select letters of transfer with who moves and between which districts."""
    columns = ("id", "district_id", "to_district_id", "member_id", "way", "state", "number", "other")
    more = ("issued_on", "valid_until", "closed_on", "reason")
    return (
        select(
            *(getattr(RelationTransfer, name) for name in (*columns, *more)),
            *(Person.name, District.name.label("district"), _TO.name.label("to_district")),
        )
        .join(Member, same(Member, RelationTransfer.member_id, RelationTransfer))
        .join(Person, same(Person, Member.person_id, Member))
        .join(District, same(District, RelationTransfer.district_id, RelationTransfer))
        .outerjoin(_TO, same(_TO, RelationTransfer.to_district_id, RelationTransfer))
    )


class MovingRows(MembershipRows):
    """Members of one scope who go to another branch, away, or to another school."""

    # letters

    def letter(self, transfer_id: int) -> AnyRow | None:
        """Return a letter from or to the district."""
        query = self._letters().where(RelationTransfer.id == transfer_id)
        return self.session.execute(query).one_or_none()

    def letters(self, *, opened: bool) -> Sequence[AnyRow]:
        """Return the letters from and to the district, or the open ones of them, by day and number."""
        query = self._letters()
        if opened:
            query = query.where(RelationTransfer.closed_on.is_(None))
        ordered = query.order_by(RelationTransfer.issued_on, RelationTransfer.number, RelationTransfer.id)
        return self.session.execute(ordered).all()

    def _letters(self) -> AnySelect:
        here = or_(
            RelationTransfer.district_id == self.district_id,
            RelationTransfer.to_district_id == self.district_id,
        )
        return select_letters().where(RelationTransfer.county_id == self.scope.county_id, here)

    def lock_letter(self, transfer_id: int) -> None:
        """Make others wait who close the same letter."""
        self._lock(RelationTransfer, [transfer_id])

    def issued_number(self, number: str) -> date | None:
        """Return when the district issued a letter of a number, which is not one that came in."""
        query = select(RelationTransfer.issued_on).where(
            RelationTransfer.number == number, RelationTransfer.way != "in"
        )
        return self.session.scalar(self.here(query, RelationTransfer).limit(1))

    def district(self, code: str) -> AnyRow | None:
        """Return a district of the county by code."""
        query = select(District.id, District.name).where(
            District.county_id == self.scope.county_id, District.code == code
        )
        return self.session.execute(query).one_or_none()

    def last_affiliation(self, member_id: int) -> AnyRow | None:
        """Return the latest days on which a branch of the county was responsible for a member."""
        query = (
            select(Affiliation.branch_id, Affiliation.since, Affiliation.until)
            .where(Affiliation.county_id == self.scope.county_id, Affiliation.member_id == member_id)
            .order_by(Affiliation.since.desc())
            .limit(1)
        )
        return self.session.execute(query).one_or_none()

    # away

    def away(self, member_ids: Iterable[int], day: date) -> dict[int, AnyRow]:
        """Return by member who is recorded as away on a day or later."""
        query = select(Away.id, Away.member_id, Away.place, Away.since, Away.until).where(
            Away.county_id == self.scope.county_id,
            Away.member_id.in_(sorted(set(member_ids))),
            lasting(Away, day),
        )
        return {row.member_id: row for row in self.session.execute(query.order_by(Away.since.desc()))}

    # following the school

    def members_among(self, staff_ids: Collection[int], day: date) -> Sequence[AnyRow]:
        """Return the members among staff with the branch that is responsible on a day or later."""
        query = (
            select(
                *(Member.id, Staff.id.label("staff_id"), Affiliation.branch_id, Affiliation.district_id),
                *(Affiliation.since, Affiliation.until),
            )
            .join(Staff, and_(Staff.county_id == Member.county_id, Staff.person_id == Member.person_id))
            .join(Affiliation, owns(Affiliation, Affiliation.member_id, Member))
            .where(
                Member.county_id == self.scope.county_id,
                Staff.id.in_(sorted(staff_ids)),
                lasting(Affiliation, day),
            )
            .order_by(Member.id, Affiliation.since)
        )
        return self.session.execute(query).all()

    def working(self, staff_ids: Collection[int], day: date) -> Sequence[AnyRow]:
        """Return where staff work on a day and later, by day."""
        query = select(Placement.staff_id, Placement.school_id, Placement.since, Placement.until).where(
            Placement.county_id == self.scope.county_id,
            Placement.staff_id.in_(sorted(staff_ids)),
            lasting(Placement, day),
        )
        return self.session.execute(query.order_by(Placement.staff_id, Placement.since)).all()

    def serving(self, school_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return which group of which branch schools belong to, over all days."""
        query = (
            select(
                *(PartyGroupSchool.school_id, PartyGroupSchool.since, PartyGroupSchool.until),
                *(PartyGroupSchool.group_id, PartyGroup.branch_id),
            )
            .join(PartyGroup, same(PartyGroup, PartyGroupSchool.group_id, PartyGroupSchool))
            .where(
                PartyGroupSchool.county_id == self.scope.county_id,
                PartyGroupSchool.school_id.in_(sorted(school_ids)),
            )
        )
        return self.session.execute(query).all()

    def grouped(self, member_ids: Collection[int], day: date) -> Sequence[AnyRow]:
        """Return in which groups members are on a day and later, by day."""
        query = select(GroupPlace.member_id, GroupPlace.group_id, GroupPlace.since, GroupPlace.until).where(
            GroupPlace.county_id == self.scope.county_id,
            GroupPlace.member_id.in_(sorted(member_ids)),
            lasting(GroupPlace, day),
        )
        return self.session.execute(query.order_by(GroupPlace.member_id, GroupPlace.since)).all()

    def leading(self, member_ids: Collection[int], day: date) -> dict[int, AnyRow]:
        """Return by member which group they lead on a day or later."""
        query = select(GroupLeader.member_id, GroupLeader.group_id, GroupLeader.since).where(
            GroupLeader.county_id == self.scope.county_id,
            GroupLeader.member_id.in_(sorted(member_ids)),
            lasting(GroupLeader, day),
        )
        return {row.member_id: row for row in self.session.execute(query)}

    def has_records(self, person_id: int) -> bool:
        """Tell whether somebody of the county is or was a member, or is on the way to be one."""
        for model in (Member, DevelopmentCase):
            query = select(model.id).where(
                model.county_id == self.scope.county_id, model.person_id == person_id
            )
            if self.session.scalar(query.limit(1)) is not None:
                return True
        return False
