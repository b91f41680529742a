"""The workbook of pupils' circumstances."""

from __future__ import annotations

from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.registry.schemas.books.circumstances import GuardianLine, ResidenceLine, TraitLine
from xuequ.registry.states.circumstances import ResidenceKind, TraitDetail, TraitKind
from xuequ.registry.states.people import Sex
from xuequ.registry.templates.columns import DOCUMENT, PHONE, PUPIL_NAME, PUPIL_NO
from xuequ.standards.codes.people import Relation

_BACKWARDS = ("core.span_backwards",)

_TRAITS = Sheet(
    "traits",
    "特殊情况",
    TraitLine,
    (
        PUPIL_NO,
        PUPIL_NAME,
        Column("情况", "kind", codes=TraitKind, blamed=("registry.trait_known",)),
        Column("细类", "detail", codes=TraitDetail, required=False, blamed=("registry.trait_detail_wrong",)),
        Column("起始日期", "since", Kind.DAY, note="有此情况的第一天"),
        Column(
            "终止日期",
            "until",
            Kind.DAY,
            required=False,
            note="不再有此情况的第一天",
            blamed=("registry.trait_unknown",),
        ),
    ),
    key=("pupil_no", "kind", "since"),
    required=False,
)
_GUARDIANS = Sheet(
    "guardians",
    "监护人",
    GuardianLine,
    (
        PUPIL_NO,
        PUPIL_NAME,
        Column(
            "监护人姓名",
            "guardian",
            example="示例（李梅）",
            blamed=("registry.guardian_known", "registry.guardian_is_pupil"),
        ),
        Column("与学生关系", "relation", codes=Relation, example="母亲"),
        Column("监护人性别", "sex", codes=Sex, required=False),
        Column("监护人出生日期", "birth_date", Kind.DAY, required=False),
        *DOCUMENT,
        PHONE,
        Column(
            "主要联系人",
            "is_primary",
            Kind.FLAG,
            required=False,
            note="每名学生一人填“是”",
            blamed=("registry.primary_twice",),
        ),
        Column("起始日期", "since", Kind.DAY, note="监护的第一天"),
        Column("终止日期", "until", Kind.DAY, required=False, note="不再监护的第一天", blamed=_BACKWARDS),
    ),
    key=("pupil_no", "guardian", "since"),
    required=False,
)
_RESIDENCES = Sheet(
    "residences",
    "住址",
    ResidenceLine,
    (
        PUPIL_NO,
        PUPIL_NAME,
        Column("居住类别", "kind", codes=ResidenceKind),
        Column(
            "区划代码",
            "area",
            example="530921",
            note="县级 6 位或村级 12 位统计用区划代码",
            blamed=("registry.area_code_wrong",),
        ),
        Column("详细地址", "address", required=False, note="加密保存；不导出，不填即不改"),
        Column(
            "起始日期",
            "since",
            Kind.DAY,
            note="在此居住（落户）的第一天；前一处同日终止",
            blamed=("registry.residence_backwards",),
        ),
    ),
    key=("pupil_no", "kind", "since"),
    required=False,
)

CIRCUMSTANCES = Template(
    name="registry.circumstances",
    title="学生情况",
    sheets=(_TRAITS, _GUARDIANS, _RESIDENCES),
    part="registry.books",
    plan="plan",
    apply="apply",
    take="take",
    export="export",
)
