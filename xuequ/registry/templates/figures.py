"""The workbook of what is measured at schools."""

from __future__ import annotations

from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.registry.schemas.books.figures import FigureRow
from xuequ.registry.states.figures import Measure
from xuequ.registry.templates.columns import SCHOOL

FIGURES_SHEET = Sheet(
    "figures",
    "设备图书",
    FigureRow,
    (
        SCHOOL,
        Column("统计日期", "as_of", Kind.DAY, blamed=("registry.figure_ahead",)),
        *(Column(measure.label, measure.value, Kind.DECIMAL, required=False) for measure in Measure),
    ),
    key=("school", "as_of"),
)

FIGURES = Template(
    name="registry.figures",
    title="设备图书统计",
    sheets=(FIGURES_SHEET,),
    part="registry.books",
    plan="plan",
    apply="apply",
    take="take",
    export="export",
)
