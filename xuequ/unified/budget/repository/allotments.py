"""Queries of allotments, releases and training."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import BigInteger, Select, Table, and_, bindparam, case, func, select, type_coerce, update

from xuequ.core.bulk import bulk_load, insert_new
from xuequ.core.ids import take_ids
from xuequ.registry.models.headcounts import Headcount, HeadcountFreeze, HeadcountPupils
from xuequ.registry.models.places import School
from xuequ.registry.repository.basis import AnyRow, AnySelect, Scoped, owns, same
from xuequ.registry.states.headcounts import CountPurpose
from xuequ.unified.budget.models.allotments import (
    Allotment,
    AllotmentLine,
    AllotmentSchool,
    AllotmentStandard,
    Release,
)
from xuequ.unified.budget.models.ledger import BudgetEntry, BudgetLine, BudgetProject
from xuequ.unified.budget.repository.ledger import BudgetRepository
from xuequ.unified.budget.states.allotments import RELEASE_KIND
from xuequ.unified.budget.states.ledger import Book, Movement, Purse

_RELEASE = cast("Table", Release.__table__)


def _releases() -> AnySelect:
    return (
        select(_RELEASE, BudgetLine.name.label("line"), BudgetProject.purse, School.code.label("school"))
        .join(BudgetLine, same(BudgetLine, Release.line_id, Release))
        .join(BudgetProject, same(BudgetProject, BudgetLine.project_id, BudgetLine))
        .outerjoin(School, same(School, Release.school_id, Release))
        .order_by(Release.number)
    )


def _sum(movement: Movement) -> Any:
    """Sum up in fen what entries move one way."""
    amount = type_coerce(BudgetEntry.amount, BigInteger)
    return func.coalesce(func.sum(case((BudgetEntry.movement == movement.code, amount), else_=0)), 0)


_ONE_RELEASE = Scoped(_releases().where(Release.id == bindparam("id")), Release)
_NUMBERED = Scoped(_releases().where(Release.number == bindparam("number")), Release)


class AllotmentRows(BudgetRepository):
    """Allotments of a district, and the headcounts that they are computed by."""

    def autumn_return(self, since: date, until: date) -> AnyRow | None:
        """Return the latest edition that was frozen of the latest statistical return of an autumn."""
        query = (
            select(Headcount.id, Headcount.count_date)
            .join(HeadcountFreeze, owns(HeadcountFreeze, HeadcountFreeze.headcount_id, Headcount))
            .where(Headcount.purpose == CountPurpose.YEAR_START.code)
            .where(Headcount.count_date >= since, Headcount.count_date < until)
            .order_by(Headcount.count_date.desc(), Headcount.edition.desc())
            .limit(1)
        )
        here = query.where(Headcount.district_id == self.district_id)
        return self.session.execute(self.here(here, Headcount)).one_or_none()

    def heads(self, headcount_id: int) -> Sequence[AnyRow]:
        """Return the pupils of a headcount by school and stage, those in school 在校."""
        figures = (HeadcountPupils.in_school, HeadcountPupils.boarders, HeadcountPupils.special_needs)
        query = (
            select(
                *(School.id.label("school_id"), School.code, School.name, School.kind),
                HeadcountPupils.stage,
                *(func.sum(figure).label(figure.key) for figure in figures),
            )
            .join(School, same(School, HeadcountPupils.school_id, HeadcountPupils))
            .where(HeadcountPupils.headcount_id == headcount_id)
            .group_by(School.id, School.code, School.name, School.kind, HeadcountPupils.stage)
            .order_by(School.code, HeadcountPupils.stage)
        )
        return self.session.execute(self.here(query, HeadcountPupils)).all()

    def allotment(self, year: int, number: int | None = None) -> AnyRow | None:
        """Return an allotment with its count date; the latest of the year without a number."""
        query = self._allotments().where(Allotment.year == year)
        if number is not None:
            query = query.where(Allotment.number == number)
        return self.session.execute(query.order_by(Allotment.number.desc()).limit(1)).one_or_none()

    def allotments(self) -> Sequence[AnyRow]:
        """Return every allotment of the scope."""
        return self.session.execute(self._allotments().order_by(Allotment.id)).all()

    def _allotments(self) -> Select[*tuple[Any, ...]]:
        query = select(Allotment.__table__, Headcount.count_date).join(
            Headcount, same(Headcount, Allotment.headcount_id, Allotment)
        )
        return self.here(query, Allotment)

    def keep(self, model: Any, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Insert rows of an allotment, all with the same columns; return their ids."""
        ids = take_ids(len(rows))
        if rows:
            values = ((self.scope.county_id, i, *row.values()) for i, row in zip(ids, rows, strict=True))
            columns = ("county_id", "id", *rows[0])
            bulk_load(self.session.connection(), model.__table__, columns, values)
        return list(ids)

    def standards_used(self, allotment_id: int) -> Sequence[AnyRow]:
        """Return the entries that an allotment was computed by."""
        return self._of(AllotmentStandard, allotment_id, AllotmentStandard.key)

    def lines_allotted(self, allotment_id: int) -> Sequence[AnyRow]:
        """Return the lines of an allotment."""
        return self._of(AllotmentLine, allotment_id, AllotmentLine.id)

    def schools_judged(self, allotment_id: int) -> Sequence[AnyRow]:
        """Return which schools of an allotment may count as small, and why."""
        return self._of(AllotmentSchool, allotment_id, AllotmentSchool.id)

    def _of(self, model: Any, allotment_id: int, order: Any) -> Sequence[AnyRow]:
        here = (model.county_id == self.scope.county_id, model.allotment_id == allotment_id)
        return self.session.execute(select(model.__table__).where(*here).order_by(order)).all()

    def totals_astray(self) -> Sequence[AnyRow]:
        """Return allotments whose total is not what their lines come to."""
        total = type_coerce(Allotment.total, BigInteger)
        lines = func.coalesce(func.sum(type_coerce(AllotmentLine.amount, BigInteger)), 0)
        query = (
            select(Allotment.id, Allotment.year, Allotment.number, Allotment.total, lines.label("lines"))
            .outerjoin(AllotmentLine, owns(AllotmentLine, AllotmentLine.allotment_id, Allotment))
            .group_by(Allotment.id, Allotment.year, Allotment.number, Allotment.total)
            .having(lines != total)
            .order_by(Allotment.id)
        )
        return self.session.execute(self.here(query, Allotment)).all()

    # training

    def spending(self, year: int, purses: Iterable[Purse]) -> Sequence[AnyRow]:
        """Return the lines of the school book's year whose projects are for certain purposes."""
        query = (
            select(BudgetLine.__table__, BudgetProject.purse)
            .join(BudgetProject, same(BudgetProject, BudgetLine.project_id, BudgetLine))
            .where(BudgetLine.book == Book.SCHOOL.code, BudgetLine.year == year)
            .where(BudgetProject.purse.in_(sorted(purse.code for purse in purses)))
            .order_by(BudgetProject.code, BudgetLine.economic, BudgetLine.name, BudgetLine.id)
        )
        return self.session.execute(self.here(query, BudgetLine)).all()

    # releases

    def purse_of(self, line_id: int) -> AnyRow | None:
        """Return a line with its project's purpose."""
        query = (
            select(BudgetLine.id, BudgetLine.name, BudgetLine.school_id, BudgetProject.purse)
            .join(BudgetProject, same(BudgetProject, BudgetLine.project_id, BudgetLine))
            .where(BudgetLine.id == line_id)
        )
        return self.session.execute(self.here(query, BudgetLine)).one_or_none()

    def add_release(self, values: dict[str, Any]) -> bool:
        """Insert a release unless its number is taken; a rival with the same number is waited for."""
        return bool(insert_new(self.session, _RELEASE, [values]))

    def release(self, release_id: int) -> AnyRow | None:
        """Return a release with its line, purpose and school."""
        return self.one(_ONE_RELEASE, id=release_id)

    def release_numbered(self, number: str) -> AnyRow | None:
        """Return the release of a number."""
        return self.one(_NUMBERED, number=number)

    def releases(self, year: int, school: str | None) -> Sequence[AnyRow]:
        """Return the releases of a fiscal year, of one school or of all."""
        query = _releases().where(BudgetLine.year == year)
        if school is not None:
            query = query.where(School.code == school)
        return self.session.execute(self.here(query, Release)).all()

    def lock_release(self, release_id: int) -> bool:
        """Lock a release, so that only one ends it; tell whether there is one."""
        query = self.here(select(Release.id), Release).where(Release.id == release_id)
        return self.session.execute(query.with_for_update()).one_or_none() is not None

    def end_release(self, release_id: int, values: dict[str, Any]) -> None:
        """Write how a release ended."""
        here = (Release.county_id == self.scope.county_id, Release.id == release_id)
        self.session.execute(update(_RELEASE).where(*here).values(values))

    def releases_astray(self) -> Sequence[AnyRow]:
        """Return releases whose amount, or what came back of them, is not what their entries say."""
        own = and_(
            BudgetEntry.county_id == Release.county_id,
            BudgetEntry.line_id == Release.line_id,
            BudgetEntry.source_kind == RELEASE_KIND,
            BudgetEntry.source_id == Release.id,
        )
        kept = (Release.id, Release.number, Release.amount, Release.returned)
        sums = (_sum(Movement.RESERVE).label("held"), _sum(Movement.RELEASE).label("back"))
        query = select(*kept, *sums).outerjoin(BudgetEntry, own).group_by(*kept).order_by(Release.id)
        found = self.session.execute(self.here(query, Release)).all()
        return [row for row in found if (row.amount.fen, row.returned.fen) != (int(row.held), int(row.back))]
