"""Calls that the tests of regulations and acknowledgements share."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.unified.leadership.ledger_office import on
from xuequ import District
from xuequ.testing.factories import DAY
from xuequ.unified.leadership.schemas.regulations import (
    DeliberationRecord,
    Drafting,
    Issuing,
    RegulationRegistration,
    Repealing,
    VersionView,
)
from xuequ.unified.leadership.states.regulations import Body

TEXT, LATER_TEXT = "a" * 64, "b" * 64


def register(door: District, code: str = "qingjia", **more: Any) -> int:
    """Register a regulation; return its id."""
    values: dict[str, Any] = {"code": code, "title": f"{code}制度"} | more
    return door.leadership.regulations.register(RegulationRegistration(**values)).id


def draft(door: District, regulation_id: int, text: str = TEXT) -> VersionView:
    return door.leadership.regulations.draft(regulation_id, Drafting(text_sha256=text))


def deliberate(
    door: District, version_id: int, body: Body = Body.COUNCIL, held_on: date = DAY
) -> VersionView:
    command = DeliberationRecord(body=body, held_on=held_on, minutes_no="纪要〔2026〕1号")
    return door.leadership.regulations.deliberate(version_id, command)


def issuing(since: date = DAY, **more: Any) -> Issuing:
    return Issuing(document_no="前学〔2026〕5号", since=since, **more)


def issued(door: District, regulation_id: int, since: date, text: str = TEXT, day: date = DAY) -> VersionView:
    """Draft, deliberate and issue a version on a day."""
    door = on(door, day)
    version = draft(door, regulation_id, text)
    deliberate(door, version.id, held_on=day)
    return door.leadership.regulations.issue(version.id, issuing(since))


def repeal(door: District, regulation_id: int, day: date) -> VersionView:
    return door.leadership.regulations.repeal(regulation_id, Repealing(authority="前学〔2026〕9号", on=day))


def number_on(door: District, code: str, day: date, school: str | None = None) -> int | None:
    """Return the number of the version that is in force on a day."""
    found = door.leadership.regulations.in_force(code, school, day)
    return None if found is None else found.number
