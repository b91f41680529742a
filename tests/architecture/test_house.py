"""The house's own rules, walked by machine: rooms, keys, errors, sizes, queries."""

from __future__ import annotations

import ast
import pkgutil
import re
import string
import sys
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import Column, Double, Float, ForeignKeyConstraint, Numeric, Table, UniqueConstraint
from sqlalchemy.orm import configure_mappers

import xuequ
from xuequ.core.codes import CodeEnum
from xuequ.core.errors import (
    Busy,
    Conflict,
    Invalid,
    NotFound,
    NotPermitted,
    RuleBroken,
    XuequError,
    catalogue,
    concrete_errors,
)
from xuequ.core.facts import Fact
from xuequ.embed import metadata, migrations
from xuequ.flows import FLOWS, cycle

PACKAGE = Path(xuequ.__file__).parent
for module in pkgutil.walk_packages(xuequ.__path__, "xuequ."):
    if not module.name.endswith("__main__"):
        import_module(module.name)
ROOMS = {
    *("__init__", "facts", "errors", "states", "rules", "models", "schemas", "actions"),
    *("repository", "service", "documents", "templates", "checks"),
}
PARTS = [PACKAGE / "registry", *sorted(p for p in (PACKAGE / "unified").glob("[a-z]*") if p.is_dir())]
"""The folders that are parts; the eight and the others join when they are built."""

KINDS = (NotFound, Conflict, NotPermitted, Invalid, RuleBroken, Busy)
LAZY_IMPORTS = {"embed/migrations.py": {"alembic", "alembic.config", "alembic.script"}}
"""The imports inside functions that ADR 0001 allows."""


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def tables() -> list[Table]:
    return list(metadata().tables.values())


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


# rooms


@pytest.mark.parametrize("part", PARTS, ids=lambda path: path.name)
def test_a_part_has_no_room_by_another_name(part: Path) -> None:
    rooms = {path.stem for path in part.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert rooms <= ROOMS
    assert {"__init__", "facts", "errors", "actions", "service"} <= rooms


@pytest.mark.parametrize("part", PARTS, ids=lambda path: path.name)
def test_a_part_quotes_the_sentence_that_it_implements(part: Path) -> None:
    words = ast.get_docstring(ast.parse((part / "__init__.py").read_text("utf-8"))) or ""
    assert re.search("“.+”", words, re.S)


def test_core_is_empty_at_its_door() -> None:
    body = ast.parse((PACKAGE / "core" / "__init__.py").read_text("utf-8")).body
    assert all(isinstance(node, ast.Expr) for node in body)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", sources(), ids=name_of)
def test_files_and_functions_keep_their_size(path: Path) -> None:
    source = path.read_text("utf-8")
    assert source.count("\n") <= 500
    for function in functions(ast.parse(source)):
        assert (function.end_lineno or 0) - function.lineno + 1 <= 60, function.name


@pytest.mark.parametrize("path", sources(), ids=name_of)
def test_imports_stand_at_the_top_but_for_the_ones_that_an_adr_names(path: Path) -> None:
    hidden: set[str] = set()
    for function in functions(ast.parse(path.read_text("utf-8"))):
        for node in ast.walk(function):
            if isinstance(node, ast.ImportFrom):
                hidden.add(node.module or "")
            elif isinstance(node, ast.Import):
                hidden |= {alias.name for alias in node.names}
    assert hidden <= LAZY_IMPORTS.get(name_of(path), set())


QUERYING = re.compile(
    r"\b(select|insert|update|delete)\(|\.query\(|(?<!\.)\btext\(|\b(sa|sqlalchemy)\.text\("
)
"""A query in the making; `standards.text(…)` asks for a rule parameter and is none."""


@pytest.mark.parametrize("part", PARTS, ids=lambda path: path.name)
def test_queries_stand_in_the_repository_only(part: Path) -> None:
    for path in part.rglob("*.py"):
        if "repository" not in name_of(path):
            assert not QUERYING.search(path.read_text("utf-8")), name_of(path)


# tables


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_a_table_is_a_tenants_or_a_reference(table: Table) -> None:
    assert table.info["xuequ"] in ("tenant", "reference")
    assert table.name.startswith("xq_")
    if table.info["xuequ"] == "tenant":
        key = [column.name for column in table.primary_key]
        assert key[0] == "county_id"
        assert len(key) == 2 or table.name == "xq_core_chain"
        for constraint in table.constraints:
            if isinstance(constraint, UniqueConstraint):
                assert next(iter(constraint.columns)).name == "county_id"
        for index in table.indexes:
            assert index.columns[0].name == "county_id"


def part_of(name: str) -> str:
    return "_".join(name.split("_")[:2])


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_a_foreign_key_stays_in_its_county_and_its_part(table: Table) -> None:
    for key in table.constraints:
        if not isinstance(key, ForeignKeyConstraint):
            continue
        target = key.referred_table
        assert part_of(target.name) in (part_of(table.name), "xq_registry")
        assert key.column_keys[0] == "county_id"
        assert key.ondelete is None and key.onupdate is None
        if target.info["xuequ"] == "tenant":
            assert [element.column.name for element in key.elements] == ["county_id", "id"]
            assert table.info["xuequ"] == "tenant"


def test_no_column_is_a_float_and_none_counts_by_itself() -> None:
    for table in tables():
        for column in table.columns:
            assert not isinstance(column.type, Float | Double | Numeric), f"{table.name}.{column.name}"
            assert column.autoincrement is not True
            assert not _has_sequence(column)


def _has_sequence(column: Column[object]) -> bool:
    return column.identity is not None or (column.default is not None and column.default.is_sequence)


def test_every_constraint_has_a_name_that_postgresql_can_hold() -> None:
    for table in tables():
        for constraint in table.constraints:
            assert constraint.name and len(str(constraint.name)) <= 63, (table.name, constraint)
        for index in table.indexes:
            assert index.name and len(index.name) <= 63


def test_the_mappers_agree_with_each_other() -> None:
    configure_mappers()


def test_every_module_with_tables_is_known_to_the_migrations() -> None:
    found = {
        "xuequ." + name_of(path).removesuffix(".py").replace("/", ".")
        for path in sources()
        if re.search(r"^\s+__tablename__ = ", path.read_text("utf-8"), re.M)
    }
    assert found == set(migrations.MODELS)


# errors, facts, codes


def all_errors() -> list[type[XuequError]]:
    return sorted(set(concrete_errors()), key=lambda kind: kind.code)


@pytest.mark.parametrize("kind", all_errors(), ids=lambda kind: kind.code)
def test_every_error_says_in_both_languages_what_is_wrong_and_what_to_do(kind: type[XuequError]) -> None:
    texts = catalogue()[kind.code]
    assert set(texts) == {"zh", "zh_remedy", "en", "en_remedy"}
    known = {field.name for field in fields(kind)} | {"count"}  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    for text in texts.values():
        assert text.strip()
        assert {name for _, name, _, _ in string.Formatter().parse(text) if name} <= known
    assert re.search("[\u4e00-\u9fff]", texts["zh"]) and re.search("[\u4e00-\u9fff]", texts["zh_remedy"])
    assert issubclass(kind, KINDS)
    assert kind.__doc__


def test_error_codes_are_unique_and_the_catalogue_holds_no_other() -> None:
    codes = [kind.code for kind in all_errors()]
    assert len(codes) == len(set(codes))
    assert set(catalogue()) == set(codes)


def test_facts_have_a_name_of_their_part_and_no_flow_brings_itself_about() -> None:
    every = [kind for kind in all_facts() if kind.__module__.startswith("xuequ.")]
    kinds = [kind for kind in every if getattr(sys.modules[kind.__module__], kind.__name__) is kind]
    names = [kind.name for kind in kinds]
    assert names and len(names) == len(set(names))
    for kind in kinds:
        assert kind.name.split(".")[0] in kind.__module__.split("."), kind
    assert cycle(FLOWS) is None


def all_facts(kind: type[Fact] = Fact) -> list[type[Fact]]:
    return [found for sub in kind.__subclasses__() for found in (sub, *all_facts(sub))]


def all_lists(kind: type[CodeEnum] = CodeEnum) -> list[type[CodeEnum]]:
    return [found for sub in kind.__subclasses__() for found in (sub, *all_lists(sub))]


@pytest.mark.parametrize(
    "codes", [c for c in all_lists() if c.__module__.startswith("xuequ.")], ids=lambda c: c.__name__
)
def test_every_code_list_says_where_it_is_from_and_reads_what_it_writes(codes: type[CodeEnum]) -> None:
    about = codes.about()
    assert about.title and about.standard and about.checked in ("text", "secondary", "memory")
    for member in codes:
        for way in (member.code, member.label, *member.aliases):
            assert codes.parse(way) is member


# what the repository says of itself


def test_the_package_speaks_of_no_machine() -> None:
    forbidden = re.compile(r"(^|[\s\"'`(=])/(work|home|root|farm)/")
    for path in sources():
        assert not forbidden.search(path.read_text("utf-8")), name_of(path)
