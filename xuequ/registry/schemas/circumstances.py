"""Commands and views of pupils' circumstances."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from xuequ.core.fields import Command, Id, Name, Number, View, clean_text
from xuequ.registry.states.circumstances import ResidenceKind, TraitDetail, TraitKind
from xuequ.registry.states.people import Sex
from xuequ.standards.codes.people import Relation

Sensitive = Annotated[str, AfterValidator(clean_text), Field(max_length=2000, repr=False)]
"""Text that is sealed by the vault, and shown in no repr."""


class TraitRecord(Command):
    """Record what is true of a pupil 学生情况; the note is sealed."""

    kind: TraitKind
    detail: TraitDetail | None = None
    note: Sensitive = ""


class TraitRow(Command):
    """One line of a list of circumstances: from `on` it holds, or holds no longer."""

    pupil_no: Number
    kind: TraitKind
    detail: TraitDetail | None = None
    on: date
    holds: bool = True


class GuardianRecord(Command):
    """Record a guardian 监护人: known by `person_id`, or described by name, sex and birthday."""

    relation: Relation
    person_id: Id | None = None
    name: Name | None = None
    sex: Sex = Sex.UNSTATED
    birth_date: date | None = None
    is_primary: bool = False

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.person_id is None) == (self.name is None):
            raise ValueError("监护人请选已登记的人员，或填写姓名，二者只填其一")
        return self


class GuardianRow(GuardianRecord):
    """One of several guardians: of which pupil, from which day, and the first day without, if it is known."""

    pupil_id: Id
    since: date
    until: date | None = None


class GuardianshipEnd(Command):
    """Somebody is a guardian no longer, from a day."""

    guardian_id: Id
    on: date


class ResidenceRecord(Command):
    """Record where a pupil is registered or lives; the address is sealed.

    `area` is the code of the county (6 figures) or of the village (12).
    """

    kind: ResidenceKind = ResidenceKind.ACTUAL
    area: str
    address: Sensitive = ""


class ResidenceRow(ResidenceRecord):
    """One of several residences: of which pupil, and from which day."""

    pupil_id: Id
    since: date


class TraitView(View):
    """A trait and its days, half-open; the note is revealed on its own.

    `note_destroyed` says that there was one, until the pupil was forgotten 已销毁.
    """

    id: Id
    kind: TraitKind
    detail: TraitDetail | None
    since: date
    until: date | None
    has_note: bool
    note_destroyed: bool = False


class GuardianView(View):
    """A guardian and the days, half-open."""

    id: Id
    person_id: Id
    name: str
    relation: Relation
    is_primary: bool
    since: date
    until: date | None


class ResidenceView(View):
    """A residence and its days, half-open; the address is revealed on its own.

    `address_destroyed` says that there was one, until the pupil was forgotten 已销毁.
    """

    id: Id
    kind: ResidenceKind
    area: str
    since: date
    until: date | None
    has_address: bool
    address_destroyed: bool = False
