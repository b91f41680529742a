"""Drills and hazards: recorded, corrected in the open, rectified, verified by somebody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.registry.posts import staff_id
from tests.unified.leadership.ledger_office import NOVEMBER, OCTOBER, OTHER, as_, facts, office, on
from xuequ import District
from xuequ.core.errors import ActionNotPermitted, IllegalTransition, Problems
from xuequ.testing import make_district
from xuequ.testing.factories import DAY
from xuequ.unified.leadership.errors.ledgers import (
    ActorIsNoStaff,
    DayAhead,
    DayTooEarly,
    LedgerRowUnknown,
    LedgerRowVoided,
    NotAtWorkHere,
    NotTheOwner,
    ProofMissing,
)
from xuequ.unified.leadership.errors.safety import DrillKnown, VerifiedByRectifier
from xuequ.unified.leadership.schemas.ledgers import Done, Voiding
from xuequ.unified.leadership.schemas.safety import (
    DrillCorrection,
    DrillRecord,
    DrillView,
    HazardReport,
    HazardView,
    SendingBack,
)
from xuequ.unified.leadership.states.safety import DrillKind, HazardState

DONE = Done(proof="已加固，照片存档")


@pytest.fixture
def door(session: Session) -> District:
    return on(office(session), OCTOBER)


def drill(school: str = "s1", **more: Any) -> DrillRecord:
    values: dict[str, Any] = {"kind": DrillKind.FIRE, "held_on": OCTOBER, "participants": 86, "minutes": 4}
    return DrillRecord(school=school, **values | more)


def held(door: District, *drills: DrillRecord) -> list[DrillView]:
    return door.leadership.safety.record_drills(drills or [drill()])


def hazard(door: District, who: str = "s1-T3", **more: Any) -> HazardView:
    values: dict[str, Any] = {"school": "s1", "spot": "食堂", "text": "燃气软管老化", "found_on": OCTOBER}
    values |= {"due_on": OCTOBER + timedelta(days=7)} | more
    return door.leadership.safety.report_hazard(HazardReport(owner_id=staff_id(door, who), **values))


# drills


def test_drills_are_recorded_many_at_once(door: District, session: Session) -> None:
    made = held(door, drill(problems="二楼拥堵"), drill("s2"), drill(kind=DrillKind.EARTHQUAKE))
    assert [(one.school, one.kind, one.problems) for one in made] == [
        ("s1", DrillKind.FIRE, "二楼拥堵"),
        ("s2", DrillKind.FIRE, ""),
        ("s1", DrillKind.EARTHQUAKE, ""),
    ]
    assert facts(session) == ["drills_recorded"]
    assert len(door.leadership.safety.drills(OCTOBER, OCTOBER, "s1")) == 2
    assert door.leadership.safety.record_drills([]) == []


def test_a_drill_is_recorded_once_and_not_before_it_is_held(door: District) -> None:
    held(door)
    with pytest.raises(DrillKnown, match="消防"):
        held(door)
    with pytest.raises(DrillKnown):
        held(door, drill("s2"), drill("s2"))
    with pytest.raises(DayAhead):
        held(door, drill(held_on=NOVEMBER))
    with pytest.raises(ActionNotPermitted):
        held(as_(door, "s1-T1", OCTOBER), drill("s2"))
    assert len(held(as_(door, "s2-T1", OCTOBER), drill("s2"))) == 1


def test_a_correction_leaves_the_wrong_record_with_its_reason(door: District, session: Session) -> None:
    [one] = held(door)
    correction = DrillCorrection(participants=85, minutes=4, reason="多数了一人")
    made = door.leadership.safety.correct_drill(one.id, correction)
    assert (made.participants, made.kind, made.held_on) == (85, DrillKind.FIRE, OCTOBER)
    every = door.leadership.safety.drills(voided=True)
    assert [(row.participants, row.voided) for row in every] == [(86, "多数了一人"), (85, "")]
    assert facts(session)[-1] == "drill_corrected"
    for act in (
        lambda: door.leadership.safety.correct_drill(one.id, correction),
        lambda: door.leadership.safety.void_drill(one.id, Voiding(reason="x")),
    ):
        with pytest.raises(LedgerRowVoided):
            act()


def test_a_voided_drill_makes_room_for_the_right_one(door: District) -> None:
    [one] = held(door)
    door.leadership.safety.void_drill(one.id, Voiding(reason="是防震演练"))
    assert door.leadership.safety.drills() == []
    assert held(door)[0].id != one.id
    with pytest.raises(LedgerRowUnknown):
        door.leadership.safety.void_drill(1, Voiding(reason="x"))


# hazards


def test_a_hazard_goes_from_finding_to_verification(door: District, session: Session) -> None:
    made = hazard(as_(door, "s1-T4", OCTOBER))
    assert (made.state, made.owner, made.overdue) == (HazardState.FOUND, "师3", False)
    done = as_(door, "s1-T3", OCTOBER).leadership.safety.rectify(made.id, DONE)
    assert (done.state, done.rectified_on, done.rectified_by) == (HazardState.RECTIFIED, OCTOBER, "师3")
    verified = as_(door, "s1-T1", NOVEMBER).leadership.safety.verify(made.id)
    assert (verified.state, verified.verified_by, verified.verified_on) == (
        *(HazardState.VERIFIED, "师1"),
        NOVEMBER,
    )
    assert facts(session) == ["hazard_reported", "hazard_rectified", "hazard_verified"]


def test_whoever_rectified_a_hazard_or_was_to_does_not_verify_it(door: District) -> None:
    of_head = hazard(door, "s1-T1")
    as_(door, "s1-T2", OCTOBER).leadership.safety.rectify(
        of_head.id, DONE
    )  # the principal does it for the head
    for who in ("s1-T1", "s1-T2"):
        with pytest.raises(VerifiedByRectifier):
            as_(door, who, OCTOBER).leadership.safety.verify(of_head.id)
    with pytest.raises(ActorIsNoStaff):
        door.leadership.safety.verify(of_head.id)
    assert as_(door, "s2-T2", OCTOBER).leadership.safety.verify(of_head.id).verified_by == "师2"


def test_steps_are_taken_in_order(door: District) -> None:
    made = hazard(door)
    head = as_(door, "s1-T1", OCTOBER).leadership.safety
    with pytest.raises(IllegalTransition, match="待整改"):
        head.verify(made.id)
    head.rectify(made.id, DONE)
    with pytest.raises(IllegalTransition):
        head.rectify(made.id, DONE)
    as_(door, "s1-T2", OCTOBER).leadership.safety.verify(made.id)
    with pytest.raises(IllegalTransition):
        as_(door, "s1-T2", OCTOBER).leadership.safety.send_back(made.id, SendingBack(reason="x"))


def test_what_is_not_accepted_is_open_again_with_the_reason(door: District, session: Session) -> None:
    made = hazard(door)
    as_(door, "s1-T3", OCTOBER).leadership.safety.rectify(made.id, DONE)
    back = as_(door, "s1-T1", NOVEMBER).leadership.safety.send_back(made.id, SendingBack(reason="仍漏气"))
    assert (back.state, back.returned, back.rectified_on, back.overdue) == (
        *(HazardState.FOUND, "仍漏气"),
        *(None, True),
    )
    assert facts(session)[-1] == "hazard_returned"
    again = as_(door, "s1-T3", NOVEMBER).leadership.safety.rectify(made.id, DONE)
    assert (again.state, again.returned) == (HazardState.RECTIFIED, "")


def test_owner_proof_and_days_are_checked(door: District) -> None:
    with pytest.raises(NotAtWorkHere):
        hazard(door, found_on=DAY - timedelta(days=1), due_on=OCTOBER)
    with pytest.raises(DayTooEarly):
        hazard(door, due_on=DAY)
    with pytest.raises(Problems):
        hazard(door, found_on=NOVEMBER, due_on=DAY)
    made = hazard(door)
    with pytest.raises(NotTheOwner):
        as_(door, "s1-T4", OCTOBER).leadership.safety.rectify(made.id, DONE)
    owner = as_(door, "s1-T3", OCTOBER).leadership.safety
    with pytest.raises(ProofMissing):
        owner.rectify(made.id, Done())
    with pytest.raises(DayTooEarly):
        owner.rectify(made.id, Done(proof="x", on=DAY))
    with pytest.raises(DayAhead):
        owner.rectify(made.id, Done(proof="x", on=NOVEMBER))


def test_a_voided_hazard_stays_and_takes_no_step(door: District, session: Session) -> None:
    made = hazard(door)
    door.leadership.safety.void_hazard(made.id, Voiding(reason="重复上报"))
    [kept] = on(door, NOVEMBER).leadership.safety.hazards("s1")
    assert (kept.voided, kept.overdue) == ("重复上报", False)
    assert facts(session)[-1] == "hazard_voided"
    with pytest.raises(LedgerRowVoided):
        door.leadership.safety.rectify(made.id, DONE)
    assert door.leadership.safety.ledger(DAY, NOVEMBER).hazards == ()


def test_the_ledger_counts_what_is_overdue(door: District) -> None:
    held(door)
    hazard(door)
    ledger = on(door, NOVEMBER).leadership.safety.ledger(DAY, NOVEMBER)
    assert (len(ledger.drills), len(ledger.hazards), ledger.overdue) == (1, 1, 1)


def test_another_district_has_its_own_ledgers(door: District, session: Session) -> None:
    [one], found = held(door), hazard(door)
    other = make_district(session, OTHER, schools=1, pupils=0, staff=1)
    assert other.leadership.safety.drills() == [] and other.leadership.safety.hazards() == []
    with pytest.raises(LedgerRowUnknown):
        other.leadership.safety.void_drill(one.id, Voiding(reason="x"))
    with pytest.raises(LedgerRowUnknown):
        other.leadership.safety.rectify(found.id, DONE)
