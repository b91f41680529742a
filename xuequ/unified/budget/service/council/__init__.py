"""Use cases of the council's decisions: votes, emergencies and their ratification, the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from xuequ.core.context import At, reading, use_case
from xuequ.core.errors import refuse_if
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.actions.council import RECORD_DECISIONS, RECORD_EMERGENCY, VIEW_DECISIONS
from xuequ.unified.budget.errors.council import EmergencyAhead, EmergencyVotedOn, ItemDecided, NotARepair
from xuequ.unified.budget.facts.council import EmergencyRatified, EmergencyRecorded, ItemDecidedOn
from xuequ.unified.budget.models.council import DecisionInterest, DecisionItem
from xuequ.unified.budget.rules.council import (
    Voting,
    council_rule,
    electorate,
    matter_of,
    ratification_problems,
    ratified_ceiling,
    ratify_by,
    voting_problems,
    withdrawn,
)
from xuequ.unified.budget.schemas.council import (
    DecisionLedger,
    EmergencyRepair,
    ItemView,
    ItemVote,
)
from xuequ.unified.budget.service.council.cover import cover_of, draw, item_name, minutes_name
from xuequ.unified.budget.service.council.ledger import ledger_view
from xuequ.unified.budget.service.council.meetings import MeetingCases
from xuequ.unified.budget.service.council.proposing import Named
from xuequ.unified.budget.service.council.seats import SeatCases
from xuequ.unified.budget.service.council.steps import item_view
from xuequ.unified.budget.states.council import ItemState, Mark, Matter, MeetingState

__all__ = ["CouncilService"]

SOURCE_KIND = "budget.emergency"
"""What an emergency is called where it draws on the item that ratified it."""


class CouncilService(SeatCases, MeetingCases):
    """The council 校务委员会: who sits on it, its meetings, and what it decides collectively 集体决议."""

    @use_case(RECORD_DECISIONS)
    def decide(self, item_id: int, command: ItemVote) -> ItemView:
        """Record how an item was voted on; it is adopted or rejected by the rules of its day.

        Members with an interest withdraw 回避: they are counted neither among those due nor among those
        present. An adopted item that is to ratify an emergency ratifies it.

        Raises:
            DecisionUnknown, ItemDecided: there is no such item, or it was voted on.
            MeetingNot: its meeting was not held, or its minutes are signed.
            CouncilQuorum, TallyWrong, NotOnCouncil, ChairWithdrawn, NotPresent: for the vote.
            NotEmergency, RatificationShort: for what it is to ratify.
            Problems: when there is more than one of these.
        """
        found = self._item(item_id)
        if found.meeting_id is None:
            raise EmergencyVotedOn(item=item_name(found))
        meeting = self._locked(found.meeting_id, MeetingState.HELD)
        item = self._rows.lock_items(one for one in (item_id, found.ratifies_id) if one)[item_id]
        if item.state != ItemState.PROPOSED:
            raise ItemDecided(item=item_name(item), state=ItemState(item.state).label)
        roll = {row.staff_id: Mark(row.mark) for row in self._rows.attendance(meeting.id)}
        voting = _voting(meeting, item, command)
        refuse_if(voting_problems(voting, roll, self.context.standards, meeting.day))
        adopted = self._write_vote(item_id, voting, roll, meeting.day)
        rows = [(item_id, one.staff_id, one.reason) for one in command.interested]
        self._rows.load(DecisionInterest, ("item_id", "staff_id", "reason"), rows)
        self.context.announce(
            ItemDecidedOn(
                item_id=item_id,
                meeting_id=meeting.id,
                matter=item.matter,
                adopted=adopted,
                decided_on=meeting.day,
                **command.model_dump(include={"yes", "no", "abstain"}),
            )
        )
        if item.ratifies_id is not None:
            self._settle_emergency(item.ratifies_id, item_id, meeting.day, adopted=adopted)
        return item_view(self._item(item_id))

    def _write_vote(self, item_id: int, voting: Voting, roll: dict[int, Mark], on: date) -> bool:
        """Write the tally of an item, by which rule it was decided, and what came of it."""
        rule = council_rule(self.context.standards, on)
        voters = electorate(roll, withdrawn(voting.interested, self.context.standards, on))
        adopted = rule.passes(voting.yes, voters)
        self._rows.change(
            DecisionItem,
            item_id,
            state=(ItemState.ADOPTED if adopted else ItemState.REJECTED).code,
            due=voters.due,
            present=voters.present,
            yes=voting.yes,
            no=voting.no,
            abstain=voting.abstain,
            presiding_id=voting.presiding or voting.chair,
            standard_key=rule.entry.key,
            standard_since=rule.entry.span.since,
        )
        return adopted

    def _settle_emergency(self, emergency_id: int, item_id: int, on: date, *, adopted: bool) -> None:
        """Let an item that was voted on ratify an emergency, or refuse it.

        The emergency goes on as a cover of its own, up to what is ratified; as much is taken out of the
        item, so that nothing may be spent twice.
        """
        emergency, item = map(cover_of, map(self._item, (emergency_id, item_id)))
        if not adopted:
            if emergency.state is ItemState.PROVISIONAL:
                self._rows.change(DecisionItem, emergency_id, state=ItemState.REJECTED.code)
            return
        refuse_if(ratification_problems(emergency, item))
        ceiling = ratified_ceiling(emergency, item)
        values: dict[str, Any] = {"ceiling": ceiling, "until": item.until, "ratified_on": on}
        self._rows.change(DecisionItem, emergency_id, state=ItemState.ADOPTED.code, **values)
        draw(self.context, item_id, ceiling, Source(SOURCE_KIND, emergency_id), on=on)
        late = emergency.ratify_by is not None and on > emergency.ratify_by
        fact = EmergencyRatified(
            item_id=emergency_id, by_item_id=item_id, ceiling=ceiling, ratified_on=on, late=late
        )
        self.context.announce(fact)

    @use_case(RECORD_EMERGENCY, at=At.SCHOOL)
    def record_emergency(self, command: EmergencyRepair) -> ItemView:
        """Record an emergency repair: it may be spent on at once up to its limit, until it is to be ratified.

        Raises:
            SchoolUnknown, LineUnknown, LineOfOtherSchool: for what it names.
            NotARepair: the line is not for repairs of buildings.
            EmergencyAhead: it would begin on a day that has not come.
            StandardNotSet: the district has not set within how many days it is ratified.
        """
        self.context.permit(RECORD_EMERGENCY, school=command.school)
        named = Named(self._rows.schools(), self._rows.lines([command.line_id]))
        refuse_if(named.place_problems(command.school, command.line_id))
        line, school_id = named.lines[command.line_id], named.schools[command.school]
        began = command.began_on or self.context.today
        if began > self.context.today:
            raise EmergencyAhead(item=command.subject, day=str(began))
        if matter_of(line.economic, self.context.standards, began) is not Matter.BUILDING_REPAIR:
            raise NotARepair(line=line.name, economic=line.economic)
        by = ratify_by(began, self.context.standards)
        item_id = self._rows.add(DecisionItem, **self._emergency(command, school_id, began, by))
        self.context.announce(
            EmergencyRecorded(
                item_id=item_id,
                school_id=school_id,
                line_id=line.id,
                limit=command.limit,
                began_on=began,
                ratify_by=by,
            )
        )
        return item_view(self._item(item_id))

    def _emergency(self, command: EmergencyRepair, school_id: int, began: date, by: date) -> dict[str, Any]:
        """Return the values of an emergency; it has no last day but the one by which it is ratified."""
        return {
            **command.model_dump(include={"subject", "line_id", "reason"}),
            "district_id": self._rows.district_id,
            "matter": Matter.BUILDING_REPAIR.code,
            "school_id": school_id,
            "ceiling": command.limit,
            "drawn": Money(0),
            "since": began,
            "ratify_by": by,
            "state": ItemState.PROVISIONAL.code,
        }

    @reading(VIEW_DECISIONS)
    def item(self, item_id: int) -> ItemView:
        """Return an item with what is drawn of it.

        Raises:
            DecisionUnknown: there is none of that id here.
        """
        return item_view(self._item(item_id))

    @reading(VIEW_DECISIONS)
    def decisions(self, year: int | None = None) -> DecisionLedger:
        """Return the ledger 台账 of a year's decisions, and of emergencies until they are ratified.

        Args:
            year: the year in which they were decided; this year when left out.
        """
        today = self.context.today
        year = year or today.year
        first, until = date(year, 1, 1), date(year + 1, 1, 1)
        rows = self._rows.items_in(first, until)
        earlier = [row for row in self._rows.awaiting(until) if row.since < first]
        return ledger_view(self._rows.district_name(), year, today, [*earlier, *rows])


def _voting(meeting: AnyRow, item: AnyRow, command: ItemVote) -> Voting:
    return Voting(
        item=item_name(item),
        meeting=minutes_name(meeting.year, meeting.number),
        chair=meeting.chair_id,
        presiding=command.presiding_id,
        interested=frozenset(one.staff_id for one in command.interested),
        **command.model_dump(include={"yes", "no", "abstain"}),
    )
