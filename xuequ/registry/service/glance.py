"""Putting the district at a glance together from counts that are made in SQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from xuequ.registry.repository import AnyRow, RegistryRepository
from xuequ.registry.rules.classes import Schooling, is_running
from xuequ.registry.rules.figures import (
    Checked,
    CheckedSum,
    Counted,
    Published,
    check_statement,
    check_sums,
    common_denominator,
)
from xuequ.registry.schemas.figures import (
    DistrictGlance,
    ReconciledLine,
    ReconciledSum,
    Reconciliation,
    SchoolOverview,
    TitleCount,
)
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.figures import Measure, Quantity, Wording
from xuequ.registry.states.places import SchoolKind
from xuequ.registry.states.staff import Title


def glance(rows: RegistryRepository, on: date, schooling: Schooling) -> DistrictGlance:
    """Return the district as of a day, in a fixed number of statements."""
    figures = rows.latest_figures(on)
    staff = rows.staff_counts(on)
    schools = _schools(rows, staff, figures, on, schooling)
    titles = Counter[Title]()
    for row in staff:
        if row.title is not None:
            titles[Title(row.title)] += row.staff
    names = rows.names()
    return DistrictGlance(
        county=names.county,
        district=names.district,
        as_of=on,
        figures_as_of=max((row.as_of for row in figures), default=None),
        school_count=len(schools),
        class_count=sum(school.classes for school in schools),
        pupil_count=sum(school.pupils for school in schools),
        preschool_count=sum(school.preschool_pupils for school in schools),
        compulsory_count=sum(school.compulsory_pupils for school in schools),
        staff_count=sum(row.staff for row in staff),
        schools=schools,
        titles=tuple(TitleCount(title=title, staff=titles[title]) for title in Title if titles[title]),
        reconciliation=_reconcile(rows, _quantities(schools, titles, figures, on), on),
    )


def _schools(
    rows: RegistryRepository,
    staff: Sequence[AnyRow],
    figures: Sequence[AnyRow],
    on: date,
    schooling: Schooling,
) -> tuple[SchoolOverview, ...]:
    classes, pupils, preschool, staffed = Counter[int](), Counter[int](), Counter[int](), Counter[int]()
    for row in rows.classes(on):
        classes[row.school_id] += is_running(Stage(row.stage), row.entry_year, on, schooling)
    for row in rows.pupil_counts(on):
        if not is_running(Stage(row.stage), row.entry_year, on, schooling):
            continue  # has left the stage and is not yet taken off the roll
        pupils[row.school_id] += row.pupils
        preschool[row.school_id] += 0 if Stage(row.stage).compulsory else row.pupils
    for row in staff:
        staffed[row.school_id] += row.staff
    measured = {(row.school_id, row.measure): row.value for row in figures}
    return tuple(
        SchoolOverview(
            code=row.code,
            name=row.name,
            kind=SchoolKind(row.kind),
            classes=classes[row.id],
            pupils=pupils[row.id],
            preschool_pupils=preschool[row.id],
            compulsory_pupils=pupils[row.id] - preschool[row.id],
            staff=staffed[row.id],
            **{measure.value: measured.get((row.id, measure.value)) for measure in Measure},
        )
        for row in rows.schools(on)
    )


def _quantities(
    schools: Sequence[SchoolOverview], titles: Counter[Title], figures: Sequence[AnyRow], on: date
) -> dict[Quantity, Counted]:
    """Return every quantity that the registry can give.

    A measure that is not known of every school is left out, since a sum without it would be too small;
    the day of a sum is that of its oldest part.
    """
    counts = {
        Quantity.SCHOOLS: len(schools),
        Quantity.CLASSES: sum(school.classes for school in schools),
        Quantity.PUPILS: sum(school.pupils for school in schools),
        Quantity.PRESCHOOL_PUPILS: sum(school.preschool_pupils for school in schools),
        Quantity.COMPULSORY_PUPILS: sum(school.compulsory_pupils for school in schools),
        Quantity.STAFF: sum(school.staff for school in schools),
        Quantity.SENIOR_STAFF: titles[Title.SENIOR],
        Quantity.FIRST_STAFF: titles[Title.FIRST],
        Quantity.SECOND_STAFF: titles[Title.SECOND],
    }
    found = {quantity: Counted(Decimal(count), on) for quantity, count in counts.items()}
    for measure in Measure:
        values = [row for row in figures if row.measure == measure.value]
        if values and len(values) == len(schools):
            total = sum((row.value for row in values), Decimal(0))
            found[Quantity(measure.value)] = Counted(total, min(row.as_of for row in values))
    return found


def _reconcile(rows: RegistryRepository, registry: dict[Quantity, Counted], on: date) -> Reconciliation:
    published = [
        Published(
            label=row.label,
            printed=row.printed,
            numerator=Quantity(row.numerator),
            denominator=Quantity(row.denominator) if row.denominator else None,
            wording=Wording(row.wording),
            part_of=row.part_of,
            source=row.source,
        )
        for row in rows.statements()
    ]
    checked = [check_statement(statement, registry) for statement in published]
    common = common_denominator(checked)
    return Reconciliation(
        as_of=on,
        lines=tuple(_line(check, on) for check in checked),
        sums=tuple(_sum(check) for check in check_sums(published)),
        common_low=common[0] if common else None,
        common_high=common[-1] if common else None,
    )


def _line(checked: Checked, on: date) -> ReconciledLine:
    published, implied = checked.published, checked.implied
    return ReconciledLine(
        label=published.label,
        printed=published.printed,
        wording=published.wording,
        numerator_label=published.numerator.label,
        numerator=checked.numerator.value if checked.numerator else None,
        denominator_label=published.denominator.label if published.denominator else "",
        denominator=checked.denominator.value if checked.denominator else None,
        computed=checked.computed,
        computed_compulsory=checked.computed_compulsory,
        implied_low=implied[0] if implied else None,
        implied_high=implied[-1] if implied else None,
        numerator_as_of=checked.numerator.as_of if checked.numerator else on,
        denominator_as_of=checked.denominator.as_of if checked.denominator else None,
        verdict=checked.verdict,
        source=published.source,
    )


def _sum(checked: CheckedSum) -> ReconciledSum:
    return ReconciledSum(
        whole=checked.whole.label,
        printed=checked.whole.printed,
        parts=" + ".join(part.printed for part in checked.parts),
        computed=str(checked.total),
        verdict=checked.verdict,
    )
