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


@code_list("党支部待办")
class Alarm(CodeEnum):
    """What the branch has to see to; the list says so and does nothing."""

    LETTER_EXPIRED = "letter_expired", "介绍信已过期"
    AWAY = "away", "外出固定地点须转接组织关系"
    UNIT_CHANGED = "unit_changed", "调入其他学区须转接组织关系"
    REMOVAL_DUE = "removal_due", "停止党籍期满，可提请除名"
    LEFT_SERVICE = "left_service", "已不在职，组织关系仍在本支部"
    WITHOUT_GROUP = "without_group", "未编入党小组"
    SEAT_NOT_STANDING = "seat_not_standing", "支部委员不是正式党员"
    TOO_FEW = "too_few", "正式党员不足，应成立联合党支部"
    TOO_MANY = "too_many", "党员人数超过一般规模"
    COMMITTEE_MISSING = "committee_missing", "应设支部委员会而未设"
    COMMITTEE_NOT_DUE = "committee_not_due", "正式党员不足，不设支部委员会"
    COMMITTEE_SIZE = "committee_size", "支部委员会人数不在一般范围"
    SECRETARY_MISSING = "secretary_missing", "没有支部书记"
    TERM_OVER = "term_over", "支部委员会任期届满"
    GROUP_WITHOUT_LEADER = "group_without_leader", "党小组没有组长"


@code_list("党员增减原因")
class Turn(CodeEnum):
    """How the number of members of a branch grows and shrinks in a year."""

    ENTERED = "entered", "补录"
    ADMITTED = "admitted", "发展"
    TRANSFERRED_IN = "transferred_in", "转入"
    TRANSFERRED_OUT = "transferred_out", "转出"
    DIED = "died", "去世"
    EXPELLED = "expelled", "开除党籍"
    REMOVED = "removed", "除名"
    WITHDREW = "withdrew", "退党"
    CANCELLED = "cancelled", "取消预备党员资格"

    @property
    def grows(self) -> bool:
        """Whether it adds a member."""
        return self in (Turn.ENTERED, Turn.ADMITTED, Turn.TRANSFERRED_IN)


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
