"""Errors of people."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, RuleBroken


class BornAfter(RuleBroken):
    """Somebody begins before being born."""

    code = "registry.born_after"
    born: str
    since: str


class PersonUnknown(NotFound):
    """No such person in this scope."""

    code = "registry.person_unknown"
    person: str


class PersonForgotten(Conflict):
    """Of the person only statistics are left."""

    code = "registry.person_forgotten"
    person: str


class DocumentCut(Invalid):
    """A number that a spreadsheet has taken for a quantity, so that its last figures are lost."""

    code = "registry.document_cut"
    how: str


class DocumentMaybeCut(Invalid):
    """A number that ends in three zeros as a cut one does, and whose check figure fits nevertheless."""

    code = "registry.document_maybe_cut"


class CitizenNumberShape(Invalid):
    """A citizen number has 17 figures and a check sign, an old one 15 figures."""

    code = "registry.citizen_number_shape"
    length: int


class CitizenNumberBirth(Invalid):
    """The birth date in a citizen number is no day, or one that is still to come."""

    code = "registry.citizen_number_birth"


class CitizenNumberCheck(Invalid):
    """The check figure of a citizen number does not fit the others."""

    code = "registry.citizen_number_check"


class OldNumberConverted(Invalid):
    """An old number of 15 figures has no check figure, so a wrong one cannot be told from a right one."""

    code = "registry.old_number_converted"


class AreaUnknown(Invalid):
    """A citizen number begins with figures of no province."""

    code = "registry.area_unknown"
    area: str


class AreaOfAnotherKind(Invalid):
    """A citizen number begins as those of another kind of document do."""

    code = "registry.area_of_another_kind"
    area: str
    kind: str


class DocumentUnusual(Invalid):
    """The number does not look as those of its kind do."""

    code = "registry.document_unusual"
    kind: str


class NotTheHouseholdBook(RuleBroken):
    """A citizen number was given as the number of a household book."""

    code = "registry.not_the_household_book"


class DocumentContradicts(RuleBroken):
    """What the citizen number says is not what is registered."""

    code = "registry.document_contradicts"
    field: str


class DocumentTaken(Conflict):
    """Another person of the county has that document."""

    code = "registry.document_taken"
    holder: str


class DocumentMasked(Invalid):
    """A new person's document stands there as an export shows it, with part of it hidden."""

    code = "registry.document_masked"


class DocumentKindMissing(Invalid):
    """A kind of document without its number."""

    code = "registry.document_kind_alone"


class PhoneUnreadable(Invalid):
    """No telephone number."""

    code = "registry.phone_unreadable"
    reason: str


class ReasonUnfit(Invalid):
    """A reason says nothing, or says what may not stand in the journal, from which nothing is removed."""

    code = "registry.reason_unfit"
    what: str


class NothingToReveal(NotFound):
    """The person has no such thing on record."""

    code = "registry.nothing_to_reveal"
    person: str
    field: str


class SearchUnreadable(Invalid):
    """Nothing to search by is left of the text."""

    code = "registry.search_unreadable"


class MergedWithOneself(Invalid):
    """A person was to be merged with the same row."""

    code = "registry.merged_with_oneself"


class PersonMerged(Conflict):
    """The row was merged into another already."""

    code = "registry.person_merged"
    person: str
    into: str


class MergeContradicts(RuleBroken):
    """Two rows say different things of what one person has once."""

    code = "registry.merge_contradicts"
    field: str


class RolesOverlap(RuleBroken):
    """One person would hold one role twice at a time."""

    code = "registry.roles_overlap"
    role: str
    one: str
    other: str


class OwnGuardian(RuleBroken):
    """One person would be guardian of oneself."""

    code = "registry.own_guardian"
    pupil: str


class PersonElsewhere(RuleBroken):
    """Somebody also belongs to another district, so that only the county can speak for them."""

    code = "registry.person_elsewhere"


class MergeUnknown(NotFound):
    """No such merge in this scope, or it was undone already."""

    code = "registry.merge_unknown"
    merge: str


class MergeOverlaid(Conflict):
    """What a merge did was changed since, so that undoing it would not give back what was there."""

    code = "registry.merge_overlaid"
    what: str


class RoleOpen(RuleBroken):
    """Somebody who is to be forgotten still holds a role."""

    code = "registry.role_open"
    role: str
    since: str


class NumberHoldsCitizenNumber(Invalid):
    """A staff or pupil number that stands in clear holds a citizen number, which must not."""

    code = "registry.number_holds_citizen_number"
    what: str


class NameDiffers(Conflict):
    """The name beside a number, or beside a document, is not the one that is registered."""

    code = "registry.name_differs"
    registered: str
    said: str
