"""TOML in the notation of the packs → dated values, with every problem by file, key and field.

A file is a list of entries by key; the first entry of a key tells its label, kind and unit, the later
ones are its values at other times or places::

    [["budget.operating.primary"]]
    label = "小学生均公用经费"
    kind = "money"
    unit = "元/生·年"
    value = "650"
    since = 2022-01-01
    authority = "…"
    article = "…"
    checked = "secondary"

    [["budget.operating.primary"]]
    value = "720"
    …

`place` is left out for the nation, else a province's code or a list of them; `until` is the first day on
which it no longer holds. An entry with `set_by` and no value only says that the key is there.

`checked` is ``text`` when the words of the named authority were read, be it in a copy; ``secondary`` when
only somebody who quotes it was read, or a province's text where the nation's is named; else ``memory``. What
only a place was seen to do is `set_by` without a value, or stands at that place. Our own conventions 本库约定
bind nobody.

A county's or district's own file needs neither label nor kind, and may give a `reason`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from xuequ.core.errors import Problem, XuequError
from xuequ.core.spans import DaySpan
from xuequ.core.standards import SETTERS, Declaration, Standard, Value
from xuequ.standards.errors import PackWrong
from xuequ.standards.notation import ValueKind, is_list, is_row, read_kind, read_value

CHECKED = ("text", "secondary", "memory")
STRENGTHS = ("", "must", "usually", "may")
BOUNDS = ("", "floor", "ceiling", "fixed")
SHARED = ("label", "kind", "unit", "strength", "bound", "set_by")
"""Fields that later entries of a key take from its first."""

TEXTS = (*SHARED, "authority", "article", "checked", "note")
FIELDS = {*TEXTS, "value", "since", "until", "place"}
OWN_FIELDS = {"value", "since", "until", "authority", "article", "checked", "reason"}
"""Fields of a county's or district's file: its door says the place, the packs say the rest."""


@dataclass(frozen=True, slots=True)
class Pack:
    """What a file holds: values, the keys it declares, and everything that is wrong with it."""

    standards: tuple[Standard, ...]
    declared: tuple[Declaration, ...]
    problems: tuple[Problem, ...]


def read_pack(file: str, text: str, known: Mapping[str, Declaration] | None = None) -> Pack:
    """Read a file.

    Args:
        file: its name, for problems.
        text: TOML.
        known: keys that are declared elsewhere; a file of a county then needs no labels and kinds, and
            a key that is not among them is a problem.
    """
    reader = _Reader(file, known)
    try:
        found: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reader.wrong("", "TOML", str(error))
        found = {}
    for key, entries in found.items():
        reader.read_key(key, entries)
    return Pack(tuple(reader.standards), tuple(reader.declared), tuple(reader.problems))


class _Reader:
    """What reading one file gathers."""

    def __init__(self, file: str, known: Mapping[str, Declaration] | None) -> None:
        self.file = file
        self.known = known
        self.standards: list[Standard] = []
        self.declared: list[Declaration] = []
        self.problems: list[Problem] = []

    def wrong(self, key: str, field: str, reason: str) -> None:
        self.problems.append(Problem(PackWrong(file=self.file, key=key, field=field, reason=reason)))

    def read_key(self, key: str, entries: Any) -> None:
        listed = entries if is_list(entries) else []
        if not listed or not all(is_row(one) for one in listed):
            self.wrong(key, "条目", '须写成 [["键名"]]')
            return
        shared = self._shared(key, listed[0])
        kind = self._kind(key, shared)
        if kind is None:
            return
        for entry in listed:
            self._read_entry(key, kind, {**shared, **entry})

    def _shared(self, key: str, first: dict[str, Any]) -> dict[str, Any]:
        """Return what a key's entries have in common, and declare the key."""
        if self.known is None:
            return {name: first[name] for name in SHARED if name in first}
        declared = self.known.get(key)
        if declared is None:
            self.wrong(key, "键名", "没有这个键；xuequ rules 列出全部键名")
            return {}
        return {"label": declared.label, "kind": declared.kind, "unit": declared.unit}

    def _kind(self, key: str, shared: dict[str, Any]) -> ValueKind | None:
        if self.known is not None and not shared:
            return None
        if not isinstance(shared.get("label"), str) or not shared["label"]:
            self.wrong(key, "label", "缺少名称")
        try:
            return read_kind(str(shared.get("kind", "")))
        except XuequError as error:
            self.wrong(key, "kind", error.message())
            return None

    def _read_entry(self, key: str, kind: ValueKind, entry: dict[str, Any]) -> None:
        before = len(self.problems)
        self._check_fields(key, entry)
        if len(self.problems) > before:
            return
        if self.known is None and not any(one.key == key for one in self.declared):
            self.declared.append(_declaration(key, entry))
        if "value" not in entry:
            if not entry.get("set_by"):
                self.wrong(key, "value", "缺少数值；由县或学区自定的须有 set_by")
            return
        self._read_value(key, kind, entry)

    def _check_fields(self, key: str, entry: dict[str, Any]) -> None:
        fields = FIELDS if self.known is None else OWN_FIELDS
        for name in sorted(set(entry) - fields - set(SHARED)):
            self.wrong(key, name, "没有这个字段")
        for name in (*TEXTS, "reason"):
            if not isinstance(entry.get(name, ""), str):
                self.wrong(key, name, "须是文字")
        allowed = {"strength": STRENGTHS, "bound": BOUNDS, "set_by": ("", *SETTERS)}
        for name, values in allowed.items():
            if entry.get(name, "") not in values:
                self.wrong(key, name, f"须是 {'、'.join(value for value in values if value)} 之一")

    def _read_value(self, key: str, kind: ValueKind, entry: dict[str, Any]) -> None:
        value = self._value(key, kind, entry["value"])
        span = self._span(key, entry)
        for name in ("authority", "checked"):
            if not entry.get(name):
                self.wrong(key, name, "不能为空")
        if entry.get("checked", "text") not in CHECKED:
            self.wrong(key, "checked", f"须是 {'、'.join(CHECKED)} 之一")
        places = self._places(key, entry.get("place", ""))
        if value is None or span is None:
            return
        for place in places:
            self.standards.append(
                Standard(
                    key=key,
                    value=value,
                    span=span,
                    place=place,
                    unit=entry.get("unit", ""),
                    label=entry.get("label", ""),
                    authority=entry.get("authority", ""),
                    article=entry.get("article", ""),
                    checked=entry.get("checked", ""),
                    strength=entry.get("strength", ""),
                    bound=entry.get("bound", ""),
                    note=entry.get("note" if self.known is None else "reason", ""),
                )
            )

    def _value(self, key: str, kind: ValueKind, written: Any) -> Value | None:
        try:
            return read_value(kind, written)
        except XuequError as error:
            self.wrong(key, "value", error.message())
            return None

    def _span(self, key: str, entry: dict[str, Any]) -> DaySpan | None:
        since, until = entry.get("since"), entry.get("until")
        if type(since) is not date:
            self.wrong(key, "since", "须是日期，如 2026-09-01")
            return None
        if until is not None and type(until) is not date:
            self.wrong(key, "until", "须是日期，如 2026-09-01；不终止则不写")
            return None
        try:
            return DaySpan(since, until)
        except XuequError as error:
            self.wrong(key, "until", error.message())
            return None

    def _places(self, key: str, written: Any) -> list[str]:
        places = written if is_list(written) else [written]
        if not all(isinstance(one, str) for one in places):
            self.wrong(key, "place", "须是地区代码或其列表")
            return []
        return places


def _declaration(key: str, entry: dict[str, Any]) -> Declaration:
    set_by = entry.get("set_by", "") if "value" not in entry else ""
    note = entry.get("note", "") if "value" not in entry else ""
    return Declaration(
        key, entry.get("label", ""), entry.get("kind", ""), entry.get("unit", ""), set_by, note
    )
