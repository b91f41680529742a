"""The example's district out of one database and into another: everything that workbooks hold carries over.

The set-up workbook holds what is true on a day, and the list of moves is of acts: so the second registry is
set up from the export of September, and the workbooks of December bring what happened since.

Documents come out masked, and telephones and addresses not at all. A masked document is no document to begin
with: a row of somebody new that has one is refused, and is taken with the cell empty.
"""

from __future__ import annotations

import runpy
import sys
from collections import Counter
from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.exchange.lived import lived
from tests.registry.booking import reading
from tests.registry.people import KEYED
from tests.support import Databases, engine_for
from xuequ import Actor, County, District
from xuequ.core.errors import Problems, XuequError
from xuequ.core.fields import Command
from xuequ.core.plan import Outcome, Plan
from xuequ.core.settings import FixedClock
from xuequ.core.workbook import Template
from xuequ.embed import run_data_checks
from xuequ.exchange import apply_file, export_file, plan_file, read_workbook, write_workbook
from xuequ.registry.errors.people import DocumentMasked
from xuequ.registry.models.people import Person
from xuequ.registry.schemas.places import CountyRegistration, DistrictFoundation
from xuequ.registry.schemas.set_up import PupilRow
from xuequ.registry.templates import (
    CALENDAR,
    CIRCUMSTANCES,
    CLASSES,
    FIGURES,
    PEOPLE,
    POSTS,
    PREMISES,
    PUPIL_MOVES,
    SCHOOLS,
    SET_UP,
    STAFF,
    TEACHING,
    TEMPLATES,
    VILLAGES,
)

EXAMPLES = Path(__file__).parents[2] / "examples"
COUNTY, DISTRICT = "530921", "qianfeng"
SEPTEMBER, DECEMBER = date(2026, 9, 1), date(2026, 12, 7)
ORDER = (
    SET_UP,
    SCHOOLS,
    VILLAGES,
    PREMISES,
    FIGURES,
    CALENDAR,
    CLASSES,
    STAFF,
    POSTS,
    TEACHING,
    CIRCUMSTANCES,
    PUPIL_MOVES,
    PEOPLE,
)
"""In this order a database is set up: each book speaks of what those before it have brought."""

SEALED = ("document_kind", "document_number")


def door(session: Session, day: date = DECEMBER) -> District:
    settings = replace(KEYED, clock=FixedClock.at(day))
    return District(session, f"{COUNTY}/{DISTRICT}", actor=Actor.system("示例"), settings=settings)


def found(session: Session) -> None:
    county = County(session, COUNTY, actor=Actor.system("示例"))
    county.registry.register_county(CountyRegistration(name="凤庆县教育体育局"))
    county.registry.found_district(DistrictFoundation(code=DISTRICT, name="凤山镇前锋学区"))


@dataclass
class Two:
    """Two databases, the files between them, and what became of the files in the second one."""

    first: Engine
    second: Engine
    files: dict[Template, Path]
    masked: dict[Template, list[XuequError]]
    plans: dict[Template, Plan]


def set_up_first(engine: Engine, folder: Path) -> dict[Template, Path]:
    """Set the example up, let a term go by, and export everything."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            sys, "path", [str(EXAMPLES), *sys.path]
        )  # its neighbours, as when it is run by its path
        workbooks = runpy.run_path(str(EXAMPLES / "set_up_qianfeng.py"))["WORKBOOKS"]
    files = {template: folder / f"{template.name}.xlsx" for template in ORDER}
    with Session(engine) as session:
        found(session)
        district = door(session, SEPTEMBER)
        for name, template in workbooks:
            apply_file(district, EXAMPLES / "data" / "qianfeng" / name, template)
        export = export_file(district, files[SET_UP], SET_UP)
        later = door(session)
        for template, rows in lived(cast("list[PupilRow]", export.rows["pupils"])).items():
            plan = later.registry.books.take(reading(template, **rows))
            assert plan.count(Outcome.ADDED) + plan.count(Outcome.CHANGED), template.name
        for template in ORDER[1:]:
            export_file(later, files[template], template)
        session.commit()
    return files


def set_up_second(engine: Engine, files: Mapping[Template, Path], two: Two) -> None:
    """Bring all files into an empty database."""
    with Session(engine) as session:
        found(session)
        for template in ORDER:
            district = door(session, SEPTEMBER if template is SET_UP else DECEMBER)
            try:
                two.plans[template] = apply_file(district, files[template], template)
            except Problems as refused:
                two.masked[template] = [one.error for one in refused.problems]
                bare = without_documents(files[template], template)
                two.plans[template] = apply_file(district, bare, template)
        session.commit()


def without_documents(file: Path, template: Template) -> Path:
    """Write a file anew with the cells of documents empty, as somebody does who cannot know them."""
    read = read_workbook(file, template)
    rows: dict[str, list[Command]] = {
        name: [bare(row.command) for row in some] for name, some in read.rows.items()
    }
    bared = file.with_stem(f"{file.stem}-bare")
    write_workbook(bared, template, rows)
    return bared


def bare(row: Command) -> Command:
    there = {name: None for name in SEALED if name in type(row).model_fields}
    return row.model_copy(update=there) if there else row


@pytest.fixture(scope="module")
def two(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Generator[Two]:
    urls = databases.url(), databases.url()
    first, second = map(engine_for, urls)
    files = set_up_first(first, tmp_path_factory.mktemp("exported"))
    made = Two(first, second, files, {}, {})
    set_up_second(second, files, made)
    yield made
    for engine, url in zip((first, second), urls, strict=True):
        engine.dispose()
        databases.drop(url)


def exported(engine: Engine, template: Template) -> dict[str, Counter[str]]:
    """Return the rows of an export by sheet, without what is masked."""
    with Session(engine) as session:
        export = door(session).registry.books.export(template.name)
    return {name: Counter(repr(bare(row)) for row in rows) for name, rows in export.rows.items()}


def test_every_template_that_is_exported_is_among_them() -> None:
    assert set(ORDER) == {template for template in TEMPLATES if template.export}


def test_no_sheet_is_empty(two: Two) -> None:
    empty = {
        (template.name, sheet)
        for template in ORDER
        for sheet, rows in exported(two.first, template).items()
        if not rows
    }
    assert empty == set()


@pytest.mark.parametrize("template", ORDER, ids=lambda template: template.name)
def test_an_export_of_the_second_has_the_rows_of_the_first(two: Two, template: Template) -> None:
    there, here = exported(two.first, template), exported(two.second, template)
    for sheet in template.sheets:
        assert here[sheet.name] == there[sheet.name], sheet.title


@pytest.mark.parametrize("template", ORDER, ids=lambda template: template.name)
def test_an_export_changes_nothing_in_the_first(two: Two, template: Template) -> None:
    with Session(two.first) as session:
        day = SEPTEMBER if template is SET_UP else DECEMBER
        plan = plan_file(door(session, day), two.files[template], template)
        session.rollback()
    assert (plan.problems, plan.changes_nothing) == ((), True)


@pytest.mark.parametrize("number", ["first", "second"])
def test_nothing_is_wrong_with_the_data(two: Two, number: str) -> None:
    with Session(getattr(two, number)) as session:
        found = [finding for one in run_data_checks(session, COUNTY) for finding in one.findings or ()]
    assert found == []


def test_both_districts_look_the_same_at_a_glance(two: Two) -> None:
    seen: list[Any] = []
    for engine in (two.first, two.second):
        with Session(engine) as session:
            seen.append(door(session).registry.district_at_a_glance().model_dump(exclude={"id"}))
    assert seen[0] == seen[1]


def test_a_masked_document_makes_nobody_and_is_no_change_of_somebody(two: Two) -> None:
    assert set(two.masked) == {CIRCUMSTANCES}, "its guardians are people who are not there yet"
    assert [type(error) for error in two.masked[CIRCUMSTANCES]] == [DocumentMasked, DocumentMasked]
    assert two.plans[PEOPLE].changes_nothing


def test_what_is_sealed_stays_where_it_was(two: Two) -> None:
    sealed: list[int] = []
    for engine in (two.first, two.second):
        with Session(engine) as session:
            people = session.execute(select(Person.document_number, Person.phone)).all()
            sealed.append(sum(cell is not None for row in people for cell in row))
    assert sealed[0] > 5
    assert sealed[1] == 0
