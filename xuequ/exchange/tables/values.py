"""What a raw table is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Protocol, TypeAlias


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, with its ``=``; what it last came to is not read."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """An error that a spreadsheet shows in a cell: ``#N/A``."""

    text: str

    def __str__(self) -> str:
        return self.text


Raw: TypeAlias = str | int | float | Decimal | bool | date | datetime | time | Formula | ErrorValue | None
"""A cell as its file holds it; no number format is applied but the one that makes a number a day."""

Line: TypeAlias = tuple[int, Sequence[Raw]]
"""A row: its number as Excel counts, and its cells."""


class Tables(Protocol):
    """The tables of one file, or of a folder of csv files."""

    @property
    def titles(self) -> tuple[str, ...]:
        """The sheets' titles in their order; a csv file's is its name without suffix."""
        ...

    def lines(self, title: str) -> Iterator[Line]:
        """Stream the rows of a sheet, from the first at every call; rows without a cell are passed over."""
        ...
