"""What is decided before an operation is known, or for all alike: sizes of the request, routes, dots in paths."""

import pytest

import awsmodel
import judge
from client import ABSENT, Encoded, Request
from operations import OPERATIONS

MIB = 1024 * 1024


def proper(answer, request):
    """An error in full form, whatever layer made it (protocol 2.3 rule 1, C14)."""
    told = f"\n  sent {request.describe()[:300]}\n  got  {answer.describe()}"
    assert 400 <= answer.status < 500, told
    try:
        judge.common(answer)
    except Exception as e:
        pytest.fail(f"{type(e).__name__}: {e}{told}", pytrace=False)
    assert answer.error and answer.json.get("Message"), told
    return told


def then_good(world):
    assert world.client.send(OPERATIONS["GetTaskTemplate"].bases[0].make(world)).status == 200


@pytest.mark.parametrize("size", (10 * MIB + 1, 20 * MIB))
def test_body_over_the_cap(world, size):
    request = OPERATIONS["CreateTaskTemplate"].bases[0].make(world)
    request.raw_body = b'{"x": "' + b"a" * (size - 9) + b'"}'
    answer = world.client.send(request)
    told = proper(answer, request)
    assert (answer.status, answer.error) == (413, "RequestEntityTooLargeException"), told
    then_good(world)


def test_body_of_eight_megabytes_is_read(world):
    request = OPERATIONS["CreateTaskTemplate"].bases[0].make(world)
    request.raw_body = request.payload[:-1] + b', "x-unknown": "' + b"a" * (8 * MIB) + b'"}'
    answer = world.client.send(request)
    assert answer.status == 200, answer.describe()
    world.must(world.request("DeleteTaskTemplate", InstanceId=world.instance, TaskTemplateId=answer.json["Id"]))


@pytest.mark.parametrize("length", (20_000, 60_000))
def test_long_target(world, length):
    request = world.request("GetTaskTemplate", InstanceId=world.instance, TaskTemplateId="a" * length)
    proper(world.client.send(request), request)
    then_good(world)


@pytest.mark.parametrize("length", (70_000, 300_000))
def test_target_beyond_what_http_libraries_hold(world, length):
    """docs/running.md, limits: the HTTP library answers before the server sees the request, without a body."""
    request = world.request("GetTaskTemplate", InstanceId=world.instance, TaskTemplateId="a" * length)
    assert world.client.send(request).status == 414
    then_good(world)


@pytest.mark.parametrize("length", (100_000, 200_000))
def test_long_header(world, length):
    request = OPERATIONS["ListTaskTemplates"].bases[0].make(world)
    request.headers["x-long"] = "a" * length
    proper(world.client.send(request), request)
    then_good(world)


def test_headers_beyond_what_is_buffered(world):
    """docs/running.md, limits: the HTTP library answers before the server sees the request, without a body."""
    request = OPERATIONS["ListTaskTemplates"].bases[0].make(world)
    request.headers["x-long"] = "a" * 500_000
    assert world.client.send(request).status == 431
    then_good(world)


@pytest.mark.parametrize("method,path", (
    ("GET", "/"), ("GET", "/nothing"), ("PATCH", "/instance"), ("POST", "/instance"), ("GET", "/instance/a/b/c"), ("PUT", "/tags/x"), ("GET", "/Instance"), ("GET", "/tags"),
    ("GET", "/instance/a/task"), ("GET", "/instance/a/task/template/b/c"), ("GET", "/a/instance")))
def test_no_such_route(world, method, path):
    request = Request(method, path, {}, [], ABSENT)
    answer = world.client.send(request)
    told = proper(answer, request)
    assert (answer.status, answer.error) == (404, "UnknownOperationException"), told


DOTTED = [(name, label) for name in OPERATIONS for label in awsmodel.Operation(name).members("uri")]


@pytest.mark.parametrize("dots", (".", ".."))
@pytest.mark.parametrize("name,label", DOTTED, ids=lambda v: v)
def test_dots_lead_nowhere(world, name, label, dots):
    """W1.3.5: a raw path with a dot segment is no such resource, never the resource one level up."""
    entry = OPERATIONS[name]
    request = entry.bases[0].make(world)
    request.labels[label] = Encoded(dots)
    answer = world.client.send(request)
    told = proper(answer, request)
    assert answer.status == 404, told
