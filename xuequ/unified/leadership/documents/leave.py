"""Documents of leave: the ledger of a month, what the principal was not told of, and who is not back."""

from __future__ import annotations

from xuequ.core.document import (
    ANY_SCHOOL,
    ON,
    Align,
    Argument,
    Document,
    DocumentColumn,
    DocumentTable,
    KeyFigure,
)
from xuequ.unified.leadership.schemas.leave import LeaveLedger, UnreportedList

_C, _R = Align.CENTER, Align.RIGHT
_WHO = (DocumentColumn("工号", "staff_no"), DocumentColumn("姓名", "name"), DocumentColumn("假别", "kind"))


def _ledger_note(view: LeaveLedger) -> str:
    return (
        "天数为落在本月、在该校应上班的半天数除以二；产假等按自然日计算的假别按日历计。"
        "作废、撤回和不予批准的请假保留在册，天数计为零；跨月、跨校的请假在各处分别列出。"
    )


LEAVE_LEDGER = Document(
    name="leadership.leave_ledger",
    title="请假台账",
    part="leadership.leave",
    view="month_ledger",
    arguments=(Argument("year", "年份，如 2026", int), Argument("month", "月份，1 至 12", int), ANY_SCHOOL),
    subtitle=lambda view: f"{view.first:%Y年%m月} · {len(view.lines)} 项",
    tables=(
        DocumentTable(
            "请假台账",
            lambda view: view.lines,
            (
                *_WHO,  # each school stands above its own
                *(DocumentColumn("自", "since", _C), DocumentColumn("至", "last", _C)),
                *(DocumentColumn("本月天数", "days", _R, total=True), DocumentColumn("状态", "state")),
                *(DocumentColumn("审批", "ground"), DocumentColumn("审批人", "approver")),
                *(DocumentColumn("报告校长", "reported", _C), DocumentColumn("返岗", "back", _C)),
                DocumentColumn("备注", "remark", wide=True),
            ),
            note=_ledger_note,
            number=True,
            group="school",
        ),
        DocumentTable(
            "各人合计",
            lambda view: view.totals,
            (
                *(DocumentColumn("学校", "school", wide=True), *_WHO),
                DocumentColumn("批准天数", "days", _R, total=True),
                DocumentColumn("已休天数", "taken", _R, total=True),
            ),
            optional=True,
        ),
    ),
    signers=("填表人", "教导主任", "校长"),
)


def _unreported_note(view: UnreportedList) -> str:
    if view.within_days is None:
        return "半天以内由学校负责人审批的请假须报告校长；报告期限由学区自定，尚未设定。"
    return f"半天以内由学校负责人审批的请假须在审批后 {view.within_days} 天内报告校长。"


UNREPORTED_LEAVES = Document(
    name="leadership.unreported_leaves",
    title="未报告校长的半天假一览",
    part="leadership.leave",
    view="unreported",
    arguments=(ANY_SCHOOL, ON),
    subtitle=lambda view: f"截至 {view.as_of}",
    figures=(KeyFigure("逾期未报告", "overdue", "项"),),
    tables=(
        DocumentTable(
            "未报告校长的半天假一览",
            lambda view: view.lines,
            (
                *(DocumentColumn("学校", "school", wide=True), *_WHO),
                *(DocumentColumn("请假时间", "since", _C), DocumentColumn("审批人", "approver")),
                DocumentColumn("审批日期", "approved_on", _C),
                DocumentColumn("已过天数", "days_since", _R),
                *(DocumentColumn("报告期限", "due", _C), DocumentColumn("逾期", "overdue", _C)),
            ),
            note=_unreported_note,
            number=True,
        ),
    ),
    signers=("填表人", "校长"),
)

OVERDUE_RETURNS = Document(
    name="leadership.overdue_returns",
    title="请假超期未归一览",
    part="leadership.leave",
    view="overdue",
    arguments=(ANY_SCHOOL,),
    subtitle=lambda view: f"截至 {view.as_of}",
    tables=(
        DocumentTable(
            "请假超期未归一览",
            lambda view: view.lines,
            (
                *(DocumentColumn("学校", "school", wide=True), *_WHO),
                *(DocumentColumn("假期止于", "ended", _C), DocumentColumn("返岗", "back", _C)),
                DocumentColumn("超期天数", "days", _R, total=True),
                DocumentColumn("核查结果", wide=True),
            ),
            note=lambda view: "超期天数只计应上班的半天；是否旷工由学区核查后认定，补办续假的不列。",
            number=True,
        ),
    ),
    signers=("填表人", "核查人", "校长"),
)
