"""Libraries that are extras: imported where they are used, and missed with an error that names the extra."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from xuequ.core.errors import ExtraMissing

EXTRAS = {
    "openpyxl": "excel",
    "xlrd": "excel",
    "jinja2": "report",
    "markupsafe": "report",
    "matplotlib": "report",
    "chinese_calendar": "calendar",
    "psycopg": "postgresql",
    "aiosqlite": "async",
    "cryptography": "vault",
    "pypinyin": "pinyin",
}


def load(module: str) -> Any:
    """Import a module of an optional library.

    Raises:
        ExtraMissing: names the library and the extra that brings it.
    """
    library = module.partition(".")[0]
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name != library:
            raise
        raise ExtraMissing(library=library, extra=EXTRAS[library]) from None
