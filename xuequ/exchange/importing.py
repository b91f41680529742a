"""Bringing a file in: read it, let the part plan it, apply the plan."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from pathlib import Path
from typing import Any

from xuequ.core.errors import TemplateNotExported, TemplateUnknown
from xuequ.core.imports import Export
from xuequ.core.plan import Decision, Plan
from xuequ.core.workbook import Template
from xuequ.exchange.reader import Progress, read_workbook
from xuequ.exchange.writer import write_workbook


def find_template(name: str, declared: Iterable[Template]) -> Template:
    """Return a declared template by its name.

    Raises:
        TemplateUnknown: lists the names there are.
    """
    templates = {template.name: template for template in declared}
    if name not in templates:
        raise TemplateUnknown(name=name, known="、".join(templates))
    return templates[name]


def plan_file(
    door: Any,
    path: Path,
    template: Template,
    decision: Decision = Decision.ASK,
    progress: Progress | None = None,
) -> Plan:
    """Read a file and return the plan of the template's part; nothing is written.

    Args:
        door: a District or County.
        decision: who is right where the file says something new of what was decided by hand.
        progress: called with a sheet's title and its rows so far.
    """
    reading = read_workbook(path, template, progress)
    plan: Plan = verb_of(door, template, template.plan)(reading, **_decided(template, decision))
    return plan


def _decided(template: Template, decision: Decision) -> dict[str, Decision]:
    """Hand a decision on; a template that plans and applies in two steps only takes none."""
    return {"decision": decision} if template.take else {}


def verb_of(door: Any, template: Template, verb: str) -> Any:
    """Return a verb of the service that a template belongs to."""
    return attrgetter(f"{template.part}.{verb}")(door)


def apply_file(
    door: Any,
    path: Path,
    template: Template,
    decision: Decision = Decision.ASK,
    progress: Progress | None = None,
) -> Plan:
    """Read, plan and apply a file in one go; return the plan that was applied.

    Raises:
        Problems: when anything in the file is wrong; then nothing is written.
    """
    if template.take:
        reading = read_workbook(path, template, progress)
        taken: Plan = verb_of(door, template, template.take)(reading, decision)
        return taken
    plan = plan_file(door, path, template, decision, progress)
    verb_of(door, template, template.apply)(plan)
    return plan


def export_file(door: Any, path: Path, template: Template, school: str | None = None) -> Export:
    """Write what is registered to a file that reads back without a change.

    Args:
        school: of which school; of the whole place when left out.

    Raises:
        TemplateNotExported: when nothing is kept that the template could be filled with.
    """
    if not template.export:
        raise TemplateNotExported(name=template.name)
    export: Export = verb_of(door, template, template.export)(template.name, school)
    write_workbook(path, template, export.rows, base=export.base)
    return export
