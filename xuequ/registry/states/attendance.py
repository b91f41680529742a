"""Code lists of attendance."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("学生考勤情况")
class PupilAttendance(CodeEnum):
    """Where a pupil was on a school half-day 学生考勤情况."""

    PRESENT = "present", "到校", "出勤"
    SICK = "sick", "病假"
    PERSONAL = "personal", "事假"
    TRUANT = "truant", "旷课", "无故缺课"
    QUARANTINED = "quarantined", "隔离", "隔离观察"
    ACTIVITY = "activity", "公假", "校外活动"
    LATE = "late", "迟到"
    LEFT_EARLY = "left_early", "早退"

    @property
    def is_there(self) -> bool:
        """Whether the pupil counts as present: also who came late or left early."""
        return self in (PupilAttendance.PRESENT, PupilAttendance.LATE, PupilAttendance.LEFT_EARLY)


@code_list("教职工考勤情况")
class StaffAttendance(CodeEnum):
    """Where a member of staff was on a school half-day 教职工考勤情况."""

    PRESENT = "present", "到岗", "出勤"
    ON_LEAVE = "on_leave", "请假"
    OFFICIAL = "official", "公出", "出差", "外出培训"
    ABSENT = "absent", "旷工"
    LATE = "late", "迟到"
    LEFT_EARLY = "left_early", "早退"

    @property
    def is_there(self) -> bool:
        """Whether they count as present: also who came late or left early."""
        return self in (StaffAttendance.PRESENT, StaffAttendance.LATE, StaffAttendance.LEFT_EARLY)


@code_list("控辍预警等级")
class DropoutLevel(CodeEnum):
    """How far an unexcused absence has gone 控辍预警等级, the milder first."""

    WARNING = "warning", "预警"
    REACHED = "reached", "达到辍学认定周数"
