"""Bringing a file in: read it, let the part plan it, apply the plan."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from xuequ.core.errors import TemplateUnknown
from xuequ.core.plan import Plan
from xuequ.core.workbook import Template
from xuequ.exchange.reader import read_workbook


def find_template(name: str, declared: Iterable[Template]) -> Template:
    """Return a declared template by its name.

    Raises:
        TemplateUnknown: lists the names there are.
    """
    templates = {template.name: template for template in declared}
    if name not in templates:
        raise TemplateUnknown(name=name, known="、".join(templates))
    return templates[name]


def plan_file(door: Any, path: Path, template: Template) -> Plan:
    """Read a file and return the plan of the template's part; nothing is written.

    Args:
        door: a District or County.
    """
    service = getattr(door, template.part)
    plan: Plan = getattr(service, template.plan)(read_workbook(path, template))
    return plan


def apply_file(door: Any, path: Path, template: Template) -> Plan:
    """Read, plan and apply a file in one go; return the plan that was applied.

    Raises:
        Problems: when anything in the file is wrong; then nothing is written.
    """
    plan = plan_file(door, path, template)
    getattr(getattr(door, template.part), template.apply)(plan)
    return plan
