"""Code lists of staff."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list
from xuequ.standards.codes.people import Education
from xuequ.standards.codes.staff import BackboneLevel, Establishment


@code_list("职称", checked="memory")
class Title(CodeEnum):
    """Professional titles of teachers 职称."""

    SENIOR_PROFESSOR = "full_senior", "正高级教师", "正高级", "正高"
    SENIOR = "senior", "高级教师", "高级"
    FIRST = "first", "一级教师", "一级"
    SECOND = "second", "二级教师", "二级"
    THIRD = "third", "三级教师", "三级"
    NONE = "none", "未评", "未定级"


@code_list("学位")
class Degree(CodeEnum):
    """Degrees 学位, the highest first."""

    DOCTOR = "doctor", "博士学位", "博士"
    MASTER = "master", "硕士学位", "硕士"
    BACHELOR = "bachelor", "学士学位", "学士"
    NONE = "none", "无学位", "无"


@code_list("岗位类别", checked="secondary")
class StaffCategory(CodeEnum):
    """What somebody is engaged for 岗位类别, as the statistical return 教育事业统计 counts staff."""

    TEACHER = "teacher", "专任教师", "教师"
    ADMINISTRATION = "administration", "行政人员", "行政"
    SUPPORT = "support", "教辅人员", "教辅"
    WORKER = "worker", "工勤人员", "工勤"


@code_list("教职工身份属性")
class StandingKind(CodeEnum):
    """Attributes of staff that hold from a day, one at a time of each kind."""

    TITLE = "title", "职称"
    EDUCATION = "education", "学历"
    DEGREE = "degree", "学位"
    BACKBONE = "backbone", "骨干教师级别", "骨干级别"
    ESTABLISHMENT = "establishment", "用工形式", "编制类型"
    CATEGORY = "category", "岗位类别"

    @property
    def codes(self) -> type[CodeEnum]:
        """The list that a standing of this kind takes its code from."""
        return _CODES[self]


_CODES: dict[StandingKind, type[CodeEnum]] = {
    StandingKind.TITLE: Title,
    StandingKind.EDUCATION: Education,
    StandingKind.DEGREE: Degree,
    StandingKind.BACKBONE: BackboneLevel,
    StandingKind.ESTABLISHMENT: Establishment,
    StandingKind.CATEGORY: StaffCategory,
}


@code_list("进入原因")
class Entry(CodeEnum):
    """How an employment began 进入原因."""

    RECRUITED = "recruited", "公开招聘", "招聘"
    ASSIGNED = "assigned", "统一分配", "分配", "特岗招录"
    TRANSFERRED_IN = "transferred_in", "调入"
    REINSTATED = "reinstated", "恢复工作", "复职"
    REHIRED = "rehired", "退休返聘", "返聘"
    REHOMED = "rehomed", "学校撤并转入"
    RECORDED = "recorded", "建账登记", "原有人员"


@code_list("离开原因")
class Exit(CodeEnum):
    """How an employment ended 离开原因."""

    RETIRED = "retired", "退休"
    TRANSFERRED_OUT = "transferred_out", "调出"
    RESIGNED = "resigned", "辞职"
    DISMISSED = "dismissed", "辞退", "开除", "解聘"
    EXPIRED = "expired", "合同期满", "期满"
    DIED = "died", "死亡", "病故"
    REHOMED = "rehomed", "学校撤并转出"


@code_list("任教方式")
class PlacementKind(CodeEnum):
    """On what ground somebody works at a school 任教方式."""

    OWN = "own", "本校任教", "本校"
    ASSIGNED = "assigned", "学区内调配", "调配"
    SUPPORT = "support", "支教"
    ROTATION = "rotation", "交流轮岗", "轮岗"
    BORROWED = "borrowed", "借调"

    @property
    def away(self) -> bool:
        """Whether it takes place at another school than the employing one."""
        return self is not PlacementKind.OWN
