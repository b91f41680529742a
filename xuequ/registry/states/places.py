"""Code lists of places: county, districts, schools, premises."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("学校类别")
class SchoolKind(CodeEnum):
    """Kinds of village schools 学校类别."""

    CENTRAL = "central", "中心学校", "中心校", "中心小学"
    COMPLETE = "complete", "完小", "完全小学"
    TEACHING_POINT = "teaching_point", "教学点"
