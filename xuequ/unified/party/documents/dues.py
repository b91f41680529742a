"""Documents of dues: the ledger of a year, what is published of it, and the slip of what goes up."""

from __future__ import annotations

from xuequ.core.document import (
    ON,
    Align,
    Argument,
    Document,
    DocumentColumn,
    DocumentTable,
    Paper,
)
from xuequ.unified.party.schemas.dues import AnnualView, LedgerSheet, RemittanceView

_C, _R = Align.CENTER, Align.RIGHT
_YEAR = Argument("year", "年度，如 2026", int)
_PRIVATE = "内部资料：党费与个人收入有关，仅供党支部工作使用。"


def _ledger_note(view: LedgerSheet) -> str:
    return (
        "各月栏为应交月份的党费（元）：数字为已交，“欠”为逾期未交，“免”为经批准免交，“清”为建账以前已交清，“—”为当月不在本支部交纳；"
        "“欠交月龄”为最早欠交月份距今的月数，欠交一栏含以前年度。"
    )


DUES_LEDGER = Document(
    name="party.dues_ledger",
    title="党费收缴台账",
    part="party.dues",
    view="ledger_sheet",
    arguments=(_YEAR, Argument("on", ON.label, ON.read, required=False)),
    unit=lambda view: view.branch,
    subtitle=lambda view: f"{view.year} 年 · 截至 {view.as_of} · {len(view.lines)} 人",
    tables=(
        DocumentTable(
            "党费收缴台账",
            lambda view: view.lines,
            (
                DocumentColumn("姓名", "name"),
                DocumentColumn("类别", "category", _C),
                *(DocumentColumn(f"{number}月", f"m{number}", _R) for number in range(1, 13)),
                DocumentColumn("已交", "paid", _R, total=True),
                DocumentColumn("自愿多交", "extra", _R, total=True),
                DocumentColumn("欠交", "arrears", _R, total=True),
                DocumentColumn("欠交月龄", "age", _C),
            ),
            note=_ledger_note,
            number=True,
        ),
    ),
    signers=("收缴人", "组织委员", "支部书记"),
    notice=_PRIVATE,
)


def _annual_subtitle(view: AnnualView) -> str:
    said = f"{view.year} 年 · 截至 {view.as_of}"
    return f"{said} · 公布于 {view.published_on[-1]}" if view.published_on else said


DUES_ANNUAL = Document(
    name="party.dues_annual",
    title="党费收缴情况年度公布",
    part="party.dues",
    view="annual",
    arguments=(_YEAR, Argument("on", ON.label, ON.read, required=False)),
    unit=lambda view: view.branch,
    subtitle=_annual_subtitle,
    tables=(
        DocumentTable(
            "党费收支",
            lambda view: view.sums,
            (DocumentColumn("项目", "what", wide=True), DocumentColumn("金额（元）", "amount", _R)),
            note=lambda view: (
                "上年结转与本年收缴之和，等于本年上缴与年末结存之和；含全额上缴中央的大额党费。"
            ),
        ),
        DocumentTable(
            "党员交纳党费",
            lambda view: view.lines,
            (
                DocumentColumn("姓名", "name", wide=True),
                DocumentColumn("党费", "dues", _R, total=True),
                DocumentColumn("自愿多交", "extra", _R, total=True),
                DocumentColumn("大额党费（上缴中央）", "to_centre", _R, total=True),
                DocumentColumn("合计", "amount", _R, total=True),
            ),
            note=lambda view: "按交纳日期统计；向本支部党员公布，每年至少一次。",
            number=True,
        ),
    ),
    signers=("制表人", "组织委员", "支部书记"),
    paper=Paper.PORTRAIT,
)


def _voided(view: RemittanceView) -> str:
    return f"本单已于 {view.voided_on} 作废：{view.void_reason}" if view.voided_on else ""


DUES_REMITTANCE = Document(
    name="party.dues_remittance",
    title="党费上缴单",
    part="party.dues",
    view="remittance",
    arguments=(Argument("number", "上缴单号"),),
    unit=lambda view: view.branch,
    subtitle=lambda view: f"编号 {view.number} · {view.remitted_on}",
    tables=(
        DocumentTable(
            "上缴党费",
            lambda view: view.lines,
            (
                DocumentColumn("上缴日期", "remitted_on", _C),
                DocumentColumn("项目", "pot", wide=True),
                DocumentColumn("金额（元）", "amount", _R),
                DocumentColumn("大写", "capitals", wide=True),
                DocumentColumn("接收单位", "receiver", wide=True),
            ),
            note=lambda view: "一式两份，上缴支部和接收单位各存一份。",
        ),
    ),
    signers=("上缴人", "支部书记", "接收人"),
    notice=_voided,
    paper=Paper.PORTRAIT,
)
