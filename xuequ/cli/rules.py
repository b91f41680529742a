"""``xuequ rules | codes``: rule parameters with their authority, and the code lists."""

from __future__ import annotations

import argparse
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from xuequ.cli.common import Out, bad_usage, complain, database, place_code, refusal, with_url
from xuequ.cli.lists import every_list, find_list
from xuequ.cli.plans import plan_json, plan_text
from xuequ.core.access import Actor
from xuequ.core.codes import CodeEnum
from xuequ.core.errors import Problems
from xuequ.core.spans import DaySpan
from xuequ.core.standards import SETTERS, Standards
from xuequ.core.workbook import Reading
from xuequ.district import County, District
from xuequ.exchange.reader import read_workbook
from xuequ.standards.errors import KeyUnknown
from xuequ.standards.importing import read_toml
from xuequ.standards.national import national
from xuequ.standards.notation import parse_value, read_kind, say_value
from xuequ.standards.schemas import StandardView
from xuequ.standards.service import list_rules, rule_view
from xuequ.standards.states import Bound, Checked, Strength
from xuequ.standards.templates import VALUES

USAGE = """xuequ rules [键名] [--on 日期] [--unchecked] [--place 县/学区 --url 地址] [--json]
       xuequ rules import 文件 县/学区 --url 地址 [--plan] [--json]"""


def add_to(commands: Any) -> None:
    """Add the commands."""
    rules = with_url(
        commands.add_parser("rules", help="查看规则参数及其依据；导入本地自定的数值", usage=USAGE)
    )
    rules.add_argument(
        "words", nargs="*", metavar="键名", help="键名或其开头，如 party.dues；或 import 文件 地点"
    )
    rules.add_argument("--on", type=date.fromisoformat, help="何日有效的（默认今天）")
    rules.add_argument("--unchecked", action="store_true", help="只列没有见到原文的")
    rules.add_argument("--place", type=place_code, help="省、县代码，或县代码/学区代码")
    rules.add_argument("--plan", action="store_true", help="导入时只看计划，不写入")
    rules.set_defaults(run=run_rules)
    codes = commands.add_parser("codes", help="查看代码表及其标准")
    codes.add_argument("list", nargs="?", help="代码表名，如 Ethnicity 或 民族")
    codes.add_argument("--json", action="store_true", help="输出 JSON")
    codes.set_defaults(run=run_codes)


def run_rules(chosen: argparse.Namespace, out: Out) -> int:
    """Show rule parameters, or import a file of them."""
    if chosen.words[:1] == ["import"]:
        return bring_in(chosen, out)
    if len(chosen.words) > 1:
        bad_usage(f"用法：{USAGE}")
    return show(chosen, out)


@contextmanager
def _door(chosen: argparse.Namespace, place: str) -> Generator[tuple[Session, County | District]]:
    kind = District if "/" in place else County
    with database(chosen) as engine, Session(engine) as session:
        yield session, kind(session, place, actor=Actor.system("xuequ rules"))


def show(chosen: argparse.Namespace, out: Out) -> int:
    """List what holds on a day; a single key is shown with all its values."""
    place = chosen.place or ""
    if place and chosen.url:
        with _door(chosen, place) as (_, door):
            standards, today = door.context.standards, door.context.today
    else:
        standards, today = national(place), date.today()  # noqa: DTZ011 — the day of whoever asks
    found = _chosen(chosen, standards, today)
    values = {"rules": [view.model_dump(mode="json") for view in found]}
    out.give(values, "\n".join([*map(line, found), f"共 {len(found)} 条"]))
    return 0


def _chosen(chosen: argparse.Namespace, standards: Standards, today: date) -> list[StandardView]:
    key = chosen.words[0] if chosen.words else None
    declared = standards.declared.get(key or "")
    if declared is not None and standards.of(declared.key) and not chosen.on and not chosen.unchecked:
        return [rule_view(declared, one) for one in standards.of(declared.key)]
    found = list_rules(standards, key, on=chosen.on or today, unchecked=chosen.unchecked)
    if key is not None and not found and not list_rules(standards, key, on=today):
        raise KeyUnknown(key=key)
    return found


def line(view: StandardView) -> str:
    """Say one rule parameter in a line: key, label, value, days, place, authority, how sure."""
    if view.value is None:
        setter = SETTERS[view.set_by] if view.set_by else ""
        why = f"由{setter}自定" if setter else "此日没有数值"
        return f"{view.key}  {view.label}：未设定（{why}）"
    said = say_value(parse_value(read_kind(view.kind), view.value))
    days = str(DaySpan(view.since, view.until)) if view.since else ""
    parts = [view.place, days, view.authority + view.article, Checked(view.checked).label]
    parts.append(Strength(view.strength).label if view.strength else "")
    parts.append(Bound(view.bound).label if view.bound else "")
    unit = f" {view.unit}" if view.unit else ""
    return f"{view.key}  {view.label}：{said}{unit}（{'；'.join(part for part in parts if part)}）"


def bring_in(chosen: argparse.Namespace, out: Out) -> int:
    """Import a file of a county's or district's own values; exit 1 when it has problems."""
    if len(chosen.words) != 3:
        bad_usage(f"用法：{USAGE}")
    path, place = Path(chosen.words[1]), _own_place(chosen.words[2])
    book = _read(path, place)
    with _door(chosen, place) as (session, door):
        plan = door.standards.plan_import(book)
        if not plan.problems and not chosen.plan:
            door.standards.import_values(plan)
            session.commit()
    applied = not plan.problems and not chosen.plan
    values, text = plan_json(plan, chosen.lang), plan_text(plan, applied=applied)
    if not plan.problems:
        out.give(values, text)
        return 0
    refused = Problems(problems=plan.problems)
    out.give(values | refusal(refused, chosen.lang), text)
    if not out.as_json:
        complain(refused, chosen.lang)
    return 1


def _own_place(text: str) -> str:
    try:
        return place_code(text)
    except argparse.ArgumentTypeError as error:
        bad_usage(str(error))


def _read(path: Path, place: str) -> Reading:
    if path.suffix == ".xlsx":
        return read_workbook(path, VALUES)
    if path.suffix != ".toml":
        bad_usage("文件须以 .toml 或 .xlsx 结尾")
    try:
        return read_toml(path.name, path.read_text("utf-8"), national(place))
    except (OSError, UnicodeDecodeError) as error:
        bad_usage(f"不能读取 {path}：{error}")


def run_codes(chosen: argparse.Namespace, out: Out) -> None:
    """Print the code lists with their standards, or the members of one."""
    if chosen.list is None:
        lists = every_list()
        lines = [_list_line(one) for one in lists]
        out.give({"lists": [_list_json(one) for one in lists]}, "\n".join(lines))
        return
    one = find_list(chosen.list)
    members = [{"code": m.code, "label": m.label, "aliases": list(m.aliases)} for m in one]
    text = "\n".join([_list_line(one), *(f"  {m.code}  {m.label}" for m in one)])
    out.give({**_list_json(one), "members": members}, text)


def _list_line(one: type[CodeEnum]) -> str:
    about = one.about()
    standard = "本库自定" if about.standard == "xuequ" else about.standard
    return f"{one.__name__}  {about.title}  {len(one)} 项  {standard}  {Checked(about.checked).label}"


def _list_json(one: type[CodeEnum]) -> dict[str, Any]:
    about = one.about()
    return {
        "name": one.__name__,
        "title": about.title,
        "standard": about.standard,
        "checked": about.checked,
        "count": len(one),
    }
