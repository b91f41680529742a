"""Every query of claims: one question a method."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy import BigInteger, Table, bindparam, delete, func, literal, or_, select, type_coerce, update

from xuequ.core.bulk import insert_new
from xuequ.core.ids import new_id
from xuequ.core.money import Money
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import District, School
from xuequ.registry.models.posts import Appointment, Delegation
from xuequ.registry.models.staff import Staff
from xuequ.registry.repository.basis import AnyRow, Rows, Scoped, open_on, same
from xuequ.unified.budget.models.claims import BudgetClaim, BudgetClaimLine, BudgetClaimStep, BudgetInvoice
from xuequ.unified.budget.models.council import DecisionItem
from xuequ.unified.budget.models.ledger import BudgetLine, BudgetProject
from xuequ.unified.budget.states.claims import HOLDING, SETTLED

__all__ = ["ClaimRows"]

_CLAIM = cast("Table", BudgetClaim.__table__)
_LINE = cast("Table", BudgetClaimLine.__table__)
_INVOICE = cast("Table", BudgetInvoice.__table__)
_STEP = cast("Table", BudgetClaimStep.__table__)

_CLAIMS = (
    select(
        _CLAIM,
        School.code.label("school"),
        School.name.label("school_name"),
        Staff.staff_no.label("claimant_no"),
        Person.name.label("claimant"),
    )
    .outerjoin(School, same(School, BudgetClaim.school_id, BudgetClaim))
    .join(Staff, same(Staff, BudgetClaim.claimant_id, BudgetClaim))
    .join(Person, same(Person, Staff.person_id, Staff))
)
_ONE = Scoped(_CLAIMS.where(BudgetClaim.id == bindparam("id")), BudgetClaim)
_NUMBERED = Scoped(_CLAIMS.where(BudgetClaim.number == bindparam("number")), BudgetClaim)
_LINES = Scoped(
    select(
        _LINE,
        BudgetLine.name.label("line"),
        *(BudgetLine.book, BudgetLine.year, BudgetLine.school_id, BudgetLine.economic),
        *(BudgetLine.fund, BudgetLine.function, BudgetLine.closed_on),
        *(BudgetProject.name.label("project"), BudgetProject.code.label("project_code"), BudgetProject.purse),
    )
    .join(BudgetClaim, same(BudgetClaim, BudgetClaimLine.claim_id, BudgetClaimLine))
    .join(BudgetLine, same(BudgetLine, BudgetClaimLine.line_id, BudgetClaimLine))
    .join(BudgetProject, same(BudgetProject, BudgetLine.project_id, BudgetLine))
    .where(BudgetClaimLine.claim_id.in_(bindparam("ids", expanding=True)))
    .order_by(BudgetClaimLine.claim_id, BudgetClaimLine.no),
    BudgetClaim,
)
_INVOICES = Scoped(
    select(_INVOICE)
    .where(BudgetInvoice.claim_id.in_(bindparam("ids", expanding=True)))
    .order_by(BudgetInvoice.claim_id, BudgetInvoice.day, BudgetInvoice.id),
    BudgetInvoice,
)
_STEPS = Scoped(
    select(_STEP, Staff.staff_no, Person.name)
    .join(BudgetClaim, same(BudgetClaim, BudgetClaimStep.claim_id, BudgetClaimStep))
    .outerjoin(Staff, same(Staff, BudgetClaimStep.staff_id, BudgetClaimStep))
    .outerjoin(Person, same(Person, Staff.person_id, Staff))
    .where(BudgetClaimStep.claim_id.in_(bindparam("ids", expanding=True)))
    .order_by(BudgetClaimStep.claim_id, BudgetClaimStep.id),
    BudgetClaim,
)


class ClaimRows(Rows):
    """Questions to claims within one scope, and what writes them."""

    # who and where

    def district_name(self) -> str:
        """Return the name of the scope's district."""
        query = select(District.name).where(
            District.county_id == self.scope.county_id, District.id == self.district_id
        )
        return str(self.session.scalar(query))

    def staff_id(self, number: str) -> int | None:
        """Return the member of staff of the county who has a number."""
        here = (Staff.county_id == self.scope.county_id, Staff.staff_no == number)
        return self.session.scalar(select(Staff.id).where(*here))

    def staff_numbers(self, ids: Collection[int]) -> dict[int, str]:
        """Return the numbers of members of staff of the county, by id."""
        here = (Staff.county_id == self.scope.county_id, Staff.id.in_(sorted(ids)))
        return {
            row.id: row.staff_no
            for row in self.session.execute(select(Staff.id, Staff.staff_no).where(*here))
        }

    def lenders(self, staff_id: int, day: date) -> Sequence[AnyRow]:
        """Return what somebody holds on a day: post, place, and who lends it, or nobody for an own post."""
        own = select(
            Appointment.post, Appointment.place, type_coerce(literal(None), BigInteger).label("lender")
        ).where(
            Appointment.county_id == self.scope.county_id,
            Appointment.staff_id == staff_id,
            open_on(Appointment.since, Appointment.until, day),
        )
        lent = (
            select(Appointment.post, Delegation.place, Appointment.staff_id.label("lender"))
            .join(Appointment, same(Appointment, Delegation.appointment_id, Delegation))
            .where(
                Delegation.county_id == self.scope.county_id,
                Delegation.staff_id == staff_id,
                open_on(Delegation.since, Delegation.until, day),
                open_on(Appointment.since, Appointment.until, day),
            )
        )
        return [*self.session.execute(own).all(), *self.session.execute(lent).all()]

    # claims

    def claim(self, claim_id: int) -> AnyRow | None:
        """Return one claim with its school and its claimant."""
        return self.one(_ONE, id=claim_id)

    def numbered(self, number: str) -> AnyRow | None:
        """Return the claim of a number."""
        return self.one(_NUMBERED, number=number)

    def claims_of(self, year: int, school: str | None = None) -> Sequence[AnyRow]:
        """Return the claims for what was spent in a year, by day and number; of one school or of all."""
        days = (BudgetClaim.spent_on >= date(year, 1, 1), BudgetClaim.spent_on < date(year + 1, 1, 1))
        return self._listed(*days, school=school)

    def all_claims(self, school: str | None = None) -> Sequence[AnyRow]:
        """Return every claim, by day and number; of one school or of all."""
        return self._listed(school=school)

    def _listed(self, *where: Any, school: str | None) -> Sequence[AnyRow]:
        query = self.here(_CLAIMS, BudgetClaim).where(*where)
        if school is not None:
            query = query.where(School.code == school)
        return self.session.execute(query.order_by(BudgetClaim.spent_on, BudgetClaim.number)).all()

    def named(self, numbers: Collection[str]) -> dict[str, AnyRow]:
        """Return claims by their numbers."""
        query = self.here(_CLAIMS, BudgetClaim).where(BudgetClaim.number.in_(sorted(numbers)))
        return {row.number: row for row in self.session.execute(query)}

    def lock(self, ids: Iterable[int], *, order: int | None = None) -> dict[int, AnyRow]:
        """Lock claims, and the others of an order, in the order of their ids; return them."""
        wanted: Any = BudgetClaim.id.in_(sorted(ids))
        if order is not None:
            wanted = or_(wanted, BudgetClaim.order_id == order)
        school = select(School.code).where(same(School, BudgetClaim.school_id, BudgetClaim))
        query = select(_CLAIM, school.correlate(_CLAIM).scalar_subquery().label("school"))
        query = self.here(query, BudgetClaim).where(wanted).order_by(BudgetClaim.id)
        return {row.id: row for row in self.session.execute(query.with_for_update())}

    def add(self, rows: Sequence[dict[str, Any]]) -> set[int]:
        """Insert claims whose numbers are not taken; return the ids of those that went in."""
        key = {"county_id": self.scope.county_id, "district_id": self.district_id}
        return insert_new(self.session, _CLAIM, [{**key, **row} for row in rows])

    def change(self, claim_id: int, **values: Any) -> None:
        """Write values of a claim that is locked."""
        here = (BudgetClaim.county_id == self.scope.county_id, BudgetClaim.id == claim_id)
        self.session.execute(update(_CLAIM).where(*here).values(**values))

    # lines and invoices

    def decision_items(self, ids: Collection[int]) -> set[int]:
        """Return which of these are items that the council was to decide on."""
        if not ids:
            return set()
        query = self.here(select(DecisionItem.id), DecisionItem).where(DecisionItem.id.in_(sorted(ids)))
        return set(self.session.scalars(query))

    def budget_lines(self, ids: Collection[int]) -> set[int]:
        """Return which of these budget lines there are here."""
        query = self.here(select(BudgetLine.id), BudgetLine).where(BudgetLine.id.in_(sorted(ids)))
        return set(self.session.scalars(query))

    def lines_of(self, ids: Collection[int]) -> Sequence[AnyRow]:
        """Return the lines of claims in their order, with what matters of their budget lines."""
        return self.all(_LINES, ids=sorted(ids))

    def invoices_of(self, ids: Collection[int]) -> Sequence[AnyRow]:
        """Return the invoices of claims."""
        return self.all(_INVOICES, ids=sorted(ids))

    def add_lines(self, rows: Sequence[dict[str, Any]]) -> set[int]:
        """Insert lines of claims whose numbers are not taken; return the ids of those that went in."""
        here = {"county_id": self.scope.county_id, "from_order": Money(0)}
        return insert_new(self.session, _LINE, [{**here, **row} for row in rows])

    def add_invoices(self, rows: Sequence[dict[str, Any]]) -> set[int]:
        """Insert invoices that no living claim has; return the ids of those that went in.

        A rival who is entering the same invoice is waited for.
        """
        here = {"county_id": self.scope.county_id, "district_id": self.district_id, "freed_on": None}
        rows = sorted(rows, key=lambda row: (row["code"], row["number"], row["id"]))
        return insert_new(self.session, _INVOICE, [{**here, **row} for row in rows])

    def users_of(self, invoices: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """Return the numbers of the living claims that have invoices, by code and number."""
        query = (
            select(BudgetInvoice.code, BudgetInvoice.number, BudgetClaim.number.label("claim"))
            .join(BudgetClaim, same(BudgetClaim, BudgetInvoice.claim_id, BudgetInvoice))
            .where(
                BudgetInvoice.freed_on.is_(None),
                BudgetInvoice.number.in_(sorted({number for _, number in invoices})),
            )
        )
        found = self.session.execute(self.here(query, BudgetInvoice))
        return {(row.code, row.number): row.claim for row in found}

    def clear(self, claim_id: int) -> None:
        """Take the lines and invoices of a draft out, to be written anew."""
        for table in (_LINE, _INVOICE):
            here = (table.c.county_id == self.scope.county_id, table.c.claim_id == claim_id)
            self.session.execute(delete(table).where(*here))

    def free_invoices(self, claim_id: int, day: date) -> None:
        """Let the invoices of a claim be used again."""
        here = (BudgetInvoice.county_id == self.scope.county_id, BudgetInvoice.claim_id == claim_id)
        self.session.execute(update(_INVOICE).where(*here).values(freed_on=day))

    def add_up(self, ids: Iterable[int]) -> None:
        """Write the totals of claims: what their lines come to."""
        come_to = (
            select(func.coalesce(func.sum(type_coerce(BudgetClaimLine.amount, BigInteger)), 0))
            .where(
                BudgetClaimLine.county_id == BudgetClaim.county_id, BudgetClaimLine.claim_id == BudgetClaim.id
            )
            .scalar_subquery()
        )
        here = (BudgetClaim.county_id == self.scope.county_id, BudgetClaim.id.in_(sorted(ids)))
        self.session.execute(update(BudgetClaim).where(*here).values(total=come_to))

    def pay_from_order(self, parts: Mapping[int, Money]) -> None:
        """Write how much of lines comes out of the commitment of their order."""
        here = (_LINE.c.county_id == bindparam("county"), _LINE.c.id == bindparam("line"))
        change = update(_LINE).where(*here).values(from_order=bindparam("part"))
        if parts:
            county = self.scope.county_id
            values = [{"county": county, "line": line, "part": part} for line, part in sorted(parts.items())]
            self.session.connection().execute(change, values)

    def spoken(self, order: int, *, but: int) -> dict[int, Money]:
        """Return what other claims under way will take of an order's commitment, by budget line."""
        query = (
            select(BudgetClaimLine.line_id, func.sum(type_coerce(BudgetClaimLine.from_order, BigInteger)))
            .join(BudgetClaim, same(BudgetClaim, BudgetClaimLine.claim_id, BudgetClaimLine))
            .where(
                BudgetClaim.order_id == order, BudgetClaim.id != but, BudgetClaim.state.in_(sorted(HOLDING))
            )
            .group_by(BudgetClaimLine.line_id)
        )
        return {row[0]: Money(int(row[1])) for row in self.session.execute(self.here(query, BudgetClaim))}

    def bought_of(self, key: str, day: date, days: int, *, but: int) -> Sequence[AnyRow]:
        """Return day and total of other claims of a supplier that are near a day and under way or paid.

        What the council has decided on was looked at whole and is not summed again.
        """
        near = timedelta(days=days)
        query = self.here(select(BudgetClaim.spent_on, BudgetClaim.total), BudgetClaim).where(
            BudgetClaim.supplier_key == key,
            BudgetClaim.spent_on.between(day - near, day + near),
            BudgetClaim.id != but,
            BudgetClaim.state.in_(sorted(HOLDING | SETTLED)),
            BudgetClaim.decision_item_id.is_(None),
        )
        return self.session.execute(query).all()

    # steps

    def steps_of(self, ids: Collection[int]) -> Sequence[AnyRow]:
        """Return what was done with claims, in order, with who did it."""
        return self.all(_STEPS, ids=sorted(ids))

    def add_step(self, values: dict[str, Any]) -> int:
        """Write an act on a claim; return its id."""
        return self.add_steps([values])[0]

    def add_steps(self, rows: Sequence[dict[str, Any]]) -> list[int]:
        """Write acts on claims; return their ids."""
        made = [{"county_id": self.scope.county_id, "id": new_id(), **row} for row in rows]
        if made:
            self.session.connection().execute(_STEP.insert(), made)
        return [row["id"] for row in made]
