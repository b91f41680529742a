"""Errors of figures: measured, published, reconciled."""

from __future__ import annotations

from xuequ.core.errors import Invalid, NotFound


class StatementPartUnknown(NotFound):
    """A published part names a whole that is not among the published figures."""

    code = "registry.statement_part_unknown"
    whole: str


class StatementNeedsNumber(Invalid):
    """A published figure that is no number."""

    code = "registry.statement_needs_number"
    text: str


class FigureAhead(Invalid):
    """A figure cannot be of a day that has not come."""

    code = "registry.figure_ahead"
    school: str
    as_of: str
