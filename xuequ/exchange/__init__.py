"""Workbooks in and out: walks the templates that parts declare and knows no part by name."""

from typing import TYPE_CHECKING

from xuequ.core.lazy import lazy_names

if TYPE_CHECKING:
    from xuequ.exchange.importing import apply_file, export_file, find_template, plan_file
    from xuequ.exchange.reader import read_workbook
    from xuequ.exchange.rejects import BadRow, write_rejects, write_rejects_of
    from xuequ.exchange.tables import open_tables
    from xuequ.exchange.writer import write_csv, write_workbook

__all__ = [
    "BadRow",
    "apply_file",
    "export_file",
    "find_template",
    "open_tables",
    "plan_file",
    "read_workbook",
    "write_csv",
    "write_rejects",
    "write_rejects_of",
    "write_workbook",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "BadRow": "xuequ.exchange.rejects",
        "apply_file": "xuequ.exchange.importing",
        "export_file": "xuequ.exchange.importing",
        "find_template": "xuequ.exchange.importing",
        "open_tables": "xuequ.exchange.tables",
        "plan_file": "xuequ.exchange.importing",
        "read_workbook": "xuequ.exchange.reader",
        "write_csv": "xuequ.exchange.writer",
        "write_rejects": "xuequ.exchange.rejects",
        "write_rejects_of": "xuequ.exchange.rejects",
        "write_workbook": "xuequ.exchange.writer",
    },
)
