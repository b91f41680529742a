"""Teacher's certificates: recorded once, registered anew, and what they are good for on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.registry.staffing import DEC, ELSEWHERE, NOV, PLACE, SEP, certify, county, door, ending, staff
from xuequ import Actor, District, Holding, Post
from xuequ.core.errors import ActionNotPermitted, Problems
from xuequ.registry.errors.certificates import (
    CertificateKnown,
    CertificateRenewed,
    CertificateUnknown,
    RegisteredBeforeIssue,
)
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.schemas.certificates import CertificateRecord
from xuequ.registry.states.classes import Stage
from xuequ.standards.codes.schooling import Subject
from xuequ.standards.codes.staff import CertificateKind
from xuequ.testing import make_district
from xuequ.testing.factories import SETTINGS

ENDS = date(2031, 9, 1)


@pytest.fixture
def made(session: Session) -> Session:
    make_district(session, PLACE, schools=2, staff=2)
    return session


def test_a_certificate_is_registered_for_the_years_that_the_rules_say(made: Session) -> None:
    who, certificates = staff(made), door(made).registry.staff.certificates
    row_id = certify(door(made), who, subject=Subject.MATHS, authority="首次注册")
    (view,) = certificates.of(who)
    assert (view.id, view.number, view.subject) == (row_id, "20263000001", Subject.MATHS)
    assert [(one.since, one.until, one.authority) for one in view.terms] == [(SEP, ENDS, "首次注册")]


def test_it_is_good_on_the_days_of_its_registration_only(made: Session) -> None:
    who, certificates = staff(made), door(made).registry.staff.certificates
    row_id = certify(door(made), who, subject=Subject.MATHS)

    def fit(on: date, subject: Subject = Subject.MATHS, stage: Stage = Stage.PRIMARY) -> bool:
        return certificates.qualified(who, stage, subject, on)

    assert fit(SEP) and fit(ENDS - timedelta(1)) and not fit(ENDS) and not fit(SEP - timedelta(1))
    assert not fit(NOV, Subject.CHINESE) and not fit(NOV, stage=Stage.JUNIOR)
    certificates.renew([row_id], ENDS + timedelta(30), "定期注册")
    assert not fit(ENDS + timedelta(29)) and fit(ENDS + timedelta(30))


def test_who_renews_in_time_has_no_gap_and_renews_once(made: Session) -> None:
    who, certificates = staff(made), door(made).registry.staff.certificates
    row_id = certify(door(made), who)
    (view,) = certificates.renew([row_id], date(2031, 5, 1))
    assert [(one.since, one.until) for one in view.terms] == [(SEP, ENDS), (ENDS, date(2036, 9, 1))]
    with pytest.raises(CertificateRenewed):
        certificates.renew([row_id], date(2031, 5, 1))
    with pytest.raises(CertificateUnknown):
        certificates.renew([row_id, 1], date(2036, 5, 1))


def record(who: int, number: str, **more: Any) -> CertificateRecord:
    values: dict[str, Any] = {"kind": CertificateKind.PRIMARY, "issued": SEP} | more
    return CertificateRecord(staff_id=who, number=number, **values)


def test_a_number_that_is_known_or_comes_twice_is_refused_with_everything_else(made: Session) -> None:
    who, certificates = staff(made), door(made).registry.staff.certificates
    certify(door(made), who)
    for records in ([record(who, "20263000001")], [record(who, "B"), record(who, "B")]):
        with pytest.raises(CertificateKnown):
            certificates.record(records)
    early = {"issued": NOV, "registered": SEP}
    with pytest.raises(Problems) as caught:
        certificates.record([record(who, "C", **early), record(who, "D", **early)])
    assert {problem.error.code for problem in caught.value.problems} == {RegisteredBeforeIssue.code}
    with pytest.raises(StaffUnknown):
        certificates.record([record(1, "E")])
    assert [view.number for view in certificates.of(who)] == ["20263000001"]


def test_what_expires_is_listed_with_what_has_lapsed_and_without_who_left(made: Session) -> None:
    one, two, gone = staff(made), staff(made, number=2), staff(made, "s2")
    certificates = door(made).registry.staff.certificates
    certificates.record(
        [
            record(one, "A", issued=date(2010, 1, 1), registered=date(2016, 1, 1)),
            record(one, "B"),
            record(two, "C", registered=date(2027, 1, 1)),
            record(gone, "D"),
        ]
    )
    door(made).registry.staff.end_employment(ending(gone, NOV))
    listed = certificates.expiring(date(2031, 12, 31), DEC)
    assert [(line.number, line.until, line.school) for line in listed] == [
        ("A", date(2021, 1, 1), "s1"),
        ("B", ENDS, "s1"),
    ]


def test_one_that_is_older_than_registration_is_not_good_until_it_is_registered(made: Session) -> None:
    who, certificates = staff(made), door(made).registry.staff.certificates
    row_id = certify(door(made), who, issued=date(2010, 1, 1))
    assert certificates.of(who)[0].terms == ()
    assert [line.until for line in certificates.expiring(NOV, NOV)] == [None]
    assert not certificates.qualified(who, Stage.PRIMARY, Subject.MATHS, NOV)
    certificates.renew([row_id], NOV)
    assert certificates.qualified(who, Stage.PRIMARY, Subject.MATHS, NOV)


def test_another_districts_certificates_are_unknown_here(made: Session) -> None:
    make_district(made, ELSEWHERE, schools=1)
    stranger = staff(made, place=ELSEWHERE)
    there = certify(door(made, ELSEWHERE), stranger)
    certificates = door(made).registry.staff.certificates
    for act in (
        lambda: certificates.of(stranger),
        lambda: certificates.qualified(stranger, Stage.PRIMARY, Subject.MATHS),
        lambda: certificates.record([record(stranger, "X")]),
    ):
        with pytest.raises(StaffUnknown):
            act()
    with pytest.raises(CertificateUnknown):
        certificates.renew([there])
    with pytest.raises(CertificateKnown):
        certificates.record([record(staff(made), "20263000001")])
    assert certificates.expiring(date(2040, 1, 1)) == []
    assert len(county(made).registry.staff.certificates.expiring(date(2040, 1, 1))) == 1


def test_a_school_head_asks_about_the_own_teachers_only(made: Session) -> None:
    actor = Actor("T9", (Holding(Post.SCHOOL_HEAD, f"{PLACE}/s1"),))
    head = District(made, PLACE, actor=actor, settings=SETTINGS).registry.staff.certificates
    assert head.qualified(staff(made), Stage.PRIMARY, Subject.MATHS) is False
    with pytest.raises(ActionNotPermitted):
        head.qualified(staff(made, "s2"), Stage.PRIMARY, Subject.MATHS)
    with pytest.raises(ActionNotPermitted):
        head.of(staff(made))
