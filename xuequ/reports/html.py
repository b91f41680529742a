"""A document as one self-contained HTML page that prints on A4 and reads on a phone."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from xuequ.core.extras import load
from xuequ.reports.rendering import Rendered, shown


@cache
def _template() -> Any:
    jinja2 = load("jinja2")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    environment.filters["shown"] = shown
    return environment.from_string(files("xuequ.reports").joinpath("page.html.j2").read_text("utf-8"))


def to_html(rendered: Rendered) -> str:
    """Return the page as text; it refers to nothing outside itself.

    Raises:
        ExtraMissing: without jinja2.
    """
    page: str = _template().render(page=rendered, document=rendered.document)
    return page


def write_html(rendered: Rendered, path: Path) -> None:
    """Write the page to a file in UTF-8."""
    path.write_text(to_html(rendered), "utf-8")
