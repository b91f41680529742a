"""The wheel, installed somewhere else: migrations and example come with it."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, text=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_migrations_example_types_and_licence(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "xuequ/_migrations/env.py",
        "xuequ/_migrations/versions/2026_11_24_0001_ground_floor.py",
        "xuequ/_examples/set_up_qianfeng.py",
        "xuequ/_examples/data/qianfeng/qianfeng.xlsx",
        "xuequ/core/errors.toml",
        "xuequ/reports/pages/table.html.j2",
        "xuequ/reports/pages/sheet.css",
        "xuequ/py.typed",
    ):
        assert wanted in names
    assert not [name for name in names if name.startswith(("tests/", "migrations/", "examples/"))]
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_demo_runs_from_the_wheel_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=False)
    site = next((tmp_path / "venv").glob("lib/python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(site)
    libraries = next(path for path in sys.path if path.endswith("site-packages"))
    python = tmp_path / "venv" / "bin" / "python"
    code = f"import sys; sys.path.append({libraries!r}); import xuequ; from xuequ.cli import main; " + (
        "assert 'venv' in xuequ.__file__, xuequ.__file__; sys.exit(main(['demo', '--out', 'here']))"
    )
    done = subprocess.run(
        [str(python), "-W", "error", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "603 名学生" in done.stdout
    assert {path.name for path in (tmp_path / "here").iterdir()} >= {
        "district_at_a_glance.html",
        "district_at_a_glance.xlsx",
        "qianfeng.sqlite",
    }
