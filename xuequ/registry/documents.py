"""The registry's documents."""

from __future__ import annotations

from collections import Counter

from xuequ.core.document import Align, Document, DocumentColumn, DocumentTable, KeyFigure
from xuequ.registry.schemas.figures import DistrictGlance, ReconciledLine, Reconciliation
from xuequ.registry.states.figures import Verdict

_R = Align.RIGHT


def _subtitle(view: DistrictGlance) -> str:
    day = f"{view.figures_as_of}" if view.figures_as_of else "未登记"
    return f"{view.county} · 人数截至 {view.as_of} · 校舍设备统计于 {day}"


def _reconciliation_note(view: DistrictGlance) -> str:
    """Say in one sentence what the check found."""
    found: Reconciliation = view.reconciliation
    counts = Counter(line.verdict for line in found.lines)
    told = "，".join(f"{counts[verdict]} 项{verdict.label}" for verdict in Verdict if counts[verdict])
    if not found.lines:
        return "没有登记公布数据。"
    text = f"共核对 {len(found.lines)} 项：{told}。"
    stale = [line for line in found.lines if line.verdict is Verdict.OTHER_DENOMINATOR]
    if stale and found.common_low is not None:
        low, high = found.common_low, found.common_high
        span = f"{low}" if low == high else f"{low}–{high}"
        text += (
            f"不符的 {len(stale)} 项人均数都只在分母为 {span} 人时成立，而登记为 {_denominators(stale)} 人。"
        )
    return text


def _denominators(lines: list[ReconciledLine]) -> str:
    return "、".join(sorted({f"{line.denominator:f}" for line in lines if line.denominator is not None}))


DISTRICT_GLANCE = Document(
    name="registry.district_at_a_glance",
    title="基本情况一览表",
    part="registry",
    view="district_at_a_glance",
    subtitle=_subtitle,
    figures=(
        KeyFigure("学校", "school_count", "所"),
        KeyFigure("教学班", "class_count", "个"),
        KeyFigure("在校生", "pupil_count", "人", lambda view: f"含学前班 {view.preschool_count} 人"),
        KeyFigure("义务教育阶段", "compulsory_count", "人"),
        KeyFigure("教师", "staff_count", "人"),
    ),
    tables=(
        DocumentTable(
            "各校基本情况",
            lambda view: view.schools,
            (
                DocumentColumn("学校", "name", wide=True),
                DocumentColumn("类别", "kind"),
                DocumentColumn("教学班", "classes", _R, total=True),
                DocumentColumn("在校生", "pupils", _R, total=True),
                DocumentColumn("其中学前", "preschool_pupils", _R, total=True),
                DocumentColumn("义务教育", "compulsory_pupils", _R, total=True),
                DocumentColumn("教师", "staff", _R, total=True),
                DocumentColumn("占地（㎡）", "land_area", _R, total=True),
                DocumentColumn("校舍（㎡）", "building_area", _R, total=True),
                DocumentColumn("图书（册）", "books", _R, total=True),
                DocumentColumn("电脑（台）", "computers", _R, total=True),
                DocumentColumn("电子白板（块）", "whiteboards", _R, total=True),
            ),
            number=True,
        ),
        DocumentTable(
            "教师职称",
            lambda view: view.titles,
            (DocumentColumn("职称", "title", wide=True), DocumentColumn("人数", "staff", _R, total=True)),
        ),
        DocumentTable(
            "公布数据与登记数据对账",
            lambda view: view.reconciliation.lines,
            (
                DocumentColumn("公布的说法", "label", wide=True),
                DocumentColumn("公布", "printed", _R),
                DocumentColumn("分子", "numerator_text", wide=True),
                DocumentColumn("分母", "denominator_text", wide=True),
                DocumentColumn("按登记计算", "computed", _R),
                DocumentColumn("按义务教育人数", "computed_compulsory", _R),
                DocumentColumn("公布数成立所需分母", "implied_text", _R),
                DocumentColumn("数据日期", "dates_text", Align.CENTER),
                DocumentColumn("结论", "verdict", wide=True),
            ),
            note=_reconciliation_note,
            number=True,
        ),
        DocumentTable(
            "合计与分项",
            lambda view: view.reconciliation.sums,
            (
                DocumentColumn("合计", "whole", wide=True),
                DocumentColumn("公布", "printed", _R),
                DocumentColumn("公布的分项", "parts"),
                DocumentColumn("分项之和", "computed", _R),
                DocumentColumn("结论", "verdict"),
            ),
        ),
    ),
    notice="人数由登记逐人计数，人均数由分子除以分母得出；未作任何手工填写。",
)

DOCUMENTS = (DISTRICT_GLANCE,)
