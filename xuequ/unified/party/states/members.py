"""States of the branch and its members."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("党员状态")
class MemberState(CodeEnum):
    """What a member is 党员状态: only full members in good standing vote."""

    PROBATIONARY = "probationary", "预备党员"
    FULL = "full", "正式党员"
    SUSPENDED = "suspended", "停止党籍"


@code_list("党籍终止原因")
class MemberExit(CodeEnum):
    """Why somebody is no longer a member."""

    DIED = "died", "去世"
    EXPELLED = "expelled", "开除党籍"
    REMOVED = "removed", "除名"
    WITHDREW = "withdrew", "退党"
    CANCELLED = "cancelled", "取消预备党员资格"


@code_list("组织关系变动")
class Joining(CodeEnum):
    """How somebody came to be in a branch, or left it."""

    ENTERED = "entered", "补录"
    ADMITTED = "admitted", "发展"
    TRANSFERRED = "transferred", "转接"


@code_list("组织关系去向")
class Way(CodeEnum):
    """Which way a member goes: between districts of the county, out of it, or in."""

    WITHIN = "within", "县内学区之间"
    OUT = "out", "转出县外"
    IN = "in", "县外转入"


@code_list("组织关系介绍信状态")
class LetterState(CodeEnum):
    """How a letter of transfer 介绍信 stands; until it is received the old branch stays responsible."""

    ISSUED = "issued", "已开出"
    RECEIVED = "received", "已接收"
    RETURNED = "returned", "已退回"


@code_list("支部职务")
class Office(CodeEnum):
    """Offices of a branch committee 支部委员会."""

    SECRETARY = "secretary", "书记"
    DEPUTY = "deputy", "副书记"
    ORGANISATION = "organisation", "组织委员"
    PUBLICITY = "publicity", "宣传委员"
    DISCIPLINE = "discipline", "纪检委员"
    OTHER = "other", "委员"


STEPS: dict[MemberState, frozenset[MemberState]] = {
    MemberState.PROBATIONARY: frozenset({MemberState.FULL, MemberState.SUSPENDED}),
    MemberState.FULL: frozenset({MemberState.SUSPENDED}),
    MemberState.SUSPENDED: frozenset({MemberState.PROBATIONARY, MemberState.FULL}),
}
"""State → what may follow; whoever comes back from suspension is what they were before it."""

EXITS: dict[MemberExit, frozenset[MemberState]] = {
    MemberExit.DIED: frozenset(MemberState),
    MemberExit.EXPELLED: frozenset({MemberState.FULL, MemberState.SUSPENDED}),
    MemberExit.REMOVED: frozenset({MemberState.FULL, MemberState.SUSPENDED}),
    MemberExit.WITHDREW: frozenset(MemberState),
    MemberExit.CANCELLED: frozenset({MemberState.PROBATIONARY, MemberState.SUSPENDED}),
}
"""Way out → what one must be to take it: of a probationary member the probation is cancelled."""
