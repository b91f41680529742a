"""A door without a database, a document over invented rows, and a reader of pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

from xuequ.core.document import ON, SCHOOL, Align, Document, DocumentColumn, DocumentTable, KeyFigure
from xuequ.core.money import Money
from xuequ.registry.states.people import Sex

DAY = date(2026, 9, 1)
SIGNERS = ("填表人", "审核人", "负责人")


@dataclass
class Line:
    """One row of a view."""

    name: str
    sex: Sex | None = Sex.FEMALE
    pupils: int | None = 0
    area: Decimal | None = None
    pay: Money | None = None
    since: date | None = None
    boarding: bool = False


@dataclass
class Roll:
    """A view."""

    lines: Sequence[Any]
    pupils: int = 0
    district: str = "前锋学区"
    more: Sequence[Any] = field(default_factory=list[Any])


COLUMNS = (
    DocumentColumn("姓名", "name", wide=True),
    DocumentColumn("性别", "sex", Align.CENTER),
    DocumentColumn("学生", "pupils", Align.RIGHT, total=True),
    DocumentColumn("面积（㎡）", "area", Align.RIGHT, total=True),
    DocumentColumn("工资（元）", "pay", Align.RIGHT, total=True),
    DocumentColumn("起始", "since"),
    DocumentColumn("寄宿", "boarding"),
)
ROLL = Document(
    name="test.roll",
    title="名册",
    part="part",
    view="roll",
    arguments=(ON, replace(SCHOOL, required=False)),
    subtitle=lambda view: f"共 {len(view.lines)} 行",
    figures=(
        KeyFigure("在校生", "pupils", "人"),
        KeyFigure("学生", "pupils", "人", lambda view: f"不含 {len(view.more)} 人"),
    ),
    tables=(
        DocumentTable("全体", lambda view: view.lines, COLUMNS, note=lambda view: "见附注。"),
        DocumentTable("其他", lambda view: view.more, COLUMNS[:1]),
    ),
    notice="未作手工填写。",
)


def door(view: Any, asked: dict[str, Any] | None = None) -> Any:
    """Return a door whose part `part` has one view, which notes what it was asked for."""

    def roll(**arguments: Any) -> Any:
        if asked is not None:
            asked.update(arguments)
        return view

    return SimpleNamespace(context=SimpleNamespace(today=DAY), part=SimpleNamespace(roll=roll))


VOID = {"meta", "link", "br", "hr", "img", "input", "wbr"}


class Page(HTMLParser):
    """Reads a page and refuses tags that do not close each other in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that was opened last."""
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        """Note text with the tag that it stands in."""
        if data.strip():
            self.texts.append((self.open[-1] if self.open else "", data.strip()))

    def within(self, tag: str) -> list[str]:
        """Return the texts that stand directly in a tag."""
        return [text for where, text in self.texts if where == tag]
