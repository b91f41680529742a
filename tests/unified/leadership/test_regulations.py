"""Regulations in versions: made step by step, in force by day, carried out by schools."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.unified.leadership.ledger_office import (
    DECEMBER,
    NOVEMBER,
    OCTOBER,
    OTHER,
    as_,
    facts,
    office,
    on,
    with_post,
)
from tests.unified.leadership.rulebook import (
    LATER_TEXT,
    TEXT,
    deliberate,
    draft,
    issued,
    issuing,
    number_on,
    register,
    repeal,
)
from xuequ import District, Post
from xuequ.core.errors import ActionNotPermitted, IllegalTransition, Problems
from xuequ.core.source import Source
from xuequ.core.standards import StandardNotSet
from xuequ.core.storage import FolderStorage
from xuequ.registry.errors.places import DistrictNeeded, SchoolUnknown
from xuequ.registry.schemas.attachments import Attaching
from xuequ.testing import make_county, make_district
from xuequ.testing.factories import DAY
from xuequ.unified.leadership.errors.ledgers import DayAhead, DayTooEarly
from xuequ.unified.leadership.errors.regulations import (
    AssemblyPassageMissing,
    BaseNotInForce,
    DeliberatedAlready,
    DistrictRuleNeeded,
    ForceBeforeIssue,
    ForceNotLater,
    ImplementsNothing,
    NothingInForce,
    RegulationKnown,
    RegulationUnknown,
    TextDiffers,
    VersionInTheMaking,
    VersionUnknown,
)
from xuequ.unified.leadership.schemas.regulations import Drafting
from xuequ.unified.leadership.service.regulations import VERSION
from xuequ.unified.leadership.states.regulations import Body, RegulationKind, VersionState


@pytest.fixture
def door(session: Session) -> District:
    return office(session)


# made step by step


def test_a_regulation_goes_from_draft_to_force_and_each_step_is_a_fact(
    door: District, session: Session
) -> None:
    regulation_id = register(door)
    version = draft(door, regulation_id)
    assert (version.number, version.state, version.text_sha256) == (1, VersionState.DRAFT, TEXT)
    assert deliberate(door, version.id).state is VersionState.DELIBERATED
    made = door.leadership.regulations.issue(version.id, issuing(OCTOBER))
    assert (made.state, made.issued_on, made.since, made.document_no) == (
        *(VersionState.ISSUED, DAY, OCTOBER),
        "前学〔2026〕5号",
    )
    assert facts(session) == [
        *("regulation_registered", "version_drafted", "version_deliberated", "version_issued"),
    ]


def test_nothing_is_issued_that_was_not_deliberated(door: District) -> None:
    version = draft(door, register(door))
    with pytest.raises(IllegalTransition, match="草案"):
        door.leadership.regulations.issue(version.id, issuing())


def test_what_is_issued_is_issued_once_and_its_text_stands(door: District) -> None:
    regulation_id = register(door)
    version = issued(door, regulation_id, DAY)
    regulations = door.leadership.regulations
    acts: list[Callable[[], object]] = [
        lambda: regulations.issue(version.id, issuing(OCTOBER)),
        lambda: regulations.redraft(version.id, Drafting(text_sha256=LATER_TEXT)),
        lambda: deliberate(door, version.id),
    ]
    for act in acts:
        with pytest.raises((IllegalTransition, Problems)):
            act()
    [stands] = door.leadership.regulations.versions("qingjia")
    assert (stands.text_sha256, stands.since) == (TEXT, DAY)


def test_a_text_changed_after_its_deliberation_is_deliberated_again(door: District) -> None:
    version = draft(door, register(door))
    deliberate(door, version.id)
    changed = door.leadership.regulations.redraft(version.id, Drafting(text_sha256=LATER_TEXT))
    assert (changed.state, [one.counts for one in changed.deliberations]) == (VersionState.DRAFT, [False])
    with pytest.raises(IllegalTransition):
        door.leadership.regulations.issue(version.id, issuing())
    deliberate(door, version.id)
    assert door.leadership.regulations.issue(version.id, issuing()).state is VersionState.IN_FORCE


def test_a_body_passes_a_text_once_and_another_body_may_pass_it_too(door: District) -> None:
    version = draft(door, register(door))
    deliberate(door, version.id)
    with pytest.raises(DeliberatedAlready, match="校务委员会"):
        deliberate(door, version.id)
    both = deliberate(door, version.id, Body.ASSEMBLY)
    assert [one.body for one in both.deliberations] == [Body.COUNCIL, Body.ASSEMBLY]


@pytest.mark.parametrize(
    "kind", [RegulationKind.APPRAISAL, RegulationKind.DISTRIBUTION, RegulationKind.REWARD]
)
def test_plans_of_appraisal_and_pay_are_passed_by_the_staff_congress_first(
    door: District, kind: RegulationKind
) -> None:
    version = draft(door, register(door, "kaohe", kind=kind))
    deliberate(door, version.id, Body.COUNCIL)
    with pytest.raises(AssemblyPassageMissing, match="教代会"):
        door.leadership.regulations.issue(version.id, issuing())
    deliberate(door, version.id, Body.ASSEMBLY)
    assert door.leadership.regulations.issue(version.id, issuing()).state is VersionState.IN_FORCE


def test_the_congress_s_passage_of_an_earlier_text_does_not_count(door: District) -> None:
    version = draft(door, register(door, "kaohe", kind=RegulationKind.APPRAISAL))
    deliberate(door, version.id, Body.ASSEMBLY)
    door.leadership.regulations.redraft(version.id, Drafting(text_sha256=LATER_TEXT))
    deliberate(door, version.id, Body.COUNCIL)
    with pytest.raises(AssemblyPassageMissing):
        door.leadership.regulations.issue(version.id, issuing())


def test_the_next_version_waits_for_the_one_before(door: District) -> None:
    regulation_id = register(door)
    draft(door, regulation_id)
    with pytest.raises(VersionInTheMaking, match="第1版"):
        draft(door, regulation_id, LATER_TEXT)


def test_days_follow_each_other(door: District) -> None:
    regulations = door.leadership.regulations
    version = draft(door, register(door))
    with pytest.raises(DayTooEarly):
        deliberate(door, version.id, held_on=DAY - timedelta(days=1))
    with pytest.raises(DayAhead):
        deliberate(door, version.id, held_on=OCTOBER)
    later = on(door, NOVEMBER)
    deliberate(later, version.id, held_on=OCTOBER)
    with pytest.raises(ForceBeforeIssue):
        later.leadership.regulations.issue(version.id, issuing(OCTOBER))
    with pytest.raises(Problems) as refused:
        regulations.issue(version.id, issuing(DAY, issued_on=OCTOBER - timedelta(days=1)))
    codes = {problem.error.code for problem in refused.value.problems}
    assert codes == {"leadership.force_before_issue", "leadership.day_too_early", "leadership.day_ahead"}


def test_what_is_issued_is_the_text_that_was_deliberated(door: District, tmp_path: Path) -> None:
    stored = on(door, DAY)
    stored.context.settings = stored.context.settings.__class__(
        clock=stored.context.settings.clock, storage=FolderStorage(tmp_path)
    )
    version = draft(stored, register(stored))
    deliberate(stored, version.id)
    source = Source(VERSION, version.id)
    attached = stored.registry.attachments.attach(
        Attaching(source=source, name="制度.txt"), io.BytesIO("请假制度".encode())
    )
    with pytest.raises(TextDiffers):
        stored.leadership.regulations.issue(version.id, issuing())
    stored.leadership.regulations.redraft(version.id, Drafting(text_sha256=attached.sha256))
    deliberate(stored, version.id)
    assert stored.leadership.regulations.issue(version.id, issuing()).text_sha256 == attached.sha256


# in force by day


def test_on_every_day_it_is_clear_which_version_is_in_force(door: District) -> None:
    regulation_id = register(door)
    issued(door, regulation_id, OCTOBER)
    issued(door, regulation_id, DECEMBER, LATER_TEXT, day=NOVEMBER)
    days = [DAY, OCTOBER, NOVEMBER, DECEMBER - timedelta(days=1), DECEMBER, date(2030, 1, 1)]
    assert [number_on(door, "qingjia", day) for day in days] == [None, 1, 1, 1, 2, 2]
    states = [one.state for one in door.leadership.regulations.versions("qingjia", on=NOVEMBER)]
    assert states == [VersionState.IN_FORCE, VersionState.ISSUED]
    states = [one.state for one in door.leadership.regulations.versions("qingjia", on=DECEMBER)]
    assert states == [VersionState.SUPERSEDED, VersionState.IN_FORCE]


def test_a_later_version_is_in_force_later(door: District) -> None:
    regulation_id = register(door)
    issued(door, regulation_id, OCTOBER)
    version = draft(door, regulation_id, LATER_TEXT)
    deliberate(door, version.id)
    with pytest.raises(ForceNotLater, match="第1版"):
        door.leadership.regulations.issue(version.id, issuing(OCTOBER))


def test_a_repeal_ends_force_from_its_day_and_a_new_version_may_follow(door: District) -> None:
    regulation_id = register(door)
    issued(door, regulation_id, DAY)
    assert repeal(on(door, OCTOBER), regulation_id, NOVEMBER).until == NOVEMBER
    days = [DAY, NOVEMBER - timedelta(days=1), NOVEMBER]
    assert [number_on(door, "qingjia", day) for day in days] == [1, 1, None]
    [version] = door.leadership.regulations.versions("qingjia", on=NOVEMBER)
    assert version.state is VersionState.REPEALED
    issued(door, regulation_id, DECEMBER, LATER_TEXT, day=NOVEMBER)
    assert [number_on(door, "qingjia", day) for day in (NOVEMBER, DECEMBER)] == [None, 2]


def test_what_is_not_in_force_is_not_repealed(door: District) -> None:
    regulation_id = register(door)
    with pytest.raises(NothingInForce):
        repeal(door, regulation_id, OCTOBER)
    issued(door, regulation_id, OCTOBER)
    with pytest.raises(NothingInForce):
        repeal(door, regulation_id, OCTOBER)
    repeal(door, regulation_id, NOVEMBER)
    with pytest.raises(NothingInForce):
        repeal(door, regulation_id, DECEMBER)


# schools carry out the district's rules


def test_a_school_makes_no_rule_but_one_that_carries_out_a_district_s(door: District) -> None:
    with pytest.raises(DistrictRuleNeeded, match="实施细则"):
        register(door, "s1-own", school="s1")
    with pytest.raises(RegulationUnknown):
        register(door, "s1-own", school="s1", implements="none")
    register(door)
    with pytest.raises(ImplementsNothing):
        register(door, "second", implements="qingjia")
    with pytest.raises(BaseNotInForce):
        register(door, "s1-own", school="s1", implements="qingjia")


def test_a_school_s_rule_is_no_base_for_another(door: District) -> None:
    issued(door, register(door), DAY)
    register(door, "s1-own", school="s1", implements="qingjia")
    with pytest.raises(RegulationUnknown):
        register(door, "s1-more", school="s1", implements="s1-own")


def test_a_school_s_rule_falls_with_the_one_that_it_carries_out(door: District) -> None:
    base = register(door)
    issued(door, base, DAY)
    own = register(door, "s1-own", school="s1", implements="qingjia")
    issued(door, own, OCTOBER)
    assert number_on(door, "s1-own", OCTOBER, "s1") == 1
    repeal(door, base, NOVEMBER)
    days = [OCTOBER, NOVEMBER - timedelta(days=1), NOVEMBER]
    assert [number_on(door, "s1-own", day, "s1") for day in days] == [1, 1, None]
    assert [one.code for one in door.leadership.regulations.regulations("s1", OCTOBER)] == [
        "qingjia",
        "s1-own",
    ]


def test_a_school_s_rule_is_issued_only_while_its_base_is_in_force(door: District) -> None:
    base = register(door)
    issued(door, base, DAY)
    own = register(door, "s1-own", school="s1", implements="qingjia")
    version = draft(door, own)
    deliberate(door, version.id)
    repeal(door, base, NOVEMBER)
    with pytest.raises(BaseNotInForce):
        door.leadership.regulations.issue(version.id, issuing(NOVEMBER))


def test_a_school_sees_the_district_s_rules_and_its_own(door: District) -> None:
    issued(door, register(door), DAY)
    issued(door, register(door, "s1-own", school="s1", implements="qingjia"), DAY)
    teacher = as_(door, "s2-T4").leadership.regulations
    assert [one.code for one in teacher.regulations("s2")] == ["qingjia"]
    assert teacher.versions("qingjia", "s2")[0].number == 1
    with pytest.raises(RegulationUnknown):
        teacher.in_force("s1-own", "s2")
    with pytest.raises(ActionNotPermitted):
        teacher.regulations("s1")
    with pytest.raises(ActionNotPermitted):
        teacher.regulations()


def test_a_head_makes_rules_of_the_own_school_only(door: District) -> None:
    head = as_(door, "s1-T1")
    with pytest.raises(ActionNotPermitted):
        register(head)
    base = register(door)
    issued(door, base, DAY)
    own = register(head, "s1-own", school="s1", implements="qingjia")
    version = draft(head, own)
    deliberate(head, version.id)
    assert head.leadership.regulations.issue(version.id, issuing()).state is VersionState.IN_FORCE
    with pytest.raises(ActionNotPermitted):
        draft(head, base)
    with pytest.raises(ActionNotPermitted):
        repeal(head, base, OCTOBER)
    with pytest.raises(ActionNotPermitted):
        draft(as_(door, "s2-T1"), own)


def test_nobody_issues_but_the_principal(door: District) -> None:
    version = draft(as_(door, "s2-T2"), register(as_(door, "s2-T2")))
    deliberate(as_(door, "s2-T2"), version.id)
    with pytest.raises(ActionNotPermitted):
        as_(door, "s2-T2").leadership.regulations.issue(version.id, issuing())
    assert as_(door, "s1-T2").leadership.regulations.issue(version.id, issuing()).number == 1


# where it is


def test_a_code_is_one_regulation_of_a_district_and_two_districts_do_not_mix(
    door: District, session: Session
) -> None:
    regulation_id = register(door)
    with pytest.raises(RegulationKnown):
        register(door)
    other = make_district(session, OTHER, schools=1, pupils=0, staff=1)
    assert register(other) != regulation_id
    version = issued(door, regulation_id, DAY)
    with pytest.raises(RegulationUnknown):
        draft(other, regulation_id)
    with pytest.raises(VersionUnknown):
        other.leadership.regulations.issue(version.id, issuing())
    assert other.leadership.regulations.regulations() == []
    assert number_on(other, "qingjia", DAY) is None


def test_a_county_s_door_has_no_regulations_of_a_district(session: Session) -> None:
    county = make_county(session)
    with pytest.raises(DistrictNeeded):
        county.leadership.regulations.regulations()


def test_a_school_that_is_not_there_has_no_rules(door: District) -> None:
    with pytest.raises(SchoolUnknown):
        register(door, "s9-own", school="s9", implements="qingjia")


def test_a_deadline_that_the_district_has_not_set_has_no_default(session: Session) -> None:
    bare = make_district(session, OTHER, schools=1, pupils=0, staff=1)
    with pytest.raises(StandardNotSet, match="签收"):
        issued(bare, register(bare), DAY)


def test_a_host_s_word_for_a_post_is_enough(door: District) -> None:
    version = draft(door, register(door))
    deliberate(door, version.id)
    principal = with_post(door, Post.PRINCIPAL, door.context.place)
    assert principal.leadership.regulations.issue(version.id, issuing()).number == 1
