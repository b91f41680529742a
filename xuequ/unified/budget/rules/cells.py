"""What a budget line may be for: its codes, and what its project's money may be used for."""

from __future__ import annotations

from datetime import date
from typing import cast

from xuequ.core.errors import Problem
from xuequ.core.standards import Standards
from xuequ.unified.budget.errors.ledger import CodeUnknown, UseForbidden
from xuequ.unified.budget.states.ledger import Purse

ECONOMIC = tuple(
    f"budget.economic.{group}"
    for group in ("wages", "goods", "more_goods", "grants", "capital", "more_capital")
)
FUNCTION = ("budget.function.education",)


def _labels(keys: tuple[str, ...], standards: Standards, on: date) -> dict[str, str]:
    return {
        str(row["code"]): str(row["name"])
        for key in keys
        if standards.find(key, on=on) is not None
        for row in standards.rows(key, on=on)
    }


def economic_codes(standards: Standards, year: int) -> dict[str, str]:
    """Return the economic classification 支出经济分类 of a fiscal year: code → name, class and section.

    Source: 《支出经济分类科目》 and 预算法 §32 (按其经济性质分类编列到款).
    """
    return _labels(ECONOMIC, standards, date(year, 1, 1))


def function_codes(standards: Standards, year: int) -> dict[str, str]:
    """Return the functional classification 支出功能分类 of a fiscal year: code → name, down to the item.

    Source: 《政府收支分类科目》 and 预算法 §32 (按其功能分类应当编列到项).
    """
    return _labels(FUNCTION, standards, date(year, 1, 1))


def forbidden_use(purse: Purse, economic: str, standards: Standards, year: int) -> tuple[str, str] | None:
    """Return the use that a purse's money may not have by an economic code, and by which rule; else nothing.

    公用经费 pays no personnel, no capital construction and no debt; which codes these are is
    ``budget.operating.forbidden_codes``. Training and activities are parts of 公用经费.

    Source: 财教〔2006〕5号 §3; 《中小学校财务制度》 §27.
    """
    if purse not in (Purse.OPERATING, Purse.TRAINING, Purse.ACTIVITIES):
        return None
    day = date(year, 1, 1)
    rule = standards.entry("budget.operating.forbidden_uses", on=day)
    for row in standards.rows("budget.operating.forbidden_codes", on=day):
        if row["use"] in cast("tuple[str, ...]", rule.value) and economic.startswith(str(row["code"])):
            return str(row["label"]), f"{rule.authority}{rule.article}"
    return None


def cell_problems(
    function: str, economic: str, *, project: str, purse: Purse, standards: Standards, year: int
) -> list[Problem]:
    """Return what stands against a cell: codes that are not in the classifications, forbidden uses.

    Source: 预算法 §32; 财教〔2006〕5号 §3.
    """
    functions, economics = function_codes(standards, year), economic_codes(standards, year)
    problems: list[Problem] = []
    if function not in functions:
        problems.append(Problem(CodeUnknown(classification="支出功能分类", given=function, year=year)))
    if economic not in economics:
        problems.append(Problem(CodeUnknown(classification="支出经济分类", given=economic, year=year)))
        return problems
    forbidden = forbidden_use(purse, economic, standards, year)
    if forbidden:
        use, authority = forbidden
        named = {"project": project, "economic": f"{economic} {economics[economic]}"}
        problems.append(Problem(UseForbidden(**named, use=use, authority=authority)))
    return problems
