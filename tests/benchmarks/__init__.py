"""Measurements against the physical limit or the peer, side by side in one run; not part of the gate.

    python -m tests.benchmarks --engine sqlite --task all --size full --json figures.json

A task is a module of its own with a `harness.Task` named TASK; `__main__` lists them.
"""
