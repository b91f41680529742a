"""Code lists of places: county, townships, villages, districts, schools."""

from __future__ import annotations

from collections.abc import Mapping

from xuequ.core.codes import CodeEnum, code_list
from xuequ.registry.states.classes import Stage


@code_list("学校类别")
class SchoolKind(CodeEnum):
    """Kinds of schools 学校类别 of a rural county."""

    CENTRAL = "central", "中心学校", "中心校", "中心小学"
    COMPLETE = "complete", "完小", "完全小学"
    TEACHING_POINT = "teaching_point", "教学点"
    PRESCHOOL = "preschool", "附设学前班", "学前班"
    JUNIOR = "junior", "初级中学", "初中"
    NINE_YEAR = "nine_year", "九年一贯制学校", "九年一贯制"

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that a school of this kind teaches; an attached preschool class adds one."""
        return _STAGES[self]


_STAGES: Mapping[SchoolKind, tuple[Stage, ...]] = {
    SchoolKind.CENTRAL: (Stage.PRIMARY,),
    SchoolKind.COMPLETE: (Stage.PRIMARY,),
    SchoolKind.TEACHING_POINT: (Stage.PRIMARY,),
    SchoolKind.PRESCHOOL: (Stage.PRESCHOOL,),
    SchoolKind.JUNIOR: (Stage.JUNIOR,),
    SchoolKind.NINE_YEAR: (Stage.PRIMARY, Stage.JUNIOR),
}


@code_list("学校类别码", standard="教育部《学校（机构）代码管理办法》（教发〔2011〕）", checked="secondary")
class IdentifierKind(CodeEnum):
    """What the first two digits of a school's identifier 学校（机构）标识码 may be."""

    KINDERGARTEN = "11", "幼儿园"
    PRIMARY = "21", "普通小学", "小学"
    ADULT_PRIMARY = "22", "成人小学"
    JUNIOR = "31", "普通初中", "初中"
    VOCATIONAL_JUNIOR = "32", "职业初中"
    ADULT_JUNIOR = "33", "成人初中"
    SENIOR = "34", "普通高中", "高中"
    ADULT_SENIOR = "35", "成人高中"
    VOCATIONAL = "36", "中等职业学校"
    REFORM = "37", "工读学校", "专门学校"
    HIGHER = "41", "普通高等学校"
    ADULT_HIGHER = "42", "成人高等学校"
    SPECIAL = "51", "特殊教育学校", "特殊教育"
    RESEARCH = "91", "培养研究生的科研机构"
    PRIVATE_HIGHER = "92", "民办的其他高等教育机构"
    TRAINING = "93", "中等职业培训机构"


@code_list("学区治理方式")
class GovernanceMode(CodeEnum):
    """Who leads a district 学区领导体制; it decides who chairs what is decided together."""

    PRINCIPAL = "principal", "校长负责制"
    PARTY = "party", "党组织领导的校长负责制"


@code_list("村情统计项目")
class VillageMeasure(CodeEnum):
    """What is counted of a village 村情统计项目."""

    GROUPS = "groups", "村民小组（个）", "村民小组"
    HOUSEHOLDS = "households", "户数（户）", "户数"
    PEOPLE = "people", "人口（人）", "人口"
    SCHOOL_AGE = "school_age", "适龄儿童少年（人）", "适龄人口", "学龄人口"
    ILLITERATES = "illiterates", "文盲（人）", "文盲"
