"""What belongs to the host stays the host's: its commit, its rows, its engine."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import date

import pytest
from sqlalchemy import Engine, String, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from tests.faults.races import HOSTS
from xuequ import Actor, County, District
from xuequ.core import database
from xuequ.core.errors import AlreadyThere, DatabaseBusy, SchemaBehind, StorageFailed
from xuequ.embed import configure_sqlite
from xuequ.registry.errors.places import CountyKnown, DistrictKnown
from xuequ.registry.models.places import County as CountyRow
from xuequ.registry.models.places import School
from xuequ.registry.schemas.places import CountyRegistration, DistrictFoundation
from xuequ.testing import make_county, make_district, rollback_session

ACTOR = Actor.system("test")


class HostBase(DeclarativeBase):
    pass


class Note(HostBase):
    """A table of the host's."""

    __tablename__ = "host_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(40))


@pytest.fixture(params=list(HOSTS))
def host(request: pytest.FixtureRequest, url: str) -> Generator[Engine]:
    """An engine as different hosts make it."""
    engine = HOSTS[request.param](url)
    HostBase.metadata.create_all(engine)
    yield engine
    engine.dispose()


def register(session: Session) -> None:
    County(session, "530921", actor=ACTOR).registry.register_county(CountyRegistration(name="县"))


def counties(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return list(session.scalars(select(CountyRow.code)))


def words(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return list(session.scalars(select(Note.words).order_by(Note.id)))


def test_nothing_is_kept_unless_the_host_commits(host: Engine) -> None:
    with Session(host) as session:
        register(session)
    assert counties(host) == []
    with Session(host) as session:
        register(session)
        session.rollback()
    assert counties(host) == []
    with Session(host) as session:
        register(session)
        session.commit()
    assert counties(host) == ["530921"]


def test_the_hosts_rollback_undoes_our_work_with_its_own(host: Engine) -> None:
    with Session(host) as session:
        session.execute(select(Note)).all()
        register(session)
        session.add(Note(words="after"))
        session.flush()
        session.rollback()
    assert (counties(host), words(host)) == ([], [])


def test_our_error_leaves_the_hosts_rows(host: Engine) -> None:
    with Session(host) as session:
        session.add(Note(words="before"))
        register(session)
        with pytest.raises(CountyKnown):
            register(session)
        session.add(Note(words="after"))
        session.commit()
    assert (counties(host), words(host)) == (["530921"], ["before", "after"])


def test_our_error_in_the_first_write_leaves_the_session_usable(host: Engine) -> None:
    with Session(host) as session:
        register(session)
        session.commit()
    with Session(host) as session:
        with pytest.raises(CountyKnown):
            register(session)
        session.add(Note(words="after"))
        session.commit()
    assert words(host) == ["after"]


def test_a_hosts_savepoint_around_us_is_the_hosts(host: Engine) -> None:
    with Session(host) as session:
        session.add(Note(words="outer"))
        session.flush()
        nested = session.begin_nested()
        register(session)
        nested.rollback()
        session.commit()
    assert (counties(host), words(host)) == ([], ["outer"])


def test_a_configured_engine_keeps_a_hosts_first_savepoint_too(
    url: str, make_engine: Callable[[str], Engine]
) -> None:
    engine = make_engine(url)
    HostBase.metadata.create_all(engine)
    with Session(engine) as session:
        with session.begin_nested():
            session.add(Note(words="inner"))
        session.rollback()
    assert words(engine) == []


def test_two_districts_and_two_counties_never_mix(session: Session) -> None:
    places = ["530921/qianfeng", "530921/dasi", "530922/qianfeng"]
    districts = {place: make_district(session, place, schools=n + 1) for n, place in enumerate(places)}
    for number, district in enumerate(districts.values(), 1):
        registry = district.registry
        assert len(registry.schools()) == number
        assert registry.district_at_a_glance().pupil_count == 3 * number
        pupil = registry.pupils_of("s1")[0]
        for other in districts.values():
            for school in other.registry.schools() if other is not district else []:
                with pytest.raises(Exception, match="没有学校"):
                    registry.school(school.id)
            if other is not district:
                with pytest.raises(Exception, match="没有学生"):
                    other.registry.pupil(pupil.id)
    assert [d.code for d in make_county(session, "530921").registry.districts()] == ["dasi", "qianfeng"]
    assert [d.code for d in make_county(session, "530922").registry.districts()] == ["qianfeng"]


def test_a_door_that_leads_nowhere_says_so(session: Session) -> None:
    make_district(session)
    with pytest.raises(Exception, match="没有县 999999"):
        District(session, "999999/qianfeng", actor=ACTOR).registry.schools()
    with pytest.raises(Exception, match="没有学区 530921/nowhere"):
        District(session, "530921/nowhere", actor=ACTOR).registry.schools()


@pytest.mark.parametrize("code", ["530921", "/qianfeng", "530921/", "a/b/c", ""])
def test_a_districts_code_has_two_parts(session: Session, code: str) -> None:
    with pytest.raises(ValueError, match="530921/qianfeng"):
        District(session, code, actor=ACTOR)


@pytest.mark.parametrize("code", ["530921/qianfeng", ""])
def test_a_countys_code_has_one(session: Session, code: str) -> None:
    with pytest.raises(ValueError, match="530921"):
        County(session, code, actor=ACTOR)


def test_tables_that_are_not_there_are_named_with_the_command(
    empty_url: str, make_engine: Callable[[str], Engine]
) -> None:
    with Session(make_engine(empty_url)) as session, pytest.raises(SchemaBehind, match="xuequ db upgrade"):
        register(session)


def test_a_locked_database_is_busy_and_not_an_error_of_the_driver(
    url: str, make_engine: Callable[[str], Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 200)
    holder, waiter = make_engine(url), make_engine(url)
    hurry = "SET lock_timeout = '50ms'" if waiter.dialect.name == "postgresql" else "PRAGMA busy_timeout = 50"
    with Session(holder) as first, Session(waiter) as second:
        second.connection().exec_driver_sql(hurry)
        register(first)
        with pytest.raises(DatabaseBusy):
            register(second)


def test_a_constraint_of_the_database_becomes_a_conflict(session: Session) -> None:
    county = make_county(session)
    session.add(CountyRow(code="530922", name="x"))
    session.flush()

    @event.listens_for(session, "before_flush")
    def sneak(*_: object) -> None:  # pyright: ignore[reportUnusedFunction]
        for row in session.new:
            if isinstance(row, CountyRow):
                row.code = "530922"

    with pytest.raises(AlreadyThere, match="code"):
        County(session, "530923", actor=ACTOR).registry.register_county(CountyRegistration(name="县"))
    assert county.registry.districts() == []


def test_a_failing_disk_is_told_as_such(url: str, make_engine: Callable[[str], Engine]) -> None:
    engine = make_engine(url)
    if engine.dialect.name == "postgresql":
        with Session(engine) as session:
            session.connection().exec_driver_sql("SET default_transaction_read_only = on")
            session.commit()
            session.connection().exec_driver_sql("SET transaction_read_only = on")
            with pytest.raises(StorageFailed):
                register(session)
        return
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    with Session(engine) as session:
        session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StorageFailed, match="full"):
            make_district(session, schools=40, pupils=60)
        session.rollback()
    assert counties(engine) == []


def test_relationships_are_never_loaded_by_accident(session: Session) -> None:
    make_district(session, schools=1, pupils=0, staff=0)
    assert session.scalars(select(School)).one().code == "s1"


def test_the_same_district_is_founded_once(session: Session) -> None:
    county = make_county(session)
    county.registry.found_district(DistrictFoundation(code="a", name="甲"))
    with pytest.raises(DistrictKnown):
        county.registry.found_district(DistrictFoundation(code="a", name="乙"))


def test_a_configured_engine_has_what_it_promises(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("configured")
    engine = configure_sqlite(create_engine(f"sqlite:///{folder / 'a.sqlite'}"))
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("foreign_keys", "journal_mode", "synchronous", "busy_timeout")
        }
    engine.dispose()
    assert found == {"foreign_keys": 1, "journal_mode": "wal", "synchronous": 2, "busy_timeout": 30_000}


def test_a_rollback_session_leaves_nothing_whatever_the_test_commits(engine: Engine) -> None:
    with rollback_session(engine) as session:
        make_district(session)
        session.commit()
        make_district(session, "530921/dasi")
        session.rollback()
        assert [d.code for d in make_county(session).registry.districts()] == ["qianfeng"]
    assert counties(engine) == []


def test_views_are_json_ready_with_ids_as_strings(session: Session) -> None:
    district = make_district(session)
    school = district.registry.schools()[0]
    as_json = school.model_dump(mode="json")
    assert as_json == {"id": str(school.id), "code": "s1", "name": "s1完小", "kind": "complete"}
    assert type(school).model_validate(as_json) == school
    assert district.registry.district_at_a_glance(date(2026, 9, 1)).model_dump_json()
