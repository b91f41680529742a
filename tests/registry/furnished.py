"""A district in which every document has something to show: posts, terms, villages, premises, transfers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.registry.people import KEYED, number
from xuequ import Actor, County, District
from xuequ.core.access import Post
from xuequ.core.halfdays import Half
from xuequ.core.settings import FixedClock
from xuequ.registry.models.pupils import Pupil
from xuequ.registry.models.staff import Staff
from xuequ.registry.schemas.attendance import StaffMark, StaffRollCall
from xuequ.registry.schemas.calendar import Holiday, HolidayNoticeCommand, TermDates
from xuequ.registry.schemas.headcounts import HeadcountDrawing
from xuequ.registry.schemas.people import PersonCorrection
from xuequ.registry.schemas.places import TownshipRegistration, VillageCounting, VillageRegistration
from xuequ.registry.schemas.posts import Appointing
from xuequ.registry.schemas.premises import LandRegistration, PremisesRegistration, RoomRegistration
from xuequ.registry.schemas.transfers import TransferRequest
from xuequ.registry.states.attendance import StaffAttendance
from xuequ.registry.states.calendar import HolidayWeeks
from xuequ.registry.states.headcounts import CountPurpose
from xuequ.registry.states.people import Sex
from xuequ.registry.states.places import VillageMeasure
from xuequ.registry.states.premises import RoomUse, Structure
from xuequ.standards.codes.people import DocumentKind

PLACE = "530921/qianfeng"
DAY, TODAY = date(2026, 9, 1), date(2026, 9, 30)
SEEN = replace(KEYED, clock=FixedClock.at(TODAY))
CARD, PHONE = number(123, "20200301"), "13812345678"
"""The citizen number and the telephone of the first pupil and the first member of staff."""

ARGUMENTS: dict[str, dict[str, Any]] = {
    "registry.pupil_list": {"school": "s1"},
    "registry.staff_month": {"school": "s1", "year": 2026, "month": 9},
    "registry.roll_changes": {"first": date(2026, 8, 31), "last": TODAY},
    "registry.headcount": {"count_date": DAY, "purpose": CountPurpose.YEAR_START},
    "registry.school_calendar": {"school_year": 2026, "number": 1},
    "registry.holiday_notice": {"year": 2026, "holiday": "国庆节"},
}
"""What the documents must be told that need to be told something."""


def furnish(session: Session, school: str = "s1", other: str = "s2") -> District:
    """Record what documents show in two schools of a district; return its door at the end of September."""
    door = District(
        session, PLACE, actor=Actor.system("furnish"), settings=replace(KEYED, clock=FixedClock.at(DAY))
    )
    registry = door.registry
    ids = {one.code: one.id for one in registry.schools()}
    _calendar(door)
    _people(door, school, other)
    _ground(session, door, ids[school])
    registry.headcounts.freeze(
        registry.headcounts.draft_snapshot(
            HeadcountDrawing(count_date=DAY, purpose=CountPurpose.YEAR_START)
        ).id,
        "上报期限已到",
    )
    later = District(session, PLACE, actor=Actor.system("furnish"), settings=SEEN)
    pupil = later.registry.pupils_of(school)[-1].pupil_no
    later.registry.transfers.request(
        TransferRequest(pupil_no=pupil, to_school=other, guardian_applied=True), on=date(2026, 9, 8)
    )
    return later


def _calendar(door: District) -> None:
    calendar = door.registry.calendar
    for term, first, last in ((1, DAY, date(2027, 1, 15)), (2, date(2027, 2, 22), date(2027, 7, 9))):
        weeks = HolidayWeeks.KEEP
        calendar.set_term(
            TermDates(school_year=2026, number=term, first=first, last=last, holiday_weeks=weeks)
        )
    new_year = Holiday(name="元旦", first=date(2027, 1, 1), last=date(2027, 1, 3))
    calendar.record_holiday_notice(HolidayNoticeCommand(year=2027, holidays=(new_year,)))


def _people(door: District, school: str, other: str) -> None:
    session, registry = door.context.session, door.registry
    registry_staff = registry.staff.staff_of(school)
    first, second = registry_staff[0].id, registry_staff[1].id
    third = registry.staff.staff_of(other)[0].id
    posts = ((first, Post.PRINCIPAL, None), (second, Post.CASHIER, None), (third, Post.SCHOOL_HEAD, other))
    for staff_id, post, at in posts:
        registry.posts.appoint(
            Appointing(staff_id=staff_id, post=post, school=at, since=DAY, authority="凤教发〔2026〕12号")
        )
    mark = StaffMark(staff_id=first, kind=StaffAttendance.OFFICIAL)
    registry.staff_attendance.call_roll(
        StaffRollCall(school=school, day=DAY, half=Half.AM, exceptions=(mark,))
    )
    pupil = registry.pupils_of(school)[0]
    _record_numbers(session, registry, Pupil, pupil.id, CARD)
    _record_numbers(session, registry, Staff, first, number(457, "19800601"))


def _record_numbers(session: Session, registry: Any, model: Any, owner: int, card: str) -> None:
    person = session.scalars(select(model.person_id).where(model.id == owner)).one()
    born = date(int(card[6:10]), int(card[10:12]), int(card[12:14]))
    said: dict[str, Any] = {
        "document_kind": DocumentKind.IDENTITY_CARD,
        "document_number": card,
        "phone": PHONE,
    }
    sex = Sex.MALE if int(card[16]) % 2 else Sex.FEMALE
    registry.people.correct_person(person, PersonCorrection(birth_date=born, sex=sex, **said))


def _ground(session: Session, door: District, school_id: int) -> None:
    county = County(session, "530921", actor=door.context.actor, settings=door.context.settings)
    county.registry.places.register_townships([TownshipRegistration(code="fengshan", name="凤山镇")])
    village = VillageRegistration(code="v1", name="前锋村", township="fengshan", district="qianfeng")
    county.registry.places.register_villages([village])
    counted: dict[str, Any] = {"village": "v1", "as_of": DAY, "source": "村委会"}
    door.registry.places.record_village_counts(
        [VillageCounting(measure=VillageMeasure.PEOPLE, value=3120, **counted)]
    )
    premises, since = door.registry.premises, date(2020, 9, 1)
    land = LandRegistration(school_id=school_id, name="校园", area=Decimal(4800), since=since)
    premises.register_land([land])
    building = PremisesRegistration(
        school_id=school_id, name="教学楼", area=Decimal("1200.5"), structure=Structure.FRAME, since=since
    )
    [building_id] = premises.register_premises([building])
    room = RoomRegistration(
        number="101", use=RoomUse.CLASSROOM, area=Decimal(54), premises_id=building_id, since=since
    )
    premises.register_rooms([room])
