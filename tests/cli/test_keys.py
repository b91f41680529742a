"""``xuequ keys``: a file is made, keys are changed, and what is done is said."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.cli.calls import Call, caller
from tests.core.test_vault import NOTE, SECRET
from xuequ.core.keys import read_keys
from xuequ.core.vault import Clear, Closed, Vault
from xuequ.testing import make_county


@pytest.fixture
def xuequ(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    return caller(capsys, monkeypatch)


def test_a_file_is_made_for_its_owner_alone_and_a_second_key_becomes_the_current_one(
    xuequ: Call, tmp_path: Path
) -> None:
    file = tmp_path / "keys.toml"
    assert "丢失密钥即丢失数据" in xuequ("keys", "new", file, "2026").out
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    first = read_keys(file)
    assert xuequ("keys", "new", file, '2027 "新"', "--json").json == {
        "file": str(file),
        "current": '2027 "新"',
    }
    both = read_keys(file)
    assert both.current == both.current_index == '2027 "新"'
    assert both.wrapping["2026"] == first.wrapping["2026"] and both.index["2026"] == first.index["2026"]
    assert len({*both.wrapping.values(), *both.index.values()}) == 4
    assert xuequ("keys", "new", file, "2026").refused("core.key_unusable")
    assert read_keys(file) == both
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_cannot_be_written_is_refused(xuequ: Call, tmp_path: Path) -> None:
    assert xuequ("keys", "new", tmp_path / "none" / "keys.toml", "2026").refused("core.key_file_unusable")
    assert xuequ("keys", "new", tmp_path / "keys.toml", "x" * 41).refused("core.key_unusable")
    assert not (tmp_path / "keys.toml").exists()


def test_a_county_is_moved_to_the_current_key(xuequ: Call, url: str, engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    xuequ("keys", "new", file, "2026")
    with Session(engine) as session:
        county_id = make_county(session).context.scope.county_id
        session.commit()
    options = ("530921", "--keys", file, "--url", url)
    assert xuequ("keys", "usage", *options).out == "还没有任何加密的数据。\n"
    with Session(engine) as session:
        values = [Clear(n, n, f"{SECRET}{n}") for n in range(1, 4)]
        sealed = Vault(session, county_id, read_keys(file)).seal_many(NOTE, values)
        session.commit()
    assert xuequ("keys", "usage", *options, "--json").json == {"wrapping": {"2026": 3}, "index": {}}
    xuequ("keys", "new", file, "2027")
    assert xuequ("keys", "rotate", *options).out == "更换 3 处。\n密钥 2027：3 人\n"
    assert xuequ("keys", "rotate", *options, "--json").json["changed"] == 0
    closed = [Closed(v.row_id, v.person_id, s.ciphertext) for v, s in zip(values, sealed, strict=True)]
    with Session(engine) as session:
        opened = Vault(session, county_id, read_keys(file)).open_many(NOTE, closed)
    assert opened == [value.text for value in values]


def test_a_missing_file_or_county_is_said(xuequ: Call, url: str, tmp_path: Path) -> None:
    nowhere = ("--keys", tmp_path / "none.toml", "--url", url)
    assert xuequ("keys", "usage", "530921", *nowhere).refused("core.key_file_unusable")
    xuequ("keys", "new", tmp_path / "keys.toml", "2026")
    there = ("--keys", tmp_path / "keys.toml", "--url", url)
    assert xuequ("keys", "rotate", "530921", *there).refused("registry.county_unknown")
    assert xuequ("keys", "rotate", "530921", "--url", url).misused("--keys")
