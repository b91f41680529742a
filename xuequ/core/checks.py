"""Data checks: what the database should never hold, looked for, with what to do about it.

Constraints refuse what a row may not be; checks find what no constraint can say, and what came in past
the constraints. `xuequ verify` runs all of them after the journal's chain.

A part declares its checks in a room of their own, ``checks.py``, as ``CHECKS: tuple[DataCheck, ...]``;
their queries stand in the part's repository like all others. `xuequ.embed.checks.PARTS` lists the parts.
A check of ten lines::

    def _classless(ground: Ground) -> Iterator[Finding]:
        for row in CheckRows(ground.session, ground.scope, ground.place).classless():
            yield Finding("xq_registry_enrolment", row.id, f"学生 {row.pupil_id} 的班不存在")

    CHECKS = (DataCheck("registry.classless", "在读记录有班", _classless, "请补登班级后重新编班。"),)

Its test plants the defect by SQL, past the constraints, and sees it found; and sees nothing found in a
made district.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from xuequ.core.context import Scope
from xuequ.core.errors import NotFound
from xuequ.core.storage import Storage


class CheckUnknown(NotFound):
    """No data check of that code is declared."""

    code = "core.check_unknown"
    check: str
    known: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Where checks look: a Session, the county or district, its codes, and the files if there are any."""

    session: Session
    scope: Scope
    place: str
    storage: Storage | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: in which table, which row, and what in Chinese."""

    table: str
    row_id: int
    what: str


@dataclass(frozen=True, slots=True)
class DataCheck:
    """One declared check.

    Args:
        code: ``part.what``, stable.
        title: what should be so, in Chinese.
        finds: looks, and yields what is not so.
        remedy: what to do about a finding, in Chinese.
        required_before: the migration before which nothing may be found, if there is one.
        needs_storage: it reads files, so without a storage it is skipped.
    """

    code: str
    title: str
    finds: Callable[[Ground], Iterable[Finding]]
    remedy: str
    required_before: str | None = None
    needs_storage: bool = False


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found; None when it was skipped for want of a storage."""

    check: DataCheck
    findings: tuple[Finding, ...] | None


def choose(checks: Iterable[DataCheck], code: str) -> DataCheck:
    """Return the check of a code.

    Raises:
        CheckUnknown: lists the codes that there are.
    """
    by_code = {check.code: check for check in checks}
    if code not in by_code:
        raise CheckUnknown(check=code, known="、".join(sorted(by_code)))
    return by_code[code]


def run_checks(checks: Iterable[DataCheck], ground: Ground) -> list[CheckResult]:
    """Run checks one after the other over one place; nothing is written."""
    return [_run(check, ground) for check in checks]


def _run(check: DataCheck, ground: Ground) -> CheckResult:
    if check.needs_storage and ground.storage is None:
        return CheckResult(check, None)
    return CheckResult(check, tuple(check.finds(ground)))
