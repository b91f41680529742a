"""Pure decisions that all ledgers share: the order of days, and proof."""

from __future__ import annotations

from datetime import date

from xuequ.core.errors import Problem
from xuequ.unified.leadership.errors.ledgers import DayAhead, DayTooEarly, ProofMissing


def check_not_ahead(what: str, on: date, today: date) -> list[Problem]:
    """Refuse that something has happened on a day to come.

    Source: our decision.
    """
    return [Problem(DayAhead(what=what, on=str(on), today=str(today)))] if on > today else []


def check_not_before(what: str, on: date, first: date | None) -> list[Problem]:
    """Refuse a day before that of what it follows.

    Source: our decision.
    """
    if first is None or on >= first:
        return []
    return [Problem(DayTooEarly(what=what, on=str(on), first=str(first)))]


def check_proof(what: str, words: str, *, attached: bool) -> list[Problem]:
    """Refuse what is said to be done without words or a file that prove it.

    Source: issue 5, item 1 (each with owner, due date and proof); our decision.
    """
    return [] if words or attached else [Problem(ProofMissing(what=what))]
