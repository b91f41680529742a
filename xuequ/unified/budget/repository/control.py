"""Every query of budget control: one question a method."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, case, func, select, text
from sqlalchemy.sql.elements import ColumnElement

from xuequ.core.bulk import insert_new
from xuequ.core.source import Source
from xuequ.registry.models.places import District, School
from xuequ.registry.repository.basis import AnyRow, Rows, owns, same
from xuequ.unified.budget.models.control import BudgetOverride
from xuequ.unified.budget.models.ledger import BudgetEntry, BudgetLine, BudgetProject
from xuequ.unified.budget.repository.ledger import in_fen, moved_into
from xuequ.unified.budget.rules.ledger import Balances
from xuequ.unified.budget.states.ledger import Movement, Pot

_LINE = cast("Table", BudgetLine.__table__)
_OVERRIDE = cast("Table", BudgetOverride.__table__)
_POTS = (Pot.RESERVED, Pot.COMMITTED, Pot.PAID)


class ControlRepository(Rows):
    """Questions about control of the budget within one scope, and what writes it."""

    def lock_line(self, line_id: int) -> AnyRow | None:
        """Lock a line and return it; its key stays with who posts on it."""
        query = self.here(select(_LINE), BudgetLine).where(BudgetLine.id == line_id)
        return self.session.execute(query.with_for_update(key_share=True)).one_or_none()

    def add_overrides(self, rows: Sequence[dict[str, Any]]) -> set[int]:
        """Insert what may be overspent, unless its use is there; return the ids of what is new."""
        return insert_new(self.session, _OVERRIDE, rows)

    def override_by_hand(self, line_id: int, source: Source) -> AnyRow:
        """Return what a source allowed on a line beforehand."""
        query = self.here(select(_OVERRIDE), BudgetOverride).where(
            BudgetOverride.line_id == line_id,
            BudgetOverride.source_kind == source.kind,
            BudgetOverride.source_id == source.id,
            BudgetOverride.entry_id.is_(None),
        )
        return self.session.execute(query).one()

    def overrides(self, book: str, year: int) -> Sequence[AnyRow]:
        """Return what may be overspent on a book's year, with the names of its lines, as it was granted."""
        query = (
            self.here(select(_OVERRIDE, BudgetLine.name.label("line")), BudgetOverride)
            .join(BudgetLine, same(BudgetLine, BudgetOverride.line_id, BudgetOverride))
            .where(BudgetLine.book == book, BudgetLine.year == year)
        )
        return self.session.execute(query.order_by(BudgetOverride.day, BudgetOverride.id)).all()

    def lines_executed(self, book: str, year: int) -> Sequence[AnyRow]:
        """Return the lines of a book's year with the names of their schools and projects."""
        query = (
            self.here(
                select(
                    _LINE,
                    School.code.label("school"),
                    School.name.label("school_name"),
                    BudgetProject.code.label("project"),
                    BudgetProject.name.label("project_name"),
                ),
                BudgetLine,
            )
            .join(BudgetProject, same(BudgetProject, BudgetLine.project_id, BudgetLine))
            .outerjoin(School, same(School, BudgetLine.school_id, BudgetLine))
            .where(BudgetLine.book == book, BudgetLine.year == year)
        )
        order = (BudgetProject.code, School.code, BudgetLine.function, BudgetLine.economic, BudgetLine.id)
        return self.session.execute(query.order_by(*order)).all()

    def balances_on(self, book: str, year: int, day: date) -> dict[int, Balances]:
        """Return what the entries up to a day come to, by the lines of a book's year."""
        query = (
            self.here(select(BudgetLine.id, *map(moved_into, _POTS)), BudgetLine)
            .join(BudgetEntry, owns(BudgetEntry, BudgetEntry.line_id, BudgetLine))
            .where(BudgetLine.book == book, BudgetLine.year == year, BudgetEntry.day <= day)
        )
        found = self.session.execute(query.group_by(BudgetLine.id))
        return {row[0]: Balances(*map(int, row[1:])) for row in found}

    def open_commitments(self, book: str, year: int, day: date) -> Sequence[AnyRow]:
        """Return what was still committed at the end of a day: line, purpose, fen, and since when."""
        held = moved_into(Pot.COMMITTED)
        since = func.min(case((BudgetEntry.movement == Movement.COMMIT.value, BudgetEntry.day)))
        purpose = (BudgetEntry.purpose_kind, BudgetEntry.purpose_id)
        line = (BudgetLine.id, BudgetLine.name, School.name)
        query = (
            self.here(
                select(
                    BudgetLine.id.label("line_id"),
                    BudgetLine.name.label("line"),
                    School.name.label("school_name"),
                    *purpose,
                    held.label("fen"),
                    since.label("since"),
                ),
                BudgetLine,
            )
            .join(BudgetEntry, owns(BudgetEntry, BudgetEntry.line_id, BudgetLine))
            .outerjoin(School, same(School, BudgetLine.school_id, BudgetLine))
            .where(BudgetLine.book == book, BudgetLine.year == year, BudgetEntry.day <= day)
            .group_by(*line, *purpose)
            .having(held > 0)
        )
        return self.session.execute(query.order_by(text("since"), BudgetLine.id, *purpose)).all()

    def district_name(self) -> str:
        """Return the district's name; empty at the county's door."""
        query = select(District.name).where(
            District.county_id == self.scope.county_id, District.id == self.scope.district_id
        )
        return self.session.scalar(query) or ""

    def unexplained_allowances(self) -> Sequence[AnyRow]:
        """Return lines whose allowance is not what was recorded: id, name, allowance, fen of the records."""
        recorded: ColumnElement[int] = func.coalesce(func.sum(in_fen(BudgetOverride.amount)), 0)
        query = (
            self.here(
                select(BudgetLine.id, BudgetLine.name, BudgetLine.allowance, recorded.label("recorded")),
                BudgetLine,
            )
            .outerjoin(BudgetOverride, owns(BudgetOverride, BudgetOverride.line_id, BudgetLine))
            .group_by(BudgetLine.id, BudgetLine.name, BudgetLine.allowance)
            .having(in_fen(BudgetLine.allowance) != recorded)
        )
        return self.session.execute(query.order_by(BudgetLine.id)).all()
