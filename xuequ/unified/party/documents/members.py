"""Documents of members: the roster, a year's turnover, the two-way list, and what is to be seen to."""

from __future__ import annotations

from xuequ.core.document import ON, Align, Argument, Document, DocumentColumn, DocumentTable, KeyFigure, Paper

_C = Align.CENTER
_PART = "party.members"
_PRIVATE = "党内资料，注意保管。"

ROSTER = Document(
    name="party.roster",
    title="党员花名册",
    part=_PART,
    view="branch_roster",
    arguments=(ON,),
    unit=lambda view: str(view.branch),
    subtitle=lambda view: f"截至 {view.on} · 党员 {len(view.members)} 名，党小组 {len(view.groups)} 个",
    tables=(
        DocumentTable(
            "支部委员会",
            lambda view: view.committee,
            (
                DocumentColumn("职务", "office"),
                DocumentColumn("姓名", "name"),
                DocumentColumn("任职起", "since", _C),
            ),
            optional=True,
        ),
        DocumentTable(
            "党小组",
            lambda view: view.groups,
            (
                DocumentColumn("党小组", "name"),
                DocumentColumn("组长", "leader"),
                DocumentColumn("所属学校", "schools_listed", wide=True),
                DocumentColumn("党员数", "members", Align.RIGHT, total=True),
            ),
            optional=True,
        ),
        DocumentTable(
            "党员",
            lambda view: view.members,
            (
                DocumentColumn("姓名", "name"),
                DocumentColumn("工号", "staff_no"),
                DocumentColumn("学校", "school"),
                DocumentColumn("党员状态", "state"),
                DocumentColumn("入党日期", "joined_on", _C),
                DocumentColumn("转正日期", "full_on", _C),
                DocumentColumn("预备期届满", "probation_ends_on", _C),
                DocumentColumn("党小组", "group"),
            ),
            number=True,
        ),
    ),
    notice=_PRIVATE,
)

YEAR_FLOW = Document(
    name="party.year_flow",
    title="年度党员变动表",
    part=_PART,
    view="year_flow",
    arguments=(Argument("year", "年度，如 2026", int),),
    unit=lambda view: str(view.branch),
    subtitle=lambda view: f"{view.year} 年度",
    figures=(
        KeyFigure("年初", "opening", "名"),
        KeyFigure("年末", "closing", "名"),
    ),
    tables=(
        DocumentTable(
            "增减汇总",
            lambda view: view.counts,
            (
                DocumentColumn("增减", "sign", _C),
                DocumentColumn("原因", "turn"),
                DocumentColumn("人数", "count", Align.RIGHT),
            ),
        ),
        DocumentTable(
            "变动名单",
            lambda view: view.lines,
            (
                DocumentColumn("日期", "on", _C),
                DocumentColumn("姓名", "name"),
                DocumentColumn("增减原因", "turn"),
            ),
            number=True,
            note=lambda view: "年初人数加增、减各项等于年末人数；日期为变动后的第一天。",
        ),
    ),
    paper=Paper.PORTRAIT,
    notice=_PRIVATE,
)

_PERSON = (
    DocumentColumn("姓名", "name"),
    DocumentColumn("工号", "staff_no"),
    DocumentColumn("学校", "school"),
)
_LEVEL = DocumentColumn("骨干级别", "level")
_STATE = DocumentColumn("党员状态", "state")

CULTIVATION = Document(
    name="party.cultivation",
    title="骨干教师与党员双向培养名单",
    part=_PART,
    view="cultivation",
    arguments=(ON,),
    unit=lambda view: str(view.branch),
    subtitle=lambda view: (
        f"截至 {view.on} · 党员骨干 {len(view.both)} 名，待培养为党员 {len(view.to_admit)} 名，"
        f"待培养为骨干 {len(view.to_train)} 名"
    ),
    tables=(
        DocumentTable("把骨干教师培养成党员", lambda view: view.to_admit, (*_PERSON, _LEVEL), number=True),
        DocumentTable("把党员教师培养成骨干", lambda view: view.to_train, (*_PERSON, _STATE), number=True),
        DocumentTable("党员骨干教师", lambda view: view.both, (*_PERSON, _LEVEL, _STATE), number=True),
    ),
    paper=Paper.PORTRAIT,
    notice=_PRIVATE,
)
