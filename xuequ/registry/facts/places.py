"""What happened to places: county, townships, villages, districts, schools."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyRegistered(Fact):
    """The county authority 县教育局 was registered as a tenant."""

    name: ClassVar[str] = "registry.county_registered"
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TownshipsRegistered(Fact):
    """Township governments 乡镇 were registered."""

    name: ClassVar[str] = "registry.townships_registered"
    township_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VillagesRegistered(Fact):
    """Villages 村委会 were registered."""

    name: ClassVar[str] = "registry.villages_registered"
    village_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VillagesHandedOver(Fact):
    """Villages are served by another district, or by none."""

    name: ClassVar[str] = "registry.villages_handed_over"
    village_ids: tuple[int, ...]
    district_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageCountsRecorded(Fact):
    """Figures of villages were recorded."""

    name: ClassVar[str] = "registry.village_counts_recorded"
    count_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictFounded(Fact):
    """A school district 学区 was founded."""

    name: ClassVar[str] = "registry.district_founded"
    district_id: int
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TownshipAssigned(Fact):
    """A district was put under a township government as its second superior."""

    name: ClassVar[str] = "registry.township_assigned"
    district_id: int
    township_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernanceAdopted(Fact):
    """A district's governance mode 领导体制 was adopted from a day."""

    name: ClassVar[str] = "registry.governance_adopted"
    district_id: int
    mode: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictGone(Fact):
    """A district was dissolved 撤销; the day is the first without it."""

    name: ClassVar[str] = "registry.district_gone"
    district_id: int
    dissolved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolsOpened(Fact):
    """Schools were entered by a set-up workbook."""

    name: ClassVar[str] = "registry.schools_opened"
    school_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolOpened(Fact):
    """A school was opened 开办 on a day, in a district or outside any."""

    name: ClassVar[str] = "registry.school_opened"
    school_id: int
    district_id: int | None
    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CentralDesignated(Fact):
    """Another school became the central school, and so the district's legal person."""

    name: ClassVar[str] = "registry.central_designated"
    school_id: int
    former_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifierAssigned(Fact):
    """A school got its identifier 学校（机构）标识码."""

    name: ClassVar[str] = "registry.identifier_assigned"
    school_id: int
    identifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreschoolAttached(Fact):
    """A preschool class 附设学前班 was attached to a school."""

    name: ClassVar[str] = "registry.preschool_attached"
    school_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VillagesAssigned(Fact):
    """A school began to serve villages on a day."""

    name: ClassVar[str] = "registry.villages_assigned"
    school_id: int
    village_ids: tuple[int, ...]
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VillagesReleased(Fact):
    """A school serves villages no more from a day."""

    name: ClassVar[str] = "registry.villages_released"
    school_id: int
    village_ids: tuple[int, ...]
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilsRehomed(Fact):
    """Pupils of a school that closed went on in a class of another from a day."""

    name: ClassVar[str] = "registry.pupils_rehomed"
    from_school_id: int
    school_id: int
    class_id: int
    pupil_ids: tuple[int, ...]
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRehomed(Fact):
    """Staff who worked at a school that closed, or were employed by it, went to another on a day."""

    name: ClassVar[str] = "registry.staff_rehomed"
    from_school_id: int
    school_id: int
    staff_ids: tuple[int, ...]
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolMerged(Fact):
    """A school was merged into another 并入; the day is the first without it.

    Announced last, when pupils, staff and premises are re-homed already: a part that keeps something of
    the school re-homes it in a flow, or refuses, which undoes the whole merger.
    """

    name: ClassVar[str] = "registry.school_merged"
    school_id: int
    district_id: int | None
    into_id: int
    into_district_id: int | None
    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolClosed(Fact):
    """A school was closed 停办; the day is the first without it. Flows may refuse as with a merger."""

    name: ClassVar[str] = "registry.school_closed"
    school_id: int
    district_id: int | None
    closed_on: date
