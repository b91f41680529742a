from __future__ import annotations

import secrets
import subprocess
import sys
import time
from array import array
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from xuequ.core.ids import COUNTER_BITS, EPOCH_MS, IdMaker, new_id, take_ids

LARGEST_COUNTER = 2**COUNTER_BITS - 1

# The lock is held while it forks, and the clock stands still: without a new lock the child would wait
# for ever, and without a new counter it would make its parent's ids once more.
FORK = """
import os, time
from xuequ.core import ids
instant = time.time_ns()
time.time_ns = lambda: instant
ids.new_id()
with ids._maker._lock:
    child = os.fork()
    if child == 0:
        print(*ids.take_ids(10), flush=True)
        os._exit(0)
_, status = os.waitpid(child, 0)
print(*ids.take_ids(10))
raise SystemExit(status)
"""

# Each writes one byte when it is ready and begins when it is told to, so that the four run at once.
BURST = """
import sys
from array import array
from xuequ.core.ids import new_id
sys.stdout.buffer.write(b"r")
sys.stdout.buffer.flush()
sys.stdin.buffer.read(1)
sys.stdout.buffer.write(array("q", [new_id() for _ in range(50_000)]).tobytes())
"""


def set_clock(monkeypatch: pytest.MonkeyPatch, milliseconds: int) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: (EPOCH_MS + milliseconds) * 1_000_000)


def draw_seeds(monkeypatch: pytest.MonkeyPatch, *seeds: int) -> None:
    waiting = list(seeds)

    def randbits(k: int) -> int:
        assert k == COUNTER_BITS
        return waiting.pop(0)

    monkeypatch.setattr(secrets, "randbits", randbits)


def milliseconds(made: int) -> int:
    return made >> COUNTER_BITS


def burst_of_four() -> list[int]:
    command = [sys.executable, "-c", BURST]
    running = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(4)]
    made = array("q")
    for process in running:
        assert process.stdout is not None
        assert process.stdout.read(1) == b"r"
    for process in running:
        assert process.stdin is not None
        process.stdin.write(b"g")
        process.stdin.flush()
    for process in running:
        out, _ = process.communicate(timeout=30)
        made.frombytes(out)
    return list(made)


def test_ids_grow_strictly() -> None:
    made = [new_id() for _ in range(20_000)]
    assert all(earlier < later for earlier, later in pairwise(made))


def test_ids_taken_at_once_grow_strictly_and_follow_those_before() -> None:
    made = [new_id(), *take_ids(5_000), new_id()]
    assert len(made) == 5_002
    assert all(earlier < later for earlier, later in pairwise(made))
    assert take_ids(0) == []


def test_an_id_tells_the_millisecond_in_which_it_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, 86_400_000)
    assert milliseconds(IdMaker().new()) == 86_400_000


def test_the_counter_goes_on_from_one_millisecond_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    draw_seeds(monkeypatch, 41)
    maker = IdMaker()
    set_clock(monkeypatch, 1)
    first = maker.new()
    set_clock(monkeypatch, 2)
    assert (first, maker.new()) == ((1 << COUNTER_BITS) | 42, (2 << COUNTER_BITS) | 43)


def test_a_counter_that_wraps_borrows_the_next_millisecond(monkeypatch: pytest.MonkeyPatch) -> None:
    draw_seeds(monkeypatch, LARGEST_COUNTER - 2)
    set_clock(monkeypatch, 7)
    made = IdMaker().take(3)
    assert [milliseconds(one) for one in made] == [7, 7, 8]
    assert all(earlier < later for earlier, later in pairwise(made))


def test_a_maker_ahead_of_the_clock_stays_in_its_millisecond(monkeypatch: pytest.MonkeyPatch) -> None:
    draw_seeds(monkeypatch, 0)
    set_clock(monkeypatch, 7)
    maker = IdMaker()
    made = [maker.new()]
    set_clock(monkeypatch, 5)
    made += maker.take(100)
    assert {milliseconds(one) for one in made} == {7}


def test_ids_grow_when_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    maker = IdMaker()
    set_clock(monkeypatch, 5_000)
    made = maker.take(100)
    set_clock(monkeypatch, 1_000)
    made += maker.take(100)
    set_clock(monkeypatch, 6_000_000)
    made += maker.take(100)
    assert all(earlier < later for earlier, later in pairwise(made))
    assert milliseconds(made[-1]) == 6_000_000


def test_a_clock_before_the_epoch_still_gives_growing_positive_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, -EPOCH_MS)
    made = IdMaker().take(100)
    assert made[0] > 0
    assert all(earlier < later for earlier, later in pairwise(made))


def test_an_id_fits_a_bigint_until_2093(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 0 < new_id() < 2**63
    draw_seeds(monkeypatch, LARGEST_COUNTER - 1)
    set_clock(monkeypatch, 2**41 - 1)
    assert IdMaker().new() == 2**63 - 1


def test_threads_never_make_the_same_id() -> None:
    maker = IdMaker()

    def batch(count: int) -> list[int]:
        return [maker.new() for _ in range(count)]

    with ThreadPoolExecutor(8) as pool:
        batches = list(pool.map(batch, [2_500] * 8))
    assert len({made for batch in batches for made in batch}) == 20_000


def test_a_reseeded_maker_begins_at_another_counter(monkeypatch: pytest.MonkeyPatch) -> None:
    draw_seeds(monkeypatch, 10, 20)
    set_clock(monkeypatch, 1)
    maker = IdMaker()
    before = maker.new()
    maker.reseed()
    assert (before & LARGEST_COUNTER, maker.new() & LARGEST_COUNTER) == (11, 21)


def test_a_child_forked_while_an_id_is_made_makes_ids_of_its_own() -> None:
    ran = subprocess.run([sys.executable, "-c", FORK], capture_output=True, text=True, timeout=20, check=True)
    child, parent = (set(line.split()) for line in ran.stdout.splitlines())
    assert len(child) == len(parent) == 10
    assert not child & parent


def test_four_processes_at_full_speed_make_200_000_different_ids() -> None:
    # At this speed two processes do meet in about one burst of a hundred (19 of 1,500 on two cores).
    # Ids that were made alike would meet every time.
    bursts = (burst_of_four() for _ in range(3))
    assert any(len(set(made)) == len(made) == 200_000 for made in bursts)
