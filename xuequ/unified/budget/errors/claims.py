"""Errors of claims."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken
from xuequ.core.money import Money


class ClaimUnknown(NotFound):
    """No such claim here."""

    code = "budget.claim_unknown"
    claim: str


class ClaimKnown(Conflict):
    """The district has a claim of that number, which says something else."""

    code = "budget.claim_known"
    claim: str


class ClaimClosed(RuleBroken):
    """A claim under way is not changed; only a draft is, or one that came back."""

    code = "budget.claim_closed"
    claim: str
    state: str


class ClaimTaken(Conflict):
    """Somebody else has done this already."""

    code = "budget.claim_taken"
    claim: str
    act: str
    by: str
    on: str


class ClaimEmpty(RuleBroken):
    """A claim without lines is submitted."""

    code = "budget.claim_empty"
    claim: str


class ClaimAhead(RuleBroken):
    """A day that has not come yet."""

    code = "budget.claim_ahead"
    day: str
    today: str


class PaidBeforeApproved(RuleBroken):
    """A payment earlier than its approval."""

    code = "budget.claim_paid_before_approved"
    claim: str
    paid: str
    approved: str


class InvoiceUsed(Conflict):
    """An invoice stands in another claim."""

    code = "budget.invoice_used"
    invoice: str
    claim: str


class InvoiceTwice(Invalid):
    """A claim names an invoice twice."""

    code = "budget.invoice_twice"
    invoice: str


class InvoiceOutsideYear(RuleBroken):
    """An invoice of another fiscal year than the line's."""

    code = "budget.invoice_outside_year"
    invoice: str
    day: str
    year: int


class InvoicesShort(RuleBroken):
    """The invoices come to less than the claim, and no reason is given."""

    code = "budget.invoices_short"
    invoices: Money
    total: Money


class LineOfOtherSchool(RuleBroken):
    """A line is another school's."""

    code = "budget.claim_line_of_other_school"
    line: str


class LineOfOtherBook(RuleBroken):
    """A line belongs to other books than the school's."""

    code = "budget.claim_line_of_other_book"
    line: str
    book: str


class ClaimLineKnown(Conflict):
    """A claim's line has a number that the claim has already."""

    code = "budget.claim_line_known"
    claim: str
    no: int


class ClaimDecisionMissing(RuleBroken):
    """What the council decides on is claimed without its decision."""

    code = "budget.claim_decision_missing"
    matter: str
    what: str


class GoodsNotAccepted(RuleBroken):
    """A claim is checked before somebody has accepted what was bought."""

    code = "budget.claim_not_accepted"
    claim: str


class BandsBroken(RuleBroken):
    """The district's table of bands does not say for every amount who approves it."""

    code = "budget.claim_bands_broken"
    row: int
    what: str


class BandPostMissing(NotPermitted):
    """Who approves holds none of the posts that the amount needs."""

    code = "budget.claim_band_post"
    total: Money
    summed: Money
    posts: str


class DutiesMeet(RuleBroken):
    """One person would do two things with a claim that must be apart."""

    code = "budget.claim_duties"
    claim: str
    staff: str
    act: str
    duties: str
    authority: str


class PostExcludes(RuleBroken):
    """Who acts holds or held a post that excludes this act."""

    code = "budget.claim_post_excludes"
    staff: str
    act: str
    post: str
    on: str
    authority: str
