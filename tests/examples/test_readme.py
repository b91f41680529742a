"""What the READMEs and the documentation show is run: every Python block and every ``xuequ`` command.

The blocks of one page run in order in one folder. A block whose first line is a comment like
``# office.py`` is saved under that name, so that later blocks can import it; one that defines tests is
run by pytest; one below ``<!-- not run: why -->`` is left alone.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
DOCS = tuple(sorted(page for page in (ROOT / "docs").rglob("*.md") if "_build" not in page.parts))
PAGES = (*READMES, *DOCS)
FROM_NOTHING = (*READMES, ROOT / "docs" / "tutorial.md")
"""Pages whose commands begin with an empty database; the others presuppose the example district."""

WORKBOOK = Path("examples/data/qianfeng/qianfeng.xlsx")
URL = "sqlite:///xuequ.sqlite"

BLOCK = re.compile(r"^(<!-- not run: .+ -->\n)?```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
NAMED = re.compile(r"# (\w+\.py)\n")
ABSOLUTE = re.compile(r"(?<![\w.])/(?:home|root|tmp|work|Users|mnt)\b")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


def blocks(page: Path, *languages: str) -> Iterator[str]:
    """Yield the blocks of a page in these languages, but for those that say why they are not run."""
    for not_run, language, code in BLOCK.findall(page.read_text("utf-8")):
        if language in languages and not not_run:
            yield code


def commands(page: Path) -> list[str]:
    """Return the ``xuequ`` commands of a page, in order."""
    lines = (
        line.removeprefix("$ ") for code in blocks(page, "bash", "console") for line in code.splitlines()
    )
    return [line for line in lines if line.startswith("xuequ ")]


def named(pages: Sequence[Path]) -> list[object]:
    """Return pages as test parameters that are called by their path."""
    return [pytest.param(page, id=page.relative_to(ROOT).as_posix()) for page in pages]


def run(command: Sequence[str], folder: Path, **more: str) -> None:
    """Run a command in a folder, warnings being errors; it must end with exit code 0."""
    programs = Path(sys.executable).parent
    ours = {key: value for key, value in os.environ.items() if not key.startswith("XUEQU_")}
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    environment = {**ours, "PATH": path, "PYTHONUTF8": "1", "PYTHONWARNINGS": "error", **more}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder that has the example's workbook where a checkout has it."""
    (tmp_path / WORKBOOK).parent.mkdir(parents=True)
    shutil.copyfile(ROOT / WORKBOOK, tmp_path / WORKBOOK)
    return tmp_path


@pytest.mark.parametrize("page", named([page for page in PAGES if any(blocks(page, "python"))]))
def test_every_python_block_of_a_page_runs(page: Path, checkout: Path) -> None:
    for number, code in enumerate(blocks(page, "python"), 1):
        name = found.group(1) if (found := NAMED.match(code)) else f"block_{number}.py"
        (checkout / name).write_text(code, "utf-8")
        by_pytest = ["-m", "pytest", "-q", "-p", "no:cacheprovider"] if "def test_" in code else []
        run([sys.executable, *by_pytest, name], checkout)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the example district was set up; pages get a copy of it."""
    folder = tmp_path_factory.mktemp("demo")
    run(["xuequ", "demo", "--out", "out", "--url", URL], folder)
    return folder


@pytest.mark.parametrize("page", named([page for page in PAGES if commands(page)]))
def test_every_command_of_a_page_runs(page: Path, checkout: Path, request: pytest.FixtureRequest) -> None:
    if page not in FROM_NOTHING:
        shutil.copytree(request.getfixturevalue("demo"), checkout, dirs_exist_ok=True)
    for command in commands(page):
        run(["bash", "-euc", command], checkout, XUEQU_DATABASE_URL=URL)


@pytest.mark.parametrize("readme", named(READMES))
def test_a_readme_embeds_the_library_and_shows_its_commands(readme: Path) -> None:
    assert any("session.commit()" in code for code in blocks(readme, "python"))
    assert {"db", "found", "import", "report", "seal", "verify"} <= {
        line.split()[1] for line in commands(readme)
    }


@pytest.mark.parametrize("page", named([*PAGES, ROOT / "CHANGELOG.md"]))
def test_no_page_names_a_path_of_some_machine(page: Path) -> None:
    assert ABSOLUTE.findall(page.read_text("utf-8")) == []


@pytest.mark.parametrize("page", named([*PAGES, ROOT / "CHANGELOG.md"]))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets: list[str] = LINK.findall(page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []
