"""Pure decisions about a development case: the order of its steps, and between which days each is lawful.

Every step is judged by the rule text of its own day, so a case that was opened under the text of 2014 and
ends under that of 2026 crosses both. Months are natural ones, clipped to the end of a shorter month.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from xuequ.core.errors import IllegalTransition, Problem
from xuequ.core.spans import months_later
from xuequ.core.standards import Standard, Standards
from xuequ.unified.party.errors.development import StepBeforeLast, StepInFuture, StepThere
from xuequ.unified.party.states.development import AFTER, Outcome, Phase, Reached, StepKind
from xuequ.unified.party.states.votes import QUORUM_KEYS, VoteKind

MACHINE = "发展党员"
_PREFIX = "party.development."
_S, _O = StepKind, Outcome

USES: Mapping[StepKind, tuple[str, ...]] = {
    _S.APPLICATION: ("min_age",),
    _S.TALK: ("talk_months",),
    _S.ACTIVIST: ("contacts_least", "contacts_most"),
    _S.REVIEW: ("review_months",),
    _S.NOTICE: ("notice_working_days",),
    _S.CANDIDATE: (
        "cultivation_months",
        "review_months",
        "notice_working_days",
        "filing",
        "contacts_least",
        "contacts_most",
    ),
    _S.POLITICAL_REVIEW: (),
    _S.TRAINING: ("training_days", "training_hours"),
    _S.PRE_REVIEW: ("leaving_months", "approval_months_special", "redo_after_months"),
    _S.MEETING: ("meeting_months", "introducers"),
    _S.APPROVAL: ("approval_months", "approval_months_special"),
    _S.OATH: ("oath_months",),
    _S.REQUEST: (),
    _S.CONVERSION: (
        "probation_months",
        "extensions_most",
        "extension_least_months",
        "extension_most_months",
    ),
    _S.CONVERSION_APPROVAL: ("conversion_months",),
}
"""The figures that each step is judged by, as their names go on after ``party.development.``."""

VOTES: Mapping[StepKind, VoteKind] = {_S.MEETING: VoteKind.ADMISSION, _S.CONVERSION: VoteKind.CONVERSION}
"""The steps that stand on a vote of the branch meeting, and on a vote of which kind."""


@dataclass(frozen=True, slots=True)
class Vote:
    """A tally of one candidate's secret ballot; `due` are the voting members who should attend.

    `passed` is what was decided by a vote that is recorded; a tally as it is said of before has none.
    """

    due: int
    present: int
    yes: int
    passed: bool | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One dated step of a case; `sponsors` are the contacts or introducers that it names, by member id.

    `until` is the last day of a notice or of a training, and of an extension, by so many `months`, the first
    day after the longer probation. `document_on` is the day of the higher committee's filing or consent.
    """

    kind: StepKind
    on: date
    outcome: Outcome = Outcome.DONE
    until: date | None = None
    hours: int = 0
    months: int = 0
    document: str = ""
    document_on: date | None = None
    leaving_on: date | None = None
    sponsors: tuple[int, ...] = ()
    vote: Vote | None = None

    @property
    def reached(self) -> Reached:
        """Where a case stands with it as its last step."""
        return self.kind, self.outcome


class Force(Enum):
    """What follows from a departure from the rules."""

    REFUSE = "refuse"
    REASON = "reason"
    """It is allowed with a recorded reason, and listed."""
    MARK = "mark"
    """It is marked and listed: what has been missed cannot be mended, and another body missed it."""


class Law:
    """The rule text of one day."""

    def __init__(self, standards: Standards, on: date) -> None:
        self.standards = standards
        self.on = on

    def find(self, name: str) -> Standard | None:
        """Return the figure of that name that holds on the day, or None."""
        return self.standards.find(_PREFIX + name, on=self.on)

    def entry(self, name: str) -> Standard:
        """Return the figure of that name that holds on the day."""
        return self.standards.entry(_PREFIX + name, on=self.on)

    def whole(self, name: str) -> int:
        """Return a whole number."""
        return self.standards.whole(_PREFIX + name, on=self.on)

    def article_of(self, kind: StepKind) -> str:
        """Return where the text of the day tells of a step; empty where it does not name it."""
        rows = self.standards.rows(f"{_PREFIX}steps", on=self.on)
        return next((str(row.get("article", "")) for row in rows if row["step"] == kind.code), "")

    def used(self, kind: StepKind) -> list[Standard]:
        """Return the entries that a step of this day is judged by, to be kept with it."""
        found = [self.find(name) for name in (*USES[kind], "steps")]
        if kind in VOTES:
            found.append(self.standards.find(QUORUM_KEYS[VOTES[kind]], on=self.on))
        return [entry for entry in found if entry is not None]


def cited(entry: Standard) -> str:
    """Name the document and article of a figure.

    Source: our decision; a printed reason names its authority.
    """
    return f"{entry.authority}{entry.article}"


# which step may come next


def standing_of(history: Sequence[Step]) -> Step:
    """Return the last step of a case.

    Source: our decision; a case begins with its application, so there is always one.
    """
    return history[-1]


def last_of(history: Sequence[Step], *kinds: StepKind, outcome: Outcome | None = None) -> Step | None:
    """Return the last step of some kinds, or None.

    Source: our decision; a step that is done anew counts, and not the one before it.
    """
    found = (s for s in reversed(history) if s.kind in kinds and outcome in (None, s.outcome))
    return next(found, None)


def next_kinds(history: Sequence[Step]) -> list[StepKind]:
    """Return the steps that may come next, in their order.

    Source: 《中国共产党发展党员工作细则》 as a whole: the steps follow one another.
    """
    reached = standing_of(history).reached
    return [kind for kind in StepKind if reached in AFTER[kind]]


def phase(history: Sequence[Step]) -> Phase:
    """Return how far a case has come.

    Source: 《中国共产党发展党员工作细则》, its chapters.
    """
    kinds = {step.kind for step in history}
    if last_of(history, _S.APPROVAL, outcome=_O.PASSED):
        return Phase.PROBATIONARY
    if _S.CANDIDATE in kinds:
        return Phase.CANDIDATE
    return Phase.ACTIVIST if _S.ACTIVIST in kinds else Phase.APPLICANT


def check_order(step: Step, history: Sequence[Step], today: date) -> list[Problem]:
    """Say what speaks against a step coming next in a case, whatever its law.

    Two steps may share a day, as an application and the talk about it; none may come before the one that it
    follows, and none is recorded before it has happened.

    Source: domain rules A §2, invariants (dated steps strictly ordered).
    """
    last, label = standing_of(history), step.kind.label
    there = next((s for s in history if s.kind is step.kind and s.on == step.on), None)
    allowed = there is None and step.kind in next_kinds(history)
    if not allowed and there is None and not _repeated(step.kind):
        there = last_of(history, step.kind)
    if there is not None:
        return [Problem(StepThere(step=label, on=str(there.on)))]
    problems: list[Problem] = []
    if not allowed:
        problems.append(Problem(IllegalTransition(machine=MACHINE, from_=last.kind.label, to=label)))
    if step.on < last.on:
        error = StepBeforeLast(step=label, on=str(step.on), last=last.kind.label, last_on=str(last.on))
        problems.append(Problem(error))
    if step.on > today:
        problems.append(Problem(StepInFuture(step=label, on=str(step.on))))
    return problems


def _repeated(kind: StepKind) -> bool:
    """Tell whether a step may come after one of its own kind."""
    return any(reached[0] is kind for reached in AFTER[kind])


# between which days


@dataclass(frozen=True, slots=True)
class Spacing:
    """So many months between a step and an earlier one: at least (`floor`), or at most.

    `late` says what follows when a day of the latter kind is missed.
    """

    kind: StepKind
    since: tuple[StepKind, ...]
    name: str
    floor: bool = False
    late: Force = Force.REFUSE


SPACINGS = (
    # what the branch has let pass cannot be kept any more: refusing would punish the applicant
    Spacing(_S.TALK, (_S.APPLICATION,), "talk_months", late=Force.REASON),
    Spacing(_S.REVIEW, (_S.ACTIVIST, _S.REVIEW), "review_months", late=Force.MARK),
    Spacing(_S.CANDIDATE, (_S.ACTIVIST,), "cultivation_months", floor=True),
    Spacing(_S.CANDIDATE, (_S.REVIEW,), "review_months"),  # mended by a review that is held now
    Spacing(_S.MEETING, (_S.PRE_REVIEW,), "meeting_months"),  # mended by another preliminary review
    Spacing(_S.APPROVAL, (_S.MEETING,), "approval_months", late=Force.MARK),
    Spacing(_S.APPROVAL, (_S.MEETING,), "approval_months_special", late=Force.MARK),
    Spacing(_S.OATH, (_S.APPROVAL,), "oath_months", late=Force.REASON),
    Spacing(_S.CONVERSION_APPROVAL, (_S.CONVERSION,), "conversion_months", late=Force.MARK),
)


@dataclass(frozen=True, slots=True)
class Limit:
    """The first or the last day on which a step is lawful, why, and what follows when it is not kept."""

    day: date
    why: str
    floor: bool
    force: Force


def limits(kind: StepKind, history: Sequence[Step], law: Law) -> list[Limit]:
    """Return the days between which a step of a case lies, by the text of one day.

    Source: ``party.development.*``; 《民法典》 art. 200–202 for natural months.
    """
    found = [_spaced(one, history, law) for one in SPACINGS if one.kind is kind]
    if kind is _S.CONVERSION:
        found.append(_probation_limit(history, law))
    if kind is _S.CANDIDATE:
        found.append(_notice_limit(history, law))
    return [limit for limit in found if limit is not None]


def _spaced(spacing: Spacing, history: Sequence[Step], law: Law) -> Limit | None:
    entry, since = law.find(spacing.name), last_of(history, *spacing.since)
    if entry is None or since is None:
        return None
    months = law.whole(spacing.name)
    words = "满" if spacing.floor else "不超过"
    why = f"“{since.kind.label}”（{since.on}）起{words} {months} 个月，{cited(entry)}"
    day = months_later(since.on, months)
    force = spacing.late if entry.strength == "must" else Force.REASON
    return Limit(day, why, spacing.floor, force)


def probation_end(history: Sequence[Step], law: Law) -> Limit | None:
    """Return the day on which the probation is over, the first on which a full member can be made.

    It is reckoned from the day of the branch meeting, and not from that of the approval.

    Source: ``party.development.probation_months``; domain rules A §10, Probation.
    """
    meeting = last_of(history, _S.MEETING, outcome=_O.PASSED)
    if meeting is None:
        return None
    extension = extension_of(history)
    if extension is not None and extension.until is not None:
        why = f"预备期经 {extension.on} 支部大会延长，{cited(law.entry('extension_least_months'))}"
        return Limit(extension.until, why, True, Force.REFUSE)
    months = law.whole("probation_months")
    why = f"支部大会通过之日（{meeting.on}）起预备期 {months} 个月，{cited(law.entry('probation_months'))}"
    return Limit(months_later(meeting.on, months), why, True, Force.REFUSE)


_probation_limit = probation_end


def extension_of(history: Sequence[Step]) -> Step | None:
    """Return the meeting that extended the probation, once the higher committee has approved it.

    Source: ``party.development.extensions_most``.
    """
    found: Step | None = None
    decided: Step | None = None
    for step in history:
        if step.kind is _S.CONVERSION:
            decided = step
        if step.reached == (_S.CONVERSION_APPROVAL, _O.PASSED) and decided is not None:
            found = decided if decided.outcome is _O.EXTEND else found
    return found


def _notice_limit(history: Sequence[Step], law: Law) -> Limit | None:
    notice = last_of(history, _S.NOTICE)
    if notice is None or notice.until is None or not law.whole("notice_working_days"):
        return None
    entry = law.entry("notice_working_days")
    why = f"公示至 {notice.until} 届满，{cited(entry)}"
    return Limit(notice.until + timedelta(days=1), why, True, Force.REFUSE)


def redo_after(meeting: Step, law: Law) -> date:
    """Return the last day on which the decision of a meeting still waits for its approval.

    After it the procedure is proposed to be done anew; nothing lapses by itself.

    Source: ``party.development.redo_after_months`` where the county has set it (local practice), otherwise
    ``party.development.approval_months_special``.
    """
    name = "redo_after_months" if law.find("redo_after_months") else "approval_months_special"
    return months_later(meeting.on, law.whole(name))
