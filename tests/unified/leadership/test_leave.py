"""Leave: the article's rule, chains, late ones, extensions, returns, and what becomes of the record."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.unified.leadership.leaves import AM, HEAD, PM, PRINCIPAL, TEACHER, approve, ask, furnish, names, sep
from xuequ import District


@pytest.fixture
def door(session: Session) -> District:
    return furnish(session)


def test_a_head_may_approve_half_a_day_and_owes_the_report(door: District) -> None:
    leave = ask(door, TEACHER, sep(3), PM)
    done = approve(door, HEAD, leave)
    assert done.half_days == 1
    assert names(door.context.session) == ["leave_requested", "leave_approved"]
