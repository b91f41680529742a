"""``xuequ report``: documents as HTML or xlsx."""

from __future__ import annotations

import argparse
from typing import Any

from sqlalchemy.orm import Session

from xuequ.cli.common import Out, bad_usage, database, district_place, output_file, with_url
from xuequ.cli.doors import DOCUMENTS
from xuequ.core.access import Actor
from xuequ.core.document import Argument, Document
from xuequ.district import District
from xuequ.reports.html import write_html
from xuequ.reports.rendering import bind, find_document, render
from xuequ.reports.xlsx import write_xlsx

WRITERS = {".html": write_html, ".xlsx": write_xlsx}


def add_to(commands: Any) -> None:
    """Add the command, with an option for every argument that some document takes."""
    show = with_url(commands.add_parser("report", help="生成报表"))
    show.add_argument("name", nargs="?", help="报表名，如 registry.district_at_a_glance；--list 列出全部")
    show.add_argument("--list", action="store_true", help="列出报表名、名称和参数")
    show.add_argument("--place", type=district_place, help="县代码/学区代码")
    show.add_argument("-o", "--output", type=output_file, help="以 .html 或 .xlsx 结尾")
    for name, argument in _arguments().items():
        show.add_argument(argument.option, dest=f"of_{name}", metavar=name.upper(), help=argument.label)
    show.set_defaults(run=report)


def _arguments() -> dict[str, Argument]:
    """Return the arguments of all documents by name, with the words of the first that takes each."""
    found: dict[str, Argument] = {}
    for document in DOCUMENTS:
        for argument in document.arguments:
            found.setdefault(argument.name, argument)
    return found


def report(chosen: argparse.Namespace, out: Out) -> None:
    """Write a document, or list those that there are."""
    if chosen.list:
        out.give({"documents": [_json(one) for one in DOCUMENTS]}, "\n".join(map(_line, DOCUMENTS)))
        return
    if not (chosen.name and chosen.place and chosen.output):
        bad_usage("请给出报表名、--place 和 -o；用 xuequ report --list 查看有哪些报表")
    document = find_document(chosen.name, DOCUMENTS)
    if chosen.output.suffix not in WRITERS:
        bad_usage("报表文件须以 .html 或 .xlsx 结尾")
    arguments = bind(document, _read(chosen, document))
    with database(chosen) as engine, Session(engine) as session:
        district = District(session, chosen.place, actor=Actor.system("xuequ report"))
        WRITERS[chosen.output.suffix](render(district, document, **arguments), chosen.output)
    out.give({"file": str(chosen.output)}, f"已写出 {chosen.output}")


def _read(chosen: argparse.Namespace, document: Document) -> dict[str, Any]:
    """Read what was typed, each argument as the document reads it."""
    readers = {argument.name: argument for argument in document.arguments}
    given = {name: getattr(chosen, f"of_{name}") for name in _arguments()}
    return {
        name: _value(readers[name], text) if name in readers else text
        for name, text in given.items()
        if text is not None
    }


def _value(argument: Argument, text: str) -> Any:
    try:
        return argument.read(text)
    except ValueError:
        bad_usage(f"{argument.option} 的值“{text}”不对：应为{argument.label}")


def _line(document: Document) -> str:
    options = " ".join(one.option if one.required else f"[{one.option}]" for one in document.arguments)
    return f"{document.name}\t{document.title}\t{options}"


def _json(document: Document) -> dict[str, Any]:
    return {
        "name": document.name,
        "title": document.title,
        "arguments": [
            {"name": one.name, "label": one.label, "required": one.required} for one in document.arguments
        ],
    }
