"""The history of files, and the imprints of their rows."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from xuequ.core import imports
from xuequ.core.context import Scope
from xuequ.core.imports import (
    ImportRow,
    Imprints,
    Names,
    counts_json,
    list_imports,
    pack_prints,
    unpack_prints,
    write_import,
)
from xuequ.core.plan import Outcome, prints_of

SCOPE = Scope(1, 2)


def test_a_row_is_called_by_its_place_its_template_its_sheet_and_its_key() -> None:
    names = Names(SCOPE, "t", "s")
    others = [
        Names(Scope(1, 3), "t", "s"),
        Names(Scope(1), "t", "s"),
        Names(SCOPE, "u", "s"),
        Names(SCOPE, "t", "r"),
    ]
    ids = [
        names.of([("a", 1)])[0],
        names.of([("a", 2)])[0],
        names.of([("a1",)])[0],
        *[other.of([("a", 1)])[0] for other in others],
    ]
    assert len(set(ids)) == len(ids)
    assert names.of([("a", 1)])[0] == ids[0]
    assert all(0 <= one < 2**63 for one in ids)
    assert names.of([("\ud800",)])[0] != names.of([("\ud801",)])[0]


def test_prints_are_packed_four_bytes_each() -> None:
    units = (("name",), ("count",))
    (packed,) = pack_prints(units, [{"name": "甲", "count": None}], [{"count": 3}])
    assert len(packed) == 8
    assert unpack_prints(packed) == {
        prints_of(("name",), [{"name": "甲"}], [{}])[0],
        prints_of(("count",), [{"count": 3}], [{}])[0],
    }
    assert unpack_prints(b"") == frozenset()


def test_imprints_are_found_again_by_county(session: Session) -> None:
    here, there = Imprints(session, 1), Imprints(session, 2)
    assert not here.any()
    here.put({5: b"aaaa", 6: b"bbbb"}, {})
    there.put({5: b"cccc"}, {})
    assert here.any()
    assert here.find([5, 6, 7]) == {5: b"aaaa", 6: b"bbbb"}
    assert there.find([5, 6]) == {5: b"cccc"}


def test_of_known_imprints_those_that_differ_are_written(session: Session) -> None:
    imprints, other = Imprints(session, 1), Imprints(session, 2)
    other.put({5: b"old!"}, {})
    imprints.put({5: b"aaaa", 6: b"bbbb"}, {})
    imprints.put({5: b"aaaa", 6: b"BBBB", 7: b"cccc"}, imprints.find([5, 6, 7]))
    assert imprints.find([5, 6, 7]) == {5: b"aaaa", 6: b"BBBB", 7: b"cccc"}
    assert other.find([5]) == {5: b"old!"}
    imprints.put({}, {})


def test_more_imprints_are_found_than_one_statement_asks_for(session: Session) -> None:
    imprints, many = Imprints(session, 1), range(1, imports.FEW + 3)
    imprints.put(dict.fromkeys(many, b"aaaa"), {})
    assert set(imprints.find(list(many))) == set(many)


def line(template: str, day: int, county: int = 1, district: int | None = 2) -> ImportRow:
    return ImportRow(
        county_id=county,
        district_id=district,
        template=template,
        file=f"{day}.xlsx",
        digest="d" * 64,
        counts=counts_json({("s", Outcome.ADDED): 2, ("s", Outcome.REFUSED): 0, ("r", Outcome.KEPT): 1}),
        decision="ask",
        at=datetime(2026, 9, day, tzinfo=UTC),
        staff_no="T1",
        reason="",
    )


def test_the_history_of_a_place_has_the_newest_first_and_nothing_of_another_place(session: Session) -> None:
    for row in (line("t", 1), line("u", 3), line("t", 2), line("t", 4, county=2), line("t", 5, district=3)):
        write_import(session, row)
    write_import(session, line("t", 6, district=None))
    assert [view.file for view in list_imports(session, SCOPE)] == ["3.xlsx", "2.xlsx", "1.xlsx"]
    assert [view.file for view in list_imports(session, SCOPE, "t")] == ["2.xlsx", "1.xlsx"]
    assert [view.file for view in list_imports(session, Scope(1))] == ["6.xlsx"]
    (newest, *_) = list_imports(session, SCOPE)
    assert newest.counts == {"s": {"added": 2, "refused": 0}, "r": {"kept": 1}}
    assert json.loads(newest.model_dump_json())["id"] == str(newest.id)
