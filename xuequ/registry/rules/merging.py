"""Whether two rows may be one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from xuequ.core.errors import Problem
from xuequ.core.spans import DaySpan
from xuequ.registry.errors.people import (
    MergeContradicts,
    OwnGuardian,
    RoleOpen,
    RolesOverlap,
)
from xuequ.registry.rules.people import name_key
from xuequ.registry.states.people import PersonField, Sex

KNOWN_SEX = (Sex.MALE, Sex.FEMALE)


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """What is registered of one person; of the document only something that can be compared."""

    name: str
    sex: Sex
    birth_date: date | None
    document: Hashable | None


@dataclass(frozen=True, slots=True)
class Held:
    """A span of a role: by which of the two, which role, and what it may be held once of at a time."""

    person_id: int
    role: str
    once: Hashable
    span: DaySpan


@dataclass(frozen=True, slots=True)
class Ward:
    """Who is guardian of whom: the persons of both, and the pupil."""

    guardian: int
    ward: int
    pupil_id: int


def check_merge(kept: Identity, merged: Identity) -> list[Problem]:
    """Refuse two rows that say different things of what one person has once.

    What one of them does not say agrees with everything.

    Source: our decision.
    """
    differs: list[PersonField] = []
    if name_key(kept.name) != name_key(merged.name):
        differs.append(PersonField.NAME)
    if kept.sex is not merged.sex and {kept.sex, merged.sex} <= {*KNOWN_SEX}:
        differs.append(PersonField.SEX)
    if None not in (kept.birth_date, merged.birth_date) and kept.birth_date != merged.birth_date:
        differs.append(PersonField.BIRTH_DATE)
    if None not in (kept.document, merged.document) and kept.document != merged.document:
        differs.append(PersonField.DOCUMENT)
    return [Problem(MergeContradicts(field=field.label)) for field in differs]


def check_roles(held: Iterable[Held], kept_id: int) -> list[Problem]:
    """Refuse roles of the two that share a day and cannot both be one person's: two classes, two schools.

    Source: 中小学生学籍管理办法 (教基一〔2013〕7号): one pupil, one record; of staff our decision.
    """
    groups: dict[tuple[str, Hashable], list[Held]] = defaultdict(list)
    for one in held:
        groups[one.role, one.once].append(one)
    return [
        Problem(RolesOverlap(role=role, one=str(mine.span), other=str(other.span)))
        for (role, _), some in groups.items()
        for mine in some
        for other in some
        if mine.person_id == kept_id != other.person_id and mine.span.overlaps(other.span)
    ]


def check_wards(wards: Iterable[Ward], kept_id: int, merged_id: int) -> list[Problem]:
    """Refuse that one person becomes guardian of oneself.

    Source: 民法典 第二十七条.
    """
    both = {kept_id, merged_id}
    pupils = {one.pupil_id for one in wards if {one.guardian, one.ward} <= both}
    return [Problem(OwnGuardian(pupil=str(pupil_id))) for pupil_id in sorted(pupils)]


def open_roles(held: Iterable[Held], today: date) -> list[Problem]:
    """Return the roles that somebody still holds, or is still to begin.

    Source: 个人信息保护法 第四十七条: what is no longer needed for its purpose is deleted, and not before.
    """
    return [
        Problem(RoleOpen(role=one.role, since=str(one.span.since)))
        for one in held
        if one.span.until is None or one.span.until > today
    ]
