"""What has gone by in a file, known without holding all of it."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Sequence
from itertools import chain, repeat

SEEN_A_STATEMENT = 250
SEEN_IN_MEMORY = 1000


class Seen:
    """What has gone by, with the place where it did first.

    A few are kept in memory; more than that on disk, so that they take none.
    """

    def __init__(self) -> None:
        self._few: dict[int, tuple[str, int]] = {}
        self._base: sqlite3.Connection | None = None

    def add(self, ids: Sequence[int], rows: Sequence[int], sheet: str = "") -> dict[int, tuple[str, int]]:
        """Note ids with their rows; when some have gone by, return where all of these did first."""
        if self._base is None and len(self._few) + len(ids) <= SEEN_IN_MEMORY:
            before = len(self._few)
            for row_id, row in zip(ids, rows, strict=True):
                self._few.setdefault(row_id, (sheet, row))
            fresh = len(self._few) - before == len(ids)
            return {} if fresh else {row_id: self._few[row_id] for row_id in ids}
        base = self._base or self._move_to_disk()
        before = base.total_changes
        for start in range(0, len(ids), SEEN_A_STATEMENT):
            some = slice(start, start + SEEN_A_STATEMENT)
            noted = [*chain.from_iterable(zip(ids[some], rows[some], repeat(sheet), strict=False))]
            marks = ", ".join(["(?, ?, ?)"] * len(ids[some]))
            base.execute(f"INSERT OR IGNORE INTO seen VALUES {marks}", noted)
        if base.total_changes - before == len(ids):
            return {}
        one = "SELECT sheet, row FROM seen WHERE id = ?"
        return {row_id: base.execute(one, (row_id,)).fetchone() for row_id in ids}

    def _move_to_disk(self) -> sqlite3.Connection:
        # so that any thread may close it
        base = self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        weakref.finalize(self, base.close)
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("CREATE TABLE seen (id INTEGER PRIMARY KEY, row INTEGER, sheet TEXT)")
        noted = [(row_id, row, sheet) for row_id, (sheet, row) in self._few.items()]
        base.executemany("INSERT INTO seen VALUES (?, ?, ?)", noted)
        self._few = {}
        return base
