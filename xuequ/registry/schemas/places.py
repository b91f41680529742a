"""Commands and views of places: county, townships, villages, districts, schools."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from pydantic import Field

from xuequ.core.fields import Code, Command, Id, Name, Text, View
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.places import GovernanceMode, SchoolKind, VillageMeasure


class CountyRegistration(Command):
    """Register a county authority; its code is the door's, by GB/T 2260."""

    name: Name


class TownshipRegistration(Command):
    """Register a township government 乡镇."""

    code: Code
    name: Name


class VillageRegistration(Command):
    """Register a village 村委会 of a township; `district` is the code of the district that serves it."""

    code: Code
    name: Name
    township: Code
    district: Code | None = None


class VillageCounting(Command):
    """A figure of a village as of a day, and where it is from."""

    village: Code
    measure: VillageMeasure
    as_of: date
    value: int = Field(ge=0, lt=10**12)
    source: Name


class DistrictFoundation(Command):
    """Found a school district."""

    code: Code
    name: Name
    opened_on: date | None = None


class GovernanceAdoption(Command):
    """Adopt a governance mode for a district from a day, on a document's authority."""

    district: Code
    mode: GovernanceMode
    since: date
    authority: Name


class SchoolOpening(Command):
    """Open a school in the district of the door, or at a county's door outside any district.

    `legal_person` is asked for outside a district only; inside one the central school is it.
    """

    code: Code
    name: Name
    kind: SchoolKind
    opened_on: date
    preschool_attached: bool = False
    legal_person: bool | None = None
    identifier: str | None = None


class VillageServing(Command):
    """Let a school serve villages from a day."""

    school_id: Id
    villages: tuple[Code, ...] = Field(min_length=1)
    since: date


class TownshipView(View):
    """A township government."""

    id: Id
    code: str
    name: str


class VillageCountView(View):
    """A figure of a village; of one day the highest edition holds."""

    measure: VillageMeasure
    as_of: date
    edition: int
    value: int
    source: str
    recorded_at: datetime


class VillageView(View):
    """A village with the newest figures up to a day; a figure that nobody has recorded is not there."""

    id: Id
    code: str
    name: str
    township: str
    district: str | None
    counts: tuple[VillageCountView, ...]

    def value(self, measure: VillageMeasure) -> int | None:
        """The newest figure of a measure, or None."""
        return next((count.value for count in self.counts if count.measure is measure), None)


class DistrictView(View):
    """A school district."""

    id: Id
    code: str
    name: str


class DistrictDetail(DistrictView):
    """A district as of a day: superiors, governance, legal person; None where nothing is recorded."""

    township: str | None
    governance: GovernanceMode | None
    legal_person: str | None
    opened_on: date | None
    dissolved_on: date | None
    schools: int
    villages: int


class SchoolView(View):
    """A school."""

    id: Id
    code: str
    name: str
    kind: SchoolKind


class SchoolDetail(SchoolView):
    """A school as of a day, with what it is in law, what it teaches and whom it serves.

    `district` is None for a school outside any; `place` is where posts at it are held.
    """

    district: str | None
    place: str
    legal_person: bool
    stages: tuple[Stage, ...]
    identifier: str | None
    opened_on: date | None
    closed_on: date | None
    merged_into_id: Id | None
    villages: tuple[str, ...]


class SchoolNumbers(SchoolView):
    """A school with how many classes, pupils and staff it has on a day, and its registered rooms in m²."""

    district: str | None
    classes: int
    pupils: int
    staff: int
    rooms_area: Decimal


class SchoolMerger(Command):
    """Merge a school into another, which takes pupils, staff and villages, on a document's authority.

    Its land and buildings go there too, or with `premises_idle` lie idle with the district.
    """

    school_id: Id
    into_id: Id
    on: date
    authority: Name
    premises_idle: bool = False


class SchoolClosing(Command):
    """Close a school; each thing goes to the school named for it, and what has none stands in the way."""

    school_id: Id
    on: date
    authority: Name
    pupils_to: Id | None = None
    staff_to: Id | None = None
    villages_to: Id | None = None
    premises_to: Id | None = None
    premises_idle: bool = False


class ClassMove(View):
    """Where a class goes: into one that is there, or one that is formed."""

    name: str
    into: str
    formed: bool
    pupils: int
    pupils_after: int


class MergerLine(View):
    """What is re-homed or ended, how many, and where it goes."""

    what: str
    count: int
    becomes: Text


class MergerPlan(View):
    """What a merger or closure would do, and in words all that stands in its way."""

    school: str
    on: date
    lines: tuple[MergerLine, ...]
    classes: tuple[ClassMove, ...]
    problems: tuple[str, ...]
