"""Samples of pupils' records, transfers and circumstances."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import select

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import ELSEWHERE, HERE, maker, pupil_id
from tests.registry.roster import KEYS
from xuequ.core.access import Actor
from xuequ.core.settings import FixedClock, Settings
from xuequ.district import District
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.places import District as DistrictRow
from xuequ.registry.models.places import School
from xuequ.registry.schemas.circumstances import (
    GuardianRecord,
    GuardianRow,
    GuardianshipEnd,
    ResidenceRecord,
    ResidenceRow,
    TraitRecord,
    TraitRow,
)
from xuequ.registry.schemas.pupils import Departure, MoveRow, NewPupil, PupilApplication, Suspension
from xuequ.registry.schemas.transfers import TransferArrival, TransferRequest
from xuequ.registry.states.circumstances import TraitDetail, TraitKind
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.people import Sex
from xuequ.registry.states.pupils import MoveKind
from xuequ.standards.codes.people import Relation

DAY, LATER = date(2026, 9, 1), date(2027, 9, 1)
NEW = NewPupil(pupil_no="N1", name="新", sex=Sex.MALE)
APPLICATION = PupilApplication(pupil=NEW, school="s1", stage=Stage.PRIMARY, entry_year=2026)
AWAY = Departure(outside="昆明", guardian_applied=True)
SUSPENSION = Suspension(planned_until=LATER)
NUMBER = "qianfeng-s1-P1"
TRAIT = TraitRecord(kind=TraitKind.SPECIAL_NEEDS, detail=TraitDetail.VISION, note="近视")
GUARDIAN = GuardianRecord(relation=Relation.MOTHER, name="母")
HOME = ResidenceRecord(area="530921", address="一组")


def keyed(door: Any) -> District:
    """Return a maker's door with keys."""
    settings = Settings(clock=FixedClock.at(DAY), keys=KEYS)
    return District(door.context.session, HERE, actor=Actor.system("sample"), settings=settings)


def class_id(door: Any, school: str = "s1") -> int:
    """Return the id of the class of a school."""
    query = (
        select(SchoolClass.id)
        .join(School, School.id == SchoolClass.school_id)
        .join(DistrictRow, DistrictRow.id == School.district_id)
    )
    found = door.context.session.scalar(query.where(School.code == school, DistrictRow.code == "qianfeng"))
    return int(found)


def applicant(door: Any) -> int:
    """Return the id of somebody who has applied to school s1."""
    return maker(door).registry.pupils.apply(APPLICATION).id


def admitted(door: Any) -> int:
    """Return the id of somebody who was admitted at school s1."""
    pupil = applicant(door)
    maker(door).registry.pupils.admit([pupil])
    return pupil


def after(step: Callable[[Any, int], object]) -> Callable[[Any], int]:
    """Return a function that gives a pupil of school s1 after a step."""

    def take(door: Any) -> int:
        pupil = pupil_id(door)
        step(maker(door).registry.pupils, pupil)
        return pupil

    return take


suspended = after(lambda pupils, pupil: pupils.suspend(pupil, SUSPENSION))
suspected = after(lambda pupils, pupil: pupils.suspect_dropout(pupil, date(2026, 8, 1)))


def request(number: str = NUMBER, to: str = "s2") -> TransferRequest:
    return TransferRequest(pupil_no=number, to_school=to, guardian_applied=True)


def transfer_id(door: Any) -> int:
    """Return a transfer from school s1 to s2."""
    return maker(door).registry.transfers.request(request()).id


def leaving_id(door: Any) -> int:
    """Return a transfer from school s1 to another district: within one, the heads of both schools see it."""
    going = TransferRequest(
        pupil_no=NUMBER, to_district=ELSEWHERE.partition("/")[2], to_school="s1", guardian_applied=True
    )
    return maker(door).registry.transfers.request(going).id


def coming_id(door: Any) -> int:
    """Return a transfer from school s2 to s1 that was released."""
    transfers = maker(door).registry.transfers
    found = transfers.request(request("qianfeng-s2-P1", "s1")).id
    transfers.release(found)
    return found


def trait_id(door: Any) -> int:
    return keyed(door).registry.circumstances.set_trait(pupil_id(door), TRAIT).id


def guardian_id(door: Any) -> int:
    return maker(door).registry.circumstances.add_guardian(pupil_id(door), GUARDIAN).id


def home_id(door: Any) -> int:
    return keyed(door).registry.circumstances.record_residence(pupil_id(door), HOME).id


def arrival(door: Any) -> TransferArrival:
    return TransferArrival(pupil=NEW, outside="昆明", class_id=class_id(door), guardian_applied=True)


def _pupils(name: str) -> str:
    return f"registry.pupils.{name}"


def _transfers(name: str) -> str:
    return f"registry.transfers.{name}"


def _circumstances(name: str) -> str:
    return f"registry.circumstances.{name}"


SAMPLES: dict[str, Sample] = {
    _pupils("apply"): lambda door: (APPLICATION,),
    _pupils("admit"): lambda door: ([applicant(door)],),
    _pupils("turn_away"): lambda door: ([applicant(door)],),
    _pupils("register"): lambda door: ([admitted(door)], class_id(door)),
    _pupils("change_class"): lambda door: (pupil_id(door), class_id(door)),
    _pupils("suspend"): lambda door: (pupil_id(door), SUSPENSION),
    _pupils("extend_suspension"): lambda door: (suspended(door), LATER),
    _pupils("resume"): lambda door: (suspended(door),),
    _pupils("suspect_dropout"): lambda door: (pupil_id(door), date(2026, 8, 1)),
    _pupils("confirm_dropout"): lambda door: (suspected(door), "家访"),
    _pupils("bring_back"): lambda door: (suspected(door),),
    _pupils("graduate"): lambda door: ([pupil_id(door)],),
    _pupils("leave_preschool"): lambda door: ([pupil_id(door)],),
    _pupils("leave_abroad"): lambda door: (pupil_id(door),),
    _pupils("leave_county"): lambda door: (pupil_id(door), AWAY),
    _pupils("record_death"): lambda door: (pupil_id(door),),
    _pupils("record_moves"): lambda door: (
        "s1",
        [MoveRow(pupil_no=NUMBER, kind=MoveKind.SUSPEND, on=DAY, planned_until=LATER)],
    ),
    _pupils("pupil_as_of"): lambda door: (pupil_id(door),),
    _pupils("history"): lambda door: (pupil_id(door),),
    _pupils("class_list"): lambda door: (class_id(door),),
    _pupils("rolls"): lambda door: (),
    _pupils("school_roll"): lambda door: ("s1",),
    _pupils("roll_changes"): lambda door: ("s1", date(2026, 8, 1), DAY),
    _transfers("request"): lambda door: (request(),),
    _transfers("release"): lambda door: (transfer_id(door),),
    _transfers("accept"): lambda door: (coming_id(door), class_id(door)),
    _transfers("refuse"): lambda door: (transfer_id(door), "不同意"),
    _transfers("withdraw"): lambda door: (transfer_id(door),),
    _transfers("take_in"): lambda door: (arrival(door),),
    _transfers("transfer"): lambda door: (leaving_id(door),),
    _transfers("open_transfers"): lambda door: ("s1",),
    _transfers("transfers_of"): lambda door: (
        maker(door).registry.transfers.transfer(leaving_id(door)).pupil_id,
    ),
    _circumstances("set_trait"): lambda door: (pupil_id(door), TraitRecord(kind=TraitKind.ORPHAN)),
    _circumstances("end_trait"): lambda door: (pupil_id(door), TraitKind.ORPHAN),
    _circumstances("record_traits"): lambda door: (
        "s1",
        [TraitRow(pupil_no=NUMBER, kind=TraitKind.BOARDER, on=DAY)],
    ),
    _circumstances("traits_of"): lambda door: (pupil_id(door),),
    _circumstances("reveal_trait_note"): lambda door: (trait_id(door),),
    _circumstances("add_guardian"): lambda door: (pupil_id(door), GUARDIAN),
    _circumstances("end_guardianship"): lambda door: (guardian_id(door),),
    _circumstances("choose_primary"): lambda door: (guardian_id(door),),
    _circumstances("record_guardians"): lambda door: (
        [GuardianRow(pupil_id=pupil_id(door), relation=Relation.FATHER, name="李一", since=DAY)],
    ),
    _circumstances("end_guardianships"): lambda door: (
        [GuardianshipEnd(guardian_id=guardian_id(door), on=LATER)],
    ),
    _circumstances("choose_primaries"): lambda door: ([guardian_id(door)],),
    _circumstances("guardians_of"): lambda door: (pupil_id(door),),
    _circumstances("record_residence"): lambda door: (pupil_id(door), ResidenceRecord(area="530921")),
    _circumstances("record_residences"): lambda door: (
        [ResidenceRow(pupil_id=pupil_id(door), area="530921", since=DAY)],
    ),
    _circumstances("residences_of"): lambda door: (pupil_id(door),),
    _circumstances("reveal_address"): lambda door: (home_id(door),),
}
