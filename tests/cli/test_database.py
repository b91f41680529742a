"""``xuequ db`` on both databases."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect

from tests.cli.calls import Call, caller
from xuequ.cli.common import URL
from xuequ.embed import head, migrations

MakeEngine = Callable[[str], Engine]


@pytest.fixture
def xuequ(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    return caller(capsys, monkeypatch)


def test_an_empty_database_is_upgraded_checked_and_taken_down_again(
    xuequ: Call, empty_url: str, make_engine: MakeEngine
) -> None:
    assert xuequ("db", "current", "--url", empty_url).out == f"数据库：空；本程序：{head()}\n"
    assert xuequ("db", "check", "--url", empty_url).refused("core.schema_behind")
    said = xuequ("db", "upgrade", "--url", empty_url)
    assert (said.code, said.out) == (0, f"现在的版本：{head()}\n")
    assert xuequ("db", "upgrade", "--url", empty_url).code == 0
    said = xuequ("db", "check", "--url", empty_url)
    assert (said.code, said.out) == (0, "表结构是最新的。\n")
    said = xuequ("db", "downgrade", "base", "--url", empty_url)
    assert (said.code, said.out) == (0, "现在的版本：空\n")
    assert set(inspect(make_engine(empty_url)).get_table_names()) == {migrations.VERSION_TABLE}


def test_with_json_every_answer_is_one_document(xuequ: Call, empty_url: str) -> None:
    def ask(*words: str) -> object:
        return xuequ("db", *words, "--url", empty_url, "--json").json

    assert ask("current") == {"current": None, "head": head()}
    assert ask("upgrade") == {"current": head(), "head": head()}
    assert ask("current") == {"current": head(), "head": head()}
    assert ask("check") == {"ok": True}
    assert ask("downgrade", "base") == {"current": None, "head": head()}
    assert ask("stamp") == {"current": head(), "head": head()}
    assert ask("stamp", "base") == {"current": None, "head": head()}


def test_a_stamp_writes_the_version_and_no_table(
    xuequ: Call, empty_url: str, make_engine: MakeEngine
) -> None:
    assert xuequ("db", "stamp", "--url", empty_url).out == f"现在的版本：{head()}\n"
    assert set(inspect(make_engine(empty_url)).get_table_names()) == {migrations.VERSION_TABLE}


def test_a_refusal_is_told_in_chinese_in_english_or_as_json(xuequ: Call, empty_url: str) -> None:
    arguments = ("db", "check", "--url", empty_url)
    said = xuequ(*arguments)
    assert said.refused("core.schema_behind")
    assert f"数据库表结构版本为 空，本程序需要 {head()}。" in said.err
    said = xuequ("--lang", "en", *arguments)
    assert said.refused("core.schema_behind")
    assert f"this library needs {head()}" in said.err
    said = xuequ(*arguments, "--json")
    assert said.code == 1
    assert set(said.json["error"]) == {"code", "message", "remedy"}
    assert said.json["error"]["code"] == "core.schema_behind"
    assert "xuequ db upgrade" in said.json["error"]["remedy"]
    assert "needs" in xuequ("--lang", "en", *arguments, "--json").json["error"]["message"]


def test_the_environment_names_database_and_language(
    xuequ: Call, empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(URL, empty_url)
    monkeypatch.setenv("XUEQU_LANG", "en")
    assert "this library needs" in xuequ("db", "check").err
    monkeypatch.setenv("XUEQU_LANG", "fr")
    assert "本程序需要" in xuequ("db", "check").err
    assert xuequ("db", "check", "--url", "").misused(URL)


@pytest.mark.parametrize(
    "words", [("upgrade", "nowhere"), ("downgrade", "nowhere"), ("stamp", "nowhere"), ("upgrade", "+1")]
)
def test_a_revision_that_does_not_exist_is_bad_usage(xuequ: Call, url: str, words: tuple[str, str]) -> None:
    assert xuequ("db", *words, "--url", url).misused(words[1])
    assert xuequ("db", "check", "--url", url).code == 0


def test_a_downgrade_goes_to_an_older_revision(xuequ: Call, url: str, empty_url: str) -> None:
    assert xuequ("db", "downgrade", "head", "--url", url).out == f"现在的版本：{head()}\n"
    for revision in ("head", head()):
        assert xuequ("db", "downgrade", revision, "--url", empty_url).misused("不能降到更新的")
    assert xuequ("db", "downgrade", "base", "--url", empty_url).out == "现在的版本：空\n"


def test_a_database_of_a_newer_library_is_refused(xuequ: Call, url: str, make_engine: MakeEngine) -> None:
    with make_engine(url).begin() as connection:
        connection.exec_driver_sql(f"UPDATE {migrations.VERSION_TABLE} SET version_num = '9999'")
    for words in (["upgrade"], ["downgrade", "base"], ["check"]):
        said = xuequ("db", *words, "--url", url)
        assert said.refused("core.schema_behind")
        assert "版本为 9999" in said.err
    assert xuequ("db", "current", "--url", url).out == f"数据库：9999；本程序：{head()}\n"


def test_a_command_that_needs_tables_says_that_they_are_missing(xuequ: Call, empty_url: str) -> None:
    assert xuequ("seal", "530921", "--url", empty_url).refused("core.schema_behind")


# without a database


def test_the_history_is_listed_from_the_oldest(xuequ: Call) -> None:
    lines = xuequ("db", "history").out.splitlines()
    assert [line.split("  ")[0] for line in lines] == [revision for revision, _ in migrations.history()]
    listed = xuequ("db", "history", "--json").json["revisions"]
    assert [(entry["revision"], entry["what"]) for entry in listed] == migrations.history()


@pytest.mark.parametrize("dialect", ["postgresql", "sqlite"])
def test_the_sql_of_an_upgrade_is_printed_for_either_database(xuequ: Call, dialect: str) -> None:
    said = xuequ("db", "sql", "--dialect", dialect)
    assert said.code == 0
    assert "CREATE TABLE xq_registry_pupil" in said.out
    assert ("EXCLUDE USING gist" in said.out) is (dialect == "postgresql")
    assert f"version_num='{head()}'" in said.out
    assert xuequ("db", "sql", "--dialect", dialect, "--json").json == {"sql": said.out.removesuffix("\n")}


def test_the_sql_is_for_postgresql_unless_another_is_asked_for(xuequ: Call) -> None:
    assert xuequ("db", "sql", "head").out == xuequ("db", "sql", "--dialect", "postgresql").out
    assert "CREATE TABLE" not in xuequ("db", "sql", f"{head()}:head").out
    assert xuequ("db", "sql", "head:base").misused("不能降到更新的 head")
    assert xuequ("db", "sql", "base:0001:head").misused("没有版本 0001:head")
    for revision in ("nowhere", "0001:nowhere", "-1"):
        assert xuequ("db", "sql", "--", revision).misused(revision.removeprefix("0001:"))
    assert xuequ("db", "sql", "--dialect", "oracle").misused("--dialect")


# what is no database


@pytest.mark.parametrize(
    "words", [["db", "current"], ["db", "upgrade"], ["seal", "530921"], ["verify", "530921"]]
)
def test_without_a_database_it_is_bad_usage(xuequ: Call, words: list[str]) -> None:
    assert xuequ(*words).misused("请用 --url 或环境变量 XUEQU_DATABASE_URL")


@pytest.mark.parametrize(
    "url",
    ["nonsense", "://", "sqlite", "nosuch://x", "postgresql://host:secret@:port/x", "mysql+pymysql://x"],
)
def test_an_address_that_cannot_be_read_is_bad_usage_and_is_not_repeated(xuequ: Call, url: str) -> None:
    said = xuequ("db", "current", "--url", url)
    assert said.misused("数据库地址")
    assert "secret" not in said.err


def test_a_driver_that_is_not_installed_is_named_with_its_extra(
    xuequ: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    said = xuequ("db", "current", "--url", "postgresql+psycopg://localhost/x")
    assert said.refused("core.extra_missing")
    assert "pip install 'xuequ[postgresql]'" in said.err


def test_a_database_that_cannot_be_opened_is_refused_and_no_traceback(xuequ: Call, tmp_path: Path) -> None:
    (tmp_path / "text.sqlite").write_text("no database " * 99)
    for url in (
        f"sqlite:///{tmp_path}/nowhere/a.sqlite",
        f"sqlite:///{tmp_path}/text.sqlite",
        "postgresql+psycopg://127.0.0.1:1/x?connect_timeout=2",
    ):
        assert xuequ("db", "current", "--url", url).refused("core.storage_failed")
        assert xuequ("db", "current", "--json", "--url", url).json["error"]["code"] == "core.storage_failed"
