"""Use cases of people."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from xuequ.core.access import Action
from xuequ.core.context import At, Service, reading, use_case
from xuequ.core.errors import ActionNotPermitted, Problem, refuse_if
from xuequ.core.pinyin import require_pinyin, spell
from xuequ.registry.actions.people import (
    CORRECT_PERSON,
    FORGET_PERSON,
    MERGE_PEOPLE,
    RECORD_PEOPLE,
    REVEAL_DOCUMENT,
    REVEAL_PHONE,
    SEARCH_PEOPLE,
    VIEW_PERSON,
)
from xuequ.registry.errors.people import NothingToReveal, PersonForgotten, PersonUnknown
from xuequ.registry.facts.people import NamesSpelled, PersonRevealed
from xuequ.registry.models.people import DOCUMENT, PHONE, document_of, sealed_document
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.merging import MergeRows
from xuequ.registry.rules.id_numbers import Document, bare_number, read_phone
from xuequ.registry.rules.people import Search, Wanted, check_reason, read_search
from xuequ.registry.schemas.people import (
    CandidateView,
    MergeView,
    PersonCorrection,
    PersonCorrectionRow,
    PersonRecorded,
    PersonRecording,
    PersonView,
    Revealed,
)
from xuequ.registry.service import merging
from xuequ.registry.service.correcting import correct
from xuequ.registry.service.identifying import document_indexes
from xuequ.registry.service.persons import person_views
from xuequ.registry.service.recording import record
from xuequ.registry.states.people import PersonField
from xuequ.standards.codes.people import DocumentKind

MOST_FOUND = 50
SPELLED_AT_ONCE = 10_000


class PeopleService(Service):
    """People 人员: who they are, whatever roles they hold; one person is one, however often recorded.

    A person belongs to the county. A district sees those who have or had a role there, and those whom it
    recorded as long as they have none. Whatever row of a person is asked for, the answer is the kept one.
    """

    @property
    def _rows(self) -> MergeRows:
        return MergeRows(self.context.session, self.context.scope, self.context.place)

    # identity

    @use_case(RECORD_PEOPLE)
    def record_people(self, people: Sequence[PersonRecording]) -> list[PersonRecorded]:
        """Record people, all or none; a citizen number is checked and fills what is left out.

        Raises:
            KeysMissing: when something is sensitive and the host has given no keys.
            DocumentTaken: when somebody in the county has the document already.
            Problems, CitizenNumberCheck and its like: for what the commands say.
        """
        rows = self._rows
        recordings = record(self.context, rows, people)
        views = person_views(self.context, rows.recorded([one.person_id for one in recordings]), ())
        return [
            PersonRecorded(person=view, warnings=one.said.warning_texts)
            for view, one in zip(views, recordings, strict=True)
        ]

    @use_case(CORRECT_PERSON)
    def correct_person(self, person_id: int, command: PersonCorrection) -> PersonRecorded:
        """Correct what is registered of a person; what the command leaves out stays.

        Raises:
            PersonUnknown, PersonForgotten: when there is nobody to correct.
            DocumentTaken: when somebody else in the county has the document.
            DocumentContradicts, BornAfter: when it does not fit what stays.
        """
        (correction,) = correct(self.context, self._rows, [(person_id, command)])
        view = self._views([self._person(correction.row.id)])[0]
        return PersonRecorded(person=view, warnings=correction.said.warning_texts)

    @use_case(CORRECT_PERSON)
    def correct_people(self, corrections: Sequence[PersonCorrectionRow]) -> None:
        """Correct what is registered of people, all or none; each person once.

        Raises:
            Problems: what `correct_person` refuses, of each with its row.
        """
        correct(self.context, self._rows, [(one.person_id, one) for one in corrections])

    @use_case(RECORD_PEOPLE)
    def spell_names(self) -> int:
        """Give initials to the names of the county that came in while `pypinyin` was not installed.

        Returns how many names were spelled.

        Raises:
            ExtraMissing: when it still is not installed.
        """
        require_pinyin()
        rows, spelled = self._rows, 0
        while some := rows.unspelled(SPELLED_AT_ONCE):
            rows.spell_all([(row.id, spell(row.name)) for row in some])
            spelled += len(some)
        if spelled:
            self.context.announce(NamesSpelled(count=spelled))
        return spelled

    # looking

    @reading(VIEW_PERSON, at=At.SCHOOL)
    def person(self, person_id: int) -> PersonView:
        """Return a person with their roles in this scope, document and telephone masked.

        Raises:
            PersonUnknown: when there is none of that id here.
        """
        row = self._person(person_id)
        self._permit(VIEW_PERSON, row.id)
        return self._views([row])[0]

    @reading(SEARCH_PEOPLE)
    def search(self, text: str, limit: int = MOST_FOUND) -> list[PersonView]:
        """Find people by name, pinyin initials, staff or pupil number, citizen number or mobile number.

        A name is found by any part of it, with or without blanks and points; initials by their
        beginning, in any reading; a number as a whole.

        Raises:
            SearchUnreadable: when nothing to search by is left.
            ExtraMissing: for initials, when `pypinyin` is not installed.
            KeysMissing: for a citizen or mobile number, when the host has given no keys.
        """
        search = read_search(text)
        if isinstance(search, Problem):
            raise search.error
        return self._views(self._found(search, limit))

    def _found(self, search: Search, limit: int) -> Sequence[AnyRow]:
        rows, vault, text = self._rows, self.context.vault, search.text
        if search.wanted is Wanted.DOCUMENT:
            indexes = vault.indexes(DOCUMENT, sealed_document(DocumentKind.IDENTITY_CARD, text))
            return rows.by_index(DOCUMENT.index, indexes, limit)
        if search.wanted is Wanted.PHONE:
            return rows.by_index(PHONE.index, vault.indexes(PHONE, read_phone(text)[0]), limit)
        if search.wanted is Wanted.NUMBER:
            return rows.by_role_number(text, limit) or rows.by_name(text, limit)
        if search.wanted is Wanted.INITIALS:
            require_pinyin()
            return rows.by_initials(text, limit) or rows.by_name(text, limit)
        return rows.by_name(text, limit)

    @reading(SEARCH_PEOPLE)
    def find_by_document(self, kind: DocumentKind, number: str) -> list[PersonView]:
        """Find the holder of a document by its whole number; nobody by a kind that people share.

        Raises:
            KeysMissing: when the host has given no keys.
        """
        document = Document(kind, bare_number(number))
        indexes = document_indexes(self.context, document)
        return self._views(self._rows.by_index(DOCUMENT.index, indexes, MOST_FOUND))

    @reading(SEARCH_PEOPLE)
    def find_by_phone(self, phone: str) -> list[PersonView]:
        """Find who may be reached at a telephone number; a family may share one.

        Raises:
            PhoneUnreadable: when it is none.
            KeysMissing: when the host has given no keys.
        """
        number, problems = read_phone(phone)
        refuse_if(problems)
        indexes = self.context.vault.indexes(PHONE, number)
        return self._views(self._rows.by_index(PHONE.index, indexes, MOST_FOUND))

    @use_case(REVEAL_DOCUMENT, at=At.SCHOOL)
    def reveal_document(self, person_id: int, reason: str) -> Revealed:
        """Show a person's document number in clear; that it was shown and why stands in the journal.

        Raises:
            PersonUnknown, PersonForgotten, NothingToReveal: when there is nothing to show.
            ReasonUnfit: when the reason says nothing, or holds personal data itself.
        """
        opened = self._reveal(REVEAL_DOCUMENT, person_id, PersonField.DOCUMENT, reason)
        return opened.model_copy(update={"value": document_of(opened.value)[1]})

    @use_case(REVEAL_PHONE, at=At.SCHOOL)
    def reveal_phone(self, person_id: int, reason: str) -> Revealed:
        """Show a person's telephone number in clear; that it was shown and why stands in the journal.

        Raises:
            PersonUnknown, PersonForgotten, NothingToReveal: when there is nothing to show.
            ReasonUnfit: when the reason says nothing, or holds personal data itself.
        """
        return self._reveal(REVEAL_PHONE, person_id, PersonField.PHONE, reason)

    def _reveal(self, action: Action, person_id: int, field: PersonField, reason: str) -> Revealed:
        row = self._person(person_id)
        self._permit(action, row.id)
        if row.forgotten_on is not None:
            raise PersonForgotten(person=str(row.id))
        refuse_if(check_reason(reason, [row.name]))
        column = DOCUMENT if field is PersonField.DOCUMENT else PHONE
        sealed = getattr(row, column.column)
        if sealed is None:
            raise NothingToReveal(person=str(row.id), field=field.label)
        value = self.context.vault.open(column, row.id, sealed)
        self.context.announce(PersonRevealed(person_id=row.id, field=field, reason=reason.strip()))
        return Revealed(person_id=row.id, field=field, value=value)

    # one person, several rows

    @reading(MERGE_PEOPLE)
    def merge_candidates(self) -> list[CandidateView]:
        """Return people who may be one: of one document, of one name and birth date, or name and phone."""
        groups = merging.candidates(self.context, self._rows)
        people = {row.id: row for _, group in groups for row in group}
        views = {view.id: view for view in self._views(list(people.values()))}
        return [CandidateView(why=why, people=tuple(views[row.id] for row in group)) for why, group in groups]

    @use_case(MERGE_PEOPLE)
    def merge_people(self, keep: int, duplicate: int, reason: str) -> int:
        """Merge a duplicate 合并重复登记 into the row that is kept; return the id of the merge.

        The old row stays and leads to the kept one, which gets its roles and what it lacked.

        Raises:
            PersonUnknown, PersonMerged, PersonForgotten, MergedWithOneself: for the two rows.
            MergeContradicts, RolesOverlap, OwnGuardian: what a person must decide first, all of it.
            PersonElsewhere: when one of them also belongs to another district; the county may.
            ReasonUnfit: when the reason says nothing, or holds personal data.
        """
        return merging.merge(self.context, self._rows, keep, duplicate, reason)

    @use_case(MERGE_PEOPLE)
    def undo_merge(self, merge_id: int, reason: str) -> None:
        """Take a merge back: roles and fields are again as they were before it.

        Raises:
            MergeUnknown: when there is none of that id here, or it was undone.
            MergeOverlaid: when a later merge or correction stands in the way.
            PersonElsewhere, PersonForgotten, ReasonUnfit: as for the merge.
        """
        merging.undo(self.context, self._rows, merge_id, reason)

    @reading(MERGE_PEOPLE)
    def merges_of(self, person_id: int) -> list[MergeView]:
        """List the merges into or of a row, as they were made.

        Raises:
            PersonUnknown: when there is none of that id here.
        """
        self._person(person_id)
        return [
            MergeView(
                id=row.id,
                kept_id=row.kept_id,
                merged_id=row.merged_id,
                reason=row.reason,
                merged_at=row.merged_at,
                undone_at=row.undone_at,
                rows=row.rows,
            )
            for row in self._rows.merges_of(person_id)
        ]

    @use_case(FORGET_PERSON)
    def forget_person(self, person_id: int, authority: str) -> None:
        """Destroy the personal data of somebody 销毁个人信息; sex and year of birth stay for statistics.

        The data key goes too, so that whatever else is sealed for the person cannot be read any more.

        Raises:
            PersonUnknown, PersonForgotten: when there is nobody to forget.
            RoleOpen: as long as the person holds a role.
            PersonElsewhere, ReasonUnfit: as for a merge.
        """
        merging.forget(self.context, self._rows, person_id, authority)

    def _person(self, person_id: int, *, for_update: bool = False) -> AnyRow:
        row = self._rows.person(person_id, for_update=for_update)
        if row is None:
            raise PersonUnknown(person=str(person_id))
        return row

    def _views(self, people: Sequence[AnyRow]) -> list[PersonView]:
        return person_views(self.context, people, self._rows.roles([row.id for row in people]))

    def _permit(self, action: Action, person_id: int) -> None:
        """Check an action at one of the schools where the person is today."""
        schools = self._rows.schools_of(person_id, self.context.today) or [""]
        for school in schools[:-1]:
            with suppress(ActionNotPermitted):
                self.context.permit(action, school=school)
                return
        self.context.permit(action, school=schools[-1])
