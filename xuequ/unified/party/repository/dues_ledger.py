"""The branch's own ledger of dues: payments, remittances, the account, and what checks look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import BigInteger, Table, and_, case, func, insert, or_, select, type_coerce, update

from xuequ.core.bulk import bulk_load
from xuequ.core.money import Money
from xuequ.core.tables import Base
from xuequ.registry.models.people import Person
from xuequ.registry.models.staff import Staff
from xuequ.registry.repository.basis import AnyRow, AnySelect, owns, same
from xuequ.unified.party.models.dues import (
    DuesLedger,
    DuesMonth,
    DuesPayment,
    DuesPublication,
    DuesRemittance,
)
from xuequ.unified.party.models.members import Member
from xuequ.unified.party.repository.dues import DuesRows
from xuequ.unified.party.states.dues import Pot

_INTO = {Pot.DUES: DuesLedger.received, Pot.CENTRE: DuesLedger.centre_received}
_OUT_OF = {Pot.DUES: DuesLedger.remitted, Pot.CENTRE: DuesLedger.centre_remitted}


def _fen(column: Any) -> Any:
    """Return an amount as the number that it is stored as, which databases can add up."""
    return type_coerce(column, BigInteger)


_TO_CENTRE: Any = case((DuesPayment.pot == Pot.CENTRE.code, _fen(DuesPayment.extra)), else_=0)


class DuesLedgerRows(DuesRows):
    """Questions to the ledger of a branch, and what is written in it."""

    def ledger(self, branch_id: int) -> AnyRow | None:
        """Return the account of a branch."""
        query = select(*DuesLedger.__table__.columns).where(DuesLedger.branch_id == branch_id)
        return self.session.execute(self.here(query, DuesLedger)).one_or_none()

    def book(self, branch_id: int, received: dict[Pot, Money], remitted: dict[Pot, Money]) -> bool:
        """Add to what was received and remitted; tell whether the account holds it."""
        values: dict[Any, Any] = {_INTO[pot]: _INTO[pot] + money for pot, money in received.items()}
        values |= {_OUT_OF[pot]: _OUT_OF[pot] + money for pot, money in remitted.items()}
        new: dict[Any, Any] = {
            column: values.get(column, column) for column in (*_INTO.values(), *_OUT_OF.values())
        }
        statement = update(DuesLedger).where(
            DuesLedger.county_id == self.scope.county_id,
            DuesLedger.branch_id == branch_id,
            new[DuesLedger.remitted] <= DuesLedger.opening + new[DuesLedger.received],
            new[DuesLedger.centre_remitted] <= new[DuesLedger.centre_received],
        )
        done: Any = self.session.execute(statement.values(values))
        return bool(done.rowcount == 1)

    def load_given(self, model: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Insert many rows of one table whose ids are given, as the first of the columns."""
        listed = [(self.scope.county_id, *row) for row in rows]
        if listed:
            named = ("county_id", *columns)
            bulk_load(self.session.connection(), cast("Table", model.__table__), named, listed)

    def add_given(self, model: type[Base], **values: Any) -> None:
        """Insert one row whose id is given."""
        self.session.execute(
            insert(cast("Table", model.__table__)).values(county_id=self.scope.county_id, **values)
        )

    # payments

    def _payments(self) -> AnySelect:
        months = (
            select(
                DuesMonth.county_id,
                DuesMonth.payment_id,
                func.min(DuesMonth.month).label("first"),
                func.max(DuesMonth.month).label("last"),
            )
            .where(DuesMonth.county_id == self.scope.county_id)
            .group_by(DuesMonth.county_id, DuesMonth.payment_id)
            .subquery()
        )
        undone = DuesPayment.__table__.alias()
        return (
            select(
                *DuesPayment.__table__.columns,
                Person.name,
                Staff.staff_no,
                months.c.first,
                months.c.last,
                undone.c.paid_on.label("voided_on"),
                undone.c.reason.label("void_reason"),
            )
            .join(Member, same(Member, DuesPayment.member_id, DuesPayment))
            .join(Person, same(Person, Member.person_id, Member))
            .outerjoin(Staff, owns(Staff, Staff.person_id, Person))
            .outerjoin(
                months,
                and_(months.c.county_id == DuesPayment.county_id, months.c.payment_id == DuesPayment.id),
            )
            .outerjoin(
                undone,
                and_(undone.c.county_id == DuesPayment.county_id, undone.c.reverses_id == DuesPayment.id),
            )
            .where(DuesPayment.reverses_id.is_(None))
        )

    def payments(
        self,
        branch_id: int,
        *,
        ids: Iterable[int] | None = None,
        member_id: int | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> Sequence[AnyRow]:
        """Return payments to a branch with their months and what voided them, by day."""
        query = self.here(self._payments(), DuesPayment).where(DuesPayment.branch_id == branch_id)
        if ids is not None:
            query = query.where(DuesPayment.id.in_(sorted(ids)))
        if member_id is not None:
            query = query.where(DuesPayment.member_id == member_id)
        if since is not None:
            query = query.where(DuesPayment.paid_on >= since)
        if until is not None:
            query = query.where(DuesPayment.paid_on < until)
        return self.session.execute(query.order_by(DuesPayment.paid_on, DuesPayment.id)).all()

    def receipts(self, branch_id: int, receipts: Iterable[str]) -> set[str]:
        """Return which of some receipts were used."""
        query = select(DuesPayment.receipt).where(
            DuesPayment.county_id == self.scope.county_id,
            DuesPayment.branch_id == branch_id,
            DuesPayment.receipt.in_(sorted(set(receipts))),
        )
        return set(self.session.scalars(query))

    def payment(self, branch_id: int, payment_id: int) -> AnyRow | None:
        """Return one payment to a branch with what voided it; also one that itself voids another."""
        undone = DuesPayment.__table__.alias()
        query = (
            select(*DuesPayment.__table__.columns, undone.c.id.label("voided_id"))
            .outerjoin(
                undone,
                and_(undone.c.county_id == DuesPayment.county_id, undone.c.reverses_id == DuesPayment.id),
            )
            .where(DuesPayment.branch_id == branch_id, DuesPayment.id == payment_id)
        )
        return self.session.execute(self.here(query, DuesPayment)).one_or_none()

    # remittances

    def remittances(self, branch_id: int, ids: Iterable[int] | None = None) -> Sequence[AnyRow]:
        """Return remittances of a branch with what voided them, by day; also those that void others by id."""
        undone = DuesRemittance.__table__.alias()
        query = (
            select(
                *DuesRemittance.__table__.columns,
                undone.c.id.label("voided_id"),
                undone.c.remitted_on.label("voided_on"),
                undone.c.reason.label("void_reason"),
            )
            .outerjoin(
                undone,
                and_(
                    undone.c.county_id == DuesRemittance.county_id,
                    undone.c.reverses_id == DuesRemittance.id,
                ),
            )
            .where(DuesRemittance.branch_id == branch_id)
        )
        if ids is None:
            query = query.where(DuesRemittance.reverses_id.is_(None))
        else:
            query = query.where(DuesRemittance.id.in_(sorted(ids)))
        query = self.here(query, DuesRemittance)
        return self.session.execute(query.order_by(DuesRemittance.remitted_on, DuesRemittance.id)).all()

    def number_used(self, branch_id: int, number: str) -> bool:
        """Tell whether a remittance of that number is there."""
        query = select(DuesRemittance.id).where(
            DuesRemittance.county_id == self.scope.county_id,
            DuesRemittance.branch_id == branch_id,
            DuesRemittance.number == number,
        )
        return self.session.scalar(query.limit(1)) is not None

    # sums

    def received_between(self, branch_id: int, since: date, until: date) -> Money:
        """Return what was received in the days ``[since, until)``; reversals are taken off."""
        query = select(func.sum(_fen(DuesPayment.due) + _fen(DuesPayment.extra))).where(
            DuesPayment.branch_id == branch_id, DuesPayment.paid_on >= since, DuesPayment.paid_on < until
        )
        return self._sum(query, DuesPayment)

    def remitted_between(self, branch_id: int, since: date, until: date) -> Money:
        """Return what was remitted in the days ``[since, until)``; reversals are taken off."""
        query = select(func.sum(_fen(DuesRemittance.amount))).where(
            DuesRemittance.branch_id == branch_id,
            DuesRemittance.remitted_on >= since,
            DuesRemittance.remitted_on < until,
        )
        return self._sum(query, DuesRemittance)

    def _sum(self, query: Any, model: Any) -> Money:
        return Money(int(self.session.scalar(self.here(query, model)) or 0))

    def paid_by_member(self, branch_id: int, since: date, until: date) -> Sequence[AnyRow]:
        """Return by member what was paid in some days: `member_id, name, dues, extra, to_centre` in fen."""
        query = (
            select(
                DuesPayment.member_id,
                Person.name,
                func.sum(_fen(DuesPayment.due)).label("dues"),
                func.sum(_fen(DuesPayment.extra)).label("extra"),
                func.sum(_TO_CENTRE).label("to_centre"),
            )
            .join(Member, same(Member, DuesPayment.member_id, DuesPayment))
            .join(Person, same(Person, Member.person_id, Member))
            .outerjoin(Staff, owns(Staff, Staff.person_id, Person))
            .where(
                DuesPayment.branch_id == branch_id,
                DuesPayment.paid_on >= since,
                DuesPayment.paid_on < until,
            )
            .group_by(DuesPayment.member_id, Person.name, Staff.staff_no)
            .order_by(Staff.staff_no, DuesPayment.member_id)
        )
        return self.session.execute(self.here(query, DuesPayment)).all()

    def publications(self, branch_id: int, year: int) -> list[date]:
        """Return the days on which a year was published."""
        query = select(DuesPublication.published_on).where(
            DuesPublication.branch_id == branch_id, DuesPublication.year == year
        )
        query = self.here(query, DuesPublication).order_by(DuesPublication.published_on, DuesPublication.id)
        return list(self.session.scalars(query))

    # checks

    def unbalanced(self) -> list[AnyRow]:
        """Return ledgers whose account is not what their payments and remittances come to."""

        def total(amount: Any, model: Any, *where: Any) -> Any:
            return (
                select(func.coalesce(func.sum(amount), 0))
                .where(
                    model.county_id == DuesLedger.county_id,
                    model.branch_id == DuesLedger.branch_id,
                    *where,
                )
                .scalar_subquery()
            )

        sent, amount = DuesRemittance, _fen(DuesRemittance.amount)
        all_of = _fen(DuesPayment.due) + _fen(DuesPayment.extra)
        query = select(DuesLedger.id, DuesLedger.branch_id).where(
            or_(
                _fen(DuesLedger.received) != total(all_of - _TO_CENTRE, DuesPayment),
                _fen(DuesLedger.centre_received) != total(_TO_CENTRE, DuesPayment),
                _fen(DuesLedger.remitted) != total(amount, sent, sent.pot == Pot.DUES.code),
                _fen(DuesLedger.centre_remitted) != total(amount, sent, sent.pot == Pot.CENTRE.code),
            )
        )
        return list(self.session.execute(self.here(query, DuesLedger).order_by(DuesLedger.id)))

    def paid_twice(self) -> list[AnyRow]:
        """Return payments of months that another payment, also not voided, is of."""
        query = (
            select(DuesMonth.member_id, DuesMonth.month, func.max(DuesMonth.id).label("id"))
            .join(DuesPayment, same(DuesPayment, DuesMonth.payment_id, DuesMonth))
            .where(DuesMonth.voided_id.is_(None))
            .group_by(DuesMonth.county_id, DuesMonth.member_id, DuesMonth.month)
            .having(func.count() > 1)
        )
        return list(self.session.execute(self.here(query, DuesPayment).order_by(DuesMonth.member_id)))

    def unlike_their_months(self) -> list[AnyRow]:
        """Return payments whose dues are not what their months come to."""
        months = (
            select(func.coalesce(func.sum(_fen(DuesMonth.amount)), 0))
            .where(DuesMonth.county_id == DuesPayment.county_id, DuesMonth.payment_id == DuesPayment.id)
            .scalar_subquery()
        )
        query = select(DuesPayment.id, DuesPayment.receipt).where(
            DuesPayment.reverses_id.is_(None), _fen(DuesPayment.due) != months
        )
        return list(self.session.execute(self.here(query, DuesPayment).order_by(DuesPayment.id)))
