"""Code lists of pupils, and the one table of what may become of a pupil's record 学籍."""

from __future__ import annotations

from collections.abc import Mapping

from xuequ.core.codes import CodeEnum, code_list


@code_list("学籍状态", checked="secondary")
class PupilState(CodeEnum):
    """Where a pupil stands 学籍状态, from application to exit."""

    APPLIED = "applied", "已报名"
    ADMITTED = "admitted", "已录取"
    NOT_ADMITTED = "not_admitted", "未入学"
    REGISTERED = "registered", "在籍"
    SUSPENDED = "suspended", "休学"
    SUSPECTED = "dropout_suspected", "疑似辍学"
    DROPPED = "dropped", "辍学"
    TRANSFERRING = "transferring", "转学办理中"
    TRANSFERRED = "transferred", "已转出"
    GRADUATED = "graduated", "毕业"
    LEFT_PRESCHOOL = "left_preschool", "离园"
    ABROAD = "abroad", "出国（境）"
    DECEASED = "deceased", "死亡"

    @property
    def on_roll(self) -> bool:
        """Whether the school keeps the record 学籍 and the pupil stands in a class list.

        A pupil in suspension or who has dropped out keeps it.
        """
        return self in _ON_ROLL

    @property
    def in_school(self) -> bool:
        """Whether the pupil counts as in school in the enrolment rate: on the roll, and not away from it."""
        return self in _ON_ROLL and self not in (PupilState.SUSPENDED, PupilState.DROPPED)


_ON_ROLL = frozenset(
    {
        PupilState.REGISTERED,
        PupilState.SUSPENDED,
        PupilState.SUSPECTED,
        PupilState.DROPPED,
        PupilState.TRANSFERRING,
    }
)


@code_list("学籍异动步骤")
class Step(CodeEnum):
    """The single steps that a record can take 学籍异动步骤."""

    APPLY = "apply", "报名"
    ADMIT = "admit", "录取"
    TURN_AWAY = "turn_away", "不予入学"
    REGISTER = "register", "注册学籍"
    TAKE_IN = "take_in", "接收入学"
    SUSPEND = "suspend", "休学"
    RESUME = "resume", "复学"
    SUSPECT = "suspect", "列为疑似辍学"
    DROP = "drop", "确认辍学"
    RETURN = "return", "劝返复学"
    ASK_TRANSFER = "ask_transfer", "申请转学"
    STAY = "stay", "转学未成留校"
    CHANGE_SCHOOL = "change_school", "转入新学校"
    LEAVE_COUNTY = "leave_county", "转出县外"
    GRADUATE = "graduate", "毕业"
    LEAVE_PRESCHOOL = "leave_preschool", "离园"
    GO_ABROAD = "go_abroad", "出国（境）"
    DIE = "die", "死亡"

    @property
    def to(self) -> PupilState:
        """The state that the step leads to."""
        return STEPS[self][1]

    @property
    def past_only(self) -> bool:
        """Whether it is something that befalls, and cannot be recorded before it has happened."""
        return self in (Step.SUSPECT, Step.DROP, Step.DIE)


S = PupilState
_GONE = frozenset({S.NOT_ADMITTED, S.TRANSFERRED, S.GRADUATED, S.LEFT_PRESCHOOL, S.ABROAD})
_NEW: frozenset[PupilState | None] = frozenset({None}) | _GONE
_AWAY = frozenset({S.SUSPENDED, S.SUSPECTED, S.DROPPED})

STEPS: Mapping[Step, tuple[frozenset[PupilState | None], PupilState]] = {
    Step.APPLY: (_NEW, S.APPLIED),
    Step.ADMIT: (frozenset({S.APPLIED}), S.ADMITTED),
    Step.TURN_AWAY: (frozenset({S.APPLIED, S.ADMITTED}), S.NOT_ADMITTED),
    Step.REGISTER: (frozenset({S.ADMITTED}), S.REGISTERED),
    Step.TAKE_IN: (_NEW, S.REGISTERED),
    Step.SUSPEND: (frozenset({S.REGISTERED}), S.SUSPENDED),
    Step.RESUME: (frozenset({S.SUSPENDED}), S.REGISTERED),
    Step.SUSPECT: (frozenset({S.REGISTERED, S.SUSPENDED}), S.SUSPECTED),
    Step.DROP: (frozenset({S.SUSPECTED}), S.DROPPED),
    Step.RETURN: (frozenset({S.SUSPECTED, S.DROPPED}), S.REGISTERED),
    Step.ASK_TRANSFER: (frozenset({S.REGISTERED}), S.TRANSFERRING),
    Step.STAY: (frozenset({S.TRANSFERRING}), S.REGISTERED),
    Step.CHANGE_SCHOOL: (frozenset({S.TRANSFERRING}), S.REGISTERED),
    Step.LEAVE_COUNTY: (frozenset({S.REGISTERED, S.TRANSFERRING}), S.TRANSFERRED),
    Step.GRADUATE: (frozenset({S.REGISTERED}), S.GRADUATED),
    Step.LEAVE_PRESCHOOL: (frozenset({S.REGISTERED}), S.LEFT_PRESCHOOL),
    Step.GO_ABROAD: (frozenset({S.REGISTERED}) | _AWAY, S.ABROAD),
    Step.DIE: (frozenset({S.REGISTERED, S.TRANSFERRING}) | _AWAY, S.DECEASED),
}
"""Step → the states from which it may be taken, and the one that it leads to; the one table there is.

None is before there was any state."""

TRANSITIONS: Mapping[PupilState | None, frozenset[PupilState]] = {
    state: frozenset(to for sources, to in STEPS.values() if state in sources)
    for state in (None, *PupilState)
}
"""State → the states that may follow by any step."""


@code_list("学籍变动原因")
class Reason(CodeEnum):
    """Why a status or a move began 异动原因."""

    SET_UP = "set_up", "建账登记"
    NEW = "new", "新生入学"
    FROM_OUTSIDE = "from_outside", "从县外转入"
    RETURN = "return", "复学返校", "复学", "返校"
    ILLNESS = "illness", "因病"
    INJURY = "injury", "因伤"
    FAMILY = "family", "家庭原因"
    FAMILY_MOVED = "family_moved", "家庭住址迁移", "搬迁"
    PARENTS_WORK = "parents_work", "随父母务工", "随迁"
    TRUANCY = "truancy", "无故缺课", "旷课"
    ROLL_OVER = "roll_over", "学年滚动"
    GRADUATION = "graduation", "毕业离校"
    EMIGRATION = "emigration", "出国（境）就读"
    DEATH = "death", "死亡"
    CLASS_SIZE = "class_size", "均衡班额", "分班合班"
    APPLICATION = "application", "家长申请"
    REFUSED = "refused", "转学未获同意"
    WITHDRAWN = "withdrawn", "撤回申请"
    MERGER = "merger", "学校撤并", "学校合并"
    OTHER = "other", "其他"


@code_list("入班方式")
class Entered(CodeEnum):
    """How an enrolment began 入班方式."""

    SET_UP = "set_up", "建账登记"
    NEW = "new", "新生"
    TRANSFER_IN = "transfer_in", "转入"
    RETURNED = "returned", "返校"
    CLASS_CHANGE = "class_change", "校内调班"
    PROMOTED = "promoted", "学前升一年级"
    HELD_OVER = "held_over", "随下一年级"
    REHOMED = "rehomed", "学校合并转来"

    @property
    def internal(self) -> bool:
        """Whether the pupil was at the same school the day before, so that the school gained nobody."""
        return self in (Entered.CLASS_CHANGE, Entered.PROMOTED, Entered.HELD_OVER)


@code_list("离班方式")
class Left(CodeEnum):
    """How an enrolment ended 离班方式."""

    TRANSFER_OUT = "transfer_out", "转出"
    GRADUATED = "graduated", "毕业"
    LEFT_PRESCHOOL = "left_preschool", "离园"
    ABROAD = "abroad", "出国（境）"
    DECEASED = "deceased", "死亡"
    CLASS_CHANGE = "class_change", "校内调班"
    PROMOTED = "promoted", "学前升一年级"
    HELD_OVER = "held_over", "随下一年级"
    REHOMED = "rehomed", "学校合并转出"

    @property
    def internal(self) -> bool:
        """Whether the pupil stays at the same school, so that the school lost nobody."""
        return self in (Left.CLASS_CHANGE, Left.PROMOTED, Left.HELD_OVER)


EXITS: Mapping[PupilState, Left] = {
    S.TRANSFERRED: Left.TRANSFER_OUT,
    S.GRADUATED: Left.GRADUATED,
    S.LEFT_PRESCHOOL: Left.LEFT_PRESCHOOL,
    S.ABROAD: Left.ABROAD,
    S.DECEASED: Left.DECEASED,
}
"""The states that end the enrolment, and how it then ended."""


@code_list("学生异动类别")
class MoveKind(CodeEnum):
    """The ordinary moves that a school office records in a workbook 学生异动."""

    CHANGE_CLASS = "change_class", "调班"
    SUSPEND = "suspend", "休学"
    RESUME = "resume", "复学"
    SUSPECT = "suspect", "疑似辍学"
    DROP = "drop", "辍学"
    RETURN = "return", "劝返复学", "劝返"
    LEAVE_COUNTY = "leave_county", "转出县外", "转出"
    GRADUATE = "graduate", "毕业"
    LEAVE_PRESCHOOL = "leave_preschool", "离园"
    ABROAD = "abroad", "出国（境）", "出国"
    DEATH = "death", "死亡"

    @property
    def step(self) -> Step | None:
        """The step that the move is; None when it changes no state."""
        return _STEP_OF.get(self)


_STEP_OF: Mapping[MoveKind, Step] = {
    MoveKind.SUSPEND: Step.SUSPEND,
    MoveKind.RESUME: Step.RESUME,
    MoveKind.SUSPECT: Step.SUSPECT,
    MoveKind.DROP: Step.DROP,
    MoveKind.RETURN: Step.RETURN,
    MoveKind.LEAVE_COUNTY: Step.LEAVE_COUNTY,
    MoveKind.GRADUATE: Step.GRADUATE,
    MoveKind.LEAVE_PRESCHOOL: Step.LEAVE_PRESCHOOL,
    MoveKind.ABROAD: Step.GO_ABROAD,
    MoveKind.DEATH: Step.DIE,
}
