"""Errors of transfers of membership between branches."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, RuleBroken


class LetterUnknown(NotFound):
    """No such letter of transfer from or to this district."""

    code = "party.letter_unknown"
    letter: str


class LetterNumberTaken(Conflict):
    """The district has issued a letter of that number."""

    code = "party.letter_number_taken"
    number: str
    issued_on: str


class LetterTooLong(RuleBroken):
    """A letter is valid for so long at most."""

    code = "party.letter_too_long"
    number: str
    days: int
    latest: str
    authority: str


class LetterExpired(RuleBroken):
    """The letter is no longer valid; the branch that issued it is still responsible."""

    code = "party.letter_expired"
    number: str
    last_day: str
    on: str


class LetterClosed(Conflict):
    """The letter was received or returned already: it has its one effect."""

    code = "party.letter_closed"
    number: str
    state: str
    closed_on: str


class LetterOtherWay(RuleBroken):
    """The letter goes another way: it is received by the branch it names, or confirmed from outside."""

    code = "party.letter_other_way"
    number: str
    way: str


class DestinationUnclear(Invalid):
    """A letter goes to a district of the county or to an organisation outside: to one of the two."""

    code = "party.destination_unclear"


class DestinationSame(RuleBroken):
    """A letter goes to the very branch that issues it, which is not a transfer."""

    code = "party.destination_same"
    district: str


class DestinationWithoutBranch(RuleBroken):
    """The receiving district has no branch, so the member would be left without one."""

    code = "party.destination_without_branch"
    district: str
    on: str


class NotForTransfer(RuleBroken):
    """A suspended membership is not transferred: it is restored first."""

    code = "party.not_for_transfer"
    member: str
    state: str


class ReceivedBeforeIssued(RuleBroken):
    """A letter was received or returned before it was issued."""

    code = "party.received_before_issued"
    number: str
    issued_on: str
    on: str


class JoinedOtherwise(Conflict):
    """The register of the county says another day of joining than the letter."""

    code = "party.joined_otherwise"
    person: str
    joined_on: str
    known: str


class AwayAlready(Conflict):
    """The member is recorded as away already, at that time."""

    code = "party.away_already"
    member: str
    since: str


class NotAway(NotFound):
    """The member is not recorded as away on that day."""

    code = "party.not_away"
    member: str
    on: str
