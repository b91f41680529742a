"""Errors of regulations."""

from __future__ import annotations

from xuequ.core.errors import Conflict, NotFound, RuleBroken


class RegulationUnknown(NotFound):
    """No such regulation is seen from here."""

    code = "leadership.regulation_unknown"
    regulation: str


class RegulationKnown(Conflict):
    """The district has a regulation of that code."""

    code = "leadership.regulation_known"
    regulation: str


class VersionUnknown(NotFound):
    """No such version in this scope."""

    code = "leadership.version_unknown"
    version: str


class DistrictRuleNeeded(RuleBroken):
    """A school has no rules of its own but those that carry out a district's."""

    code = "leadership.district_rule_needed"
    regulation: str


class ImplementsNothing(RuleBroken):
    """A rule of the district carries out no other; only a school's does."""

    code = "leadership.implements_nothing"
    regulation: str


class BaseNotInForce(RuleBroken):
    """The district's regulation that a school's rule carries out is not in force that day."""

    code = "leadership.base_not_in_force"
    regulation: str
    base: str
    on: str


class VersionInTheMaking(Conflict):
    """A new version waits until the one before is issued."""

    code = "leadership.version_in_the_making"
    regulation: str
    number: int


class AssemblyPassageMissing(RuleBroken):
    """Such plans are passed by the staff congress before they are issued."""

    code = "leadership.assembly_passage_missing"
    regulation: str
    kind: str
    authority: str


class DeliberatedAlready(Conflict):
    """The body has passed this very text already."""

    code = "leadership.deliberated_already"
    body: str
    held_on: str


class ForceBeforeIssue(RuleBroken):
    """Nothing comes into force before it is issued."""

    code = "leadership.force_before_issue"
    since: str
    issued_on: str


class ForceNotLater(Conflict):
    """A version comes into force after those before it."""

    code = "leadership.force_not_later"
    since: str
    number: int
    other: str


class TextDiffers(Conflict):
    """The files attached to a version are not the text that was deliberated."""

    code = "leadership.text_differs"
    regulation: str
    number: int


class NothingInForce(Conflict):
    """No version of the regulation is in force on the day before it would be repealed."""

    code = "leadership.nothing_in_force"
    regulation: str
    on: str
