"""Documents people look at: renders what parts declare to printable HTML and xlsx; knows no part by name."""

from typing import TYPE_CHECKING

from xuequ.core.lazy import lazy_names

if TYPE_CHECKING:
    from xuequ.reports.html import write_html
    from xuequ.reports.rendering import Rendered, bind, find_document, render
    from xuequ.reports.xlsx import write_xlsx

__all__ = ["Rendered", "bind", "find_document", "render", "write_html", "write_xlsx"]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "Rendered": "xuequ.reports.rendering",
        "bind": "xuequ.reports.rendering",
        "find_document": "xuequ.reports.rendering",
        "render": "xuequ.reports.rendering",
        "write_html": "xuequ.reports.html",
        "write_xlsx": "xuequ.reports.xlsx",
    },
)
