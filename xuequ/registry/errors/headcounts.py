"""Errors of headcounts."""

from __future__ import annotations

from xuequ.core.errors import Conflict, NotFound, RuleBroken


class HeadcountUnknown(NotFound):
    """No such headcount in this scope."""

    code = "registry.headcount_unknown"
    headcount: str


class NoFrozenHeadcount(NotFound):
    """Nothing was frozen for that count date and purpose."""

    code = "registry.no_frozen_headcount"
    count_date: str
    purpose: str


class CountDateAhead(RuleBroken):
    """A headcount for a day that has not come."""

    code = "registry.count_date_ahead"
    count_date: str
    today: str


class HeadcountNeedsReason(RuleBroken):
    """There is an edition already, and nobody says why there should be another."""

    code = "registry.headcount_needs_reason"
    count_date: str
    purpose: str
    edition: int


class PupilsPastTheirStage(RuleBroken):
    """A class has left its stage, and pupils are still on its roll."""

    code = "registry.pupils_past_their_stage"
    school: str
    name: str
    pupils: int


class HeadcountReplaced(Conflict):
    """A later edition has taken its place."""

    code = "registry.headcount_replaced"
    edition: int
    latest: int


class HeadcountAlreadyFrozen(Conflict):
    """The edition is frozen."""

    code = "registry.headcount_already_frozen"
    edition: int
    frozen_at: str


class HeadcountNotFrozen(RuleBroken):
    """The edition is a draft still."""

    code = "registry.headcount_not_frozen"
    edition: int


class AlreadyConfirmed(Conflict):
    """The school has confirmed the edition already."""

    code = "registry.headcount_already_confirmed"
    school: str


class SchoolsUnconfirmed(RuleBroken):
    """It is to be frozen, and schools have not confirmed."""

    code = "registry.headcount_unconfirmed"
    schools: str
