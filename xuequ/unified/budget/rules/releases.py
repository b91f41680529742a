"""What stands against releasing 核拨 money of a line."""

from __future__ import annotations

from xuequ.core.errors import Problem
from xuequ.core.money import Money
from xuequ.unified.budget.errors.allotments import PurseDiffers, ReleaseElsewhere, ReleaseNowhere
from xuequ.unified.budget.errors.ledger import AmountNotPositive
from xuequ.unified.budget.states.ledger import Purse

RELEASED = (Purse.TRAINING, Purse.ACTIVITIES)
"""What the district releases as a whole 统一核拨: 师训经费、文体活动经费."""


def unreleasable(
    number: str,
    amount: Money,
    *,
    line: str,
    purse: Purse,
    line_school: int | None,
    school: tuple[int, str] | None,
    for_event: bool,
) -> list[Problem]:
    """Return what stands against a release before the line's money is looked at.

    `school` is the id and code of the one that gets the money; `line_school` the one whose line it is.

    Source: 学区统一管理文章（第二篇） 三、（三） (统一核拨师训经费、文体活动经费).
    """
    problems: list[Problem] = []
    if amount <= Money(0):
        problems.append(Problem(AmountNotPositive(amount=amount)))
    if purse not in RELEASED:
        wanted = "或".join(one.label for one in RELEASED)
        problems.append(Problem(PurseDiffers(project=line, purse=purse.label, wanted=wanted)))
    if school is None and not for_event:
        problems.append(Problem(ReleaseNowhere(number=number)))
    if school is not None and line_school not in (None, school[0]):
        problems.append(Problem(ReleaseElsewhere(line=line, school=school[1])))
    return problems
