"""What every use case asks that gives something to a school: is it open, and does it stay so?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xuequ.core.errors import refuse_if
from xuequ.registry.repository.basis import Rows
from xuequ.registry.repository.places import hold_schools
from xuequ.registry.rules.places import check_open

Need = tuple[int | None, date, date | None]
"""A school, the day from which it must be open, and the last one; None when it must stay open for good."""


def keep_open(
    rows: Rows,
    school_ids: Iterable[int | None],
    on: date,
    last: date | None = None,
    *,
    beside: Iterable[int] = (),
) -> None:
    """Refuse schools that are not open from a day on; nobody closes or merges them meanwhile.

    Whoever waited for a merger finds the school closed here, and adds nothing to it.

    Raises:
        SchoolNotOpen, or Problems with all that are not open.
    """
    keep_all_open(rows, [(school_id, on, last) for school_id in school_ids], beside=beside)


def keep_all_open(rows: Rows, needs: Iterable[Need], *, beside: Iterable[int] = ()) -> None:
    """Do as `keep_open` does for schools that each have days of their own.

    Schools are locked before classes, staff and pupils, and all of them at once in the order of their
    ids; so whatever else the use case touches is given as `beside`, which may be closed.
    """
    wanted = list(needs)
    ids = {school_id for school_id, _, _ in wanted if school_id is not None}
    held = hold_schools(rows.session, rows.scope.county_id, ids.union(beside))
    schools = {school.id: school for school in held}
    refuse_if(
        [
            problem
            for school_id, on, last in dict.fromkeys(wanted)
            if school_id in schools
            for problem in check_open(schools[school_id], on, last)
        ]
    )
