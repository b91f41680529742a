"""States of the ledgers of safety: kinds of drills, and the one table of a hazard's steps."""

from __future__ import annotations

from collections.abc import Mapping

from xuequ.core.codes import CodeEnum, code_list


@code_list("演练类别")
class DrillKind(CodeEnum):
    """What a drill is for 演练类别."""

    EVACUATION = "evacuation", "应急疏散"
    FIRE = "fire", "消防", "防火"
    EARTHQUAKE = "earthquake", "防震", "地震"
    FLOOD = "flood", "防洪防地质灾害", "防洪"
    CRUSH = "crush", "防踩踏"
    TRAFFIC = "traffic", "交通安全"
    VIOLENCE = "violence", "反恐防暴", "防暴"
    DROWNING = "drowning", "防溺水"
    FOOD = "food", "食品安全"
    OTHER = "other", "其他"


@code_list("隐患状态")
class HazardState(CodeEnum):
    """Where a hazard stands 隐患状态."""

    FOUND = "found", "待整改"
    RECTIFIED = "rectified", "已整改待验收"
    VERIFIED = "verified", "已验收销号"


H = HazardState
TRANSITIONS: Mapping[HazardState, frozenset[HazardState]] = {
    H.FOUND: frozenset({H.RECTIFIED}),
    H.RECTIFIED: frozenset({H.VERIFIED, H.FOUND}),
    H.VERIFIED: frozenset(),
}
"""State → the states that may follow; what is not accepted goes back to be rectified."""
