"""Use cases of the evidence ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from xuequ.core.context import At, Service, reading, use_case
from xuequ.core.errors import refuse_if
from xuequ.core.ids import take_ids
from xuequ.core.requests import once
from xuequ.core.source import Source
from xuequ.core.spans import DaySpan
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.evaluation.actions import RECORD_EVIDENCE, VIEW_EVIDENCE
from xuequ.unified.evaluation.errors import TeacherUnknown
from xuequ.unified.evaluation.facts import EvidenceEntered, EvidenceRecorded, EvidenceReversed
from xuequ.unified.evaluation.repository import EvaluationRepository
from xuequ.unified.evaluation.rules import Key, Line, differing, sums, unrecordable
from xuequ.unified.evaluation.schemas import EvidenceByHand, EvidenceRow, EvidenceView, IndicatorTotal

__all__ = ["EvaluationService"]


class EvaluationService(Service):
    """Evidence 考核依据 of teachers: what every part knows of them, and what it comes to."""

    @property
    def _rows(self) -> EvaluationRepository:
        return EvaluationRepository(self.context.session, self.context.scope, self.context.place)

    @use_case(RECORD_EVIDENCE)
    def record_evidence(self, rows: Sequence[EvidenceRow]) -> tuple[int, ...]:
        """Record what facts say of teachers; the same rows again change nothing.

        Returns the ids of the rows as they stand, in the order given, whether now or before.

        Raises:
            FactUnknown: a fact that is neither in the journal nor of this very act.
            TeacherUnknown: somebody who neither belongs to this scope nor works in it on that day.
            LineTwice: two rows of the same fact and line.
            EvidenceDiffers: a line is recorded already with another content.
            Problems: several of these.
        """
        recorded = self._record(rows)
        if recorded.new:
            causes = tuple(sorted({row.fact_id for row in rows}))
            self.context.announce(EvidenceRecorded(cause_ids=causes, evidence_ids=recorded.new))
        return recorded.ids

    @use_case(RECORD_EVIDENCE)
    def enter_evidence(self, command: EvidenceByHand) -> tuple[int, ...]:
        """Record entries made by hand, which are a fact of their own.

        Returns the ids of the rows. It may be sent again under a key: ``district.once(key, …)``.

        Raises:
            TeacherUnknown, Problems: as `record_evidence` does.
        """
        staff = tuple(sorted({entry.staff_id for entry in command.entries}))
        fact = EvidenceEntered(source=command.source, staff_ids=staff, why=command.why)
        fact_id = self.context.announce(fact)
        rows = [
            EvidenceRow(**entry.model_dump(), source=command.source, fact_id=fact_id, line_no=number)
            for number, entry in enumerate(command.entries, 1)
        ]
        return self._record(rows).ids

    @use_case(RECORD_EVIDENCE)
    def reverse_evidence(self, source: Source, fact_id: int, from_line: int = 1) -> tuple[int, ...]:
        """Take back what a source has brought about and what still stands, because of a fact.

        Args:
            source: what brought it about.
            fact_id: because of which fact it is taken back.
            from_line: the first line that is taken back, where lines count something, as half-days; all when
                left out.

        Returns the ids of the reversing rows. The same fact again changes nothing, whatever the source
        has brought about since. The fact may then record anew what is left, as an early return does.

        Raises:
            FactUnknown: when the fact is neither in the journal nor of this very act.
        """
        refuse_if(unrecordable([(fact_id, 1)], [], known=self._known([fact_id]), on_staff=[]))
        done = once(
            self.context,
            f"reverse {source} by {fact_id} in {self.context.scope.district_id}",
            lambda: self._reverse(source, fact_id, from_line),
            answer=list[int],
            owner="evaluation",
        )
        return tuple(done)

    @reading(VIEW_EVIDENCE)
    def evidence_from(self, source: Source) -> list[EvidenceView]:
        """List what a source has brought about here and nobody has reversed."""
        return [_shown(row) for row in self._rows.standing(source)]

    @reading(VIEW_EVIDENCE, at=At.SCHOOL)
    def evidence_of(self, staff_id: int, since: date, until: date) -> list[EvidenceView]:
        """List a teacher's evidence of the days from `since` up to, but not with, `until`.

        Evidence from every district of the county is there, reversed rows and reversing ones too.

        Raises:
            TeacherUnknown: when this scope has none of that id.
            SpanBackwards: when the days are none.
        """
        return [_view(row) for row in self._of_teacher(staff_id, since, until)]

    @reading(VIEW_EVIDENCE, at=At.SCHOOL)
    def totals_of(self, staff_id: int, since: date, until: date) -> list[IndicatorTotal]:
        """Return what a teacher's evidence comes to, by indicator, with the lines that make it up.

        Raises:
            TeacherUnknown, SpanBackwards: as `evidence_of` does.
        """
        rows = self._of_teacher(staff_id, since, until)
        totals = sums((row.indicator, row.amount) for row in rows)
        return [
            IndicatorTotal(
                indicator=indicator,
                amount=totals[indicator],
                evidence_ids=tuple(row.id for row in rows if row.indicator == indicator),
            )
            for indicator in sorted(totals)
        ]

    def _of_teacher(self, staff_id: int, since: date, until: date) -> Sequence[AnyRow]:
        teacher = self._rows.teacher(staff_id, self.context.today)
        if teacher is None:
            raise TeacherUnknown(staff=str(staff_id))
        here = teacher.placed_in == self.context.scope.district_id  # another's may have the same code
        self.context.permit(VIEW_EVIDENCE, school=teacher.school or "" if here else "")
        span = DaySpan(since, until)
        return self._rows.of_teacher(staff_id, span.since, until)

    def _known(self, fact_ids: Sequence[int]) -> set[int]:
        return {fact_id for fact_id in set(fact_ids) if self.context.knows(fact_id)}

    def _record(self, rows: Sequence[EvidenceRow]) -> _Recorded:
        if not rows:
            return _Recorded((), ())
        workplaces = _Workplaces(self._rows, rows)
        known = self._known([row.fact_id for row in rows])
        staff = [row.staff_id for row in rows]
        on_staff = {row.staff_id for row in rows if not workplaces.is_stranger(row)}
        keys = [(row.fact_id, row.line_no) for row in rows]
        refuse_if(unrecordable(keys, staff, known=known, on_staff=on_staff))
        given = dict(zip(keys, rows, strict=True))
        ids = dict(zip(sorted(keys), take_ids(len(keys)), strict=True))
        new = self._rows.add([workplaces.values(given[key], ids[key]) for key in sorted(keys)])
        if len(new) < len(keys):
            ids |= self._compare(given, {key for key in keys if ids[key] not in new})
        return _Recorded(tuple(ids[key] for key in keys), tuple(sorted(new)))

    def _compare(self, given: dict[Key, EvidenceRow], again: set[Key]) -> dict[Key, int]:
        """Return the ids of what was recorded before, and refuse where it says something else."""
        recorded = self._rows.recorded(again)
        lines = {key: _line(row) for key, row in recorded.items()}
        refuse_if(differing(lines, {key: given[key].line() for key in again}))
        return {key: row.id for key, row in recorded.items()}

    def _reverse(self, source: Source, fact_id: int, from_line: int) -> list[int]:
        standing = [row for row in self._rows.standing(source) if row["line_no"] >= from_line]
        rows = [
            {
                **row,
                "id": row_id,
                "amount": row["amount"].copy_negate(),
                "fact_id": fact_id,
                "line_no": -row["id"],
                "reverses_id": row["id"],
            }
            for row, row_id in zip(standing, take_ids(len(standing)), strict=True)
        ]
        new = sorted(self._rows.add(rows))  # what another fact has reversed meanwhile is not among them
        if new:
            fact = EvidenceReversed(cause_id=fact_id, source=source, evidence_ids=tuple(new))
            self.context.announce(fact)
        return new


class _Recorded:
    """The ids of rows in the order given, and which of them are new."""

    def __init__(self, ids: tuple[int, ...], new: tuple[int, ...]) -> None:
        self.ids = ids
        self.new = new


class _Workplaces:
    """Where the teachers of some rows work on the rows' days."""

    def __init__(self, rows: EvaluationRepository, given: Sequence[EvidenceRow]) -> None:
        self._scope = rows.scope
        self._found: dict[int, list[AnyRow]] = {}
        days = [row.day for row in given]
        for row in rows.workplaces({row.staff_id for row in given}, min(days), max(days)):
            self._found.setdefault(row.id, []).append(row)

    @cached_property
    def _district_id(self) -> int | None:
        return self._scope.district_id

    def _on(self, row: EvidenceRow) -> AnyRow | None:
        spans = (there for there in self._found[row.staff_id] if there.since is not None)
        return next((there for there in spans if row.day in DaySpan(there.since, there.until)), None)

    def is_stranger(self, row: EvidenceRow) -> bool:
        """Tell whether somebody neither belongs to the scope nor works in it on the row's day."""
        if row.staff_id not in self._found:
            return True
        if self._district_id is None or self._found[row.staff_id][0].home_id == self._district_id:
            return False
        there = self._on(row)
        return there is None or there.district_id != self._district_id

    def values(self, row: EvidenceRow, row_id: int) -> dict[str, Any]:
        """Return a row's columns."""
        there = self._on(row)
        home_id = self._found[row.staff_id][0].home_id
        return {
            "county_id": self._scope.county_id,
            "id": row_id,
            "district_id": self._district_id or home_id,
            "school_id": there.school_id if there else None,
            "staff_id": row.staff_id,
            "indicator": row.indicator,
            "amount": row.amount,
            "day": row.day,
            "source_kind": row.source.kind,
            "source_id": row.source.id,
            "fact_id": row.fact_id,
            "line_no": row.line_no,
            "reverses_id": None,
        }


def _line(row: AnyRow) -> Line:
    source = Source(row.source_kind, row.source_id)
    return Line(row.staff_id, row.indicator, row.amount, row.day, source)


def _view(row: AnyRow) -> EvidenceView:
    return EvidenceView(
        id=row.id,
        staff_id=row.staff_id,
        school_id=row.school_id,
        indicator=row.indicator,
        amount=row.amount,
        day=row.day,
        source=Source(row.source_kind, row.source_id),
        fact_id=row.fact_id,
        line_no=row.line_no,
        reverses_id=row.reverses_id,
    )


def _shown(row: Mapping[Any, Any]) -> EvidenceView:
    source = Source(row["source_kind"], row["source_id"])
    return EvidenceView(
        source=source, **{name: row[name] for name in EvidenceView.model_fields if name != "source"}
    )
