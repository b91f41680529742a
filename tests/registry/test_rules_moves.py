"""By which moves a record came to be as it is: every one or two of a day, and no other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xuequ.registry.rules.moves import RECORDED, ways
from xuequ.registry.states.pupils import STEPS, MoveKind, PupilState, Reason

S, M = PupilState, MoveKind
states = st.sampled_from(S)
steps = st.sampled_from([kind for kind in M if kind.step is not None])


def test_coming_back_is_told_apart_by_what_was_before() -> None:
    assert ways(S.SUSPENDED, S.REGISTERED, Reason.RETURN) == [(M.RESUME,)]
    assert ways(S.DROPPED, S.REGISTERED, Reason.RETURN) == [(M.RETURN,)]
    assert ways(S.SUSPENDED, S.GRADUATED, Reason.GRADUATION) == [(M.RESUME, M.GRADUATE)]


def test_who_goes_and_comes_on_one_day_may_have_done_so_in_two_ways() -> None:
    assert set(ways(S.REGISTERED, S.REGISTERED, Reason.RETURN)) == {
        (M.SUSPEND, M.RESUME),
        (M.SUSPECT, M.RETURN),
    }


@given(before=states, state=states, reason=st.sampled_from(Reason))
def test_every_way_leads_by_steps_that_the_table_allows(
    before: PupilState, state: PupilState, reason: Reason
) -> None:
    for way in ways(before, state, reason):
        at = before if before.on_roll else S.REGISTERED
        for kind in way:
            assert kind.step is not None
            sources, to = STEPS[kind.step]
            assert at in sources
            at = to
        assert at is state


@given(kind=steps, data=st.data())
def test_a_move_that_was_taken_is_found_again(kind: MoveKind, data: st.DataObject) -> None:
    assert kind.step is not None
    sources, to = STEPS[kind.step]
    before = data.draw(st.sampled_from(sorted(one for one in sources if one is not None)))
    assert (kind,) in ways(before, to, Reason.RETURN)


def test_of_every_kind_something_is_kept() -> None:
    assert set(RECORDED) == set(MoveKind)


def test_a_pupil_who_comes_onto_the_roll_made_no_move() -> None:
    assert ways(None, S.REGISTERED, Reason.SET_UP) == []
    assert ways(S.ADMITTED, S.REGISTERED, Reason.NEW) == []
    assert ways(S.TRANSFERRED, S.APPLIED, Reason.NEW) == []


def test_who_is_suspended_on_the_first_day_was_registered_on_it() -> None:
    for before in (None, S.ADMITTED, S.TRANSFERRED):
        assert ways(before, S.SUSPENDED, Reason.ILLNESS) == [(M.SUSPEND,)]
