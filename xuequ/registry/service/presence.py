"""Who was at a school on a day, put together from the rolls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from xuequ.core.context import Context
from xuequ.core.halfdays import Half, HalfDay
from xuequ.registry.repository.attendance import PupilRollRows
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.rules.attendance import Called, Presence, presence, together
from xuequ.registry.rules.calendar import known_of, school_runs
from xuequ.registry.rules.classes import Schooling, class_name
from xuequ.registry.schemas.attendance import ClassHeads, MissingRoll, PresentView, StageHeads
from xuequ.registry.service.rolls import Book, place_calendar
from xuequ.registry.states.classes import Stage


def present_view(context: Context, rows: PupilRollRows, school: str, day: date) -> PresentView:
    """Return the heads of a school's classes and stages on a day, and the rolls that are missing."""
    calendar = place_calendar(context, day, day).of(school)
    runs = school_runs(calendar, day)
    schooling = Schooling.of(context.standards, day)
    classes = {row.id: row for row in rows.classes_of([school])}
    heads = _heads(Book(rows, classes, day, day), classes, day, runs)
    names = {class_id: _name(classes[class_id], day, schooling) for class_id, _ in heads}
    return PresentView(
        school=school,
        day=day,
        runs=tuple(sorted(runs)),
        classes=tuple(
            ClassHeads(
                class_id=class_id,
                class_name=names[class_id],
                stage=Stage(classes[class_id].stage),
                **_figures(found),
            )
            for class_id, found in heads
        ),
        stages=_stages(classes, heads),
        missing=tuple(
            MissingRoll(class_id=class_id, class_name=names[class_id], half=half)
            for half in sorted(runs)
            for class_id, found in heads
            if (found.am if half is Half.AM else found.pm) is None
        ),
        provisional=str(known_of(calendar, day)),
    )


def _heads(
    book: Book, classes: Mapping[int, AnyRow], day: date, runs: frozenset[Half]
) -> list[tuple[int, Presence]]:
    """Return the heads of every class in which somebody is due, or of which a roll was called."""
    found: list[tuple[int, Presence]] = []
    for class_id in classes:
        rolls: dict[Half, Called] = {}
        for half in Half:
            roll = book.rolls.get((class_id, HalfDay(day, half)))
            if roll is not None:
                away = frozenset(mark.who for mark in book.marks[roll.id] if not mark.kind.is_there)
                rolls[half] = Called(roll.due, roll.present, away)
        due = len(book.due(class_id, day))
        if due or rolls:
            found.append((class_id, presence(due, runs, rolls)))
    return found


def _stages(classes: Mapping[int, AnyRow], heads: list[tuple[int, Presence]]) -> tuple[StageHeads, ...]:
    by_stage: dict[Stage, list[Presence]] = defaultdict(list)
    for class_id, found in heads:
        by_stage[Stage(classes[class_id].stage)].append(found)
    return tuple(
        StageHeads(stage=stage, **_figures(together(by_stage[stage]))) for stage in Stage if by_stage[stage]
    )


def _figures(found: Presence) -> dict[str, Any]:
    return {"due": found.due, "am": found.am, "pm": found.pm, "at_all": found.at_all}


def _name(row: AnyRow, day: date, schooling: Schooling) -> str:
    return class_name(Stage(row.stage), row.entry_year, row.number, day, schooling)
