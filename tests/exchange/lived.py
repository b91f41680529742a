"""What happens in the example's district in its first term, as the office's workbooks say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import SecretStr

from tests.registry.people import number
from xuequ.core.access import Post
from xuequ.core.fields import Command
from xuequ.core.workbook import Template
from xuequ.registry.schemas.books.calendar import SchoolClosureRow
from xuequ.registry.schemas.books.circumstances import GuardianLine, ResidenceLine, TraitLine
from xuequ.registry.schemas.books.classes import ClassLine, GroupLine
from xuequ.registry.schemas.books.figures import FigureRow
from xuequ.registry.schemas.books.moves import PupilMoveRow
from xuequ.registry.schemas.books.people import IdentityRow
from xuequ.registry.schemas.books.places import VillageCountRow
from xuequ.registry.schemas.books.posts import AppointmentRow, DelegationRow
from xuequ.registry.schemas.books.premises import BuildingChangeRow, DangerRow
from xuequ.registry.schemas.books.staff import CertificateRow, EmploymentRow, PlacementRow, StandingRow
from xuequ.registry.schemas.books.teaching import HeadTeacherRow
from xuequ.registry.schemas.set_up import PupilRow
from xuequ.registry.states.calendar import ClosureReason
from xuequ.registry.states.circumstances import ResidenceKind, TraitDetail, TraitKind
from xuequ.registry.states.classes import GroupKind, Stage
from xuequ.registry.states.people import NumberedRole, Sex
from xuequ.registry.states.places import VillageMeasure
from xuequ.registry.states.posts import AppointmentEnd
from xuequ.registry.states.premises import DangerLevel, PremisesState
from xuequ.registry.states.pupils import MoveKind, Reason
from xuequ.registry.states.staff import Entry, Exit, PlacementKind, StandingKind
from xuequ.registry.templates import (
    CALENDAR,
    CIRCUMSTANCES,
    CLASSES,
    FIGURES,
    PEOPLE,
    POSTS,
    PREMISES,
    PUPIL_MOVES,
    STAFF,
    TEACHING,
    VILLAGES,
)
from xuequ.standards.codes.people import Relation
from xuequ.standards.codes.staff import CertificateKind

SEPTEMBER, OCTOBER, NOVEMBER, MARCH = (
    date(2026, 9, 1),
    date(2026, 10, 12),
    date(2026, 11, 9),
    date(2027, 3, 1),
)
PHONE = SecretStr("13800001234")
M = MoveKind

Books = Mapping[Template, Mapping[str, Sequence[Command]]]


def citizen(sequence: int, born: date) -> SecretStr:
    """Return an invented citizen number: the last figure of the sequence says the sex."""
    return SecretStr(number(sequence, f"{born:%Y%m%d}"))


def lived(pupils: Sequence[PupilRow]) -> Books:
    """Return what the office writes down in the term, workbook by workbook."""
    first = [pupil for pupil in pupils if (pupil.school, pupil.entry_year) == ("qianfeng", 2023)]
    small = [pupil for pupil in pupils if pupil.school == "wengqing"]
    return {
        **_places(),
        CLASSES: {
            "classes": [_class("qianfeng", 2026, 2, formed_on=OCTOBER)],
            "groups": [_group("复式班", OCTOBER), _group("一二年级复式班", SEPTEMBER, until=OCTOBER)],
        },
        **_staff(),
        CIRCUMSTANCES: _circumstances(first),
        PUPIL_MOVES: {"moves": _moves(first, small)},
        PEOPLE: {"people": _identities(first)},
    }


def _places() -> Books:
    at: dict[str, Any] = {"school": "wengqing", "building": "厕所"}
    closed: dict[str, Any] = {"school": "wengqing", "reason": ClosureReason.WEATHER}
    return {
        FIGURES: {"figures": [FigureRow(school="qunxing", as_of=NOVEMBER, books=Decimal(3000))]},
        VILLAGES: {
            "counts": [
                VillageCountRow(
                    village="dayou",
                    measure=VillageMeasure.PEOPLE,
                    as_of=NOVEMBER,
                    value=2500,
                    source="村委会统计表",
                )
            ]
        },
        PREMISES: {
            "changes": [BuildingChangeRow(**at, since=NOVEMBER, state=PremisesState.IDLE, authority="会议")],
            "dangers": [
                DangerRow(**at, assessed_on=OCTOBER, level=DangerLevel.C, authority="鉴定〔2026〕1号"),
                DangerRow(**at, assessed_on=NOVEMBER, level=DangerLevel.D, authority="鉴定〔2026〕2号"),
            ],
        },
        CALENDAR: {
            "closures": [
                SchoolClosureRow(**closed, first=OCTOBER, last=date(2026, 10, 14), note="山体滑坡预警"),
                SchoolClosureRow(
                    **closed, first=NOVEMBER, last=date(2026, 11, 13), reopened=date(2026, 11, 12)
                ),
            ]
        },
    }


def _class(school: str, year: int, klass: int = 1, **more: Any) -> ClassLine:
    return ClassLine(school=school, stage=Stage.PRIMARY, entry_year=year, number=klass, **more)


def _group(name: str, since: date, **more: Any) -> GroupLine:
    classes = "小学2025级1班、小学2026级1班"
    return GroupLine(
        school="wengqing", name=name, kind=GroupKind.MULTI_GRADE, classes=classes, since=since, **more
    )


def _staff() -> Books:
    born = date(2000, 5, 1)
    new: dict[str, Any] = {"staff_no": "N001", "name": "字新云", "sex": Sex.FEMALE, "birth_date": born}
    sealed: dict[str, Any] = {"document_number": citizen(128, born), "phone": PHONE}
    left: dict[str, Any] = {"until": NOVEMBER, "exit": Exit.RESIGNED, "exit_authority": "辞职申请"}
    head: dict[str, Any] = {"post": Post.SCHOOL_HEAD, "school": "fengping"}
    klass: dict[str, Any] = {
        "school": "daoxiang",
        "stage": Stage.PRESCHOOL,
        "entry_year": 2026,
        "number": 1,
    }
    return {
        STAFF: {
            "employments": [
                EmploymentRow(**new, **sealed, school="fengping", since=SEPTEMBER, entry=Entry.RECRUITED),
                EmploymentRow(
                    **{**new, "staff_no": "N002", "name": "鲁新生"},
                    **left,
                    school="dayou",
                    since=SEPTEMBER,
                    entry=Entry.RECRUITED,
                ),
            ],
            "placements": [
                PlacementRow(
                    staff_no="N001",
                    school="wengqing",
                    kind=PlacementKind.SUPPORT,
                    since=OCTOBER,
                    until=NOVEMBER,
                    authority="支教〔2026〕1号",
                )
            ],
            "standings": [
                StandingRow(staff_no="N001", kind=StandingKind.TITLE, held="二级教师", since=SEPTEMBER)
            ],
            "certificates": [
                CertificateRow(
                    staff_no="N001", number="示例资格N001", kind=CertificateKind.PRIMARY, issued=SEPTEMBER
                )
            ],
        },
        POSTS: {
            "appointments": [
                AppointmentRow(
                    **head,
                    staff_no="T063",
                    since=date(2025, 9, 1),
                    until=NOVEMBER,
                    authority="示例任〔2025〕14号",
                    ended=AppointmentEnd.MOVED,
                ),
                AppointmentRow(
                    **head, staff_no="N001", since=NOVEMBER, acting=True, authority="示例任〔2026〕1号"
                ),
            ],
            "delegations": [
                DelegationRow(
                    post=Post.PRINCIPAL,
                    holder_no="T010",
                    staff_no="T001",
                    since=OCTOBER,
                    until=NOVEMBER,
                    reason="外出培训",
                )
            ],
        },
        TEACHING: {
            "head_teachers": [
                HeadTeacherRow(**klass, staff_no="T040", since=SEPTEMBER, until=OCTOBER),
                HeadTeacherRow(**klass, staff_no="T041", since=OCTOBER),
            ]
        },
    }


def _circumstances(pupils: Sequence[PupilRow]) -> dict[str, Sequence[Command]]:
    one, two = pupils[0].pupil_no, pupils[1].pupil_no
    mother: dict[str, Any] = {
        "guardian": "李梅",
        "relation": Relation.MOTHER,
        "sex": Sex.FEMALE,
        "birth_date": date(1990, 3, 3),
        "document_number": citizen(126, date(1990, 3, 3)),
        "phone": PHONE,
        "is_primary": True,
        "since": SEPTEMBER,
    }
    away = TraitKind.LEFT_BEHIND
    return {
        "traits": [
            TraitLine(
                pupil_no=one, kind=away, detail=TraitDetail.BOTH_PARENTS_AWAY, since=SEPTEMBER, until=OCTOBER
            ),
            TraitLine(pupil_no=one, kind=away, detail=TraitDetail.ONE_PARENT_AWAY, since=NOVEMBER),
            TraitLine(pupil_no=two, kind=TraitKind.BOARDER, since=SEPTEMBER),
        ],
        "guardians": [
            GuardianLine(pupil_no=one, **mother),
            GuardianLine(pupil_no=two, **mother),
            GuardianLine(
                pupil_no=one, guardian="王强", relation=Relation.FATHER, since=SEPTEMBER, until=NOVEMBER
            ),
        ],
        "residences": [
            ResidenceLine(
                pupil_no=one,
                kind=ResidenceKind.ACTUAL,
                area="530921100200",
                since=SEPTEMBER,
                address=SecretStr("前锋村一组12号"),
            ),
            ResidenceLine(pupil_no=one, kind=ResidenceKind.ACTUAL, area="530921100201", since=OCTOBER),
            ResidenceLine(pupil_no=one, kind=ResidenceKind.HUKOU, area="530921", since=SEPTEMBER),
        ],
    }


def _moves(first: Sequence[PupilRow], small: Sequence[PupilRow]) -> list[Command]:
    def move(pupil: PupilRow, kind: MoveKind, on: date = OCTOBER, **more: Any) -> PupilMoveRow:
        return PupilMoveRow(school=pupil.school, pupil_no=pupil.pupil_no, kind=kind, on=on, **more)

    return [
        move(first[2], M.SUSPEND, planned_until=MARCH, reason=Reason.INJURY, remark="县医院证明"),
        move(first[3], M.SUSPECT, absent_since=date(2026, 10, 8)),
        move(first[3], M.RETURN, NOVEMBER, remark="教师家访劝返"),
        move(first[4], M.SUSPECT, NOVEMBER, absent_since=date(2026, 10, 26)),
        move(first[5], M.LEAVE_COUNTY, outside="昆明市某小学", guardian_applied=True),
        move(first[6], M.SUSPEND, planned_until=MARCH),
        move(first[6], M.RESUME, NOVEMBER),
        move(small[0], M.ABROAD),
    ]


def _identities(pupils: Sequence[PupilRow]) -> list[Command]:
    found: list[Command] = [IdentityRow(role=NumberedRole.STAFF, number="T001", phone=PHONE)]
    for order, pupil in enumerate(pupils[:4]):
        assert pupil.birth_date is not None
        sequence = 200 + 2 * order + (pupil.sex is Sex.MALE)
        found.append(
            IdentityRow(
                role=NumberedRole.PUPIL,
                number=pupil.pupil_no,
                document_number=citizen(sequence, pupil.birth_date),
            )
        )
    return found
