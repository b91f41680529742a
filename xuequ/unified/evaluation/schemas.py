"""Commands and views of evidence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field

from xuequ.core.fields import Command, Id, SourceField, Text, View, clean_text
from xuequ.unified.evaluation.rules import PLACES, Line

Indicator = Annotated[str, AfterValidator(clean_text), Field(min_length=1, max_length=80)]
"""The code of an indicator of the adopted scheme, as the scheme writes it."""

Amount = Annotated[Decimal, Field(max_digits=16, decimal_places=PLACES)]
"""Days, points or counts, with their sign and at most four decimals."""


class EvidenceEntry(Command):
    """What is known of a teacher: an indicator, an amount with its sign, and the day that it is of."""

    staff_id: Id
    indicator: Indicator
    amount: Amount
    day: date


class EvidenceRow(EvidenceEntry):
    """An entry with its cause: the record that it comes from, the fact that said so, the line of it."""

    source: SourceField
    fact_id: Id
    line_no: Annotated[int, Field(ge=1, le=10**9)] = 1

    def line(self) -> Line:
        """Return what the row says, without its key."""
        return Line(self.staff_id, self.indicator, self.amount, self.day, self.source)


class EvidenceByHand(Command):
    """Entries that somebody makes by hand, and why."""

    source: SourceField
    why: Annotated[Text, Field(min_length=1)]
    entries: Annotated[tuple[EvidenceEntry, ...], Field(min_length=1)]


class EvidenceView(View):
    """One line of evidence; a reversing one says which it reverses."""

    id: Id
    staff_id: Id
    school_id: Id | None
    indicator: str
    amount: Decimal
    day: date
    source: SourceField
    fact_id: Id
    line_no: int
    reverses_id: Id | None


class IndicatorTotal(View):
    """What an indicator comes to, with the lines that make it up."""

    indicator: str
    amount: Decimal
    evidence_ids: tuple[Id, ...]
