"""Writes the workbooks of the example, the same ones each time.

python examples/data/qianfeng/write_workbooks.py
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import invent
import invent_calendar

from xuequ.core.fields import Command
from xuequ.core.workbook import Template
from xuequ.exchange import write_workbook
from xuequ.registry.templates import CALENDAR, SET_UP

FOLDER = Path(__file__).parent

WORKBOOKS: Mapping[str, tuple[Template, Callable[[], Mapping[str, Sequence[Command]]]]] = {
    "qianfeng.xlsx": (SET_UP, invent.invent),
    "calendar.xlsx": (CALENDAR, invent_calendar.invent),
}


def write() -> None:
    """Write every workbook beside this script."""
    for name, (template, rows) in WORKBOOKS.items():
        write_workbook(FOLDER / name, template, rows())
        print(f"wrote {FOLDER / name}")


if __name__ == "__main__":
    write()
