"""The registry alone, through its service."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event, func, select, update
from sqlalchemy.orm import Session

from xuequ import Actor, Holding, Post, Settings
from xuequ.core.context import Context
from xuequ.core.errors import ActionNotPermitted, Place, Problems
from xuequ.core.facts import Fact
from xuequ.core.imports import FileImported
from xuequ.core.journal import FactRow, seal
from xuequ.core.settings import FixedClock
from xuequ.core.workbook import Reading
from xuequ.district import District, open_context
from xuequ.flows import Flow, Flows
from xuequ.registry import RegistryService
from xuequ.registry.errors.places import DistrictNeeded, SchoolUnknown
from xuequ.registry.errors.pupils import PupilUnknown
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.facts.classes import ClassesFormed
from xuequ.registry.facts.figures import FiguresRecorded
from xuequ.registry.facts.places import SchoolsOpened
from xuequ.registry.facts.pupils import PupilsEnrolled
from xuequ.registry.facts.staff import StaffPlaced
from xuequ.registry.models.figures import Figure
from xuequ.registry.models.pupils import Enrolment
from xuequ.registry.models.staff import Placement, Staff
from xuequ.registry.repository import find_scope
from xuequ.registry.schemas.places import CountyRegistration, DistrictFoundation
from xuequ.registry.schemas.set_up import StatementRow
from xuequ.registry.states.figures import Quantity, Verdict
from xuequ.registry.states.people import Sex
from xuequ.registry.states.staff import Title
from xuequ.standards.repository import load_standards
from xuequ.testing import DAY, make_county, make_district, reading_of
from xuequ.testing.factories import SETTINGS, invented_rows

PLACE = "530921/qianfeng"
SYSTEM = Actor.system("test")


@contextmanager
def counted(session: Session) -> Generator[list[str]]:
    """Collect the statements that are sent."""
    sent: list[str] = []

    def note(*arguments: Any) -> None:
        sent.append(arguments[2])

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(connection, "before_cursor_execute", note)


def test_a_service_works_without_a_door_and_tells_what_happened(session: Session) -> None:
    make_county(session).registry.found_district(DistrictFoundation(code="qianfeng", name="qianfeng学区"))
    heard: list[Fact] = []

    def hear(context: Context, fact: Fact, fact_id: int) -> None:
        heard.append(fact)

    context = Context(
        session,
        PLACE,
        find_scope,
        actor=SYSTEM,
        settings=SETTINGS,
        announce=hear,
        standards=load_standards,
    )
    service = RegistryService(context)
    service.set_up(service.plan_set_up(reading_of(invented_rows(PLACE, schools=2, pupils=3, staff=1))))
    kinds = [type(fact) for fact in heard]
    people = [StaffPlaced] * 2 + [PupilsEnrolled] * 2
    assert kinds == [SchoolsOpened, *[ClassesFormed] * 2, *people, FileImported]
    assert [len(f.pupil_ids) for f in heard if isinstance(f, PupilsEnrolled)] == [3, 3]
    silent = RegistryService(open_context(session, PLACE, actor=SYSTEM))
    assert [school.code for school in silent.schools()] == ["s1", "s2"]


def test_every_fact_of_a_school_carries_the_school(session: Session) -> None:
    district = make_district(session, schools=2, pupils=1, staff=1)
    schools = {school.id for school in district.registry.schools()}
    rows = session.execute(select(FactRow.name, FactRow.school_id, FactRow.district_id)).all()
    about_schools = {row.school_id for row in rows if row.name == "registry.pupils_enrolled"}
    assert about_schools == schools
    assert {row.district_id for row in rows if row.school_id} == {district.context.scope.district_id}


def test_a_member_of_staff_is_shown_where_they_work_that_day(session: Session) -> None:
    district = make_district(session, schools=1, pupils=0, staff=1)
    staff_id = session.scalars(select(Staff.id)).one()
    shown = district.registry.staff_member(staff_id)
    assert (shown.staff_no, shown.name, shown.title) == ("qianfeng-s1-T1", "师1", Title.FIRST)
    assert (shown.sex, shown.school, shown.since) == (Sex.FEMALE, "s1", DAY)
    before = Settings(clock=FixedClock.at(date(2026, 8, 31)))
    past = District(session, PLACE, actor=SYSTEM, settings=before).registry.staff_member(staff_id)
    assert (past.school, past.since) == (None, None)


def test_a_pupil_is_shown_with_class_and_grade_of_that_day(session: Session) -> None:
    district = make_district(session, schools=1, pupils=1, staff=0)
    pupil = district.registry.pupils_of("s1")[0]
    assert district.registry.pupil(pupil.id) == pupil
    assert (pupil.class_name, pupil.grade, pupil.since) == ("一（1）班", 1, DAY)
    later = Settings(clock=FixedClock.at(date(2029, 3, 1)))
    older = District(session, PLACE, actor=SYSTEM, settings=later).registry.pupil(pupil.id)
    assert (older.class_name, older.grade) == ("三（1）班", 3)
    before = Settings(clock=FixedClock.at(date(2026, 8, 31)))
    unborn = District(session, PLACE, actor=SYSTEM, settings=before).registry.pupil(pupil.id)
    assert (unborn.school, unborn.class_name, unborn.grade) == (None, None, None)


def test_somebody_in_no_school_is_seen_from_the_district_only(session: Session) -> None:
    district = make_district(session, schools=1, pupils=1, staff=0)
    pupil = district.registry.pupils_of("s1")[0]
    session.execute(update(Enrolment).values(until=date(2026, 9, 2)))
    day = Settings(clock=FixedClock.at(date(2026, 9, 2)))
    head = Actor("T1", (Holding(Post.SCHOOL_HEAD, f"{PLACE}/s1"),))
    with pytest.raises(Exception, match="无权"):
        District(session, PLACE, actor=head, settings=day).registry.pupil(pupil.id)
    assert District(session, PLACE, actor=SYSTEM, settings=day).registry.pupil(pupil.id).school is None


@pytest.mark.parametrize(
    ("verb", "error"),
    [("school", SchoolUnknown), ("staff_member", StaffUnknown), ("pupil", PupilUnknown)],
)
def test_what_is_not_there_is_said_to_be_unknown(session: Session, verb: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        getattr(make_district(session).registry, verb)(1)


def test_what_belongs_to_a_district_is_refused_at_the_countys_door(session: Session) -> None:
    county = make_county(session)
    with pytest.raises(DistrictNeeded, match="530921 是县"):
        county.registry.district_at_a_glance()
    with pytest.raises(DistrictNeeded):
        county.registry.plan_set_up(reading_of({}))


def test_the_county_sees_the_schools_of_all_its_districts(session: Session) -> None:
    make_district(session, "530921/a", schools=1)
    make_district(session, "530921/b", schools=2)
    make_district(session, "530922/a", schools=4)
    county = make_county(session)
    assert len(county.registry.schools()) == 3
    officer = Actor("B1", (Holding(Post.BUREAU_OFFICER, "530921"),))
    county.context.actor = officer
    school = county.registry.schools()[0]
    assert county.registry.school(school.id) == school


def test_a_post_at_a_school_opens_nothing_at_the_countys_door(session: Session) -> None:
    make_district(session, "530921/a", schools=1, pupils=1)
    make_district(session, "530921/s1", schools=1, pupils=1)
    county = make_county(session)
    school = county.registry.schools()[0]
    for place in ("530921/s1", "530921/a", "530921/a/s1"):
        county.context.actor = Actor("T1", (Holding(Post.PRINCIPAL, place),))
        with pytest.raises(ActionNotPermitted):
            county.registry.pupils_of("s1")
        with pytest.raises(ActionNotPermitted):
            county.registry.school(school.id)
    county.context.actor = SYSTEM
    with pytest.raises(DistrictNeeded):
        county.registry.pupils_of("s1")


def test_registering_a_county_opens_its_chain(session: Session) -> None:
    county = make_county(session)
    assert seal(session, county.context.scope.county_id) == 1
    with pytest.raises(Exception, match="已经登记"):
        county.registry.register_county(CountyRegistration(name="x"))


def statements_of(session: Session, act: Callable[[], object]) -> int:
    session.flush()
    with counted(session) as sent:
        act()
    return len([statement for statement in sent if not statement.startswith(("SAVEPOINT", "RELEASE"))])


def test_the_glance_takes_the_same_number_of_statements_whatever_the_number_of_schools(
    session: Session,
) -> None:
    small = make_district(session, "530921/small", schools=1)
    large = make_district(session, "530921/large", schools=30)
    for district in (small, large):
        district.registry.schools()
    counts = [statements_of(session, d.registry.district_at_a_glance) for d in (small, large)]
    assert counts == [7, 7]


def test_one_view_takes_one_statement(session: Session) -> None:
    district = make_district(session)
    school = district.registry.schools()[0]
    pupil = district.registry.pupils_of("s1")[0]
    staff_id = session.scalars(select(Placement.staff_id)).first()
    assert staff_id is not None
    assert statements_of(session, lambda: district.registry.school(school.id)) == 1
    assert statements_of(session, lambda: district.registry.pupil(pupil.id)) == 1
    assert statements_of(session, lambda: district.registry.staff_member(staff_id)) == 1
    assert statements_of(session, lambda: district.registry.pupils_of("s2")) == 1


def test_setting_up_takes_the_same_number_of_statements_whatever_the_number_of_people(
    session: Session,
) -> None:
    counts: list[int] = []
    for code, people in (("first", 1), ("a", 2), ("b", 50)):  # in the first nobody has to be looked for
        make_county(session).registry.found_district(DistrictFoundation(code=code, name=f"{code}学区"))
        district = District(session, f"530921/{code}", actor=SYSTEM, settings=SETTINGS)
        book = reading_of(invented_rows(district.code, schools=2, pupils=people, staff=people))
        plan = district.registry.plan_set_up(book)
        counts.append(statements_of(session, partial(district.registry.set_up, plan)))
    assert counts[0] < counts[1] == counts[2]


def test_nobody_reads_what_a_set_up_writes_into_the_journal(session: Session) -> None:
    make_district(session)
    said = " ".join(session.scalars(select(FactRow.payload)))
    assert "师1" not in said and "生1" not in said


def test_a_workbook_that_names_the_county_otherwise_is_refused(session: Session) -> None:
    district = make_district(session)
    rows = invented_rows(PLACE, schools=2, pupils=3, staff=2)
    place = rows["place"][0].model_copy(update={"county_name": "别县教育局"})
    plan = district.registry.plan_set_up(reading_of({**rows, "place": [place]}))
    assert [problem.error.code for problem in plan.problems] == ["registry.county_name_differs"]
    assert "别县教育局" in plan.problems[0].text()


def with_rows(changes: dict[str, Any], sheet: str) -> Any:
    rows = invented_rows(PLACE, schools=2, pupils=1, staff=1)
    first = rows[sheet][0].model_copy(update=changes)
    return reading_of({**rows, sheet: [first, *rows[sheet][1:]]})


def test_a_plan_that_was_tampered_with_is_checked_again(session: Session) -> None:
    registry = make_district(session, schools=2, pupils=1, staff=1).registry
    bad = registry.plan_set_up(with_rows({"since": date(2000, 1, 1)}, "pupils"))
    assert bad.problems
    with pytest.raises(Problems):
        registry.set_up(replace(bad, problems=()))


def test_a_class_that_has_left_is_counted_no_more(session: Session) -> None:
    registry = make_district(session, schools=1, pupils=2).registry
    last = registry.district_at_a_glance(date(2032, 8, 31))
    assert (last.class_count, last.pupil_count) == (1, 2)
    after = registry.district_at_a_glance(date(2032, 9, 1))
    assert (after.class_count, after.pupil_count) == (0, 0)


def test_a_figure_that_one_school_lacks_is_unknown_for_the_district(session: Session) -> None:
    registry = make_district(session, schools=2, pupils=1, staff=1).registry
    rows = invented_rows(PLACE, schools=2, pupils=1, staff=1)
    books = StatementRow(label="图书5册", printed="5", numerator=Quantity.BOOKS)
    for count, verdict in ((1, Verdict.UNKNOWN), (2, Verdict.DIFFERS)):
        schools = [s.model_copy(update={"books": Decimal(5)}) for s in rows["schools"][:count]]
        book = reading_of({**rows, "schools": [*schools, *rows["schools"][count:]], "statements": [books]})
        registry.set_up(registry.plan_set_up(book))
        assert registry.district_at_a_glance().reconciliation.lines[0].verdict is verdict


def test_the_registered_birthday_counts_where_a_row_gives_none(session: Session) -> None:
    registry = make_district(session, schools=2, pupils=1, staff=1).registry
    plan = registry.plan_set_up(with_rows({"birth_date": None, "since": date(1980, 1, 1)}, "staff"))
    assert [problem.error.code for problem in plan.problems] == ["registry.born_after"]


def test_a_part_of_an_unknown_whole_is_a_problem(session: Session) -> None:
    registry = make_district(session).registry
    rows = invented_rows(PLACE, schools=2, pupils=3, staff=2)
    part = StatementRow(label="高级5人", printed="5", numerator=Quantity.SENIOR_STAFF, part_of="教师66人")
    plan = registry.plan_set_up(reading_of({**rows, "statements": [part]}))
    assert [problem.error.code for problem in plan.problems] == ["registry.statement_part_unknown"]


def test_rows_without_a_number_are_found_twice_too(session: Session) -> None:
    registry = make_district(session, schools=2, pupils=1, staff=1).registry
    book = with_rows({}, "staff")
    twice = tuple(replace(row, place=Place("教师")) for row in (*book.rows["staff"], *book.rows["staff"]))
    plan = registry.plan_set_up(Reading(book.template, {**book.rows, "staff": twice}))
    assert {problem.error.code for problem in plan.problems} == {"core.row_twice"}


def test_figures_are_there_when_they_are_announced(session: Session) -> None:
    make_district(session, schools=2, pupils=1, staff=1)
    seen: list[int] = []

    def look(context: Context, fact: FiguresRecorded, fact_id: int) -> None:
        query = select(func.count()).select_from(Figure).where(Figure.school_id == fact.school_id)
        seen.append(context.session.scalar(query) or 0)

    flows: Flows = {FiguresRecorded: (Flow(look),)}
    registry = District(session, PLACE, actor=SYSTEM, settings=SETTINGS, flows=flows).registry
    registry.set_up(registry.plan_set_up(with_rows({"books": Decimal(7)}, "schools")))
    assert seen == [1]


def test_a_correction_names_the_record_and_the_fields_that_it_changed(session: Session) -> None:
    registry = make_district(session, schools=2, pupils=1, staff=1).registry
    changes = {"name": "新名", "title": Title.SENIOR, "since": date(2026, 9, 2)}
    registry.set_up(registry.plan_set_up(with_rows(changes, "staff")))
    said = session.scalars(select(FactRow.payload).where(FactRow.name == "registry.records_corrected")).all()
    named = [(p["record"], p["fields"]) for p in map(json.loads, said)]
    assert named == [("person", ["name"]), ("staff", ["title"]), ("placement", ["since"])]
