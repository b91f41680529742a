"""Code lists and states of the council's decisions."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("集体决议事项")
class Matter(CodeEnum):
    """What an item of the council is about; the first three are the article's 须集体研究决定."""

    BULK_PURCHASE = "bulk_purchase", "大宗物品采购"
    BUILDING_REPAIR = "building_repair", "校舍维修"
    CAPITAL_WORKS = "capital_works", "基建"
    BUDGET = "budget", "预算审议"
    OTHER = "other", "其他"


SPENDABLE = frozenset({Matter.BULK_PURCHASE, Matter.BUILDING_REPAIR, Matter.CAPITAL_WORKS})
"""Matters whose items have a ceiling that is drawn on."""


@code_list("校务委员会职务")
class CouncilRole(CodeEnum):
    """What somebody is on the council."""

    CHAIR = "chair", "主任"
    MEMBER = "member", "委员"


@code_list("校务委员会到会")
class Mark(CodeEnum):
    """Whether a member came."""

    PRESENT = "present", "到会"
    EXCUSED = "excused", "请假"
    ABSENT = "absent", "缺席"


@code_list("校务委员会会议状态")
class MeetingState(CodeEnum):
    """How far a meeting of the council is."""

    CONVENED = "convened", "已召集"
    HELD = "held", "已召开"
    SIGNED = "signed", "纪要已签署"
    VOIDED = "voided", "已作废"


NEXT: dict[MeetingState, frozenset[MeetingState]] = {
    MeetingState.CONVENED: frozenset({MeetingState.HELD, MeetingState.VOIDED}),
    MeetingState.HELD: frozenset({MeetingState.SIGNED, MeetingState.VOIDED}),
    MeetingState.SIGNED: frozenset({MeetingState.VOIDED}),
    MeetingState.VOIDED: frozenset(),
}
"""State of a meeting → those that may follow it."""


@code_list("决议状态")
class ItemState(CodeEnum):
    """How far an item is; an emergency 应急抢修 is provisional until the council has ratified it."""

    PROPOSED = "proposed", "待表决"
    PROVISIONAL = "provisional", "待追认"
    ADOPTED = "adopted", "通过"
    REJECTED = "rejected", "未通过"
    VOIDED = "voided", "已作废"


ITEM_NEXT: dict[ItemState, frozenset[ItemState]] = {
    ItemState.PROPOSED: frozenset({ItemState.ADOPTED, ItemState.REJECTED, ItemState.VOIDED}),
    ItemState.PROVISIONAL: frozenset({ItemState.ADOPTED, ItemState.REJECTED}),
    ItemState.ADOPTED: frozenset({ItemState.VOIDED}),
    ItemState.REJECTED: frozenset({ItemState.ADOPTED, ItemState.VOIDED}),
    ItemState.VOIDED: frozenset(),
}
"""State of an item → those that may follow it; an emergency that was refused may be brought up again."""


DRAWN_ON = frozenset({ItemState.ADOPTED, ItemState.PROVISIONAL})
"""The states in which an item's ceiling may be drawn on."""


@code_list("决议额度登记")
class DrawWay(CodeEnum):
    """What a row of an item's book does."""

    DRAW = "draw", "占用"
    GIVE_BACK = "give_back", "退还"
