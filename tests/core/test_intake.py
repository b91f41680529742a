"""Taking in a file: compared, judged, written; whole or not at all, whether a desk is judged or tried."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.core.shelves import (
    FILE,
    INSTRUMENTS,
    ROOMS,
    SHELF,
    TEMPLATE,
    TOO_MANY,
    Chunked,
    JudgedShelf,
    RoomRow,
    Shelf,
    Shelved,
    Shelves,
    Store,
    one,
    open_store,
    read,
    sourced_rows,
)
from tests.support import statements
from xuequ.core.codes import CodeEnum
from xuequ.core.context import Context, Scope
from xuequ.core.errors import (
    AlreadyThere,
    CellRequired,
    CellUnreadable,
    ColumnFixed,
    IllegalTransition,
    ImportConflict,
    Place,
    Problem,
    Problems,
    RowTwice,
    SpanBackwards,
    Stale,
    TooManyProblems,
)
from xuequ.core.fields import Command
from xuequ.core.imports import FileExported, FileImported, list_imports
from xuequ.core.intake import MOST_LISTED, MOST_PROBLEMS, Desk, Hidden, shown
from xuequ.core.journal import FactRow
from xuequ.core.plan import Change, Decision, Outcome, Plan, PlannedRow, State
from xuequ.core.seen import SEEN_IN_MEMORY, Seen
from xuequ.core.workbook import Chunk, Reading

FIRST, SECOND, THIRD = date(2026, 9, 1), date(2026, 10, 1), date(2027, 1, 1)


@pytest.fixture(params=[Shelf, JudgedShelf], ids=["tried", "judged"])
def shelves(request: pytest.FixtureRequest) -> Shelves:
    return Shelves(request.param)


@pytest.fixture
def store(session: Session, shelves: Shelves) -> Store:
    return open_store(session, shelves)


def facts(store: Store) -> list[str]:
    return list(store.context.session.scalars(select(FactRow.name).order_by(FactRow.id)))


def places(problems: list[Problem]) -> list[tuple[type[Exception], int | None, str]]:
    return [
        (type(problem.error), problem.place.row if problem.place else None, problem.place.column)
        for problem in problems
        if problem.place
    ]


# what becomes of a row


def test_what_is_not_there_is_added_with_everything_that_it_says(store: Store) -> None:
    plan = store.take(read(one("a", name="天平", count=3), one("b", name="量筒")))
    assert plan.counts == {
        ("rooms", Outcome.REFUSED): 0,
        ("instruments", Outcome.REFUSED): 0,
        ("instruments", Outcome.ADDED): 2,
    }
    assert plan.rows == (), "rows that are new are only counted"
    assert [(row["name"], row["count"]) for row in store.rows().values()] == [("天平", 3), ("量筒", None)]


def test_what_is_there_as_the_file_says_is_unchanged_and_not_written(store: Store, shelves: Shelves) -> None:
    store.take(read(one(name="天平")))
    shelves.tried.clear()
    plan = store.take(read(one(name="天平")))
    assert (plan.count(Outcome.UNCHANGED), plan.changes_nothing, shelves.tried) == (1, True, [])


def test_what_the_file_says_anew_of_what_both_agreed_on_is_changed(store: Store) -> None:
    store.take(read(one(name="天平", count=3)))
    (row,) = store.take(read(one(name="天平", count=4))).of("instruments", Outcome.CHANGED)
    assert row.changes == (Change("count", 3, 4),)
    assert store.rows()["a"]["count"] == 4


def test_an_empty_cell_says_nothing_and_what_is_not_in_the_file_stays(store: Store) -> None:
    store.take(read(one("a", name="天平", count=3), one("b", name="量筒")))
    assert store.take(read(one("a", count=3))).count(Outcome.UNCHANGED) == 1
    assert [row["name"] for row in store.rows().values()] == ["天平", "量筒"]


def test_what_was_decided_by_hand_is_kept_against_the_file_that_was_there_before(store: Store) -> None:
    store.take(read(one(name="天平", count=3)))
    store.by_hand("a", count=7)
    plan = store.take(read(one(name="天平", count=3)))
    (row,) = plan.of("instruments", Outcome.KEPT)
    assert (row.kept, row.changes, plan.changes_nothing) == ((Change("count", 7, 3),), (), True)
    assert store.rows()["a"]["count"] == 7


def test_a_row_changes_one_field_and_keeps_another(store: Store) -> None:
    store.take(read(one(name="天平", count=3)))
    store.by_hand("a", count=7)
    (row,) = store.take(read(one(name="托盘天平", count=3))).of("instruments", Outcome.CHANGED)
    assert ([c.field for c in row.changes], [c.field for c in row.kept]) == (["name"], ["count"])
    there = store.rows()["a"]
    assert (there["name"], there["count"]) == ("托盘天平", 7)


def test_a_third_thing_is_a_conflict_which_names_the_cell_and_both_values(store: Store) -> None:
    store.take(read(one(name="天平", count=3)))
    store.by_hand("a", count=7)
    (problem,) = store.refused(read(one(name="天平", count=4)))
    assert isinstance(problem.error, ImportConflict)
    assert (problem.error.registered, problem.error.file) == ("7", "4")
    assert problem.place == Place("仪器", 2, "件数", "4")
    assert store.plan(read(one(name="天平", count=4))).count(Outcome.CONFLICT) == 1


def test_with_the_file_deciding_it_is_written(store: Store) -> None:
    store.take(read(one(count=3)))
    store.by_hand("a", count=7)
    assert store.take(read(one(count=4)), Decision.FILE).count(Outcome.CHANGED) == 1
    assert store.rows()["a"]["count"] == 4


def test_with_the_registered_deciding_it_stays_and_the_file_is_not_asked_about_again(store: Store) -> None:
    store.take(read(one(count=3)))
    store.by_hand("a", count=7)
    assert store.take(read(one(count=4)), Decision.REGISTERED).count(Outcome.KEPT) == 1
    assert store.rows()["a"]["count"] == 7
    assert store.take(read(one(count=4))).count(Outcome.KEPT) == 1


def test_of_what_was_never_in_a_file_only_what_was_left_empty_is_filled_in(store: Store) -> None:
    store.by_hand("a", count=7)
    (problem,) = store.refused(read(one(count=3)))
    assert isinstance(problem.error, ImportConflict)
    assert store.take(read(one(name="天平", count=7))).count(Outcome.CHANGED) == 1
    assert store.rows()["a"]["name"] == "天平"


def test_what_was_taken_away_since_is_added_again(store: Store) -> None:
    store.take(read(one(count=3)))
    store.taken_away("a")
    assert store.take(read(one(count=4))).count(Outcome.ADDED) == 1
    store.by_hand("a", count=5)
    assert store.take(read(one(count=4))).count(Outcome.KEPT) == 1, "the imprint is of the second time"


def test_fields_that_say_one_thing_together_are_changed_or_kept_as_one(store: Store) -> None:
    store.take(read(one(since=FIRST, until=THIRD)))
    store.by_hand("a", until=SECOND)
    assert store.take(read(one(since=FIRST, until=THIRD))).count(Outcome.KEPT) == 1
    (problem,) = store.refused(read(one(since=date(2026, 9, 2), until=SECOND)))
    assert isinstance(problem.error, ImportConflict), "the one was changed by hand, so the other is decided"


def test_a_change_taken_back_by_hand_and_said_again_by_the_file_is_a_change(store: Store) -> None:
    store.take(read(one(count=3)))
    store.take(read(one(count=4)))
    assert store.take(read(one(count=3))).count(Outcome.CHANGED) == 1
    assert store.rows()["a"]["count"] == 3


def test_imprints_of_one_district_say_nothing_in_another(session: Session, shelves: Shelves) -> None:
    open_store(session, shelves).take(read(one(count=3)))
    other = open_store(session, shelves, Scope(1, 3))
    other.by_hand("a", count=7)
    (problem,) = other.refused(read(one(count=3)))
    assert isinstance(problem.error, ImportConflict)


# refused


def test_every_bad_row_is_named_and_nothing_of_the_file_stays(store: Store) -> None:
    rows = [
        one("a", count=1),
        one("b", count=TOO_MANY),
        one("c", since=SECOND, until=FIRST),
        one("d", room="nowhere"),
    ]
    problems = store.refused(read(*rows, rooms=[RoomRow(code="r1")]))
    assert sorted(places(problems), key=str) == sorted(
        [(IllegalTransition, 3, "件数"), (SpanBackwards, 4, "启用日期"), (CellRequired, 5, "")], key=str
    )
    assert store.rows("rooms") == store.rows() == {}
    assert store.plan(read(*rows)).count(Outcome.REFUSED, "instruments") == 3
    assert facts(store) == []


def test_the_cell_that_is_to_blame_shows_what_stands_in_it(store: Store) -> None:
    (problem,) = store.refused(read(one(count=TOO_MANY)))
    assert problem.place == Place("仪器", 2, "件数", "99")


def test_all_that_speaks_against_a_row_is_said_at_once(store: Store) -> None:
    problems = store.refused(read(one(count=TOO_MANY, since=SECOND, until=FIRST)))
    assert {kind for kind, _, _ in places(problems)} == {IllegalTransition, SpanBackwards}
    assert store.plan(read(one(count=TOO_MANY, since=SECOND, until=FIRST))).count(Outcome.REFUSED) == 1


def test_two_rows_of_one_key_are_refused_with_the_number_of_the_first(store: Store) -> None:
    problems = store.refused(read(one("a", count=1), one("b"), one("a", count=2), one("a", count=1)))
    assert [p.error.first_row for p in problems if isinstance(p.error, RowTwice)] == [2, 2]
    assert [row for _, row, _ in places(problems)] == [4, 5]


def test_two_rows_of_one_key_are_noticed_from_one_chunk_to_the_next(store: Store) -> None:
    rows = [one(code) for code in "abcda"]
    (problem,) = store.refused(Chunked({"instruments": rows}, 2))
    assert isinstance(problem.error, RowTwice)
    assert (problem.error.first_row, problem.place and problem.place.row) == (2, 6)


def test_the_same_key_on_two_sheets_is_no_twin(store: Store) -> None:
    assert store.take(read(one("a"), rooms=[RoomRow(code="a")])).count(Outcome.ADDED) == 2


def test_what_no_file_may_change_is_refused_and_new_rows_may_say_it(
    session: Session, shelves: Shelves
) -> None:
    shelves.changeable = frozenset({"count"})
    store = open_store(session, shelves)
    store.take(read(one(name="天平", count=3)))
    assert store.take(read(one(name="天平", count=4))).count(Outcome.CHANGED) == 1
    (problem,) = store.refused(read(one(name="量筒", count=5)))
    assert isinstance(problem.error, ColumnFixed)
    assert (problem.error.registered, problem.place) == ("天平", Place("仪器", 2, "名称", "量筒"))
    assert store.rows()["a"]["count"] == 4


def test_what_could_not_be_read_is_counted_and_refuses_the_file(store: Store) -> None:
    unread = Problem(CellUnreadable(expected="整数", text="三"), Place("仪器", 3, "件数", "三"))
    rows = {"rooms": (), "instruments": sourced_rows(INSTRUMENTS, [one("a")])}
    reading = Reading(TEMPLATE, rows, [unread, Problem(CellRequired(), Place("仪器"))])
    assert [problem.error for problem in store.refused(reading)][:1] == [unread.error]
    assert store.plan(reading).count(Outcome.REFUSED) == 1, "a problem of no row is no row"


def test_a_sheet_that_must_have_rows_and_has_none_is_refused(store: Store) -> None:
    (problem,) = store.refused(read(rooms=[RoomRow(code="r1")]))
    assert isinstance(problem.error, CellRequired)
    assert problem.place == Place("仪器", 2, "编号")


def test_a_sheet_whose_only_row_cannot_be_read_is_not_called_empty(store: Store) -> None:
    unread = Problem(CellUnreadable(expected="整数", text="三"), Place("仪器", 2, "件数", "三"))

    class Unread(Chunked):
        def walk(self):  # type: ignore[no-untyped-def]
            yield ROOMS, Chunk(())
            yield INSTRUMENTS, Chunk((), [unread])

    assert store.refused(Unread({}, 1)) == [unread]


def test_after_too_many_problems_the_rest_is_not_read(store: Store) -> None:
    wrong = [Problem(CellRequired(), Place("仪器", row)) for row in range(2, MOST_PROBLEMS + 2)]
    went: list[int] = []

    class Hopeless(Chunked):
        def walk(self):  # type: ignore[no-untyped-def]
            yield ROOMS, Chunk(sourced_rows(ROOMS, [RoomRow(code="r1")]))
            for number in range(3):
                went.append(number)
                yield INSTRUMENTS, Chunk((), wrong)

    problems = store.plan(Hopeless({}, 1)).problems
    assert len(problems) == MOST_PROBLEMS + 1
    assert isinstance(problems[-1].error, TooManyProblems)
    assert (problems[-1].error.count, problems[-1].place) == (MOST_PROBLEMS, Place("仪器"))
    assert went == [0]


# chunks


def test_a_file_of_many_chunks_is_taken_as_one(store: Store, shelves: Shelves) -> None:
    rows = [one(f"i{number:02}", count=number) for number in range(20)]
    plan = store.take(Chunked({"instruments": rows, "rooms": [RoomRow(code="r1")]}, 3))
    assert (plan.count(Outcome.ADDED), plan.count(Outcome.ADDED, "rooms")) == (21, 1)
    assert [row["count"] for row in store.rows().values()] == list(range(20))
    assert shelves.finished == ["rooms", "instruments"], "each sheet once, after its last row"
    assert store.take(Chunked({"instruments": rows}, 7)).changes_nothing


def test_a_refusal_in_the_last_chunk_leaves_nothing_of_the_first(store: Store, shelves: Shelves) -> None:
    rows = [one(f"i{number:02}") for number in range(10)]
    reading = Chunked({"instruments": [*rows, one("z", count=TOO_MANY)]}, 3)
    assert places(store.refused(reading)) == [(IllegalTransition, 12, "件数")]
    assert store.rows() == {}
    assert "instruments" not in shelves.finished
    assert facts(store) == []
    assert not list_imports(store.context.session, store.context.scope)
    assert store.take(Chunked({"instruments": rows}, 3)).count(Outcome.ADDED) == 10, "no imprint is left"


def test_after_a_refusal_the_rest_is_still_judged(store: Store) -> None:
    rows = [one("a", count=TOO_MANY), one("b"), one("c", room="nowhere"), one("d"), one("e", count=TOO_MANY)]
    assert [row for _, row, _ in places(store.refused(Chunked({"instruments": rows}, 2)))] == [2, 4, 6]


def test_a_plan_lists_only_so_many_rows_and_counts_all(session: Session) -> None:
    store = open_store(session, Shelves(JudgedShelf))
    rows = [one(f"i{number:04}", count=1) for number in range(MOST_LISTED + 1)]
    store.take(Chunked({"instruments": rows}, 3000))
    changed = [row.model_copy(update={"count": 2}) for row in rows]
    plan = store.plan(Chunked({"instruments": changed}, 3000))
    assert (len(plan.rows), plan.count(Outcome.CHANGED)) == (MOST_LISTED, MOST_LISTED + 1)


# a plan, and what comes of it


def test_a_plan_writes_nothing_and_says_what_would_be_done(store: Store) -> None:
    plan = store.plan(read(one(count=3)))
    assert (plan.count(Outcome.ADDED), store.rows(), facts(store)) == (1, {}, [])
    assert list_imports(store.context.session, store.context.scope) == []
    assert store.take(read(one(count=3))).counts == plan.counts


def test_a_plan_is_applied_as_it_was_made(store: Store, shelves: Shelves) -> None:
    plan = store.plan(read(one(count=3)))
    done = store.apply(plan)
    assert (done.counts, shelves.held) == (plan.counts, 2)
    assert store.rows()["a"]["count"] == 3


def test_a_plan_is_not_applied_over_data_that_changed_since(store: Store) -> None:
    store.take(read(one(count=3)))
    plan = store.plan(read(one(count=4)))
    store.by_hand("a", name="天平")
    with pytest.raises(Stale) as caught:
        store.apply(plan)
    assert caught.value.what == "仪器登记"
    assert store.rows()["a"]["count"] == 3


def test_what_a_file_does_not_speak_of_may_change_under_its_plan(store: Store) -> None:
    store.take(read(one("a", count=3), one("b")))
    plan = store.plan(read(one("a", count=4)))
    store.by_hand("b", name="量筒")
    assert store.apply(plan).count(Outcome.CHANGED) == 1


def test_a_plan_with_problems_is_not_applied(store: Store) -> None:
    with pytest.raises(Problems):
        store.apply(store.plan(read(one(count=TOO_MANY))))
    assert store.rows() == {}


def test_a_forged_plan_is_made_anew_and_refused(store: Store) -> None:
    plan = store.plan(read(one(count=TOO_MANY)))
    with pytest.raises(Problems):
        store.apply(replace(plan, problems=()))
    assert store.rows() == {}


def test_a_plan_made_with_one_decision_is_applied_with_it(store: Store) -> None:
    store.take(read(one(count=3)))
    store.by_hand("a", count=7)
    store.apply(store.plan(read(one(count=4)), Decision.FILE))
    assert store.rows()["a"]["count"] == 4


# what is tried


def tries(store: Store, shelves: Shelves, rows: int, *bad: int) -> Plan:
    plan = store.plan(read(*[one(f"i{n:03}", count=TOO_MANY if n in bad else 1) for n in range(rows)]))
    assert [row for _, row, _ in places(list(plan.problems))] == [n + 2 for n in bad]
    assert plan.count(Outcome.ADDED) == rows - len(bad)
    return plan


@pytest.mark.parametrize("bad", [(0,), (63,), (31, 32), (5, 17, 60), tuple(range(10))])
def test_of_rows_refused_together_those_are_found_that_are_to_blame(
    session: Session, bad: tuple[int, ...]
) -> None:
    shelves = Shelves()
    tries(open_store(session, shelves), shelves, 64, *bad)
    written = Counter(row for some in shelves.tried for row in some)
    assert max(written.values()) <= 7, "a row is tried once for every halving"
    assert len(shelves.tried) <= 1 + 2 * 6 * len(bad)


def test_rows_that_nothing_speaks_against_are_written_at_once(session: Session) -> None:
    shelves = Shelves()
    tries(open_store(session, shelves), shelves, 64)
    assert len(shelves.tried) == 1


def test_what_a_refused_try_wrote_and_said_is_gone(session: Session) -> None:
    shelves = Shelves()
    store = open_store(session, shelves)
    heard: list[int] = []

    class Careless(Shelf):
        """Writes before it looks."""

        def write(self, planned: Sequence[PlannedRow]) -> None:
            self.context.announce(Shelved(rows=len(planned)))
            super().write(planned)
            heard.append(len(planned))

    shelves.desk = Careless
    with pytest.raises(Problems):
        store.take(read(one("a"), one("b", count=TOO_MANY), one("c")))
    assert (store.rows(), facts(store)) == ({}, [])
    assert sorted(heard) == [1, 1]


def test_of_two_rows_that_do_not_go_together_the_second_is_refused_in_our_words(session: Session) -> None:
    store = open_store(session)
    rows = [one("a", name="天平"), one("b", name="量筒"), one("c", name="天平")]
    (problem,) = store.refused(read(*rows))
    assert isinstance(problem.error, AlreadyThere), "what the database refuses is refused as by a use case"
    assert problem.place == Place("仪器", 4)


def test_a_fault_that_is_no_refusal_ends_it(session: Session) -> None:
    class Broken(Shelf):
        def write(self, planned: Sequence[PlannedRow]) -> None:
            raise ZeroDivisionError

    store = open_store(session, Shelves(Broken))
    with pytest.raises(ZeroDivisionError):
        store.take(read(one("a"), one("b")))
    assert store.rows() == {}


def test_what_a_use_case_filled_in_by_itself_is_agreed_on_and_a_later_file_may_say_it(
    session: Session,
) -> None:
    class Naming(Shelf):
        """Gives what comes without a name the name of its code."""

        def write(self, planned: Sequence[PlannedRow]) -> None:
            super().write(planned)
            for code in [said["code"] for said in self.said([row.source.command for row in planned])]:
                nameless = (SHELF.c.code == code, SHELF.c.name.is_(None))
                self.context.session.execute(update(SHELF).where(*nameless).values(name=code))

    store = open_store(session, Shelves(Naming))
    store.take(read(one("a", count=1)))
    assert store.rows()["a"]["name"] == "a"
    assert store.take(read(one("a", name="天平", count=1))).count(Outcome.CHANGED) == 1


def test_a_book_with_one_desk_that_is_tried_is_rehearsed(session: Session) -> None:
    class Mixed(Shelves):
        def desks(self, context: Context) -> Mapping[str, Desk]:
            judged, tried = JudgedShelf(context, ROOMS, self), Shelf(context, INSTRUMENTS, self)
            return {"rooms": judged, "instruments": tried}

    shelves = Mixed()
    store = open_store(session, shelves)
    reading = read(one("a", count=TOO_MANY), rooms=[RoomRow(code="r1")])
    assert places(store.refused(reading)) == [(IllegalTransition, 2, "件数")]
    assert shelves.finished == ["rooms", "rooms"], "the plan and the import each wrote the sound sheet"
    assert store.rows("rooms") == {}


def test_a_judged_plan_asks_no_desk_to_write(session: Session) -> None:
    shelves = Shelves(JudgedShelf)
    store = open_store(session, shelves)
    store.plan(read(one("a"), one("b", count=TOO_MANY)))
    assert (shelves.tried, shelves.finished) == ([], [])


def test_where_there_is_nothing_yet_no_imprint_is_looked_for(session: Session, shelves: Shelves) -> None:
    shelves.nothing_yet = True
    store = open_store(session, shelves)
    assert store.take(read(one("a"))).count(Outcome.ADDED) == 1
    assert store.take(read(one("b"))).count(Outcome.ADDED) == 1


# sealed values


def test_a_sealed_value_is_compared_and_never_shown(store: Store) -> None:
    store.take(read(one(keeper="530921200001010000")))
    assert store.take(read(one(keeper="530921200001010000"))).changes_nothing
    store.by_hand("a", keeper="530921200001011111")
    (problem,) = store.refused(read(one(keeper="530921200001012222")))
    assert isinstance(problem.error, ImportConflict)
    assert problem.error.registered == problem.error.file == "（保密内容）"
    assert "5309" not in problem.text() + repr(problem)


def test_a_sealed_value_decided_by_hand_is_kept_while_another_field_changes(store: Store) -> None:
    store.take(read(one(keeper="111", count=1)))
    store.by_hand("a", keeper="222")
    (row,) = store.take(read(one(keeper="111", count=2))).of("instruments", Outcome.CHANGED)
    assert [change.field for change in row.kept] == ["keeper"]
    there = store.rows()["a"]
    assert (there["keeper"], there["count"]) == ("222", 2)


def test_hidden_values_are_equal_as_what_they_hide_and_show_nothing() -> None:
    first, second = Hidden(b"\x01\x02"), Hidden(b"\x01\x03")
    assert (first == Hidden(b"\x01\x02"), first == second) == (True, False)
    assert (shown(first), repr(first), str(first)) == ("（保密内容）", "Hidden()", "0102")


class Sort(CodeEnum):
    GLASS = "1", "玻璃"


def test_values_are_shown_as_a_person_writes_them() -> None:
    values = (None, True, False, Sort.GLASS, date(2026, 9, 1), 3, "甲")
    assert [shown(value) for value in values] == ["", "是", "否", "玻璃", "2026-09-01", "3", "甲"]


# what has gone by


def test_what_has_gone_by_is_known_with_the_place_where_it_did_first() -> None:
    seen = Seen()
    assert seen.add([1, 2], [10, 20], "甲") == {}
    assert seen.add([3], [5], "乙") == {}
    assert seen.add([2, 4], [7, 8], "乙") == {2: ("甲", 20), 4: ("乙", 8)}
    assert seen.add([9, 9], [1, 2]) == {9: ("", 1)}
    many = range(10, 10 + SEEN_IN_MEMORY)
    assert seen.add(many, many, "丙") == {}
    assert seen.add([1, 500, 5000, 5000], [7, 8, 9, 10]) == {1: ("甲", 10), 500: ("丙", 500), 5000: ("", 9)}


def test_what_was_noted_is_closed_when_nobody_looks_any_more() -> None:
    seen = Seen()
    seen.add(range(SEEN_IN_MEMORY + 1), range(SEEN_IN_MEMORY + 1))
    base = seen._base  # pyright: ignore[reportPrivateUsage]
    assert base is not None
    del seen
    gc.collect()
    with pytest.raises(Exception, match="closed"):
        base.execute("SELECT 1")


# out


def test_an_export_reads_back_without_a_change(store: Store) -> None:
    store.take(read(one("a", name="天平", since=FIRST, keeper="111"), one("b"), rooms=[RoomRow(code="r1")]))
    export = store.export()
    assert [len(rows) for rows in export.rows.values()] == [1, 2]
    rows = [row for row in export.rows["instruments"] if hasattr(row, "keeper")]
    back = read(*rows, rooms=export.rows["rooms"], base=export.base)  # type: ignore[arg-type]
    plan = store.take(back)
    assert (plan.count(Outcome.UNCHANGED), plan.changes_nothing) == (3, True)
    assert facts(store)[-1] == FileExported.name


def test_an_export_of_one_school_says_so_in_the_journal(store: Store) -> None:
    store.take(read(one("a", room="r1"), one("b", room="r2")))
    assert [row.code for row in store.export("r1").rows["instruments"]] == ["a"]  # type: ignore[attr-defined]
    payload = store.context.session.scalars(select(FactRow.payload).where(FactRow.name == FileExported.name))
    assert '"school":"r1"' in payload.one()


def test_the_base_of_an_exported_file_goes_before_the_imprints_that_there_are(store: Store) -> None:
    store.take(read(one(count=3)))
    store.by_hand("a", count=7)
    base = store.export().base
    assert store.take(read(one(count=8), base=base)).count(Outcome.CHANGED) == 1, (
        "the file had seen the seven"
    )
    store.by_hand("a", count=9)
    (problem,) = store.refused(read(one(count=10), base=base))
    assert isinstance(problem.error, ImportConflict)


def test_a_desk_that_lists_nothing_cannot_be_exported() -> None:
    class Bare(Desk):
        def standing(self, rows: Sequence[Command]) -> State:
            return {}

        def write(self, planned: Sequence[PlannedRow]) -> None:
            pass

    bare = Bare()
    with pytest.raises(NotImplementedError, match="Bare exports nothing"):
        bare.listed(None)
    bare.finish()
    row = one("a", count=1)
    assert (bare.check([]), list(bare.said([row]))) == ([], [row.__dict__])


# history


def test_a_file_that_changed_something_stands_in_the_history_with_its_fact_last(store: Store) -> None:
    store.take(read(one("a"), one("b")))
    store.take(read(one("a"), one("b")))
    (line,) = list_imports(store.context.session, store.context.scope)
    assert (line.template, line.file, line.digest) == (TEMPLATE.name, FILE.name, FILE.digest)
    assert line.counts["instruments"] == {"added": 2, "refused": 0}
    assert facts(store) == [Shelved.name, FileImported.name]


def test_rows_that_come_from_no_file_are_noted_without_a_name(store: Store) -> None:
    reading = read(one())
    reading.file = None
    store.take(reading)
    assert [line.file for line in list_imports(store.context.session, store.context.scope)] == [""]


def test_imprints_take_as_many_statements_for_many_rows_as_for_few(session: Session) -> None:
    store = open_store(session, Shelves(JudgedShelf))
    few = [one(f"i{n}", count=1) for n in range(3)]
    many = [one(f"j{n}", count=1) for n in range(300)]
    sent: list[list[str]] = []
    for rows in (few, many):
        store.take(read(*rows))
        with statements(session) as seen:
            store.take(read(*[row.model_copy(update={"count": 2}) for row in rows]))
        sent.append([text for text in seen if "xq_core_imprint" in text])
    assert len(sent[0]) == len(sent[1]) <= 3
