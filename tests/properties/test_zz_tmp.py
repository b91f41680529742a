import sys

sys.path.insert(0, ".")
from hypothesis import Phase, settings

import tests.properties.test_membership_machine as t


def test_m(shared_engine):
    machine = type("Machine", (t.Memberships,), {"engine": shared_engine})
    t.run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=120,
            stateful_step_count=40,
            deadline=None,
            phases=[Phase.generate],
            report_multiple_bugs=True,
        ),
    )
