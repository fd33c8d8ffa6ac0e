"""CreateContactFlow, DescribeContactFlow, ListContactFlows (flows.md 1)."""

import datetime
import hashlib
import json

import pytest

import samples
from helpers import content_of, invalid_parameter, new_instance, not_found, refused
from rawhttp import assert_error, call
from test_instances import FLOWS

TYPES = ["CONTACT_FLOW", "CUSTOMER_QUEUE", "CUSTOMER_HOLD", "CUSTOMER_WHISPER", "AGENT_HOLD", "AGENT_WHISPER",
         "OUTBOUND_WHISPER", "AGENT_TRANSFER", "QUEUE_TRANSFER", "CAMPAIGN"]


def create(connect, instance, name, **more):
    request = {"Type": "CONTACT_FLOW", "Content": samples.flow_document()} | more
    return connect.create_contact_flow(InstanceId=instance.id, Name=name, **request)


def describe(connect, instance, flow):
    return connect.describe_contact_flow(InstanceId=instance.id, ContactFlowId=flow)["ContactFlow"]


@pytest.mark.parametrize("text, padding", [
    ("plain", ""), ("é – 万事 🚀 \\u00e9 \\ud83d\\ude80 \\/ \\t", " \t\n\r\n  "), ("trailing", "\n" * 3)])
def test_f1_6_content_byte_for_byte(connect, instance, text, padding):
    content = "\n " + samples.flow_document(text, padding) + " \n"
    made = create(connect, instance, "Bytes", Content=content)
    found = describe(connect, instance, made["ContactFlowId"])
    assert found["Content"] == content
    digest = hashlib.sha256(content.encode()).hexdigest()
    assert found["FlowContentSha256"] == digest == made["FlowContentSha256"]  # r1_7


def test_f1_3_published_by_default(connect, instance):
    before = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=1)
    content = samples.flow_document()
    made = create(connect, instance, "Näme 🚀", Description="What it does", Tags={"team": "x"})
    assert made["ContactFlowArn"] == f"{instance.arn}/contact-flow/{made['ContactFlowId']}"
    found = describe(connect, instance, made["ContactFlowId"])
    assert found.pop("LastModifiedTime") >= before
    assert found.items() >= {
        "Arn": made["ContactFlowArn"], "Id": made["ContactFlowId"], "Name": "Näme 🚀", "Type": "CONTACT_FLOW",
        "State": "ACTIVE", "Status": "PUBLISHED", "Description": "What it does", "Content": content,
        "Tags": {"team": "x"}}.items()
    again = describe(connect, instance, made["ContactFlowArn"])  # tasks 1.1.6
    again.pop("LastModifiedTime")
    assert again == found
    assert describe(connect, instance, made["ContactFlowId"] + ":$LATEST")["Content"] == content  # tasks 1.1.7
    assert "Description" not in describe(
        connect, instance, create(connect, instance, "Bare")["ContactFlowId"])


@pytest.mark.parametrize("kind", TYPES)
def test_f1_1_every_type(connect, instance, kind):
    made = create(connect, instance, "Typed", Type=kind, Content=samples.waiting_document())
    assert describe(connect, instance, made["ContactFlowId"])["Type"] == kind


def test_f1_5_saved_is_not_published(connect, instance):
    made = create(connect, instance, "Draft", Status="SAVED", Content='{"not": "a flow"}')
    for suffix in ("", ":$LATEST"):
        with refused("ContactFlowNotPublishedException", 404) as caught:
            describe(connect, instance, made["ContactFlowId"] + suffix)
        assert isinstance(caught.error, connect.exceptions.ContactFlowNotPublishedException)
    draft = describe(connect, instance, made["ContactFlowId"] + ":$SAVED")
    assert (draft["Content"], draft["Status"], draft["Name"]) == ('{"not": "a flow"}', "SAVED", "Draft")
    published = create(connect, instance, "Published", Status="PUBLISHED")
    shown = describe(connect, instance, published["ContactFlowId"] + ":$SAVED")  # no draft: the published content
    assert shown["Content"] == samples.flow_document()
    listed = connect.list_contact_flows(InstanceId=instance.id)["ContactFlowSummaryList"]
    statuses = {flow["Name"]: flow["ContactFlowStatus"] for flow in listed}
    assert (statuses["Draft"], statuses["Published"]) == ("SAVED", "PUBLISHED")


@pytest.mark.parametrize("content", [
    "not json", "[]", "{}", '"text"', '{"Version":"2019-10-30"', '{"Version":"2019-10-30","StartAction":"a"}',
    '{"StartAction":"a","Actions":[]}', '{"Version":"2019-10-30","Actions":[]}'])
def test_f6_2_content_that_is_no_document(server, connect, instance, content):
    with refused("InvalidContactFlowException", 400) as caught:
        create(connect, instance, "Bad", Content=content)
    assert isinstance(caught.error, connect.exceptions.InvalidContactFlowException)
    (problem,) = caught.response["problems"]
    assert problem["message"].strip()
    body = {"Name": "Bad", "Type": "CONTACT_FLOW", "Content": content}
    raw = assert_error(call(server, "PUT", f"/contact-flows/{instance.id}", body), "InvalidContactFlowException", 400)
    assert raw["problems"] == [{"message": problem["message"]}]
    assert set(flow["Name"] for flow in connect.list_contact_flows(InstanceId=instance.id)["ContactFlowSummaryList"]) == set(FLOWS)


def test_f6_3_every_problem_in_document_order(connect, instance):
    document = json.loads(samples.waiting_document())
    wait = document["Actions"][0]
    wait["Parameters"] = {"TimeoutSeconds": "60"}
    wait["Transitions"] = {"NextAction": "nowhere"}
    document["Actions"].append({"Identifier": "stop", "Type": "PlayPrompt", "Parameters": {}, "Transitions": {}})
    with refused("InvalidContactFlowException", 400) as caught:
        create(connect, instance, "Bad", Content=json.dumps(document))
    assert [problem["message"] for problem in caught.response["problems"]] == [
        "Invalid Action property name. Path: Actions[0].Parameters.TimeoutSeconds",
        "Action is missing required property. Path: Actions[0].Parameters.TimeLimitSeconds",
        "Invalid Action property value. Path: Actions[0].Transitions.NextAction",
        "Action is missing required error. Error: NoMatchingError, Path: Actions[0]",
        "Invalid Action property value. Path: Actions[0].Transitions.Conditions",
        "Invalid Action type. Type: PlayPrompt, Path: Actions[1].Type"]
    create(connect, instance, "Bad", Status="SAVED", Content=json.dumps(document))  # r1_3


@pytest.mark.parametrize("status", ["PUBLISHED", "SAVED"])
def test_f1_3_content_is_1_to_256000_characters(connect, instance, status):
    longest = samples.flow_document("é", " " * 256_000)
    longest = samples.flow_document("é", " " * (256_000 - (len(longest) - 256_000)))
    assert len(longest) == 256_000
    made = create(connect, instance, "Longest", Status=status, Content=longest)
    assert describe(connect, instance, made["ContactFlowId"] + ":$SAVED")["Content"] == longest
    for content in (longest + " ", ""):
        with invalid_parameter() as caught:
            create(connect, instance, "Wrong size", Status=status, Content=content)
        assert "Content" in caught.message


def test_f1_8_names_are_unique(connect, instance):
    create(connect, instance, "Same")
    for more in ({}, {"Status": "SAVED"}, {"Type": "QUEUE_TRANSFER"}):
        with refused("DuplicateResourceException", 409) as caught:
            create(connect, instance, "Same", **more)
        assert isinstance(caught.error, connect.exceptions.DuplicateResourceException)
    create(connect, instance, "same")
    other = new_instance(connect)
    create(connect, other, "Same")


def test_tasks_r1_1_9_violations(server, connect, instance):
    for more in ({"Type": "NO_SUCH_TYPE"}, {"Status": "DRAFT"}):
        with invalid_parameter() as caught:
            create(connect, instance, "N", **more)
        assert next(iter(more)) in caught.message
    with invalid_parameter():
        create(connect, instance, "N", Tags={"a*b": ""})
    answer = call(server, "PUT", f"/contact-flows/{instance.id}", {"Name": ""})
    message = assert_error(answer, "InvalidParameterException", 400)["Message"]
    assert "Name must be at least 1 character" in message
    for member in ("Type", "Content"):
        assert f"{member} is required" in message
    answer = call(server, "PUT", f"/contact-flows/{instance.id}", b'{"Name":')
    assert_error(answer, "InvalidRequestException", 400)


def test_unknown_flow(connect, instance):
    other = new_instance(connect)
    for flow in (samples.token(), other.flow, other.flow_arn, "no such id", instance.flow + ":7"):
        with not_found():
            describe(connect, instance, flow)
    with invalid_parameter():
        describe(connect, instance, "f" * 501)


def test_list_filters_and_pages(connect, instance):
    made = [create(connect, instance, f"Queue {n}", Type="CUSTOMER_QUEUE")["ContactFlowId"] for n in range(3)]

    def listed(**query):
        pages = list(connect.get_paginator("list_contact_flows").paginate(InstanceId=instance.id, **query))
        assert all("NextToken" not in page for page in pages[-1:])
        return pages, [flow["Id"] for page in pages for flow in page["ContactFlowSummaryList"]]

    pages, everything = listed(PaginationConfig={"PageSize": 5})
    assert [len(page["ContactFlowSummaryList"]) for page in pages] == [5, 5, 2]
    assert len(set(everything)) == 12 and everything[-3:] == made
    assert listed()[1] == everything
    _, queues = listed(ContactFlowTypes=["CUSTOMER_QUEUE"], PaginationConfig={"PageSize": 1})
    assert queues == [instance.flows["Default customer queue"]["Id"]] + made
    _, two = listed(ContactFlowTypes=["AGENT_HOLD", "CONTACT_FLOW"])
    assert set(two) == {instance.flow, instance.flows["Default agent hold"]["Id"]}
    assert listed(ContactFlowTypes=["CAMPAIGN"])[1] == []
    summary = next(
        flow for page in pages for flow in page["ContactFlowSummaryList"] if flow["Id"] == made[0])
    assert summary == {
        "Id": made[0], "Arn": f"{instance.arn}/contact-flow/{made[0]}", "Name": "Queue 0",
        "ContactFlowType": "CUSTOMER_QUEUE", "ContactFlowState": "ACTIVE", "ContactFlowStatus": "PUBLISHED"}


def test_list_refuses_bad_queries(connect, instance):
    token = connect.list_contact_flows(InstanceId=instance.id, MaxResults=1)["NextToken"]
    for query in ({"MaxResults": 1001}, {"NextToken": "garbage"}, {"ContactFlowTypes": ["NOPE"]},
                  {"NextToken": token, "ContactFlowTypes": ["AGENT_HOLD"]}):  # tasks 1.1.12
        with invalid_parameter() as caught:
            connect.list_contact_flows(InstanceId=instance.id, **query)
        assert next(iter(query)) in caught.message
    assert content_of(connect.list_contact_flows(InstanceId=instance.id, MaxResults=1000))


def test_quota_of_flows_is_a_limit_exceeded_exception(start):
    connect = start({"LIMITS_CONTACT_FLOWS_PER_INSTANCE": len(FLOWS) + 1}).client
    instance = new_instance(connect)
    create(connect, instance, "The last one")
    with refused("LimitExceededException", 429) as caught:
        create(connect, instance, "One more")
    assert isinstance(caught.error, connect.exceptions.LimitExceededException)
