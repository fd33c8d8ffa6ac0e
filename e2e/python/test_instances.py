"""CreateInstance, DescribeInstance, ListInstances, DeleteInstance, and what a new instance holds (tasks.md 5)."""

import datetime
import hashlib
import json
import re

import pytest

import samples
from helpers import content_of, invalid_request, new_instance, not_found, refused
from rawhttp import assert_error, call
from taskform_server import ACCOUNT, DEV_INSTANCE, REGION

UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
NEW = {"IdentityManagementType": "CONNECT_MANAGED", "InboundCallsEnabled": True, "OutboundCallsEnabled": False}

FLOWS = {
    "Default agent hold": "AGENT_HOLD",
    "Default agent transfer": "AGENT_TRANSFER",
    "Default agent whisper": "AGENT_WHISPER",
    "Default customer hold": "CUSTOMER_HOLD",
    "Default customer queue": "CUSTOMER_QUEUE",
    "Default customer whisper": "CUSTOMER_WHISPER",
    "Default outbound": "OUTBOUND_WHISPER",
    "Default queue transfer": "QUEUE_TRANSFER",
    "Sample task flow": "CONTACT_FLOW",
}


@pytest.fixture
def alone(start):
    """A server that no other test uses, because lists of instances are lists of everything."""
    return start().client


def test_create_and_describe(connect):
    alias = "e2e-" + samples.token()[:8]
    before = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=1)
    made = connect.create_instance(**NEW, InstanceAlias=alias, Tags={"team": "x", "empty": ""})
    assert UUID4.fullmatch(made["Id"])
    assert made["Arn"] == f"arn:aws:connect:{REGION}:{ACCOUNT}:instance/{made['Id']}"
    found = connect.describe_instance(InstanceId=made["Id"])["Instance"]
    created = found.pop("CreatedTime")
    assert isinstance(created, datetime.datetime) and created >= before
    assert found.items() >= {
        "Id": made["Id"],
        "Arn": made["Arn"],
        "IdentityManagementType": "CONNECT_MANAGED",
        "InstanceAlias": alias,
        "InstanceStatus": "ACTIVE",  # ours is ready when the answer is sent
        "InboundCallsEnabled": True,
        "OutboundCallsEnabled": False,
        "Tags": {"team": "x", "empty": ""},
    }.items()
    assert connect.describe_instance(InstanceId=made["Arn"])["Instance"]["Id"] == made["Id"]  # r1_1_6
    assert connect.list_tags_for_resource(resourceArn=made["Arn"])["tags"] == {"team": "x", "empty": ""}


def test_t1_1_11_token_of_create(connect):
    token = samples.token()
    first = connect.create_instance(**NEW, ClientToken=token)
    assert content_of(connect.create_instance(**NEW, ClientToken=token)) == content_of(first)
    with invalid_request():  # IdempotencyException is not declared
        connect.create_instance(**NEW | {"InboundCallsEnabled": False}, ClientToken=token)
    assert connect.create_instance(**NEW)["Id"] != connect.create_instance(**NEW)["Id"]


def test_t1_1_9_violations_are_invalid_request(server, connect):
    for more in [{"IdentityManagementType": "NOBODY"}, {"InstanceAlias": "d-alias"}, {"InstanceAlias": "a" * 46},
                 {"InstanceAlias": "with space"}, {"DirectoryId": "d-123456789X"}, {"ClientToken": "t" * 501},
                 {"Tags": {"aws:k": ""}}, {"Tags": {f"k{n}": "" for n in range(51)}}]:
        with invalid_request() as caught:
            connect.create_instance(**NEW | more)
        if "Tags" not in more:
            assert next(iter(more)) in caught.message
    body = assert_error(call(server, "PUT", "/instance", {}), "InvalidRequestException", 400)
    for member in NEW:
        assert f"{member} is required" in body["Message"]
    wrong = NEW | {"InboundCallsEnabled": "true", "IdentityManagementType": 1}
    body = assert_error(call(server, "PUT", "/instance", wrong), "InvalidRequestException", 400)
    assert "InboundCallsEnabled must be a boolean" in body["Message"]
    assert "IdentityManagementType must be a string" in body["Message"]


def test_list_and_paginate(alone):
    only = alone.list_instances()
    assert [i["Id"] for i in only["InstanceSummaryList"]] == [DEV_INSTANCE]
    assert "NextToken" not in only
    made = [DEV_INSTANCE] + [alone.create_instance(**NEW)["Id"] for _ in range(11)]
    pages = list(alone.get_paginator("list_instances").paginate(PaginationConfig={"PageSize": 5}))
    assert [len(page["InstanceSummaryList"]) for page in pages] == [5, 5, 2]
    assert [i["Id"] for page in pages for i in page["InstanceSummaryList"]] == made
    first = alone.list_instances(MaxResults=10)  # the most there can be
    assert [i["Id"] for i in first["InstanceSummaryList"]] == made[:10]
    described = alone.describe_instance(InstanceId=made[1])["Instance"]
    summary = first["InstanceSummaryList"][1]
    assert summary.items() <= described.items()
    assert {"Id", "Arn", "IdentityManagementType", "CreatedTime", "InstanceStatus", "InboundCallsEnabled",
            "OutboundCallsEnabled"} <= set(summary)
    for query in ({"MaxResults": 11}, {"NextToken": "garbage"}):
        with invalid_request() as caught:
            alone.list_instances(**query)
        assert next(iter(query)) in caught.message


def test_r2_7_quota_of_instances(start):
    connect = start({"LIMITS_INSTANCES": 2}).client
    second = connect.create_instance(**NEW)["Id"]
    with refused("ServiceQuotaExceededException", 402):
        connect.create_instance(**NEW)
    connect.delete_instance(InstanceId=second)
    connect.create_instance(**NEW)


def test_delete(alone):
    instance = new_instance(alone)
    template = alone.create_task_template(InstanceId=instance.id, **samples.base(instance.flow))
    assert content_of(alone.delete_instance(InstanceId=instance.id)) == {}
    calls = [
        lambda: alone.describe_instance(InstanceId=instance.id),
        lambda: alone.delete_instance(InstanceId=instance.id),
        lambda: alone.get_task_template(InstanceId=instance.id, TaskTemplateId=template["Id"]),
        lambda: alone.list_task_templates(InstanceId=instance.id),
        lambda: alone.list_contact_flows(InstanceId=instance.id),
        lambda: alone.describe_contact_flow(InstanceId=instance.id, ContactFlowId=instance.flow),
        lambda: alone.list_tags_for_resource(resourceArn=template["Arn"]),
        lambda: alone.list_tags_for_resource(resourceArn=instance.arn),
    ]
    for one in calls:
        with not_found():
            one()
    assert [i["Id"] for i in alone.list_instances()["InstanceSummaryList"]] == [DEV_INSTANCE]


def test_t5_1_flows_of_a_new_instance(connect, instance):
    assert {name: flow["ContactFlowType"] for name, flow in instance.flows.items()} == FLOWS
    for flow in instance.flows.values():
        assert (flow["ContactFlowState"], flow["ContactFlowStatus"]) == ("ACTIVE", "PUBLISHED")
        assert flow["Arn"] == f"{instance.arn}/contact-flow/{flow['Id']}"
        found = connect.describe_contact_flow(InstanceId=instance.id, ContactFlowId=flow["Id"])["ContactFlow"]
        assert (found["Name"], found["Type"], found["Status"]) == (flow["Name"], flow["ContactFlowType"], "PUBLISHED")
        document = json.loads(found["Content"])
        assert document["Version"] == "2019-10-30"
        assert document["StartAction"] in [action["Identifier"] for action in document["Actions"]]
        assert found["FlowContentSha256"] == hashlib.sha256(found["Content"].encode()).hexdigest()
    assert connect.list_task_templates(InstanceId=instance.id)["TaskTemplates"] == []
    assert connect.list_quick_connects(InstanceId=instance.id)["QuickConnectSummaryList"] == []


def test_the_development_instance_is_a_whole_one(connect):
    found = connect.describe_instance(InstanceId=DEV_INSTANCE)["Instance"]
    assert found["Arn"] == f"arn:aws:connect:{REGION}:{ACCOUNT}:instance/{DEV_INSTANCE}"
    assert found["InstanceStatus"] == "ACTIVE"
    listed = connect.list_contact_flows(InstanceId=DEV_INSTANCE)["ContactFlowSummaryList"]
    assert {flow["Name"]: flow["ContactFlowType"] for flow in listed} == FLOWS
