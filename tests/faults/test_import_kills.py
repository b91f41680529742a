"""A small size of ``make kills`` for imports."""

from __future__ import annotations

from tests.faults.import_kills import SIZES, kill_imports
from tests.support import Databases


def test_a_killed_import_leaves_nothing_and_the_same_file_goes_in_afterwards(databases: Databases) -> None:
    assert kill_imports(databases, *SIZES["small"]) == []
