"""Every implemented operation, every member at any depth, every way a value can be wrong; see cases.py and oracle.py."""

import pytest

import cases
import judge
from operations import OPERATIONS
from oracle import Expect

CASES = cases.all_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_request(case, world, tally):
    tally(case.operation)
    request = case.make(world)
    request.raw_body = request.payload  # written once, for the oracle and the wire alike
    found, due = judge.decide(world, case.operation, request)
    if case.kind == "good":
        due = Expect.refused(case.good_error) if case.good_error else Expect.accepted("the base request")
    elif case.kind == "loose":
        due = due | judge.loose(case.operation)
    watch = OPERATIONS[case.operation].watch if due.errors else None
    before = watch(world) if watch else None
    answer = world.client.send(request)
    try:
        judge.common(answer)
        if answer.status == 200:
            world.note(answer)
            OPERATIONS[case.operation].after(world, found, answer)
            assert due.ok, "accepted, but a refusal is due"
            judge.accepted(case.operation, answer)
        else:
            assert due.errors, "refused, but the request is good"
            judge.refused(case.operation, answer, due)
            judge.secrets_kept(case.operation, request, answer)
            assert not watch or watch(world) == before, "a refused call has changed something"
        fault = None
    except (AssertionError, KeyError, ValueError, TypeError) as e:
        fault = e
    if fault:
        told = f"expected {'200 ' if due.ok else ''}{sorted(due.errors) or ''} {due.properties or due.named or ''} ({due.why})"
        pytest.fail(f"{fault}\n  sent     {request.describe()}\n  got      {answer.describe()}\n  {told}", pytrace=False)
