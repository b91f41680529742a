"""Use cases of what is measured at schools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from xuequ.core.context import Service, reading, use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.ids import take_ids
from xuequ.registry.actions.figures import RECORD_FIGURES, VIEW_FIGURES
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.facts.figures import FiguresRecorded
from xuequ.registry.models.figures import Figure
from xuequ.registry.repository.figures import FigureKey, FigureRows
from xuequ.registry.rules.figures import check_figure_day
from xuequ.registry.rules.places import SchoolFacts, check_open
from xuequ.registry.schemas.figures import FigureRecord, FigureView
from xuequ.registry.states.figures import Measure

_COLUMNS = ("county_id", "id", "district_id", "school_id", "measure", "as_of", "value")


class FigureService(Service):
    """Measured figures of schools 学校统计数: land, buildings, books, computers, each as of a day."""

    @property
    def _rows(self) -> FigureRows:
        return FigureRows(self.context.session, self.context.scope, self.context.place)

    @use_case(RECORD_FIGURES)
    def record_figures(self, rows: Sequence[FigureRecord]) -> None:
        """Record what was measured at schools; another value of the same day corrects it.

        What is recorded already changes nothing, and of two rows of one school and day the later holds.

        Raises:
            SchoolUnknown, SchoolNotOpen, FigureAhead: for every row, all at once.
        """
        places = self._rows
        schools = places.lock_schools(row.school_id for row in rows)
        refuse_if(self._problems(rows, schools))
        said: dict[FigureKey, Decimal] = {
            (row.school_id, measure.code, row.as_of): value
            for row in rows
            for measure, value in row.values.items()
        }
        there = places.recorded(schools, {row.as_of for row in rows})
        new = {key: value for key, value in said.items() if key not in there}
        other = {k: value for k, value in said.items() if k in there and there[k].value != value}
        ids = take_ids(len(new))
        loaded = (
            (self.context.scope.county_id, i, schools[key[0]].district_id, *key, value)
            for i, (key, value) in zip(ids, new.items(), strict=True)
        )
        places.load(Figure, _COLUMNS, loaded)
        places.correct({there[key].id: value for key, value in other.items()})
        for fact in _facts([*new, *other]):
            self.context.announce(fact)

    def _problems(self, rows: Sequence[FigureRecord], schools: Mapping[int, SchoolFacts]) -> list[Problem]:
        problems: list[Problem] = []
        for school_id, as_of in dict.fromkeys((row.school_id, row.as_of) for row in rows):
            school = schools.get(school_id)
            if school is None:
                problems.append(Problem(SchoolUnknown(school=str(school_id))))
                continue
            problems += check_open(school, as_of, last=as_of)
            problems += check_figure_day(school.name, as_of, self.context.today)
        return problems

    @reading(VIEW_FIGURES)
    def figures(self, as_of: date | None = None) -> list[FigureView]:
        """List what is recorded of the scope's schools, by code and day.

        Args:
            as_of: figures of this day only; of every day when left out.
        """
        of_day = groupby(self._rows.listed(as_of), lambda row: (row.school_id, row.code, row.as_of))
        return [
            FigureView(
                school_id=school_id,
                code=code,
                as_of=day,
                values={Measure(row.measure): row.value for row in rows},
            )
            for (school_id, code, day), rows in of_day
        ]


def _facts(keys: Sequence[FigureKey]) -> Iterator[FiguresRecorded]:
    """Return a fact of every school and day."""
    measures: dict[tuple[int, date], list[str]] = {}
    for school_id, measure, as_of in keys:
        measures.setdefault((school_id, as_of), []).append(measure)
    for (school_id, as_of), some in measures.items():
        yield FiguresRecorded(school_id=school_id, measures=tuple(some), as_of=as_of)
