"""The registry 基础数据: whom and what all eight unifications speak of.

“前锋学区……下辖……8所学校，有47个教学班，在校生603人（含学前班155人），有专技教师66人。”
"""

from typing import TYPE_CHECKING

from xuequ.core.lazy import lazy_names

if TYPE_CHECKING:
    from xuequ.registry.schemas import DistrictGlance, PupilView, SchoolView, StaffView
    from xuequ.registry.service import RegistryService

__all__ = ["DistrictGlance", "PupilView", "RegistryService", "SchoolView", "StaffView"]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "DistrictGlance": "xuequ.registry.schemas",
        "PupilView": "xuequ.registry.schemas",
        "RegistryService": "xuequ.registry.service",
        "SchoolView": "xuequ.registry.schemas",
        "StaffView": "xuequ.registry.schemas",
    },
)
