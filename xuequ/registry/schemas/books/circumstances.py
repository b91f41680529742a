"""Rows of the workbook of pupils' circumstances: traits, guardians, residences."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, SecretStr

from xuequ.core.fields import Command, Name, Number, PersonName, clean_text
from xuequ.registry.schemas.set_up import Identified
from xuequ.registry.states.circumstances import ResidenceKind, TraitDetail, TraitKind
from xuequ.registry.states.people import Sex
from xuequ.standards.codes.people import Relation

LONGEST_ADDRESS = 200


def _clean_address(secret: SecretStr) -> SecretStr:
    """Clean it as other texts are; what is wrong is said without the value."""
    cleaned = clean_text(secret.get_secret_value())
    if not 0 < len(cleaned) <= LONGEST_ADDRESS:
        raise ValueError(f"须为 1 至 {LONGEST_ADDRESS} 个字符")
    return SecretStr(cleaned)


Address = Annotated[SecretStr, AfterValidator(_clean_address)]


class TraitLine(Command):
    """What is true of a pupil from a day 特殊情况, and until when; notes are in no file."""

    pupil_no: Number
    name: Name | None = None
    kind: TraitKind
    detail: TraitDetail | None = None
    since: date
    until: date | None = None


class GuardianLine(Identified):
    """Who is a pupil's guardian 监护人 from a day, and until when; `guardian` is the name."""

    pupil_no: Number
    name: Name | None = None
    guardian: PersonName
    relation: Relation
    sex: Sex | None = None
    birth_date: date | None = None
    is_primary: bool | None = None
    since: date
    until: date | None = None


class ResidenceLine(Command):
    """Where a pupil is registered or lives from a day 住址; the next one of the kind ends it."""

    model_config = ConfigDict(hide_input_in_errors=True)

    pupil_no: Number
    name: Name | None = None
    kind: ResidenceKind
    area: str
    address: Address | None = None
    since: date
