"""Samples of staff: employments, placements, standings, certificates."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker, school_id, staff_id
from xuequ.registry.schemas.certificates import CertificateRecord
from xuequ.registry.schemas.staff import (
    EmploymentCorrection,
    EmploymentEnding,
    EmploymentTransfer,
    PlacementCorrection,
    Placing,
    Rehiring,
    StandingCorrection,
    StandingRecord,
    TakingOn,
)
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.people import Sex
from xuequ.registry.states.staff import Entry, Exit, PlacementKind, StandingKind
from xuequ.standards.codes.schooling import Subject
from xuequ.standards.codes.staff import CertificateKind

DAY, LATER = date(2026, 10, 1), date(2026, 12, 1)


def other_school(door: Any) -> int:
    """Return the id of school s2."""
    return next(school.id for school in maker(door).registry.schools() if school.code == "s2")


def taking_on(door: Any) -> TakingOn:
    values: dict[str, Any] = {"staff_no": "N1", "name": "新", "sex": Sex.MALE, "entry": Entry.RECRUITED}
    return TakingOn(**values, school_id=school_id(door), since=DAY)


def gone(door: Any) -> int:
    """Return somebody who has retired."""
    who = taking_on(door).model_copy(update={"staff_no": "N2"})
    found = maker(door).registry.staff.take_on(who).id
    ending = EmploymentEnding(staff_id=found, on=LATER, exit=Exit.RETIRED)
    maker(door).registry.staff.end_employment(ending)
    return found


def rehiring(door: Any) -> Rehiring:
    return Rehiring(staff_id=gone(door), school_id=school_id(door), since=LATER)


def placing(door: Any) -> Placing:
    kind = PlacementKind.ROTATION
    return Placing(staff_id=staff_id(door), school_id=other_school(door), kind=kind, since=DAY)


def ending(door: Any) -> EmploymentEnding:
    return EmploymentEnding(staff_id=staff_id(door), on=DAY, exit=Exit.RESIGNED)


def employment(door: Any) -> EmploymentCorrection:
    history = maker(door).registry.staff.history(staff_id(door))
    return EmploymentCorrection(employment_id=history.employments[0].id, authority="文")


def placement(door: Any) -> PlacementCorrection:
    history = maker(door).registry.staff.history(staff_id(door))
    return PlacementCorrection(placement_id=history.placements[0].id, authority="文")


def away(door: Any) -> int:
    """Return somebody who is on rotation."""
    who = taking_on(door).model_copy(update={"staff_no": "N3"})
    found = maker(door).registry.staff.take_on(who).id
    maker(door).registry.staff.place_staff(placing(door).model_copy(update={"staff_id": found}))
    return found


def standing_id(door: Any) -> int:
    """Return what somebody holds."""
    return maker(door).registry.staff.standings.of(staff_id(door))[0].id


def standing(door: Any) -> StandingRecord:
    return StandingRecord(staff_id=staff_id(door), kind=StandingKind.TITLE, code="senior", since=DAY)


def certificate(door: Any, number: str = "A") -> CertificateRecord:
    kind = CertificateKind.PRIMARY
    return CertificateRecord(staff_id=staff_id(door), kind=kind, number=number, issued=DAY)


def certificate_id(door: Any) -> int:
    return maker(door).registry.staff.certificates.record([certificate(door, "B")])[0].id


SAMPLES: dict[str, Sample] = {
    "registry.staff.take_on": lambda door: (taking_on(door),),
    "registry.staff.rehire": lambda door: (rehiring(door),),
    "registry.staff.transfer_employment": lambda door: (
        EmploymentTransfer(staff_id=staff_id(door), school_id=other_school(door), since=DAY),
    ),
    "registry.staff.end_employment": lambda door: (ending(door),),
    "registry.staff.correct_employment": lambda door: (employment(door),),
    "registry.staff.place_staff": lambda door: (placing(door),),
    "registry.staff.place_many": lambda door: ([placing(door)],),
    "registry.staff.come_back": lambda door: (away(door), LATER),
    "registry.staff.correct_placement": lambda door: (placement(door),),
    "registry.staff.works_at": lambda door: (staff_id(door),),
    "registry.staff.staff_as_of": lambda door: (staff_id(door), DAY),
    "registry.staff.staff_of": lambda door: ("s1",),
    "registry.staff.history": lambda door: (staff_id(door),),
    "registry.staff.overview": lambda door: (),
    "registry.staff.standings.of": lambda door: (staff_id(door),),
    "registry.staff.standings.record": lambda door: ([standing(door)],),
    "registry.staff.standings.correct": lambda door: (
        StandingCorrection(standing_id=standing_id(door), authority="文"),
    ),
    "registry.staff.standings.end": lambda door: (standing_id(door), LATER),
    "registry.staff.certificates.record": lambda door: ([certificate(door)],),
    "registry.staff.certificates.renew": lambda door: ([certificate_id(door)], LATER),
    "registry.staff.certificates.of": lambda door: (staff_id(door),),
    "registry.staff.certificates.qualified": lambda door: (staff_id(door), Stage.PRIMARY, Subject.MATHS),
    "registry.staff.certificates.expiring": lambda door: (LATER,),
}
