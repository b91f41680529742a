"""Commands and views of figures: measured, published, reconciled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from pydantic import Field

from xuequ.core.fields import Command, Id, Measured, View
from xuequ.core.text import plain_number
from xuequ.registry.states.figures import Measure, Verdict, Wording
from xuequ.registry.states.places import SchoolKind
from xuequ.registry.states.staff import Title


class FigureRecord(Command):
    """What was measured at a school as of a day; what was not measured is left out."""

    school_id: Id
    as_of: date
    values: Mapping[Measure, Measured] = Field(min_length=1)


class FigureView(View):
    """What is recorded of a school as of one day; a measure that is not there was not measured then."""

    school_id: Id
    code: str
    as_of: date
    values: Mapping[Measure, Decimal]


class SchoolOverview(View):
    """A school with counts as of a day; figures are None where none was recorded."""

    code: str
    name: str
    kind: SchoolKind
    classes: int
    pupils: int
    preschool_pupils: int
    compulsory_pupils: int
    staff: int
    land_area: Decimal | None = None
    building_area: Decimal | None = None
    books: Decimal | None = None
    computers: Decimal | None = None
    whiteboards: Decimal | None = None


class TitleCount(View):
    """How many staff hold a title."""

    title: Title
    staff: int


class ReconciledLine(View):
    """One published figure beside what the registry gives."""

    label: str
    printed: str
    wording: Wording
    numerator_label: str
    numerator: Decimal | None
    denominator_label: str
    denominator: Decimal | None
    computed: str
    computed_compulsory: str
    implied_low: int | None
    implied_high: int | None
    numerator_as_of: date
    denominator_as_of: date | None
    verdict: Verdict
    source: str

    @property
    def numerator_text(self) -> str:
        """The numerator with its name, or that there is none."""
        return _named(self.numerator_label, self.numerator)

    @property
    def denominator_text(self) -> str:
        """The denominator with its name; empty for a total."""
        return _named(self.denominator_label, self.denominator) if self.denominator_label else ""

    @property
    def working(self) -> str:
        """How the registry comes to its figure, written out."""
        if not self.denominator_label:
            return self.numerator_text
        return f"{self.numerator_text} ÷ {self.denominator_text} = {self.computed or '无法计算'}"

    @property
    def dates_text(self) -> str:
        """The day of the numerator, and of the denominator where it is another."""
        if self.denominator_as_of in (None, self.numerator_as_of):
            return f"{self.numerator_as_of}"
        return f"{self.numerator_as_of} / {self.denominator_as_of}"

    @property
    def implied_text(self) -> str:
        """The denominators with which the printed figure would be right."""
        if self.implied_low is None or self.implied_high is None:
            return ""
        if self.wording is Wording.AT_LEAST:
            return f"≤ {self.implied_high}"
        low, high = self.implied_low, self.implied_high
        return f"{low}" if low == high else f"{low}–{high}"


class ReconciledSum(View):
    """Published parts beside the published whole."""

    whole: str
    printed: str
    parts: str
    computed: str
    verdict: Verdict


class Reconciliation(View):
    """Every published figure checked, and the one denominator that would explain what disagrees."""

    as_of: date
    lines: tuple[ReconciledLine, ...]
    sums: tuple[ReconciledSum, ...]
    common_low: int | None
    common_high: int | None


class DistrictGlance(View):
    """The district at a glance 学区概览, as of a day."""

    county: str
    district: str
    as_of: date
    figures_as_of: date | None
    school_count: int
    class_count: int
    pupil_count: int
    preschool_count: int
    compulsory_count: int
    staff_count: int
    schools: tuple[SchoolOverview, ...]
    titles: tuple[TitleCount, ...]
    reconciliation: Reconciliation


def _named(label: str, value: Decimal | None) -> str:
    return f"{label} {plain_number(value, grouped=True)}" if value is not None else f"{label}（无登记）"
