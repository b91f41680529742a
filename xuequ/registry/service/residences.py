"""Where pupils are registered and live: any number of residences recorded in a handful of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xuequ.core.context import Context
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.ids import take_ids
from xuequ.core.vault import Clear
from xuequ.registry.actions.pupils import RECORD_CIRCUMSTANCES
from xuequ.registry.facts.circumstances import ResidencesRecorded
from xuequ.registry.models.circumstances import ADDRESS, Residence
from xuequ.registry.repository.circumstances import CircumstanceRows
from xuequ.registry.rules.circumstances import check_area, check_residence
from xuequ.registry.schemas.circumstances import ResidenceRow
from xuequ.registry.service.guardianship import placed, school_of
from xuequ.registry.service.records import Record, take_records

_COLUMNS = ("county_id", "id", "pupil_id", "kind", "area", "address", "since", "until")


@dataclass(slots=True)
class _Span:
    """A residence for a time; one that is to begin has its command."""

    id: int
    since: date
    until: date | None
    begun: ResidenceRow | None = None


class ResidenceDraft:
    """Where pupils, who are locked, are to be registered and live: in memory until `write`."""

    def __init__(self, context: Context, rows: CircumstanceRows, pupil_ids: Sequence[int]) -> None:
        self.context = context
        self.rows = rows
        taken = take_records(context, rows, pupil_ids, RECORD_CIRCUMSTANCES)
        self.records: Mapping[int, Record] = {record.pupil_id: record for record in taken}
        self.last: dict[tuple[int, str], _Span] = {}
        """The last residence of every pupil and kind."""
        for row in rows.residences(self.records):
            self.last[row.pupil_id, row.kind] = _Span(row.id, row.since, row.until)
        self.erased: list[int] = []
        self.ended: list[_Span] = []
        self.begun: dict[int, _Span] = {}

    def begin(self, span_id: int, command: ResidenceRow) -> list[Problem]:
        """Begin a residence and end the one before, or say what speaks against it."""
        key = (command.pupil_id, command.kind.code)
        current = self.last.get(key)
        wrong = check_area(command.area) + check_residence(current.since if current else None, command.since)
        if wrong:
            return wrong
        if current is not None and current.since == command.since:
            self._erase(current)
        elif current is not None:
            current.until = command.since
            if current.begun is None:
                self.ended.append(current)
        self.last[key] = self.begun[span_id] = _Span(span_id, command.since, None, command)
        return []

    def _erase(self, span: _Span) -> None:
        """Let a residence give way that began on the very day."""
        if span.begun is None:
            self.erased.append(span.id)
        else:
            del self.begun[span.id]

    def write(self) -> None:
        """Write everything: what gives way, what ends, what begins."""
        self.rows.erase(Residence, self.erased)
        self.rows.change_many(Residence, ("until",), [(span.id, span.until) for span in self.ended])
        commands = [(span, span.begun) for span in self.begun.values() if span.begun is not None]
        clear = [
            Clear(span.id, self.records[one.pupil_id].person_id, one.address)
            for span, one in commands
            if one.address
        ]
        vault = self.context.vault
        sealed = vault.seal_many(ADDRESS, clear) if clear else []
        addresses = {of.row_id: one.ciphertext for of, one in zip(clear, sealed, strict=True)}
        county_id = self.context.scope.county_id
        begun = [
            (
                *(county_id, span.id, one.pupil_id, one.kind.code, one.area),
                *(addresses.get(span.id), span.since, span.until),
            )
            for span, one in commands
        ]
        self.rows.load(Residence, _COLUMNS, begun)

    def tell(self) -> None:
        """Announce what was recorded, a fact for each school."""
        by_school: defaultdict[int | None, list[tuple[int, int]]] = defaultdict(list)
        for span in self.begun.values():
            assert span.begun is not None, "it has just begun"
            record = self.records[span.begun.pupil_id]
            by_school[school_of(record)].append((record.pupil_id, span.id))
        for school_id, some in by_school.items():
            pupil_ids = tuple(dict.fromkeys(pupil_id for pupil_id, _ in some))
            ids = tuple(span_id for _, span_id in some)
            fact = ResidencesRecorded(school_id=school_id, pupil_ids=pupil_ids, residence_ids=ids)
            self.context.announce(fact)


def record(context: Context, rows: CircumstanceRows, commands: Sequence[ResidenceRow]) -> list[int]:
    """Record residences, all or none, each pupil's in the order of the commands; return the ids."""
    draft = ResidenceDraft(context, rows, [one.pupil_id for one in commands])
    ids = take_ids(len(commands))
    problems: list[Problem] = []
    for number, (span_id, one) in enumerate(zip(ids, commands, strict=True), 1):
        problems += placed(draft.begin(span_id, one), number, commands)
    refuse_if(problems)
    draft.write()
    draft.tell()
    return ids
