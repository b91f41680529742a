"""Errors of places: county, townships, villages, districts, schools."""

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


class SchoolKnown(Conflict):
    """The place has a school of that code already, open or closed."""

    code = "registry.school_known"
    school: str


class SchoolNotOpen(RuleBroken):
    """The school is not open on the day."""

    code = "registry.school_not_open"
    school: str
    on: str
    opened: str
    closed: str


class SecondLegalPerson(RuleBroken):
    """A district has one central school, its legal person."""

    code = "registry.second_legal_person"
    school: str
    central: str


class StageNotTaught(RuleBroken):
    """A school of that kind does not teach the stage."""

    code = "registry.stage_not_taught"
    school: str
    stage: str
    taught: str


class IdentifierUnfit(Invalid):
    """A text that cannot be a school's identifier 学校（机构）标识码."""

    code = "registry.identifier_unfit"
    identifier: str
    reason: str


class IdentifierTaken(Conflict):
    """The identifier is another school's."""

    code = "registry.identifier_taken"
    identifier: str
    school: str


class TownshipUnknown(NotFound):
    """No such township in this county."""

    code = "registry.township_unknown"
    township: str


class TownshipKnown(Conflict):
    """The county has a township of that code already."""

    code = "registry.township_known"
    township: str


class VillageUnknown(NotFound):
    """No such village in this scope."""

    code = "registry.village_unknown"
    village: str


class VillageKnown(Conflict):
    """The county has a village of that code already."""

    code = "registry.village_known"
    village: str


class VillageElsewhere(RuleBroken):
    """The village is served by another district than the school's."""

    code = "registry.village_elsewhere"
    village: str
    school: str


class VillageServed(Conflict):
    """The school serves the village already on that day, or is to."""

    code = "registry.village_served"
    village: str
    school: str
    since: str


class VillageNotServed(Conflict):
    """The school does not serve the village on the day before it is to cease."""

    code = "registry.village_not_served"
    village: str
    school: str
    on: str


class CountAhead(Invalid):
    """A figure cannot be of a day that has not come."""

    code = "registry.count_ahead"
    village: str
    as_of: str


class GovernanceBackwards(RuleBroken):
    """A governance mode can begin only after the present one began."""

    code = "registry.governance_backwards"
    since: str
    current: str


class DistrictDissolved(Conflict):
    """The district is dissolved on the day."""

    code = "registry.district_dissolved"
    district: str
    dissolved: str


class DistrictNotEmpty(RuleBroken):
    """A district that still has something cannot be dissolved."""

    code = "registry.district_not_empty"
    district: str
    left: str


class LegalPersonGiven(Invalid):
    """Inside a district the central school is the legal person, and nothing else can be said."""

    code = "registry.legal_person_given"
    school: str


class DistrictElsewhere(Invalid):
    """At a district's door villages are entered for that district only."""

    code = "registry.district_elsewhere"
    district: str
    door: str
