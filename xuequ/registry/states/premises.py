"""Code lists of land, premises and rooms."""

from __future__ import annotations

from collections.abc import Mapping

from xuequ.core.codes import CodeEnum, code_list


@code_list("土地用途")
class LandUse(CodeEnum):
    """What a parcel of land is used for 土地用途."""

    SCHOOL = "school", "校园用地", "教学用地"
    SPORTS = "sports", "运动场地"
    GREEN = "green", "绿化用地"
    FARM = "farm", "勤工俭学用地", "劳动实践用地"
    OTHER = "other", "其他用地", "其他"


@code_list("建筑结构", checked="memory")
class Structure(CodeEnum):
    """Of what a building is made 建筑结构."""

    FRAME = "frame", "框架结构", "框架"
    BRICK_CONCRETE = "brick_concrete", "砖混结构", "砖混"
    BRICK_TIMBER = "brick_timber", "砖木结构", "砖木"
    EARTH_TIMBER = "earth_timber", "土木结构", "土木"
    STEEL = "steel", "钢结构"
    OTHER = "other", "其他结构", "其他"


@code_list("房屋危险性等级", standard="JGJ 125《危险房屋鉴定标准》", checked="memory")
class DangerLevel(CodeEnum):
    """How dangerous a building was found to be 危险性等级: none, some parts, partly, wholly."""

    A = "A", "A级", "安全"
    B = "B", "B级", "危险点房"
    C = "C", "C级", "局部危险"
    D = "D", "D级", "整幢危险", "整栋危房"


@code_list("校舍状态")
class PremisesState(CodeEnum):
    """Whether a building is in use 校舍状态."""

    IN_USE = "in_use", "在用"
    IDLE = "idle", "闲置"
    DEMOLISHED = "demolished", "已拆除", "拆除"


S = PremisesState
TRANSITIONS: Mapping[PremisesState, frozenset[PremisesState]] = {
    S.IN_USE: frozenset({S.IN_USE, S.IDLE, S.DEMOLISHED}),
    S.IDLE: frozenset({S.IN_USE, S.IDLE, S.DEMOLISHED}),
    S.DEMOLISHED: frozenset(),
}
"""State → the states that may follow; a building in use may pass to another school."""


@code_list("用房类别")
class RoomUse(CodeEnum):
    """What a room or a sports area is used for 用房类别."""

    CLASSROOM = "classroom", "普通教室", "教室"
    LABORATORY = "laboratory", "实验室", "科学实验室"
    LIBRARY = "library", "图书室", "图书馆", "图书阅览室"
    COMPUTER = "computer", "计算机教室", "微机室", "电脑室"
    MULTIMEDIA = "multimedia", "多媒体教室"
    MUSIC = "music", "音乐教室", "音乐室"
    ART = "art", "美术教室", "美术室"
    DANCE = "dance", "舞蹈教室", "舞蹈室"
    INDOOR_PE = "indoor_pe", "室内体育用房", "体育馆", "风雨操场"
    OFFICE = "office", "办公室", "办公用房"
    DORMITORY = "dormitory", "宿舍", "学生宿舍"
    CANTEEN = "canteen", "食堂", "厨房"
    TOILET = "toilet", "厕所", "卫生间"
    FIELD = "field", "室外运动场地", "运动场", "操场", "球场"
    OTHER = "other", "其他用房", "其他"

    @property
    def for_teaching(self) -> bool:
        """Whether lessons are held in it 教学及辅助用房."""
        return self in _TEACHING

    @property
    def for_sports(self) -> bool:
        """Whether it counts as sports area 体育运动场馆."""
        return self in (RoomUse.INDOOR_PE, RoomUse.FIELD)


_TEACHING = frozenset(
    {
        RoomUse.CLASSROOM,
        RoomUse.LABORATORY,
        RoomUse.LIBRARY,
        RoomUse.COMPUTER,
        RoomUse.MULTIMEDIA,
        RoomUse.MUSIC,
        RoomUse.ART,
        RoomUse.DANCE,
        RoomUse.INDOOR_PE,
    }
)


@code_list("面积来源")
class AreaSource(CodeEnum):
    """Where an area comes from 面积来源; the two are never added up."""

    REGISTERED = "registered", "校舍登记"
    MEASURED = "measured", "统计数"
    MISSING = "missing", "无登记"
