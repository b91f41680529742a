"""What happened in the registry."""

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
class DistrictFounded(Fact):
    """A school district 学区 was founded."""

    name: ClassVar[str] = "registry.district_founded"
    district_id: int
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolsOpened(Fact):
    """Schools were opened in a district."""

    name: ClassVar[str] = "registry.schools_opened"
    school_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassesFormed(Fact):
    """Classes 教学班 were formed at a school."""

    name: ClassVar[str] = "registry.classes_formed"
    school_id: int
    class_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPlaced(Fact):
    """Staff began to work at a school on a day."""

    name: ClassVar[str] = "registry.staff_placed"
    school_id: int
    staff_ids: tuple[int, ...]
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilsEnrolled(Fact):
    """Pupils were enrolled in a class of a school on a day."""

    name: ClassVar[str] = "registry.pupils_enrolled"
    school_id: int
    class_id: int
    pupil_ids: tuple[int, ...]
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsCorrected(Fact):
    """Fields of records were corrected; the journal names the fields and keeps no personal value."""

    name: ClassVar[str] = "registry.records_corrected"
    record: str
    record_ids: tuple[int, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresRecorded(Fact):
    """Measured figures of a school were recorded for a day."""

    name: ClassVar[str] = "registry.figures_recorded"
    school_id: int
    measures: tuple[str, ...]
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementsRecorded(Fact):
    """Figures that the district has published were recorded, to be reconciled."""

    name: ClassVar[str] = "registry.statements_recorded"
    district_id: int
    labels: tuple[str, ...]
