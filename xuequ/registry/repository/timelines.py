"""Writing what turns one timeline into another, in as many statements as there are kinds of change."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, insert, update

from xuequ.core.bulk import bulk_load
from xuequ.core.ids import take_ids
from xuequ.core.tables import Base
from xuequ.registry.repository.basis import Rows


class TimelineRows(Rows):
    """Writes of spans: rows taken away, changed and begun."""

    def write(
        self,
        model: type[Base],
        removed: Collection[int],
        changed: Sequence[Mapping[str, Any]],
        begun: Sequence[Mapping[str, Any]],
    ) -> list[int]:
        """Take rows away, change some, insert others, in this order; return the ids of the new ones.

        Args:
            changed: each with its id; those that give up days before those that gain them.
            begun: each without an id.
        """
        self._remove(model, removed)
        self._change(model, changed)
        ids = take_ids(len(begun))
        key = {"county_id": self.scope.county_id}
        self.load(model, [{**key, "id": row_id, **row} for row_id, row in zip(ids, begun, strict=True)])
        return ids

    def load(self, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert many rows that name the same columns, all of them."""
        if rows:
            table, columns = cast("Table", model.__table__), list(rows[0])
            ordered = ([row[name] for name in columns] for row in rows)
            bulk_load(self.session.connection(), table, columns, ordered)

    def add(self, model: type[Base], values: Mapping[str, Any]) -> None:
        """Insert one row, with the defaults of the columns that are left out."""
        self.session.execute(insert(model).values({"county_id": self.scope.county_id, **values}))

    def _remove(self, model: type[Base], row_ids: Collection[int]) -> None:
        keyed: Any = model
        if gone := sorted(row_ids):
            here = (keyed.county_id == self.scope.county_id, keyed.id.in_(gone))
            self.session.connection().execute(delete(model).where(*here))

    def _change(self, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        """Change rows one after the other in their order, by one prepared statement."""
        if not rows:
            return
        table = cast("Table", model.__table__)
        columns = {
            name: bindparam(f"to_{name}", type_=table.c[name].type) for name in rows[0] if name != "id"
        }
        query = update(table).where(
            table.c.county_id == bindparam("of_county"), table.c.id == bindparam("to_id")
        )
        bound = [
            {"of_county": self.scope.county_id, **{f"to_{name}": value for name, value in row.items()}}
            for row in rows
        ]
        self.session.connection().execute(query.values(columns), bound)
