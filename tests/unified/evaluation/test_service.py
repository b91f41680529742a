"""The evidence ledger: every fact once, nothing changed, and the right sum whatever happens in between."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from sqlalchemy import delete, event, func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from xuequ import Actor, County, District, Holding, Post, XuequError
from xuequ.core.access import Action, action
from xuequ.core.context import Context, Service, use_case
from xuequ.core.database import translate
from xuequ.core.errors import ActionNotPermitted, JournalSealed, Problems, SpanBackwards
from xuequ.core.facts import Fact
from xuequ.core.journal import FactRow
from xuequ.core.source import Source
from xuequ.flows import Flow, Flows
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Placement, Staff
from xuequ.testing import make_district
from xuequ.testing.factories import MAKER, SETTINGS
from xuequ.unified.evaluation import EvaluationService, EvidenceByHand, EvidenceEntry, EvidenceRow
from xuequ.unified.evaluation.errors import EvidenceDiffers, FactUnknown, TeacherUnknown
from xuequ.unified.evaluation.models import Evidence

PLACE = "530921/qianfeng"
LEAVE = Source("leadership.leave", 7)
MONDAY = date(2026, 9, 7)
SPAN = (date(2026, 9, 1), date(2027, 9, 1))
TAKE = action("test.take_leave", "请假", [Post.PRINCIPAL, Post.TEACHER])


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveTold(Fact):
    """What the part of leave says: so many days of somebody, from now on."""

    name: ClassVar[str] = "test.leave_told"
    staff_id: int
    days: int


class Leave(Service):
    """A part that knows of leave."""

    @use_case(TAKE)
    def tell(self, staff_id: int, days: int) -> int:
        return self.context.announce(LeaveTold(staff_id=staff_id, days=days))


def teacher(session: Session, district: str = "qianfeng", number: int = 1) -> int:
    query = select(Staff.id).where(Staff.staff_no == f"{district}-s1-T{number}")
    return session.scalars(query).one()


def fact_of(door: District, days: int = 0) -> int:
    """Return the id of a new fact of another part."""
    return Leave(door.context).tell(teacher(door.context.session), days)


def row(door: District, fact_id: int, amount: str = "-2", **more: Any) -> EvidenceRow:
    values: dict[str, Any] = {"staff_id": teacher(door.context.session), "indicator": "sick_days"}
    values |= {"amount": amount, "day": MONDAY, "source": LEAVE, "fact_id": fact_id}
    return EvidenceRow(**(values | more))


def total(door: District, staff_id: int | None = None) -> Decimal:
    totals = door.evaluation.totals_of(staff_id or teacher(door.context.session), *SPAN)
    return next((found.amount for found in totals if found.indicator == "sick_days"), Decimal(0))


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Evidence)) or 0


@pytest.fixture
def door(session: Session) -> District:
    return make_district(session, PLACE)


# recording


def test_what_is_recorded_comes_back_with_its_school_and_its_sum(door: District) -> None:
    fact = fact_of(door)
    (row_id,) = door.evaluation.record_evidence([row(door, fact, "-2.5")])
    (view,) = door.evaluation.evidence_of(teacher(door.context.session), *SPAN)
    school = door.context.session.scalars(select(School.id).where(School.code == "s1")).one()
    assert (view.id, view.school_id, view.amount, view.day) == (row_id, school, Decimal("-2.5"), MONDAY)
    assert (view.source, view.fact_id, view.line_no, view.reverses_id) == (LEAVE, fact, 1, None)
    (found,) = door.evaluation.totals_of(view.staff_id, *SPAN)
    assert (found.indicator, found.amount, found.evidence_ids) == ("sick_days", Decimal("-2.5"), (row_id,))
    assert view.model_dump(mode="json")["source"] == {"kind": "leadership.leave", "id": "7"}


def test_a_replay_changes_nothing_and_has_the_same_answer(door: District) -> None:
    rows = [row(door, fact_of(door), line_no=number) for number in (2, 1, 3)]
    before = door.evaluation.record_evidence(rows)
    facts = door.context.session.scalar(select(func.count()).select_from(FactRow))
    assert door.evaluation.record_evidence(rows) == before
    assert door.evaluation.record_evidence([rows[2]]) == (before[2],)
    assert door.context.session.scalar(select(func.count()).select_from(FactRow)) == facts
    assert count(door.context.session) == 3


def test_the_same_line_with_another_content_is_refused_and_nothing_is_added(door: District) -> None:
    fact = fact_of(door)
    door.evaluation.record_evidence([row(door, fact)])
    with pytest.raises(EvidenceDiffers) as caught:
        door.evaluation.record_evidence([row(door, fact, line_no=2), row(door, fact, "-3")])
    assert caught.value.line == 1 and "-3" in caught.value.given
    assert count(door.context.session) == 1


def test_only_facts_and_teachers_that_are_known_have_evidence(door: District) -> None:
    make_district(door.context.session, "530921/dasi")
    stranger = teacher(door.context.session, "dasi")
    with pytest.raises(FactUnknown):
        door.evaluation.record_evidence([row(door, 1)])
    with pytest.raises(FactUnknown):
        door.evaluation.reverse_evidence(LEAVE, 1)
    fact = fact_of(door)
    for staff_id in (stranger, 42):
        with pytest.raises(TeacherUnknown):
            door.evaluation.record_evidence([row(door, fact, staff_id=staff_id)])
    with pytest.raises(Problems) as caught:
        door.evaluation.record_evidence([row(door, 1, staff_id=stranger)] * 2)
    assert len(caught.value.problems) == 3
    assert count(door.context.session) == 0
    assert door.evaluation.record_evidence([]) == ()


def test_the_county_records_for_any_district_and_each_row_is_of_its_teachers_own(door: District) -> None:
    make_district(door.context.session, "530921/dasi")
    county = County(door.context.session, "530921", actor=MAKER, settings=SETTINGS)
    mine, theirs = teacher(door.context.session), teacher(door.context.session, "dasi")
    fact = fact_of(door)
    county.evaluation.record_evidence([row(door, fact), row(door, fact, staff_id=theirs, line_no=2)])
    query = select(Evidence.staff_id, Evidence.district_id)
    districts = {found.staff_id: found.district_id for found in door.context.session.execute(query)}
    assert districts[mine] == door.context.scope.district_id != districts[theirs]
    assert len(county.evaluation.evidence_of(theirs, *SPAN)) == 1
    with pytest.raises(TeacherUnknown):
        door.evaluation.evidence_of(theirs, *SPAN)


def test_a_teacher_lent_to_a_district_has_evidence_there_and_the_home_district_sees_it(
    door: District,
) -> None:
    """A rotation 支教 across districts: the receiving district knows what happened there."""
    session = door.context.session
    make_district(session, "530921/dasi")
    there = District(session, "530921/dasi", actor=MAKER, settings=SETTINGS)
    school = session.scalars(
        select(School).where(School.district_id == there.context.scope.district_id)
    ).first()
    assert school is not None
    lent = teacher(session)
    session.execute(
        update(Placement)
        .where(Placement.staff_id == lent)
        .values(school_id=school.id, district_id=school.district_id, since=date(2026, 9, 5))
    )
    fact = fact_of(door)
    with pytest.raises(TeacherUnknown):
        there.evaluation.record_evidence([row(door, fact, day=date(2026, 9, 4))])
    there.evaluation.record_evidence([row(door, fact)])
    assert total(door) == Decimal(-2)
    assert session.scalars(select(Evidence.district_id)).one() == school.district_id
    door.evaluation.reverse_evidence(LEAVE, fact_of(door))  # not what the other district has recorded
    assert total(door) == Decimal(-2)
    there.evaluation.reverse_evidence(LEAVE, fact_of(door))
    assert total(door) == 0


def test_a_teacher_who_is_nowhere_on_that_day_has_evidence_without_a_school(door: District) -> None:
    door.evaluation.record_evidence([row(door, fact_of(door), day=date(2026, 8, 1))])
    assert door.context.session.scalars(select(Evidence.school_id)).one() is None


def test_evidence_is_of_the_days_that_are_asked_for(door: District) -> None:
    fact = fact_of(door)
    days = (date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 1))
    door.evaluation.record_evidence([row(door, fact, day=day, line_no=n) for n, day in enumerate(days, 1)])
    september = (date(2026, 9, 1), date(2026, 10, 1))
    views = door.evaluation.evidence_of(teacher(door.context.session), *september)
    assert [view.day for view in views] == list(days[:2])
    with pytest.raises(SpanBackwards):
        door.evaluation.evidence_of(teacher(door.context.session), days[1], days[0])


def test_recording_many_takes_a_fixed_number_of_statements(door: District) -> None:
    session = door.context.session
    staff = list(session.scalars(select(Staff.id)))
    statements: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        statements.append(statement)

    def recorded(number: int) -> int:
        fact = fact_of(door)
        rows = [row(door, fact, staff_id=staff[n % len(staff)], line_no=n) for n in range(1, number + 1)]
        statements.clear()
        event.listen(session.get_bind(), "before_cursor_execute", note)
        door.evaluation.record_evidence(rows)
        event.remove(session.get_bind(), "before_cursor_execute", note)
        return len(statements)

    assert recorded(300) == recorded(3)


# the chain that a key on source or day gets wrong


def told(door: District, days: int) -> int:
    """Say anew what leave there is, as the flow of leave does: take back, then record what is left."""
    fact = fact_of(door, days)
    door.evaluation.reverse_evidence(LEAVE, fact)
    if days:
        door.evaluation.record_evidence([row(door, fact, str(-days))])
    return fact


def again(door: District, fact: int, days: int) -> None:
    """Replay what `told` has done."""
    door.evaluation.reverse_evidence(LEAVE, fact)
    if days:
        door.evaluation.record_evidence([row(door, fact, str(-days))])


def test_approve_replay_cancel_approve_longer_return_early_comes_to_the_right_sum(door: District) -> None:
    facts = [(told(door, days), days) for days in (2, 0, 3, 2)]
    assert total(door) == Decimal(-2)
    for fact, days in facts:
        again(door, fact, days)
        assert total(door) == Decimal(-2), days
    told(door, 0)
    assert total(door) == 0


def test_a_reversal_of_nothing_that_is_replayed_leaves_later_evidence_alone(door: District) -> None:
    cancelled = fact_of(door)
    assert door.evaluation.reverse_evidence(LEAVE, cancelled) == ()
    door.evaluation.record_evidence([row(door, fact_of(door))])
    assert door.evaluation.reverse_evidence(LEAVE, cancelled) == ()
    assert total(door) == Decimal(-2)


def test_a_reversal_is_a_row_of_its_own_that_says_what_it_reverses(door: District) -> None:
    fact = fact_of(door)
    ids = door.evaluation.record_evidence(
        [row(door, fact), row(door, fact, "1", indicator="duty", line_no=2)]
    )
    cancelled = fact_of(door)
    reversing = door.evaluation.reverse_evidence(LEAVE, cancelled)
    assert door.evaluation.reverse_evidence(LEAVE, cancelled) == reversing
    views = {view.id: view for view in door.evaluation.evidence_of(teacher(door.context.session), *SPAN)}
    assert {views[n].reverses_id: views[n].amount for n in reversing} == {ids[0]: Decimal(2), ids[1]: -1}
    assert all(views[n].day == MONDAY and views[n].fact_id == cancelled for n in reversing)
    assert door.evaluation.reverse_evidence(LEAVE, fact_of(door)) == ()
    assert {found.amount for found in door.evaluation.totals_of(teacher(door.context.session), *SPAN)} == {0}


def test_lines_before_the_first_that_is_taken_back_still_stand(door: District) -> None:
    fact = fact_of(door)
    ids = door.evaluation.record_evidence([row(door, fact, "1", line_no=line) for line in (5, 6, 7)])
    shortened = fact_of(door)
    reversing = door.evaluation.reverse_evidence(LEAVE, shortened, from_line=6)
    assert len(reversing) == 2 and total(door) == Decimal(1)
    assert [view.id for view in door.evaluation.evidence_from(LEAVE)] == [ids[0]]
    door.evaluation.record_evidence([row(door, fact_of(door), "1", line_no=9)])
    assert door.evaluation.reverse_evidence(LEAVE, shortened, from_line=6) == reversing
    assert total(door) == Decimal(2)


def test_other_sources_are_left_alone(door: District) -> None:
    other = Source("leadership.leave", 8)
    door.evaluation.record_evidence([row(door, fact_of(door)), row(door, fact_of(door), "-5", source=other)])
    door.evaluation.reverse_evidence(LEAVE, fact_of(door))
    assert total(door) == Decimal(-5)


@pytest.mark.parametrize("statement", [update(Evidence).values(amount=Decimal(0)), delete(Evidence)])
def test_nothing_is_changed_or_deleted(door: District, statement: Any) -> None:
    door.evaluation.record_evidence([row(door, fact_of(door))])
    with pytest.raises(DBAPIError) as caught, door.context.session.begin_nested():
        door.context.session.execute(statement)
    assert isinstance(translate(caught.value), JournalSealed)


# by hand, and in a flow


def by_hand(door: District, amount: str = "3") -> EvidenceByHand:
    entry = EvidenceEntry(
        staff_id=teacher(door.context.session), indicator="award", amount=Decimal(amount), day=MONDAY
    )
    return EvidenceByHand(source=Source("paper.sheet", 1), why="县级公开课", entries=(entry, entry))


def test_what_is_entered_by_hand_is_a_fact_of_its_own(door: District) -> None:
    ids = door.evaluation.enter_evidence(by_hand(door))
    views = door.evaluation.evidence_of(teacher(door.context.session), *SPAN)
    assert [view.id for view in views] == list(ids)
    assert {view.line_no for view in views} == {1, 2}
    name = select(FactRow.name, FactRow.payload).where(FactRow.id == views[0].fact_id)
    found = door.context.session.execute(name).one()
    assert found.name == "evaluation.evidence_entered" and "县级公开课" in found.payload


def test_an_entry_by_hand_that_is_sent_again_under_its_key_is_entered_once(door: District) -> None:
    command = by_hand(door)
    for _ in range(3):
        door.once("k", lambda d: d.evaluation.enter_evidence(command), answer=tuple[int, ...], asked=command)
    assert count(door.context.session) == 2


def to_evidence(context: Context, fact: LeaveTold, fact_id: int) -> None:
    values = row(District(context.session, PLACE, actor=MAKER, settings=SETTINGS), fact_id)
    EvaluationService(context).record_evidence([values.model_copy(update={"amount": Decimal(-fact.days)})])


FLOWS: Flows = {LeaveTold: (Flow(to_evidence),)}


def test_a_flow_records_evidence_for_somebody_who_could_not_by_hand(door: District) -> None:
    """A teacher's own leave brings about evidence; the teacher has no post that may record any."""
    session = door.context.session
    actor = Actor("T1", (Holding(Post.TEACHER, PLACE),))
    asking = District(session, PLACE, actor=actor, settings=SETTINGS, flows=FLOWS)
    Leave(asking.context).tell(teacher(session), 4)
    assert total(door) == Decimal(-4)
    with pytest.raises(ActionNotPermitted):
        asking.evaluation.enter_evidence(by_hand(door))
    with pytest.raises(ActionNotPermitted):
        asking.evaluation.reverse_evidence(LEAVE, 1)


def test_a_flow_that_is_refused_undoes_its_cause_and_what_follows_asks_the_policy_again(
    door: District,
) -> None:
    session = door.context.session

    def veto(context: Context, fact: LeaveTold, fact_id: int) -> None:
        EvaluationService(context).record_evidence([row(door, 1)])

    actor = Actor("T1", (Holding(Post.TEACHER, PLACE),))
    asking = District(session, PLACE, actor=actor, settings=SETTINGS, flows={LeaveTold: (Flow(veto),)})
    with pytest.raises(FactUnknown):
        Leave(asking.context).tell(teacher(session), 4)
    assert session.scalars(select(FactRow.id).where(FactRow.name == LeaveTold.name)).all() == []
    with pytest.raises(ActionNotPermitted):
        asking.evaluation.enter_evidence(by_hand(door))


def test_the_head_of_a_school_sees_the_evidence_of_its_own_teachers_only(door: District) -> None:
    session = door.context.session
    other = session.scalars(select(Staff.id).where(Staff.staff_no == "qianfeng-s2-T1")).one()
    head = Actor("H", (Holding(Post.SCHOOL_HEAD, f"{PLACE}/s1"),))
    seeing = District(session, PLACE, actor=head, settings=SETTINGS)
    assert seeing.evaluation.evidence_of(teacher(session), *SPAN) == []
    with pytest.raises(ActionNotPermitted):
        seeing.evaluation.evidence_of(other, *SPAN)


def test_a_teacher_lent_to_another_districts_school_is_not_of_the_school_of_that_code_here(
    door: District,
) -> None:
    session = door.context.session
    there = make_district(session, "530921/dasi")
    lent = teacher(session)
    school = next(one for one in there.registry.schools() if one.code == "s2")
    session.execute(
        update(Placement)
        .where(Placement.staff_id == lent)
        .values(school_id=school.id, district_id=there.context.scope.district_id)
    )
    for code in ("s1", "s2"):
        head = Actor("H", (Holding(Post.SCHOOL_HEAD, f"{PLACE}/{code}"),))
        seeing = District(session, PLACE, actor=head, settings=SETTINGS)
        with pytest.raises(ActionNotPermitted):
            seeing.evaluation.evidence_of(lent, *SPAN)
        with pytest.raises(ActionNotPermitted):
            seeing.registry.staff_member(lent)
    assert door.evaluation.evidence_of(lent, *SPAN) == []


def test_what_a_host_is_told_of_a_refusal_under_a_key(door: District) -> None:
    heard: list[str] = []

    def hear(error: XuequError, actor: Actor, action: Action) -> None:
        heard.append(error.code)

    settings = replace(SETTINGS, on_refusal=hear)
    asking = District(door.context.session, PLACE, actor=MAKER, settings=settings)
    with pytest.raises(FactUnknown):
        asking.once("k", lambda d: d.evaluation.reverse_evidence(LEAVE, 1), answer=tuple[int, ...])
    assert heard == ["evaluation.fact_unknown"]
