"""The registry 基础数据: whom and what all eight unifications speak of.

“前锋学区……下辖……8所学校，有47个教学班，在校生603人（含学前班155人），有专技教师66人。”
"""

from typing import TYPE_CHECKING

from xuequ.core.lazy import lazy_names

if TYPE_CHECKING:
    from xuequ.registry.schemas.figures import DistrictGlance
    from xuequ.registry.schemas.places import SchoolView
    from xuequ.registry.schemas.pupils import PupilView
    from xuequ.registry.schemas.staff import StaffView
    from xuequ.registry.service import RegistryService

__all__ = ["DistrictGlance", "PupilView", "RegistryService", "SchoolView", "StaffView"]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "DistrictGlance": "xuequ.registry.schemas.figures",
        "PupilView": "xuequ.registry.schemas.pupils",
        "RegistryService": "xuequ.registry.service",
        "SchoolView": "xuequ.registry.schemas.places",
        "StaffView": "xuequ.registry.schemas.staff",
    },
)
