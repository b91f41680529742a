"""Files against what was decided by hand, the history of imports, exports, and sealed columns."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.exchange.test_importing import Book, apply, book, empty  # noqa: F401  # pyright: ignore[reportUnusedImport]
from xuequ import District, Settings
from xuequ.core.errors import ImportConflict, Problems, Stale
from xuequ.core.keys import Keys, KeysMissing
from xuequ.core.plan import Decision, Outcome
from xuequ.core.settings import FixedClock
from xuequ.exchange import apply_file, export_file, plan_file
from xuequ.exchange.reader import BASE
from xuequ.registry.errors.people import DocumentContradicts, DocumentMasked, DocumentTaken
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.rules.id_numbers import check_sign
from xuequ.registry.schemas.people import PersonCorrection
from xuequ.registry.schemas.pupils import MoveRow
from xuequ.registry.schemas.staff import EmploymentEnding
from xuequ.registry.states.people import Sex
from xuequ.registry.states.pupils import MoveKind
from xuequ.registry.states.staff import Exit
from xuequ.registry.templates import SET_UP, TEMPLATES
from xuequ.testing.factories import MAKER, SETTINGS

KEYS = Keys(wrapping={"k": b"k" * 32}, current="k", index={"i": b"i" * 32}, current_index="i")


@pytest.fixture
def full(empty: District, book: Book) -> District:  # noqa: F811
    apply(empty, book)
    return District(
        empty.context.session,
        empty.code,
        actor=MAKER,
        settings=Settings(keys=KEYS, clock=SETTINGS.clock),
    )


def number(body: str = "53092120190501001") -> str:
    """Return an invented citizen number."""
    return body + check_sign(body)


def rename(district: District, name: str) -> None:
    """Correct the name of the first pupil by hand."""
    pupil = district.registry.pupils_of("s1")[0]
    (found,) = district.registry.people.search(pupil.name)[:1]
    district.registry.people.correct_person(found.id, PersonCorrection(name=name))


def first(district: District) -> str:
    return district.registry.pupils_of("s1")[0].name


# hand and file


def test_the_same_file_leaves_what_was_decided_by_hand(full: District, book: Book) -> None:  # noqa: F811
    rename(full, "王小丽")
    plan = apply(full, book)
    assert (plan.changes_nothing, plan.count(Outcome.KEPT, "pupils")) == (True, 1)
    assert first(full) == "王小丽"


def test_a_file_that_changes_another_field_leaves_the_one_decided_by_hand(
    full: District,
    book: Book,  # noqa: F811
) -> None:
    rename(full, "王小丽")
    (row,) = apply(full, book.change("pupils", birth_date=date(2019, 1, 2))).of("pupils", Outcome.CHANGED)
    assert ([c.field for c in row.changes], [c.field for c in row.kept]) == (["birth_date"], ["name"])
    assert first(full) == "王小丽"


def test_a_file_that_says_a_third_thing_is_a_conflict_until_somebody_decides(
    full: District,
    book: Book,  # noqa: F811
) -> None:
    rename(full, "王小丽")
    book.change("pupils", name="王小莉")
    with pytest.raises(Problems) as caught:
        apply(full, book)
    (problem,) = caught.value.problems
    assert isinstance(problem.error, ImportConflict)
    assert (problem.place and problem.place.column, problem.error.registered) == ("姓名", "王小丽")
    assert plan_file(full, book.save(), SET_UP).count(Outcome.CONFLICT) == 1
    assert apply(full, book, Decision.REGISTERED).changes_nothing
    assert first(full) == "王小丽"
    assert apply(full, book, Decision.FILE).count(Outcome.CHANGED) == 1
    assert first(full) == "王小莉"


def test_with_the_file_deciding_an_old_file_takes_a_change_by_hand_back(
    full: District,
    book: Book,  # noqa: F811
) -> None:
    before = first(full)
    rename(full, "王小丽")
    apply(full, book, Decision.FILE)
    assert first(full) == before


# exports


def test_an_export_reads_back_without_a_change(full: District, tmp_path: Path) -> None:
    export = export_file(full, tmp_path / "out.xlsx", SET_UP)
    plan = plan_file(full, tmp_path / "out.xlsx", SET_UP)
    assert plan.problems == ()
    assert plan.count(Outcome.UNCHANGED) == sum(map(len, export.rows.values())) > 10


def test_what_is_changed_by_hand_after_an_export_is_a_conflict_when_the_file_comes_back_changed(
    full: District, tmp_path: Path
) -> None:
    out = tmp_path / "out.xlsx"
    export_file(full, out, SET_UP)
    rename(full, "王小丽")
    assert plan_file(full, out, SET_UP).count(Outcome.KEPT) == 1
    cells: Any = openpyxl.load_workbook(out)
    cells["学生"]["B2"] = "王小莉"
    cells.save(out)
    (problem,) = plan_file(full, out, SET_UP).problems
    assert isinstance(problem.error, ImportConflict)


def test_an_export_of_one_school_holds_nobody_of_another(full: District, tmp_path: Path) -> None:
    export = export_file(full, tmp_path / "out.xlsx", SET_UP, "s1")
    assert {row.school for row in export.rows["pupils"]} == {"s1"}  # type: ignore[attr-defined]


def test_an_export_of_a_school_that_is_not_there_is_refused_and_leaves_no_file(
    full: District, tmp_path: Path
) -> None:
    for template in TEMPLATES:
        if template.export:
            with pytest.raises(SchoolUnknown):
                export_file(full, tmp_path / "out.xlsx", template, "s9")
    assert not (tmp_path / "out.xlsx").exists()


def test_the_imprints_of_an_export_stand_on_a_sheet_that_nobody_sees(full: District, tmp_path: Path) -> None:
    export_file(full, tmp_path / "out.xlsx", SET_UP)
    sheet: Any = openpyxl.load_workbook(tmp_path / "out.xlsx")[BASE]
    assert sheet.sheet_state == "veryHidden"


# history


def test_every_applied_file_stands_in_the_history(full: District, book: Book, tmp_path: Path) -> None:  # noqa: F811
    before = full.registry.books.imports()
    path = book.change("pupils", name="李小红").save()
    apply_file(full, path, SET_UP)
    apply_file(full, path, SET_UP)
    newest, *others = full.registry.books.imports("registry.set_up")
    assert (newest.file, others) == (path.name, before)
    assert newest.counts["pupils"]["changed"] == 1
    assert full.registry.books.imports("registry.premises") == []


def test_a_file_that_was_changed_since_it_was_planned_is_not_applied(full: District, book: Book) -> None:  # noqa: F811
    path = book.change("pupils", name="李小红").save()
    plan = plan_file(full, path, SET_UP)
    book.change("pupils", name="李小明").save()
    with pytest.raises(Stale):
        full.registry.set_up(plan)


# documents and telephones


def test_documents_are_sealed_and_read_back_masked(full: District, book: Book, tmp_path: Path) -> None:  # noqa: F811
    said = {
        "document_number": number(),
        "phone": "138 0000 1234",
        "birth_date": date(2019, 5, 1),
        "sex": Sex.MALE,
    }
    apply(full, book.change("pupils", **said), Decision.FILE)
    (found,) = full.registry.people.find_by_phone("13800001234")
    assert found.document == "530921************"
    export_file(full, tmp_path / "out.xlsx", SET_UP)
    assert plan_file(full, tmp_path / "out.xlsx", SET_UP).changes_nothing
    assert number().encode() not in (tmp_path / "out.xlsx").read_bytes()
    assert apply(full, book).changes_nothing


def test_without_keys_a_document_is_refused_and_nothing_is_written(
    empty: District,  # noqa: F811
    book: Book,  # noqa: F811
) -> None:
    with pytest.raises(KeysMissing):
        apply(empty, book.change("pupils", document_number=number()))
    assert empty.registry.schools() == []


def test_a_document_that_stands_twice_in_a_file_is_refused_with_the_first_row(
    full: District,
    book: Book,  # noqa: F811
) -> None:
    for row in (0, 1):
        book.change("pupils", row, document_number=number(), birth_date=date(2019, 5, 1), sex=Sex.MALE)
    problems = plan_file(full, book.save(), SET_UP, Decision.FILE).problems
    (problem,) = problems
    assert isinstance(problem.error, DocumentTaken)
    assert (problem.place and problem.place.row, problem.error.holder) == (3, "本表“学生”第 2 行")


def test_a_document_that_contradicts_the_birthday_is_refused(full: District, book: Book) -> None:  # noqa: F811
    book.change("pupils", document_number=number(), birth_date=date(2019, 1, 1), sex=Sex.MALE)
    problems = plan_file(full, book.save(), SET_UP, Decision.FILE).problems
    assert [type(problem.error) for problem in problems] == [DocumentContradicts]


def test_a_masked_document_of_somebody_new_is_refused(full: District, book: Book) -> None:  # noqa: F811
    book.add("pupils", pupil_no="new", document_number="530921************")
    (problem,) = plan_file(full, book.save(), SET_UP).problems
    assert isinstance(problem.error, DocumentMasked)


def test_a_problem_with_a_document_does_not_repeat_it(full: District, book: Book) -> None:  # noqa: F811
    wrong = number()[:-1] + "A"
    problems = plan_file(full, book.change("pupils", document_number=wrong).save(), SET_UP).problems
    assert problems
    assert all(wrong not in problem.text() for problem in problems)


# who has left


def leave(district: District) -> District:
    """Let the first pupil and the first teacher leave; return the door of a later day."""
    later = District(
        district.context.session,
        district.code,
        actor=MAKER,
        settings=Settings(keys=KEYS, clock=FixedClock.at(date(2026, 12, 7))),
    )
    number = later.registry.pupils_of("s1")[0].pupil_no
    move = MoveRow(pupil_no=number, kind=MoveKind.ABROAD, on=date(2026, 10, 12))
    later.registry.pupils.record_moves("s1", [move])
    staff = later.registry.staff.staff_as_of("qianfeng-s1-T1", date(2026, 9, 1))
    ending = EmploymentEnding(staff_id=staff.id, on=date(2026, 11, 9), exit=Exit.RESIGNED)
    later.registry.staff.end_employment(ending)
    return later


def test_who_has_left_is_not_brought_back_by_the_file_that_they_came_with(
    full: District,
    book: Book,  # noqa: F811
) -> None:
    plan = apply(leave(full), book)
    assert plan.changes_nothing
    assert {sheet: plan.count(Outcome.KEPT, sheet) for sheet in ("pupils", "staff")} == {
        "pupils": 1,
        "staff": 1,
    }


def test_what_a_file_says_anew_of_who_has_left_is_corrected_and_they_stay_away(
    full: District,
    book: Book,  # noqa: F811
) -> None:
    book.change("pupils", name="王小莉").change("staff", name="李老师")
    later = leave(full)
    plan = apply(later, book)
    assert plan.count(Outcome.CHANGED) == 2
    assert [len(later.registry.people.search(name)) for name in ("王小莉", "李老师")] == [1, 1]
    assert [pupil.pupil_no for pupil in later.registry.pupils_of("s1")] == ["qianfeng-s1-P2"]
