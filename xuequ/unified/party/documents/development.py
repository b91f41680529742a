"""Documents of development cases: the funnel and ledger, and the public notice of candidates."""

from __future__ import annotations

from xuequ.core.document import (
    ON,
    Align,
    Argument,
    Chart,
    Document,
    DocumentColumn,
    DocumentTable,
    KeyFigure,
    Paper,
    Publicity,
    Series,
)
from xuequ.unified.party.schemas.development_views import CandidateNotice

_C = Align.CENTER

DEVELOPMENT_LEDGER = Document(
    name="party.development_ledger",
    title="发展党员工作台账",
    part="party.development",
    view="ledger",
    arguments=(ON,),
    unit=lambda view: view.branch,
    subtitle=lambda view: f"截至 {view.as_of}",
    figures=(
        KeyFigure("在办", "open_cases", "人", lambda view: "已申请、尚未转正也未结束的人数"),
        KeyFigure("逾期", "overdue", "人", lambda view: "有一步已过最迟日期的人数"),
    ),
    charts=(Chart("各阶段人数", lambda view: view.phases, "phase", (Series("人数", "count"),), unit="人"),),
    tables=(
        DocumentTable(
            "在办发展工作",
            lambda view: view.lines,
            (
                DocumentColumn("工号", "staff_no"),
                DocumentColumn("姓名", "name"),
                DocumentColumn("单位", "school"),
                DocumentColumn("阶段", "phase"),
                DocumentColumn("申请", "applied_on", _C),
                DocumentColumn("积极分子", "activist_on", _C),
                DocumentColumn("发展对象", "candidate_on", _C),
                DocumentColumn("支部大会接收", "admitted_on", _C),
                DocumentColumn("下一步", "next_step"),
                DocumentColumn("最早日期", "earliest", _C),
                DocumentColumn("先到期", "due_step"),
                DocumentColumn("最迟日期", "latest", _C),
                DocumentColumn("逾期", "overdue", _C),
                DocumentColumn("例外", "exceptions", Align.RIGHT, total=True),
                DocumentColumn("说明", "remark", wide=True),
            ),
            number=True,
            note=lambda view: "各步按办理当日的《中国共产党发展党员工作细则》文本判定；逾期只标出，不作废。",
        ),
        DocumentTable(
            "例外登记",
            lambda view: view.exceptions,
            (
                DocumentColumn("工号", "staff_no"),
                DocumentColumn("姓名", "name"),
                DocumentColumn("步骤", "step"),
                DocumentColumn("日期", "on", _C),
                DocumentColumn("与规定不同之处", "says", wide=True),
                DocumentColumn("原因", "reason", wide=True),
            ),
            optional=True,
        ),
        DocumentTable(
            "须更换的培养联系人、入党介绍人",
            lambda view: view.sponsors,
            (
                DocumentColumn("工号", "staff_no"),
                DocumentColumn("姓名", "name"),
                DocumentColumn("类别", "role"),
                DocumentColumn("现任", "sponsor"),
            ),
            optional=True,
        ),
    ),
    notice="内部资料，不得公开",
)


def _body(view: CandidateNotice) -> str:
    return (
        f"经支部委员会讨论，拟将下列同志确定为发展对象，现予公示。公示期为{view.working_days}个工作日"
        f"（{view.authority}）。公示期间，党员和群众如有意见，请以书面或口头形式如实反映，并写明具体事实。"
    )


CANDIDATE_NOTICE = Document(
    name="party.candidate_notice",
    title="拟确定发展对象公示",
    part="party.development",
    view="candidate_notice",
    arguments=(
        Argument("on", "公示起始日期（默认今天）", ON.read, required=False),
        Argument("contact", "受理意见的部门、电话（默认党支部）", required=False),
    ),
    unit=lambda view: view.branch,
    subtitle=lambda view: f"公示期 {view.as_of} 至 {view.last}",
    tables=(
        DocumentTable(
            "拟确定发展对象名单",
            lambda view: view.lines,
            (
                DocumentColumn("姓名", "name"),
                DocumentColumn("性别", "sex", _C),
                DocumentColumn("出生年月", "born", _C),
                DocumentColumn("单位", "school", wide=True),
                DocumentColumn("申请入党", "applied_on", _C),
                DocumentColumn("确定积极分子", "activist_on", _C),
                DocumentColumn("培养联系人", "contacts", wide=True),
            ),
            number=True,
        ),
    ),
    paper=Paper.PORTRAIT,
    publicity=Publicity(
        body=_body,
        period=lambda view: (view.as_of, view.last),
        contact=lambda view: f"意见由{view.contact}受理。",
    ),
    notice=lambda view: f"公示截止日为推算：{view.provisional}" if view.provisional else "",
)
