"""Commands and views of people: what is sensitive comes in hidden and goes out masked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import AfterValidator, ConfigDict, Field, SecretStr, model_validator

from xuequ.core.fields import Command, Id, Name, View, clean_text
from xuequ.registry.states.people import PersonField, RoleKind, Sex
from xuequ.standards.codes.people import DocumentKind

MOST_SIGNS = 60


def _clean_secret(secret: SecretStr) -> SecretStr:
    """Clean it as other texts are; what is wrong is said without the value."""
    cleaned = clean_text(secret.get_secret_value())
    if not 0 < len(cleaned) <= MOST_SIGNS:
        raise ValueError(f"须为 1 至 {MOST_SIGNS} 个字符")
    return SecretStr(cleaned)


Secret = Annotated[SecretStr, AfterValidator(_clean_secret)]
"""A sensitive text: hidden in `repr`, in JSON and in pydantic's own errors."""


class Sensitive(Command):
    """A command with sensitive values, which its validation errors do not repeat."""

    model_config = ConfigDict(hide_input_in_errors=True)

    document_kind: DocumentKind | None = None
    document_number: Secret | None = None
    phone: Secret | None = None

    @model_validator(mode="after")
    def _whole_document(self) -> Self:
        if (self.document_kind is None) != (self.document_number is None):
            raise ValueError("身份证件的类型和号码须同时填写")
        return self


class PersonRecording(Sensitive):
    """Record a person; birth date and sex that are left out are taken from the citizen number."""

    name: Name
    sex: Sex = Sex.UNKNOWN
    birth_date: date | None = None


class PersonCorrection(Sensitive):
    """Correct what is registered of a person; what is left out stays, what is in `clear` is emptied."""

    name: Name | None = None
    sex: Sex | None = None
    birth_date: date | None = None
    clear: frozenset[PersonField] = frozenset()

    @model_validator(mode="after")
    def _clears_what_may_be_empty(self) -> Self:
        given = {
            PersonField.BIRTH_DATE: self.birth_date,
            PersonField.DOCUMENT: self.document_number,
            PersonField.PHONE: self.phone,
        }
        if not self.clear <= set(given):
            raise ValueError("姓名和性别不能清空")
        if any(given[field] is not None for field in self.clear):
            raise ValueError("同一项不能既填写又清空")
        return self


class PersonCorrectionRow(PersonCorrection):
    """One of several corrections: of whom, and what."""

    person_id: Id


class RoleView(View):
    """A role of a person for a time: `number` is of staff or pupils, `school` its code."""

    kind: RoleKind
    record_id: Id
    number: str
    school: str | None
    since: date | None
    until: date | None


class PersonView(View):
    """A person, whatever row of theirs was asked for; document and phone are masked."""

    id: Id
    name: str
    sex: Sex
    birth_date: date | None
    birth_year: int | None
    document_kind: DocumentKind | None
    document: str | None
    phone: str | None
    forgotten_on: date | None
    roles: tuple[RoleView, ...]


class PersonRecorded(View):
    """A person as recorded or corrected, and what is worth a second look without being wrong."""

    person: PersonView
    warnings: tuple[str, ...]


class Revealed(View):
    """A sensitive value in clear, for the one who asked; `repr` does not show it."""

    person_id: Id
    field: PersonField
    value: str = Field(repr=False)


class CandidateView(View):
    """Persons who may be one, and why."""

    why: str
    people: tuple[PersonView, ...]


class MergeView(View):
    """A merge of two rows of one person."""

    id: Id
    kept_id: Id
    merged_id: Id
    reason: str
    merged_at: datetime
    undone_at: datetime | None
    rows: int
