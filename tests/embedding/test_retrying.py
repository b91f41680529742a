"""Doing it again while the database is busy."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from xuequ.core.errors import DatabaseBusy, SchemaBehind, SpanBackwards
from xuequ.embed import retrying
from xuequ.testing import make_county


def test_work_is_done_again_until_the_database_is_free(engine: Engine) -> None:
    waits: list[float] = []

    def work(session: Session) -> str:
        make_county(session)
        if len(waits) < 3:
            raise DatabaseBusy(reason="locked")
        return "done"

    assert retrying(lambda: Session(engine), work, sleep=waits.append) == "done"
    assert len(waits) == 3
    assert all(0.5 <= wait / (0.02 * 2**n) <= 1.5 for n, wait in enumerate(waits))
    with Session(engine) as session:
        assert make_county(session).registry.districts() == []


def test_the_last_failure_is_raised(engine: Engine) -> None:
    def work(session: Session) -> None:
        raise DatabaseBusy(reason="locked")

    waits: list[float] = []
    with pytest.raises(DatabaseBusy):
        retrying(lambda: Session(engine), work, attempts=3, sleep=waits.append)
    assert len(waits) == 2


def test_other_errors_are_not_repeated(engine: Engine) -> None:
    def refuse(session: Session) -> None:
        raise SpanBackwards(since="b", until="a")

    def mistake(session: Session) -> None:
        session.execute(text("SELECT 1 FROM nowhere"))

    with pytest.raises(SpanBackwards):
        retrying(lambda: Session(engine), refuse)
    with pytest.raises(SchemaBehind) as caught:
        retrying(lambda: Session(engine), mistake)
    assert caught.value.__cause__ is not None
    assert isinstance(caught.value.__cause__, ProgrammingError | Exception)


def test_no_attempt_at_all_is_a_mistake(engine: Engine) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        retrying(lambda: Session(engine), lambda session: None, attempts=0)
