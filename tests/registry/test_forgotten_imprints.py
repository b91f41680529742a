"""Whoever is forgotten leaves no imprint of an imported row by which a guess could be confirmed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.registry.booking import taken
from tests.registry.people import number
from tests.registry.roster import FIRST, door_on
from xuequ.core.imports import ImprintRow, Names, unpack_prints
from xuequ.core.plan import prints_of
from xuequ.core.workbook import Template
from xuequ.district import District
from xuequ.registry.schemas.books.circumstances import GuardianLine, ResidenceLine
from xuequ.registry.schemas.books.moves import PupilMoveRow
from xuequ.registry.schemas.books.people import IdentityRow
from xuequ.registry.schemas.books.staff import EmploymentRow, StandingRow
from xuequ.registry.states.circumstances import ResidenceKind
from xuequ.registry.states.people import NumberedRole, Sex
from xuequ.registry.states.pupils import MoveKind
from xuequ.registry.states.staff import Entry, Exit, StandingKind
from xuequ.registry.templates import CIRCUMSTANCES, PEOPLE, PUPIL_MOVES, SET_UP, STAFF
from xuequ.standards.codes.people import Relation
from xuequ.testing import make_district

PLACE = "530921/qianfeng"
OCTOBER, TODAY = date(2026, 10, 12), date(2026, 12, 7)
CHILD, TEACHER = "qianfeng-s1-P1", "N1"
"""The pupil and the teacher who are forgotten."""


@pytest.fixture
def door(session: Session) -> District:
    """A pupil and a teacher who came with files, and have left."""
    make_district(session, PLACE, schools=1, pupils=2, staff=1)
    door = door_on(session, TODAY)
    sealed: dict[str, Any] = {
        "document_number": SecretStr(number(126, "19950303")),
        "phone": SecretStr("13800001234"),
    }
    new: dict[str, Any] = {
        "staff_no": TEACHER,
        "name": "李梅",
        "sex": Sex.FEMALE,
        "birth_date": date(1995, 3, 3),
    }
    ended: dict[str, Any] = {"since": FIRST, "until": OCTOBER}
    job = EmploymentRow(**new, **sealed, **ended, school="s1", entry=Entry.RECRUITED, exit=Exit.RESIGNED)
    held: dict[str, Any] = {"kind": StandingKind.TITLE, "held": "二级教师", "since": FIRST}
    titles = [StandingRow(staff_no=TEACHER, name="李梅", **held)]
    taken(door, STAFF, employments=[job], standings=titles)
    mother: dict[str, Any] = {"pupil_no": CHILD, "guardian": "李梅", "relation": Relation.MOTHER, **sealed}
    homes = [
        ResidenceLine(
            pupil_no=one, kind=ResidenceKind.ACTUAL, area="530921", since=FIRST, address=SecretStr("一组")
        )
        for one in (CHILD, "qianfeng-s1-P2")
    ]
    taken(door, CIRCUMSTANCES, guardians=[GuardianLine(**mother, **ended)], residences=homes)
    taken(door, PEOPLE, people=[IdentityRow(role=NumberedRole.PUPIL, number=CHILD, phone=sealed["phone"])])
    taken(
        door, PUPIL_MOVES, moves=[PupilMoveRow(school="s1", pupil_no=CHILD, kind=MoveKind.ABROAD, on=OCTOBER)]
    )
    return door


def called(door: District, template: Template, sheet: str, *key: Any) -> int:
    return Names(door.context.scope, template.name, sheet).of([key])[0]


def imprints(door: District) -> dict[int, frozenset[int]]:
    query = select(ImprintRow).where(ImprintRow.county_id == door.context.scope.county_id)
    return {row.id: unpack_prints(row.prints) for row in door.context.session.scalars(query)}


def forgotten(door: District, who: str) -> set[int]:
    """Forget somebody; return the imprints that went."""
    before = imprints(door)
    (person,) = door.registry.people.search(who)
    door.registry.people.forget_person(person.id, "保存期满")
    door.context.session.expire_all()
    after = imprints(door)
    assert after.items() <= before.items()
    return before.keys() - after.keys()


def test_the_imprints_of_a_forgotten_pupil_go_and_those_of_others_stay(door: District) -> None:
    assert forgotten(door, CHILD) >= {
        called(door, SET_UP, "pupils", CHILD),
        called(door, PEOPLE, "people", NumberedRole.PUPIL, CHILD),
        called(door, CIRCUMSTANCES, "residences", CHILD, ResidenceKind.ACTUAL, FIRST),
    }
    other = "qianfeng-s1-P2"
    assert imprints(door).keys() >= {
        called(door, SET_UP, "pupils", other),
        called(door, CIRCUMSTANCES, "residences", other, ResidenceKind.ACTUAL, FIRST),
        called(door, SET_UP, "staff", "qianfeng-s1-T1"),
    }


def test_the_imprints_of_a_forgotten_teacher_go_also_where_they_are_a_guardian(door: District) -> None:
    assert forgotten(door, TEACHER) == {
        called(door, STAFF, "employments", TEACHER, FIRST),
        called(door, STAFF, "standings", TEACHER, StandingKind.TITLE, FIRST),
        called(door, CIRCUMSTANCES, "guardians", CHILD, "李梅", FIRST),
        called(door, PEOPLE, "people", NumberedRole.PUPIL, CHILD),
    }, "the last one holds their telephone"


def test_no_imprint_that_is_left_confirms_the_name(door: District) -> None:
    guess = prints_of(("name",), [{"name": "李梅"}], [{}])[0]
    assert any(guess in prints for prints in imprints(door).values())
    forgotten(door, TEACHER)
    assert not any(guess in prints for prints in imprints(door).values())


def test_another_county_keeps_its_imprints(session: Session, door: District) -> None:
    other = make_district(session, "530922/qianfeng", schools=1, pupils=2, staff=1)
    before = imprints(other)
    forgotten(door, CHILD)
    assert imprints(other) == before != {}
