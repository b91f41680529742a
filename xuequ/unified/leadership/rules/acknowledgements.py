"""Pure decisions about acknowledgements: who signs for a school, by when, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from xuequ.core.errors import IllegalTransition, Problem
from xuequ.core.standards import Standards
from xuequ.unified.leadership.errors.acknowledgements import VersionNotValid
from xuequ.unified.leadership.states.acknowledgements import TRANSITIONS, AckState
from xuequ.unified.leadership.states.regulations import VersionState

MACHINE = "签收"
VALID = frozenset({VersionState.ISSUED, VersionState.IN_FORCE})


@dataclass(frozen=True, slots=True)
class Heads:
    """Who may stand for a school on a day, by id; None where a post is vacant."""

    head: int | None = None
    academic_director: int | None = None
    principal: int | None = None


def signer_of(heads: Heads, *, head_optional: bool, apart_from: int | None = None) -> int | None:
    """Return whose signature counts for a school, None when nobody's does.

    It is the head's, acting ones among them. Where no head need be, as at the central school, it is the
    academic director's, and the principal's when there is none: the principal issues what is signed for,
    so comes last. A school whose head is merely missing has nobody until one is appointed.

    Args:
        heads: who holds which post.
        head_optional: whether a school of that kind may go without a head.
        apart_from: whoever may not sign, as a visitor may not countersign the own visit.

    Source: domain rules A §1 (only the current head's signature counts; the central school may have no
    head); who stands in is our decision.
    """
    one_of = [heads.head]
    if heads.head is None and head_optional:
        one_of = [heads.academic_director, heads.principal]
    return next((one for one in one_of if one is not None and one != apart_from), None)


def due_on(issued_on: date, standards: Standards) -> date:
    """Return the last day on which a version may be signed for in time.

    Source: ``leadership.acknowledge_within_days``, which the district sets.
    """
    return issued_on + timedelta(days=standards.whole("leadership.acknowledge_within_days", on=issued_on))


def state_for(signer: int | None, read_by: int | None, *, signed: bool) -> AckState:
    """Return how far a school is: what a predecessor has read but not signed, the successor has yet to read.

    Source: domain rules A §1, state machines (head changes → outstanding ones move to the successor).
    """
    if signed:
        return AckState.SIGNED
    return AckState.READ if read_by is not None and read_by == signer else AckState.PENDING


def is_overdue(state: AckState, due: date, on: date) -> bool:
    """Tell whether what is owed is late on a day; the last day itself is in time.

    Source: domain rules A §1, state machines (overdue after deadline).
    """
    return state is not AckState.SIGNED and on > due


def check_step(state: AckState, to: AckState) -> list[Problem]:
    """Refuse a step that the table of states does not have: nobody signs what they have not read.

    Source: domain rules A §1, state machines (pending → read → signed).
    """
    if to in TRANSITIONS[state]:
        return []
    return [Problem(IllegalTransition(machine=MACHINE, from_=state.label, to=to.label))]


def check_valid(title: str, number: int, state: VersionState) -> list[Problem]:
    """Refuse to acknowledge what is not issued yet, is superseded, or is repealed.

    Source: domain rules A §1, refuse (acknowledging a superseded version).
    """
    if state in VALID:
        return []
    return [Problem(VersionNotValid(regulation=title, number=number, state=state.label))]


def ack_rate(signed: int, obliged: int) -> Fraction | None:
    """Return signed ÷ schools obliged at issue date, None when no school was.

    Source: domain rules A §1, figures (ack_rate).
    """
    return Fraction(signed, obliged) if obliged else None
