"""The workbooks of schools, and of townships and villages."""

from __future__ import annotations

from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.registry.schemas.books.places import (
    OpenSchoolRow,
    ServedRow,
    TownshipRow,
    VillageCountRow,
    VillageRow,
)
from xuequ.registry.states.places import SchoolKind, VillageMeasure
from xuequ.registry.templates.columns import SCHOOL

SCHOOLS_SHEET = Sheet(
    "schools",
    "学校登记",
    OpenSchoolRow,
    (
        Column("学校代码", "code", blamed=("registry.school_known",), note="小写字母、数字和连字符"),
        Column("学校名称", "name"),
        Column(
            "学校类别",
            "kind",
            codes=SchoolKind,
            blamed=("registry.second_legal_person", "registry.district_needed"),
            note="另定中心学校：新的填中心学校，原来的填完小",
        ),
        Column("开办日期", "opened_on", Kind.DAY, required=False, note="新办学校必填，由县教育局办理"),
        Column(
            "学校标识码",
            "identifier",
            required=False,
            blamed=("registry.identifier_unfit", "registry.identifier_taken"),
            note="10 位数字",
        ),
        Column("是否附设学前班", "preschool_attached", Kind.FLAG, required=False),
        Column(
            "是否法人",
            "legal_person",
            Kind.FLAG,
            required=False,
            blamed=("registry.legal_person_given",),
            note="只填学区外的学校；学区的法人是中心学校",
        ),
    ),
    key=("code",),
)

SCHOOLS = Template(
    name="registry.schools",
    title="学校登记",
    sheets=(SCHOOLS_SHEET,),
    part="registry.books",
    plan="plan",
    apply="apply",
    take="take",
    export="export",
)

_VILLAGE = Column(
    "村代码",
    "village",
    blamed=("registry.village_unknown", "registry.village_elsewhere", "registry.village_served"),
    note="见“村”表",
)

TOWNSHIPS_SHEET = Sheet(
    "townships",
    "乡镇",
    TownshipRow,
    (
        Column("乡镇代码", "code", blamed=("registry.township_known",), note="小写字母、数字和连字符"),
        Column("乡镇名称", "name"),
    ),
    key=("code",),
    required=False,
)
VILLAGES_SHEET = Sheet(
    "villages",
    "村",
    VillageRow,
    (
        Column("村代码", "code", blamed=("registry.village_known",), note="小写字母、数字和连字符"),
        Column("村名称", "name"),
        Column("乡镇代码", "township", blamed=("registry.township_unknown",), note="见“乡镇”表"),
        Column(
            "学区代码",
            "district",
            required=False,
            blamed=("registry.district_unknown", "registry.district_elsewhere"),
            note="负责该村的学区；在学区导入时不填即本学区",
        ),
    ),
    key=("code",),
    required=False,
)
COUNTS_SHEET = Sheet(
    "counts",
    "村情统计",
    VillageCountRow,
    (
        _VILLAGE,
        Column("项目", "measure", codes=VillageMeasure),
        Column("统计日期", "as_of", Kind.DAY, blamed=("registry.count_ahead",)),
        Column("数值", "value", Kind.WHOLE),
        Column("来源", "source", note="如 村委会 2026 年报；更正的写更正的来源"),
    ),
    key=("village", "measure", "as_of"),
    required=False,
    together=(("value", "source"),),
)
SERVED_SHEET = Sheet(
    "served",
    "服务村",
    ServedRow,
    (
        SCHOOL,
        _VILLAGE,
        Column("起始日期", "since", Kind.DAY),
        Column(
            "终止日期",
            "until",
            Kind.DAY,
            required=False,
            blamed=("registry.village_not_served",),
            note="不再服务的第一天",
        ),
    ),
    key=("school", "village", "since"),
    required=False,
)

VILLAGES = Template(
    name="registry.villages",
    title="乡镇和村",
    sheets=(TOWNSHIPS_SHEET, VILLAGES_SHEET, COUNTS_SHEET, SERVED_SHEET),
    part="registry.books",
    plan="plan",
    apply="apply",
    take="take",
    export="export",
)
