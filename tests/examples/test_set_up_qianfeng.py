"""The example ``examples/set_up_qianfeng.py``, run as its readers run it."""

from __future__ import annotations

import importlib.util
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl
import pytest

from xuequ.exchange import read_workbook
from xuequ.registry.templates import SET_UP

EXAMPLES = Path(__file__).parents[2] / "examples"
DATABASE = "qianfeng.sqlite"
PAGE, BOOK = "district_at_a_glance.html", "district_at_a_glance.xlsx"


def set_up(folder: Path) -> str:
    """Run the example in a folder, warnings being errors; return what it prints."""
    command = [sys.executable, "-X", "utf8", "-W", "error", str(EXAMPLES / "set_up_qianfeng.py")]
    done = subprocess.run([*command, "--out", str(folder)], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def contents(database: Path) -> list[str]:
    """Return everything in a SQLite database as SQL."""
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.iterdump())


def load_invent() -> ModuleType:
    """Load the script that invents the persons."""
    place = EXAMPLES / "data" / "qianfeng" / "invent.py"
    spec = importlib.util.spec_from_file_location("invent", place)
    assert spec is not None and spec.loader is not None
    invent = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(invent)
    return invent


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder in which the example has run once, and what it printed."""
    folder = tmp_path_factory.mktemp("qianfeng") / "out"
    return folder, set_up(folder)


def test_it_leaves_a_database_a_page_and_a_workbook(first_run: tuple[Path, str]) -> None:
    folder, printed = first_run
    assert {DATABASE, PAGE, BOOK} <= {file.name for file in folder.iterdir()}
    assert PAGE in printed and BOOK in printed


def test_it_counts_what_the_report_published(first_run: tuple[Path, str]) -> None:
    _, printed = first_run
    assert "8 所学校，47 个教学班，603 名学生（学前 155），66 名教师" in printed
    assert "5 + 37 + 24 = 66 —— 相符" in printed


def test_it_names_the_denominator_that_the_published_averages_need(first_run: tuple[Path, str]) -> None:
    _, printed = first_run
    for average in ("生均占地面积32.4平方米", "生均图书33.3册"):
        line = next(line for line in printed.splitlines() if average in line)
        assert "需分母 586–587" in line and "不符" in line


def test_the_page_refers_to_nothing_outside_itself(first_run: tuple[Path, str]) -> None:
    folder, _ = first_run
    page = (folder / PAGE).read_text("utf-8")
    assert "凤山镇前锋学区" in page and "公布数据与登记数据对账" in page
    assert not any(outside in page for outside in ("src=", "href=", "@import", "url("))


def test_the_workbook_has_one_sheet_a_table(first_run: tuple[Path, str]) -> None:
    folder, _ = first_run
    book: Any = openpyxl.load_workbook(folder / BOOK)
    assert book.sheetnames == [
        *("各校基本情况", "校舍、图书和设备", "公布数据与登记数据对账", "合计与分项", "图表"),
    ]
    book.close()


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    set_up(tmp_path)
    before = contents(tmp_path / DATABASE)
    printed = set_up(tmp_path)
    assert "新增" not in printed and "变更" not in printed
    assert contents(tmp_path / DATABASE) == before


def test_the_committed_workbook_holds_the_invented_rows() -> None:
    book = read_workbook(EXAMPLES / "data" / "qianfeng" / "qianfeng.xlsx", SET_UP)
    assert book.problems == ()
    read = {name: [row.command for row in rows] for name, rows in book.rows.items()}
    assert read == load_invent().invent()


def test_the_invented_rows_are_the_same_each_time() -> None:
    invent = load_invent()
    assert invent.invent() == invent.invent()
