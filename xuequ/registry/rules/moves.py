"""Pure decisions about moves 学生异动 that were taken: by which of them a record came to be as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xuequ.registry.states.pupils import STEPS, MoveKind, PupilState, Reason

RECORDED: Mapping[MoveKind, tuple[str, ...]] = {
    MoveKind.CHANGE_CLASS: ("entry_year", "number"),
    MoveKind.SUSPEND: ("reason", "planned_until", "remark"),
    MoveKind.RESUME: ("entry_year", "number", "remark"),
    MoveKind.SUSPECT: ("absent_since", "remark"),
    MoveKind.DROP: ("remark",),
    MoveKind.RETURN: ("remark",),
    MoveKind.LEAVE_COUNTY: ("reason", "outside", "remark"),
    MoveKind.GRADUATE: ("reason", "remark"),
    MoveKind.LEAVE_PRESCHOOL: ("reason", "remark"),
    MoveKind.ABROAD: ("reason", "remark"),
    MoveKind.DEATH: ("reason", "remark"),
}
"""Kind → what the registry keeps of what a list says of it."""

PASSED: Mapping[MoveKind, tuple[str, ...]] = {MoveKind.SUSPECT: ("absent_since",)}
"""Kind → what is kept of a move after which the pupil moved on the same day."""

Way = tuple[MoveKind, ...]


def ways(before: PupilState | None, state: PupilState, reason: Reason) -> list[Way]:
    """Return by which moves, all of one day, a status may have followed on the one before.

    Who was not on the roll before was registered on that day too. One move as a rule. Of two on one day the
    status between them has left no trace, and there may be several such ways: who is registered again on the
    day of the suspension may also have been absent.

    Source: our decision; ``STEPS``.

    >>> ways(PupilState.REGISTERED, PupilState.SUSPENDED, Reason.ILLNESS)
    [(<MoveKind.SUSPEND: 'suspend'>,)]
    >>> ways(PupilState.REGISTERED, PupilState.DROPPED, Reason.TRUANCY)
    [(<MoveKind.SUSPECT: 'suspect'>, <MoveKind.DROP: 'drop'>)]
    >>> ways(PupilState.TRANSFERRING, PupilState.REGISTERED, Reason.REFUSED)
    []
    """
    if state is PupilState.REGISTERED and reason is not Reason.RETURN:
        return []
    start = before if before is not None and before.on_roll else PupilState.REGISTERED
    direct: list[Way] = [(kind,) for kind, to in _moves(start) if to is state]
    if direct:
        return direct
    return [
        (first, second) for first, between in _moves(start) for second, to in _moves(between) if to is state
    ]


def _moves(state: PupilState) -> Iterator[tuple[MoveKind, PupilState]]:
    """Yield the moves that a state allows, and where each leads."""
    for kind in MoveKind:
        if kind.step is not None and state in STEPS[kind.step][0]:
            yield kind, kind.step.to
