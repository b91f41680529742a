"""What staff hold from a day: history kept, changes and corrections told apart."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.registry.staffing import DEC, ELSEWHERE, NOV, OCT, PLACE, SEP, counted, door, ending, staff
from xuequ.core.errors import UnknownCode
from xuequ.core.journal import FactRow
from xuequ.registry.errors.staff import (
    NothingToCorrect,
    ShiftedOver,
    StaffUnknown,
    StandingEnded,
    StandingHeld,
    StandingThatDay,
    StandingUnknown,
)
from xuequ.registry.schemas.staff import StandingCorrection, StandingRecord
from xuequ.registry.states.staff import StandingKind, Title
from xuequ.standards.codes.people import Education
from xuequ.standards.codes.staff import BackboneLevel
from xuequ.testing import make_district


@pytest.fixture
def made(session: Session) -> Session:
    make_district(session, PLACE, schools=2, staff=2)
    return session


def held(who: int, code: str, since: date, **more: Any) -> StandingRecord:
    values: dict[str, Any] = {"kind": StandingKind.TITLE, "code": code, "since": since} | more
    return StandingRecord(staff_id=who, **values)


def titles(session: Session, who: int) -> list[tuple[str, date, date | None]]:
    found = door(session).registry.staff.standings.of(who)
    return [(one.code, one.since, one.until) for one in found if one.kind is StandingKind.TITLE]


def test_a_change_begins_a_new_title_and_keeps_the_old_one(made: Session) -> None:
    who, staff_ = staff(made), door(made).registry.staff
    staff_.standings.record([held(who, "高级教师", NOV, authority="职改〔2026〕3号")])
    assert titles(made, who) == [("first", SEP, NOV), ("senior", NOV, None)]
    assert staff_.staff_as_of(who, OCT).title is Title.FIRST
    assert staff_.staff_as_of(who, NOV).title is Title.SENIOR
    assert staff_.standings.of(who)[-1].label == "高级教师"


def test_a_correction_says_that_it_never_was_so_and_the_journal_keeps_it(made: Session) -> None:
    who, staff_ = staff(made), door(made).registry.staff
    (row,) = (one for one in staff_.standings.of(who) if one.kind is StandingKind.TITLE)
    fixed = StandingCorrection(standing_id=row.id, code="二级", since=OCT, authority="证书")
    assert staff_.standings.correct(fixed).code == "second"
    assert titles(made, who) == [("second", OCT, None)]
    payload = made.scalars(select(FactRow.payload).where(FactRow.name == "registry.standing_corrected")).one()
    fact = json.loads(payload)
    assert (fact["was_held"], fact["held"], fact["was_since"]) == ("first", "second", str(SEP))


def test_a_whole_history_may_come_at_once_in_any_order(made: Session) -> None:
    who, standings = staff(made), door(made).registry.staff.standings
    standings.record([held(who, "second", date(2015, 9, 1)), held(who, "third", date(2010, 9, 1))])
    assert titles(made, who) == [
        ("third", date(2010, 9, 1), date(2015, 9, 1)),
        ("second", date(2015, 9, 1), SEP),
        ("first", SEP, None),
    ]


def test_kinds_do_not_stand_in_each_others_way(made: Session) -> None:
    who, staff_ = staff(made), door(made).registry.staff
    records = [
        held(who, "本科", OCT, kind=StandingKind.EDUCATION),
        held(who, "县级", OCT, kind=StandingKind.BACKBONE, until=DEC),
        held(who, "在编", OCT, kind=StandingKind.ESTABLISHMENT),
        held(who, "学士", OCT, kind=StandingKind.DEGREE),
    ]
    staff_.standings.record(records)
    seen = staff_.staff_as_of(who, NOV)
    assert (seen.education, seen.backbone) == (Education.BACHELOR, BackboneLevel.COUNTY)
    assert seen.degree is not None and seen.establishment is not None and seen.title is Title.FIRST
    assert staff_.staff_as_of(who, DEC).backbone is None


def test_what_is_held_no_longer_ends_and_leaves_a_gap(made: Session) -> None:
    who, staff_ = staff(made), door(made).registry.staff
    staff_.standings.record([held(who, "school", OCT, kind=StandingKind.BACKBONE)])
    row = next(one for one in staff_.standings.of(who) if one.kind is StandingKind.BACKBONE)
    assert staff_.standings.end(row.id, NOV).until == NOV
    assert staff_.staff_as_of(who, NOV).backbone is None
    for on in (NOV, DEC, OCT):
        with pytest.raises(StandingEnded):
            staff_.standings.end(row.id, on)


@pytest.mark.parametrize(
    ("error", "record"),
    [
        (StandingHeld, {"code": "first", "since": NOV}),
        (StandingThatDay, {"code": "senior", "since": SEP}),
        (ShiftedOver, {"code": "second", "since": SEP - timedelta(9), "until": OCT}),
        (UnknownCode, {"code": "本科", "since": NOV}),
        (StaffUnknown, {"code": "senior", "since": NOV, "staff_id": 1}),
    ],
)
def test_what_is_recorded_twice_or_wrong_is_refused(
    made: Session, error: type[Exception], record: dict[str, Any]
) -> None:
    who = staff(made)
    with pytest.raises(error):
        door(made).registry.staff.standings.record(
            [StandingRecord(**{**dict(held(who, "x", NOV)), **record})]
        )
    assert titles(made, who) == [("first", SEP, None)]
    door(made).registry.staff.standings.record([])


def test_a_correction_that_says_nothing_or_too_much_is_refused(made: Session) -> None:
    who, standings = staff(made), door(made).registry.staff.standings
    standings.record([held(who, "senior", NOV)])
    first, second = (one for one in standings.of(who) if one.kind is StandingKind.TITLE)
    for error, fixed in (
        (NothingToCorrect, StandingCorrection(standing_id=first.id)),
        (ShiftedOver, StandingCorrection(standing_id=first.id, since=NOV)),
        (ShiftedOver, StandingCorrection(standing_id=second.id, since=SEP)),
        (StandingUnknown, StandingCorrection(standing_id=1, since=NOV)),
    ):
        with pytest.raises(error):
            standings.correct(fixed)
    with pytest.raises(StandingUnknown):
        standings.end(1)


def test_titles_stay_when_somebody_leaves(made: Session) -> None:
    who, staff_ = staff(made), door(made).registry.staff
    staff_.end_employment(ending(who, NOV))
    staff_.standings.record([held(who, "senior", DEC)])
    assert staff_.staff_as_of(who, DEC).title is Title.SENIOR


def test_another_districts_people_are_unknown_here(made: Session) -> None:
    make_district(made, ELSEWHERE, schools=1)
    stranger = staff(made, place=ELSEWHERE)
    standings = door(made).registry.staff.standings
    row = door(made, ELSEWHERE).registry.staff.standings.of(stranger)[0]
    with pytest.raises(StaffUnknown):
        standings.of(stranger)
    with pytest.raises(StaffUnknown):
        standings.record([held(stranger, "senior", NOV)])
    with pytest.raises(StandingUnknown):
        standings.correct(StandingCorrection(standing_id=row.id, since=NOV))


def test_many_are_recorded_in_as_many_statements_as_two(made: Session) -> None:
    people = [staff(made, code, n) for code in ("s1", "s2") for n in (1, 2)]
    counts: list[int] = []
    for some in (people[:1], people[1:]):
        with counted(made) as sent:
            door(made).registry.staff.standings.record([held(who, "senior", NOV) for who in some])
        counts.append(len(sent))
    assert counts[0] == counts[1]
