"""Questions for merging people: who may be one, what they hold, and what was pointed where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, func, literal, or_, select, tuple_, union_all, update

from xuequ.core.ids import take_ids
from xuequ.core.keys import TAG_BYTES
from xuequ.core.spans import DaySpan
from xuequ.core.tables import Base
from xuequ.registry.models.circumstances import Guardian
from xuequ.registry.models.people import Person, PersonMerge, PersonMergeRow
from xuequ.registry.models.pupils import Enrolment, Pupil, PupilStatus
from xuequ.registry.models.staff import Employment, Placement, Staff
from xuequ.registry.repository.basis import AnyRow, AnySelect, same
from xuequ.registry.repository.people import PeopleRows, batches, has_role_in, named
from xuequ.registry.rules.merging import Held, Ward
from xuequ.registry.states.pupils import PupilState


@dataclass(frozen=True, slots=True)
class Pointer:
    """A column that says whose a row is."""

    model: type[Base]
    column: str

    @property
    def table(self) -> Table:
        """The table."""
        return cast("Table", self.model.__table__)


POINTERS = (
    Pointer(Guardian, "person_id"),
    Pointer(Person, "merged_into_id"),
    Pointer(Pupil, "person_id"),
    Pointer(Staff, "person_id"),
)
"""Every column that a merge points to the kept person, by table; with the merges before, so that they
too lead there in one step."""

_BY_TABLE = {pointer.table.name: pointer for pointer in POINTERS}


@dataclass(frozen=True, slots=True)
class _Spans:
    """Spans of which one person may have only one at a time."""

    span: Any
    owner: Any
    foreign: Any
    role: str
    only: Any = None


_ON_ROLL = [state.value for state in PupilState if state.on_roll]
_HELD = (
    _Spans(Employment, Staff, Employment.staff_id, "任职"),
    _Spans(Placement, Staff, Placement.staff_id, "在校工作"),
    _Spans(Enrolment, Pupil, Enrolment.pupil_id, "在读"),
    _Spans(PupilStatus, Pupil, PupilStatus.pupil_id, "学籍", PupilStatus.status.in_(_ON_ROLL)),
)


class MergeRows(PeopleRows):
    """What merging asks and writes."""

    def lock(self, person_ids: Iterable[int]) -> dict[int, AnyRow]:
        """Lock rows of people in the order of their ids; return those that are in this scope.

        The lock holds off other merges and corrections; who inserts a role need not wait for it.
        """
        here = (Person.county_id == self.scope.county_id, Person.id.in_(sorted(set(person_ids))))
        query = select(Person.id).where(*here).order_by(Person.id)
        self.session.execute(query.with_for_update(key_share=True)).all()
        return {row.id: row for row in self.people(list(person_ids))}

    def locked_pair(self, kept_id: int, merged_id: int) -> tuple[AnyRow, AnyRow]:
        """Lock the two rows of a merge and return them as they stand, wherever they lead."""
        self.lock((kept_id, merged_id))
        query = select(Person.__table__).where(
            Person.county_id == self.scope.county_id, Person.id.in_((kept_id, merged_id))
        )
        rows = {row.id: row for row in self.session.execute(query)}
        return rows[kept_id], rows[merged_id]

    def merged_into(self, person_id: int) -> Sequence[AnyRow]:
        """Return the rows that were merged into somebody."""
        here = (Person.county_id == self.scope.county_id, Person.merged_into_id == person_id)
        return self.session.execute(select(Person.__table__).where(*here).order_by(Person.id)).all()

    def reach_elsewhere(self, person_ids: Sequence[int]) -> bool:
        """Tell whether one of some people has or had a role in another district, or in none."""
        if self.scope.district_id is None:
            return False
        here = self.scope.district_id
        elsewhere = has_role_in(Staff.district_id.is_distinct_from(here), Pupil.district_id != here)
        query = select(Person.id).where(
            Person.county_id == self.scope.county_id, Person.id.in_(person_ids), elsewhere
        )
        return self.session.scalar(query.limit(1)) is not None

    # what they hold

    def held(self, person_ids: Sequence[int]) -> list[Held]:
        """Return every span that people hold, with what it may be held once of at a time."""
        parts = [self._spans(one, person_ids) for one in _HELD]
        guardian: AnySelect = select(
            *(Guardian.person_id, literal("监护"), Guardian.pupil_id, Guardian.since, Guardian.until)
        ).where(Guardian.county_id == self.scope.county_id, Guardian.person_id.in_(person_ids))
        rows = self.session.execute(union_all(*parts, guardian)).all()
        held = [Held(who, role, once, DaySpan(since, until)) for who, role, once, since, until in rows]
        return sorted(held, key=lambda one: (one.role, one.span.since, one.person_id))

    def _spans(self, one: _Spans, person_ids: Sequence[int]) -> AnySelect:
        columns = (one.owner.person_id, literal(one.role), literal(0), one.span.since, one.span.until)
        query = select(*columns).join(one.span, same(one.owner, one.foreign, one.span))
        query = query.where(one.owner.county_id == self.scope.county_id)
        query = query.where(one.owner.person_id.in_(person_ids))
        return query if one.only is None else query.where(one.only)

    def wards(self, person_ids: Sequence[int]) -> list[Ward]:
        """Return who of some people was ever guardian of whom of them."""
        query = (
            select(Guardian.person_id, Pupil.person_id, Pupil.id)
            .join(Pupil, same(Pupil, Guardian.pupil_id, Guardian))
            .where(
                Guardian.county_id == self.scope.county_id,
                Guardian.person_id.in_(person_ids),
                Pupil.person_id.in_(person_ids),
            )
        )
        return [Ward(*row) for row in self.session.execute(query)]

    # pointing

    def point(self, merge_id: int, merged_id: int, kept_id: int) -> None:
        """Point every row of one person to another, and write down which."""
        for pointer in POINTERS:
            table, column = pointer.table, pointer.table.c[pointer.column]
            here = (table.c.county_id == self.scope.county_id, column == merged_id)
            found = select(table.c.id).where(*here).order_by(table.c.id).with_for_update()
            row_ids = self.session.scalars(found).all()
            for some in batches(row_ids):
                own = (table.c.county_id == self.scope.county_id, table.c.id.in_(some))
                self.session.execute(update(table).where(*own).values({pointer.column: kept_id}))
            self._write_down(merge_id, table.name, row_ids)

    def _write_down(self, merge_id: int, table: str, row_ids: Sequence[int]) -> None:
        values = [
            {"county_id": self.scope.county_id, "id": new, "merge_id": merge_id, "table_name": table}
            | {"row_id": row_id}
            for new, row_id in zip(take_ids(len(row_ids)), row_ids, strict=True)
        ]
        if values:
            log = cast("Table", PersonMergeRow.__table__)
            self.session.connection().execute(log.insert(), values)

    def point_back(self, merge: AnyRow) -> list[str]:
        """Point the rows of a merge back; return the tables of which some point elsewhere by now."""
        log = select(PersonMergeRow.table_name, PersonMergeRow.row_id).where(
            PersonMergeRow.county_id == self.scope.county_id, PersonMergeRow.merge_id == merge.id
        )
        pointed: dict[str, list[int]] = defaultdict(list)
        ordered = log.order_by(PersonMergeRow.table_name, PersonMergeRow.row_id)
        for table_name, row_id in self.session.execute(ordered):
            pointed[table_name].append(row_id)
        return [name for name, row_ids in pointed.items() if not self._point_back(name, row_ids, merge)]

    def _point_back(self, table_name: str, row_ids: Sequence[int], merge: AnyRow) -> bool:
        pointer = _BY_TABLE[table_name]
        table = pointer.table
        changed = 0
        for some in batches(row_ids):
            own = (table.c.county_id == self.scope.county_id, table.c.id.in_(some))
            kept = table.c[pointer.column] == merge.kept_id
            query = update(table).where(*own, kept).values({pointer.column: merge.merged_id})
            changed += cast("Any", self.session.execute(query)).rowcount
        return changed == len(row_ids)

    def pointing_at_merged(self) -> Iterator[tuple[str, AnyRow]]:
        """Return the rows of the county that point at a person who was merged into another."""
        for pointer in POINTERS:
            table, column = pointer.table, pointer.table.c[pointer.column]
            merged = Person.__table__.alias("merged")
            query = (
                select(table.c.id, column.label("person_id"), merged.c.merged_into_id.label("kept_id"))
                .join(merged, and_(merged.c.county_id == table.c.county_id, merged.c.id == column))
                .where(table.c.county_id == self.scope.county_id, merged.c.merged_into_id.is_not(None))
            )
            for row in self.session.execute(query.order_by(table.c.id)):
                yield table.name, row

    # what is sealed with a person's key, and stands elsewhere

    def sealed_of_pupils(self, merge_id: int, model: type[Base], column: str) -> Sequence[AnyRow]:
        """Return the sealed values of a column that are of the pupils whom a merge pointed."""
        keyed: Any = model
        pupils = select(PersonMergeRow.row_id).where(
            PersonMergeRow.county_id == self.scope.county_id,
            PersonMergeRow.merge_id == merge_id,
            PersonMergeRow.table_name == Pupil.__tablename__,
        )
        sealed = getattr(keyed, column)
        here = (keyed.county_id == self.scope.county_id, keyed.pupil_id.in_(pupils), sealed.is_not(None))
        query = select(keyed.id, sealed.label("sealed")).where(*here)
        return self.session.execute(query.order_by(keyed.id)).all()

    def reseal(self, model: type[Base], column: str, values: Iterable[tuple[int, bytes]]) -> None:
        """Write ciphertexts of a column by the ids of their rows."""
        table = cast("Table", model.__table__)
        one = (table.c.county_id == self.scope.county_id, table.c.id == bindparam("row"))
        query = update(table).where(*one).values({column: bindparam("sealed")})
        rows = [{"row": row_id, "sealed": sealed} for row_id, sealed in values]
        self.session.connection().execute(query, rows)

    # merges

    def add_merge(self, values: dict[str, Any]) -> None:
        """Write down a merge."""
        merge = PersonMerge(county_id=self.scope.county_id, **values)
        self.session.add(merge)
        self.session.flush()

    def merge(self, merge_id: int) -> AnyRow | None:
        """Lock and return a merge that stands."""
        query = select(PersonMerge.__table__).where(
            PersonMerge.county_id == self.scope.county_id,
            PersonMerge.id == merge_id,
            PersonMerge.undone_at.is_(None),
        )
        return self.session.execute(query.with_for_update()).one_or_none()

    def end_merge(self, merge_id: int, at: datetime) -> None:
        """Say of a merge that it was undone."""
        here = (PersonMerge.county_id == self.scope.county_id, PersonMerge.id == merge_id)
        self.session.execute(update(PersonMerge).where(*here).values(undone_at=at))

    def merges_of(self, person_id: int) -> Sequence[AnyRow]:
        """Return the merges into or of a row, as they were made, with how many rows each pointed."""
        rows = select(func.count()).where(
            PersonMergeRow.county_id == PersonMerge.county_id, PersonMergeRow.merge_id == PersonMerge.id
        )
        query = select(PersonMerge.__table__, rows.scalar_subquery().label("rows")).where(
            PersonMerge.county_id == self.scope.county_id,
            or_(PersonMerge.kept_id == person_id, PersonMerge.merged_id == person_id),
        )
        return self.session.execute(query.order_by(PersonMerge.id)).all()

    # candidates

    def alike(self, column: str, limit: int) -> list[list[AnyRow]]:
        """Return groups of people of one name who also have a column in common."""
        keys = (named(Person.name).label("key"), getattr(Person, column).label("common"))
        standing = self._standing().where(getattr(Person, column).is_not(None))
        each = standing.with_only_columns(*keys).subquery()
        several = select(each.c.key, each.c.common).group_by(each.c.key, each.c.common)
        several = several.having(func.count() > 1).order_by(each.c.key, each.c.common).limit(limit)
        query = standing.add_columns(*keys).where(tuple_(*keys).in_(several)).order_by(*keys, Person.id)
        groups: dict[tuple[Any, ...], list[AnyRow]] = defaultdict(list)
        for row in self._found(query):
            groups[row.key, row.common].append(row)
        return list(groups.values())

    def indexed_otherwise(self, tag: bytes) -> Sequence[AnyRow]:
        """Return people whose document is indexed by another key than the current one."""
        tagged = func.substr(Person.document_index, 1, TAG_BYTES)
        query = self._standing().where(Person.document_index.is_not(None), tagged != tag)
        return self._found(query.order_by(Person.id))
