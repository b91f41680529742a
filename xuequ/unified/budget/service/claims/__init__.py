"""Use cases of claims 零星支出报销."""

from __future__ import annotations

from xuequ.unified.budget.service.claims.drafting import ClaimDrafting
from xuequ.unified.budget.service.claims.settling import ClaimSettling
from xuequ.unified.budget.service.claims.signing import ClaimSigning
from xuequ.unified.budget.service.claims.viewing import ClaimViewing

__all__ = ["ClaimService"]


class ClaimService(ClaimDrafting, ClaimSigning, ClaimSettling, ClaimViewing):
    """Claims 报销单: written at a school, checked, approved by the district's bands, paid, posted, filed.

    Submission reserves money, approval commits it, payment pays it out of what is committed, a return
    releases it. Whoever does again what they have done changes nothing and has the same answer; whoever comes
    second to what another has done is told who did it and when.
    """
