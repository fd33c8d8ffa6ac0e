"""CreateQuickConnect, DescribeQuickConnect, ListQuickConnects (tasks.md 1.4, 3.5)."""

import datetime
import re

import pytest

import samples
from helpers import invalid_parameter, invalid_request, new_instance, not_found, refused
from rawhttp import assert_error, call

PHONE = {"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+12065550100"}}


def create(connect, instance, name, config, **more):
    return connect.create_quick_connect(InstanceId=instance.id, Name=name, QuickConnectConfig=config, **more)


def describe(connect, instance, quick_connect):
    return connect.describe_quick_connect(InstanceId=instance.id, QuickConnectId=quick_connect)["QuickConnect"]


def flow_config(flow):
    return {"QuickConnectType": "FLOW", "FlowConfig": {"ContactFlowId": flow}}


def queue_config(queue, flow):
    return {"QuickConnectType": "QUEUE", "QueueConfig": {"QueueId": queue, "ContactFlowId": flow}}


def user_config(user, flow):
    return {"QuickConnectType": "USER", "UserConfig": {"UserId": user, "ContactFlowId": flow}}


@pytest.fixture
def queue(connect, instance):
    """BasicQueue; the only way to its id without the queue operations is the flow that sends tasks there."""
    content = connect.describe_contact_flow(
        InstanceId=instance.id, ContactFlowId=instance.flow)["ContactFlow"]["Content"]
    return re.search(r'"QueueId": ?"(?:[^"]*/)?([0-9a-f-]{36})"', content)[1]


def check(connect, instance, made, name, config, **more):
    found = describe(connect, instance, made["QuickConnectId"])
    modified = found.pop("LastModifiedTime")
    assert isinstance(modified, datetime.datetime) and modified.tzinfo is not None
    found.pop("LastModifiedRegion", None)
    assert found == {
        "QuickConnectARN": f"{instance.arn}/transfer-destination/{made['QuickConnectId']}",
        "QuickConnectId": made["QuickConnectId"], "Name": name, "QuickConnectConfig": config} | more
    assert made["QuickConnectARN"] == found["QuickConnectARN"]


def test_tasks_r3_5_1_phone_number(connect, instance):
    made = create(connect, instance, "Télé 🚀", PHONE, Description="d" * 250, Tags={"team": "x"})
    check(connect, instance, made, "Télé 🚀", PHONE, Description="d" * 250, Tags={"team": "x"})


def test_tasks_r3_5_1_flow(connect, instance):
    made = create(connect, instance, "Flow", flow_config(instance.flow))
    check(connect, instance, made, "Flow", flow_config(instance.flow))


def test_tasks_r3_5_1_queue(connect, instance, queue):
    config = queue_config(queue, instance.queue_transfer)
    made = create(connect, instance, "Queue", config)
    check(connect, instance, made, "Queue", config)


def test_tasks_r1_1_6_ids_may_be_arns(connect, instance, queue):
    made = create(
        connect, instance, "ARNs",
        queue_config(f"{instance.arn}/queue/{queue}", f"{instance.arn}/contact-flow/{instance.queue_transfer}"))
    check(connect, instance, made, "ARNs", queue_config(queue, instance.queue_transfer))
    assert describe(connect, instance, made["QuickConnectARN"])["QuickConnectId"] == made["QuickConnectId"]


def test_tasks_r3_5_1_wrong_flow_type(connect, instance, queue):
    for config in (queue_config(queue, instance.flow), queue_config(queue, instance.agent_transfer)):
        with invalid_request():
            create(connect, instance, "Wrong", config)


def test_tasks_r1_1_10_unknown_references(connect, instance, queue):
    unknown = samples.token()
    other = new_instance(connect)
    for config in (
        flow_config(unknown), flow_config(other.flow), queue_config(unknown, instance.queue_transfer),
        queue_config(queue, unknown), user_config(unknown, instance.agent_transfer),
    ):
        with not_found():
            create(connect, instance, "Unknown", config)
    assert connect.list_quick_connects(InstanceId=instance.id)["QuickConnectSummaryList"] == []


def test_tasks_r1_1_10_configuration_of_another_type_or_none(connect, instance):
    for config in (
        {"QuickConnectType": "PHONE_NUMBER"},
        {"QuickConnectType": "FLOW"},
        {"QuickConnectType": "FLOW", "PhoneConfig": PHONE["PhoneConfig"]},
    ):
        with invalid_request():
            create(connect, instance, "Incomplete", config)


def test_tasks_r1_1_9_violations(server, connect, instance):
    for name, config in (
        ("n" * 128, PHONE),
        ("N", {"QuickConnectType": "CARRIER_PIGEON"}),
        ("N", {"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "12065550100"}}),
        ("N", {"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+0123"}}),
    ):
        with invalid_parameter():
            create(connect, instance, name, config)
    with invalid_parameter() as caught:
        create(connect, instance, "N", PHONE, Description="d" * 251)
    assert "Description" in caught.message
    answer = call(server, "PUT", f"/quick-connects/{instance.id}", {"QuickConnectConfig": {"UserConfig": {}}})
    message = assert_error(answer, "InvalidParameterException", 400)["Message"]
    for member in ("Name", "QuickConnectConfig.QuickConnectType", "UserConfig.UserId", "UserConfig.ContactFlowId"):
        assert f"{member} is required" in message
    create(connect, instance, "n" * 127, PHONE)


def test_names_are_unique(connect, instance):
    create(connect, instance, "Same", PHONE)
    with refused("DuplicateResourceException", 409):
        create(connect, instance, "Same", flow_config(instance.flow))
    create(connect, instance, "same", PHONE)


def test_unknown_quick_connect(connect, instance):
    other = new_instance(connect)
    theirs = create(connect, other, "Theirs", PHONE)
    for identifier in (samples.token(), theirs["QuickConnectId"], theirs["QuickConnectARN"], "no such id"):
        with not_found():
            describe(connect, instance, identifier)


def test_list_filters_and_pages(connect, instance):
    made = {}
    for n in range(3):
        made[f"P{n}"] = create(connect, instance, f"P{n}", PHONE)["QuickConnectId"]
        made[f"F{n}"] = create(connect, instance, f"F{n}", flow_config(instance.flow))["QuickConnectId"]

    def listed(**query):
        pages = list(connect.get_paginator("list_quick_connects").paginate(InstanceId=instance.id, **query))
        return [len(page["QuickConnectSummaryList"]) for page in pages], [
            item for page in pages for item in page["QuickConnectSummaryList"]]

    sizes, everything = listed(PaginationConfig={"PageSize": 4})
    assert sizes == [4, 2]
    assert [item["Id"] for item in everything] == list(made.values())
    _, phones = listed(QuickConnectTypes=["PHONE_NUMBER"], PaginationConfig={"PageSize": 2})
    assert [item["Name"] for item in phones] == ["P0", "P1", "P2"]
    _, both = listed(QuickConnectTypes=["PHONE_NUMBER", "FLOW"])
    assert both == everything
    assert listed(QuickConnectTypes=["USER"])[1] == []
    first = dict(everything[0])
    assert isinstance(first.pop("LastModifiedTime"), datetime.datetime)
    first.pop("LastModifiedRegion", None)
    assert first == {
        "Id": made["P0"], "Arn": f"{instance.arn}/transfer-destination/{made['P0']}", "Name": "P0",
        "QuickConnectType": "PHONE_NUMBER"}
    token = connect.list_quick_connects(InstanceId=instance.id, MaxResults=1)["NextToken"]
    for query in ({"MaxResults": 1001}, {"NextToken": "garbage"}, {"QuickConnectTypes": ["NOPE"]},
                  {"NextToken": token, "QuickConnectTypes": ["FLOW"]}):
        with invalid_parameter() as caught:
            connect.list_quick_connects(InstanceId=instance.id, **query)
        assert next(iter(query)) in caught.message


def test_task_templates_r2_5_8_default_names_a_quick_connect(connect, instance):
    made = create(connect, instance, "Q", flow_config(instance.flow))
    request = samples.small(instance.flow, "With default")
    request["Fields"].append(samples.field("To", "QUICK_CONNECT"))
    for n, value in enumerate((made["QuickConnectId"], made["QuickConnectARN"])):
        request |= {"Name": f"T{n}", "Defaults": {"DefaultFieldValues": [samples.default("To", value)]}}
        template = connect.create_task_template(InstanceId=instance.id, **request)
        found = connect.get_task_template(InstanceId=instance.id, TaskTemplateId=template["Id"])
        assert found["Defaults"]["DefaultFieldValues"][0]["DefaultValue"] in (value, made["QuickConnectId"])


def test_quota_of_quick_connects_is_a_limit_exceeded_exception(start):
    connect = start({"LIMITS_QUICK_CONNECTS_PER_INSTANCE": 1}).client
    instance = new_instance(connect)
    create(connect, instance, "The last one", PHONE)
    with refused("LimitExceededException", 429):
        create(connect, instance, "One more", PHONE)


def test_administration_2_5_1_configuration_name_and_end(connect, instance, queue):
    made = create(connect, instance, "Desk", PHONE, Description="d")["QuickConnectId"]
    connect.update_quick_connect_config(
        InstanceId=instance.id, QuickConnectId=made, QuickConnectConfig=queue_config(queue, instance.queue_transfer))
    assert describe(connect, instance, made)["QuickConnectConfig"] == queue_config(queue, instance.queue_transfer)
    connect.update_quick_connect_name(InstanceId=instance.id, QuickConnectId=made, Name="Front desk", Description="")
    shown = describe(connect, instance, made)
    assert shown["Name"] == "Front desk" and "Description" not in shown
    create(connect, instance, "Desk", PHONE)
    with invalid_request() as caught:
        connect.update_quick_connect_name(InstanceId=instance.id, QuickConnectId=made, Name="Desk")
    assert "Name" in caught.message
    connect.delete_quick_connect(InstanceId=instance.id, QuickConnectId=made)
    with not_found():
        connect.delete_quick_connect(InstanceId=instance.id, QuickConnectId=made)
