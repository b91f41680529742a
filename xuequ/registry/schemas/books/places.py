"""Rows of the workbooks of schools, and of townships and villages."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from xuequ.core.fields import Code, Command, Name
from xuequ.registry.states.places import SchoolKind, VillageMeasure


class OpenSchoolRow(Command):
    """A school as it is in law: its kind, its day of opening, its identifier.

    `opened_on` is required of a school that is not registered yet; `legal_person` is asked for outside a
    district only, inside one the central school is it.
    """

    code: Code
    name: Name
    kind: SchoolKind
    opened_on: date | None = None
    identifier: str | None = Field(default=None, min_length=1, max_length=40)
    preschool_attached: bool | None = None
    legal_person: bool | None = None


class TownshipRow(Command):
    """A township government 乡镇."""

    code: Code
    name: Name


class VillageRow(Command):
    """A village 村委会; `district` is the code of the district that serves it."""

    code: Code
    name: Name
    township: Code
    district: Code | None = None


class VillageCountRow(Command):
    """A figure of a village as of a day, and where it is from."""

    village: Code
    measure: VillageMeasure
    as_of: date
    value: int = Field(ge=0, lt=10**12)
    source: Name


class ServedRow(Command):
    """A village that a school serves 服务村 from a day on; `until` is the first day on which it does not."""

    school: Code
    village: Code
    since: date
    until: date | None = None
