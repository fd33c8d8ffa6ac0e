"""Decisions of docs/behaviour.md that no other suite holds; the number is that of the decision."""

import json
import time

import pytest

import samples
from helpers import invalid_parameter, refused

END = {"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}


def document(*actions, **more):
    actions = [*actions, END]
    return json.dumps({"Version": "2019-10-30", "StartAction": actions[0]["Identifier"], "Actions": actions} | more)


def flow(connect, instance, content, kind="CONTACT_FLOW"):
    return connect.create_contact_flow(
        InstanceId=instance.id, Name="Flow " + samples.token()[:8], Type=kind, Content=content)["ContactFlowId"]


def first_of(connect, instance, operation, member):
    return getattr(connect, operation)(InstanceId=instance.id)[member][0]["Id"]


def user(connect, instance, name, **more):
    return connect.create_user(
        InstanceId=instance.id, Username=name, PhoneConfig={"PhoneType": "SOFT_PHONE"},
        SecurityProfileIds=[first_of(connect, instance, "list_security_profiles", "SecurityProfileSummaryList")],
        RoutingProfileId=first_of(connect, instance, "list_routing_profiles", "RoutingProfileSummaryList"), **more)["UserId"]


def test_b21_one_message_and_its_exception(connect, instance):
    request = {
        "InstanceId": instance.id, "Name": "x", "ContactFlowId": instance.flow,
        "References": {"Amount": {"Type": "NUMBER", "Value": "a lot"}},
        "SegmentAttributes": {"connect:Subtype": {"ValueString": "x"}}}
    with invalid_parameter() as caught:
        connect.start_task_contact(**request)
    assert 'References["Amount"].Value' in caught.message and "connect:Subtype" in caught.message
    with refused("ResourceNotFoundException", 404) as caught:
        connect.start_task_contact(**request, PreviousContactId=samples.token())
    for path in ('References["Amount"].Value', "connect:Subtype", "PreviousContactId"):
        assert path in caught.message
    with refused("InvalidRequestException", 400):
        connect.start_task_contact(**request | {"References": {}})


def test_b25_a_user_needs_no_password(connect, instance):
    user(connect, instance, "ada")
    with invalid_parameter():
        user(connect, instance, "bob", Password="short")
    user(connect, instance, "bob", Password="Long-enough-1")


def test_b26_agent_queues_have_no_name(connect, instance):
    user(connect, instance, "ada")
    (queue,) = connect.list_queues(InstanceId=instance.id, QueueTypes=["AGENT"])["QueueSummaryList"]
    assert "Name" not in queue and queue["QueueType"] == "AGENT"


def test_b37_an_update_is_not_checked_against_the_template(connect, instance):
    template = connect.create_task_template(InstanceId=instance.id, **samples.base(instance.flow))["Id"]
    task = connect.start_task_contact(
        InstanceId=instance.id, TaskTemplateId=template, Name="x",
        References={"Order id": {"Type": "STRING", "Value": "1"}})["ContactId"]
    connect.update_contact(
        InstanceId=instance.id, ContactId=task, References={"Reason": {"Type": "STRING", "Value": "no option"}})


def test_b38_campaign_flows_and_settings(connect, instance):
    moves = {"Identifier": "move", "Type": "DequeueContactAndTransferToQueue", "Parameters": {"QueueId": "q"},
             "Transitions": {"NextAction": "end", "Errors": [
                 {"ErrorType": "QueueAtCapacity", "NextAction": "end"}, {"ErrorType": "NoMatchingError", "NextAction": "end"}]}}
    flow(connect, instance, document(moves), "CAMPAIGN")
    with refused("InvalidContactFlowException", 400):
        flow(connect, instance, document(moves))
    leave = {"Identifier": "leave", "Type": "EndFlowModuleExecution", "Parameters": {}, "Transitions": {}}
    with refused("InvalidContactFlowException", 400):
        flow(connect, instance, document(leave), "CAMPAIGN")
    flow(connect, instance, document(Settings={"InputParameters": []}))


@pytest.mark.parametrize("contract, accepted", [
    ({}, True),
    ({"input": {"schema": {"type": "object"}}}, False),
    ({"input": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}}, True),
    ({"input": {"schema": {"type": "object", "required": ["b"], "properties": {"a": {"type": "string"}}}}}, True)])
def test_b42_contracts(connect, instance, contract, accepted):
    module = connect.create_contact_flow_module(
        InstanceId=instance.id, Name="Module", Content=samples.module_document(), Settings=json.dumps(contract))["Id"]
    call = {"Identifier": "call", "Type": "InvokeFlowModule", "Parameters": {"FlowModuleId": module, "Input": {"a": "1"}},
            "Transitions": {"NextAction": "end", "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "end"}]}}
    if accepted:
        flow(connect, instance, document(call))
    else:
        with refused("InvalidContactFlowException", 400):
            flow(connect, instance, document(call))


def test_b43_quick_connects_name_a_flow_plainly(connect, instance):
    plain = flow(connect, instance, document())
    connect.create_contact_flow_version(InstanceId=instance.id, ContactFlowId=plain)

    def create(flow_id):
        connect.create_quick_connect(
            InstanceId=instance.id, Name="Quick",
            QuickConnectConfig={"QuickConnectType": "FLOW", "FlowConfig": {"ContactFlowId": flow_id}})

    with pytest.raises(connect.exceptions.ClientError) as caught:
        create(plain + ":1")
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] in (400, 404)
    create(plain)


def test_b146_numbers_of_agents(connect, instance):
    ada = user(connect, instance, "ada")
    profiles = {one["Name"]: one["Id"] for one in connect.list_security_profiles(InstanceId=instance.id)["SecurityProfileSummaryList"]}
    connect.update_user_security_profiles(InstanceId=instance.id, UserId=ada, SecurityProfileIds=[profiles["Agent"]])
    statuses = {one["Name"]: one["Id"] for one in connect.list_agent_statuses(InstanceId=instance.id)["AgentStatusSummaryList"]}
    queue = connect.list_queues(InstanceId=instance.id, QueueTypes=["STANDARD"])["QueueSummaryList"][0]["Id"]
    look = {"Identifier": "look", "Type": "CheckMetricData",
            "Parameters": {"MetricType": "NumberOfAgentsAvailable", "QueueId": queue},
            "Transitions": {"NextAction": "none",
                            "Conditions": [{"NextAction": "get", "Condition": {
                                "Operator": "NumberGreaterThan", "Operands": ["0"]}}],
                            "Errors": [{"ErrorType": "NoMatchingCondition", "NextAction": "none"},
                                       {"ErrorType": "NoMatchingError", "NextAction": "end"}]}}
    step = lambda name, kind, parameters, following: {
        "Identifier": name, "Type": kind, "Parameters": parameters,
        "Transitions": {"NextAction": following, "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "end"}]}}
    counts = "$.Metrics.Agents.Online.Count $.Metrics.Agents.Available.Count $.Metrics.Agents.Busy.Count"
    content = document(
        look, step("none", "TagContact", {"Tags": {"agents": "none"}}, "end"),
        step("get", "GetMetricData", {"QueueId": queue}, "note"), step("note", "TagContact", {"Tags": {"agents": counts}}, "end"))
    flow_id = flow(connect, instance, content)

    def seen():
        task = connect.start_task_contact(InstanceId=instance.id, Name="x", ContactFlowId=flow_id)["ContactId"]
        for _ in range(500):
            contact = connect.describe_contact(InstanceId=instance.id, ContactId=task)["Contact"]
            if "DisconnectReason" in contact:
                return contact["Tags"]["agents"]
            time.sleep(0.02)
        raise AssertionError("the flow did not end")

    assert seen() == "none"
    connect.put_user_status(InstanceId=instance.id, UserId=ada, AgentStatusId=statuses["Available"])
    assert seen() == "1 1 0"
    connect.put_user_status(InstanceId=instance.id, UserId=ada, AgentStatusId=statuses["Offline"])
    assert seen() == "none"
