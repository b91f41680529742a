"""The migrations: one line, up and down with data, equal to the models, clean beside a host's own."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Engine, Integer, MetaData, Table, inspect, text
from sqlalchemy.orm import Session

from tests.faults.races import HOSTS
from xuequ.core.errors import (
    BrokenReferences,
    ConnectionInTransaction,
    DatabaseBusy,
    NotADowngrade,
    RevisionUnknown,
    SchemaBehind,
)
from xuequ.core.ids import new_id
from xuequ.embed import check, current, downgrade, exclude_xuequ, head, metadata, migrations, stamp, upgrade
from xuequ.testing import make_district

MakeEngine = Callable[[str], Engine]


def test_there_is_one_head_and_one_line() -> None:
    script = ScriptDirectory.from_config(migrations.config())
    assert script.get_heads() == [head()]
    assert len(script.get_bases()) == 1
    assert [revision for revision, _ in migrations.history()][-1] == head()


def our_tables(engine: Engine) -> set[str]:
    return {name for name in inspect(engine).get_table_names() if name.startswith("xq_")}


def test_stairway_up_down_up(empty_url: str, make_engine: MakeEngine) -> None:
    engine = make_engine(empty_url)
    revisions = [revision for revision, _ in migrations.history()]
    for position, revision in enumerate(revisions):
        before = revisions[position - 1] if position else "base"
        for step in (upgrade, downgrade, upgrade):
            with engine.connect() as connection:
                step(connection, before if step is downgrade else revision)
    with engine.connect() as connection:
        assert current(connection) == head()
        check(connection)
    assert our_tables(engine) == set(metadata().tables) | {migrations.VERSION_TABLE}


def test_down_to_base_leaves_only_the_version_table(url: str, make_engine: MakeEngine) -> None:
    engine = make_engine(url)
    with engine.connect() as connection:
        downgrade(connection, "base")
        assert current(connection) is None
    assert our_tables(engine) == {migrations.VERSION_TABLE}
    with engine.connect() as connection:
        upgrade(connection)
        check(connection)


def test_an_upgrade_that_is_done_already_keeps_all_data(url: str, make_engine: MakeEngine) -> None:
    engine = make_engine(url)
    with Session(engine) as session:
        made = make_district(session)
        glance = made.registry.district_at_a_glance()
        session.commit()
    with engine.connect() as connection:
        upgrade(connection)
    with Session(engine) as session:
        made.context.session = session
        assert made.registry.district_at_a_glance() == glance


def test_models_and_migrations_agree_as_alembic_sees_it(url: str, make_engine: MakeEngine) -> None:
    engine = make_engine(url)
    options = {"include_object": _ours, "compare_type": True, "compare_server_default": True}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata()) == []


def _ours(item: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    return name != migrations.VERSION_TABLE


CATALOGUE = {
    "postgresql": (
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace",
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger "
        "WHERE NOT tgisinternal",
        "SELECT table_name, column_name, concat(data_type, character_maximum_length, is_nullable, "
        "column_default) FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT '', proname, prosrc FROM pg_proc WHERE proname LIKE 'xq_%'",
    ),
    "sqlite": ("SELECT tbl_name, name, sql FROM sqlite_master WHERE sql IS NOT NULL",),
}


def catalogue(engine: Engine) -> set[tuple[str, str, str]]:
    """Return everything that the database says of our tables, statements without their layout."""
    found: set[tuple[str, str, str]] = set()
    with engine.connect() as connection:
        for query in CATALOGUE[engine.dialect.name]:
            for table, name, words in connection.execute(text(query)):
                if not str(table).startswith(migrations.VERSION_TABLE):
                    found |= {(table, name, part) for part in _parts(words)}
    return found


def _parts(words: str) -> list[str]:
    """Cut a CREATE TABLE into its clauses, whose order says nothing."""
    flat = re.sub(r"\s+", " ", words).replace('"', "")
    if not flat.startswith("CREATE TABLE"):
        return [flat]
    return sorted(
        part.strip(" )") for part in re.split(r", (?=[A-Za-z_]+ |CONSTRAINT)", flat.partition("(")[2])
    )


def test_the_catalogues_of_a_migrated_and_a_created_database_are_equal(
    url: str, empty_url: str, make_engine: MakeEngine
) -> None:
    migrated, created = make_engine(url), make_engine(empty_url)
    with created.begin() as connection:
        if created.dialect.name == "postgresql":
            connection.execute(text("CREATE EXTENSION btree_gist"))
        metadata().create_all(connection)
    assert catalogue(migrated) == catalogue(created)
    assert {"xq_core_fact", "xq_registry_placement"} <= {table for table, _, _ in catalogue(migrated)}


def test_a_connection_in_a_transaction_is_refused(url: str, make_engine: MakeEngine) -> None:
    with make_engine(url).connect() as connection:
        connection.execute(text("SELECT 1"))
        with pytest.raises(ConnectionInTransaction):
            upgrade(connection)


@pytest.mark.parametrize("host", HOSTS)
def test_a_migration_runs_on_every_hosts_engine(empty_url: str, host: str) -> None:
    engine = HOSTS[host](empty_url)
    with engine.connect() as connection:
        upgrade(connection)
        check(connection)
    with Session(engine) as session:
        make_district(session)
        session.commit()
    engine.dispose()


def test_foreign_keys_are_on_again_after_a_migration(empty_url: str, make_engine: MakeEngine) -> None:
    engine = make_engine(empty_url)
    if engine.dialect.name != "sqlite":
        with engine.connect() as connection:
            upgrade(connection)
        with Session(engine) as session:
            assert session.execute(text("SELECT count(*) FROM xq_core_fact")).scalar() == 0
        return
    with engine.connect() as connection:
        upgrade(connection)
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_three_upgrades_at_once_are_one(empty_url: str, make_engine: MakeEngine) -> None:
    def run(_: int) -> str | None:
        engine = make_engine(empty_url)
        with engine.connect() as connection:
            upgrade(connection)
            return current(connection)

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(run, range(3))) == [head()] * 3


def test_a_failing_migration_leaves_nothing(
    empty_url: str, make_engine: MakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def upgrade_and_fail(config: Any, revision: str) -> None:
        config.attributes["connection"].exec_driver_sql("CREATE TABLE xq_half (id integer)")
        raise ZeroDivisionError

    engine = make_engine(empty_url)
    with engine.connect() as connection:
        with monkeypatch.context() as patch:
            patch.setattr("alembic.command.upgrade", upgrade_and_fail)
            with pytest.raises(ZeroDivisionError):
                upgrade(connection)
        assert our_tables(engine) == set()
        upgrade(connection)
        check(connection)


def test_rows_that_would_point_nowhere_stop_a_migration(url: str, make_engine: MakeEngine) -> None:
    engine = make_engine(url)
    row = f"INSERT INTO xq_registry_district (county_id, id, code, name) VALUES (1, {new_id()}, 'x', 'x')"
    if engine.dialect.name == "postgresql":
        with (
            engine.connect() as connection,
            pytest.raises(Exception, match="fk_xq_registry_district_county_id"),
        ):
            connection.execute(text(row))
        return
    with engine.connect() as connection:
        connection.execute(text("PRAGMA foreign_keys = OFF"))
        connection.execute(text(row))
        connection.commit()
        with pytest.raises(BrokenReferences, match="xq_registry_district"):
            stamp(connection)


def test_a_database_behind_names_the_command(empty_url: str, make_engine: MakeEngine) -> None:
    with make_engine(empty_url).connect() as connection:
        with pytest.raises(SchemaBehind, match="xuequ db upgrade") as caught:
            check(connection)
        assert (caught.value.current, caught.value.head) == ("空", head())
        connection.rollback()
        stamp(connection)
        check(connection)


def test_a_hosts_autogenerate_leaves_our_tables_alone(url: str, make_engine: MakeEngine) -> None:
    engine = make_engine(url)
    host = MetaData()
    Table("host_note", host, Column("id", Integer, primary_key=True))
    host.create_all(engine)

    def proposals(**options: Any) -> list[Any]:
        with engine.connect() as connection:
            found: list[Any] = compare_metadata(MigrationContext.configure(connection, opts=options), host)
            return found

    assert any("xq_" in str(proposal) for proposal in proposals())
    assert proposals(include_object=exclude_xuequ()) == []
    assert proposals(include_object=exclude_xuequ(lambda *_: True)) == []
    Table("host_new", host, Column("id", Integer, primary_key=True))
    assert [step[0] for step in proposals(include_object=exclude_xuequ())] == ["add_table"]
    assert proposals(include_object=exclude_xuequ(lambda *_: False)) == []


def test_our_autogenerate_leaves_a_hosts_tables_alone(url: str, make_engine: MakeEngine) -> None:
    engine = make_engine(url)
    host = MetaData()
    table = Table("host_note", host, Column("id", Integer, primary_key=True))
    host.create_all(engine)
    with engine.connect() as connection:
        connection.execute(table.insert().values(id=7))
        connection.commit()
        downgrade(connection, "base")
        upgrade(connection)
        assert connection.execute(table.select()).scalar() == 7


@pytest.mark.parametrize(
    ("dialect", "word"), [("postgresql", "EXCLUDE USING gist"), ("sqlite", "CREATE TRIGGER ex_")]
)
def test_the_sql_can_be_had_as_text(dialect: str, word: str) -> None:
    written = migrations.sql("head", dialect)
    assert word in written
    assert "CREATE TABLE xq_registry_pupil" in written


def test_revisions_that_lead_nowhere_are_refused_with_errors_of_ours(
    url: str, empty_url: str, make_engine: MakeEngine
) -> None:
    with make_engine(url).connect() as connection:
        for step in (upgrade, downgrade, stamp):
            with pytest.raises(RevisionUnknown, match="nowhere"):
                step(connection, "nowhere")
        connection.execute(text(f"UPDATE {migrations.VERSION_TABLE} SET version_num = '9999'"))
        connection.commit()
        with pytest.raises(SchemaBehind, match="9999"):
            upgrade(connection)
    with make_engine(empty_url).connect() as connection, pytest.raises(NotADowngrade):
        downgrade(connection, head())


def test_an_upgrade_that_cannot_begin_leaves_the_connection_as_it_was(
    empty_url: str, make_engine: MakeEngine
) -> None:
    holder, waiter = make_engine(empty_url), make_engine(empty_url)
    sqlite = holder.dialect.name == "sqlite"
    take = "BEGIN IMMEDIATE" if sqlite else f"SELECT pg_advisory_lock({migrations.LOCK})"
    hurry = "PRAGMA busy_timeout = 50" if sqlite else "SET lock_timeout = '50ms'"
    with holder.connect() as first, waiter.connect() as second:
        first.exec_driver_sql(take)
        second.exec_driver_sql(hurry)
        second.commit()
        with pytest.raises(DatabaseBusy):
            upgrade(second)
        assert not second.in_transaction()
        if sqlite:
            assert second.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            second.rollback()
        first.exec_driver_sql("ROLLBACK" if sqlite else f"SELECT pg_advisory_unlock({migrations.LOCK})")
        first.rollback()
        upgrade(second)
        check(second)
