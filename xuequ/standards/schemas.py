"""Commands and views of rule parameters."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from xuequ.core.fields import Command, Id, Name, Text, View
from xuequ.standards.states import Checked

Written = Annotated[str, Field(min_length=1, max_length=20_000)]
"""A value as text in the notation of the packs; lists and tables as JSON (`notation.write_value`)."""


class StandardValue(Command):
    """A value that the county or the district of the door sets.

    Args:
        until: the first day on which it no longer holds; left out, it goes on.
        authority: the document that decides it, with its number.
        reason: why a value is recorded or corrected for days that have passed.
    """

    key: Name
    value: Written
    since: date
    until: date | None = None
    authority: Annotated[Text, Field(min_length=1)]
    article: Text = ""
    checked: Checked = Checked.TEXT
    reason: Text = ""


class StandardView(View):
    """A rule parameter as it stands on a day; without a value it is for `set_by` to set."""

    key: str
    label: str
    kind: str
    unit: str
    value: str | None
    set_by: str
    place: str
    since: date | None
    until: date | None
    authority: str
    article: str
    checked: str
    strength: str
    bound: str
    note: str

    @property
    def is_set(self) -> bool:
        """Whether a value holds."""
        return self.value is not None


class OwnValueView(View):
    """A value that a county or a district has set; one that was withdrawn says when."""

    id: Id
    key: str
    place: str
    value: str
    kind: str
    unit: str
    since: date
    until: date | None
    authority: str
    article: str
    checked: Checked
    reason: str
    recorded_at: datetime
    recorded_by: str
    withdrawn_at: datetime | None
    replaced_by: Id | None
