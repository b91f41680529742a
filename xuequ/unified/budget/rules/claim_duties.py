"""Who may not do what with a claim: duties that exclude each other, at the act and against history."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from xuequ.core.errors import Problem
from xuequ.core.spans import DaySpan
from xuequ.core.standards import Standards
from xuequ.registry.rules.duties import Held, clashes, exclusion
from xuequ.registry.states.posts import Duty
from xuequ.unified.budget.errors.claims import DutiesMeet, PostExcludes
from xuequ.unified.budget.states.claims import Act

CLAIMING = frozenset({Duty.CLAIMANT, Duty.HANDLE})
"""The duties of whoever a claim is for 经手人."""

DUTIES: dict[Act, frozenset[Duty]] = {
    Act.ACCEPT: frozenset({Duty.ACCEPT}),
    Act.CHECK: frozenset({Duty.REVIEW, Duty.WITNESS}),
    Act.APPROVE: frozenset({Duty.APPROVE}),
    Act.PAY: frozenset({Duty.CASHIER}),
    Act.POST: frozenset({Duty.BOOKKEEPER, Duty.EXPENSE_LEDGER}),
    Act.ARCHIVE: frozenset({Duty.ARCHIVE}),
}
"""Act → the duties that it is; acts that are not here are nobody's in particular."""


@dataclass(frozen=True, slots=True)
class Doer:
    """A person by id and number; who lent the powers that are used counts as one who acts."""

    id: int
    number: str


def done_by(claimant: int, steps: Iterable[tuple[Act, int | None]]) -> dict[int, set[Duty]]:
    """Return who has done which duties with a claim; what was done before a return counts too.

    Source: domain rules A §3, Separation of duties (test at act time and against history).
    """
    done: dict[int, set[Duty]] = {claimant: set(CLAIMING)}
    for act, who in steps:
        if who is not None and act in DUTIES:
            done[who] = done.get(who, set()) | DUTIES[act]
    return done


def meeting_problems(
    act: Act,
    doers: Iterable[Doer],
    done: Mapping[int, Collection[Duty]],
    standards: Standards,
    *,
    on: date,
    claim: str,
) -> list[Problem]:
    """Return a problem for each person who acts, or lends the powers, and has done what excludes the act.

    The claimant neither accepts nor approves, the cashier neither checks, approves, posts nor files: of one
    claim, whatever posts they hold, and also where somebody else acts with the powers of theirs.

    Source: 《会计法》 §25(一), §35 (2024); 《会计基础工作规范》; ``budget.duties.*``.
    """
    problems: list[Problem] = []
    for doer in doers:
        found = exclusion(DUTIES.get(act, frozenset()), done.get(doer.id, ()), standards, on)
        if found is not None:
            one, other, authority = found
            said = {"duties": f"{one.label}、{other.label}", "authority": authority}
            problems.append(Problem(DutiesMeet(claim=claim, staff=doer.number, act=act.label, **said)))
    return problems


def post_problems(
    act: Act,
    doer: Doer,
    held: Iterable[Held],
    days: Iterable[date],
    standards: Standards,
    *,
    place: str,
) -> list[Problem]:
    """Return a problem for each post that excludes an act and is held, or was on one of the days.

    Whoever was cashier on the day on which money was paid may not post it later, whoever is cashier no
    longer. That one who approves claims accepts goods is judged claim by claim, and is no matter of posts.

    Source: domain rules A §3 (who was cashier when the receipt was taken may not post it later); as
    `meeting_problems`.
    """
    held = list(held)
    found = {
        (clash.held.post, day): clash.authority
        for day in sorted(set(days))
        for duty in sorted(DUTIES.get(act, frozenset()))
        for clash in clashes(duty, place, DaySpan.through(day, day), held, standards)
        if {clash.duty, clash.other} != {Duty.ACCEPT, Duty.APPROVE}
    }
    return [
        Problem(
            PostExcludes(staff=doer.number, act=act.label, post=post.label, on=str(day), authority=authority)
        )
        for (post, day), authority in found.items()
    ]
