"""Row ids: 63-bit integers in order of time, made in the process without asking the database.

An id is 41 bits of milliseconds since 2024 and 22 bits of a counter that starts at random in every
process and goes on from one millisecond to the next. Two processes meet only if they draw the same
counter value in the same millisecond; a counter that began anew each millisecond would meet far more
often.
"""

from __future__ import annotations

import os
import secrets
import threading
import time

EPOCH_MS = 1_704_067_200_000
"""2024-01-01T00:00:00Z; 41 bits of milliseconds reach to 2093."""

COUNTER_BITS = 22
_MASK = (1 << COUNTER_BITS) - 1


class IdMaker:
    """Make ids that grow strictly within the process, also when the clock is set back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.reseed()

    def reseed(self) -> None:
        """Start the counter somewhere else, as a forked child must."""
        self._lock = threading.Lock()
        self._counter = secrets.randbits(COUNTER_BITS)
        self._last = 0

    def new(self) -> int:
        """Return the next id."""
        with self._lock:
            return self._next()

    def take(self, count: int) -> list[int]:
        """Return `count` ids at once, in order."""
        with self._lock:
            return [self._next() for _ in range(count)]

    def _next(self) -> int:
        now = time.time_ns() // 1_000_000 - EPOCH_MS
        self._counter = (self._counter + 1) & _MASK
        fresh = (now << COUNTER_BITS) | self._counter
        if fresh <= self._last:  # the counter came round, or the clock was set back
            fresh = self._last + 1
            self._counter = fresh & _MASK
        self._last = fresh
        return fresh


_maker = IdMaker()
new_id = _maker.new
take_ids = _maker.take
if hasattr(os, "register_at_fork"):  # pragma: no branch — Windows does not fork
    os.register_at_fork(after_in_child=_maker.reseed)
