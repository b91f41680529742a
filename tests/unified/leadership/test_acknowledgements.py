"""Acknowledgement: owed by schools since the day of issue, signed by whoever heads them today."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.registry.posts import appoint, lend, staff_id
from tests.unified.leadership.ledger_office import (
    DECEMBER,
    NOVEMBER,
    OCTOBER,
    OTHER,
    as_,
    facts,
    make_central,
    office,
    on,
    set_figure,
)
from tests.unified.leadership.rulebook import LATER_TEXT, draft, issued, register, repeal
from xuequ import District, Post
from xuequ.core.errors import ActionNotPermitted, IllegalTransition
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.models.places import School
from xuequ.registry.schemas.posts import HandingOver
from xuequ.registry.states.posts import AppointmentEnd
from xuequ.testing import make_district
from xuequ.testing.factories import DAY
from xuequ.unified.leadership.errors.acknowledgements import (
    AcknowledgementUnknown,
    SignedAlready,
    VersionNotValid,
)
from xuequ.unified.leadership.errors.ledgers import ActorIsNoStaff, NotAtWorkHere, NotTheSigner
from xuequ.unified.leadership.errors.regulations import VersionUnknown
from xuequ.unified.leadership.schemas.acknowledgements import AckView
from xuequ.unified.leadership.states.acknowledgements import AckState

DUE = DAY + timedelta(days=10)


@pytest.fixture
def door(session: Session) -> District:
    return office(session)


@pytest.fixture
def version_id(door: District) -> int:
    return issued(door, register(door), DAY).id


def sign(door: District, version_id: int, school: str) -> AckView:
    """Read and sign."""
    door.leadership.acknowledgements.read(version_id, school)
    return door.leadership.acknowledgements.sign(version_id, school)


def hand_over_head(door: District, school: str, to: str, day: date) -> None:
    """Let somebody else head a school from a day on."""
    held = door.registry.posts.holder(Post.SCHOOL_HEAD, school, DAY)
    assert held is not None
    command = HandingOver(staff_id=staff_id(door, to), on=day, authority="文")
    door.registry.posts.hand_over(held.id, command)


def owed(door: District, school: str, day: date = DAY) -> list[tuple[int, AckState, bool, str]]:
    views = door.leadership.acknowledgements.outstanding(school, day)
    return [(view.number, view.state, view.overdue, view.signer) for view in views]


def test_issue_lets_every_open_school_owe_its_signature_by_the_deadline(
    door: District, version_id: int
) -> None:
    [view] = door.leadership.acknowledgements.outstanding("s1")
    assert (view.version_id, view.issued_on, view.due_on, view.state) == (
        version_id,
        DAY,
        DUE,
        AckState.PENDING,
    )
    assert [owed(door, school, DUE) for school in ("s1", "s2")] == [[(1, AckState.PENDING, False, "师1")]] * 2
    assert owed(door, "s1", DUE + timedelta(days=1)) == [(1, AckState.PENDING, True, "师1")]


def test_a_school_s_own_rule_is_acknowledged_by_nobody(door: District, version_id: int) -> None:
    issued(door, register(door, "s1-own", school="s1", implements="qingjia"), DAY)
    assert len(door.leadership.acknowledgements.outstanding("s1")) == 1


def test_the_head_reads_and_then_signs(door: District, session: Session, version_id: int) -> None:
    head = as_(door, "s1-T1", OCTOBER)
    with pytest.raises(IllegalTransition, match="待阅"):
        head.leadership.acknowledgements.sign(version_id, "s1")
    assert head.leadership.acknowledgements.read(version_id, "s1").state is AckState.READ
    signed = head.leadership.acknowledgements.sign(version_id, "s1")
    assert (signed.state, signed.signer, signed.overdue) == (AckState.SIGNED, "师1", False)
    assert facts(session)[-1] == "version_acknowledged"
    with pytest.raises(SignedAlready, match="2026-10-01"):
        head.leadership.acknowledgements.sign(version_id, "s1")
    assert owed(door, "s1", OCTOBER) == []


def test_nobody_but_the_head_signs_for_a_school(door: District, version_id: int) -> None:
    for short in ("s1-T2", "s2-T2"):  # principal and academic director have the action, but not the school
        with pytest.raises(NotTheSigner, match="师1"):
            as_(door, short).leadership.acknowledgements.read(version_id, "s1")
    with pytest.raises(ActionNotPermitted):
        as_(door, "s2-T1").leadership.acknowledgements.read(version_id, "s1")
    with pytest.raises(ActorIsNoStaff):
        door.leadership.acknowledgements.read(version_id, "s1")


def test_a_delegate_s_signature_is_not_the_head_s(door: District, version_id: int) -> None:
    from_head = door.registry.posts.holder(Post.SCHOOL_HEAD, "s1")
    assert from_head is not None
    lend(door, from_head.id, "s1-T3")
    with pytest.raises(NotTheSigner):
        as_(door, "s1-T3").leadership.acknowledgements.read(version_id, "s1")


def test_what_is_outstanding_passes_to_the_successor(door: District, version_id: int) -> None:
    as_(door, "s1-T1").leadership.acknowledgements.read(version_id, "s1")
    hand_over_head(door, "s1", "s1-T3", OCTOBER)
    assert owed(door, "s1", DAY) == [(1, AckState.READ, False, "师1")]
    assert owed(door, "s1", OCTOBER) == [(1, AckState.PENDING, True, "师3")]
    with pytest.raises(ActionNotPermitted):
        as_(door, "s1-T1", OCTOBER).leadership.acknowledgements.sign(version_id, "s1")
    with pytest.raises(IllegalTransition):  # the predecessor's reading is not the successor's
        as_(door, "s1-T3", OCTOBER).leadership.acknowledgements.sign(version_id, "s1")
    assert sign(as_(door, "s1-T3", OCTOBER), version_id, "s1").signer == "师3"


def test_a_signature_outlasts_its_head(door: District, version_id: int) -> None:
    sign(as_(door, "s1-T1"), version_id, "s1")
    hand_over_head(door, "s1", "s1-T3", OCTOBER)
    assert owed(door, "s1", OCTOBER) == []
    [cell] = [cell for cell in door.leadership.acknowledgements.matrix(OCTOBER).cells if "s1" in cell.school]
    assert (cell.signer, cell.state, cell.signed_on) == ("师1", "已签收", DAY)


def test_a_school_without_a_head_signs_nothing_until_one_is_appointed(
    door: District, version_id: int
) -> None:
    held = door.registry.posts.holder(Post.SCHOOL_HEAD, "s1")
    assert held is not None
    door.registry.posts.end_appointment(held.id, AppointmentEnd.MOVED, OCTOBER)
    assert owed(door, "s1", OCTOBER) == [(1, AckState.PENDING, True, "")]
    with pytest.raises(NotTheSigner, match="空缺"):
        as_(door, "s2-T2", OCTOBER).leadership.acknowledgements.read(version_id, "s1")
    appoint(door, "s1-T4", Post.SCHOOL_HEAD, school="s1", since=OCTOBER, acting=True)
    assert sign(as_(door, "s1-T4", OCTOBER), version_id, "s1").state is AckState.SIGNED


def test_for_the_central_school_the_academic_director_signs_and_then_the_principal(door: District) -> None:
    make_central(door)
    held = door.registry.posts.holder(Post.SCHOOL_HEAD, "s1")
    assert held is not None
    regulation_id = register(door)
    version_id = issued(door, regulation_id, DAY).id
    with pytest.raises(NotTheSigner):  # a central school that has a head has its head
        as_(door, "s2-T2").leadership.acknowledgements.read(version_id, "s1")
    door.registry.posts.end_appointment(held.id, AppointmentEnd.MOVED, OCTOBER)
    with pytest.raises(NotTheSigner):
        as_(door, "s1-T2", OCTOBER).leadership.acknowledgements.read(version_id, "s1")
    assert sign(as_(door, "s2-T2", OCTOBER), version_id, "s1").signer == "师2"
    director = door.registry.posts.holder(Post.ACADEMIC_DIRECTOR)
    assert director is not None
    door.registry.posts.end_appointment(director.id, AppointmentEnd.MOVED, NOVEMBER)
    second = issued(door, regulation_id, NOVEMBER, LATER_TEXT, day=OCTOBER)
    assert sign(as_(door, "s1-T2", NOVEMBER), second.id, "s1").state is AckState.SIGNED


def test_a_new_version_is_acknowledged_anew_and_the_superseded_one_no_longer(door: District) -> None:
    regulation_id = register(door)
    first = issued(door, regulation_id, DAY)
    sign(as_(door, "s1-T1"), first.id, "s1")
    second = issued(door, regulation_id, OCTOBER, LATER_TEXT)
    assert owed(door, "s1", DAY) == [(2, AckState.PENDING, False, "师1")]
    assert [number for number, *_ in owed(door, "s2", DAY)] == [1, 2]  # the first holds until October
    assert [number for number, *_ in owed(door, "s2", OCTOBER)] == [2]
    with pytest.raises(VersionNotValid, match="已被取代"):
        as_(door, "s2-T1", OCTOBER).leadership.acknowledgements.read(first.id, "s2")
    assert sign(as_(door, "s2-T1", OCTOBER), second.id, "s2").number == 2
    repeal(door, regulation_id, NOVEMBER)
    with pytest.raises(VersionNotValid, match="已废止"):
        as_(door, "s1-T1", NOVEMBER).leadership.acknowledgements.read(second.id, "s1")


def test_the_rate_is_of_schools_obliged_at_issue(door: District, session: Session, version_id: int) -> None:
    sign(as_(door, "s1-T1", OCTOBER), version_id, "s1")
    session.execute(update(School).where(School.code == "s2").values(closed_on=NOVEMBER))
    progress = {day: door.leadership.acknowledgements.progress(day)[0] for day in (DAY, OCTOBER, DECEMBER)}
    assert [(one.obliged, one.signed) for one in progress.values()] == [(2, 0), (2, 1), (2, 1)]
    assert (progress[DECEMBER].rate, progress[DECEMBER].percent) == (Fraction(1, 2), "50%")
    remarks = [cell.remark for cell in door.leadership.acknowledgements.matrix(DECEMBER).cells]
    assert remarks == ["", "学校已撤并、逾期"]


def test_a_school_opened_later_was_not_obliged(door: District, session: Session) -> None:
    session.execute(update(School).where(School.code == "s2").values(opened_on=OCTOBER))
    version = issued(door, register(door), DAY)
    with pytest.raises(AcknowledgementUnknown):
        as_(door, "s2-T1", OCTOBER).leadership.acknowledgements.read(version.id, "s2")
    assert door.leadership.acknowledgements.progress(OCTOBER)[0].obliged == 1
    with pytest.raises(SchoolUnknown):
        door.leadership.acknowledgements.outstanding("s9")


def test_teachers_give_receipts_at_the_school_where_they_work(door: District, version_id: int) -> None:
    teacher = as_(door, "s1-T4").leadership.acknowledgements
    first = teacher.give_receipt(version_id, "s1")
    assert (first.staff_no, first.school) == ("qianfeng-s1-T4", "s1")
    assert as_(door, "s1-T4", OCTOBER).leadership.acknowledgements.give_receipt(version_id, "s1") == first
    with pytest.raises(ActionNotPermitted):
        teacher.give_receipt(version_id, "s2")
    with pytest.raises(NotAtWorkHere):  # a post that reaches the school is no work there
        as_(door, "s2-T2").leadership.acknowledgements.give_receipt(version_id, "s1")
    head = as_(door, "s1-T1").leadership.acknowledgements
    assert [one.staff_no for one in head.receipts(version_id, "s1")] == ["qianfeng-s1-T4"]
    assert door.leadership.acknowledgements.receipts(version_id, "s2") == []
    assert door.leadership.acknowledgements.progress()[0].readers == 1


def test_only_what_is_valid_is_read(door: District) -> None:
    regulation_id = register(door)
    made = draft(door, regulation_id)
    with pytest.raises(VersionNotValid, match="草案"):
        as_(door, "s1-T4").leadership.acknowledgements.give_receipt(made.id, "s1")
    with pytest.raises(VersionUnknown):
        as_(door, "s1-T4").leadership.acknowledgements.give_receipt(1, "s1")


def test_another_district_owes_nothing(door: District, session: Session, version_id: int) -> None:
    other = make_district(session, OTHER, schools=1, pupils=0, staff=1)
    appoint(other, "dasi-s1-T1", Post.SCHOOL_HEAD, school="s1")
    set_figure(other, "leadership.acknowledge_within_days", "5")
    assert other.leadership.acknowledgements.outstanding("s1") == []
    assert other.leadership.acknowledgements.matrix().cells == ()
    with pytest.raises(AcknowledgementUnknown):
        on(other, DAY).leadership.acknowledgements.read(version_id, "s1")
