"""Code lists of posts: at what level a post is held, how an appointment ended."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("任职层级")
class Level(CodeEnum):
    """At what kind of place a post is held 任职层级."""

    COUNTY = "county", "县"
    DISTRICT = "district", "学区"
    SCHOOL = "school", "学校"


@code_list("免职原因")
class AppointmentEnd(CodeEnum):
    """Why an appointment ended 免职原因."""

    EXPIRED = "expired", "任期届满", "期满"
    MOVED = "moved", "工作调动", "调动"
    REMOVED = "removed", "免职", "撤职"
    RESIGNED = "resigned", "辞去职务", "辞职"
    RETIRED = "retired", "退休"
    DIED = "died", "死亡", "病故"
    SUCCEEDED = "succeeded", "正式任命到位", "结束主持工作"
    LEFT = "left", "离开单位"
    REVOKED = "revoked", "撤销任命"
    ABOLISHED = "abolished", "学校撤并"
