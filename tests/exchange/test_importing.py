"""Bringing a file in through the district: planned, then applied whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from xuequ import Actor, District, Holding, Post
from xuequ.core.errors import (
    ActionNotPermitted,
    CellUnreadable,
    Place,
    Problem,
    Problems,
    RowTwice,
    SheetMissing,
    Stale,
    TemplateUnknown,
    UnreadableWorkbook,
)
from xuequ.core.fields import Command
from xuequ.core.journal import FactRow
from xuequ.core.plan import Change, Decision, Outcome, Plan
from xuequ.exchange import apply_file, find_template, plan_file, write_workbook
from xuequ.registry.errors.classes import ClassNotBegun, ClassUnknown, GradeBeyondStage
from xuequ.registry.errors.figures import StatementNeedsNumber
from xuequ.registry.errors.people import BornAfter
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.errors.set_up import MovedAway, MovedBackwards, PlaceOfBook
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.figures import Figure
from xuequ.registry.models.figures import Statement as StatementRecord
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.pupils import Enrolment, Pupil
from xuequ.registry.models.staff import Placement, Staff
from xuequ.registry.schemas.set_up import StatementRow
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.figures import Quantity, Wording
from xuequ.registry.states.people import Sex
from xuequ.registry.states.places import SchoolKind
from xuequ.registry.states.staff import Title
from xuequ.registry.templates import SET_UP, TEMPLATES
from xuequ.testing import DAY, make_district
from xuequ.testing.factories import invented_rows

PLACE = "530921/qianfeng"
LATER = date(2026, 11, 2)


@dataclass
class Book:
    """A workbook of an invented district, whose rows a test changes."""

    folder: Path
    code: str = PLACE
    rows: dict[str, list[Command]] = field(default_factory=dict[str, list[Command]])

    def __post_init__(self) -> None:
        self.rows = invented_rows(self.code, schools=2, pupils=2, staff=1)

    def change(self, sheet: str, number: int = 0, /, **values: Any) -> Book:
        self.rows[sheet][number] = self.rows[sheet][number].model_copy(update=values)
        return self

    def add(self, sheet: str, like: int = 0, /, **values: Any) -> Book:
        self.rows[sheet].append(self.rows[sheet][like].model_copy(update=values))
        return self

    def state(self, label: str, printed: str, **values: Any) -> Book:
        values = {"numerator": Quantity.PUPILS, "wording": Wording.EXACT} | values
        self.rows.setdefault("statements", []).append(StatementRow(label=label, printed=printed, **values))
        return self

    def save(self) -> Path:
        path = self.folder / "book.xlsx"
        write_workbook(path, SET_UP, self.rows)
        return path


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


@pytest.fixture
def empty(session: Session) -> District:
    """A district that is founded and holds nothing."""
    return make_district(session, schools=0)


@pytest.fixture
def full(session: Session) -> District:
    """A district with what an unchanged book holds."""
    return make_district(session, schools=2, pupils=2, staff=1)


IMPORTED = "core.file_imported"


def apply(district: District, book: Book, decision: Decision = Decision.ASK) -> Plan:
    return apply_file(district, book.save(), SET_UP, decision)


def count(session: Session, model: type[Any]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


MODELS = (School, SchoolClass, Person, Staff, Placement, Pupil, Enrolment, Figure, StatementRecord, FactRow)


def counts(session: Session) -> list[int]:
    return [count(session, model) for model in MODELS]


def refused(district: District, book: Book) -> list[Problem]:
    """Apply a book that is refused; make sure that nothing was written."""
    session = district.context.session
    before = counts(session)
    with pytest.raises(Problems) as caught:
        apply(district, book)
    assert counts(session) == before
    return list(caught.value.problems)


def only_problem(district: District, book: Book) -> Problem:
    (problem,) = refused(district, book)
    return problem


def spans(session: Session, model: type[Any]) -> list[tuple[date, date | None]]:
    query = select(model.since, model.until).order_by(model.since, model.until)
    return [(since, until) for since, until in session.execute(query)]


def facts(session: Session) -> list[str]:
    return list(session.scalars(select(FactRow.name).order_by(FactRow.id)))


def changed(plan: Plan, sheet: str) -> list[tuple[Change, ...]]:
    return [row.changes for row in plan.of(sheet, Outcome.CHANGED)]


# a whole file


def test_a_file_is_brought_in_whole(session: Session, empty: District, book: Book) -> None:
    before = len(facts(session))
    plan = apply(empty, book.state("在校生", "4"))
    assert plan.problems == ()
    assert {sheet.name: plan.count(Outcome.ADDED, sheet.name) for sheet in SET_UP.sheets} == {
        "place": 0,
        "schools": 2,
        "classes": 2,
        "staff": 2,
        "pupils": 4,
        "statements": 1,
    }
    glance = empty.registry.district_at_a_glance()
    assert (glance.school_count, glance.class_count, glance.pupil_count, glance.staff_count) == (2, 2, 4, 2)
    assert [line.verdict.code for line in glance.reconciliation.lines] == ["agrees"]
    assert facts(session)[before:] == [
        "registry.schools_opened",
        *["registry.classes_formed"] * 2,
        *["registry.staff_placed"] * 2,
        *["registry.pupils_enrolled"] * 2,
        "registry.statements_recorded",
        IMPORTED,
    ]


def test_a_plan_writes_nothing(session: Session, empty: District, book: Book) -> None:
    before = counts(session)
    plan = plan_file(empty, book.save(), SET_UP)
    assert not plan.changes_nothing
    assert counts(session) == before


def test_the_same_file_twice_changes_nothing(session: Session, empty: District, book: Book) -> None:
    book.state("图书", "5", numerator=Quantity.BOOKS, denominator=Quantity.PUPILS, source="报告")
    book.change("schools", land_area=Decimal("12.50"), books=Decimal(100))
    apply(empty, book)
    before = counts(session)
    again = apply(empty, book)
    assert again.changes_nothing
    assert again.count(Outcome.UNCHANGED) == sum(map(len, book.rows.values()))
    assert counts(session) == before


def test_a_row_that_is_missing_from_the_file_removes_nothing(full: District, book: Book) -> None:
    book.rows |= {"pupils": [], "staff": [], "classes": [], "schools": []}
    assert apply(full, book).changes_nothing
    assert full.registry.district_at_a_glance().pupil_count == 4


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "error"),
    [("学生", "A3", "=1+1", "core.cell_formula"), ("学生", "H5", 9, "registry.class_unknown")],
)
def test_a_file_with_one_bad_row_writes_nothing(
    session: Session, empty: District, book: Book, sheet: str, cell: str, value: Any, error: str
) -> None:
    path = book.save()
    cells: Any = openpyxl.load_workbook(path)
    cells[sheet][cell] = value
    cells.save(path)
    before = counts(session)
    with pytest.raises(Problems) as caught:
        apply_file(empty, path, SET_UP)
    (problem,) = caught.value.problems
    assert problem.error.code == error
    assert problem.place is not None and problem.place.row == int(cell[1:])
    assert counts(session) == before
    assert empty.registry.schools() == []


def test_what_is_unreadable_and_what_breaks_a_rule_is_told_at_once(empty: District, book: Book) -> None:
    book.change("pupils", 1, school="s9")
    path = book.save()
    cells: Any = openpyxl.load_workbook(path)
    cells["教师"]["D2"] = "2026-2-30"
    cells.save(path)
    problems = plan_file(empty, path, SET_UP).problems
    assert [(type(problem.error), problem.place) for problem in problems] == [
        (CellUnreadable, Place("教师", 2, "出生日期", "2026-2-30")),
        (ClassUnknown, Place("学生", 3)),
    ]


def test_a_sheet_that_is_missing_is_told_beside_other_problems(empty: District, book: Book) -> None:
    path = book.change("pupils", 0, school="s9").save()
    cells: Any = openpyxl.load_workbook(path)
    del cells["公布数据"]
    del cells["学区"]
    cells.save(path)
    problems = plan_file(empty, path, SET_UP).problems
    assert [type(problem.error) for problem in problems] == [SheetMissing, ClassUnknown, SheetMissing]


def test_a_file_that_is_no_workbook_reaches_no_table(
    session: Session, empty: District, tmp_path: Path
) -> None:
    before = counts(session)
    with pytest.raises(UnreadableWorkbook):
        apply_file(empty, tmp_path / "none.xlsx", SET_UP)
    assert counts(session) == before


def test_who_has_no_post_for_it_may_neither_plan_nor_apply(session: Session, book: Book) -> None:
    teacher = Actor("T1", (Holding(Post.TEACHER, PLACE),))
    district = make_district(session, schools=0, actor=teacher)
    before = counts(session)
    for use in (plan_file, apply_file):
        with pytest.raises(ActionNotPermitted):
            use(district, book.save(), SET_UP)
    assert counts(session) == before


def test_a_template_is_found_by_its_name() -> None:
    assert find_template("registry.set_up", TEMPLATES) is SET_UP
    with pytest.raises(TemplateUnknown, match=r"现有：registry\.set_up"):
        find_template("registry.none", TEMPLATES)


# plans and what has changed since


def test_a_plan_made_before_another_change_is_stale(session: Session, empty: District, book: Book) -> None:
    plan = plan_file(empty, book.save(), SET_UP)
    other = Book(book.folder).change("pupils", name="另一人")
    apply(empty, other)
    before = counts(session)
    with pytest.raises(Stale):
        empty.registry.set_up(plan)
    assert counts(session) == before


def test_a_plan_is_applied_once(empty: District, book: Book) -> None:
    plan = plan_file(empty, book.save(), SET_UP)
    empty.registry.set_up(plan)
    with pytest.raises(Stale):
        empty.registry.set_up(plan)


def test_a_change_in_another_district_makes_no_plan_stale(
    session: Session, empty: District, book: Book
) -> None:
    plan = plan_file(empty, book.save(), SET_UP)
    make_district(session, "530921/dasi")
    empty.registry.set_up(plan)
    assert len(empty.registry.schools()) == 2


# what a plan lists


def test_changed_rows_are_listed_with_before_and_after(full: District, book: Book) -> None:
    book.change("schools", name="新完小", kind=SchoolKind.CENTRAL).change("staff", 1, title=Title.SENIOR)
    book.change("pupils", 2, name="李小红", sex=Sex.FEMALE, birth_date=date(2019, 12, 31))
    plan = plan_file(full, book.save(), SET_UP)
    assert changed(plan, "schools") == [
        (
            Change("name", "s1完小", "新完小"),
            Change("kind", SchoolKind.COMPLETE, SchoolKind.CENTRAL),
        )
    ]
    assert changed(plan, "staff") == [(Change("title", Title.FIRST, Title.SENIOR),)]
    assert changed(plan, "pupils") == [
        (
            Change("name", "生1", "李小红"),
            Change("sex", Sex.MALE, Sex.FEMALE),
            Change("birth_date", date(2020, 1, 1), date(2019, 12, 31)),
        )
    ]
    assert [row.source.place for row in plan.of("pupils", Outcome.CHANGED)] == [Place("学生", 4)]
    assert plan.count(Outcome.CHANGED) == 3
    assert plan.count(Outcome.UNCHANGED, "pupils") == 3


def test_what_is_listed_is_what_is_written(session: Session, full: District, book: Book) -> None:
    book.change("place", district_name="新学区").change("schools", name="新完小", kind=SchoolKind.CENTRAL)
    book.change("staff", title=Title.SENIOR, name="师一")
    book.change("pupils", name="李小红", sex=Sex.FEMALE, birth_date=date(2019, 12, 31))
    before = len(facts(session))
    apply(full, book)
    assert facts(session)[before:] == ["registry.records_corrected"] * 5 + [IMPORTED]
    assert full.registry.district_at_a_glance().district == "新学区"
    school = full.registry.schools()[0]
    assert (school.name, school.kind) == ("新完小", SchoolKind.CENTRAL)
    pupil = full.registry.pupils_of("s1")[0]
    assert (pupil.name, pupil.sex, pupil.birth_date) == ("李小红", Sex.FEMALE, date(2019, 12, 31))
    member = full.registry.staff_member(session.scalars(select(Staff.id).order_by(Staff.id)).first() or 0)
    assert (member.name, member.title, member.since) == ("师一", Title.SENIOR, DAY)
    assert spans(session, Placement) == [(DAY, None)] * 2
    assert apply(full, book).changes_nothing


def test_an_empty_cell_leaves_what_is_there(full: District, book: Book) -> None:
    assert apply(
        full, book.change("pupils", birth_date=None).change("staff", birth_date=None)
    ).changes_nothing
    assert full.registry.pupils_of("s1")[0].birth_date == date(2020, 1, 1)


# problems of a whole file


def test_the_workbook_of_another_district_is_refused(full: District, tmp_path: Path) -> None:
    problem, *others = refused(full, Book(tmp_path, "530921/dasi"))
    assert isinstance(problem.error, PlaceOfBook)
    assert (problem.error.book, problem.error.door) == ("530921/dasi", PLACE)
    assert problem.place == Place("学区", 2)
    assert others == []


def test_a_workbook_of_another_county_is_refused(full: District, tmp_path: Path) -> None:
    assert isinstance(refused(full, Book(tmp_path, "530922/qianfeng"))[0].error, PlaceOfBook)


def test_a_workbook_must_say_which_district_it_is_of(full: District, book: Book) -> None:
    book.rows["place"] = []
    problem = only_problem(full, book)
    assert (problem.error.code, problem.place) == ("core.cell_required", Place("学区", 2, "县代码"))


def test_a_workbook_is_of_one_district_only(full: District, book: Book) -> None:
    assert isinstance(only_problem(full, book.add("place")).error, RowTwice)
    book.rows["place"][1] = book.rows["place"][1].model_copy(update={"district": "dasi"})
    problem = only_problem(full, book)
    assert isinstance(problem.error, PlaceOfBook)
    assert problem.place == Place("学区", 3)


@pytest.mark.parametrize(
    ("sheet", "key"),
    [
        ("schools", "s1"),
        ("classes", "s1 primary 2026 1"),
        ("staff", "qianfeng-s1-T1"),
        ("pupils", "qianfeng-s1-P1"),
    ],
)
def test_the_same_key_twice_in_a_file_is_refused(full: District, book: Book, sheet: str, key: str) -> None:
    problem = only_problem(full, book.add(sheet))
    assert isinstance(problem.error, RowTwice)
    assert (problem.error.key, problem.error.first_row) == (key, 2)
    assert problem.place == Place(SET_UP.sheet(sheet).title, len(book.rows[sheet]) + 1)


# problems of a row


RULES: list[tuple[str, dict[str, Any], type[Exception]]] = [
    ("classes", {"school": "s9"}, SchoolUnknown),
    ("classes", {"entry_year": 2020}, GradeBeyondStage),
    ("staff", {"school": "s9"}, SchoolUnknown),
    ("staff", {"birth_date": DAY}, BornAfter),
    ("pupils", {"school": "s9"}, ClassUnknown),
    ("pupils", {"number": 2}, ClassUnknown),
    ("pupils", {"stage": Stage.PRESCHOOL}, ClassUnknown),
    ("pupils", {"birth_date": LATER}, BornAfter),
    ("pupils", {"since": date(2026, 8, 31)}, ClassNotBegun),
]


@pytest.mark.parametrize(("sheet", "values", "error"), RULES)
def test_a_row_that_breaks_a_rule_is_refused_with_its_place(
    empty: District, book: Book, sheet: str, values: dict[str, Any], error: type[Exception]
) -> None:
    book.add(sheet, **({"staff_no": "X"} if sheet == "staff" else {"pupil_no": "X"}) | values)
    problem = only_problem(empty, book)
    assert isinstance(problem.error, error)
    assert problem.place == Place(SET_UP.sheet(sheet).title, len(book.rows[sheet]) + 1)


def test_a_published_figure_must_be_a_number(empty: District, book: Book) -> None:
    problem = only_problem(empty, book.state("在校生", "约600"))
    assert isinstance(problem.error, StatementNeedsNumber)
    assert problem.place == Place("公布数据", 2)


def test_a_class_may_be_formed_before_it_begins_but_nobody_is_in_it_before(
    empty: District, book: Book
) -> None:
    book.add("classes", entry_year=2027)
    apply(empty, book)
    book.add("pupils", pupil_no="X", entry_year=2027)
    assert isinstance(only_problem(empty, book).error, ClassNotBegun)
    book.rows["pupils"][-1] = book.rows["pupils"][-1].model_copy(update={"since": date(2027, 9, 1)})
    assert apply(empty, book).count(Outcome.ADDED) == 1
    assert empty.registry.district_at_a_glance(DAY).pupil_count == 4


@pytest.mark.parametrize(
    ("sheet", "field_", "number"),
    [("pupils", "pupil_no", "dasi-s1-P1"), ("staff", "staff_no", "dasi-s1-T1")],
)
def test_a_number_that_belongs_to_another_district_of_the_county_is_refused(
    session: Session, full: District, book: Book, sheet: str, field_: str, number: str
) -> None:
    make_district(session, "530921/dasi")
    problem = only_problem(full, book.add(sheet, **{field_: number}))
    assert isinstance(problem.error, MovedAway)
    assert problem.error.number == number
    assert problem.place == Place(SET_UP.sheet(sheet).title, len(book.rows[sheet]) + 1)


def test_a_number_of_another_county_is_nobody_elses(session: Session, full: District, book: Book) -> None:
    make_district(session, "530922/dasi")
    assert apply(full, book.add("pupils", pupil_no="dasi-s1-P1")).count(Outcome.ADDED) == 1


# moves


MOVES = pytest.mark.parametrize(
    ("sheet", "model", "fact"),
    [
        ("pupils", Enrolment, "registry.pupils_enrolled"),
        ("staff", Placement, "registry.staff_placed"),
    ],
)


def test_a_pupil_who_moves_is_in_the_old_class_before_and_in_the_new_one_after(
    session: Session, full: District, book: Book
) -> None:
    apply(full, book.change("pupils", school="s2", since=LATER))
    assert [len(full.registry.pupils_of(school)) for school in ("s1", "s2")] == [2, 2]  # still the first day
    assert [school.pupils for school in full.registry.district_at_a_glance(LATER).schools] == [1, 3]
    assert [school.pupils for school in full.registry.district_at_a_glance(DAY).schools] == [2, 2]


@MOVES
def test_another_place_from_a_later_day_ends_the_old_span_and_begins_a_new_one(
    session: Session, full: District, book: Book, sheet: str, model: type[Any], fact: str
) -> None:
    spans_before, facts_before = count(session, model), len(facts(session))
    plan = apply(full, book.change(sheet, school="s2", since=LATER))
    assert changed(plan, sheet) == [(Change("school", "s1", "s2"), Change("since", DAY, LATER))]
    assert count(session, model) == spans_before + 1
    assert (DAY, LATER) in spans(session, model)
    assert (LATER, None) in spans(session, model)
    assert facts(session)[facts_before:] == [fact, IMPORTED]
    assert apply(full, book).changes_nothing


@MOVES
def test_another_place_from_the_same_day_corrects_the_span(
    session: Session, full: District, book: Book, sheet: str, model: type[Any], fact: str
) -> None:
    before, facts_before = spans(session, model), len(facts(session))
    apply(full, book.change(sheet, school="s2", since=DAY))
    assert spans(session, model) == before
    assert set(facts(session)[facts_before:]) == {"registry.records_corrected", IMPORTED}
    glance = full.registry.district_at_a_glance()
    assert [school.pupils if sheet == "pupils" else school.staff for school in glance.schools] == (
        [1, 3] if sheet == "pupils" else [0, 2]
    )


@MOVES
def test_the_same_place_from_another_day_corrects_the_day(
    session: Session, full: District, book: Book, sheet: str, model: type[Any], fact: str
) -> None:
    before = count(session, model)
    apply(full, book.change(sheet, since=LATER))
    assert count(session, model) == before
    assert (LATER, None) in spans(session, model)


@MOVES
def test_another_place_from_an_earlier_day_is_refused(
    full: District, book: Book, sheet: str, model: type[Any], fact: str
) -> None:
    apply(full, book.change(sheet, school="s2", since=LATER))
    for school, since in (("s1", date(2026, 11, 1)), ("s1", DAY)):
        problem = only_problem(full, book.change(sheet, school=school, since=since))
        assert isinstance(problem.error, MovedBackwards)
        assert (problem.error.since, problem.error.current) == (str(since), str(LATER))
        assert problem.place == Place(SET_UP.sheet(sheet).title, 2)


def test_who_moves_back_has_three_spans(session: Session, full: District, book: Book) -> None:
    apply(full, book.change("pupils", school="s2", since=LATER))
    back = date(2027, 3, 1)
    apply(full, book.change("pupils", school="s1", since=back))
    assert [span for span in spans(session, Enrolment) if span != (DAY, None)] == [
        (DAY, LATER),
        (LATER, back),
        (back, None),
    ]


def test_somebody_may_move_to_a_school_that_the_same_file_opens(
    session: Session, full: District, book: Book
) -> None:
    book.add("schools", code="s3", name="新校").add("classes", school="s3")
    book.change("pupils", school="s3", since=LATER).change("staff", school="s3", since=LATER)
    apply(full, book)
    assert full.registry.district_at_a_glance(LATER).schools[2].pupils == 1


# measured figures


def figures(session: Session) -> Sequence[tuple[str, date, Decimal]]:
    query = select(Figure.measure, Figure.as_of, Figure.value).order_by(Figure.as_of, Figure.measure)
    return [(measure, as_of, value) for measure, as_of, value in session.execute(query)]


def test_figures_are_kept_by_the_day_of_the_workbook(session: Session, full: District, book: Book) -> None:
    apply(full, book.change("schools", books=Decimal(100), land_area=Decimal("12.50")))
    book.change("place", as_of=LATER).change("schools", books=Decimal(120), land_area=None)
    plan = apply(full, book)
    assert changed(plan, "schools") == [(Change("books", None, Decimal(120)),)]
    assert figures(session) == [
        ("books", DAY, Decimal(100)),
        ("land_area", DAY, Decimal("12.50")),
        ("books", LATER, Decimal(120)),
    ]
    assert [school.books for school in full.registry.district_at_a_glance(DAY).schools] == [
        Decimal(100),
        None,
    ]
    later = full.registry.district_at_a_glance(LATER)
    assert (later.schools[0].books, later.schools[0].land_area) == (Decimal(120), Decimal("12.5"))


def test_a_figure_of_the_same_day_is_corrected(session: Session, full: District, book: Book) -> None:
    apply(full, book.change("schools", books=Decimal(100)))
    plan = apply(full, book.change("schools", books=Decimal(101)))
    assert changed(plan, "schools") == [(Change("books", Decimal(100), Decimal(101)),)]
    assert figures(session) == [("books", DAY, Decimal(101))]


# published figures


def statement(session: Session) -> dict[str, Any]:
    row = session.execute(select(StatementRecord.__table__)).one()
    return {
        name: getattr(row, name)
        for name in ("printed", "numerator", "denominator", "wording", "part_of", "source")
    }


def test_a_published_figure_is_kept_as_printed(session: Session, full: District, book: Book) -> None:
    book.state("生均图书", "32.40", numerator=Quantity.BOOKS, denominator=Quantity.PUPILS)
    apply(full, book)
    assert statement(session)["printed"] == "32.40"


def test_an_empty_cell_of_a_published_figure_leaves_what_is_there(
    session: Session, full: District, book: Book
) -> None:
    apply(
        full,
        book.state(
            "生均图书",
            "32.4",
            numerator=Quantity.BOOKS,
            denominator=Quantity.PUPILS,
            part_of="生均图书",
            source="报告",
        ),
    )
    before = statement(session)
    book.rows["statements"] = []
    plan = apply(full, book.state("生均图书", "32.5", numerator=Quantity.BOOKS))
    assert changed(plan, "statements") == [(Change("printed", "32.4", "32.5"),)]
    session.expire_all()
    assert statement(session) == before | {"printed": "32.5"}


def test_new_published_figures_come_after_those_that_are_there(full: District, book: Book) -> None:
    apply(full, book.state("在校生", "4"))
    apply(full, book.state("教师", "2", numerator=Quantity.STAFF))
    glance = full.registry.district_at_a_glance()
    assert [line.label for line in glance.reconciliation.lines] == ["在校生", "教师"]
