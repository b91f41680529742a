"""Errors of the registry's workbooks: rows that contradict the register, or each other."""

from __future__ import annotations

from xuequ.core.errors import Conflict, RuleBroken


class RowsDisagree(Conflict):
    """Two rows say different things of one person; what they say is not repeated."""

    code = "registry.rows_disagree"
    number: str
    first_row: int


class RegistrationBegins(RuleBroken):
    """A certificate's next registration begins on another day than the file says."""

    code = "registry.registration_begins"
    number: str
    since: str
