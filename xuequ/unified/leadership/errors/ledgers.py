"""Errors that all ledgers of leadership share: places, people, days, what was voided."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken


class LedgerRowUnknown(NotFound):
    """No such record in this scope."""

    code = "leadership.ledger_row_unknown"
    record: str
    id: str


class LedgerRowVoided(Conflict):
    """The record was voided and takes no further step."""

    code = "leadership.ledger_row_voided"
    record: str
    reason: str


class DayAhead(RuleBroken):
    """What is recorded as done lies in days to come."""

    code = "leadership.day_ahead"
    what: str
    on: str
    today: str


class DayTooEarly(RuleBroken):
    """Something is dated before what it follows."""

    code = "leadership.day_too_early"
    what: str
    on: str
    first: str


class NotAtWorkHere(RuleBroken):
    """Whoever is named does not work there that day."""

    code = "leadership.not_at_work_here"
    staff: str
    place: str
    on: str


class ActorIsNoStaff(NotPermitted):
    """A person must do this, not a script, and one whom the register knows."""

    code = "leadership.actor_is_no_staff"
    actor: str
    act: str


class NotTheSigner(NotPermitted):
    """Only whoever heads the school today signs for it."""

    code = "leadership.not_the_signer"
    actor: str
    school: str
    signer: str


class ProofMissing(Invalid):
    """What is done is proved by words or by a file."""

    code = "leadership.proof_missing"
    what: str


class NotTheOwner(NotPermitted):
    """Whoever has to do it says that it is done, or who leads."""

    code = "leadership.not_the_owner"
    actor: str
    owner: str
