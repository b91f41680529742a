"""Writing a plan: its lines say what was added and ended, and by them the rest is done in bulk."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from xuequ.core.context import Context
from xuequ.core.errors import Stale
from xuequ.core.ids import new_id, take_ids
from xuequ.registry.facts.classes import ClassesDissolved, ClassesFormed, GroupsSeparated
from xuequ.registry.facts.pupils import PupilsEnrolled
from xuequ.registry.facts.rollover import PupilsWentOn, YearRolledOver
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.pupils import Enrolment, PupilStatus
from xuequ.registry.models.rollover import RolloverLine
from xuequ.registry.repository.rollover_lines import MODELS, RolloverLineRows
from xuequ.registry.rules.rollover import ClassKey, Move
from xuequ.registry.service.classes.changing import CLASS_COLUMNS
from xuequ.registry.service.rollover.planning import Made
from xuequ.registry.states.pupils import Entered, PupilState, Reason
from xuequ.registry.states.rollover import Act, Onward, Record

_LINE = ("county_id", "id", "rollover_id", "record", "act", "row_id", "pupil_id", "onward", "was_until")
_ENROLMENT = (
    *("county_id", "id", "district_id", "school_id", "class_id", "pupil_id"),
    *("since", "until", "entered_as"),
)
_STATUS = (
    *("county_id", "id", "district_id", "school_id", "pupil_id"),
    *("status", "since", "until", "reason", "authority"),
)
_ENTERED = {
    Onward.PROMOTED: Entered.PROMOTED,
    Onward.HELD_OVER: Entered.HELD_OVER,
    Onward.ENTERS: Entered.NEW,
}
_BECOMES = {
    Onward.GRADUATES: (PupilState.GRADUATED, Reason.GRADUATION),
    Onward.LEAVES_PRESCHOOL: (PupilState.LEFT_PRESCHOOL, Reason.ROLL_OVER),
    Onward.ENTERS: (PupilState.REGISTERED, Reason.NEW),
}
_BELONGS = {"班主任": Record.HEAD_TEACHER, "合班": Record.GROUP_MEMBER, "任课": Record.TEACHING}


class Writing:
    """One plan being written, under the locks that it was made anew under."""

    def __init__(self, context: Context, rows: RolloverLineRows, made: Made) -> None:
        self.context = context
        self.rows = rows
        self.made = made
        self.on = made.day.on
        self.id = new_id()
        self.county_id = context.scope.county_id
        self.district_id = context.scope.district_id
        self.moves = made.decision.moves
        self.lines: list[tuple[Any, ...]] = []
        self.classes = {one.key: one.id for one in made.ground.classes}
        self.school_of = {one.id: one.key.school_id for one in made.ground.classes}

    def run(self) -> None:
        """Write: the roll-over, its new classes, its lines, what ends by them, what begins."""
        self._add_rollover()
        self._form_classes()
        self._list_ends()
        enrolments, statuses = list(self._enrolments()), list(self._statuses())
        self.rows.load(RolloverLine, _LINE, self._keyed_lines())
        self._end()
        self.rows.load(Enrolment, _ENROLMENT, enrolments)
        self.rows.load(PupilStatus, _STATUS, statuses)
        self._announce()

    def _add_rollover(self) -> None:
        plan = self.made.plan
        values: dict[str, Any] = {
            "county_id": self.county_id,
            "id": self.id,
            "district_id": self.district_id,
            "year": plan.year,
            "fingerprint": plan.fingerprint,
            "counts": plan.counts.model_dump_json(),
            "applied_at": self.context.now,
            "applied_by": str(self.context.actor),
        }
        self.rows.add(values)

    def _say(
        self, record: Record, act: Act, row_id: int, move: Move | None = None, was: date | None = None
    ) -> None:
        """Add a line."""
        pupil_id, onward = (move.pupil_id, move.onward.code) if move is not None else (None, None)
        self.lines.append((self.id, record.code, act.code, row_id, pupil_id, onward, was))

    def _keyed_lines(self) -> Iterator[Sequence[Any]]:
        for row_id, line in zip(take_ids(len(self.lines)), self.lines, strict=True):
            yield (self.county_id, row_id, *line)

    # what begins

    def _form_classes(self) -> None:
        forms = self.made.decision.forms
        ids = take_ids(len(forms))
        rows = (
            (
                *(self.county_id, class_id, self.district_id, key.school_id, key.stage.code),
                *(key.entry_year, key.number, None),
            )
            for class_id, key in zip(ids, forms, strict=True)
        )
        self.rows.load(SchoolClass, CLASS_COLUMNS, rows)
        for class_id, key in zip(ids, forms, strict=True):
            self.classes[key] = class_id
            self._say(Record.SCHOOL_CLASS, Act.ADDED, class_id)

    def _enrolments(self) -> Iterator[Sequence[Any]]:
        going = [(move, move.to) for move in self.moves if move.to is not None]
        for row_id, (move, to) in zip(take_ids(len(going)), going, strict=True):
            self._say(Record.ENROLMENT, Act.ADDED, row_id, move)
            yield (
                *(self.county_id, row_id, self.district_id, to.school_id, self.classes[to], move.pupil_id),
                *(self.on, None, _ENTERED[move.onward].code),
            )

    def _statuses(self) -> Iterator[Sequence[Any]]:
        changing = [move for move in self.moves if move.onward in _BECOMES]
        for row_id, move in zip(take_ids(len(changing)), changing, strict=True):
            status, reason = _BECOMES[move.onward]
            self._say(Record.STATUS, Act.ADDED, row_id, move)
            yield (
                *(self.county_id, row_id, self.district_id, self._school(move), move.pupil_id),
                *(status.code, self.on, None, reason.code, ""),
            )

    def _school(self, move: Move) -> int:
        """Return the school that a pupil comes to, or comes from."""
        if move.to is not None:
            return move.to.school_id
        assert move.from_class is not None, "a pupil comes from a class, or goes to one"
        return self.school_of[move.from_class]

    # what ends

    def _list_ends(self) -> None:
        for move in self.moves:
            if move.enrolment_id is not None:
                self._say(Record.ENROLMENT, Act.ENDED, move.enrolment_id, move)
            if move.status_id is not None:
                self._say(Record.STATUS, Act.ENDED, move.status_id, move)
        for one in self.made.decision.ends:
            self._say(Record.SCHOOL_CLASS, Act.ENDED, one.id, was=self.made.dissolving[one.id])
        for what, some in self.made.belongs.items():
            for row in some:
                self._say(_BELONGS[what], Act.ENDED, row.id, was=row.until)
        self._list_groups()

    def _list_groups(self) -> None:
        """Add the lines of groups that end, and of their classes that go on."""
        leaving, unfit = {one.id for one in self.made.decision.ends}, set(self.made.unfit)
        ended: set[int] = set()
        for row in self.made.grouped:
            if row.id not in unfit:
                continue
            if row.id not in ended:
                self._say(Record.GROUP, Act.ENDED, row.id, was=row.until)
                ended.add(row.id)
            if row.class_id not in leaving:
                self._say(Record.GROUP_MEMBER, Act.ENDED, row.member_id, was=row.member_until)

    def _end(self) -> None:
        """End what the lines name; a row that somebody else ended in between makes the plan stale."""
        expected = Counter(Record(line[1]) for line in self.lines if line[2] == Act.ENDED.code)
        for record in MODELS:
            if expected[record] and self.rows.end(self.id, record, self.on) != expected[record]:
                raise Stale(what=record.label)

    # what is said

    def _announce(self) -> None:
        on = self.on
        for school_id, class_ids in self._by_school(
            (key.school_id, self.classes[key]) for key in self.made.decision.forms
        ):
            self.context.announce(ClassesFormed(school_id=school_id, class_ids=class_ids))
        self._announce_pupils()
        for school_id, class_ids in self._by_school(
            (one.key.school_id, one.id) for one in self.made.decision.ends
        ):
            fact = ClassesDissolved(school_id=school_id, class_ids=class_ids, successor_id=None, on=on)
            self.context.announce(fact)
        groups = {row.id: row.school_id for row in self.made.grouped if row.id in self.made.unfit}
        for school_id, group_ids in self._by_school((school, group) for group, school in groups.items()):
            self.context.announce(GroupsSeparated(school_id=school_id, group_ids=group_ids, on=on))
        self.context.announce(YearRolledOver(rollover_id=self.id, year=self.made.plan.year, on=on))

    def _announce_pupils(self) -> None:
        gone: defaultdict[tuple[int, Onward], list[int]] = defaultdict(list)
        come: defaultdict[ClassKey, list[int]] = defaultdict(list)
        for move in self.moves:
            if move.from_class is not None:
                gone[move.from_class, move.onward].append(move.pupil_id)
            if move.to is not None:
                come[move.to].append(move.pupil_id)
        for (class_id, onward), pupil_ids in gone.items():
            went = PupilsWentOn(
                rollover_id=self.id,
                school_id=self.school_of[class_id],
                class_id=class_id,
                onward=onward,
                pupil_ids=tuple(pupil_ids),
                on=self.on,
            )
            self.context.announce(went)
        for key, pupil_ids in come.items():
            enrolled = PupilsEnrolled(
                school_id=key.school_id,
                class_id=self.classes[key],
                pupil_ids=tuple(pupil_ids),
                since=self.on,
            )
            self.context.announce(enrolled)

    @staticmethod
    def _by_school(pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, tuple[int, ...]]]:
        by_school: defaultdict[int, list[int]] = defaultdict(list)
        for school_id, row_id in pairs:
            by_school[school_id].append(row_id)
        for school_id, ids in by_school.items():
            yield school_id, tuple(ids)
