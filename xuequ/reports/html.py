"""A document as one self-contained HTML page that prints on A4 and reads on a phone."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from xuequ.core.extras import load
from xuequ.reports.charts import to_svg
from xuequ.reports.letters import in_words, numbered
from xuequ.reports.rendering import Rendered, RenderedChart, shown


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
