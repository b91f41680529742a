"""Errors of the registry."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, RuleBroken


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


class ClassUnknown(NotFound):
    """No such class at the school."""

    code = "registry.class_unknown"
    name: str


class StaffUnknown(NotFound):
    """No such member of staff in this scope."""

    code = "registry.staff_unknown"
    staff: str


class PupilUnknown(NotFound):
    """No such pupil in this scope."""

    code = "registry.pupil_unknown"
    pupil: str


class PlaceOfBook(RuleBroken):
    """The workbook is of another district than the door."""

    code = "registry.place_of_book"
    book: str
    door: str


class CountyNameDiffers(RuleBroken):
    """The workbook names the county otherwise than it is registered."""

    code = "registry.county_name_differs"
    book: str
    registered: str


class ClassNotBegun(RuleBroken):
    """Somebody is enrolled in a class before it begins."""

    code = "registry.class_not_begun"
    name: str
    since: str
    begins: str


class GradeBeyondStage(RuleBroken):
    """A class that is past the last grade of its stage."""

    code = "registry.grade_beyond_stage"
    name: str
    grade: int
    last: int


class BornAfter(RuleBroken):
    """Somebody begins before being born."""

    code = "registry.born_after"
    born: str
    since: str


class MovedBackwards(RuleBroken):
    """A move that would begin before the span it is to end."""

    code = "registry.moved_backwards"
    since: str
    current: str


class MovedAway(Conflict):
    """The number belongs to another district of the county."""

    code = "registry.moved_away"
    number: str


class StatementPartUnknown(NotFound):
    """A published part names a whole that is not among the published figures."""

    code = "registry.statement_part_unknown"
    whole: str


class StatementNeedsNumber(Invalid):
    """A published figure that is no number."""

    code = "registry.statement_needs_number"
    text: str
