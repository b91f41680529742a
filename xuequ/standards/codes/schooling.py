"""Codes of schooling: kinds of schools, subjects."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("学校办学类型", standard="教育部 学校（机构）代码管理 办学类型码", checked="secondary")
class SchoolType(CodeEnum):
    """What a school runs 办学类型, as the statistical return 教育事业统计 counts it: general education."""

    KINDERGARTEN = "111", "幼儿园"
    ATTACHED_PRESCHOOL = "119", "附设幼儿班", "附设学前班", "学前班"
    PRIMARY = "211", "小学", "完小", "完全小学"
    TEACHING_POINT = "218", "小学教学点", "教学点"
    ATTACHED_PRIMARY = "219", "附设小学班"
    JUNIOR = "311", "初级中学", "初中"
    NINE_YEAR = "312", "九年一贯制学校", "九年一贯制"
    ATTACHED_JUNIOR = "319", "附设普通初中班"
    COMPLETE_SECONDARY = "341", "完全中学"
    SENIOR = "342", "高级中学", "高中"
    TWELVE_YEAR = "345", "十二年一贯制学校", "十二年一贯制"


@code_list("学科", standard="《义务教育课程方案（2022年版）》课程名称；代码为本库自定", checked="secondary")
class Subject(CodeEnum):
    """Subjects of preschool and compulsory education 学科, and what else stands on a timetable."""

    ETHICS = "ethics", "道德与法治", "道法", "品德", "思想品德"
    CHINESE = "chinese", "语文"
    MATHS = "maths", "数学"
    ENGLISH = "english", "英语", "外语"
    SCIENCE = "science", "科学"
    PE = "pe", "体育与健康", "体育"
    ARTS = "arts", "艺术"
    MUSIC = "music", "音乐"
    FINE_ART = "fine_art", "美术"
    IT = "it", "信息科技", "信息技术"
    LABOUR = "labour", "劳动", "劳动技术", "劳技"
    PRACTICE = "practice", "综合实践活动", "综合实践", "综合"
    HISTORY = "history", "历史"
    GEOGRAPHY = "geography", "地理"
    PHYSICS = "physics", "物理"
    CHEMISTRY = "chemistry", "化学"
    BIOLOGY = "biology", "生物学", "生物"
    CALLIGRAPHY = "calligraphy", "书法", "写字"
    READING = "reading", "阅读"
    HEALTH = "health", "心理健康", "健康教育", "心理"
    LOCAL = "local", "地方课程", "地方"
    SCHOOL_BASED = "school_based", "校本课程", "校本"
    CLASS_MEETING = "class_meeting", "班队活动", "班队会", "班会", "队会", "班团队活动"
    PRESCHOOL = "preschool", "学前综合活动", "学前五大领域", "学前"
