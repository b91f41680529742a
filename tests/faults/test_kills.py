"""A small size of ``make kills``."""

from __future__ import annotations

from tests.faults.kills import SIZES, kill_a_change_of_keys
from tests.support import Databases


def test_a_change_of_keys_that_is_killed_goes_on(databases: Databases) -> None:
    assert kill_a_change_of_keys(databases, *SIZES["small"]) == []
