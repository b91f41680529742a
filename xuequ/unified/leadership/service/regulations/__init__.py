"""Use cases of regulations: drafted, deliberated, issued, in force, superseded, repealed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from xuequ.core.access import Action
from xuequ.core.context import At, use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.source import Source
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.leadership.actions.regulations import DRAFT_REGULATION, ISSUE_REGULATION
from xuequ.unified.leadership.errors.regulations import (
    RegulationKnown,
    RegulationUnknown,
    VersionInTheMaking,
    VersionUnknown,
)
from xuequ.unified.leadership.facts.regulations import (
    RegulationRegistered,
    RegulationRepealed,
    VersionDeliberated,
    VersionDrafted,
    VersionIssued,
)
from xuequ.unified.leadership.models.regulations import Deliberation, Regulation, RegulationVersion
from xuequ.unified.leadership.repository.acknowledgements import AckRows
from xuequ.unified.leadership.rules.acknowledgements import due_on
from xuequ.unified.leadership.rules.ledgers import check_not_ahead, check_not_before
from xuequ.unified.leadership.rules.regulations import (
    Force,
    Passed,
    check_base,
    check_deliberation,
    check_force,
    check_owner,
    check_passage,
    check_step,
    check_text,
    repealable,
    superseded_by,
)
from xuequ.unified.leadership.schemas.regulations import (
    DeliberationRecord,
    Drafting,
    Issuing,
    RegulationRegistration,
    RegulationView,
    Repealing,
    VersionView,
)
from xuequ.unified.leadership.service.regulations.views import RegulationViews, force_of, regulation_view
from xuequ.unified.leadership.states.regulations import Body, RegulationKind, VersionState

__all__ = ["RegulationService"]

VERSION = "leadership.regulation_version"
"""The kind of source under which the registry keeps the files of a version."""


class RegulationService(RegulationViews):
    """Regulations 规章制度 in versions, and which of them is in force on any day.

    The district makes the rules; a school's own only carries out one of them 实施细则, and falls with it.
    """

    # making

    @use_case(DRAFT_REGULATION, at=At.SCHOOL)
    def register(self, command: RegulationRegistration) -> RegulationView:
        """Register a regulation of the district, or a school's rule that carries one out.

        Raises:
            SchoolUnknown, RegulationKnown, RegulationUnknown: for the school, the code, what it carries out.
            DistrictRuleNeeded, ImplementsNothing: for whose rule it is.
            BaseNotInForce: when what it carries out is not in force today.
        """
        self.context.permit(DRAFT_REGULATION, school=command.school or "")
        rows, school_id = self._rows, self._school_id(command.school)
        if rows.regulation_of(command.code) is not None:
            raise RegulationKnown(regulation=command.code)
        implements = command.implements is not None
        refuse_if(check_owner(command.code, of_school=school_id is not None, implements=implements))
        base_id = None
        if command.implements is not None:
            base = rows.regulation_of(command.implements)
            if base is None or base.school_id is not None:
                raise RegulationUnknown(regulation=command.implements)
            base_id, today = base.id, self.context.today
            refuse_if(check_base(command.title, base.title, self._forces(base.id), today))
        values = {"code": command.code, "title": command.title, "kind": command.kind.code}
        row_id = rows.add(Regulation, school_id=school_id, base_id=base_id, **values)
        self.context.announce(
            RegulationRegistered(regulation_id=row_id, school_id=school_id, base_id=base_id)
        )
        return regulation_view(self._regulation(row_id))

    @use_case(DRAFT_REGULATION, at=At.SCHOOL)
    def draft(self, regulation_id: int, command: Drafting) -> VersionView:
        """Draft a new version 起草; the text itself is attached to it, or stays on paper.

        Raises:
            RegulationUnknown: when there is none of that id.
            VersionInTheMaking: while the version before is not issued.
            DayAhead: for a day to come.
        """
        regulation, rows = self._entered(regulation_id, DRAFT_REGULATION), self._rows
        making = rows.in_the_making(regulation.id)
        if making is not None:
            raise VersionInTheMaking(regulation=regulation.title, number=making.number)
        on = command.on or self.context.today
        refuse_if(check_not_ahead("起草", on, self.context.today))
        number = len(rows.versions([regulation.id])) + 1
        values = {"number": number, "state": VersionState.DRAFT.code, "drafted_on": on}
        values |= {"regulation_id": regulation.id, "text_sha256": command.text_sha256}
        version_id = rows.add(RegulationVersion, **values)
        return self._drafted(version_id)

    @use_case(DRAFT_REGULATION, at=At.SCHOOL)
    def redraft(self, version_id: int, command: Drafting) -> VersionView:
        """Change the text of a version that is not issued; what was passed of it must be passed again.

        Raises:
            VersionUnknown: when there is none of that id.
            IllegalTransition: when it is issued.
            DayAhead: for a day to come.
        """
        version, _ = self._version(version_id, DRAFT_REGULATION)
        on = command.on or self.context.today
        state = VersionState(version.state)
        problems = [] if state is VersionState.DRAFT else check_step(state, VersionState.DRAFT)
        refuse_if(problems + check_not_ahead("起草", on, self.context.today))
        values = {"text_sha256": command.text_sha256, "drafted_on": on, "state": VersionState.DRAFT.code}
        self._rows.change(RegulationVersion, version_id, values)
        return self._drafted(version_id)

    @use_case(DRAFT_REGULATION, at=At.SCHOOL)
    def deliberate(self, version_id: int, command: DeliberationRecord) -> VersionView:
        """Record that a body passed the text 审议通过; several bodies may pass one after the other.

        Raises:
            VersionUnknown: when there is none of that id.
            IllegalTransition: when it is issued.
            DeliberatedAlready, DayAhead, DayTooEarly: for the body and the day; or Problems with all of them.
        """
        version, _ = self._version(version_id, DRAFT_REGULATION)
        state, text = VersionState(version.state), version.text_sha256
        passed = self._passed([version_id])[version_id]
        known = state is VersionState.DELIBERATED
        refuse_if(
            ([] if known else check_step(state, VersionState.DELIBERATED))
            + check_deliberation(passed, command.body, command.held_on, text, version.drafted_on)
            + check_not_ahead("审议", command.held_on, self.context.today)
        )
        values = {"body": command.body.code, "held_on": command.held_on, "minutes_no": command.minutes_no}
        self._rows.add(Deliberation, version_id=version_id, text_sha256=text, **values)
        self._rows.change(RegulationVersion, version_id, {"state": VersionState.DELIBERATED.code})
        fact = VersionDeliberated(
            version_id=version_id,
            regulation_id=version.regulation_id,
            body=command.body,
            held_on=command.held_on,
            text_sha256=text,
        )
        self.context.announce(fact)
        return self._view(version_id)

    @use_case(ISSUE_REGULATION, at=At.SCHOOL)
    def issue(self, version_id: int, command: Issuing) -> VersionView:
        """Issue a version 下发: the one before ends as it comes into force, and every open school owes its
        acknowledgement of a regulation of the district.

        Raises:
            VersionUnknown: when there is none of that id.
            IllegalTransition: when it is not deliberated, or issued already.
            AssemblyPassageMissing, TextDiffers: for the text.
            ForceBeforeIssue, ForceNotLater, BaseNotInForce, DayAhead, DayTooEarly: for the days.
            Problems: when there is more than one of these.
            StandardNotSet: when the district has not set by when its schools acknowledge.
        """
        version, regulation = self._version(version_id, ISSUE_REGULATION)
        issued_on = command.issued_on or self.context.today
        others = [one for one in self._forces(regulation.id) if one.version_id != version_id]
        refuse_if(self._against_issue(version, regulation, command.since, issued_on, others))
        before = superseded_by(command.since, others)
        if before is not None:
            self._end(before.version_id, command.since, VersionState.SUPERSEDED)
        values = {"state": VersionState.ISSUED.code, "issued_on": issued_on, "since": command.since}
        values |= {"document_no": command.document_no, "enforced_id": regulation.id}
        self._rows.change(RegulationVersion, version_id, values)
        school_ids = self._oblige(version_id, issued_on) if regulation.school_id is None else ()
        fact = VersionIssued(
            version_id=version_id,
            regulation_id=regulation.id,
            issued_on=issued_on,
            since=command.since,
            superseded_id=None if before is None else before.version_id,
            school_ids=school_ids,
        )
        self.context.announce(fact)
        return self._view(version_id)

    @use_case(ISSUE_REGULATION, at=At.SCHOOL)
    def repeal(self, regulation_id: int, command: Repealing) -> VersionView:
        """Repeal a regulation 废止; schools' rules that carry it out are no longer in force either.

        Raises:
            RegulationUnknown: when there is none of that id.
            NothingInForce: when no version is in force on the day itself and the day before.
        """
        regulation = self._entered(regulation_id, ISSUE_REGULATION)
        on = command.on or self.context.today
        force, problems = repealable(regulation.title, self._forces(regulation.id), on)
        refuse_if(problems)
        assert force is not None, "without one there is a problem"
        self._end(force.version_id, on, VersionState.REPEALED, command.authority)
        fact = RegulationRepealed(regulation_id=regulation.id, version_id=force.version_id, on=on)
        self.context.announce(fact)
        return self._view(force.version_id)

    # steps

    def _entered(self, regulation_id: int, action: Action) -> AnyRow:
        """Return a regulation, locked with what it carries out, once the actor is known to be permitted."""
        row = self._regulation(regulation_id)
        self.context.permit(action, school=row.school or "")
        self._rows.lock_regulations([row.id, row.base_id])
        return row

    def _version(self, version_id: int, action: Action) -> tuple[AnyRow, AnyRow]:
        """Return a version as it stands once its regulation is locked, and the regulation."""
        row = self._rows.version(version_id)
        if row is None:
            raise VersionUnknown(version=str(version_id))
        regulation = self._entered(row.regulation_id, action)
        again = self._rows.version(version_id)
        assert again is not None, "versions are never deleted"
        return again, regulation

    def _forces(self, regulation_id: int) -> list[Force]:
        return [force_of(row) for row in self._rows.versions([regulation_id])]

    def _passed(self, version_ids: Sequence[int]) -> dict[int, list[Passed]]:
        found: dict[int, list[Passed]] = defaultdict(list)
        for row in self._rows.deliberations(version_ids):
            found[row.version_id].append(Passed(Body(row.body), row.held_on, row.text_sha256))
        return found

    def _drafted(self, version_id: int) -> VersionView:
        view = self._view(version_id)
        fact = VersionDrafted(
            version_id=version_id,
            regulation_id=view.regulation_id,
            number=view.number,
            text_sha256=view.text_sha256,
        )
        self.context.announce(fact)
        return view

    def _against_issue(
        self, version: AnyRow, regulation: AnyRow, since: date, issued_on: date, others: Sequence[Force]
    ) -> list[Problem]:
        title, text, standards = regulation.title, version.text_sha256, self.context.standards
        step = check_step(VersionState(version.state), VersionState.ISSUED)
        if step:
            return step
        passed = [one for one in self._passed([version.id])[version.id] if one.text_sha256 == text]
        kind = RegulationKind(regulation.kind)
        last = max((one.held_on for one in passed), default=None)
        problems = [
            *check_passage(title, kind, passed, text, standards, issued_on),
            *check_text(title, version.number, text, self._rows.attached(Source(VERSION, version.id))),
            *check_force(since, issued_on, others),
            *check_not_before("下发", issued_on, last),
            *check_not_ahead("下发", issued_on, self.context.today),
        ]
        if regulation.base_id is not None:
            problems += check_base(title, regulation.base_title, self._forces(regulation.base_id), since)
        return problems

    def _end(self, version_id: int, on: date, ended: VersionState, authority: str = "") -> None:
        values = {"until": on, "ended": ended.code, "end_authority": authority}
        self._rows.change(RegulationVersion, version_id, values)

    def _oblige(self, version_id: int, issued_on: date) -> tuple[int, ...]:
        """Let every school that is open on the day of issue owe its acknowledgement."""
        school_ids = tuple(row.id for row in self._rows.schools(issued_on))
        rows = AckRows(self.context.session, self.context.scope, self.context.place)
        rows.oblige(version_id, school_ids, due_on(issued_on, self.context.standards))
        return school_ids
