"""Pure decisions of the council: what needs one, who may vote, what is adopted, what an item covers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from xuequ.core.errors import Problem
from xuequ.core.money import Money
from xuequ.core.standards import Standards
from xuequ.core.votes import Electorate, VoteRule, vote_rule
from xuequ.unified.budget.errors.council import (
    ChairWithdrawn,
    CouncilQuorum,
    DecisionNeeded,
    NotAdopted,
    NotEmergency,
    NotOnCouncil,
    NotPresent,
    OtherLine,
    OtherMatter,
    OutsideDecision,
    OverCeiling,
    RatificationOverdue,
    RatificationShort,
    TallyWrong,
)
from xuequ.unified.budget.states.council import DRAWN_ON, SPENDABLE, ItemState, Mark, Matter

_THRESHOLDS = {
    Matter.BULK_PURCHASE: "budget.council.bulk_from",
    Matter.BUILDING_REPAIR: "budget.council.repair_from",
}
"""Matter → the key of the amount from which on it needs a decision; works need one whatever the amount."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What an item allows: how much, how much of it is drawn, and on which days."""

    name: str
    matter: Matter
    state: ItemState
    ceiling: Money
    drawn: Money
    since: date
    until: date | None = None
    ratify_by: date | None = None
    school_id: int | None = None
    line_id: int | None = None

    @property
    def left(self) -> Money:
        """What may still be drawn."""
        return self.ceiling - self.drawn


@dataclass(frozen=True, slots=True)
class Voting:
    """How an item was voted on, by whom it was presided, and who has an interest in it."""

    item: str
    meeting: str
    yes: int
    no: int
    abstain: int
    chair: int
    presiding: int | None = None
    interested: frozenset[int] = frozenset()

    @property
    def cast(self) -> int:
        """How many voted, or abstained."""
        return self.yes + self.no + self.abstain


def matter_of(economic: str, standards: Standards, on: date) -> Matter | None:
    """Return which of the council's matters an economic code is, by the longest prefix that it has.

    Source: 学区统一管理文章（第二篇） 三、（三） (大宗物品采购、校舍维修、基建); ``budget.council.economic``.
    """
    rows = standards.rows("budget.council.economic", on=on)
    fit = [row for row in rows if economic.startswith(str(row["prefix"]))]
    if not fit:
        return None
    matter = Matter(str(max(fit, key=lambda row: len(str(row["prefix"])))["matter"]))
    return matter if matter.code in standards.listed("budget.council.matters", on=on) else None


def matter_needing_decision(economic: str, amount: Money, standards: Standards, on: date) -> str | None:
    """Return the matter by which spending an amount needs a decision of the council, or None.

    Repairs of buildings (30213) need one, and works, among which major refurbishment (31006), whatever
    the amount; goods from the amount on that the district has set. A figure that is not set refuses.

    Source: 学区统一管理文章（第二篇） 三、（三）; ``budget.council.economic``, ``budget.council.bulk_from``,
    ``budget.council.repair_from``.
    """
    matter = matter_of(economic, standards, on)
    if matter is None:
        return None
    key = _THRESHOLDS.get(matter)
    if key is not None and amount < standards.money(key, on=on):
        return None
    return matter.code


def decision_needed(matter: str, amount: Money, standards: Standards, on: date) -> DecisionNeeded:
    """Return the refusal of spending that cites no decision.

    Source: 学区统一管理文章（第二篇） 三、（三）: ``budget.council.matters``.
    """
    entry = standards.entry("budget.council.matters", on=on)
    authority = f"{entry.authority}{entry.article}"
    return DecisionNeeded(matter=Matter(matter).label, amount=amount, authority=authority)


def draw_problems(
    cover: Cover, amount: Money, on: date, *, needed: str | None = None, line_id: int | None = None
) -> list[Problem]:
    """Say why an amount cannot be taken out of an item on a day.

    Args:
        cover: the item.
        amount: what is asked.
        on: the day of the contract, order or payment.
        needed: the matter that the spending is; without one any on which money is spent.
        line_id: the budget line that it is spent from, if it is known.

    Source: domain rules A §3 (没有覆盖事项与额度的决议不得订约、占用、支付；超额另行决定).
    """
    found: list[Problem] = []
    if cover.matter not in SPENDABLE or (needed is not None and needed != cover.matter.code):
        label = "支出" if needed is None else Matter(needed).label
        found.append(Problem(OtherMatter(item=cover.name, matter=cover.matter.label, needed=label)))
    if None not in (line_id, cover.line_id) and line_id != cover.line_id:
        found.append(Problem(OtherLine(item=cover.name)))
    if cover.state not in DRAWN_ON:
        found.append(Problem(NotAdopted(item=cover.name, state=cover.state.label)))
    else:
        found += _day_problems(cover, on)
    if amount > cover.left:
        money = {"ceiling": cover.ceiling, "left": cover.left, "asked": amount}
        found.append(Problem(OverCeiling(item=cover.name, **money)))
    return found


def citing_problems(cover: Cover, matter: Matter) -> list[Problem]:
    """Say why an item cannot be cited on a matter: it was not adopted, or decides something else.

    Source: domain rules A §3 (the council deliberates the budget before it goes up).
    """
    found: list[Problem] = []
    if cover.matter is not matter:
        found.append(Problem(OtherMatter(item=cover.name, matter=cover.matter.label, needed=matter.label)))
    if cover.state is not ItemState.ADOPTED:
        found.append(Problem(NotAdopted(item=cover.name, state=cover.state.label)))
    return found


def _day_problems(cover: Cover, on: date) -> list[Problem]:
    by = cover.ratify_by
    if cover.state is ItemState.PROVISIONAL and by is not None and on > by:
        return [Problem(RatificationOverdue(item=cover.name, on=str(on), by=str(by)))]
    if cover.since <= on and (cover.until is None or on < cover.until):
        return []
    last = "长期" if cover.until is None else str(cover.until - timedelta(days=1))
    return [Problem(OutsideDecision(item=cover.name, on=str(on), first=str(cover.since), last=last))]


def ratify_by(began_on: date, standards: Standards) -> date:
    """Return the last day on which an emergency repair is ratified in time.

    Source: domain rules A §3 (act, then ratify within N days): ``budget.council.ratify_within_days``.
    """
    days = standards.whole("budget.council.ratify_within_days", on=began_on)
    return began_on + timedelta(days=days)


def ratification_problems(emergency: Cover, item: Cover) -> list[Problem]:
    """Say why an item cannot ratify an emergency: settled already, too little, or for something else.

    Source: domain rules A §3 (an adopted decision covering item and ceiling).
    """
    awaits = emergency.ratify_by is not None and emergency.state in (
        *(ItemState.PROVISIONAL, ItemState.REJECTED),
    )
    if not awaits:
        return [Problem(NotEmergency(item=emergency.name, state=emergency.state.label))]
    same = (emergency.matter, emergency.school_id) == (item.matter, item.school_id)
    line = item.line_id in (None, emergency.line_id)
    if same and line and item.left >= emergency.drawn:
        return []
    money = {"ceiling": item.left, "drawn": emergency.drawn}
    return [Problem(RatificationShort(item=emergency.name, **money))]


def ratified_ceiling(emergency: Cover, item: Cover) -> Money:
    """Return up to what an emergency is ratified: its own limit, or less where the council allows less.

    Source: domain rules A §3.
    """
    return min(emergency.ceiling, item.left)


def council_rule(standards: Standards, on: date) -> VoteRule:
    """Return what a vote of the council needs on a day.

    Source: 校务委员会议事通行规则: ``budget.votes.council``.
    """
    return vote_rule("budget.votes.council", standards, on)


def withdrawn(interested: frozenset[int], standards: Standards, on: date) -> frozenset[int]:
    """Return who of those with an interest withdraws: all of them where the rule says so.

    Source: domain rules A §3 (interested member withdraws): ``budget.council.interested_withdraws``.
    """
    return interested if standards.flag("budget.council.interested_withdraws", on=on) else frozenset()


def electorate(roll: Mapping[int, Mark], out: frozenset[int]) -> Electorate:
    """Count who may vote on an item: those who should attend, and those present, without who withdrew.

    Source: domain rules A §3; ``budget.votes.council``.
    """
    voters = [mark for staff_id, mark in roll.items() if staff_id not in out]
    return Electorate(len(voters), sum(mark is Mark.PRESENT for mark in voters))


def voting_problems(
    voting: Voting, roll: Mapping[int, Mark], standards: Standards, on: date
) -> list[Problem]:
    """Say what is wrong with a vote: strangers, who presided, no quorum, a tally that does not add up.

    Source: domain rules A §3; ``budget.votes.council``, ``budget.council.interested_withdraws``.
    """
    rule = council_rule(standards, on)
    out = withdrawn(voting.interested, standards, on)
    voters = electorate(roll, out)
    strangers = sorted(voting.interested - roll.keys())
    found = [Problem(NotOnCouncil(staff=str(one), day=str(on))) for one in strangers]
    found += _presiding_problems(voting, roll, out, standards, on)
    if not rule.has_quorum(voters):
        numbers = {"due": voters.due, "present": voters.present, "needed": rule.needed(voters)}
        found.append(Problem(CouncilQuorum(item=voting.item, authority=rule.authority, **numbers)))
    if voting.cast != voters.present:
        found.append(Problem(TallyWrong(item=voting.item, cast=voting.cast, present=voters.present)))
    return found


def _presiding_problems(
    voting: Voting, roll: Mapping[int, Mark], out: frozenset[int], standards: Standards, on: date
) -> list[Problem]:
    who = voting.chair if voting.presiding is None else voting.presiding
    if voting.presiding is None and who in out:
        entry = standards.entry("budget.council.interested_withdraws", on=on)
        return [Problem(ChairWithdrawn(item=voting.item, authority=f"{entry.authority}{entry.article}"))]
    if who in out or roll.get(who) is not Mark.PRESENT:
        return [Problem(NotPresent(staff=str(who), number=voting.meeting))]
    return []


def attendance_problems(
    number: str, due: Sequence[int], present: Sequence[int], excused: Sequence[int], chair: int, on: date
) -> list[Problem]:
    """Say what is wrong with who came: people who do not sit on the council, a chair who is not there.

    Source: domain rules A §3.
    """
    strangers = sorted({*present, *excused} - {*due})
    found = [Problem(NotOnCouncil(staff=str(one), day=str(on))) for one in strangers]
    if chair not in present:
        found.append(Problem(NotPresent(staff=str(chair), number=number)))
    return found


def marks(due: Sequence[int], present: Sequence[int], excused: Sequence[int]) -> dict[int, Mark]:
    """Return the mark of each who should attend; who is neither present nor excused was absent.

    Source: domain rules A §3.
    """
    excusing = dict.fromkeys(excused, Mark.EXCUSED)
    said = {**excusing, **dict.fromkeys(present, Mark.PRESENT)}
    return {staff_id: said.get(staff_id, Mark.ABSENT) for staff_id in due}


def standing(cover: Cover, on: date) -> str:
    """Say how an adopted item stands on a day: not begun, good, used up, expired.

    Source: domain rules A §3 (ceiling and expiry).
    """
    if on < cover.since:
        return "未生效"
    if cover.until is not None and on >= cover.until:
        return "已失效"
    return "有效" if cover.left > Money(0) else "额度用完"


def emergency_standing(cover: Cover, ratified_on: date | None, on: date) -> tuple[str, bool]:
    """Say how an emergency stands on a day, and whether its ratification is or was overdue.

    Source: domain rules A §3 (act, then ratify within N days, listed).
    """
    by = cover.ratify_by
    late = by is not None and (ratified_on or on) > by
    if ratified_on is not None:
        return ("逾期追认" if late else "已追认"), late
    if cover.state is ItemState.REJECTED:
        return "追认未通过", late
    return ("逾期未追认" if late else "待追认"), late


def vote_stands(yes: int, voters: Electorate, standards: Standards, on: date) -> bool:
    """Tell whether an item is adopted by a vote of a day: there is a quorum, and enough are for it.

    Source: 校务委员会议事通行规则: ``budget.votes.council``.
    """
    rule = council_rule(standards, on)
    return rule.has_quorum(voters) and rule.passes(yes, voters)
