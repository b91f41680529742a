"""How far the budget of a year is: two up, two down 二上二下."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("预算阶段")
class Stage(CodeEnum):
    """The stage of a book's year 预算阶段."""

    DRAFTING = "drafting", "编制"
    DELIBERATED = "deliberated", "校务委员会审议"
    PROPOSED = "proposed", "一上"
    CONTROLLED = "controlled", "一下"
    REDRAFTED = "redrafted", "二上"
    APPROVED = "approved", "二下批复"
    CLOSED = "closed", "已关账"


NEXT: dict[Stage, frozenset[Stage]] = {
    Stage.DRAFTING: frozenset({Stage.DELIBERATED}),
    Stage.DELIBERATED: frozenset({Stage.DRAFTING, Stage.PROPOSED}),
    Stage.PROPOSED: frozenset({Stage.CONTROLLED}),
    Stage.CONTROLLED: frozenset({Stage.REDRAFTED}),
    Stage.REDRAFTED: frozenset({Stage.CONTROLLED, Stage.APPROVED}),
    Stage.APPROVED: frozenset({Stage.CLOSED}),
    Stage.CLOSED: frozenset(),
}
"""Stage → the stages that may follow it."""

DRAFTED_AT = frozenset({Stage.DRAFTING, Stage.CONTROLLED})
"""The stages at which the rows of the last version are written."""

BEFORE_APPROVAL = frozenset(Stage) - {Stage.APPROVED, Stage.CLOSED}
"""The stages at which money is only provisional."""


@code_list("预算轮次")
class Round(CodeEnum):
    """What a version of a budget was made for."""

    FIRST = "first", "一上"
    SECOND = "second", "二上"
    ADOPTED = "adopted", "补录批复"


@code_list("预算收支")
class Side(CodeEnum):
    """The two sides of a budget."""

    INCOME = "income", "收入"
    EXPENDITURE = "expenditure", "支出"


@code_list("批复前支出依据")
class Ground(CodeEnum):
    """Why money may be spent before the approval; which of them hold is ``budget.provisional_uses``."""

    CARRIED_OVER = "carried_over", "上年结转"
    NECESSARY = "necessary_as_last_year", "参照上年同期必须支付"
    LEGAL = "legal_obligations", "法律规定必须履行"


BACK: dict[Stage, Stage] = {Stage.DELIBERATED: Stage.DRAFTING, Stage.REDRAFTED: Stage.CONTROLLED}
"""The stage of a draft that can be returned → the one that it goes back to."""
