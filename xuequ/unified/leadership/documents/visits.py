"""Documents of supervision visits: the log with what is open."""

from __future__ import annotations

from xuequ.core.document import Align, Document, DocumentColumn, DocumentTable
from xuequ.unified.leadership.documents.basis import FIRST, LAST

_C, _R = Align.CENTER, Align.RIGHT

VISIT_LOG = Document(
    name="leadership.visit_log",
    title="督导记录",
    part="leadership.visits",
    view="log",
    arguments=(FIRST, LAST),
    subtitle=lambda view: (
        f"{view.first} 至 {view.last} · 督导 {len(view.visits)} 次，未销号 {len(view.open)} 项"
    ),
    tables=(
        DocumentTable(
            "督导记录",
            lambda view: view.visits,
            (
                DocumentColumn("日期", "visited_on", _C),
                DocumentColumn("学校", "school", wide=True),
                DocumentColumn("督导人", "visitor"),
                DocumentColumn("方式", "kind", _C),
                DocumentColumn("内容", "topics", wide=True),
                DocumentColumn("记录和问题", "findings", wide=True),
                DocumentColumn("学校负责人签字", "countersigned", _C),
            ),
            number=True,
        ),
        DocumentTable(
            "未销号的问题",
            lambda view: view.open,
            (
                DocumentColumn("发现日期", "visited_on", _C),
                DocumentColumn("学校", "school_name", wide=True),
                DocumentColumn("督导人", "visitor"),
                DocumentColumn("问题", "text", wide=True),
                DocumentColumn("已过天数", "days", _R),
            ),
            number=True,
            note=lambda view: f"截至 {view.last}，包括以前督导发现的问题。",
        ),
    ),
)
