"""Documents of regulations: the acknowledgement matrix."""

from __future__ import annotations

from xuequ.core.document import ON, Align, Document, DocumentColumn, DocumentTable

_C, _R = Align.CENTER, Align.RIGHT

ACK_MATRIX = Document(
    name="leadership.ack_matrix",
    title="规章制度签收矩阵",
    part="leadership.acknowledgements",
    view="matrix",
    arguments=(ON,),
    subtitle=lambda view: f"截至 {view.as_of} · 现行制度 {len(view.versions)} 项",
    tables=(
        DocumentTable(
            "签收进度",
            lambda view: view.versions,
            (
                DocumentColumn("制度", "title", wide=True),
                DocumentColumn("版本", "number", _C),
                DocumentColumn("文号", "document_no", wide=True),
                DocumentColumn("下发日期", "issued_on", _C),
                DocumentColumn("签收期限", "due_on", _C),
                DocumentColumn("应签学校", "obliged", _R),
                DocumentColumn("已签", "signed", _R),
                DocumentColumn("逾期", "overdue", _R),
                DocumentColumn("签收率", "percent", _R),
                DocumentColumn("教师已阅", "readers", _R),
            ),
            note=lambda view: "签收率 = 已签学校 ÷ 下发当日应签学校；逾期指过了期限仍未签收。",
        ),
        DocumentTable(
            "各校签收情况",
            lambda view: view.cells,
            (
                DocumentColumn("学校", "school", wide=True),
                DocumentColumn("签署人", "signer"),
                DocumentColumn("状态", "state", _C),
                DocumentColumn("期限", "due_on", _C),
                DocumentColumn("签收日期", "signed_on", _C),
                DocumentColumn("说明", "remark", wide=True),
            ),
            group="version",
            note=lambda view: "未签收的，签署人为当日的学校负责人；负责人变动的，由继任者签收。",
        ),
    ),
)
