"""What retries do to CreateTaskTemplate: one template, whatever breaks on the way (protocol 6, C9 to C11)."""

import uuid

import botocore.exceptions
import pytest

import faultproxy
import samples
from faultproxy import FaultProxy
from helpers import client, new_instance, not_found, property_validation, refused

SOON = [("x-amz-retry-after", "1")]  # milliseconds; keeps the client's back-off short (W5.5)


@pytest.fixture
def proxy(server):
    with FaultProxy(server.url) as running:
        yield running


def templates(connect, instance):
    return [template["Id"] for template in connect.list_task_templates(InstanceId=instance.id)["TaskTemplates"]]


def check_attempts(proxy, number):
    """The attempts of one call: numbered, with one invocation id and one token that the SDK made."""
    assert proxy.unused() == 0
    assert len(proxy.attempts) == number
    assert len({attempt.headers["amz-sdk-invocation-id"] for attempt in proxy.attempts}) == 1
    tokens = {attempt.json()["ClientToken"] for attempt in proxy.attempts}
    assert len(tokens) == 1
    uuid.UUID(tokens.pop())
    for place, attempt in enumerate(proxy.attempts, 1):
        assert f"attempt={place}" in attempt.headers["amz-sdk-request"]


FAULTS = {
    "case_09_429_throttling": faultproxy.answer(429, "ThrottlingException", SOON),
    "case_09_429_limit_exceeded": faultproxy.answer(429, "LimitExceededException", SOON),
    "500_before_the_server": faultproxy.answer(500, "InternalServiceException"),
    "503_without_a_type_in_html": faultproxy.answer(503, None, body=b"<html>later</html>"),
    "closed_before_the_server": faultproxy.close(),
    "case_10_500_after_the_commit": faultproxy.answer_after(500, "InternalServiceException"),
    "502_after_the_commit": faultproxy.answer_after(502, None, body=b""),
    "429_after_the_commit": faultproxy.answer_after(429, "ThrottlingException", SOON),
    "case_11_closed_after_the_commit": faultproxy.close_after(),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
# protocol C9 to C11
def test_one_fault_one_template(connect, instance, proxy, fault):
    proxy.script(fault)
    made = client(proxy.url, retries={}).create_task_template(InstanceId=instance.id, **samples.base(instance.flow))
    check_attempts(proxy, 2)
    assert made["ResponseMetadata"]["RetryAttempts"] == 1
    assert templates(connect, instance) == [made["Id"]]


@pytest.mark.parametrize("mode, attempts", [("standard", 3), ("legacy", 5)])
def test_faults_until_the_last_attempt(one, mode, attempts):
    with FaultProxy(one.server.url) as proxy:
        proxy.script(*[faultproxy.answer_after(500, "InternalServiceException")] * (attempts - 1))
        retrying = client(proxy.url, retries={"mode": mode})
        made = retrying.create_task_template(InstanceId=one.instance.id, **samples.base(one.instance.flow))
        assert len(proxy.attempts) == attempts and proxy.unused() == 0
    assert templates(one.connect, one.instance) == [made["Id"]]


def test_a_call_that_was_given_up_is_finished_by_its_token(connect, instance, proxy):
    """The client never saw an answer; the caller tries again with the token, and later with another request."""
    token = samples.token()
    proxy.script(*[faultproxy.close_after()] * 3)
    retrying = client(proxy.url, retries={})
    with pytest.raises(botocore.exceptions.ConnectionClosedError):
        retrying.create_task_template(InstanceId=instance.id, ClientToken=token, **samples.base(instance.flow))
    (there,) = templates(connect, instance)
    made = retrying.create_task_template(InstanceId=instance.id, ClientToken=token, **samples.base(instance.flow))
    assert made["Id"] == there
    assert templates(connect, instance) == [there]


def test_refusals_are_not_tried_again(connect, instance, proxy):
    """402, 404 and 400 end a call at once; LimitExceededException would not (W6.3)."""
    retrying = client(proxy.url, retries={})
    with property_validation():
        retrying.create_task_template(InstanceId=instance.id, Name="x", Fields=[])
    with not_found():
        retrying.get_task_template(InstanceId=instance.id, TaskTemplateId=samples.token())
    for n in range(50):
        connect.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, f"T{n}"))
    with refused("ServiceQuotaExceededException", 402):
        retrying.create_task_template(InstanceId=instance.id, **samples.base(instance.flow))
    assert len(proxy.attempts) == 3


def test_r1_9_1_a_throttled_client_gets_through(start):
    """The server's own 429 with its hint: a stock client waits and succeeds."""
    server = start({"THROTTLE_RATE": 0.5, "THROTTLE_BURST": 1})  # the second create has to wait for two seconds
    with FaultProxy(server.url) as proxy:
        patient = client(proxy.url, retries={"mode": "standard", "total_max_attempts": 10})
        instance = new_instance(patient)
        names = ["T0", "T1"]
        for name in names:
            patient.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, name))
        creates = [a for a in proxy.attempts if a.method == "PUT" and a.target.endswith("/task/template")]
        assert len(creates) > len(names)  # one was refused first
        listed = patient.list_task_templates(InstanceId=instance.id)["TaskTemplates"]
        assert [template["Name"] for template in listed] == names
