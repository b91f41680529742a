"""Pure decisions about one step of a development case: what of it departs from the text of its day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xuequ.core.errors import Problem, XuequError
from xuequ.core.spans import months_later
from xuequ.core.standards import Standards
from xuequ.core.votes import Electorate
from xuequ.unified.party.errors.development import (
    BirthDateMissing,
    ConsentMissing,
    DocumentMissing,
    ExtensionSpent,
    ExtensionUnfit,
    LeavingSoon,
    NoticeMissing,
    NoticeTooShort,
    OathMissing,
    RedoNotDue,
    RequestMissing,
    SponsorCount,
    SponsorTwice,
    SponsorUnfit,
    StepTooEarly,
    StepTooLate,
    TallyImpossible,
    TallyMissing,
    TooYoung,
    TrainingTooShort,
    VoteMissing,
    VoteSaysOtherwise,
)
from xuequ.unified.party.rules.development import (
    VOTES,
    Force,
    Law,
    Limit,
    Step,
    cited,
    extension_of,
    last_of,
    limits,
    redo_after,
    standing_of,
)
from xuequ.unified.party.rules.votes import passes, quorum_problems, rule_of
from xuequ.unified.party.states.development import Outcome, Role, StepKind

_S, _O = StepKind, Outcome


@dataclass(frozen=True, slots=True)
class Ground:
    """What the register says as of the day of a step.

    `full_members` are the branch's full members in good standing, `contacts` the case's own, both by member
    id. `notice_days` are the working days of the last notice, or of the one that is being put up.
    """

    staff: str = ""
    birth_date: date | None = None
    full_members: frozenset[int] = frozenset()
    contacts: frozenset[int] = frozenset()
    notice_days: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One departure from the rule text, and what follows from it."""

    error: XuequError
    force: Force


def judge(step: Step, history: Sequence[Step], ground: Ground, standards: Standards) -> list[Finding]:
    """Return everything in which a step departs from the rule text of its day.

    Args:
        step: the step; that it may come next is `check_order`'s.
        history: the steps before it; empty for an application.
        ground: what the register says as of that day.
        standards: the rule texts.

    Source: 《中国共产党发展党员工作细则》 in the text of the step's day, ``party.development.*``; domain
    rules A §2.
    """
    law = Law(standards, step.on)
    found = [*_dated(step, history, law)] if history else []
    if step.kind in _DOCUMENTED and not step.document:
        found.append(_refused(DocumentMissing(step=step.kind.label)))
    own = _JUDGES.get(step.kind)
    return found if own is None else [*found, *own(step, history, ground, law)]


def refused(findings: Sequence[Finding], reason: str, *, taken_over: bool = False) -> list[Problem]:
    """Return the findings that keep a step from being recorded.

    In a case that is taken over nothing can be done otherwise any more: all of it is allowed with a reason.

    Source: domain rules A §0.2 (必须 refuses, 一般 allows with a recorded reason).
    """
    return [
        Problem(one.error)
        for one in findings
        if not (one.force is Force.MARK or (reason and (taken_over or one.force is Force.REASON)))
    ]


def _refused(error: XuequError) -> Finding:
    return Finding(error, Force.REFUSE)


_DOCUMENTED = frozenset(
    {
        _S.APPLICATION,
        _S.ACTIVIST,
        _S.CANDIDATE,
        _S.PRE_REVIEW,
        _S.APPROVAL,
        _S.REQUEST,
        _S.CONVERSION_APPROVAL,
    }
)
"""The steps that are a paper, or that a higher committee files, consents to or approves by one."""


def _dated(step: Step, history: Sequence[Step], law: Law) -> Iterator[Finding]:
    """Compare the day with the first lawful one, and with the last one that it has missed."""
    found = limits(step.kind, history, law)
    if step.kind is _S.CONVERSION and step.outcome in (_O.CANCEL, _O.FAILED):
        return  # who is no longer fit need not wait for the end of the probation; who voted it down neither
    early = [limit for limit in found if limit.floor and step.on < limit.day]
    late = [limit for limit in found if not limit.floor and step.on > limit.day]
    for limit in early:
        yield Finding(_too_early(step, limit), limit.force)
    if late:
        limit = max(late, key=lambda one: one.day)
        error = StepTooLate(step=step.kind.label, on=str(step.on), latest=str(limit.day), why=limit.why)
        yield Finding(error, limit.force)


def _too_early(step: Step, limit: Limit) -> XuequError:
    return StepTooEarly(step=step.kind.label, on=str(step.on), earliest=str(limit.day), why=limit.why)


Judge = Callable[[Step, Sequence[Step], Ground, Law], Iterator[Finding]]


def _application(step: Step, history: Sequence[Step], ground: Ground, law: Law) -> Iterator[Finding]:
    if ground.birth_date is None:
        yield _refused(BirthDateMissing(staff=ground.staff))
        return
    least, entry = law.whole("min_age"), law.entry("min_age")
    if step.on < months_later(ground.birth_date, 12 * least):
        age = whole_years(ground.birth_date, step.on)
        yield _refused(TooYoung(age=age, least=least, authority=cited(entry)))


def whole_years(born: date, on: date) -> int:
    """Return how many years old 周岁 somebody is; whoever was born on 29 February has it on the 28th.

    Source: 《民法典》 art. 202, as `months_later` reckons.
    """
    years = on.year - born.year
    return years if months_later(born, 12 * years) <= on else years - 1


def _activist(step: Step, history: Sequence[Step], ground: Ground, law: Law) -> Iterator[Finding]:
    least, most = law.whole("contacts_least"), law.whole("contacts_most")
    yield from _sponsors(Role.CONTACT, step, ground, least, most)


def sponsor_findings(
    role: Role, named: Sequence[int], on: date, ground: Ground, least: int, most: int
) -> list[Finding]:
    """Return what speaks against people being contacts or introducers on a day.

    Source: 《中国共产党发展党员工作细则》 (2014) art. 9, 20, (2026) art. 9, 19 (由正式党员担任).
    """
    found: list[Finding] = []
    if not least <= len(named) <= most:
        found.append(_refused(SponsorCount(role=role.label, count=len(named), least=least, most=most)))
    if len(set(named)) < len(named):
        found.append(_refused(SponsorTwice(role=role.label)))
    for member in dict.fromkeys(named):
        if member not in ground.full_members:
            found.append(_refused(SponsorUnfit(role=role.label, member=str(member), on=str(on))))
    return found


def _sponsors(role: Role, step: Step, ground: Ground, least: int, most: int) -> Iterator[Finding]:
    yield from sponsor_findings(role, step.sponsors, step.on, ground, least, most)


def _notice(step: Step, history: Sequence[Step], ground: Ground, law: Law) -> Iterator[Finding]:
    entry, least = law.entry("notice_working_days"), law.whole("notice_working_days")
    if ground.notice_days < least:
        yield _refused(NoticeTooShort(days=ground.notice_days, least=least, authority=cited(entry)))


def _candidate(step: Step, history: Sequence[Step], ground: Ground, law: Law) -> Iterator[Finding]:
    entry, least = law.entry("notice_working_days"), law.whole("notice_working_days")
    if least and last_of(history, _S.NOTICE) is None:
        yield _refused(NoticeMissing(days=least, authority=cited(entry)))
    elif ground.notice_days < least:
        yield _refused(NoticeTooShort(days=ground.notice_days, least=least, authority=cited(entry)))
    filing = law.entry("filing")
    if filing.value == "consent" and (step.document_on is None or step.document_on > step.on):
        yield _refused(ConsentMissing(on=str(step.on), authority=cited(filing)))
    fit = len(ground.contacts & ground.full_members)
    fewest, most = law.whole("contacts_least"), law.whole("contacts_most")
    if fit < fewest:
        yield _refused(SponsorCount(role=Role.CONTACT.label, count=fit, least=fewest, most=most))


def _training(step: Step, history: Sequence[Step], ground: Ground, law: Law) -> Iterator[Finding]:
    days = ((step.until or step.on) - step.on).days + 1
    least_days, least_hours = law.whole("training_days"), law.whole("training_hours")
    if days < least_days and step.hours < least_hours:
        yield _refused(
            TrainingTooShort(days=days, hours=step.hours, least_days=least_days, least_hours=least_hours)
        )


def _pre_review(step: Step, history: Sequence[Step], ground: Ground, law: Law) -> Iterator[Finding]:
    last = standing_of(history)
    if last.reached == (_S.MEETING, _O.PASSED) and step.on <= redo_after(last, law):
        yield _refused(RedoNotDue(meeting=str(last.on)))
    entry, months = law.entry("leaving_months"), law.whole("leaving_months")
    leaving = step.leaving_on
    if leaving is not None and leaving <= months_later(step.on, months):
        error = LeavingSoon(leaving=str(leaving), months=months, authority=cited(entry))
        yield Finding(error, Force.REASON if entry.strength == "usually" else Force.REFUSE)


def _meeting(step: Step, history: Sequence[Step], ground: Ground, law: Law) -> Iterator[Finding]:
    count = law.whole("introducers")
    yield from _sponsors(Role.INTRODUCER, step, ground, count, count)
    yield from _tallied(step, ground, law)


def _tallied(step: Step, ground: Ground, law: Law) -> Iterator[Finding]:
    """Judge a tally of before as it is said; one that was recorded here was judged then."""
    vote, members = step.vote, len(ground.full_members)
    if vote is None or vote.passed is not None:
        return
    if not (0 <= vote.yes <= vote.due <= members and 0 <= vote.present <= vote.due):
        said = {"due": vote.due, "present": vote.present, "yes": vote.yes, "members": members}
        yield _refused(TallyImpossible(**said))
    rule = rule_of(VOTES[step.kind], law.standards, law.on)
    for problem in quorum_problems(step.kind.label, Electorate(vote.due, vote.present), rule):
        yield _refused(problem.error)


def vote_problems(step: Step, standards: Standards, *, taken_over: bool) -> list[Problem]:
    """Refuse a meeting without its vote, and one whose outcome is not what was voted; no reason allows it.

    With `taken_over` it is of before the case was kept here, and a tally as it is said stands for the vote.
    Written opinions that absent members filed before the meeting are among `yes`.

    Source: domain rules A §2, Votes; ``party.votes.admission``; that a step stands on the recorded vote is
    our decision.
    """
    if step.kind not in VOTES:
        return []
    vote, label, on = step.vote, step.kind.label, str(step.on)
    if vote is None:
        return [Problem((TallyMissing if taken_over else VoteMissing)(step=label, on=on))]
    passed = vote.passed
    if passed is None:
        rule = rule_of(VOTES[step.kind], standards, step.on)
        passed = passes(vote.yes, Electorate(vote.due, vote.present), rule)
    if passed is not (step.outcome is _O.FAILED):
        return []
    said = {"said": step.outcome.label, "decided": "通过" if passed else "未通过"}
    return [Problem(VoteSaysOtherwise(step=label, on=on, due=vote.due, yes=vote.yes, **said))]


def _conversion(step: Step, history: Sequence[Step], ground: Ground, law: Law) -> Iterator[Finding]:
    yield from _tallied(step, ground, law)
    if step.outcome is _O.CONVERT and not _requested(history):
        yield _refused(RequestMissing())
    if step.outcome is _O.EXTEND:
        yield from _extended(step, history, law)
    steps = law.entry("steps")
    if step.outcome is _O.CONVERT and law.article_of(_S.OATH) and last_of(history, _S.OATH) is None:
        error = OathMissing(authority=f"{steps.authority}{law.article_of(_S.OATH)}")
        yield Finding(error, Force.REASON)


def _requested(history: Sequence[Step]) -> bool:
    """Tell whether there is a request since the admission, or since the extension."""
    kinds = (_S.REQUEST, _S.APPROVAL, _S.CONVERSION_APPROVAL)
    found = last_of([s for s in history if s.outcome is not _O.FAILED], *kinds)
    return found is not None and found.kind is _S.REQUEST


def _extended(step: Step, history: Sequence[Step], law: Law) -> Iterator[Finding]:
    most = law.whole("extensions_most")
    if extension_of(history) is not None:
        yield _refused(ExtensionSpent(most=most))
        return
    least, longest = law.whole("extension_least_months"), law.whole("extension_most_months")
    if not least <= step.months <= longest:
        yield _refused(ExtensionUnfit(months=step.months, least=least, most=longest))


_JUDGES: Mapping[StepKind, Judge] = {
    _S.APPLICATION: _application,
    _S.ACTIVIST: _activist,
    _S.NOTICE: _notice,
    _S.CANDIDATE: _candidate,
    _S.TRAINING: _training,
    _S.PRE_REVIEW: _pre_review,
    _S.MEETING: _meeting,
    _S.CONVERSION: _conversion,
}
