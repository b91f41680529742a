"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole_file(path: Path) -> Generator[Path]:
    """Give a name beside `path` to write to; it takes the place of `path` when all went well.

    Whatever happens, what was at `path` before is whole, or what is there now is, and nothing else is left.
    """
    beside = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        yield beside
        with beside.open("r+b") as written:
            os.fsync(written.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
