"""The 整改清单 of the 组织生活会."""

from __future__ import annotations

from xuequ.core.document import Align, Document, DocumentColumn, DocumentTable
from xuequ.unified.party.documents.meetings import INTERNAL, OVERDUE

_C = Align.CENTER

RECTIFICATION_LIST = Document(
    name="party.rectification_list",
    title="组织生活会整改清单",
    part="party.appraisal",
    view="rectifications",
    subtitle=lambda view: f"截至 {view.as_of} · 共 {len(view.lines)} 项",
    figures=(OVERDUE,),
    tables=(
        DocumentTable(
            "整改事项",
            lambda view: view.lines,
            (
                DocumentColumn("会议编号", "number"),
                DocumentColumn("批评意见", "criticism", wide=True),
                DocumentColumn("整改措施", "measure", wide=True),
                DocumentColumn("责任人", "owner"),
                DocumentColumn("完成期限", "due_on", _C),
                DocumentColumn("完成日期", "done_on", _C),
                DocumentColumn("佐证", "proof"),
                DocumentColumn("逾期", "overdue", _C),
            ),
            number=True,
        ),
    ),
    notice=INTERNAL,
)
