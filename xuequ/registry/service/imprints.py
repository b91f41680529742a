"""Forgetting what imported files said of somebody.

An imprint says nothing by itself, but it would confirm a guess: of a name, a birthday, an address. So the
imprints of whoever is forgotten go: those of the rows that are theirs, by what these are called, and those
of any row, of whatever workbook, that hold a print of the name, the document or the telephone. A namesake may
lose one by that; then a file that says something new of them is a question once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from xuequ.core.context import Context, Scope
from xuequ.core.imports import Names
from xuequ.core.intake import Hidden
from xuequ.core.plan import Key, prints_of
from xuequ.core.workbook import Template
from xuequ.registry.models.people import DOCUMENT, PHONE
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.imprints import ImprintRows
from xuequ.registry.rules.people import name_key
from xuequ.registry.states.circumstances import ResidenceKind
from xuequ.registry.states.people import NumberedRole
from xuequ.registry.templates import CIRCUMSTANCES, PEOPLE, SET_UP, STAFF, TEMPLATES

_Called = tuple[int | None, Template, str, Key]
"""A row of a sheet: the district at whose door the file came in, template, sheet and key."""


def forget_imprints(context: Context, group: Sequence[AnyRow]) -> None:
    """Delete what confirms a guess of people's data, as long as the rows of people still hold them."""
    rows = ImprintRows(context.session, context.scope, context.place)
    called = [
        *_staff_rows(rows.staff([one.id for one in group])),
        *_pupil_rows(rows.pupils([one.id for one in group])),
        *(row for one in group for row in _guardian_rows(rows.guardians([one.id]), one.name)),
    ]
    ids = {
        row_id
        for at, template, sheet, key in called
        for district_id in {at, context.scope.district_id, None}
        for row_id in Names(Scope(context.scope.county_id, district_id), template.name, sheet).of([key])
    }
    rows.drop(ids.union(rows.holding(_prints(group))))


def _staff_rows(found: Iterable[AnyRow]) -> Iterator[_Called]:
    for row in found:
        yield row.district_id, SET_UP, "staff", (row.staff_no,)
        yield row.district_id, PEOPLE, "people", (NumberedRole.STAFF, row.staff_no)
        yield row.district_id, STAFF, "employments", (row.staff_no, row.since)


def _pupil_rows(found: Iterable[AnyRow]) -> Iterator[_Called]:
    for row in found:
        yield row.district_id, SET_UP, "pupils", (row.pupil_no,)
        yield row.district_id, PEOPLE, "people", (NumberedRole.PUPIL, row.pupil_no)
        if row.kind is not None:
            key = (row.pupil_no, ResidenceKind(row.kind), row.since)
            yield row.district_id, CIRCUMSTANCES, "residences", key


def _guardian_rows(found: Iterable[AnyRow], name: str) -> Iterator[_Called]:
    for row in found:
        yield row.district_id, CIRCUMSTANCES, "guardians", (row.pupil_no, name_key(name), row.since)


def _prints(group: Iterable[AnyRow]) -> set[int]:
    """Return the prints of what rows may say of people, in every way in which sheets put it together."""
    units = {unit for template in TEMPLATES for sheet in template.sheets for unit in sheet.units}
    found: set[int] = set()
    for one in group:
        sealed = {DOCUMENT.column: one.document_index, PHONE.column: one.phone_index}
        said: dict[str, Any] = {"name": one.name} | {
            name: Hidden(index) for name, index in sealed.items() if index
        }
        some = [unit for unit in units if said.keys() & {*unit}]
        found |= {one for unit in some for one in prints_of(unit, [said], [{}])}
    return found
