"""Forms of counts: a frozen headcount by school and by class."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from xuequ.core.context import reading
from xuequ.registry.actions.headcounts import VIEW_HEADCOUNTS
from xuequ.registry.schemas.forms import CountedClass, CountedSchool, HeadcountForm
from xuequ.registry.schemas.headcounts import CountedPupilLine, FrozenHeadcount, PupilFigures
from xuequ.registry.service.forms.basis import FormBasis, Names
from xuequ.registry.service.headcounts import HeadcountService
from xuequ.registry.states.headcounts import CountPurpose
from xuequ.registry.states.people import Sex

_FIGURES = tuple(PupilFigures.model_fields)


class CountForms(FormBasis):
    """Forms of what was counted and frozen."""

    @reading(VIEW_HEADCOUNTS)
    def headcount(self, count_date: date, purpose: CountPurpose) -> HeadcountForm:
        """Return the latest frozen headcount of a count date by school and by class 人数统计表.

        Raises:
            NoFrozenHeadcount: when nothing was frozen; live figures never stand in for it.
            DistrictNeeded: at the county's door.
        """
        names = self._names()
        frozen = HeadcountService(self.context).frozen_at(count_date, purpose)
        return HeadcountForm(
            district=names.district,
            count_date=frozen.count_date,
            purpose=frozen.purpose,
            edition=frozen.edition,
            origin=frozen.origin,
            frozen_without="、".join(names.named(school) for school in frozen.frozen_without),
            schools=tuple(_schools(frozen, names)),
            classes=tuple(_classes(frozen.pupils, names)),
        )


def _schools(frozen: FrozenHeadcount, names: Names) -> Iterable[CountedSchool]:
    codes = dict.fromkeys([line.school for line in frozen.pupils] + [line.school for line in frozen.staff])
    for code in codes:
        lines = [line for line in frozen.pupils if line.school == code]
        yield CountedSchool(
            school=names.named(code),
            class_name="",
            classes=len({line.class_id for line in lines}),
            staff=sum(line.heads for line in frozen.staff if line.school == code),
            **_figures(lines),
        )


def _classes(lines: Iterable[CountedPupilLine], names: Names) -> Iterable[CountedClass]:
    for _, found in groupby(lines, attrgetter("class_id")):
        both = list(found)
        yield CountedClass(
            school=names.named(both[0].school), class_name=both[0].class_name, **_figures(both)
        )


def _figures(lines: Iterable[CountedPupilLine]) -> dict[str, Any]:
    """Add up lines of boys and girls; who is counted as a boy or girl is in school."""
    found = list(lines)
    heads = {sex: sum(line.in_school for line in found if line.sex is sex) for sex in Sex}
    sums = {name: sum(getattr(line, name) for line in found) for name in _FIGURES}
    return {"boys": heads[Sex.MALE], "girls": heads[Sex.FEMALE], **sums}
