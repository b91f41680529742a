"""The sheet of guardians 监护人: people who are found by document or birthday, or made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, cast

from xuequ.core.errors import Problem
from xuequ.core.fields import Command
from xuequ.core.plan import Key, Outcome, PlannedRow, State, Values
from xuequ.registry.errors.circumstances import PrimaryTwice
from xuequ.registry.errors.people import NameDiffers
from xuequ.registry.models.people import DOCUMENT, PHONE
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.circumstances import CircumstanceRows, Described
from xuequ.registry.repository.people import PeopleRows
from xuequ.registry.rules.people import name_key
from xuequ.registry.schemas.books.circumstances import GuardianLine
from xuequ.registry.schemas.circumstances import GuardianRow, GuardianshipEnd
from xuequ.registry.schemas.people import PersonCorrectionRow, PersonRecording
from xuequ.registry.service.books.desk import Lookups, changed, problem_at
from xuequ.registry.service.books.spans import SpanDesk, in_order, numbers_of
from xuequ.registry.service.identifying import Said, document_indexes, taken_by
from xuequ.registry.service.identities import NOTHING_SAID, Identities, Identity, identity_problems, sensitive
from xuequ.registry.service.people import PeopleService
from xuequ.registry.states.people import Sex
from xuequ.standards.codes.people import Relation

PERSON = frozenset({"sex", "birth_date", DOCUMENT.column, PHONE.column})
"""What a row says of the person, whose guardian they may be of others too."""


class GuardianDesk(SpanDesk):
    """The sheet of guardians.

    “否” under the primary contact says nothing: who is it no longer, follows from who is.
    """

    sheet = "guardians"
    lasting = frozenset({"is_primary", "until"})
    changeable = lasting | PERSON

    def __init__(self, lookups: Lookups) -> None:
        super().__init__(lookups)
        here = (self.context.session, self.context.scope, self.context.place)
        self.people = PeopleRows(*here)
        self.circumstances = CircumstanceRows(*here)
        self.identities = Identities(self.context, self.people)
        self.identity: dict[Key, Identity] = {}
        """What the rows of this chunk say of document and telephone."""
        self.primary: dict[str, int] = {}
        """Pupil number → the row that names the primary contact."""

    # what rows say, and what is there

    def key_of(self, command: Any) -> Key:
        """Return the key of a row; a name is the same however it is spaced."""
        return command.pupil_no, name_key(command.guardian), command.since

    def said(self, rows: Sequence[Command]) -> Sequence[Values]:
        """Return what rows say, with a token for what is sealed."""
        self.identity = {}
        return [self._values(line) for line in cast("Sequence[GuardianLine]", rows)]

    def _values(self, line: GuardianLine) -> Values:
        read = self.identities.read(line)
        if read is not None:
            self.identity[self.key_of(line)] = read
        said = {"guardian": name_key(line.guardian), "is_primary": line.is_primary or None}
        return {**line.__dict__, **said, **(read.compared if read else {})}

    def _said(self, line: GuardianLine) -> Said:
        return self.identity.get(self.key_of(line), NOTHING_SAID).said

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the guardians of the rows' pupils.

        A row of somebody who is a guardian since before its first day, is of that span.
        """
        spans: defaultdict[Key, list[AnyRow]] = defaultdict(list)
        for row in self.rows.guardians(numbers_of(rows)):
            spans[row.pupil_no, name_key(row.guardian)].append(row)
        self.there = {self.key_of(row): _guardian(row) for some in spans.values() for row in some}
        for line in cast("Sequence[GuardianLine]", rows):
            for row in spans.get((line.pupil_no, name_key(line.guardian)), ()):
                if row.since < line.since and (row.until is None or line.since < row.until):
                    self.there[self.key_of(line)] = _guardian(row)
        self.identities.hide(one for key, one in self.there.items() if key in self.identity)
        for key in self.there.keys() - self.identity.keys():
            self.there[key] |= {DOCUMENT.column: None, PHONE.column: None}
        return self.there

    # judging

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Refuse also what is wrong with a document or telephone, and a second primary contact."""
        problems = super().check(planned)
        for row in planned:
            line = _line(row)
            said = self._said(line)
            wrong = identity_problems(line, said, new=row.outcome is Outcome.ADDED)
            if line.is_primary and line.until is None:
                number = row.source.place.row or 0
                first = self.primary.setdefault(line.pupil_no, number)
                wrong += [] if first == number else [Problem(PrimaryTwice(first_row=first))]
            problems += [problem_at(row, problem.error) for problem in wrong]
        return problems

    # writing

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Record guardians, what is new of them, who is the primary contact, and who is none any more."""
        rows = in_order(planned)
        added = [row for row in rows if row.outcome is Outcome.ADDED]
        others = [
            (row, self.there[self.key_of(_line(row))]) for row in rows if row.outcome is Outcome.CHANGED
        ]
        chosen = [there["id"] for row, there in others if changed(row, "is_primary")]
        ended = [
            GuardianshipEnd(guardian_id=there["id"], on=until)
            for row, there in others
            if changed(row, "until") and (until := _line(row).until) is not None
        ]
        if chosen:
            self.service.choose_primaries(chosen)
        if ended:
            self.service.end_guardianships(ended)
        said: defaultdict[int, dict[str, Any]] = defaultdict(dict)
        for person_id, values in (*self._add(added), *(self._new_of(*other) for other in others)):
            said[person_id] |= values
        PeopleService(self.context).correct_people(
            [PersonCorrectionRow(person_id=who, **values) for who, values in said.items() if values]
        )

    def _people(self, added: Sequence[PlannedRow]) -> Mapping[Key, int]:
        """Return whom rows with a document mean, whom the county knows by it or who are recorded now.

        Somebody of that name, sex and birthday without any document is taken to be the one; then, as for a
        row without a document, the guardian is described.
        """
        lines = [_line(row) for row in added]
        indexes = {
            self.key_of(line): document_indexes(self.context, document)
            for line in lines
            if (document := self._said(line).document) is not None
        }
        holders = self.people.holders([index for some in indexes.values() for index in some])
        known = {row.id: row for row in self.people.people(sorted(set(holders.values())))}
        twins = self._twins(line for line in lines if self.key_of(line) in indexes)
        found: dict[Key, int] = {}
        new: dict[bytes | Key, list[GuardianLine]] = {}
        for line in lines:
            key = self.key_of(line)
            holder = next((holders[index] for index in indexes.get(key, ()) if index in holders), None)
            if holder is not None:
                found[key] = self._known(holder, known, line)
            elif key in indexes and self._described(line) not in twins:
                index = next(iter(indexes[key]), None)
                new.setdefault(index or key, []).append(line)
        return found | self._record(list(new.values()))

    def _known(self, holder: int, known: Mapping[int, AnyRow], line: GuardianLine) -> int:
        """Return the holder of a document, who must bear the name that the row says."""
        if holder not in known:
            raise taken_by(self.people, holder).error
        if name_key(known[holder].name) != name_key(line.guardian):
            raise NameDiffers(registered=known[holder].name, said=line.guardian)
        return holder

    def _described(self, line: GuardianLine) -> Described | None:
        sex, born = _sex_and_birth(line, self._said(line))
        return None if born is None else (line.guardian, sex.code, born)

    def _twins(self, lines: Iterable[GuardianLine]) -> Collection[Described]:
        """Return which descriptions fit exactly one person of the county, and one without a document."""
        described = {some for line in lines if (some := self._described(line)) is not None}
        only = self.circumstances.only_people(described)
        documented = self.people.documents_of(sorted(only.values()))
        return {some for some, person_id in only.items() if person_id not in documented}

    def _record(self, new: Sequence[Sequence[GuardianLine]]) -> dict[Key, int]:
        """Record people at once, each for all the rows that mean them."""
        recordings = [PersonRecording(**self._person(some[0])) for some in new]
        recorded = PeopleService(self.context).record_people(recordings) if recordings else []
        return {
            self.key_of(line): int(one.person.id)
            for some, one in zip(new, recorded, strict=True)
            for line in some
        }

    def _person(self, line: GuardianLine) -> dict[str, Any]:
        said = self._said(line)
        sex, born = _sex_and_birth(line, said)
        return {"name": line.guardian, "sex": sex, "birth_date": born, **sensitive(said, PERSON)}

    def _add(self, added: Sequence[PlannedRow]) -> list[tuple[int, dict[str, Any]]]:
        """Record guardians; return what completes those who were only described."""
        if not added:
            return []
        people, lines = self._people(added), [_line(row) for row in added]
        commands = [self._command(line, people.get(self.key_of(line))) for line in lines]
        views = self.service.record_guardians(commands)
        return [
            (int(view.person_id), sensitive(self._said(line), PERSON))
            for line, command, view in zip(lines, commands, views, strict=True)
            if command.person_id is None
        ]

    def _command(self, line: GuardianLine, person_id: int | None) -> GuardianRow:
        sex, born = _sex_and_birth(line, self._said(line))
        described = {"name": line.guardian, "sex": sex, "birth_date": born}
        whom: dict[str, Any] = described if person_id is None else {"person_id": person_id}
        return GuardianRow(
            **whom,
            pupil_id=self.lookups.pupil(line.pupil_no),
            relation=line.relation,
            is_primary=bool(line.is_primary),
            since=line.since,
            until=line.until,
        )

    def _new_of(self, row: PlannedRow, there: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        """Return what a row changes of a person."""
        after = {change.field: change.after for change in row.changes}
        plain: dict[str, Any] = {name: after[name] for name in ("sex", "birth_date") if name in after}
        return there["person_id"], {**plain, **sensitive(self._said(_line(row)), after)}

    # exporting

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return everybody who is or was a guardian, documents masked and telephones left out."""
        some = [row for row in self.rows.guardians() if school in (None, row.school)]
        masked = self.identities.masked([{"person_id": row.person_id} for row in some])
        for row in some:
            there = _guardian(row)
            said = {name: there[name] for name in ("relation", "sex", "birth_date", "is_primary", "until")}
            shown = masked.get(row.person_id, {})
            at = {"pupil_no": row.pupil_no, "name": row.name, "since": row.since}
            yield GuardianLine(**at, guardian=row.guardian, **said, **shown)


def _line(row: PlannedRow) -> GuardianLine:
    return cast(GuardianLine, row.source.command)


def _guardian(row: AnyRow) -> dict[str, Any]:
    return {
        "relation": Relation(row.relation),
        "sex": Sex(row.sex),
        "birth_date": row.birth_date,
        "document_number": row.document_number,
        "phone": row.phone,
        "is_primary": row.is_primary,
        "until": row.until,
        "id": row.id,
        "person_id": row.person_id,
    }


def _sex_and_birth(line: GuardianLine, said: Said) -> tuple[Sex, Any]:
    """Return sex and birthday; what the row leaves out is taken from the document."""
    document = said.document
    sex = line.sex or (document.sex if document is not None else None) or Sex.UNSTATED
    return sex, line.birth_date or (document.birth_date if document is not None else None)
