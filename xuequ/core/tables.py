"""What every table is made of: the base, column types, tenant keys, relationships and spans.

The tenant is the county authority. Every tenant table's primary key is ``(county_id, id)`` and every
foreign key carries ``county_id``, so no row can point into another county and the schema can be
distributed by that column.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, cast

from sqlalchemy import (
    DDL,
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    FromClause,
    Index,
    MetaData,
    Table,
    UniqueConstraint,
    column,
    event,
    func,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from xuequ.core.ids import new_id
from xuequ.core.money import Money

NAMING = {
    "pk": "pk_%(table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

TENANT = {"xuequ": "tenant"}
REFERENCE = {"xuequ": "reference"}


class Base(DeclarativeBase):
    """The declarative base of all tables of this library, with its own MetaData."""

    metadata = MetaData(naming_convention=NAMING)


class TenantRow:
    """A row of one county: the two columns of every tenant table's primary key."""

    county_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, sort_order=-2)
    id: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, default=new_id, sort_order=-1
    )


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware going in, aware UTC coming out; naive ones are refused.

    SQLite drops time zones, so both databases hold UTC.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware instant into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; an instant must have one")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class MoneyColumn(TypeDecorator[Money]):
    """Money as whole fen in a BIGINT."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Money | None, dialect: Dialect) -> int | None:
        """Store the fen."""
        return None if value is None else value.fen

    def process_result_value(self, value: int | None, dialect: Dialect) -> Money | None:
        """Give back Money."""
        return None if value is None else Money(value)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal number with fixed places as a whole number in a BIGINT, exact on every database."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, places: int) -> None:
        super().__init__()
        self.places = places

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Store value × 10**places; more places than that are refused."""
        if value is None:
            return None
        scaled = Fraction(value) * Fraction(10**self.places)
        if scaled.denominator != 1:
            raise ValueError(f"{value} has more than {self.places} decimals")
        return scaled.numerator

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Give back the Decimal."""
        if value is None:
            return None
        digits = tuple(map(int, str(abs(value))))
        return Decimal((int(value < 0), digits, -self.places))


def tenant_table(
    name: str, *more: ForeignKeyConstraint | UniqueConstraint | CheckConstraint | Index, county: bool = True
) -> tuple[Any, ...]:
    """Return ``__table_args__`` of a tenant table.

    `county` adds the foreign key to the table of counties; core's own tables do without it.
    """
    if county:
        key = ForeignKeyConstraint(
            ["county_id"], ["xq_registry_county.county_id"], name=f"fk_{name}_county_id"
        )
        return (key, *more, {"info": TENANT})
    return (*more, {"info": TENANT})


def tenant_key(table: str, column_name: str, target: str) -> ForeignKeyConstraint:
    """Return the foreign key ``(county_id, column) → target (county_id, id)``."""
    return ForeignKeyConstraint(
        ["county_id", column_name],
        [f"{target}.county_id", f"{target}.id"],
        name=f"fk_{table}_{column_name}",
    )


def tenant_unique(table: str, *columns: str) -> UniqueConstraint:
    """Return a unique key within the county."""
    return UniqueConstraint("county_id", *columns, name=f"uq_{table}_{'_'.join(columns)}")


def tenant_index(table: str, *columns: str) -> Index:
    """Return an index within the county."""
    return Index(f"ix_{table}_{'_'.join(columns)}", "county_id", *columns)


def unique_without(name: str, empty: str, *columns: str) -> Index:
    """Return a unique key within the county among the rows whose column `empty` is empty."""
    without: Any = column(empty).is_(None)
    return Index(name, "county_id", *columns, unique=True, postgresql_where=without, sqlite_where=without)


def one_of(table: str, column_name: str, codes: type[StrEnum]) -> CheckConstraint:
    """Return the CHECK that holds a column to the codes of an enumeration."""
    listed = ", ".join(f"'{member.value}'" for member in codes)
    return CheckConstraint(f"{column_name} IN ({listed})", name=column_name)


def tenant_relationship(target: str, join: Callable[[], Any], **options: Any) -> Any:
    """Return a read-only relationship within one county, never loaded by accident.

    Two relationships that share ``county_id`` would both want to write it; read-only ones cannot.
    """
    return relationship(target, primaryjoin=join, viewonly=True, lazy="raise", **options)


def forbid_overlap(selectable: FromClause, *key: str) -> None:
    """Refuse rows of one `key` whose half-open days ``[since, until)`` share a day.

    PostgreSQL gets an EXCLUDE constraint (extension btree_gist), SQLite two triggers. A batch rebuild
    on SQLite drops triggers, so a migration that rebuilds such a table must make them again
    (`overlap_triggers` writes them).
    """
    table = cast("Table", selectable)
    name = f"ex_{table.name}_{'_'.join(key)}"
    columns: list[tuple[Any, str]] = [(column(part), "=") for part in ("county_id", *key)]
    span = func.daterange(column("since"), column("until"))
    exclude = ExcludeConstraint(*columns, (span, "&&"), using="gist", name=name)
    table.append_constraint(exclude.ddl_if(dialect="postgresql"))
    for statement in overlap_triggers(table.name, *key):
        after_create(table, "sqlite", statement)


def after_create(table: Table, dialect: str, statement: str) -> None:
    """Run a statement of one dialect after ``create_all`` has made the table."""
    ddl = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
    event.listen(table, "after_create", ddl.execute_if(dialect=dialect))


def overlap_triggers(table: str, *key: str) -> list[str]:
    """Write the two SQLite triggers that stand for the EXCLUDE constraint."""
    name = f"ex_{table}_{'_'.join(key)}"
    same = " AND ".join(f"other.{part} = NEW.{part}" for part in ("county_id", *key))
    meets = (
        "(NEW.until IS NULL OR other.since < NEW.until) AND (other.until IS NULL OR NEW.since < other.until)"
    )
    return [
        f"CREATE TRIGGER {name}_{verb.lower()} BEFORE {verb} ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} AS other WHERE {same} AND {meets}{extra}) "
        f"BEGIN SELECT RAISE(ABORT, 'overlap {name}'); END"
        for verb, extra in (("INSERT", ""), ("UPDATE", " AND other.id <> OLD.id"))
    ]


APPEND_ONLY = {
    "sqlite": (
        "CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table} "
        "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION xq_core_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23001'; END $$",
        "CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION xq_core_append_only()",
    ),
}
"""What refuses UPDATE and DELETE; an owner can drop it, which is what chain and data checks are for."""


def append_only_ddl(table: str, dialect: str) -> list[str]:
    """Write the statements that make a table append-only."""
    return [
        template.format(table=table, verb=verb, VERB=verb.upper())
        for verb in ("update", "delete")
        for template in APPEND_ONLY[dialect]
    ]


def append_only(selectable: FromClause) -> None:
    """Refuse UPDATE and DELETE of a table's rows: a correction is a reversing row.

    A batch rebuild on SQLite drops the triggers, so a migration that rebuilds such a table must make
    them again (`append_only_ddl` writes them).
    """
    table = cast("Table", selectable)
    for dialect in APPEND_ONLY:
        for statement in append_only_ddl(table.name, dialect):
            after_create(table, dialect, statement)
