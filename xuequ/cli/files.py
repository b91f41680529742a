"""``xuequ found | template``: a district to begin with, and blank workbooks."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from xuequ.cli.common import Out, bad_usage, database, district_place, output_file, with_url
from xuequ.cli.doors import TEMPLATES, open_district
from xuequ.core.access import Actor
from xuequ.core.fields import Command
from xuequ.core.workbook import Template
from xuequ.district import County
from xuequ.exchange.importing import find_template, verb_of
from xuequ.exchange.writer import write_workbook
from xuequ.registry.errors.places import CountyKnown
from xuequ.registry.schemas.places import CountyRegistration, DistrictFoundation


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
    with open_district(chosen) as (_, district):
        rows: Mapping[str, Sequence[Command]]
        rows = verb_of(district, declared, declared.fill)(chosen.school, chosen.on)
    return rows
