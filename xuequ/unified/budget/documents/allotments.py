"""Documents of allotments: what every school gets and by what, and whether training gets its share."""

from __future__ import annotations

from xuequ.core.document import Align, Argument, Document, DocumentColumn, DocumentTable, Paper
from xuequ.unified.budget.schemas.allotments import AllotmentView, TrainingCheckView

_C, _R = Align.CENTER, Align.RIGHT
_YEAR = Argument("year", "年度，如 2026", int)


def _subtitle(view: AllotmentView) -> str:
    said = f"{view.year} 年第 {view.number} 次核定 · {view.adopted_on}"
    said += f" · {view.document_no}" if view.document_no else ""
    return f"{said} · 更正理由：{view.reason}" if view.reason else said


def _origin(view: AllotmentView) -> str:
    return (
        f"人数为统计时点 {view.count_date} 的秋季事业统计在校学生数，年初固定，学前学生不计；"
        "不足核定人数的农村小规模学校按核定人数计，一校多学段的按各学段实有人数的比例分摊。"
    )


OPERATING_ALLOTMENT = Document(
    name="budget.operating_allotment",
    title="公用经费核定表",
    part="budget.allotments",
    view="allotment",
    arguments=(_YEAR, Argument("number", "第几次核定（默认最近一次）", int, required=False)),
    subtitle=_subtitle,
    tables=(
        DocumentTable(
            "各校公用经费",
            lambda view: view.schools,
            (
                DocumentColumn("学校", "school_name", wide=True),
                DocumentColumn("实有人数", "actual", _R, total=True),
                DocumentColumn("核定人数", "counted", _R, total=True),
                DocumentColumn("基准定额", "base", _R, total=True),
                DocumentColumn("寄宿生增加", "boarding", _R, total=True),
                DocumentColumn("特殊教育", "special", _R, total=True),
                DocumentColumn("取暖费", "heating", _R, total=True),
                DocumentColumn("合计（元）", "amount", _R, total=True),
                DocumentColumn("小规模学校认定", "basis", wide=True),
            ),
            note=_origin,
            number=True,
        ),
        DocumentTable(
            "分学段、分项目计算",
            lambda view: view.lines,
            (
                DocumentColumn("学校", "school_name", wide=True),
                DocumentColumn("学段", "stage", _C),
                DocumentColumn("项目", "item", wide=True),
                DocumentColumn("标准（元/生·年）", "rate", _R),
                DocumentColumn("实有人数", "actual", _R),
                DocumentColumn("核定人数", "counted", _R),
                DocumentColumn("金额（元）", "amount", _R, total=True),
            ),
            group="school_name",
        ),
        DocumentTable(
            "所用标准",
            lambda view: view.standards,
            (
                DocumentColumn("标准", "label", wide=True),
                DocumentColumn("值", "value", _C),
                DocumentColumn("起始日期", "since", _C),
                DocumentColumn("制定", "place", _C),
                DocumentColumn("依据", "authority", wide=True),
            ),
        ),
    ),
    signers=("制表人", "会计", "学区校长"),
    paper=Paper.LANDSCAPE,
)


def _training_note(view: TrainingCheckView) -> str:
    return (
        "安排数、执行数均与年度公用经费预算总额（批复、批复前安排与调整之和，不含上年结转）相比；"
        "年度中间的执行数随进度增加，不足的列出，供安排培训时参考。"
    )


TRAINING_CHECK = Document(
    name="budget.training_check",
    title="师训经费安排与执行检查表",
    part="budget.allotments",
    view="training_check",
    arguments=(_YEAR,),
    subtitle=lambda view: f"{view.year} 年 · 截至 {view.as_of}",
    tables=(
        DocumentTable(
            "占公用经费比例",
            lambda view: view.shares,
            (
                DocumentColumn("项目", "what", _C),
                DocumentColumn("师训经费（元）", "amount", _R),
                DocumentColumn("公用经费总额（元）", "whole", _R),
                DocumentColumn("占比", "percent", _R),
                DocumentColumn("应达到（元）", "least", _R),
                DocumentColumn("相差（元）", "short", _R),
                DocumentColumn("结论", "verdict", _C),
            ),
            note=_training_note,
        ),
        DocumentTable(
            "师训经费各项",
            lambda view: view.lines,
            (
                DocumentColumn("预算项目", "name", wide=True),
                DocumentColumn("经济分类", "economic", _C),
                DocumentColumn("预算（元）", "planned", _R, total=True),
                DocumentColumn("已核拨或占用（元）", "held", _R, total=True),
                DocumentColumn("已付（元）", "paid", _R, total=True),
            ),
            number=True,
            optional=True,
        ),
    ),
    signers=("制表人", "会计", "学区校长"),
    paper=Paper.PORTRAIT,
)
