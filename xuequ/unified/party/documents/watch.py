"""The document of who stays away from the branch's life."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from xuequ.core.document import Align, Argument, Document, DocumentColumn, DocumentTable, KeyFigure
from xuequ.unified.party.documents.meetings import INTERNAL
from xuequ.unified.party.schemas.watch import Watch

_C, _R = Align.CENTER, Align.RIGHT


def _rows(view: Watch) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(
            staff_no=line.staff_no,
            name=line.name,
            meetings=line.meetings,
            dues=line.dues if view.dues_known else None,
            grounds="；".join(line.grounds),
            level=line.level.label,
            authority=line.authority,
        )
        for line in view.lines
    ]


def _note(view: Watch) -> str:
    said = (
        "本表只作提醒；是否按自行脱党处理，由支部大会讨论决定并报上级党组织批准。两项月数分别计算，不相加。"
    )
    return said if view.dues_known else f"{said}支部尚未建立党费台账，未查党费。"


STAYING_AWAY = Document(
    name="party.staying_away",
    title="连续不参加组织生活、不交党费提醒",
    part="party.watch",
    view="staying_away",
    arguments=(Argument("on", "截至哪一天（默认今天）", date.fromisoformat, required=False),),
    subtitle=lambda view: f"{view.branch} · 截至 {view.as_of}",
    figures=(
        KeyFigure("提醒", "warned", "人"),
        KeyFigure("提请支部大会讨论", "proposed", "人"),
    ),
    tables=(
        DocumentTable(
            "名单",
            _rows,
            (
                DocumentColumn("工号", "staff_no"),
                DocumentColumn("姓名", "name"),
                DocumentColumn("未参加组织生活（月）", "meetings", _R),
                DocumentColumn("未交党费（月）", "dues", _R),
                DocumentColumn("情况", "grounds", wide=True),
                DocumentColumn("建议", "level", _C),
                DocumentColumn("依据", "authority", wide=True),
            ),
            note=_note,
            number=True,
        ),
    ),
    notice=INTERNAL,
)
