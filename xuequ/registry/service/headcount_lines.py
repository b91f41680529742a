"""Between the rows of headcounts and their lines: what a line says, and the hash over all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xuequ.core.settings import in_china
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.rules.headcounts import FIGURES, Edition, digest
from xuequ.registry.schemas.headcounts import (
    CountedPupilLine,
    CountedStaffLine,
    LivePupilLine,
    LiveStaffLine,
)

PUPIL_COLUMNS = ("class_id", "class_name", "stage", "grade", "sex", *FIGURES)
STAFF_COLUMNS = ("title", "category", "establishment", "heads")


def pupil_values(row: AnyRow) -> dict[str, Any]:
    """Return what a line of pupils says besides its school and the class's name and grade."""
    names = ("class_id", "stage", "sex", *FIGURES)
    return {name: getattr(row, name) for name in names}


def staff_values(row: AnyRow) -> dict[str, Any]:
    """Return what a line of staff says besides its school."""
    return {name: getattr(row, name) for name in STAFF_COLUMNS}


def digest_of(header: AnyRow, pupils: Iterable[AnyRow], staff: Iterable[AnyRow]) -> str:
    """Return the hash over an edition as it stands in the tables."""
    names = ("county_id", "id", "district_id", "count_date", "purpose", "edition", "reason")
    return digest(
        {name: getattr(header, name) for name in names},
        ({"school_id": row.school_id} | _written(row, PUPIL_COLUMNS) for row in pupils),
        ({"school_id": row.school_id} | _written(row, STAFF_COLUMNS) for row in staff),
    )


def _written(row: AnyRow, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def edition_of(header: AnyRow) -> Edition:
    """Return where an edition stands."""
    at = in_china(header.frozen_at) if header.frozen_at is not None else ""
    return Edition(header.edition, header.latest, at)


def header_values(row: AnyRow) -> dict[str, Any]:
    """Return what the header of an edition says."""
    names = ("id", "count_date", "purpose", "edition", "reason", "drafted_at", "drafted_by", "frozen_at")
    return _written(row, names)


def by_school_and_stage(
    pupils: Iterable[CountedPupilLine | LivePupilLine], staff: Iterable[CountedStaffLine | LiveStaffLine]
) -> Mapping[tuple[str, str], Mapping[str, int]]:
    """Sum up the lines of one headcount by school and stage; staff stand under no stage."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in pupils:
        for name in FIGURES:
            found[line.school, line.stage.code][name] += getattr(line, name)
    for one in staff:
        found[one.school, ""]["staff"] += one.heads
    return found
