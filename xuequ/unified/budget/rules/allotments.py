"""How 公用经费 is allotted: standards a pupil, times the pupils of last autumn's statistical return."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from xuequ.core.money import Money
from xuequ.core.standards import Standard, Standards, Value
from xuequ.registry.states.classes import Stage
from xuequ.unified.budget.states.allotments import AllotmentItem

_KEY = "budget.operating."
BOARDING, SPECIAL, HEATING = (f"{_KEY}{name}" for name in ("boarding", "special", "heating"))
STAGES, SMALL, EXTRA = (f"{_KEY}{name}" for name in ("stages", "small_school_counts", "special_extra"))


@dataclass(frozen=True, slots=True)
class UsedStandard:
    """An entry of the rule parameters that a figure was computed by, as it is kept with the figure."""

    key: str
    since: date
    place: str
    value: str
    authority: str
    checked: str


@dataclass(frozen=True, slots=True)
class Rates:
    """The standards of a year's allotment.

    Attributes:
        stages: of each stage that is counted, by yuan a pupil and year 生均基准定额.
        boarding, special: more for each boarder, for each pupil with a disability.
        heating: more for each counted pupil; nothing where the county set none.
        small: what a small rural school counts as 不足100人按100人核定.
        special_extra: whether a pupil with a disability has the base rate too.
    """

    stages: Mapping[Stage, Money]
    boarding: Money
    special: Money
    heating: Money | None
    small: int
    special_extra: bool


@dataclass(frozen=True, slots=True)
class Heads:
    """Pupils of a stage in a school 在校学生, and the boarders and pupils with a disability among them."""

    pupils: int
    boarders: int = 0
    special: int = 0


@dataclass(frozen=True, slots=True)
class SchoolHeads:
    """A school's pupils by stage, and whether it may count as a small rural school."""

    school_id: int
    eligible: bool
    heads: Mapping[Stage, Heads]


@dataclass(frozen=True, slots=True)
class AllottedLine:
    """What a school gets for one stage and item: heads as they are, as they count, and the amount."""

    school_id: int
    stage: Stage
    item: AllotmentItem
    key: str
    rate: Money
    actual: int
    counted: int

    @property
    def amount(self) -> Money:
        """Rate times counted heads."""
        return self.rate * self.counted


def stage_key(stage: Stage) -> str:
    """Return the key of a stage's standard.

    Source: 国发〔2015〕67号 (中西部、东部小学和初中各有基准定额).
    """
    return f"{_KEY}{stage.code}"


def standards_of(year: int, standards: Standards) -> tuple[UsedStandard, ...]:
    """Return every entry that a year's allotment is computed by: what holds on the year's first day.

    Standards are floors: what a province or county sets instead is never lower (义务教育法 §43), which is
    seen to where it is set.

    Source: 国发〔2015〕67号; 财教〔2006〕5号 (人数和标准年初固定).
    """
    on = date(year, 1, 1)
    stages = tuple(Stage(str(code)) for code in standards.listed(STAGES, on=on))
    heating = (HEATING,) if standards.find(HEATING, on=on) else ()
    keys = (STAGES, *map(stage_key, stages), BOARDING, SPECIAL, SMALL, EXTRA, *heating)
    return tuple(_used(standards.entry(key, on=on)) for key in sorted(keys))


def _used(entry: Standard) -> UsedStandard:
    authority = f"{entry.authority}{entry.article}"
    return UsedStandard(
        entry.key, entry.span.since, entry.place, _written(entry.value), authority, entry.checked
    )


def _written(value: Value) -> str:
    """Write a value so that `rates_of` reads it back."""
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def rates_of(used: Iterable[UsedStandard]) -> Rates:
    """Read the rates off the entries that were used, so an old figure is computed as it was.

    Source: our decision (every computed figure keeps the entries it used).
    """
    values = {one.key: one.value for one in used}
    stages = tuple(map(Stage, values[STAGES].split(",")))
    return Rates(
        stages={stage: Money.yuan(values[stage_key(stage)]) for stage in stages},
        boarding=Money.yuan(values[BOARDING]),
        special=Money.yuan(values[SPECIAL]),
        heating=Money.yuan(values[HEATING]) if HEATING in values else None,
        small=int(values[SMALL]),
        special_extra=values[EXTRA] == str(True),
    )


def counted_pupils(actual: Mapping[Stage, int], *, eligible: bool, small: int) -> dict[Stage, int]:
    """Return the pupils that count: an eligible school with fewer than `small` counts as having that many.

    The rule counts for the school, not for each of its stages: a nine-year school of 30 and 10 pupils is a
    school of 100, in the proportion that it really has (75 and 25; by largest remainder, the earlier stage
    first). A school without such pupils gets nothing.

    Source: 国发〔2015〕67号 (农村地区不足100人的规模较小学校按100人核定公用经费); the proportion is our
    decision.
    """
    there = {stage: heads for stage, heads in actual.items() if heads}
    total = sum(there.values())
    if not eligible or not there or total >= small:
        return there
    parts = {stage: divmod(small * heads, total) for stage, heads in there.items()}
    left = small - sum(whole for whole, _ in parts.values())
    first = sorted(parts, key=lambda stage: (-parts[stage][1], list(Stage).index(stage)))[:left]
    return {stage: whole + (stage in first) for stage, (whole, _) in parts.items()}


def allot(schools: Iterable[SchoolHeads], rates: Rates) -> list[AllottedLine]:
    """Return the lines of an allotment; each school by itself, never an average over the district.

    Stages without a standard, preschool above all, are not counted.

    Source: 国发〔2015〕67号; 财教〔2006〕5号.
    """
    return [line for school in schools for line in _school(school, rates) if line.counted]


def _school(school: SchoolHeads, rates: Rates) -> Iterator[AllottedLine]:
    heads = {stage: school.heads[stage] for stage in rates.stages if stage in school.heads}
    actual = {stage: one.pupils for stage, one in heads.items()}
    counted = counted_pupils(actual, eligible=school.eligible, small=rates.small)
    for stage, base in counted.items():
        here = heads[stage]
        at_base = base if rates.special_extra else base - here.special
        items = {
            AllotmentItem.BASE: (stage_key(stage), rates.stages[stage], here.pupils, at_base),
            AllotmentItem.BOARDING: (BOARDING, rates.boarding, here.boarders, here.boarders),
            AllotmentItem.SPECIAL: (SPECIAL, rates.special, here.special, here.special),
        }
        if rates.heating is not None:
            items[AllotmentItem.HEATING] = (HEATING, rates.heating, here.pupils, base)
        for item, of in items.items():
            yield AllottedLine(school.school_id, stage, item, *of)


def autumn_of(year: int, standards: Standards) -> tuple[date, date]:
    """Return the days, half-open, in which the statistical return of a fiscal year's allotment was counted.

    Source: 财教〔2006〕5号 as a county rule reads it (上年秋季事业统计报表数，年初固定).
    """
    begins = standards.text("budget.operating.autumn_begins", on=date(year, 1, 1))
    month, _, day = begins.partition("-")
    return date(year - 1, int(month), int(day)), date(year, 1, 1)


def small_kinds(year: int, standards: Standards) -> frozenset[str]:
    """Return the kinds of schools that count as small rural ones unless it is decided otherwise.

    Source: 国发〔2015〕67号 (农村小规模学校，含教学点).
    """
    return frozenset(map(str, standards.listed("budget.operating.small_school_kinds", on=date(year, 1, 1))))
