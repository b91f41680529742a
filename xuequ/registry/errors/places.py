"""Errors of places: county, districts, schools, premises."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound


class CountyUnknown(NotFound):
    """No such county in this database."""

    code = "registry.county_unknown"
    county: str


class DistrictUnknown(NotFound):
    """No such district in this county."""

    code = "registry.district_unknown"
    district: str


class CountyKnown(Conflict):
    """The county is registered already."""

    code = "registry.county_known"
    county: str


class DistrictKnown(Conflict):
    """The district is founded already."""

    code = "registry.district_known"
    district: str


class DistrictNeeded(Invalid):
    """A district's use case was called at the county's door."""

    code = "registry.district_needed"
    place: str


class SchoolUnknown(NotFound):
    """No such school in this scope."""

    code = "registry.school_unknown"
    school: str
