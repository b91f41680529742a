"""Workbooks in and out: walks the templates that parts declare and knows no part by name."""

from typing import TYPE_CHECKING

from xuequ.core.lazy import lazy_names

if TYPE_CHECKING:
    from xuequ.exchange.importing import apply_file, find_template, plan_file
    from xuequ.exchange.reader import read_workbook
    from xuequ.exchange.writer import write_workbook

__all__ = ["apply_file", "find_template", "plan_file", "read_workbook", "write_workbook"]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "apply_file": "xuequ.exchange.importing",
        "find_template": "xuequ.exchange.importing",
        "plan_file": "xuequ.exchange.importing",
        "read_workbook": "xuequ.exchange.reader",
        "write_workbook": "xuequ.exchange.writer",
    },
)
