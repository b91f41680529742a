"""``xuequ verify`` with its data checks, and ``xuequ feed``."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from tests.cli.calls import PLACE, Call, caller
from xuequ.core.source import Source
from xuequ.core.storage import FolderStorage
from xuequ.registry.schemas.attachments import Attaching
from xuequ.testing import make_district
from xuequ.testing.factories import SETTINGS

FILES = "registry.attachments_are_whole"
ROLES = "registry.persons_have_a_role"


@pytest.fixture
def xuequ(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    return caller(capsys, monkeypatch)


@pytest.fixture
def made(url: str, make_engine: Callable[[str], Engine], tmp_path: Path) -> Engine:
    """A district with one attachment, really written."""
    engine = make_engine(url)
    with Session(engine) as session:
        door = make_district(session, PLACE, settings=replace(SETTINGS, storage=FolderStorage(tmp_path)))
        command = Attaching(source=Source("test.record", 1), name="a.txt", school="s1")
        door.registry.attachments.attach(command, io.BytesIO(b"a"))
        session.commit()
    return engine


def test_verify_runs_every_data_check_and_says_which_it_could_not(
    xuequ: Call, url: str, made: Engine, tmp_path: Path
) -> None:
    said = xuequ("verify", "530921", "--url", url)
    assert said.code == 0
    assert "未做 1 项（须给出 --storage）" in said.out.splitlines()[0]
    said = xuequ("verify", "530921", "--url", url, "--storage", tmp_path, "--json")
    assert (said.code, said.json["findings"], said.json["skipped"]) == (0, [], [])


def test_what_a_check_finds_is_said_with_its_remedy_and_the_exit_code(
    xuequ: Call, url: str, made: Engine, tmp_path: Path
) -> None:
    next(path for path in tmp_path.rglob("*") if path.is_file()).unlink()
    with made.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO xq_registry_person (county_id, id, name, sex, initials) "
                "SELECT county_id, 7, '某', sex, initials FROM xq_registry_person LIMIT 1"
            )
        )
    said = xuequ("verify", "530921", "--url", url, "--storage", tmp_path)
    assert said.code == 1
    assert said.out.splitlines()[-1] == "发现 2 处异常！"
    assert f"没有任何身份。多为重复登记合并不全或导入中断所留；请核对后合并。[{ROLES}]" in said.out
    said = xuequ("verify", "530921", "--url", url, "--only", ROLES, "--json")
    assert said.code == 1
    (found,) = said.json["findings"]
    assert (found["check"], found["table"], found["id"]) == (ROLES, "xq_registry_person", "7")
    assert "head" not in said.json
    said = xuequ("verify", "530921", "--url", url, "--only", FILES)
    assert (said.code, said.out.splitlines()[-1]) == (0, "数据检查未发现问题。")


def test_a_check_that_is_not_declared_and_a_folder_that_is_not_there(
    xuequ: Call, url: str, made: Engine
) -> None:
    assert xuequ("verify", "530921", "--url", url, "--only", "x.none").refused("core.check_unknown")
    assert xuequ("verify", "530921", "--url", url, "--storage", "/nowhere").misused("--storage")


def test_the_feed_is_sealed_and_read_by_a_cursor(xuequ: Call, url: str, made: Engine) -> None:
    whole = [json.loads(line) for line in xuequ("feed", "530921", "--url", url, "--json").out.splitlines()]
    assert [change["seq"] for change in whole] == list(range(1, len(whole) + 1))
    page = xuequ("feed", "530921", "--url", url, "--after", 2, "--limit", 2).out.splitlines()
    assert [json.loads(line)["seq"] for line in page[:2]] == [3, 4]
    assert page[2:] == ["下次从 --after 4 读起"]
    named = xuequ("feed", "530921", "--url", url, "--name", "registry.file_attached", "--json").out
    assert [json.loads(line)["name"] for line in named.splitlines()] == ["registry.file_attached"]
    end = xuequ("feed", "530921", "--url", url, "--after", len(whole)).out
    assert end == f"下次从 --after {len(whole)} 读起\n"
    assert xuequ("feed", "530921", "--url", url, "--after", "-1").misused("--after")
    assert xuequ("feed", "999999", "--url", url).refused("registry.county_unknown")
