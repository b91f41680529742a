"""Samples of the change feed."""

from __future__ import annotations

from tests.architecture.samples import Sample

SAMPLES: dict[str, Sample] = {"feed.changes": lambda door: (0, 10)}
