"""What every use case asks that gives something to a school: is it open, and does it stay so?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xuequ.core.errors import refuse_if
from xuequ.registry.repository.basis import Rows
from xuequ.registry.repository.places import hold_schools
from xuequ.registry.rules.places import check_open


def keep_open(rows: Rows, school_ids: Iterable[int | None], on: date) -> None:
    """Refuse schools that are not open on a day; nobody closes or merges them until the transaction ends.

    Whoever waited for a merger finds the school closed here, and adds nothing to it.

    Raises:
        SchoolNotOpen, or Problems with all that are not open.
    """
    wanted = {school_id for school_id in school_ids if school_id is not None}
    schools = hold_schools(rows.session, rows.scope.county_id, wanted)
    refuse_if([problem for school in schools for problem in check_open(school, on)])
