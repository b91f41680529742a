"""Use cases of plans of moral education and of safety: set up, carried out, overdue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xuequ.core.context import At, reading, use_case
from xuequ.core.errors import refuse_if
from xuequ.core.spans import DaySpan
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.leadership.actions.plans import COMPLETE_ITEM, LEAD_YOUTH_WORK, OPEN_PLAN, VIEW_PLANS
from xuequ.unified.leadership.errors.ledgers import LedgerRowUnknown
from xuequ.unified.leadership.errors.plans import ItemDoneAlready
from xuequ.unified.leadership.facts.plans import (
    PlanItemCompleted,
    PlanItemsAdded,
    PlanItemVoided,
    PlanOpened,
)
from xuequ.unified.leadership.models.plans import Plan, PlanItem
from xuequ.unified.leadership.repository.plans import PlanRows
from xuequ.unified.leadership.repository.safety import SafetyRows
from xuequ.unified.leadership.rules.ledgers import check_not_ahead, check_not_before, check_proof
from xuequ.unified.leadership.rules.plans import check_item, item_state
from xuequ.unified.leadership.rules.safety import is_overdue
from xuequ.unified.leadership.schemas.ledgers import Done, Voiding
from xuequ.unified.leadership.schemas.plans import (
    OverdueLine,
    PlanExecution,
    PlanItemEntry,
    PlanItemView,
    PlanOpening,
    PlanView,
)
from xuequ.unified.leadership.service.basis import OfficeService
from xuequ.unified.leadership.states.plans import UNDER_THE_SECRETARY, ItemState, PlanArea, PlanTopic

RECORD = "计划事项"


class PlanService(OfficeService):
    """Plans 计划 of moral education 德育 and of safety 安全: each item with owner, due day, proof.

    Young Pioneers 少先队 and mass organisations 群团 are under the party secretary: nobody else puts such
    items into a plan.
    """

    @property
    def _rows(self) -> PlanRows:
        return PlanRows(self.context.session, self.context.scope, self.context.place)

    @use_case(OPEN_PLAN, at=At.SCHOOL)
    def open(self, command: PlanOpening) -> PlanView:
        """Set up a plan of the district or of a school.

        Raises:
            SchoolUnknown, DistrictNeeded: for the school.
            SpanBackwards: when it would end before it begins.
        """
        self.context.permit(OPEN_PLAN, school=command.school or "")
        span, school_id = DaySpan.through(command.first, command.last), self._school_id(command.school)
        assert span.until is not None, "a plan has a last day"
        days = {"since": span.since, "until": span.until}
        what = {"area": command.area.code, "title": command.title}
        plan_id = self._rows.add(Plan, school_id=school_id, **what, **days)
        self.context.announce(PlanOpened(plan_id=plan_id, area=command.area, school_id=school_id, **days))
        return _plan_view(self._plan(plan_id))

    @use_case(OPEN_PLAN, at=At.SCHOOL)
    def add_items(self, plan_id: int, entries: Sequence[PlanItemEntry]) -> list[PlanItemView]:
        """Put items into a plan, whole or not at all.

        Raises:
            LedgerRowUnknown, StaffUnknown: for the plan and the owners.
            TopicOutsideArea, DueOutsidePlan, NotAtWorkHere: for the items; Problems with all of them.
            ActionNotPermitted: for Young Pioneers and mass organisations, to all but the party secretary.
        """
        plan = self._plan(plan_id)
        self.context.permit(OPEN_PLAN, school=plan.school or "")
        if any(one.topic in UNDER_THE_SECRETARY for one in entries):
            self.context.permit(LEAD_YOUTH_WORK, school=plan.school or "")
        self._rows.locked(Plan, plan_id)
        span, area = DaySpan(plan.since, plan.until), PlanArea(plan.area)
        school = None if plan.school is None else self._school(plan.school)
        problems = [p for one in entries for p in check_item(area, one.topic, one.due_on, span)]
        for one in entries:
            problems += self._at_work(self._staff(one.owner_id), one.due_on, school)
        refuse_if(problems)
        first = self._rows.last_number(plan_id) + 1
        rows = [
            {"plan_id": plan_id, "number": n, "topic": one.topic.code, "text": one.text}
            | {"owner_id": one.owner_id, "due_on": one.due_on, "done_on": None}
            for n, one in enumerate(entries, first)
        ]
        ids = self._rows.add_all(PlanItem, rows)
        self.context.announce(PlanItemsAdded(plan_id=plan_id, item_ids=tuple(ids)))
        return [view for view in self._items(self.context.today, plan_id=plan_id) if view.id in ids]

    @use_case(COMPLETE_ITEM, at=At.SCHOOL)
    def complete(self, item_id: int, command: Done) -> PlanItemView:
        """Say that an item is done, with words or a file to prove it: its owner does, or who may plan there.

        Raises:
            LedgerRowUnknown, LedgerRowVoided, ItemDoneAlready: for the item.
            NotTheOwner: for who says so.
            ProofMissing, DayAhead, DayTooEarly: for proof and day; or Problems with all of them.
        """
        item = self._entered(item_id)
        standing = self._standing(PlanItem, item_id, RECORD)
        if standing.done_on is not None:
            raise ItemDoneAlready(on=str(standing.done_on))
        self._only_owner_or(OPEN_PLAN, item.owner_id, item.school)
        on, today = command.on or self.context.today, self.context.today
        plan = self._plan(item.plan_id)
        refuse_if(
            check_proof(f"“{item.text}”", command.proof, attached=item.files > 0)
            + check_not_ahead("完成", on, today)
            + check_not_before("完成", on, plan.since)
        )
        self._rows.change(PlanItem, item_id, {"done_on": on, "proof": command.proof})
        self.context.announce(PlanItemCompleted(plan_id=item.plan_id, item_id=item_id, on=on))
        return self._item(item_id)

    @use_case(OPEN_PLAN, at=At.SCHOOL)
    def void_item(self, item_id: int, command: Voiding) -> PlanItemView:
        """Void an item 作废 that was a mistake or falls out; it stays, with the reason.

        Raises:
            LedgerRowUnknown, LedgerRowVoided: for the item.
        """
        row = self._rows.item(item_id)
        if row is None:
            raise LedgerRowUnknown(record=RECORD, id=str(item_id))
        self.context.permit(OPEN_PLAN, school=row.school or "")
        self._standing(PlanItem, item_id, RECORD)
        self._void(PlanItem, item_id, command.reason)
        self.context.announce(PlanItemVoided(plan_id=row.plan_id, item_id=item_id))
        return self._item(item_id)

    # reading

    @reading(VIEW_PLANS, at=At.SCHOOL)
    def plans(self, school: str | None = None, on: date | None = None) -> list[PlanView]:
        """List the plans that run on a day: a school's and the district's, or all when none is named."""
        self.context.permit(VIEW_PLANS, school=school or "")
        rows = self._rows.plans(on or self.context.today, self._school_id(school))
        return [_plan_view(row) for row in rows]

    @reading(VIEW_PLANS, at=At.SCHOOL)
    def items(self, plan_id: int, school: str | None = None, on: date | None = None) -> list[PlanItemView]:
        """List the items of a plan as they stand on a day, voided ones among them.

        Args:
            plan_id: which plan.
            school: as seen from a school, which knows the district's plans and its own only.
            on: the day; today when left out.

        Raises:
            LedgerRowUnknown: when there is no such plan, or none that the school sees.
        """
        self.context.permit(VIEW_PLANS, school=school or "")
        plan = self._plan(plan_id)
        if school is not None and plan.school not in (None, school):
            raise LedgerRowUnknown(record="计划", id=str(plan_id))
        return self._items(on or self.context.today, plan_id=plan_id)

    @reading(VIEW_PLANS, at=At.SCHOOL)
    def overdue(self, school: str | None = None, on: date | None = None) -> list[OverdueLine]:
        """List what should have been done by a day and was not: items of plans, and hazards, by due day.

        Args:
            school: of which school; of the district and all of them when left out.
            on: the day; today when left out.
        """
        self.context.permit(VIEW_PLANS, school=school or "")
        day = on or self.context.today
        items = [one for one in self._items(day) if one.state is ItemState.OVERDUE]
        lines = [_overdue_item(one, day) for one in items if school in (None, one.school)]
        rows = SafetyRows(self.context.session, self.context.scope, self.context.place)
        for row in rows.hazards(None, day, self._school_id(school)):
            if row.voided_at is None and is_overdue(row.due_on, row.rectified_on, day):
                lines.append(_overdue_hazard(row, day))
        return sorted(lines, key=lambda line: (line.due_on, line.unit, line.record_id))

    @reading(VIEW_PLANS)
    def execution(self, area: PlanArea = PlanArea.MORAL, on: date | None = None) -> PlanExecution:
        """Return how the plans of an area are carried out 计划执行表 on a day, without voided items."""
        day = on or self.context.today
        items = [one for one in self._items(day, area=area.code) if one.state is not ItemState.VOIDED]
        done = (ItemState.DONE, ItemState.DONE_LATE)
        return PlanExecution(
            district=self._office.district_name(),
            area=area,
            as_of=day,
            items=tuple(items),
            done=sum(one.state in done for one in items),
            overdue=sum(one.state is ItemState.OVERDUE for one in items),
        )

    # steps

    def _plan(self, plan_id: int) -> AnyRow:
        row = self._rows.plan(plan_id)
        if row is None:
            raise LedgerRowUnknown(record="计划", id=str(plan_id))
        return row

    def _entered(self, item_id: int) -> AnyRow:
        """Return an item; of a district's plan, the place is where its owner works."""
        row = self._rows.item(item_id)
        if row is None:
            raise LedgerRowUnknown(record=RECORD, id=str(item_id))
        place = row.school or self._rows.school_of(row.owner_id, self.context.today)
        self.context.permit(COMPLETE_ITEM, school=place or "")
        return row

    def _item(self, item_id: int) -> PlanItemView:
        row = self._rows.item(item_id)
        assert row is not None, "it was written in this use case"
        return _item_view(row, self.context.today, self._office.district_name())

    def _items(self, on: date, *, plan_id: int | None = None, area: str | None = None) -> list[PlanItemView]:
        started = on if plan_id is None else None
        rows, name = self._rows.items(plan_id=plan_id, area=area, on=started), self._office.district_name()
        return [_item_view(row, on, name) for row in rows]


def _plan_view(row: AnyRow) -> PlanView:
    last = DaySpan(row.since, row.until).last_day
    assert last is not None, "a plan has a last day"
    area = PlanArea(row.area)
    return PlanView(id=row.id, area=area, title=row.title, school=row.school, first=row.since, last=last)


def _item_view(row: AnyRow, on: date, district: str) -> PlanItemView:
    return PlanItemView(
        id=row.id,
        plan_id=row.plan_id,
        plan=row.plan,
        area=PlanArea(row.area),
        school=row.school,
        unit=row.school_name or district,
        number=row.number,
        topic=PlanTopic(row.topic),
        text=row.text,
        owner_id=row.owner_id,
        owner=row.owner,
        due_on=row.due_on,
        done_on=row.done_on,
        proof=row.proof,
        files=row.files,
        state=item_state(row.due_on, row.done_on, on, voided=row.voided_at is not None),
        voided=row.void_reason,
    )


def _overdue_item(one: PlanItemView, on: date) -> OverdueLine:
    days = (on - one.due_on).days
    return OverdueLine(
        kind=f"{one.area.label}计划",
        record_id=one.id,
        unit=one.unit,
        text=one.text,
        owner=one.owner,
        due_on=one.due_on,
        days=days,
    )


def _overdue_hazard(row: AnyRow, on: date) -> OverdueLine:
    return OverdueLine(
        kind="隐患整改",
        record_id=row.id,
        unit=row.school_name,
        text=f"{row.spot}：{row.text}",
        owner=row.owner,
        due_on=row.due_on,
        days=(on - row.due_on).days,
    )
