"""A sample call for every public method of every service, by its path from the door.

Each module beside this one has ``SAMPLES``: path → function of a door that returns the arguments. The
function is called once a method, before anybody tries; what it needs it makes with `maker`.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from importlib import import_module
from typing import Any

Sample = Callable[[Any], tuple[Any, ...]]

SAMPLES: dict[str, Sample] = {}
for module in pkgutil.iter_modules(__path__, f"{__name__}."):
    for path, sample in getattr(import_module(module.name), "SAMPLES", {}).items():
        assert path not in SAMPLES, f"{path} has two samples"
        SAMPLES[path] = sample
