"""What importing costs: packages load their names when they are first used (PEP 562)."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAZY = ("xuequ", "xuequ.registry", "xuequ.exchange", "xuequ.reports", "xuequ.embed", "xuequ.testing")

SCRIPT = """
import sys
before = set(sys.modules)
import {package}
loaded = sorted(set(sys.modules) - before)
import json
print(json.dumps(loaded))
"""


def loaded_by(package: str) -> set[str]:
    """Return the modules that importing a package loads in a fresh interpreter."""
    command = [sys.executable, "-c", SCRIPT.format(package=package)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    return set(json.loads(done.stdout))


def third_party(modules: set[str]) -> set[str]:
    tops = {module.partition(".")[0] for module in modules}
    return tops - sys.stdlib_module_names - {"xuequ"}


def test_importing_the_library_loads_three_modules_of_its_own() -> None:
    ours = {module for module in loaded_by("xuequ") if module.partition(".")[0] == "xuequ"}
    assert ours == {"xuequ", "xuequ.core", "xuequ.core.lazy"}


@pytest.mark.parametrize("package", LAZY)
def test_importing_a_package_loads_no_third_party_module(package: str) -> None:
    assert third_party(loaded_by(package)) == set()


@pytest.mark.parametrize("package", LAZY)
def test_every_public_name_resolves_and_is_listed(package: str) -> None:
    module = import_module(package)
    names: list[str] = module.__all__
    assert names
    assert [name for name in names if not hasattr(module, name)] == []
    assert set(names) <= set(dir(module))


@pytest.mark.parametrize("package", LAZY)
def test_an_unknown_name_is_an_attribute_error_that_names_the_package(package: str) -> None:
    with pytest.raises(AttributeError, match=f"'{package}' has no attribute 'no_such_name'"):
        _ = import_module(package).no_such_name
