"""Commands into the registry and views out of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import Field

from xuequ.core.fields import Code, Command, Id, Measured, Name, Number, Text, View
from xuequ.core.text import plain_number
from xuequ.registry.states import (
    Quantity,
    SchoolKind,
    Sex,
    Stage,
    Title,
    Verdict,
    Wording,
)

Year = Field(ge=1950, le=2100)


class CountyRegistration(Command):
    """Register a county authority; its code is the door's, by GB/T 2260."""

    name: Name


class DistrictFoundation(Command):
    """Found a school district."""

    code: Code
    name: Name


class PlaceRow(Command):
    """Which district a set-up workbook is of, and the day that its figures are of 统计日期."""

    county: Code
    county_name: Name
    district: Code
    district_name: Name
    as_of: date


class SchoolRow(Command):
    """One school with its measured figures on the workbook's day."""

    code: Code
    name: Name
    kind: SchoolKind
    land_area: Measured | None = None
    building_area: Measured | None = None
    books: Measured | None = None
    computers: Measured | None = None
    whiteboards: Measured | None = None


class ClassRow(Command):
    """One class as a cohort."""

    school: Code
    stage: Stage
    entry_year: int = Year
    number: int = Field(ge=1, le=99)


class StaffRow(Command):
    """One member of staff and the school where they work from a day."""

    staff_no: Number
    name: Name
    sex: Sex
    birth_date: date | None = None
    title: Title
    school: Code
    since: date


class PupilRow(Command):
    """One pupil and the class that they are in from a day."""

    pupil_no: Number
    name: Name
    sex: Sex
    birth_date: date | None = None
    school: Code
    stage: Stage
    entry_year: int = Year
    number: int = Field(ge=1, le=99)
    since: date


class StatementRow(Command):
    """One figure as it was published, kept as printed so that its decimals count."""

    label: Name
    printed: Number
    numerator: Quantity
    denominator: Quantity | None = None
    wording: Wording = Wording.EXACT
    part_of: Text = ""
    source: Text = ""


class DistrictView(View):
    """A school district."""

    id: Id
    code: str
    name: str


class SchoolView(View):
    """A school."""

    id: Id
    code: str
    name: str
    kind: SchoolKind


class StaffView(View):
    """A member of staff, and where they work today (None when nowhere)."""

    id: Id
    staff_no: str
    name: str
    sex: Sex
    birth_date: date | None
    title: Title
    school: str | None
    since: date | None


class PupilView(View):
    """A pupil, and the class they are in today (None when in none)."""

    id: Id
    pupil_no: str
    name: str
    sex: Sex
    birth_date: date | None
    school: str | None
    class_name: str | None
    grade: int | None
    since: date | None


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
