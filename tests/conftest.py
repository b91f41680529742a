"""Fixtures: each test that asks for a database runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.support import DIALECTS, Databases, Sqlite, engine_for, postgres
from xuequ.testing import rollback_session

settings.register_profile(
    "xuequ",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("xuequ")


@pytest.fixture(scope="session", params=DIALECTS)
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Databases]:
    """A source of databases, migrated once; one of SQLite and one of PostgreSQL."""
    if request.param == "sqlite":
        yield Sqlite(tmp_path_factory.mktemp("sqlite"))
        return
    # not below pytest's folder: every pytest that begins, also one that a test runs, shuts that folder to
    # other users, and as root the server runs as one
    with (
        tempfile.TemporaryDirectory(prefix="xuequ-pg-", ignore_cleanup_errors=True) as folder,
        postgres(Path(folder) / "data") as server,
    ):
        yield server


@pytest.fixture(scope="session")
def shared_engine(databases: Databases) -> Generator[Engine]:
    """An engine on a database that tests leave as they found it."""
    engine = engine_for(databases.url())
    yield engine
    engine.dispose()


@pytest.fixture
def session(shared_engine: Engine) -> Generator[Session]:
    """A Session that is rolled back, whatever the test commits."""
    with rollback_session(shared_engine) as opened:
        yield opened


@pytest.fixture
def url(databases: Databases) -> Generator[str]:
    """A migrated database of the test's own, for tests that must really commit."""
    made = databases.url()
    yield made
    databases.drop(made)


@pytest.fixture
def empty_url(databases: Databases) -> Generator[str]:
    """A database of the test's own without our tables."""
    made = databases.empty_url()
    yield made
    databases.drop(made)


@pytest.fixture
def make_engine() -> Generator[Callable[[str], Engine]]:
    """Makes configured engines that are disposed of at the end."""
    made: list[Engine] = []

    def make(url: str) -> Engine:
        made.append(engine_for(url))
        return made[-1]

    yield make
    for engine in made:
        engine.dispose()


@pytest.fixture
def engine(url: str, make_engine: Callable[[str], Engine]) -> Engine:
    """An engine on a database of the test's own."""
    return make_engine(url)
