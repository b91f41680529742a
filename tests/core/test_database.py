"""What drivers' errors become, and the corners of a SQLite engine."""

from __future__ import annotations

import sqlite3
import traceback

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from xuequ.core import database
from xuequ.core.access import Actor
from xuequ.core.database import translate
from xuequ.core.errors import AlreadyThere, DatabaseBusy, SchemaBehind, StorageFailed
from xuequ.core.extras import load
from xuequ.registry.models.people import Person
from xuequ.testing import make_district


class Stubborn:
    """A cursor that another connection keeps from switching for a while."""

    def __init__(self, refusals: int) -> None:
        self.refusals = refusals

    def execute(self, statement: str) -> None:
        assert statement == "PRAGMA journal_mode = WAL"
        if self.refusals:
            self.refusals -= 1
            raise sqlite3.OperationalError("database is locked")


def test_switching_to_wal_waits_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    patient = Stubborn(3)
    database._switch_to_wal(patient)  # pyright: ignore[reportPrivateUsage]
    assert patient.refusals == 0
    monkeypatch.setattr(database, "BUSY_MS", 20)
    with pytest.raises(sqlite3.OperationalError):
        database._switch_to_wal(Stubborn(1000))  # pyright: ignore[reportPrivateUsage]


class Original(Exception):
    """A driver's error with an SQLSTATE."""

    def __init__(self, state: str, text: str = "") -> None:
        super().__init__(text)
        self.sqlstate = state


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("40001", DatabaseBusy),
        ("40P01", DatabaseBusy),
        ("55P03", DatabaseBusy),
        ("57P01", DatabaseBusy),
        ("42P01", SchemaBehind),
        ("42703", SchemaBehind),
        ("53100", StorageFailed),
        ("", StorageFailed),
    ],
)
def test_states_of_the_database_have_errors_of_ours(state: str, kind: type[Exception]) -> None:
    assert isinstance(translate(OperationalError("", None, Original(state))), kind)


def test_a_lost_connection_is_worth_another_try() -> None:
    lost = DBAPIError("", None, Original(""), connection_invalidated=True)
    assert isinstance(translate(lost), DatabaseBusy)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("UNIQUE constraint failed: xq_registry_pupil.county_id, xq_registry_pupil.id", DatabaseBusy),
        ("UNIQUE constraint failed: xq_registry_pupil.county_id, xq_registry_pupil.pupil_no", AlreadyThere),
    ],
)
def test_two_processes_that_made_one_id_try_again(text: str, kind: type[Exception]) -> None:
    assert isinstance(translate(IntegrityError("", None, sqlite3.IntegrityError(text))), kind)


def test_an_actor_is_named_in_messages() -> None:
    assert [str(Actor("T1")), str(Actor()), str(Actor.system("夜间"))] == ["T1", "未登录者", "系统（夜间）"]


def test_an_import_that_fails_inside_an_optional_library_is_not_hidden(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(name: str) -> None:
        raise ModuleNotFoundError("No module named 'something_else'", name="something_else")

    monkeypatch.setattr("xuequ.core.extras.import_module", broken)
    with pytest.raises(ModuleNotFoundError):
        load("openpyxl")


@pytest.mark.parametrize("hidden", [True, False])
def test_what_a_host_logs_of_a_refusal_names_no_value_of_the_row(session: Session, hidden: bool) -> None:
    door = make_district(session, schools=1, pupils=0, staff=0)
    county_id = door.context.scope.county_id
    person = Person(county_id=county_id, name="王秘密", sex="7", birth_date=None)
    with pytest.raises(DBAPIError) as caught:
        session.add(person)
        session.flush()
    if not hidden:
        assert "王秘密" in "".join(traceback.format_exception(caught.value))
        return
    ours = translate(caught.value)
    ours.__cause__ = caught.value
    shown = "".join(traceback.format_exception(ours))
    assert "ck_xq_registry_person_sex" in shown
    assert "王秘密" not in shown


def test_an_error_that_says_nothing_is_silenced_too() -> None:
    silent = DBAPIError("SELECT 1", ("秘密",), None)  # type: ignore[arg-type]
    silent.args = ()
    database.silence(silent)
    assert "秘密" not in str(silent)
