"""Documents of the branch's life: the 三会一课 grid, and attendance with its alarms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace

from xuequ.core.document import Align, Argument, Document, DocumentColumn, DocumentTable, KeyFigure
from xuequ.unified.party.schemas.meetings import AttendanceReport, CompletionGrid, GridCell
from xuequ.unified.party.states.meetings import Completion

_C, _R = Align.CENTER, Align.RIGHT
YEAR = Argument("year", "年度，如 2026（默认今年）", int, required=False)
INTERNAL = "党内资料，请妥善保管。"


@dataclass(frozen=True, slots=True)
class Untalked:
    """Somebody, or a pair of the committee, without a talk in the year."""

    who: str


def _grid_rows(view: CompletionGrid) -> list[SimpleNamespace]:
    """Lay the grid out: a row for each kind and group, a field for each month."""
    rows: list[SimpleNamespace] = []
    for line in view.lines:
        months = {f"m{cell.month}": _cell(cell) for cell in line.cells}
        met = sum(cell.state is Completion.MET for cell in line.cells)
        missed = sum(cell.state is Completion.MISSED for cell in line.cells)
        name = f"{line.label}（{line.group}）" if line.group else line.label
        rows.append(
            SimpleNamespace(name=name, requirement=line.requirement, met=met, missed=missed, **months)
        )
    return rows


def _cell(cell: GridCell) -> str:
    """Write one cell: the days in its month for what was held, else how it stands."""
    if cell.state is Completion.MET:
        days = [f"{day.day}日" for day in cell.held if day.month == cell.month]
        return "、".join(days) or "✓"
    short = {Completion.NOT_APPLICABLE: "—", Completion.REASONED: f"未开展：{cell.reason}"}
    return short.get(cell.state, cell.state.label)


COMPLETION_GRID = Document(
    name="party.completion_grid",
    title="三会一课等组织生活开展情况表",
    part="party.meetings",
    view="completion",
    arguments=(YEAR,),
    unit=lambda view: str(view.branch),
    subtitle=lambda view: f"{view.year} 年度 · 截至 {view.as_of}",
    tables=(
        DocumentTable(
            "开展情况",
            _grid_rows,
            (
                DocumentColumn("组织生活", "name"),
                DocumentColumn("要求", "requirement"),
                *(DocumentColumn(f"{month}月", f"m{month}", _C) for month in range(1, 13)),
            ),
            note=lambda view: "按整月、整季度、整年判定；每季度、每年一次的，期内各月同列；寒暑假不中断。",
        ),
        DocumentTable(
            "本年度尚未谈心谈话",
            lambda view: [Untalked(who) for who in view.untalked],
            (DocumentColumn("委员之间、党员", "who", wide=True),),
            number=True,
            optional=True,
        ),
    ),
    notice=INTERNAL,
)


def _flagged(view: AttendanceReport) -> str:
    if view.flagged_from is None:
        return "学区尚未设定连续缺席几次起提示（party.absences_flagged_from），未作提示。"
    return f"连续缺席 {view.flagged_from} 次及以上的予以提示；会前批准的请假不计入应到。"


MEETING_ATTENDANCE = Document(
    name="party.meeting_attendance",
    title="党员参加组织生活情况表",
    part="party.meetings",
    view="attendance",
    arguments=(
        Argument("since", "起始日期（默认今年 1 月 1 日）", date.fromisoformat, required=False),
        Argument("until", "截止日期的次日（默认一年）", date.fromisoformat, required=False),
    ),
    unit=lambda view: str(view.branch),
    subtitle=lambda view: f"{view.since} 至 {view.until - timedelta(days=1)}",
    tables=(
        DocumentTable(
            "到会情况",
            lambda view: view.lines,
            (
                DocumentColumn("工号", "staff_no"),
                DocumentColumn("姓名", "name"),
                DocumentColumn("应到（次）", "due", _R),
                DocumentColumn("到会（次）", "present", _R),
                DocumentColumn("请假（次）", "excused", _R),
                DocumentColumn("缺席（次）", "absent", _R),
                DocumentColumn("连续缺席（次）", "in_a_row", _R),
                DocumentColumn("连续缺席起", "absent_since", _C),
                DocumentColumn("提示", "flagged", _C),
            ),
            note=_flagged,
            number=True,
        ),
    ),
    notice=INTERNAL,
)

OVERDUE = KeyFigure("逾期未完成", "overdue", "项")
"""How much of a list is late."""
