"""Samples of places, premises and mergers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker, school_id
from xuequ.registry.schemas.figures import FigureRecord
from xuequ.registry.schemas.places import (
    DistrictFoundation,
    GovernanceAdoption,
    SchoolClosing,
    SchoolMerger,
    SchoolOpening,
    TownshipRegistration,
    VillageCounting,
    VillageRegistration,
    VillageServing,
)
from xuequ.registry.schemas.premises import (
    DangerFinding,
    LandRegistration,
    PremisesChange,
    PremisesRegistration,
    RoomChange,
    RoomRegistration,
)
from xuequ.registry.states.figures import Measure
from xuequ.registry.states.places import GovernanceMode, SchoolKind, VillageMeasure
from xuequ.registry.states.premises import DangerLevel, PremisesState, RoomUse, Structure
from xuequ.testing.factories import DAY

LATER = date(2026, 10, 1)
TOWNSHIP = TownshipRegistration(code="t", name="镇")
VILLAGE = VillageRegistration(code="v", name="村", township="t", district="qianfeng")
AREA = Decimal(10)


def places(door: Any) -> Any:
    return maker(door).registry.places


def village(door: Any) -> str:
    """Return the code of a village of the district."""
    places(door).register_townships([TOWNSHIP])
    places(door).register_villages([VILLAGE])
    return "v"


def township(door: Any) -> str:
    places(door).register_townships([TOWNSHIP])
    return "t"


def counting(door: Any) -> VillageCounting:
    values: dict[str, Any] = {"measure": VillageMeasure.PEOPLE, "as_of": DAY, "value": 1, "source": "村"}
    return VillageCounting(village=village(door), **values)


def serving(door: Any) -> VillageServing:
    return VillageServing(school_id=school_id(door), villages=(village(door),), since=DAY)


def served(door: Any) -> tuple[Any, ...]:
    """Return a school and a village that it serves, and when it is to cease."""
    places(door).assign_villages(serving(door))
    return school_id(door), ["v"], LATER


def empty_district(door: Any) -> str:
    """Return the code of a district without schools."""
    maker(door).registry.found_district(DistrictFoundation(code="empty", name="空学区"))
    return "empty"


def other_id(door: Any) -> int:
    """Return the id of school s2."""
    return next(school.id for school in maker(door).registry.schools() if school.code == "s2")


def merging(door: Any) -> SchoolMerger:
    return SchoolMerger(school_id=school_id(door), into_id=other_id(door), on=DAY, authority="批复")


def closing(door: Any) -> SchoolClosing:
    to: dict[str, Any] = {
        f"{what}_to": other_id(door) for what in ("pupils", "staff", "villages", "premises")
    }
    return SchoolClosing(school_id=school_id(door), on=DAY, authority="批复", **to)


def land(door: Any) -> LandRegistration:
    return LandRegistration(school_id=school_id(door), name="校园", area=AREA, since=DAY)


def building(door: Any) -> PremisesRegistration:
    values: dict[str, Any] = {"name": "楼", "area": AREA, "structure": Structure.FRAME, "since": DAY}
    return PremisesRegistration(school_id=school_id(door), **values)


def premises_id(door: Any) -> int:
    """Return a building of school s1."""
    return int(maker(door).registry.premises.register_premises([building(door)])[0])


def room(door: Any) -> RoomRegistration:
    values: dict[str, Any] = {"number": "1", "use": RoomUse.OFFICE, "area": AREA, "since": DAY}
    return RoomRegistration(premises_id=premises_id(door), **values)


def room_id(door: Any) -> int:
    """Return a room of school s1."""
    return int(maker(door).registry.premises.register_rooms([room(door)])[0])


def governance() -> GovernanceAdoption:
    values: dict[str, Any] = {"mode": GovernanceMode.PARTY, "since": DAY, "authority": "意见"}
    return GovernanceAdoption(district="qianfeng", **values)


def opening() -> SchoolOpening:
    return SchoolOpening(code="new", name="新校", kind=SchoolKind.COMPLETE, opened_on=DAY)


def finding(door: Any) -> DangerFinding:
    values: dict[str, Any] = {"level": DangerLevel.B, "assessed_on": DAY, "authority": "鉴定书"}
    return DangerFinding(premises_id=premises_id(door), **values)


def idle(door: Any) -> PremisesChange:
    return PremisesChange(premises_id=premises_id(door), state=PremisesState.IDLE, since=LATER)


def changing(door: Any) -> RoomChange:
    return RoomChange(room_id=room_id(door), use=RoomUse.LIBRARY, area=AREA, since=LATER)


def measured(door: Any) -> FigureRecord:
    return FigureRecord(school_id=school_id(door), as_of=DAY, values={Measure.BOOKS: AREA})


PREFIX, PREMISES, MERGERS = "registry.places.", "registry.premises.", "registry.mergers."
SAMPLES: dict[str, Sample] = {
    PREFIX + "register_townships": lambda door: ([TOWNSHIP],),
    PREFIX + "townships": lambda door: (),
    PREFIX + "register_villages": lambda door: (township(door) and [VILLAGE],),
    PREFIX + "hand_over_villages": lambda door: ([village(door)], None),
    PREFIX + "record_village_counts": lambda door: ([counting(door)],),
    PREFIX + "villages": lambda door: (),
    PREFIX + "village_history": lambda door: (village(door),),
    PREFIX + "assign_township": lambda door: ("qianfeng", township(door)),
    PREFIX + "adopt_governance": lambda door: (governance(),),
    PREFIX + "dissolve_district": lambda door: (empty_district(door), LATER),
    PREFIX + "districts": lambda door: (),
    PREFIX + "overview": lambda door: (),
    PREFIX + "open_school": lambda door: (opening(),),
    PREFIX + "designate_central": lambda door: (school_id(door),),
    PREFIX + "assign_identifier": lambda door: (school_id(door), "2153000001"),
    PREFIX + "attach_preschool": lambda door: (school_id(door),),
    PREFIX + "assign_villages": lambda door: (serving(door),),
    PREFIX + "release_villages": lambda door: served(door),
    PREFIX + "school": lambda door: (school_id(door),),
    PREFIX + "schools": lambda door: (),
    PREMISES + "register_land": lambda door: ([land(door)],),
    PREMISES + "register_premises": lambda door: ([building(door)],),
    PREMISES + "change_premises": lambda door: (idle(door),),
    PREMISES + "assess_danger": lambda door: (finding(door),),
    PREMISES + "register_rooms": lambda door: ([room(door)],),
    PREMISES + "change_rooms": lambda door: ([changing(door)],),
    PREMISES + "close_rooms": lambda door: ([room_id(door)], LATER),
    PREMISES + "land": lambda door: (),
    PREMISES + "premises": lambda door: (),
    PREMISES + "rooms_of": lambda door: (school_id(door),),
    PREMISES + "areas": lambda door: (),
    "registry.figures.record_figures": lambda door: ([measured(door)],),
    "registry.figures.figures": lambda door: (),
    MERGERS + "plan_merger": lambda door: (merging(door),),
    MERGERS + "plan_closing": lambda door: (closing(door),),
    MERGERS + "merge_school": lambda door: (merging(door),),
    MERGERS + "close_school": lambda door: (closing(door),),
}
