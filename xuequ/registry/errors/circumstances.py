"""Errors of pupils' circumstances."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, RuleBroken


class TraitDetailWrong(Invalid):
    """A trait lacks its detail, or has one of another kind."""

    code = "registry.trait_detail_wrong"
    kind: str
    known: str


class TraitKnown(Conflict):
    """The pupil has that trait on that day already."""

    code = "registry.trait_known"
    kind: str


class TraitUnknown(NotFound):
    """The pupil does not have that trait."""

    code = "registry.trait_unknown"
    kind: str


class GuardianKnown(Conflict):
    """The person is a guardian of the pupil already."""

    code = "registry.guardian_known"


class GuardianUnknown(NotFound):
    """No such guardian of that pupil."""

    code = "registry.guardian_unknown"
    guardian: str


class AreaCodeWrong(Invalid):
    """A household registration place is no area code."""

    code = "registry.area_code_wrong"
    text: str


class ResidenceBackwards(RuleBroken):
    """A residence would begin before the present one did."""

    code = "registry.residence_backwards"
    since: str
    current: str


class NothingSealed(NotFound):
    """There is no note or address to reveal."""

    code = "registry.nothing_sealed"
    what: str


class GuardianIsPupil(RuleBroken):
    """Nobody is a guardian of themselves."""

    code = "registry.guardian_is_pupil"


class GuardianPersonUnknown(NotFound):
    """The county has no such person."""

    code = "registry.guardian_person_unknown"
    person: str


class PrimaryTwice(Conflict):
    """One file makes two guardians of a pupil the primary contact."""

    code = "registry.primary_twice"
    first_row: int
