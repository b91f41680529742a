"""What dues are reckoned from: who belongs where, bases, reductions, what is assessed and paid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, exists, func, or_, select, update

from xuequ.registry.models.people import Person
from xuequ.registry.models.places import District, School
from xuequ.registry.models.staff import Placement, Staff
from xuequ.registry.repository.basis import AnyRow, AnySelect, open_on, owns, same
from xuequ.unified.party.models.dues import (
    DuesAssessment,
    DuesBase,
    DuesBaseItem,
    DuesCarried,
    DuesMonth,
    DuesPayment,
    DuesReduction,
)
from xuequ.unified.party.models.members import Affiliation, Member, MemberStatus
from xuequ.unified.party.repository.membership import MembershipRows


def _touching(model: Any, first: date, until: date) -> Any:
    """Return the condition that a span shares a day with ``[first, until)``."""
    return and_(model.since < until, or_(model.until.is_(None), model.until > first))


class DuesRows(MembershipRows):
    """A branch's dues, but for the ledger's own account."""

    def _of(self, query: AnySelect, model: Any, member_ids: Iterable[int] | None) -> AnySelect:
        """Keep a query to the county, and to some members unless they are None."""
        query = query.where(model.county_id == self.scope.county_id)
        return query if member_ids is None else query.where(model.member_id.in_(sorted(set(member_ids))))

    # who

    def belongings(
        self, branch_id: int, first: date, until: date, member_ids: Iterable[int] | None = None
    ) -> Sequence[AnyRow]:
        """Return every affiliation over some days of those who belonged to a branch in them.

        Each with `member_id, name, staff_no, joined_on, branch_id, since, until`, by number of staff.
        """
        here = exists().where(
            Affiliation.county_id == Member.county_id,
            Affiliation.member_id == Member.id,
            Affiliation.branch_id == branch_id,
            _touching(Affiliation, first, until),
        )
        spans = Affiliation.__table__.alias()
        query = (
            select(
                Member.id.label("member_id"),
                Person.name,
                Staff.staff_no,
                Member.joined_on,
                spans.c.branch_id,
                spans.c.since,
                spans.c.until,
            )
            .join(spans, and_(spans.c.county_id == Member.county_id, spans.c.member_id == Member.id))
            .join(Person, same(Person, Member.person_id, Member))
            .outerjoin(Staff, owns(Staff, Staff.person_id, Person))
            .where(Member.county_id == self.scope.county_id, here, _touching(spans.c, first, until))
            .order_by(Staff.staff_no, Member.id, spans.c.since)
        )
        if member_ids is not None:
            query = query.where(Member.id.in_(sorted(set(member_ids))))
        return self.session.execute(query).all()

    def states(self, member_ids: Iterable[int], first: date, until: date) -> Sequence[AnyRow]:
        """Return what members were over some days: `member_id, state, since, until`."""
        query = select(MemberStatus.member_id, MemberStatus.state, MemberStatus.since, MemberStatus.until)
        query = self._of(query, MemberStatus, member_ids).where(_touching(MemberStatus, first, until))
        return self.session.execute(query.order_by(MemberStatus.since)).all()

    def named(self, member_ids: Iterable[int]) -> dict[int, str]:
        """Return the names of members who belong, or belonged, to a branch of the district, by id."""
        here = exists().where(
            Affiliation.county_id == Member.county_id,
            Affiliation.member_id == Member.id,
            Affiliation.district_id == self.district_id,
        )
        query = (
            select(Member.id, Person.name)
            .join(Person, same(Person, Member.person_id, Member))
            .where(Member.county_id == self.scope.county_id, Member.id.in_(sorted(set(member_ids))), here)
        )
        return {row.id: row.name for row in self.session.execute(query)}

    def own_person(self, member_id: int, day: date) -> AnyRow | None:
        """Return a member's number of staff, and the code of the school of this district they work at."""
        at = and_(
            owns(Placement, Placement.staff_id, Staff),
            open_on(Placement.since, Placement.until, day),
            Placement.district_id == self.scope.district_id,
        )
        query = (
            select(Member.id, Staff.staff_no, School.code.label("school"))
            .join(Staff, and_(Staff.county_id == Member.county_id, Staff.person_id == Member.person_id))
            .outerjoin(Placement, at)
            .outerjoin(School, same(School, Placement.school_id, Placement))
            .where(Member.county_id == self.scope.county_id, Member.id == member_id)
        )
        return self.session.execute(query).one_or_none()

    def members_numbered(self) -> dict[str, AnyRow]:
        """Return by number of staff the members who belong, or belonged, to a branch of the district."""
        here = exists().where(
            Affiliation.county_id == Member.county_id,
            Affiliation.member_id == Member.id,
            Affiliation.district_id == self.district_id,
        )
        query = (
            select(Staff.staff_no, Member.id, Person.name)
            .join(Person, same(Person, Member.person_id, Member))
            .join(Staff, owns(Staff, Staff.person_id, Person))
            .where(Member.county_id == self.scope.county_id, here)
            .order_by(Member.joined_on)
        )
        return {row.staff_no: row for row in self.session.execute(query)}

    def district_name(self) -> str:
        """Return the district's name."""
        query = select(District.name).where(
            District.county_id == self.scope.county_id, District.id == self.district_id
        )
        return str(self.session.scalars(query).one())

    # bases and reductions

    def bases(self, member_ids: Iterable[int] | None = None) -> list[AnyRow]:
        """Return the bases that stand, of some members or of all that this district set, by month."""
        later = DuesBase.__table__.alias()
        newer = exists().where(
            later.c.county_id == DuesBase.county_id,
            later.c.member_id == DuesBase.member_id,
            later.c.since == DuesBase.since,
            later.c.version > DuesBase.version,
        )
        query = select(*DuesBase.__table__.columns).where(~newer)
        query = self._of(query, DuesBase, member_ids)
        if member_ids is None:
            query = self.here(query, DuesBase)
        return list(self.session.execute(query.order_by(DuesBase.since, DuesBase.id)))

    def base(self, base_id: int) -> AnyRow:
        """Return a base, whether or not it still stands."""
        query = select(*DuesBase.__table__.columns).where(
            DuesBase.county_id == self.scope.county_id, DuesBase.id == base_id
        )
        return self.session.execute(query).one()

    def items(self, base_ids: Iterable[int]) -> Sequence[AnyRow]:
        """Return the items of bases."""
        query = select(DuesBaseItem.base_id, DuesBaseItem.item, DuesBaseItem.amount).where(
            DuesBaseItem.county_id == self.scope.county_id, DuesBaseItem.base_id.in_(sorted(set(base_ids)))
        )
        return self.session.execute(query.order_by(DuesBaseItem.id)).all()

    def reductions(self, member_ids: Iterable[int] | None = None) -> Sequence[AnyRow]:
        """Return the reductions of some members, or of all that this district has approved, by month."""
        query = self._of(select(*DuesReduction.__table__.columns), DuesReduction, member_ids)
        if member_ids is None:
            query = self.here(query, DuesReduction)
        return self.session.execute(query.order_by(DuesReduction.since, DuesReduction.id)).all()

    def reduction(self, reduction_id: int) -> AnyRow | None:
        """Return a reduction of this district."""
        query = select(*DuesReduction.__table__.columns).where(DuesReduction.id == reduction_id)
        return self.session.execute(self.here(query, DuesReduction)).one_or_none()

    # what is due and what is paid

    def assessed(
        self, branch_id: int, first: date, last: date, member_ids: Iterable[int] | None = None
    ) -> Sequence[AnyRow]:
        """Return the figures that stand for some months of a branch, without what they were made with."""
        later = DuesAssessment.__table__.alias()
        newer = exists().where(
            later.c.county_id == DuesAssessment.county_id,
            later.c.member_id == DuesAssessment.member_id,
            later.c.month == DuesAssessment.month,
            later.c.version > DuesAssessment.version,
        )
        query = select(
            DuesAssessment.id,
            DuesAssessment.member_id,
            DuesAssessment.month,
            DuesAssessment.version,
            DuesAssessment.category,
            DuesAssessment.base_id,
            DuesAssessment.reduction_id,
            DuesAssessment.amount,
            DuesAssessment.used,
        ).where(DuesAssessment.branch_id == branch_id, DuesAssessment.month.between(first, last), ~newer)
        query = self._of(query, DuesAssessment, member_ids)
        return self.session.execute(query.order_by(DuesAssessment.member_id, DuesAssessment.month)).all()

    def figure(self, branch_id: int, member_id: int, month: date) -> AnyRow | None:
        """Return the figure that stands for a member's month, with all it was made with."""
        query = select(*DuesAssessment.__table__.columns).where(
            DuesAssessment.county_id == self.scope.county_id,
            DuesAssessment.branch_id == branch_id,
            DuesAssessment.member_id == member_id,
            DuesAssessment.month == month,
        )
        return self.session.execute(query.order_by(DuesAssessment.version.desc()).limit(1)).one_or_none()

    def paid_months(
        self, first: date, last: date, member_ids: Iterable[int] | None = None
    ) -> Sequence[AnyRow]:
        """Return the months that are paid: `member_id, month, amount, paid_on, receipt`."""
        query = (
            select(
                DuesMonth.member_id,
                DuesMonth.month,
                DuesMonth.amount,
                DuesPayment.paid_on,
                DuesPayment.receipt,
            )
            .join(DuesPayment, same(DuesPayment, DuesMonth.payment_id, DuesMonth))
            .where(DuesMonth.voided_id.is_(None), DuesMonth.month.between(first, last))
        )
        return self.session.execute(self._of(query, DuesMonth, member_ids)).all()

    def first_paid_here(self, branch_id: int, member_ids: Iterable[int]) -> dict[int, date]:
        """Return by member the first month that was paid to a branch."""
        earliest: Any = func.min(DuesMonth.month)
        query = (
            select(DuesMonth.member_id, earliest)
            .join(DuesPayment, same(DuesPayment, DuesMonth.payment_id, DuesMonth))
            .where(DuesMonth.voided_id.is_(None), DuesPayment.branch_id == branch_id)
            .group_by(DuesMonth.member_id)
        )
        return {row[0]: row[1] for row in self.session.execute(self._of(query, DuesMonth, member_ids))}

    def carried(self, branch_id: int, member_ids: Iterable[int] | None = None) -> dict[int, AnyRow]:
        """Return by member through which month dues were settled before, or elsewhere."""
        query = select(
            DuesCarried.member_id, DuesCarried.version, DuesCarried.through, DuesCarried.source
        ).where(DuesCarried.branch_id == branch_id)
        query = self._of(query, DuesCarried, member_ids).order_by(DuesCarried.version)
        return {row.member_id: row for row in self.session.execute(query)}

    def void_months(self, payment_id: int, reversal_id: int) -> None:
        """Free the months of a payment that is voided."""
        here = (DuesMonth.county_id == self.scope.county_id, DuesMonth.payment_id == payment_id)
        self.session.execute(update(DuesMonth).where(*here).values(voided_id=reversal_id))
