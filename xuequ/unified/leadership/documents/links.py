"""Documents of the team: the table of duties and links, and what is vacant."""

from __future__ import annotations

from xuequ.core.document import (
    ON,
    Align,
    Argument,
    Document,
    DocumentColumn,
    DocumentTable,
    Publicity,
)
from xuequ.unified.leadership.schemas.links import DutyLinkTable

_C, _R = Align.CENTER, Align.RIGHT


def _body(view: DutyLinkTable) -> str:
    return (
        f"{view.district}实行{view.governance.label}。现将学区领导班子岗位职责、挂钩学校和帮扶对象予以公示，"
        f"接受教职工和社会监督。公示期为{view.working_days}个工作日。公示期间如有异议，请以书面形式署名反映。"
    )


DUTY_LINK_TABLE = Document(
    name="leadership.duty_link_table",
    title="挂钩帮扶与岗位职责表",
    part="leadership.team",
    view="duty_link_table",
    arguments=(
        Argument("on", "公示起始日期（默认今天）", ON.read, required=False),
        Argument("contact", "受理异议的部门、电话（默认学区办公室）", required=False),
    ),
    subtitle=lambda view: f"公示期 {view.as_of} 至 {view.last}",
    tables=(
        DocumentTable(
            "领导班子",
            lambda view: view.leaders,
            (
                DocumentColumn("岗位", "post"),
                DocumentColumn("姓名", "name"),
                DocumentColumn("主持工作", "acting", _C),
                DocumentColumn("任职起", "since", _C),
                DocumentColumn("任职文号", "authority", wide=True),
                DocumentColumn("挂钩学校", "schools", wide=True),
                DocumentColumn("帮扶对象", "support", wide=True),
            ),
        ),
        DocumentTable(
            "学校挂钩",
            lambda view: view.links,
            (
                DocumentColumn("学校", "school_name", wide=True),
                DocumentColumn("挂钩岗位", "post"),
                DocumentColumn("挂钩人", "name"),
                DocumentColumn("挂钩起", "since", _C),
            ),
            number=True,
            note=lambda view: "每所在办学校由一名班子成员挂钩，不重不漏。",
        ),
        DocumentTable(
            "帮扶",
            lambda view: view.support,
            (
                DocumentColumn("岗位", "post"),
                DocumentColumn("姓名", "name"),
                DocumentColumn("时段", "period"),
                DocumentColumn("帮扶对象", "target", wide=True),
                DocumentColumn("指标", "measure", wide=True),
                DocumentColumn("基线", "baseline", _R),
                DocumentColumn("结果", "result", _R),
                DocumentColumn("提升（相对学区均值）", "gain", _R),
            ),
        ),
    ),
    publicity=Publicity(
        body=_body,
        period=lambda view: (view.as_of, view.last),
        contact=lambda view: f"异议由{view.contact}受理。",
    ),
    notice=lambda view: f"公示截止日为推算：{view.provisional}" if view.provisional else "",
)

VACANCY_LIST = Document(
    name="leadership.vacancy_list",
    title="空缺、主持工作清单",
    part="leadership.team",
    view="vacancy_list",
    arguments=(ON,),
    subtitle=lambda view: (
        f"截至 {view.as_of} · 缺项 {len(view.defects)} 个，主持工作和代行 {len(view.stand_ins)} 人"
    ),
    tables=(
        DocumentTable(
            "缺项",
            lambda view: view.defects,
            (
                DocumentColumn("单位", "place_name", wide=True),
                DocumentColumn("岗位", "post"),
                DocumentColumn("情形", "kind", wide=True),
                DocumentColumn("涉及人员", "name"),
                DocumentColumn("空缺起", "since", _C),
            ),
            number=True,
            note=lambda view: "空缺岗位应及时任命或明确主持工作的人；挂钩人离任的，由继任者办理移交。",
        ),
        DocumentTable(
            "主持工作和授权代行",
            lambda view: view.stand_ins,
            (
                DocumentColumn("单位", "place_name", wide=True),
                DocumentColumn("岗位", "post"),
                DocumentColumn("姓名", "name"),
                DocumentColumn("方式", "way", _C),
                DocumentColumn("代行何人职责", "for_whom"),
                DocumentColumn("起", "since", _C),
                DocumentColumn("至（不含）", "until", _C),
                DocumentColumn("依据", "reason", wide=True),
            ),
            number=True,
        ),
    ),
)
