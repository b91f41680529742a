"""A document as one self-contained HTML page that prints on A4 and reads on a phone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from xuequ.core.document import Paragraph
from xuequ.core.extras import load
from xuequ.reports.charts import to_svg
from xuequ.reports.rendering import Rendered, RenderedChart, in_words, shown

_DIGITS = "一二三四五六七八九"


def _source(name: str) -> str:
    return files("xuequ.reports").joinpath("pages", name).read_text("utf-8")


def _svg(chart: RenderedChart) -> Any:
    return load("markupsafe").Markup(to_svg(chart))


@cache
def _environment() -> Any:
    jinja2 = load("jinja2")
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_source),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
    environment.filters |= {"shown": shown, "in_words": in_words, "numbered": numbered, "svg": _svg}
    return environment


def to_html(rendered: Rendered) -> str:
    """Return the page as text; it refers to nothing outside itself.

    Raises:
        ExtraMissing: without jinja2, or matplotlib where there are charts.
    """
    name = "letter" if rendered.letter else "publicity" if rendered.publicity else "table"
    template = _environment().get_template(f"{name}.html.j2")
    page: str = template.render(page=rendered, document=rendered.document)
    return page


def write_html(rendered: Rendered, path: Path) -> None:
    """Write the page to a file in UTF-8."""
    path.write_text(to_html(rendered), "utf-8")


def numbered(paragraphs: Iterable[Paragraph]) -> list[tuple[int, str, str]]:
    """Return level, number and text of paragraphs; a new heading begins the levels below it anew.

    >>> [number for _, number, _ in numbered([Paragraph("a", 1), Paragraph("b", 2), Paragraph("c")])]
    ['一、', '（一）', '']
    """
    counts = [0] * 5
    found: list[tuple[int, str, str]] = []
    for one in paragraphs:
        if one.level:
            counts[one.level] += 1
            counts[one.level + 1 :] = [0] * (4 - one.level)
        found.append((one.level, _number(one.level, counts[one.level]), one.text))
    return found


def _number(level: int, count: int) -> str:
    """Number a paragraph as official letters do.

    >>> _number(1, 12), _number(2, 3), _number(3, 1), _number(4, 2), _number(0, 9)
    ('十二、', '（三）', '1.', '（2）', '')
    """
    return ("", f"{_chinese(count)}、", f"（{_chinese(count)}）", f"{count}.", f"（{count}）")[level]


def _chinese(number: int) -> str:
    """Write a number below a hundred in Chinese.

    >>> _chinese(3), _chinese(10), _chinese(11), _chinese(20), _chinese(42)
    ('三', '十', '十一', '二十', '四十二')
    """
    tens, ones = divmod(number, 10)
    head = (("" if tens == 1 else _DIGITS[tens - 1]) + "十") if tens else ""
    return head + (_DIGITS[ones - 1] if ones else "")
