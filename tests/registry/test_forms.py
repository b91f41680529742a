"""Forms: names where readings have codes, numbers that agree with the readings, and nobody else's data."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from sqlalchemy.orm import Session

from tests.registry.furnished import DAY, PLACE, SEEN, TODAY, furnish
from tests.registry.test_service import statements_of
from xuequ import Actor, County, District, Holding, Post
from xuequ.core.errors import ActionNotPermitted
from xuequ.registry.errors.calendar import HolidayUnknown, NoticeMissing, TermUnknown
from xuequ.registry.errors.classes import ClassUnknown
from xuequ.registry.errors.headcounts import NoFrozenHeadcount
from xuequ.registry.errors.places import DistrictNeeded, SchoolUnknown
from xuequ.registry.schemas.calendar import Holiday, MakeUpChoice
from xuequ.registry.service.forms import FormService
from xuequ.registry.service.forms.holidays import nearest
from xuequ.registry.states.calendar import Weekday
from xuequ.registry.states.headcounts import CountPurpose
from xuequ.registry.states.premises import AreaSource
from xuequ.testing import make_district
from xuequ.testing.factories import SETTINGS

OTHER = "530921/dasi"


@pytest.fixture
def door(session: Session) -> District:
    make_district(session, schools=2, pupils=3, staff=3)
    make_district(session, OTHER, schools=2, pupils=4, staff=4)
    return furnish(session)


@pytest.fixture
def forms(door: District) -> FormService:
    return door.registry.forms


def as_post(session: Session, post: Post, place: str = PLACE) -> FormService:
    actor = Actor(staff_no="x", holdings=(Holding(post, place),))
    return District(session, PLACE, actor=actor, settings=SEEN).registry.forms


# people


def test_a_class_list_has_the_pupils_of_the_school_by_class(forms: FormService) -> None:
    listed = forms.pupil_list("s1")
    assert (listed.district, listed.unit, listed.classes, len(listed.pupils)) == (
        *("qianfeng学区", "s1完小"),
        *(1, 3),
    )
    assert {pupil.class_name for pupil in listed.pupils} == {"一（1）班"}
    assert [pupil.document for pupil in listed.pupils] == ["530921************", None, None]


@pytest.mark.parametrize("name", ["一（1）班", "一(1)班", "一（１）班"])
def test_one_class_is_asked_for_by_its_name(forms: FormService, name: str) -> None:
    assert len(forms.pupil_list("s1", name).pupils) == 3
    with pytest.raises(ClassUnknown, match="s1完小二（1）班"):
        forms.pupil_list("s1", "二（1）班")


def test_a_staff_list_is_of_one_school_or_of_all(forms: FormService) -> None:
    assert [one.school for one in forms.staff_list().staff] == ["s1完小"] * 3 + ["s2完小"] * 3
    one = forms.staff_list("s2")
    assert (one.unit, len(one.staff)) == ("s2完小", 3)
    assert [person.phone for person in forms.staff_list("s1").staff] == ["138****5678", None, None]


def test_without_keys_a_number_is_hidden_and_not_missing(session: Session, door: District) -> None:
    bare = District(session, PLACE, actor=door.context.actor, settings=SETTINGS)
    assert [one.document for one in bare.registry.forms.pupil_list("s1", on=TODAY).pupils] == [
        "******",
        None,
        None,
    ]


def test_a_list_costs_the_same_number_of_statements_whatever_its_length(session: Session) -> None:
    make_district(session, schools=1, pupils=2, staff=2)
    make_district(session, OTHER, schools=1, pupils=60, staff=40)
    counts: list[tuple[int, int]] = []
    for place in (PLACE, OTHER):
        forms = District(session, place, actor=Actor.system("x"), settings=SEEN).registry.forms
        pupils, staff = partial(forms.pupil_list, "s1"), partial(forms.staff_list, "s1")
        pupils()  # what the district is called by is known from now on
        counts.append((statements_of(session, pupils), statements_of(session, staff)))
    assert counts[0] == counts[1]


def test_a_month_agrees_with_the_ledger(door: District, forms: FormService) -> None:
    form, ledger = (
        forms.staff_month("s1", 2026, 9),
        door.registry.staff_attendance.month_ledger("s1", 2026, 9),
    )
    assert [(line.due, line.there, line.unknown) for line in form.lines] == [
        (line.due, line.there, line.unknown) for line in ledger.lines
    ]
    assert [line.official for line in form.lines] == [1, 0, 0]


def test_changes_of_the_roll_add_up(forms: FormService) -> None:
    form = forms.roll_changes(date(2026, 8, 31), TODAY)
    assert [line.school for line in form.lines] == ["s1完小", "s2完小"]
    for line in form.lines:
        assert line.before + line.gains - line.losses == line.after == 3
        assert line.entered + line.transferred_in + line.other_gains == line.gains
    assert len(forms.roll_changes(DAY, TODAY, "s2").lines) == 1


def test_an_open_transfer_has_names_and_says_that_it_is_late(forms: FormService) -> None:
    [line] = forms.open_transfers().lines
    assert (line.from_name, line.to_name) == ("s1完小", "s2完小")
    assert line.pupil and line.transfer.overdue and forms.open_transfers().overdue == 1
    assert forms.open_transfers("s2").lines == (line,)


# posts


def test_the_duty_list_names_places_and_what_is_vacant(forms: FormService) -> None:
    form = forms.post_list()
    assert {line.place for line in form.lines} == {"qianfeng学区", "s1完小", "s2完小"}
    assert {line.post for line in form.held} == {Post.PRINCIPAL, Post.CASHIER, Post.SCHOOL_HEAD}
    assert "法定代表人" in next(line.remark for line in form.held if line.post is Post.PRINCIPAL)
    assert {line.remark for line in form.vacant} == {"空缺"}
    assert len(form.held) + len(form.vacant) == len(form.lines)


def test_a_list_is_public_for_as_many_working_days_as_the_rules_ask(forms: FormService) -> None:
    form = forms.post_publicity(date(2026, 9, 7))
    assert (form.working_days, form.last) == (5, date(2026, 9, 11))
    assert all(line.name for line in form.lines)
    assert form.contact == "qianfeng学区办公室"
    assert forms.post_publicity(contact="纪检组").contact == "纪检组"


# the district


def test_conditions_are_for_each_pupil_and_unknown_where_nothing_is_recorded(forms: FormService) -> None:
    first, second = forms.conditions().lines
    assert (first.land, first.land_each, first.teaching) == (Decimal(4800), Decimal(1600), Decimal(54))
    assert first.building_each == Decimal("400.17")
    assert not second.recorded and second.land_each is None and second.teaching is None
    assert (first.source_text, second.source_text) == ("校舍登记", "无登记")
    mixed = first.model_copy(update={"land_source": AreaSource.MEASURED})
    assert mixed.source_text == "占地：统计数；校舍：校舍登记"


def test_the_page_puts_together_what_is_recorded(forms: FormService) -> None:
    page = forms.district_page()
    assert page.glance.pupil_count == 6 and page.pupils_each_teacher == Decimal("1.0")
    assert page.vacancies == len(forms.post_list().vacant)
    assert [(village.name, village.people, village.households) for village in page.villages] == [
        ("前锋村", 3120, None)
    ]
    assert page.term is not None and page.missing == ()
    assert [line.name for line in page.term.dates if line.first.month == 10] == ["国庆节放假", "周末调休上课"]


def test_in_the_holidays_the_page_shows_the_term_that_comes(forms: FormService) -> None:
    for day, name in ((date(2027, 2, 1), "第二学期"), (date(2026, 8, 1), "第一学期")):
        term = forms.district_page(day).term
        assert term is not None and name in term.name
    assert forms.district_page(date(2027, 8, 1)).term is None


def test_an_empty_district_has_a_page_that_says_what_is_missing(session: Session) -> None:
    make_district(session, schools=0)
    page = District(session, PLACE, actor=Actor.system("x"), settings=SEEN).registry.forms.district_page()
    assert page.missing == ("岗位任免", "校舍、图书和设备", "服务村情况", "本学期校历")
    assert (page.vacancies, page.pupils_each_teacher, page.conditions) == (None, None, ())


def test_what_the_reader_may_not_see_is_neither_shown_nor_said_to_be_missing(
    session: Session, door: District
) -> None:
    page = as_post(session, Post.ACCOUNTANT).district_page()
    assert page.villages == () and page.missing == ()
    assert page.posts and page.conditions and page.term


# counts and holidays


def test_a_headcount_is_by_school_and_by_class(forms: FormService) -> None:
    form = forms.headcount(DAY, CountPurpose.YEAR_START)
    assert [(one.school, one.classes, one.in_school, one.staff) for one in form.schools] == [
        ("s1完小", 1, 3, 3),
        ("s2完小", 1, 3, 3),
    ]
    for line in (*form.schools, *form.classes):
        assert line.boys + line.girls == line.in_school
    assert len(form.classes) == 2 and form.frozen_without == "s1完小、s2完小"
    with pytest.raises(NoFrozenHeadcount):
        forms.headcount(DAY, CountPurpose.FUNDS)


def test_a_worked_day_follows_the_timetable_that_was_chosen(door: District, forms: FormService) -> None:
    day = date(2026, 10, 10)
    door.registry.calendar.choose_make_up(MakeUpChoice(day=day, follows_weekday=Weekday.WEDNESDAY))
    [work] = forms.holiday_notice(2026, "国庆节").works
    assert (work.day, work.follows) == (day, "星期三")


def test_a_holiday_or_notice_that_is_not_there_is_named(forms: FormService) -> None:
    with pytest.raises(HolidayUnknown, match=r"2026 年的放假通知里没有“泼水节”.*国庆节"):
        forms.holiday_notice(2026, "泼水节")
    with pytest.raises(NoticeMissing, match="2035"):
        forms.holiday_notice(2035)


def test_a_worked_day_belongs_to_the_holiday_next_to_it() -> None:
    first = Holiday(name="甲", first=date(2026, 9, 25), last=date(2026, 9, 27))
    second = Holiday(name="乙", first=date(2026, 10, 1), last=date(2026, 10, 7))
    assert nearest(date(2026, 9, 20), (first, second)) is first
    assert nearest(date(2026, 9, 28), (first, second)) is first
    assert nearest(date(2026, 10, 10), (first, second)) is second


# who sees what


def test_a_form_is_of_its_own_district(session: Session, door: District) -> None:
    other = District(session, OTHER, actor=door.context.actor, settings=SEEN).registry.forms
    assert other.open_transfers().lines == () and other.post_list().held == ()
    assert len(other.pupil_list("s1").pupils) == 4
    assert other.district_page().glance.pupil_count == 8
    with pytest.raises(NoFrozenHeadcount):
        other.headcount(DAY, CountPurpose.YEAR_START)


def test_a_school_head_sees_the_lists_of_the_own_school_only(session: Session, door: District) -> None:
    head = as_post(session, Post.SCHOOL_HEAD, f"{PLACE}/s1")
    assert head.pupil_list("s1").pupils and head.staff_list("s1").staff
    for refused in (lambda: head.pupil_list("s2"), head.staff_list, head.open_transfers):
        with pytest.raises(ActionNotPermitted):
            refused()


def test_at_the_countys_door_a_form_asks_for_a_district(session: Session, door: District) -> None:
    county = County(session, "530921", actor=door.context.actor, settings=SEEN).registry.forms
    for ask in (county.staff_list, county.post_list, county.conditions, county.district_page):
        with pytest.raises(DistrictNeeded):
            ask()


def test_a_school_or_term_that_is_not_there_is_named(door: District, forms: FormService) -> None:
    for ask in (forms.pupil_list, forms.staff_list, forms.open_transfers):
        with pytest.raises(SchoolUnknown):
            ask("s9")
    with pytest.raises(TermUnknown):
        door.registry.calendar.weeks(2031, 1)
