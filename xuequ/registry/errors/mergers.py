"""Errors of mergers and closures of schools: what stands in the way."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, RuleBroken


class MergerIntoItself(Invalid):
    """A school cannot be merged into itself, nor leave anything to itself."""

    code = "registry.merger_into_itself"
    school: str


class MergerAhead(RuleBroken):
    """A school is closed on a day that has come; before it one may plan."""

    code = "registry.merger_ahead"
    on: str
    today: str


class LegalPersonStands(RuleBroken):
    """The central school, the district's legal person, cannot go before the others."""

    code = "registry.legal_person_stands"
    school: str
    others: int


class PupilsLeft(RuleBroken):
    """Pupils or applicants are left without a school."""

    code = "registry.pupils_left"
    school: str
    enrolled: int
    applicants: int


class PupilsBeyondStage(RuleBroken):
    """Pupils are still in a class that has left its stage."""

    code = "registry.pupils_beyond_stage"
    school: str
    name: str
    pupils: int


class StaffLeft(RuleBroken):
    """Staff who work at the school, or are employed by it, are left without one."""

    code = "registry.staff_left"
    school: str
    working: int
    employed: int


class PremisesLeft(RuleBroken):
    """Buildings or land are left without an owner."""

    code = "registry.premises_left"
    school: str
    buildings: int
    parcels: int


class VillagesLeft(RuleBroken):
    """Villages are left without a school."""

    code = "registry.villages_left"
    school: str
    villages: str


class TransfersOpen(Conflict):
    """Transfers from or to the school are still open."""

    code = "registry.transfers_open"
    school: str
    pupils: str


class BeginsLater(RuleBroken):
    """Something at the school is to begin on or after the day."""

    code = "registry.begins_later"
    school: str
    what: str
    count: int
    on: str
