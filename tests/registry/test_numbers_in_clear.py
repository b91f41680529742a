"""Staff and pupil numbers stand in clear, so none may hold a citizen number, whichever way it comes in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.exchange.test_importing import Book
from tests.registry.test_rules_id_numbers import made
from xuequ import District
from xuequ.core.errors import Problems
from xuequ.exchange import plan_file
from xuequ.registry.errors.people import NumberHoldsCitizenNumber
from xuequ.registry.models.pupils import Pupil
from xuequ.registry.models.staff import Staff
from xuequ.registry.schemas.pupils import NewPupil, PupilApplication
from xuequ.registry.schemas.staff import TakingOn
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.people import Sex
from xuequ.registry.states.staff import Entry
from xuequ.registry.templates import SET_UP
from xuequ.testing import DAY, make_district

NUMBER = "G" + made("530921", DAY.replace(year=2019), 12)


@pytest.fixture
def door(session: Session) -> District:
    return make_district(session, schools=2, pupils=2, staff=1)


def numbers(session: Session) -> set[str]:
    return {*session.scalars(select(Pupil.pupil_no)), *session.scalars(select(Staff.staff_no))}


@pytest.mark.parametrize(("sheet", "field"), [("pupils", "pupil_no"), ("staff", "staff_no")])
def test_a_set_up_workbook_is_refused_and_its_cell_named(
    door: District, tmp_path: Path, sheet: str, field: str
) -> None:
    book = Book(tmp_path).add(sheet, 0, **{field: NUMBER})
    plan = plan_file(door, book.save(), SET_UP)
    (problem,) = plan.problems
    assert isinstance(problem.error, NumberHoldsCitizenNumber)
    assert problem.place is not None and problem.place.row
    assert NUMBER not in problem.error.message() + problem.error.remedy()
    with pytest.raises(Problems):
        door.registry.set_up(plan)
    assert NUMBER not in numbers(door.context.session)


def test_nobody_is_admitted_or_taken_on_under_such_a_number(door: District) -> None:
    session: Any = door.context.session
    new = NewPupil(pupil_no=NUMBER, name="新生", sex=Sex.FEMALE)
    asked = PupilApplication(pupil=new, school="s1", stage=Stage.PRIMARY, entry_year=DAY.year)
    with pytest.raises(NumberHoldsCitizenNumber, match="学号"):
        door.registry.pupils.apply(asked, DAY)
    school = next(school.id for school in door.registry.schools())
    taking = TakingOn(
        staff_no=NUMBER, name="新人", sex=Sex.FEMALE, school_id=school, since=DAY, entry=Entry.RECRUITED
    )
    with pytest.raises(NumberHoldsCitizenNumber, match="工号"):
        door.registry.staff.take_on(taking)
    assert NUMBER not in numbers(session)
