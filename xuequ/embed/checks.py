"""All data checks of the library, for `xuequ verify` and for hosts."""

from __future__ import annotations

from sqlalchemy.orm import Session

from xuequ.core.access import Actor
from xuequ.core.checks import CheckResult, DataCheck, Ground, choose, run_checks
from xuequ.core.storage import Storage
from xuequ.district import open_context
from xuequ.registry.checks import CHECKS as REGISTRY
from xuequ.unified.budget.checks import CHECKS as BUDGET
from xuequ.unified.evaluation.checks import CHECKS as EVALUATION
from xuequ.unified.leadership.checks import CHECKS as LEADERSHIP
from xuequ.unified.party.checks import CHECKS as PARTY
from xuequ.unified.teaching.checks import CHECKS as TEACHING

PARTS: tuple[tuple[DataCheck, ...], ...] = (REGISTRY, LEADERSHIP, PARTY, BUDGET, TEACHING, EVALUATION)
"""The checks of every part that has any; a new part adds its own."""


def every_check() -> list[DataCheck]:
    """Return the data checks of all parts."""
    return [check for part in PARTS for check in part]


def run_data_checks(
    session: Session, place: str, *, only: str | None = None, storage: Storage | None = None
) -> list[CheckResult]:
    """Run the data checks over a county ``"530921"`` or a district ``"530921/qianfeng"``.

    Nothing is written.

    Args:
        only: the code of the only check to run.
        storage: where the attachments are; without it their contents are not looked at.

    Raises:
        CheckUnknown: when there is no check of that code.
        CountyUnknown, DistrictUnknown: when there is no such place.
    """
    checks = every_check() if only is None else [choose(every_check(), only)]
    scope = open_context(session, place, actor=Actor.system("data checks")).scope
    return run_checks(checks, Ground(session, scope, place, storage))
