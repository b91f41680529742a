"""What happened to places: county, districts, schools, premises."""

from __future__ import annotations

from dataclasses import dataclass
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
