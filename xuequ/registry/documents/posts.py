"""Documents of posts: the duty list, and the list that is made public."""

from __future__ import annotations

from xuequ.core.document import (
    ON,
    Align,
    Argument,
    Document,
    DocumentColumn,
    DocumentTable,
    Paper,
    Publicity,
)
from xuequ.registry.schemas.forms import PostPublicity

_C = Align.CENTER

DUTY_LIST = Document(
    name="registry.duty_list",
    title="岗位职责表",
    part="registry.forms",
    view="post_list",
    arguments=(ON,),
    subtitle=lambda view: f"截至 {view.as_of} · 在任 {len(view.held)} 个，空缺 {len(view.vacant)} 个",
    tables=(
        DocumentTable(
            "岗位职责表",
            lambda view: view.lines,
            (
                DocumentColumn("单位", "place", wide=True),
                DocumentColumn("岗位", "post"),
                DocumentColumn("任职人", "name"),
                DocumentColumn("任职起", "since", _C),
                DocumentColumn("任职文号", "authority", wide=True),
                DocumentColumn("财务职责", "duties", wide=True),
                DocumentColumn("授权代行", "lent_to"),
                DocumentColumn("说明", "remark", wide=True),
            ),
            note=lambda view: "不相容的财务职责不得由一人兼任；空缺的岗位应及时任免或明确主持工作的人。",
        ),
    ),
)


def _body(view: PostPublicity) -> str:
    return (
        f"现将{view.district}及所属学校岗位任职人员名单予以公示，接受教职工和社会监督。公示期为"
        f"{view.working_days}个工作日。公示期间，对公示人员如有异议，请以书面形式署名反映，并写明具体事实。"
    )


POST_PUBLICITY = Document(
    name="registry.post_publicity",
    title="岗位任职人员公示",
    part="registry.forms",
    view="post_publicity",
    arguments=(
        Argument("on", "公示起始日期（默认今天）", ON.read, required=False),
        Argument("contact", "受理异议的部门、电话（默认学区办公室）", required=False),
    ),
    subtitle=lambda view: f"公示期 {view.as_of} 至 {view.last}",
    tables=(
        DocumentTable(
            "岗位任职人员名单",
            lambda view: view.lines,
            (
                DocumentColumn("单位", "place", wide=True),
                DocumentColumn("岗位", "post"),
                DocumentColumn("姓名", "name"),
                DocumentColumn("任职起", "since", _C),
                DocumentColumn("任职文号", "authority", wide=True),
            ),
            number=True,
        ),
    ),
    paper=Paper.PORTRAIT,
    publicity=Publicity(
        body=_body,
        period=lambda view: (view.as_of, view.last),
        contact=lambda view: f"异议由{view.contact}受理。",
    ),
    notice=lambda view: f"公示截止日为推算：{view.provisional}" if view.provisional else "",
)
