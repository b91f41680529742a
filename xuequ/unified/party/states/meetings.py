"""Code lists of meetings, and the one table of their states."""

from __future__ import annotations

from collections.abc import Mapping

from xuequ.core.codes import CodeEnum, code_list


@code_list("组织生活类别")
class MeetingKind(CodeEnum):
    """What the branch comes together for: 三会一课, and the other forms of its life."""

    BRANCH = "branch", "支部党员大会", "党员大会"
    COMMITTEE = "committee", "支部委员会会议", "支委会"
    GROUP = "group", "党小组会"
    LECTURE = "lecture", "党课"
    THEME_DAY = "theme_day", "主题党日"
    LIFE = "life", "组织生活会"
    APPRAISAL = "appraisal", "民主评议党员会", "民主评议会"
    TALK = "talk", "谈心谈话"


@code_list("参加范围")
class Body(CodeEnum):
    """Whose meeting it is: who should attend follows from it."""

    BRANCH = "branch", "全体党员"
    COMMITTEE = "committee", "支委会委员"
    GROUP = "group", "党小组党员"
    NAMED = "named", "谈话双方"


@code_list("会议状态")
class MeetingState(CodeEnum):
    """How far a meeting has come; one that was recorded in error is voided, never erased."""

    PLANNED = "planned", "已计划"
    HELD = "held", "已召开"
    CANCELLED = "cancelled", "已取消"
    VOIDED = "voided", "已作废"


@code_list("到会情况")
class Mark(CodeEnum):
    """Whether somebody who should attend did 到会情况."""

    PRESENT = "present", "到会"
    EXCUSED = "excused", "请假"
    ABSENT = "absent", "缺席"


@code_list("开展情况")
class Completion(CodeEnum):
    """How a kind of meeting stands in a month, quarter or year."""

    MET = "met", "已开展"
    REASONED = "reasoned", "未开展，已说明原因"
    MISSED = "missed", "未开展"
    NOT_YET_DUE = "not_yet_due", "未到期"
    NOT_APPLICABLE = "not_applicable", "不适用"


@code_list("自行脱党预警")
class AlarmLevel(CodeEnum):
    """What is said of somebody who has stayed away for months; nothing is ever done by itself."""

    WARN = "warn", "提示"
    PROPOSE = "propose", "提请支部大会讨论"


BODIES: Mapping[MeetingKind, frozenset[Body]] = {
    MeetingKind.BRANCH: frozenset({Body.BRANCH}),
    MeetingKind.COMMITTEE: frozenset({Body.COMMITTEE}),
    MeetingKind.GROUP: frozenset({Body.GROUP}),
    MeetingKind.LECTURE: frozenset({Body.BRANCH, Body.GROUP}),
    MeetingKind.THEME_DAY: frozenset({Body.BRANCH, Body.GROUP}),
    MeetingKind.LIFE: frozenset({Body.BRANCH, Body.COMMITTEE, Body.GROUP}),
    MeetingKind.APPRAISAL: frozenset({Body.BRANCH, Body.GROUP}),
    MeetingKind.TALK: frozenset({Body.NAMED}),
}
"""Kind → whose meeting it may be."""

S = MeetingState
TRANSITIONS: Mapping[MeetingState, frozenset[MeetingState]] = {
    S.PLANNED: frozenset({S.HELD, S.CANCELLED, S.VOIDED}),
    S.HELD: frozenset({S.VOIDED}),
    S.CANCELLED: frozenset({S.VOIDED}),
    S.VOIDED: frozenset(),
}
"""State → the states that may follow."""
