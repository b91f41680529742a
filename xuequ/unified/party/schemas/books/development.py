"""Rows of the workbook of development cases.

People are called by their staff numbers. The application stands in the sheet of cases, every other step in
a row of its own, so that a case under way comes in with its dated steps.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from xuequ.core.fields import Command, Number, PersonName, Text
from xuequ.unified.party.schemas.development import COMMANDS, AnyStep, Tally, Wording
from xuequ.unified.party.states.development import OUTCOMES, Outcome, Role, StepKind

Count = Annotated[int, Field(ge=0, le=10_000)]
_TALLIED = ("due", "present", "yes")
_OWN = ("until", "hours", "months", "document", "document_on", "leaving_on", "sponsors", *_TALLIED)


class CaseRow(Command):
    """A case: who applied when, and where the paper is kept."""

    staff_no: Number
    name: PersonName | None = None
    applied_on: date
    document: Wording
    reason: Text = ""


class StepRow(Command):
    """A step after the application; what a kind of step does not have is left empty.

    `sponsors` are the staff numbers of contacts or introducers, with 、 between them. The tally of a meeting
    is needed where the case was taken over; otherwise it is that of the recorded vote.
    """

    staff_no: Number
    kind: StepKind
    on: date
    outcome: Outcome | None = None
    until: date | None = None
    hours: Annotated[int, Field(ge=0, le=1000)] | None = None
    months: Annotated[int, Field(ge=1, le=36)] | None = None
    document: Text = ""
    document_on: date | None = None
    leaving_on: date | None = None
    sponsors: Text = ""
    due: Count | None = None
    present: Count | None = None
    yes: Count | None = None
    reason: Text = ""
    remark: Text = ""

    @property
    def numbers(self) -> tuple[str, ...]:
        """The staff numbers of contacts or introducers."""
        return tuple(number for part in self.sponsors.split("、") if (number := part.strip()))

    @model_validator(mode="after")
    def _has_what_its_kind_has(self) -> Self:
        if self.kind not in COMMANDS:
            raise ValueError("入党申请填“在办人员”表，不作为步骤")
        label, known = f"“{self.kind.label}”", _fields(self.kind)
        idle = [name for name in _OWN if getattr(self, name) not in (None, "") and name not in known]
        if idle:
            raise ValueError(f"{label}不填 {'、'.join(idle)}")
        wanted = [name for name, needed in known.items() if needed and getattr(self, name) in (None, "")]
        if wanted:
            raise ValueError(f"{label}须填 {'、'.join(wanted)}")
        if len({getattr(self, name) is None for name in _TALLIED}) > 1:
            raise ValueError("票数须同填应到、实到和赞成")
        if self.outcome is not None and self.outcome not in OUTCOMES[self.kind]:
            raise ValueError(f"{label}没有“{self.outcome.label}”这种结果")
        if self.kind is StepKind.CONVERSION and (self.outcome is Outcome.EXTEND) != (self.months is not None):
            raise ValueError("延长预备期的填写月数，其他的不填")
        return self

    def as_command(self, sponsors: tuple[int, ...]) -> AnyStep:
        """Return the step as it is recorded, with its sponsors by member id."""
        known = _fields(self.kind)
        said = {name: getattr(self, name) for name in known if name not in (*_TALLIED, "sponsors")}
        values = {name: value for name, value in said.items() if value not in (None, "")}
        values |= {"on": self.on, "reason": self.reason, "remark": self.remark}
        command = COMMANDS[self.kind]
        if "sponsors" in known:
            values["sponsors"] = sponsors
        if self.due is not None:
            values["tally"] = Tally(due=self.due, present=self.present or 0, yes=self.yes or 0)
        if "outcome" in command.model_fields and self.outcome not in (None, Outcome.DONE):
            values["outcome"] = self.outcome
        return command(**values)  # type: ignore[return-value]  # pyright: ignore[reportReturnType]


def _fields(kind: StepKind) -> dict[str, bool]:
    """Return which columns a kind of step has, and whether they must be filled in."""
    found: dict[str, bool] = {}
    for name, field in COMMANDS[kind].model_fields.items():
        if name == "tally":
            found |= dict.fromkeys(_TALLIED, False)
        elif name in _OWN:
            found[name] = field.is_required() or (kind is StepKind.NOTICE and name == "until")
    return found


class ReplacementRow(Command):
    """A contact or introducer who made way for another on a day; all of them by staff number."""

    staff_no: Number
    role: Role
    old_no: Number
    new_no: Number
    on: date
    reason: Wording
