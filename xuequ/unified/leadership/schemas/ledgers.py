"""Fields and commands that all ledgers share."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from xuequ.core.fields import Command, Text, clean_text

Words = Annotated[str, AfterValidator(clean_text), Field(min_length=1, max_length=2000)]
"""What somebody wrote down in a line or more."""
Reason = Annotated[Text, Field(min_length=1)]
"""Why something was voided or changed, or what was done."""


class Voiding(Command):
    """Void a record that was a mistake 作废; it stays, with the reason."""

    reason: Reason


class Done(Command):
    """Say that something is done, by what proof, on which day; today when left out.

    Without words a file must have been attached to the record.
    """

    proof: Text = ""
    on: date | None = None
