"""Pure decisions about a pupil's place in a class: which class, when, and how one leaves the last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xuequ.core.errors import Problem
from xuequ.registry.errors.classes import ClassDissolved, ClassNotBegun
from xuequ.registry.errors.pupils import (
    CohortDiffers,
    DecisionMissing,
    NotLastGrade,
    OtherSchool,
    ResumptionUnfit,
    SameClass,
    StageUnfit,
)
from xuequ.registry.rules.classes import Schooling, begins, check_enrolment, class_name, school_year
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.pupils import Step


@dataclass(frozen=True, slots=True)
class Klass:
    """A class as pupils are put into it."""

    id: int
    school_id: int
    stage: Stage
    entry_year: int
    number: int
    dissolved_on: date | None = None
    formed_on: date | None = None
    """None for a class that is as old as its cohort."""

    def name(self, on: date, schooling: Schooling) -> str:
        """Return what people call it on a day."""
        return class_name(self.stage, self.entry_year, self.number, on, schooling)


def check_seat(klass: Klass, on: date, schooling: Schooling) -> list[Problem]:
    """Refuse a class that has not begun, has left its stage, or is dissolved, be it later.

    Source: our decision; whoever sits in a class from a day on would be without one when it ends.
    """
    found = check_enrolment(klass.stage, klass.entry_year, klass.number, on, schooling)
    name = klass.name(on, schooling)
    if klass.formed_on is not None and on < klass.formed_on and not found:
        found.append(Problem(ClassNotBegun(name=name, since=str(on), begins=str(klass.formed_on))))
    if klass.dissolved_on is not None:
        found.append(Problem(ClassDissolved(name=name, on=str(klass.dissolved_on))))
    return found


def check_change(
    own: Klass, to: Klass, pupil: str, school: str, on: date, schooling: Schooling
) -> list[Problem]:
    """Refuse a change of class 调班 to another school, another cohort, or the same class.

    Source: 学籍管理 rules of provinces (不得随意跳级、留级); between schools a pupil is transferred.
    """
    if to.school_id != own.school_id:
        return [Problem(OtherSchool(pupil=pupil, school=school))]
    name = to.name(on, schooling)
    if to.id == own.id:
        return [Problem(SameClass(pupil=pupil, name=name))]
    found = check_seat(to, on, schooling)
    if (to.stage, to.entry_year) != (own.stage, own.entry_year):
        applied = f"{own.entry_year}级{own.stage.label}"
        found.append(Problem(CohortDiffers(name=name, applied=applied)))
    return found


def check_resumption(
    own: Klass, to: Klass, suspended: date, on: date, decision: str, schooling: Schooling
) -> list[Problem]:
    """Refuse to let somebody come back into another school, a higher grade, or a grade too low.

    The own cohort is the rule. A lower grade needs a recorded decision, and is lower by one grade or by
    the school years that went by: a short suspension is no way to keep a pupil back.

    Args:
        own, to: the class before, and the one to come back into.
        suspended: the first day of the suspension.

    Source: 学籍管理 rules of provinces (复学编入原年级或相应年级); the limit is our decision.
    """
    most = max(1, school_year(on, schooling) - school_year(suspended, schooling))
    lower = to.entry_year - own.entry_year
    if to.school_id != own.school_id or to.stage != own.stage or not 0 <= lower <= most:
        return [Problem(ResumptionUnfit(name=to.name(on, schooling), most=most))]
    found = check_seat(to, on, schooling)
    if lower and not decision.strip():
        found.append(Problem(DecisionMissing(what="随下一年级复学")))
    return found


def check_applied(
    school_id: int, stage: Stage, entry_year: int, klass: Klass, on: date, schooling: Schooling
) -> list[Problem]:
    """Refuse a class that is not of the school and cohort that was applied for.

    Source: our decision.
    """
    found = check_seat(klass, on, schooling)
    if (klass.school_id, klass.stage, klass.entry_year) != (school_id, stage, entry_year):
        name, applied = klass.name(on, schooling), f"{entry_year}级{stage.label}"
        found.append(Problem(CohortDiffers(name=name, applied=applied)))
    return found


def check_completion(step: Step, klass: Klass, on: date, schooling: Schooling) -> list[Problem]:
    """Refuse to graduate from preschool, to leave preschool from school, or either before the last grade.

    Who is in the last grade may go within its school year, since certificates are given out in summer.

    Source: 《义务教育法》 (九年义务教育); our decision for the day.
    """
    if (step is Step.GRADUATE) != klass.stage.compulsory:
        return [Problem(StageUnfit(what=step.label, stage=klass.stage.label))]
    earliest = begins(klass.entry_year + schooling.grades(klass.stage) - 1, schooling)
    if on < earliest:
        return [Problem(NotLastGrade(name=klass.name(on, schooling), earliest=str(earliest)))]
    return []
