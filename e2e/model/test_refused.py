"""In-scope operations without behaviour yet: a signed request is refused clearly, by name."""

import pathlib
import re
import subprocess

import pytest

import awsmodel
import server
from operations import OPERATIONS
from client import ABSENT, Request

LISTED = [
    line for line in (pathlib.Path(__file__).resolve().parents[2] / "codegen" / "operations.txt").read_text().splitlines() if line and not line.startswith("#")]
NOT_YET = [name for name in LISTED if name not in OPERATIONS]


def sample(name, seen=()):
    """A small value that the shape allows, patterns aside."""
    here = awsmodel.shape(name)
    kind = here["type"]
    if kind == "structure":
        needed = here.get("required", ())
        return {m: sample(here["members"][m]["shape"], seen + (name,)) for m in needed if here["members"][m]["shape"] not in seen}
    if kind == "list":
        return [sample(here["member"]["shape"], seen + (name,))] * max(1, here.get("min", 1))
    if kind == "map":
        return {f"key{n}": sample(here["value"]["shape"], seen + (name,)) for n in range(max(1, here.get("min", 1)))}
    if kind == "string":
        return here["enum"][0] if "enum" in here else "a" * max(1, here.get("min", 1))
    return True if kind == "boolean" else max(1, here.get("min", 1))


def request_for(name):
    op = awsmodel.Operation(name)
    needed = set(op.input.get("required", ()))
    labels, query, body = {}, [], {}
    for member, entry in op.input["members"].items():
        if member not in needed:
            continue
        place, wire = awsmodel.place_of(entry), awsmodel.wire_name(member, entry)
        value = "11111111-1111-4111-8111-111111111111" if member == "InstanceId" else sample(entry["shape"])
        if place == "uri":
            labels[wire] = str(value)
        elif place == "query":
            query += [(wire, str(v)) for v in (value if isinstance(value, list) else [value])]
        else:
            body[wire] = value
    return Request(op.method, op.uri, labels, query, body if op.has_body else ABSENT)


def test_every_listed_operation_is_in_the_model():
    assert len(LISTED) == len(set(LISTED)) == 172
    assert set(LISTED) <= set(awsmodel.document()["operations"])
    assert set(OPERATIONS) <= set(LISTED)


def test_every_implemented_operation_has_an_entry():
    """Nothing gets behaviour without its cases, and no entry is for a refusal by name."""
    told = subprocess.run([server.binary(), "operations"], check=True, capture_output=True, text=True).stdout
    rows = [line.split() for line in told.splitlines()]
    implemented = {row[0] for row in rows if row[1:2] == ["implemented"]}
    assert len(implemented) > 50, told
    assert implemented == set(OPERATIONS), f"without an entry: {sorted(implemented - set(OPERATIONS))}; not implemented: {sorted(set(OPERATIONS) - implemented)}"


@pytest.mark.parametrize("name", NOT_YET)
def test_refused_by_name(name, client, tally):
    tally("(refused by name)")
    request = request_for(name)
    answer = client.send(request)
    told = f"\n  sent {request.describe()}\n  got  {answer.describe()}"
    # An error that the operation declares: typed in every client, and retried by none.
    errors = awsmodel.Operation(name).errors
    assert answer.error in errors, f"a declared exception is due{told}"
    assert answer.status == errors[answer.error] and 400 <= answer.status < 429, told
    assert answer.headers.get_content_type() == "application/json", told
    assert answer.headers["x-amzn-RequestId"] and answer.headers["Date"], told
    assert name in answer.json["Message"], f"the message does not name {name}{told}"
    assert answer.headers["x-taskform-not-implemented"] == name, told


@pytest.mark.parametrize("name", sorted(set(awsmodel.document()["operations"]) - set(LISTED)))
def test_out_of_scope_by_name(name, client):
    http = awsmodel.document()["operations"][name]["http"]
    answer = client.send(Request(http["method"], re.sub(r"\{[^}]*\}", "x", http["requestUri"]), {}, [], ABSENT))
    assert (answer.status, answer.error) == (404, "UnknownOperationException"), answer.describe()
    assert name in answer.json["Message"] and answer.headers["x-taskform-not-implemented"] == name, answer.describe()
