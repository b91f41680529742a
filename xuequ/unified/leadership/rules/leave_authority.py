"""Pure decisions about who may decide on a leave: the article's rule, and what follows from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from xuequ.core.access import Holding, Post
from xuequ.core.errors import Problem
from xuequ.core.standards import Standards
from xuequ.unified.leadership.errors.leave import NotTheApprover, OwnLeave
from xuequ.unified.leadership.states.leave import Ground, Why

_TEAM = frozenset(
    {Post.PRINCIPAL, Post.PARTY_SECRETARY, Post.ACADEMIC_DIRECTOR, Post.GENERAL_AFFAIRS_DIRECTOR}
)


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody holds a post at a place, as its acting holder too; `lent` says that by delegation."""

    staff_id: int
    post: Post
    place: str
    lent: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A leave to be decided on.

    Attributes:
        applicant_id: whose leave it is.
        own: its own length in days.
        total: with all that counts as one with it.
        schools: the paths of the schools where the applicant works on its half-days.
        on: the day of the decision.
    """

    applicant_id: int
    own: Fraction
    total: Fraction
    schools: frozenset[str]
    on: date


@dataclass(frozen=True, slots=True)
class Authority:
    """As what a leave may be decided on, and why so."""

    grounds: tuple[Ground, ...]
    why: tuple[Why, ...]

    @property
    def needed(self) -> str:
        """Who is needed, in Chinese."""
        return "或".join(ground.label for ground in self.grounds)


def authority_over(case: Case, duties: Collection[Duty], standards: Standards) -> Authority:
    """Return as what a leave may be decided on, with every reason.

    Up to half a day in all, the head of the school where the applicant works that day may, and so may the
    principal; all else is the principal's. A head's own leave, one of the leadership's, or one at a school
    that has no head, is the principal's too, and the principal's own is the bureau's.

    Args:
        case: the leave.
        duties: who holds what on the day of the decision.
        standards: for how long a head may approve.

    Source: the article, 统一请假制度 (“所有请假都必须由校长审批，半天以内学校负责人可以审批，报告校长”), and
    domain rules A §1, The leave rule, exactly.
    """
    held = [duty for duty in duties if duty.staff_id == case.applicant_id]
    if any(duty.post is Post.PRINCIPAL and not duty.lent for duty in held):
        return Authority((Ground.BUREAU,), (Why.PRINCIPAL_HIMSELF,))
    why = tuple(_beyond_a_head(case, duties, held, standards))
    if not why:
        return Authority((Ground.HEAD, Ground.PRINCIPAL), (Why.HALF_DAY,))
    return Authority((Ground.PRINCIPAL,), why)


def _beyond_a_head(
    case: Case, duties: Collection[Duty], held: Iterable[Duty], standards: Standards
) -> Iterable[Why]:
    posts = {duty.post for duty in held}
    if case.total > standards.ratio("leave.head_approves_days", on=case.on):
        if case.total > case.own:
            yield Why.CHAINED
        yield Why.TOO_LONG
    if posts & _TEAM:
        yield Why.LEADS
    if Post.SCHOOL_HEAD in posts:
        yield Why.HEAD_HIMSELF
    if len(case.schools) != 1:
        yield Why.SEVERAL_SCHOOLS
    elif not any(duty.post is Post.SCHOOL_HEAD and duty.place in case.schools for duty in duties):
        yield Why.NO_HEAD


def ground_of(case: Case, authority: Authority, held: Iterable[Holding]) -> Ground | None:
    """Return as what somebody who holds these posts may decide; as the principal rather than as a head.

    Args:
        case: the leave.
        authority: as what it may be decided on.
        held: what they hold on the day of the decision, lent powers among it.

    Source: domain rules A §1, The leave rule, exactly (the head *may*, the principal may too).
    """
    for ground, post in ((Ground.PRINCIPAL, Post.PRINCIPAL), (Ground.HEAD, Post.SCHOOL_HEAD)):
        if ground not in authority.grounds:
            continue
        places = [one.place for one in held if one.post is post]
        if ground is Ground.HEAD and any(place in case.schools for place in places):
            return ground
        if ground is Ground.PRINCIPAL and all(_reached(places, school) for school in case.schools):
            return ground if places else None
    return None


def _reached(places: Iterable[str], school: str) -> bool:
    return any(school == place or school.startswith(f"{place}/") for place in places)


def decision_problems(
    case: Case, authority: Authority, staff_id: int, staff: str, held: Collection[Holding]
) -> list[Problem]:
    """Return what speaks against somebody's deciding on a leave.

    Nobody decides on his own leave. Nor does he by lending his powers: whose powers would be lent has his
    leave decided on above them.

    Args:
        case, authority: the leave, and as what it may be decided on.
        staff_id, staff: who decides, and their number for the words.
        held: what they hold on the day of the decision.

    Source: domain rules A §1, invariant 4 (no one approves their own leave; nobody outside the authority
    table approves), and Refuse (approval by ex-head).
    """
    if staff_id == case.applicant_id:
        return [Problem(OwnLeave(staff=staff))]
    if ground_of(case, authority, held) is None:
        why = "；".join(reason.label for reason in authority.why)
        return [Problem(NotTheApprover(staff=staff, on=str(case.on), needed=authority.needed, why=why))]
    return []
