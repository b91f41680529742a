"""Pure decisions about people."""

from __future__ import annotations

from datetime import date

from xuequ.core.errors import Problem
from xuequ.registry.errors.people import BornAfter


def check_person(born: date | None, since: date) -> list[Problem]:
    """Refuse somebody who begins before being born."""
    if born is not None and born >= since:
        return [Problem(BornAfter(born=str(born), since=str(since)))]
    return []
