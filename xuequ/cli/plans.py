"""Plans as commands show them: lines for people, or one JSON document."""

from __future__ import annotations

from typing import Any

from xuequ.cli.common import problem_json
from xuequ.core.intake import shown
from xuequ.core.plan import Change, Outcome, Plan, PlannedRow
from xuequ.core.workbook import Template

DIFFERS = (Outcome.CHANGED, Outcome.KEPT, Outcome.CONFLICT)
MOST_SHOWN = 200
"""How many rows that differ are shown; the workbook of refused rows holds the others' place."""


def plan_text(plan: Plan, *, applied: bool) -> str:
    """Say what a plan would do, a line a sheet, and every difference."""
    lines = ["已写入：" if applied else "计划（尚未写入）："]
    for sheet in plan.template.sheets:
        counts = [f"{o.value} {plan.count(o, sheet.name)}" for o in Outcome if plan.count(o, sheet.name)]
        lines.append(f"  {sheet.title}：{'，'.join(counts) or '无'}")
        differing = plan.of(sheet.name, *DIFFERS)
        lines += [_row_text(plan.template, row) for row in differing[:MOST_SHOWN]]
        if len(differing) > MOST_SHOWN:
            lines.append(f"    ……另有 {len(differing) - MOST_SHOWN} 行")
    lines.append(f"  问题 {len(plan.problems)} 处")
    return "\n".join(lines)


def _row_text(template: Template, row: PlannedRow) -> str:
    sheet = template.sheet(row.sheet)

    def told(changes: tuple[Change, ...]) -> list[str]:
        return [f"{sheet.heading(c.field)} {_said(c.before)} → {_said(c.after)}" for c in changes]

    parts = told(row.changes)
    parts += [f"{text}（手工已改，保留登记的）" for text in told(row.kept)]
    parts += [f"{text}（待定）" for text in told(row.conflicts)]
    return f"    {row.source.place}：{'；'.join(parts)}"


def _said(value: Any) -> str:
    return shown(value) or "（空）"


def plan_json(plan: Plan, language: str) -> dict[str, Any]:
    """Return a plan as JSON-ready values."""
    return {
        "template": plan.template.name,
        "sheets": {
            sheet.name: {outcome.name.lower(): plan.count(outcome, sheet.name) for outcome in Outcome}
            for sheet in plan.template.sheets
        },
        "problems": [problem_json(problem, language) for problem in plan.problems],
        "fingerprint": plan.fingerprint,
    }
