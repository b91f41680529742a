"""Dated rule parameters as rules take them: a value, its unit, where and when it holds, by whose authority.

A rule takes `Standards` as an argument and asks for a key on a day. What is set nearer to the school wins
over what is set above it: the district's value over the county's, over the province's, over the nation's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

from xuequ.core.errors import Conflict, Invalid, NotFound
from xuequ.core.money import Money
from xuequ.core.spans import DaySpan

Scalar = int | str | bool | Fraction | Money | date
Listed = tuple[Scalar, ...]
Rows = tuple[Mapping[str, Scalar], ...]
Value = Scalar | Listed | Rows


class StandardUnknown(NotFound):
    """No value of that key holds on that day."""

    code = "core.standard_unknown"
    key: str
    on: str


class StandardNotSet(StandardUnknown):
    """The key is for the county or the district to set, and neither has."""

    code = "core.standard_not_set"
    label: str
    setter: str


class StandardOfOtherKind(Invalid):
    """A value was asked for as another kind than it is: text as money, say."""

    code = "core.standard_of_other_kind"
    key: str
    wanted: str
    value: str


class StandardTwice(Conflict):
    """Two values of one key hold at one place on one day."""

    code = "core.standard_twice"
    key: str
    place: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Standard:
    """One dated value of a rule parameter.

    Attributes:
        key: stable, with dots: ``"attendance.dropout_weeks"``.
        value: whole number, exact fraction, Money, text, yes or no, day, or a tuple of these or of rows.
        unit: in the words of the source: ``"元/生·年"``; empty for text and for yes or no.
        span: the days on which it holds.
        place: ``""`` for the nation, a province's code ``"53"``, or a path ``"530921"``,
            ``"530921/qianfeng"``.
        authority, article: the document and where in it.
        checked: ``"text"`` (its words were read), ``"secondary"`` or ``"memory"``.
        label: what it is, in Chinese.
        strength: by the verb of the source: ``"must"`` 必须、应当、不得, ``"usually"`` 一般、原则上 (may be
            departed from with a recorded reason), ``"may"`` 可以; empty for a mere figure.
        bound: what those below may set instead: ``"floor"`` nothing less, ``"ceiling"`` nothing more,
            ``"fixed"`` nothing else; empty when they are free.
        note: what to know of the source, such as that two copies of it disagree.
    """

    key: str
    value: Value
    span: DaySpan
    unit: str = ""
    place: str = ""
    authority: str = ""
    article: str = ""
    checked: str = "memory"
    label: str = ""
    strength: str = ""
    bound: str = ""
    note: str = ""

    @property
    def nearness(self) -> int:
        """How near to the school it is set: 0 nation, 1 province, 2 county, 3 district."""
        if not self.place:
            return 0
        return 1 if len(self.place) == 2 else 2 + self.place.count("/")

    def reaches(self, place: str) -> bool:
        """Tell whether it holds at a place: its own, one below it, a county of its province."""
        if self.nearness <= 1:
            return place.startswith(self.place)
        return place == self.place or place.startswith(self.place + "/")


@dataclass(frozen=True, slots=True)
class Declaration:
    """That a key exists, whether or not a value of it holds.

    Attributes:
        key: as in `Standard`.
        label: what it is, in Chinese.
        kind: what its values are, in the notation of the packs: ``"money"``, ``"list(day)"``.
        unit: as in `Standard`.
        set_by: ``"county"`` or ``"district"`` where the sources leave it to them and nothing is set for
            them; empty where a source above sets it.
        note: what the source says of it, such as that local figures differ.
    """

    key: str
    label: str
    kind: str
    unit: str = ""
    set_by: str = ""
    note: str = ""


SETTERS = {"county": "县", "district": "县或学区"}
"""Who may set what the sources leave open; what a county sets holds in its districts."""


class Standards:
    """Every value that holds at one place, by key and day.

    Args:
        standards: the values.
        declared: the keys there are, also those of which no value is set.

    Raises:
        StandardTwice: when two values of one key hold at one place on one day.
    """

    def __init__(self, standards: Iterable[Standard], declared: Iterable[Declaration] = ()) -> None:
        self._by_key: dict[str, tuple[Standard, ...]] = {}
        self._declared = {one.key: one for one in declared}
        self._add(standards)

    def _add(self, standards: Iterable[Standard]) -> None:
        added: dict[str, list[Standard]] = {}
        for one in standards:
            added.setdefault(one.key, []).append(one)
        for key, some in added.items():
            listed = [*self._by_key.get(key, ()), *some]
            listed.sort(key=lambda one: (-one.nearness, one.place, one.span.since))
            for before, after in pairwise(listed):
                if before.place == after.place and before.span.overlaps(after.span):
                    raise StandardTwice(
                        key=key,
                        place=before.place or "全国",
                        first=str(before.span),
                        second=str(after.span),
                    )
            self._by_key[key] = tuple(listed)

    def __iter__(self) -> Iterator[Standard]:
        for key in sorted(self._by_key):
            yield from self._by_key[key]

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    @property
    def declared(self) -> Mapping[str, Declaration]:
        """The keys there are, by key."""
        return self._declared

    def of(self, key: str) -> tuple[Standard, ...]:
        """Return every value of a key, the nearest place first and then by day."""
        return self._by_key.get(key, ())

    def at(self, place: str) -> Standards:
        """Return those that hold at a place: nation, its province, its county, itself."""
        return Standards((one for one in self if one.reaches(place)), self._declared.values())

    def with_own(self, own: Iterable[Standard]) -> Standards:
        """Return these and those that a county or district has set itself."""
        more = Standards((), self._declared.values())
        more._by_key = dict(self._by_key)
        more._add(own)
        return more

    def find(self, key: str, *, on: date) -> Standard | None:
        """Return the value that holds on a day with its authority, or None."""
        return next((one for one in self.of(key) if on in one.span), None)

    def entry(self, key: str, *, on: date) -> Standard:
        """Return the value that holds on a day with its authority; a computed figure keeps it.

        Raises:
            StandardNotSet: when it is for the county or the district to set, and neither has.
            StandardUnknown: when there is none.
        """
        found = self.find(key, on=on)
        if found is not None:
            return found
        declared = self._declared.get(key)
        if declared is not None and declared.set_by:
            setter = SETTERS[declared.set_by]
            raise StandardNotSet(key=key, on=str(on), label=declared.label, setter=setter)
        raise StandardUnknown(key=key, on=str(on))

    def value(self, key: str, *, on: date) -> Value:
        """Return the value that holds on a day."""
        return self.entry(key, on=on).value

    def whole(self, key: str, *, on: date) -> int:
        """Return a whole number."""
        found = self.value(key, on=on)
        if isinstance(found, int) and not isinstance(found, bool):
            return found
        raise _other_kind(key, "整数", found)

    def ratio(self, key: str, *, on: date) -> Fraction:
        """Return an exact fraction; a whole number is one too."""
        found = self.value(key, on=on)
        if isinstance(found, int | Fraction) and not isinstance(found, bool):
            return Fraction(found)
        raise _other_kind(key, "比例", found)

    def money(self, key: str, *, on: date) -> Money:
        """Return an amount."""
        found = self.value(key, on=on)
        if isinstance(found, Money):
            return found
        raise _other_kind(key, "金额", found)

    def text(self, key: str, *, on: date) -> str:
        """Return text."""
        found = self.value(key, on=on)
        if isinstance(found, str):
            return found
        raise _other_kind(key, "文字", found)

    def flag(self, key: str, *, on: date) -> bool:
        """Return yes or no."""
        found = self.value(key, on=on)
        if isinstance(found, bool):
            return found
        raise _other_kind(key, "是否", found)

    def listed(self, key: str, *, on: date) -> tuple[Scalar, ...]:
        """Return a list of single values."""
        single, _ = self._parted(key, on)
        if single is None:
            raise _other_kind(key, "列表", self.value(key, on=on))
        return single

    def rows(self, key: str, *, on: date) -> tuple[Mapping[str, Scalar], ...]:
        """Return a table, such as bands: one mapping a row."""
        _, rows = self._parted(key, on)
        if rows is None:
            raise _other_kind(key, "表格", self.value(key, on=on))
        return rows

    def _parted(self, key: str, on: date) -> tuple[Listed | None, Rows | None]:
        """Tell a list of single values from a table; an empty one is both."""
        found = self.value(key, on=on)
        if not isinstance(found, tuple):
            return None, None
        single = tuple(one for one in found if not isinstance(one, Mapping))
        rows = tuple(one for one in found if isinstance(one, Mapping))
        return (single if not rows else None), (rows if not single else None)


def _other_kind(key: str, wanted: str, found: Value) -> StandardOfOtherKind:
    return StandardOfOtherKind(key=key, wanted=wanted, value=str(found))


def ending(one: Standard, until: date) -> Standard:
    """Return the same value, no longer holding from a day on."""
    return replace(one, span=DaySpan(one.span.since, until))
