"""Errors of acknowledgements."""

from __future__ import annotations

from xuequ.core.errors import Conflict, NotFound, RuleBroken


class AcknowledgementUnknown(NotFound):
    """The school was not obliged when that version was issued."""

    code = "leadership.acknowledgement_unknown"
    school: str
    version: str


class SignedAlready(Conflict):
    """The school's signature is there."""

    code = "leadership.signed_already"
    school: str
    signed_on: str
    by: str


class VersionNotValid(RuleBroken):
    """What is not issued yet, or no longer valid, is not acknowledged."""

    code = "leadership.version_not_valid"
    regulation: str
    number: int
    state: str
