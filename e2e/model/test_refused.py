"""Every operation of the scope has behaviour and cases; those out of scope are refused by name."""

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


def test_every_listed_operation_is_in_the_model():
    assert len(LISTED) == len(set(LISTED)) == 172
    assert set(LISTED) <= set(awsmodel.document()["operations"])
    assert set(OPERATIONS) == set(LISTED)


def test_every_implemented_operation_has_an_entry():
    """Nothing of the scope is without behaviour, or without its cases."""
    told = subprocess.run([server.binary(), "operations"], check=True, capture_output=True, text=True).stdout
    rows = [line.split() for line in told.splitlines()]
    implemented = {row[0] for row in rows if row[1:2] == ["implemented"]}
    assert implemented == set(LISTED), told
    assert implemented == set(OPERATIONS), f"without an entry: {sorted(implemented - set(OPERATIONS))}; not implemented: {sorted(set(OPERATIONS) - implemented)}"


@pytest.mark.parametrize("name", sorted(set(awsmodel.document()["operations"]) - set(LISTED)))
def test_out_of_scope_by_name(name, client):
    http = awsmodel.document()["operations"][name]["http"]
    answer = client.send(Request(http["method"], re.sub(r"\{[^}]*\}", "x", http["requestUri"]), {}, [], ABSENT))
    assert (answer.status, answer.error) == (404, "UnknownOperationException"), answer.describe()
    assert name in answer.json["Message"] and answer.headers["x-taskform-not-implemented"] == name, answer.describe()
