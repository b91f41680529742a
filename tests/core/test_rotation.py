"""Changing the host's keys while others read and write."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.core.test_keys import NEW, OLD, keys
from tests.core.test_vault import COUNTY, NOTE, SECRET, vault
from xuequ.core.keys import KeyUnknown
from xuequ.core.rotation import key_usage, rewrap
from xuequ.core.vault import Clear, Closed

BEFORE = keys(wrapping={"2025": OLD}, current="2025")
BOTH = keys()
AFTER = keys(wrapping={"2026": NEW})
PEOPLE = range(1, 8)


def sealed(session: Session) -> list[Closed]:
    values = [Clear(n, n, f"{SECRET}{n}") for n in PEOPLE]
    made = vault(session, given_=BEFORE).seal_many(NOTE, values)
    return [Closed(v.row_id, v.person_id, s.ciphertext) for v, s in zip(values, made, strict=True)]


def test_data_keys_are_wrapped_anew_and_no_ciphertext_changes(session: Session) -> None:
    closed = sealed(session)
    assert key_usage(session, COUNTY, BOTH, [NOTE]).wrapping == {"2025": 7}
    assert [rewrap(session, COUNTY, BOTH, limit=3) for _ in range(4)] == [3, 3, 1, 0]
    assert key_usage(session, COUNTY, BOTH, [NOTE]).wrapping == {"2026": 7}
    opened = vault(session, given_=AFTER).open_many(NOTE, closed)
    assert opened == [f"{SECRET}{n}" for n in PEOPLE]


def test_in_the_middle_everything_opens_with_both_keys(session: Session) -> None:
    closed = sealed(session)
    rewrap(session, COUNTY, BOTH, limit=3)
    assert key_usage(session, COUNTY, BOTH, [NOTE]).wrapping == {"2025": 4, "2026": 3}
    assert vault(session, given_=BOTH).open_many(NOTE, closed) == [f"{SECRET}{n}" for n in PEOPLE]
    vault(session, given_=BOTH).seal(NOTE, 8, SECRET)
    assert key_usage(session, COUNTY, BOTH, [NOTE]).wrapping == {"2025": 4, "2026": 4}


def test_the_old_key_is_needed_until_nothing_is_wrapped_by_it(session: Session) -> None:
    sealed(session)
    with pytest.raises(KeyUnknown, match="2025"):
        rewrap(session, COUNTY, AFTER)
    assert key_usage(session, COUNTY, AFTER, [NOTE]).wrapping == {"2025": 7}


def test_another_county_is_left_alone(session: Session) -> None:
    sealed(session)
    vault(session, 2, BEFORE).seal(NOTE, 1, SECRET)
    rewrap(session, COUNTY, BOTH)
    assert key_usage(session, 2, BOTH, [NOTE]).wrapping == {"2025": 1}
