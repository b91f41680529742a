"""Tables of imports: the history of files that were applied, and the imprints of their rows.

An imprint is kept by what a row is called: prints, of four bytes each, of what the registry held of it when
a file and the registry last agreed. A later file that says the same again says nothing new, whatever was
decided by hand in between.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any, ClassVar, cast

from sqlalchemy import BigInteger, LargeBinary, String, Table, Text, bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from xuequ.core.bulk import bulk_load
from xuequ.core.context import Scope
from xuequ.core.facts import Fact
from xuequ.core.fields import Command, Id, View
from xuequ.core.plan import Key, Outcome, Values, prints_of
from xuequ.core.tables import Base, TenantRow, UtcDateTime, tenant_index, tenant_table

FEW = 5_000
"""How many imprints one statement asks for."""


class ImportRow(TenantRow, Base):
    """One file that was applied: which one, by what template, by whom, and what became of its rows."""

    __tablename__ = "xq_core_import"
    __table_args__ = tenant_table(
        "xq_core_import", tenant_index("xq_core_import", "district_id", "template"), county=False
    )

    district_id: Mapped[int | None] = mapped_column(BigInteger)
    template: Mapped[str] = mapped_column(String(80))
    file: Mapped[str] = mapped_column(String(260))
    digest: Mapped[str] = mapped_column(String(64))
    counts: Mapped[str] = mapped_column(Text)
    decision: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_no: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)


class ImprintRow(TenantRow, Base):
    """The prints of one row of a sheet; its id is made of what the row is called."""

    __tablename__ = "xq_core_imprint"
    __table_args__ = tenant_table("xq_core_imprint", county=False)

    prints: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileImported(Fact):
    """A file was applied; `import_id` is its line in the history."""

    name: ClassVar[str] = "core.file_imported"

    import_id: int
    template: str
    added: int
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileExported(Fact):
    """Somebody took rows out of the registry into a file."""

    name: ClassVar[str] = "core.file_exported"

    template: str
    school: str | None
    rows: int


@dataclass(frozen=True, slots=True)
class Export:
    """What goes into a file: rows by sheet, and the imprints by which later changes by hand are noticed."""

    rows: Mapping[str, Sequence[Command]]
    base: Mapping[int, bytes]


class ImportView(View):
    """A file that was applied; `counts` says by sheet and outcome what became of its rows."""

    id: Id
    template: str
    file: str
    digest: str
    counts: dict[str, dict[str, int]]
    decision: str
    at: datetime
    staff_no: str
    reason: str


@dataclass(frozen=True, slots=True)
class Names:
    """What the rows of one sheet are called in the table of imprints of one place."""

    scope: Scope
    template: str
    sheet: str

    def of(self, keys: Iterable[Key]) -> list[int]:
        """Return the ids of rows' imprints: 63 bits of a hash, since a key may be of any length."""
        prefix = f"{self.scope.district_id}\0{self.template}\0{self.sheet}\0"
        named = [prefix + "\0".join(map(str, key)) for key in keys]
        digests = [blake2b(one.encode("utf-8", "surrogatepass"), digest_size=8).digest() for one in named]
        return [int.from_bytes(digest) >> 1 for digest in digests]


def pack_prints(
    units: Sequence[Sequence[str]], rows: Sequence[Values], there: Sequence[Values]
) -> list[bytes]:
    """Return the prints of what rows say, and of what stands there where they say nothing."""
    if not units:
        return [b""] * len(rows)
    pack = struct.Struct(f">{len(units)}I").pack
    return list(map(pack, *[prints_of(unit, rows, there) for unit in units]))


def unpack_prints(packed: bytes) -> frozenset[int]:
    """Return the prints of an imprint."""
    return frozenset(struct.unpack(f">{len(packed) // 4}I", packed))


_FIND = select(ImprintRow.id, ImprintRow.prints).where(
    ImprintRow.county_id == bindparam("county_id"),
    ImprintRow.id.in_(bindparam("ids", expanding=True)),
)
_ANY = select(ImprintRow.id).where(ImprintRow.county_id == bindparam("county_id")).limit(1)


class Imprints:
    """The imprints of a county."""

    def __init__(self, session: Session, county_id: int) -> None:
        self.session = session
        self.county_id = county_id

    def find(self, ids: Sequence[int]) -> dict[int, bytes]:
        """Return the imprints that there are."""
        found: dict[int, bytes] = {}
        for start in range(0, len(ids), FEW):
            bound = {"county_id": self.county_id, "ids": ids[start : start + FEW]}
            found |= {row.id: row.prints for row in self.session.execute(_FIND, bound)}
        return found

    def any(self) -> bool:
        """Tell whether the county has any."""
        return self.session.scalar(_ANY, {"county_id": self.county_id}) is not None

    def put(self, prints: Mapping[int, bytes], known: Mapping[int, bytes]) -> None:
        """Write imprints, those that are new and those that differ from the known ones."""
        table = cast("Table", ImprintRow.__table__)
        new = [(self.county_id, row_id, packed) for row_id, packed in prints.items() if row_id not in known]
        if new:
            bulk_load(self.session.connection(), table, ("county_id", "id", "prints"), new)
        changed = [
            {"at": row_id, "packed": packed}
            for row_id, packed in prints.items()
            if row_id in known and known[row_id] != packed
        ]
        if changed:
            here = (table.c.county_id == self.county_id, table.c.id == bindparam("at"))
            written = update(table).where(*here).values(prints=bindparam("packed"))
            self.session.connection().execute(written, changed)


def write_import(session: Session, row: ImportRow) -> int:
    """Insert a line of the history; return its id."""
    session.add(row)
    session.flush()
    return row.id


def counts_json(counts: Mapping[tuple[str, Outcome], int]) -> str:
    """Write how many rows there are by sheet and outcome."""
    by_sheet: dict[str, dict[str, int]] = {}
    for (sheet, outcome), count in counts.items():
        by_sheet.setdefault(sheet, {})[outcome.name.lower()] = count
    return json.dumps(by_sheet, ensure_ascii=False, sort_keys=True)


def list_imports(session: Session, scope: Scope, template: str | None = None) -> list[ImportView]:
    """Return the history of a place, the newest first."""
    query = select(ImportRow).where(
        ImportRow.county_id == scope.county_id, ImportRow.district_id.is_not_distinct_from(scope.district_id)
    )
    if template is not None:
        query = query.where(ImportRow.template == template)
    return [_view(row) for row in session.scalars(query.order_by(ImportRow.at.desc(), ImportRow.id.desc()))]


def _view(row: Any) -> ImportView:
    names = ("id", "template", "file", "digest", "decision", "at", "staff_no", "reason")
    return ImportView(**{name: getattr(row, name) for name in names}, counts=json.loads(row.counts))
