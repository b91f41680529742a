"""Planted numbers appear nowhere: no log, `repr`, error, journal, report, or file of the database."""

from __future__ import annotations

import logging
import traceback
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.orm import Session

from tests.registry.furnished import ARGUMENTS
from tests.registry.people import (
    CARD,
    KEYED,
    OTHER,
    PASSPORT,
    PLACE,
    REASON,
    correction,
    county,
    district,
    number,
)
from xuequ import District
from xuequ.core.errors import NotFound, XuequError
from xuequ.core.journal import seal
from xuequ.embed import configure_sqlite, metadata, run_data_checks
from xuequ.registry.documents import DOCUMENTS
from xuequ.registry.schemas.people import PersonRecording
from xuequ.registry.states.people import Sex
from xuequ.reports import Rendered, render
from xuequ.reports.html import to_html
from xuequ.reports.xlsx import write_xlsx
from xuequ.testing import make_district

CITIZEN, SECOND, MOBILE, TRAVEL = number(789), number(791), "13987654321", "E87654321"
WRONG = CITIZEN[:17] + "0X"[CITIZEN[17] == "0"]
PLANTED = (CITIZEN, SECOND, MOBILE, TRAVEL, WRONG)
NAME = "安若素"


def recording(**values: Any) -> PersonRecording:
    said: dict[str, Any] = {"name": NAME, "document_kind": CARD, "document_number": CITIZEN, "phone": MOBILE}
    return PersonRecording(**{**said, **values})


def office_day(session: Session) -> list[str]:
    """Do everything that is done with numbers, and everything that is refused; return what was said."""
    refused: list[str] = []

    def note(error: XuequError, *more: object) -> None:
        refused.append(repr((error, more)) + str(error))

    settings = replace(KEYED, on_refusal=note)
    door = make_district(session, PLACE, settings=settings)
    people, said = door.registry.people, list[str]()
    first, second = people.record_people([recording(), recording(document_number=SECOND, sex=Sex.MALE)])
    one, other = first.person.id, second.person.id
    said += [repr(recording()), str(recording()), recording().model_dump_json(), repr(first), str(second)]
    said += [first.model_dump_json(), repr(people.reveal_document(one, REASON)), repr(door.context.vault)]
    for typed in (CITIZEN, f"{CITIZEN[:6]} {CITIZEN[6:]}", MOBILE, f"+86 {MOBILE}", NAME, "ars"):
        said += [found.model_dump_json() for found in people.search(typed)]
    said += [repr(people.find_by_document(CARD, CITIZEN)), repr(people.find_by_phone(MOBILE))]
    people.correct_person(other, correction(document_kind=PASSPORT, document_number=TRAVEL))
    for act in (
        lambda: people.record_people([recording()]),
        lambda: people.record_people([recording(document_number=WRONG), recording(phone=MOBILE[:9])]),
        lambda: people.correct_person(one, correction(sex=Sex.FEMALE if int(CITIZEN[16]) % 2 else Sex.MALE)),
        lambda: people.correct_person(other, correction(document_kind=CARD, document_number=CITIZEN)),
        lambda: people.reveal_phone(one, f"打 {MOBILE}"),
        lambda: people.merge_people(one, other, f"号码同为 {CITIZEN}"),
        lambda: district(session, settings=replace(settings, keys=None)).registry.people.search(CITIZEN),
        lambda: make_district(session, OTHER, settings=settings).registry.people.record_people([recording()]),
        lambda: recording(document_number=CITIZEN + "\0"),
        lambda: recording(document_kind=None),
    ):
        try:
            act()
        except (XuequError, ValidationError) as error:
            said += [repr(error), str(error), *traceback.format_exception(error)]
            said += [repr(error.facts())] if isinstance(error, XuequError) else []
        else:
            raise AssertionError("nothing was refused")
    copy = county(session, settings).registry.people.record_people(
        [recording(document_kind=None, document_number=None)]
    )
    county(session, settings).registry.people.merge_people(one, copy[0].person.id, "重复登记")
    people.forget_person(other, "保存期满")
    seal(session, door.context.scope.county_id)
    said += [str(result) for result in run_data_checks(session, PLACE)]
    said += [to_html(page) for page in pages(door)]
    return said + refused


def pages(door: District) -> list[Rendered]:
    """Render every document that needs nothing but what stands here."""
    rendered: list[Rendered] = []
    for document in DOCUMENTS:
        with suppress(NotFound):  # no headcount and no notice was recorded
            rendered.append(render(door, document, **ARGUMENTS.get(document.name, {})))
    assert len(rendered) > len(DOCUMENTS) / 2
    return rendered


def assert_nothing_of(planted: tuple[str, ...], texts: list[str]) -> None:
    for one in texts:
        for value in planted:
            assert value not in one, f"{value} in {one[:300]}"


@pytest.fixture
def noisy(url: str) -> Any:
    """An engine that logs every statement and row, and hides nothing of it."""
    engine = create_engine(url, echo="debug")
    yield configure_sqlite(engine) if engine.dialect.name == "sqlite" else engine
    engine.dispose()


def stored(engine: Engine, url: str) -> list[str]:
    """Return everything that the database holds: rows as text, bytes as text, and SQLite's raw files."""
    held: list[str] = []
    with engine.connect() as connection:
        for table in metadata().sorted_tables:
            for row in connection.execute(table.select()):
                held += [value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in row]
            if engine.dialect.name == "postgresql":
                dump = connection.execute(text(f"SELECT t::text FROM {table.name} AS t"))
                held += list(dump.scalars())
    if engine.dialect.name == "sqlite":
        path = Path(make_url(url).database or "")
        held += [file.read_bytes().decode("latin-1") for file in path.parent.glob(f"{path.name}*")]
    return held


def test_planted_numbers_appear_nowhere(
    noisy: Engine, url: str, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    with caplog.at_level(logging.DEBUG), Session(noisy) as session:
        said = office_day(session)
        session.commit()
        door = district(session)
        for page in pages(door):
            write_xlsx(page, tmp_path / "page.xlsx")
            said.append((tmp_path / "page.xlsx").read_bytes().decode("latin-1"))
    held = stored(noisy, url)
    log = [record.getMessage() for record in caplog.records]
    assert any(NAME in line for line in log), "the engine logs what it sends, so the test can see a leak"
    assert any("xq_registry_person" in line for line in log) and any(REASON in one for one in held)
    hexed = tuple(value.encode().hex() for value in PLANTED)
    assert_nothing_of((*PLANTED, *hexed), said + held + log)


def test_with_hidden_parameters_not_even_names_are_logged(url: str, caplog: pytest.LogCaptureFixture) -> None:
    engine = create_engine(url, echo=True, hide_parameters=True)
    with caplog.at_level(logging.INFO), Session(engine) as session:
        office_day(session)
    engine.dispose()
    log = [record.getMessage() for record in caplog.records]
    assert any("hide_parameters" in line for line in log)
    assert_nothing_of((NAME, *PLANTED), log)
