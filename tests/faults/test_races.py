"""A small size of ``make races``: processes that write at once, on every kind of host's engine."""

from __future__ import annotations

import pytest

from tests.faults.races import ACTS, HOSTS, check, prepare, race
from tests.support import Databases, Sqlite

PROCESSES, TIMES = 3, 8


@pytest.mark.parametrize("act", ACTS)
def test_racing_processes_lose_and_double_nothing(databases: Databases, act: str) -> None:
    for host in HOSTS if isinstance(databases, Sqlite) else ["plain"]:
        url = databases.url()
        prepare(url, TIMES)
        outcomes = race(url, host, act, processes=PROCESSES, times=TIMES)
        assert check(url, act, outcomes, processes=PROCESSES, times=TIMES) == [], host
        databases.drop(url)
