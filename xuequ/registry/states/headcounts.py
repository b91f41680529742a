"""Code lists of headcounts."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("统计用途")
class CountPurpose(CodeEnum):
    """What a headcount is frozen for 统计用途."""

    YEAR_START = "year_start", "学年初统计", "学年初报表", "教育事业统计"
    TERM_START = "term_start", "开学统计"
    FUNDS = "funds", "经费核定"
    BALANCE = "balance", "均衡发展监测", "均衡监测"
    OTHER = "other", "其他"


@code_list("学生数口径")
class HeadFigure(CodeEnum):
    """The figures of a headcount of pupils 学生数口径; those after 在校 are counted among 在校."""

    ON_ROLL = "on_roll", "在籍"
    IN_SCHOOL = "in_school", "在校"
    BOARDERS = "boarders", "寄宿生"
    LEFT_BEHIND = "left_behind", "留守儿童"
    MIGRANT = "migrant", "随迁子女"
    SPECIAL_NEEDS = "special_needs", "残疾学生"
