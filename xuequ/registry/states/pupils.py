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

S = PupilState
TRANSITIONS: Mapping[PupilState | None, frozenset[PupilState]] = {
    None: frozenset({S.APPLIED, S.ADMITTED, S.REGISTERED}),
    S.APPLIED: frozenset({S.ADMITTED, S.NOT_ADMITTED}),
    S.ADMITTED: frozenset({S.REGISTERED, S.NOT_ADMITTED}),
    S.NOT_ADMITTED: frozenset({S.APPLIED, S.ADMITTED, S.REGISTERED}),
    S.REGISTERED: frozenset(
        {S.SUSPENDED, S.SUSPECTED, S.TRANSFERRING, S.GRADUATED, S.LEFT_PRESCHOOL, S.ABROAD, S.DECEASED}
    ),
    S.SUSPENDED: frozenset({S.REGISTERED, S.SUSPECTED, S.ABROAD, S.DECEASED}),
    S.SUSPECTED: frozenset({S.REGISTERED, S.DROPPED, S.ABROAD, S.DECEASED}),
    S.DROPPED: frozenset({S.REGISTERED, S.ABROAD, S.DECEASED}),
    S.TRANSFERRING: frozenset({S.REGISTERED, S.TRANSFERRED, S.DECEASED}),
    S.TRANSFERRED: frozenset({S.APPLIED, S.ADMITTED, S.REGISTERED}),
    S.GRADUATED: frozenset({S.APPLIED, S.ADMITTED, S.REGISTERED}),
    S.LEFT_PRESCHOOL: frozenset({S.APPLIED, S.ADMITTED, S.REGISTERED}),
    S.ABROAD: frozenset({S.APPLIED, S.ADMITTED, S.REGISTERED}),
    S.DECEASED: frozenset(),
}
"""State → the states that may follow; None is before there was any."""


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
    ABROAD = "abroad", "出国（境）", "出国"
    DEATH = "death", "死亡"

    @property
    def state(self) -> PupilState | None:
        """The state that the move leads to; None when it changes no state."""
        return _MOVES_TO.get(self)


_MOVES_TO: Mapping[MoveKind, PupilState] = {
    MoveKind.SUSPEND: S.SUSPENDED,
    MoveKind.RESUME: S.REGISTERED,
    MoveKind.SUSPECT: S.SUSPECTED,
    MoveKind.DROP: S.DROPPED,
    MoveKind.RETURN: S.REGISTERED,
    MoveKind.LEAVE_COUNTY: S.TRANSFERRED,
    MoveKind.GRADUATE: S.GRADUATED,
    MoveKind.ABROAD: S.ABROAD,
    MoveKind.DEATH: S.DECEASED,
}
