"""What the desks of the registry's workbooks share: records by the codes and numbers that people know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from xuequ.core.context import Context
from xuequ.core.errors import Problem, XuequError
from xuequ.core.fields import Command
from xuequ.core.intake import Desk
from xuequ.core.plan import Outcome, PlannedRow, Values
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.repository.books import BookRows

Known = TypeVar("Known")
Row = TypeVar("Row", bound=Command)


class Lookups:
    """Ids by codes and numbers, each kind read once for a file."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.rows = BookRows(context.session, context.scope, context.place)

    @cached_property
    def schools(self) -> Mapping[str, int]:
        """School code → id, of the district."""
        return self.rows.school_ids()

    def school(self, code: str) -> int:
        """Return the id of a school.

        Raises:
            SchoolUnknown: when the district has none of that code.
        """
        return found(self.schools, code, SchoolUnknown(school=code))


class BookDesk(Desk):
    """A desk that is tried: its use cases say what they refuse.

    A row that names a school, a person or a class that is not there is refused by `Lookups`.
    """

    def __init__(self, lookups: Lookups) -> None:
        self.lookups = lookups
        self.context = lookups.context


def found(known: Mapping[Any, Known], key: Any, error: XuequError) -> Known:
    """Return what stands under a key, or raise the error that names it."""
    if key not in known:
        raise error
    return known[key]


def rows_of(planned: Sequence[PlannedRow], outcome: Outcome) -> list[Any]:
    """Return the commands of rows with an outcome."""
    return [row.source.command for row in planned if row.outcome is outcome]


def problem_at(row: PlannedRow, error: XuequError) -> Problem:
    """Place an error at a row."""
    return Problem(error, row.source.place)


def filled(row: Row, there: Values) -> Row:
    """Return a row with what it leaves empty as it stands."""
    unsaid = {name: value for name, value in there.items() if getattr(row, name) in (None, "")}
    return row.model_copy(update=unsaid)
