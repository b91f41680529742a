"""Bringing a file in: read it, let the part plan it, apply the plan."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
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
    plan: Plan = verb_of(door, template, template.plan)(read_workbook(path, template))
    return plan


def verb_of(door: Any, template: Template, verb: str) -> Any:
    """Return a verb of the service that a template belongs to."""
    return attrgetter(f"{template.part}.{verb}")(door)


def apply_file(door: Any, path: Path, template: Template) -> Plan:
    """Read, plan and apply a file in one go; return the plan that was applied.

    Raises:
        Problems: when anything in the file is wrong; then nothing is written.
    """
    plan = plan_file(door, path, template)
    verb_of(door, template, template.apply)(plan)
    return plan
