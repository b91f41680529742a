"""Doing a transaction again while the database is busy."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from xuequ.core.database import translate
from xuequ.core.errors import DatabaseBusy

T = TypeVar("T")


def retrying(
    make_session: Callable[[], Session],
    work: Callable[[Session], T],
    *,
    attempts: int = 8,
    pause: float = 0.02,
    sleep: Callable[[float], None] = time.sleep,
) -> T:
    """Run `work` in a Session of its own, commit, and start over while the database is busy.

    The wait doubles each time, with a random part so that rivals do not meet again.

    Args:
        make_session: a sessionmaker or anything that opens a Session.
        work: what to do; it must not commit, and may be called more than once.
        attempts: how often at most.
        pause: seconds to wait after the first failure.
        sleep: how to wait.

    Raises:
        DatabaseBusy: when the last attempt failed too.
    """
    for attempt in range(1, attempts + 1):
        with make_session() as session:
            try:
                result = work(session)
                session.commit()
            except (DatabaseBusy, DBAPIError) as error:
                session.rollback()
                ours = translate(error) if isinstance(error, DBAPIError) else error
                if attempt == attempts or not isinstance(ours, DatabaseBusy):
                    raise ours from error
            else:
                return result
        sleep(pause * 2 ** (attempt - 1) * random.uniform(0.5, 1.5))
    raise ValueError("attempts must be at least 1")
