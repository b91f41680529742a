"""Errors of staff: employments, placements, standings."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, RuleBroken


class StaffUnknown(NotFound):
    """No such member of staff in this scope."""

    code = "registry.staff_unknown"
    staff: str


class StaffKnown(Conflict):
    """The county has a member of staff of that number."""

    code = "registry.staff_known"
    staff: str


class StaffNamedTwice(Invalid):
    """One call names the same member of staff twice."""

    code = "registry.staff_named_twice"
    staff: str


class EmployerNeeded(Invalid):
    """Only the county's door takes somebody on for the bureau itself."""

    code = "registry.employer_needed"


class EmployedAlready(Conflict):
    """Somebody is employed on that day, or will be."""

    code = "registry.employed_already"
    staff: str
    since: str
    on: str


class EmployedThere(Conflict):
    """Somebody is to be transferred to the school that employs them."""

    code = "registry.employed_there"
    staff: str
    school: str


class NotEmployed(RuleBroken):
    """Somebody is not employed on a day on which they would have to be."""

    code = "registry.not_employed"
    staff: str
    on: str


class EmploymentFollows(RuleBroken):
    """An employment cannot end while another one follows it."""

    code = "registry.employment_follows"
    staff: str
    since: str


class ReturnRefused(RuleBroken):
    """Whoever left in that way does not come back in this one."""

    code = "registry.return_refused"
    staff: str
    exit: str
    entry: str


class PlacementKindUnfit(RuleBroken):
    """Away at the employing school, or at home at another one."""

    code = "registry.placement_kind_unfit"
    staff: str
    kind: str
    school: str


class PlacedAlready(Conflict):
    """Somebody works at that school on that ground already."""

    code = "registry.placed_already"
    staff: str
    school: str
    kind: str
    since: str


class PlacedThatDay(Conflict):
    """Somebody was sent to another school on that very day."""

    code = "registry.placed_that_day"
    staff: str
    school: str
    on: str


class PlacementInTheWay(RuleBroken):
    """Another placement begins or ends within the days that are wanted."""

    code = "registry.placement_in_the_way"
    staff: str
    on: str


class NotAway(RuleBroken):
    """Somebody who is to come back works at the employing school."""

    code = "registry.not_away"
    staff: str
    on: str


class TeachingLeft(RuleBroken):
    """Somebody would go and leave a class without its teacher."""

    code = "registry.teaching_left"
    staff: str
    what: str
    on: str


class EmploymentUnknown(NotFound):
    """No such employment in this scope."""

    code = "registry.employment_unknown"
    employment: str


class PlacementUnknown(NotFound):
    """No such placement in this scope."""

    code = "registry.placement_unknown"
    placement: str


class NothingToCorrect(Conflict):
    """A correction that says what is written."""

    code = "registry.nothing_to_correct"
    staff: str


class ShiftedOver(RuleBroken):
    """With another first day, something would hold no day or a day of something else."""

    code = "registry.shifted_over"
    staff: str
    on: str


class StandingUnknown(NotFound):
    """Nothing of that id is held by anybody in this scope."""

    code = "registry.standing_unknown"
    standing: str


class StandingHeld(Conflict):
    """Somebody holds that already."""

    code = "registry.standing_held"
    staff: str
    kind: str
    held: str
    since: str


class StandingThatDay(Conflict):
    """Something else of the kind is held since that very day."""

    code = "registry.standing_that_day"
    staff: str
    kind: str
    held: str
    since: str


class StandingEnded(Conflict):
    """What is to end does not go on until that day."""

    code = "registry.standing_ended"
    staff: str
    held: str
    on: str
