"""Pure decisions about regulations: which steps a version may take, and what holds on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from xuequ.core.errors import IllegalTransition, Problem
from xuequ.core.standards import Standards
from xuequ.unified.leadership.errors.regulations import (
    AssemblyPassageMissing,
    BaseNotInForce,
    DeliberatedAlready,
    DistrictRuleNeeded,
    ForceBeforeIssue,
    ForceNotLater,
    ImplementsNothing,
    NothingInForce,
    TextDiffers,
)
from xuequ.unified.leadership.rules.ledgers import check_not_before
from xuequ.unified.leadership.states.regulations import (
    TRANSITIONS,
    Body,
    RegulationKind,
    VersionState,
)

MACHINE = "规章制度"
PASSED_BY_ASSEMBLY = "evaluation.assembly.passes"


@dataclass(frozen=True, slots=True)
class Force:
    """A version and the days on which it is in force; none of them before it is issued."""

    version_id: int
    number: int
    state: VersionState
    since: date | None = None
    until: date | None = None
    ended: VersionState | None = None

    def holds(self, on: date) -> bool:
        """Tell whether the version is in force on a day."""
        return state_on(self, on) is VersionState.IN_FORCE


@dataclass(frozen=True, slots=True)
class Passed:
    """That a body passed a text on a day."""

    body: Body
    held_on: date
    text_sha256: str


def state_on(force: Force, on: date) -> VersionState:
    """Return where a version stands on a day: what is issued comes into force by itself, and ends so.

    Source: domain rules A §1, state machines (issued → in_force → superseded | repealed) and “as at date”.
    """
    if force.since is None:
        return force.state
    if on < force.since:
        return VersionState.ISSUED
    if force.until is not None and on >= force.until:
        return force.ended or VersionState.SUPERSEDED
    return VersionState.IN_FORCE


def in_force(forces: Iterable[Force], on: date, base: Iterable[Force] | None = None) -> Force | None:
    """Return the version that is in force on a day, None when none is.

    A school's rule needs the regulation that it carries out to be in force too; it falls with it.

    Source: domain rules A §1, invariant 7 (schools carry out district rules) and “as at date”.
    """
    if base is not None and in_force(base, on) is None:
        return None
    return next((force for force in forces if force.holds(on)), None)


def check_step(state: VersionState, to: VersionState) -> list[Problem]:
    """Refuse a step that the table of states does not have.

    Source: domain rules A §1, state machines.
    """
    if to in TRANSITIONS[state]:
        return []
    return [Problem(IllegalTransition(machine=MACHINE, from_=state.label, to=to.label))]


def check_owner(code: str, *, of_school: bool, implements: bool) -> list[Problem]:
    """Refuse a rule of a school's own, and a district's that would carry out another.

    Source: domain rules A §1, invariant 7; the article 三、（一） (schools carry out the district's rules).
    """
    if of_school and not implements:
        return [Problem(DistrictRuleNeeded(regulation=code))]
    if implements and not of_school:
        return [Problem(ImplementsNothing(regulation=code))]
    return []


def check_base(title: str, base_title: str, base: Iterable[Force], on: date) -> list[Problem]:
    """Refuse a school's rule while the regulation that it carries out is not in force.

    Source: domain rules A §1, invariant 7 (no rule of a school against an in-force district rule).
    """
    if in_force(base, on) is not None:
        return []
    return [Problem(BaseNotInForce(regulation=title, base=base_title, on=str(on)))]


def check_deliberation(
    passed: Iterable[Passed], body: Body, held_on: date, text_sha256: str, drafted_on: date
) -> list[Problem]:
    """Refuse that a body passed a text before it was drafted, or passes the very same text again.

    Source: our decision.
    """
    again = [one for one in passed if (one.body, one.text_sha256) == (body, text_sha256)]
    found = [
        Problem(DeliberatedAlready(body=body.label, held_on=str(one.held_on))) for one in dict.fromkeys(again)
    ]
    return found + check_not_before("审议", held_on, drafted_on)


def check_passage(
    title: str,
    kind: RegulationKind,
    passed: Iterable[Passed],
    text_sha256: str,
    standards: Standards,
    on: date,
) -> list[Problem]:
    """Refuse to issue a plan that the staff congress 教代会 must pass and has not, in this very text.

    Source: ``evaluation.assembly.passes`` (《学校教职工代表大会规定》第七条（四）); the article 三、（七）.
    """
    entry = standards.entry(PASSED_BY_ASSEMBLY, on=on)
    if kind.code not in standards.listed(PASSED_BY_ASSEMBLY, on=on):
        return []
    if any(one.body is Body.ASSEMBLY and one.text_sha256 == text_sha256 for one in passed):
        return []
    authority = f"{entry.authority}{entry.article}"
    return [Problem(AssemblyPassageMissing(regulation=title, kind=kind.label, authority=authority))]


def check_force(since: date, issued_on: date, others: Iterable[Force]) -> list[Problem]:
    """Refuse a version in force before it is issued, or not after every other one.

    Source: our decision (no regulation is retroactive; versions follow each other).
    """
    found = [
        Problem(ForceNotLater(since=str(since), number=one.number, other=str(one.since)))
        for one in others
        if one.since is not None and one.since >= since
    ]
    if since < issued_on:
        found.append(Problem(ForceBeforeIssue(since=str(since), issued_on=str(issued_on))))
    return found


def superseded_by(since: date, others: Iterable[Force]) -> Force | None:
    """Return the version that ends when another comes into force, None when there is none.

    Source: domain rules A §1, state machines (in_force → superseded).
    """
    return next((one for one in others if one.holds(since)), None)


def check_text(title: str, number: int, text_sha256: str, attached: Collection[str]) -> list[Problem]:
    """Refuse to issue a version whose files are another text than the one deliberated; paper has none.

    Source: domain rules A §1, entities (text hash).
    """
    if not attached or text_sha256 in attached:
        return []
    return [Problem(TextDiffers(regulation=title, number=number))]


def repealable(title: str, forces: Sequence[Force], on: date) -> tuple[Force | None, list[Problem]]:
    """Return the version that a repeal ends: the one in force on the day itself and the day before.

    What comes into force only later is not repealed with it.

    Source: domain rules A §1, state machines (in_force → repealed).
    """
    force = in_force(forces, on)
    if force is None or force.since == on:
        return None, [Problem(NothingInForce(regulation=title, on=str(on)))]
    return force, check_step(VersionState.IN_FORCE, VersionState.REPEALED)
