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
