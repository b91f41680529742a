"""``xuequ found | template | import``: workbooks in."""

from __future__ import annotations

import argparse
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from xuequ.cli.common import (
    Out,
    bad_usage,
    complain,
    database,
    district_place,
    output_file,
    problem_json,
    refusal,
    with_url,
)
from xuequ.core.access import Actor
from xuequ.core.codes import CodeEnum
from xuequ.core.errors import Problems
from xuequ.core.fields import Command
from xuequ.core.plan import Outcome, Plan
from xuequ.core.workbook import Template
from xuequ.district import County, District
from xuequ.exchange.importing import find_template, plan_file, verb_of
from xuequ.exchange.writer import write_workbook
from xuequ.registry.errors.places import CountyKnown
from xuequ.registry.schemas.places import CountyRegistration, DistrictFoundation
from xuequ.registry.templates import TEMPLATES as OF_REGISTRY
from xuequ.standards.templates import TEMPLATES as OF_STANDARDS

TEMPLATES = (*OF_REGISTRY, *OF_STANDARDS)


def add_to(commands: Any) -> None:
    """Add the commands."""
    founding = with_url(commands.add_parser("found", help="登记县教育局并设立学区"))
    founding.add_argument("place", type=district_place, help="县代码/学区代码，如 530921/qianfeng")
    founding.add_argument("--county-name", required=True, help="县教育局名称")
    founding.add_argument("--district-name", required=True, help="学区名称")
    founding.set_defaults(run=found)

    blank = with_url(commands.add_parser("template", help="写出空白模板工作簿，或某校某日的待填工作簿"))
    blank.add_argument("name", help="模板名，如 registry.set_up")
    blank.add_argument("-o", "--output", type=output_file, required=True)
    blank.add_argument("--place", type=district_place, help="县代码/学区代码；与 --school 同用，填好应到名单")
    blank.add_argument("--school", help="学校代码")
    blank.add_argument("--on", type=date.fromisoformat, help="日期（默认今天）")
    blank.set_defaults(run=template)

    bring = with_url(commands.add_parser("import", help="导入工作簿"))
    bring.add_argument("file", type=Path)
    bring.add_argument("--place", type=district_place, required=True, help="县代码/学区代码")
    bring.add_argument("--template", default="registry.set_up", help="模板名")
    how = bring.add_mutually_exclusive_group(required=True)
    how.add_argument("--plan", action="store_true", help="只看计划，不写入")
    how.add_argument("--apply", action="store_true", help="写入，全部成功或全部不写")
    bring.set_defaults(run=bring_in)


@contextmanager
def _district(chosen: argparse.Namespace) -> Generator[tuple[Session, District]]:
    actor = Actor.system(f"xuequ {chosen.command}")
    with database(chosen) as engine, Session(engine) as session:
        yield session, District(session, chosen.place, actor=actor)


def found(chosen: argparse.Namespace, out: Out) -> None:
    """Register the county if need be, and found the district."""
    county_code, _, district_code = chosen.place.partition("/")
    with database(chosen) as engine, Session(engine) as session:
        county = County(session, county_code, actor=Actor.system("xuequ found"))
        with suppress(CountyKnown):
            county.registry.register_county(CountyRegistration(name=chosen.county_name))
        command = DistrictFoundation(code=district_code, name=chosen.district_name)
        view = county.registry.found_district(command)
        session.commit()
    out.give({"district": view.model_dump(mode="json")}, f"已设立{view.name}（{chosen.place}）")


def template(chosen: argparse.Namespace, out: Out) -> None:
    """Write an empty template, or one with the rows of a school's day to fill in."""
    declared = find_template(chosen.name, TEMPLATES)
    write_workbook(chosen.output, declared, _rows_to_fill(chosen, declared))
    out.give({"file": str(chosen.output)}, f"已写出 {chosen.output}")


def _rows_to_fill(chosen: argparse.Namespace, declared: Template) -> Mapping[str, Sequence[Command]]:
    """Return the rows of the day that was asked for; none for an empty template."""
    if not (chosen.place or chosen.school or chosen.on):
        return {}
    if not declared.fill or not (chosen.place and chosen.school):
        bad_usage("--place 和 --school 须同时给出，且只用于每日考勤一类的模板")
    with _district(chosen) as (_, district):
        rows: Mapping[str, Sequence[Command]]
        rows = verb_of(district, declared, declared.fill)(chosen.school, chosen.on)
    return rows


def bring_in(chosen: argparse.Namespace, out: Out) -> int:
    """Plan a workbook, and apply it if asked to; exit 1 when a plan has problems."""
    declared = find_template(chosen.template, TEMPLATES)
    with _district(chosen) as (session, district):
        plan = plan_file(district, chosen.file, declared)
        if chosen.apply:
            verb_of(district, declared, declared.apply)(plan)
            session.commit()
    values, text = plan_json(plan, chosen.lang), plan_text(plan, applied=chosen.apply)
    if not plan.problems:
        out.give(values, text)
        return 0
    refused = Problems(problems=plan.problems)
    out.give(values | refusal(refused, chosen.lang), text)
    if not out.as_json:
        complain(refused, chosen.lang)
    return 1


def plan_text(plan: Plan, *, applied: bool) -> str:
    """Say what a plan would do, a line a sheet, and every change."""
    lines = ["已写入：" if applied else "计划（尚未写入）："]
    for sheet in plan.template.sheets:
        counts = [f"{o.value} {plan.count(o, sheet.name)}" for o in Outcome if plan.count(o, sheet.name)]
        lines.append(f"  {sheet.title}：{'，'.join(counts) or '无'}")
        for row in plan.of(sheet.name, Outcome.CHANGED):
            told = "；".join(
                f"{sheet.heading(c.field)} {_said(c.before)} → {_said(c.after)}" for c in row.changes
            )
            lines.append(f"    {row.source.place}：{told}")
    lines.append(f"  问题 {len(plan.problems)} 处")
    return "\n".join(lines)


def _said(value: Any) -> str:
    if isinstance(value, CodeEnum):
        return value.label
    return "（空）" if value is None else str(value)


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
