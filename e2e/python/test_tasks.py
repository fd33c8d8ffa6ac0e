"""The lifecycle of a task: started from a template, read, changed, moved, stopped, found (tasks.md 2, task-templates.md 5)."""

import datetime
import time

import pytest

import samples
from helpers import content_of, refused

ALL_REFERENCES = ["URL", "NUMBER", "STRING", "DATE", "EMAIL"]


def template(connect, instance, **more):
    made = connect.create_task_template(InstanceId=instance.id, **(samples.base(instance.flow) | more))
    return made["Id"]


def start(connect, instance, **more):
    request = {"Name": "Refund for Ada"} | more
    if not {"TaskTemplateId", "QuickConnectId"} & set(more):
        request.setdefault("ContactFlowId", instance.flow)
    return connect.start_task_contact(InstanceId=instance.id, **request)["ContactId"]


def describe(connect, instance, contact):
    return connect.describe_contact(InstanceId=instance.id, ContactId=contact)["Contact"]


def when(connect, instance, contact, seen):
    """The contact, once `seen` is true of it."""
    limit = time.monotonic() + 20
    while True:
        found = describe(connect, instance, contact)
        if seen(found):
            return found
        assert time.monotonic() < limit, found
        time.sleep(0.05)


def references(connect, instance, contact):
    answer = connect.list_contact_references(
        InstanceId=instance.id, ContactId=contact, ReferenceTypes=ALL_REFERENCES)
    pairs = [next(iter(entry.items())) for entry in answer["ReferenceSummaryList"]]
    return {value["Name"]: (kind, value["Value"]) for kind, value in pairs}


def test_2_3_a_task_from_a_template_goes_its_way(connect, instance):
    before = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=1)
    made = template(connect, instance)
    contact = start(
        connect, instance, TaskTemplateId=made, Description="Broken on arrival", ClientToken=samples.token(),
        Attributes={"city": "Köln"},
        References={
            "Order id": {"Type": "STRING", "Value": "A-17"}, "Amount": {"Type": "NUMBER", "Value": "12.50"},
            "Photo": {"Type": "URL", "Value": "https://example.com/p"}})
    found = when(connect, instance, contact, lambda one: "QueueInfo" in one)
    assert found["InitiationTimestamp"] >= before
    assert found.items() >= {
        "Arn": f"{instance.arn}/contact/{contact}", "Id": contact, "Name": "Refund for Ada", "Channel": "TASK",
        "Description": "Broken on arrival", "InitiationMethod": "API", "Attributes": {"city": "Köln"},
        "TaskTemplateInfo": {"Arn": f"{instance.arn}/task-template/{made}", "Name": "Refund request"},
        "Tags": {"aws:connect:instanceId": instance.id}}.items()
    assert references(connect, instance, contact) == {
        "Amount": ("Number", "12.50"), "Order id": ("String", "A-17"), "Photo": ("Url", "https://example.com/p"),
        "Reason": ("String", "Other")}
    connect.update_contact_attributes(
        InstanceId=instance.id, InitialContactId=contact, Attributes={"city": "", "step": "2"})
    answer = connect.get_contact_attributes(InstanceId=instance.id, InitialContactId=contact)
    assert answer["Attributes"] == {"city": "", "step": "2"}
    connect.update_contact(InstanceId=instance.id, ContactId=contact, Name="Refund")
    connect.tag_contact(InstanceId=instance.id, ContactId=contact, Tags={"team": "red"})
    for _ in range(2):  # 2.10.3
        assert content_of(connect.stop_contact(InstanceId=instance.id, ContactId=contact)) == {}
    found = describe(connect, instance, contact)
    assert (found["DisconnectReason"], found["Name"], found["Tags"]["team"]) == ("API", "Refund", "red")
    connect.delete_task_template(InstanceId=instance.id, TaskTemplateId=made)
    assert describe(connect, instance, contact)["TaskTemplateInfo"]["Name"] == "Refund request"  # 3.8


def test_2_10_2_what_cannot_be_stopped(connect, instance):
    with refused("ContactNotFoundException", 410):
        connect.stop_contact(InstanceId=instance.id, ContactId=samples.token())
    with refused("ResourceNotFoundException", 404):
        connect.stop_contact(InstanceId=samples.token(), ContactId=samples.token())


def test_all_that_is_wrong_with_a_start_is_in_one_message(connect, instance):
    made = template(connect, instance)
    with refused("InvalidRequestException", 400) as caught:
        start(connect, instance, TaskTemplateId=made, References={
            "Amount": {"Type": "STRING", "Value": "1"}, "Approved": {"Type": "STRING", "Value": "yes"}})
    for name in ("Order id", 'References["Amount"].Type', 'References["Approved"].Value'):
        assert name in caught.message


def test_2_6_and_2_7_scheduled_paused_resumed(connect, instance):
    at = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0) + datetime.timedelta(days=2)
    contact = start(connect, instance, ScheduledTime=at)
    later = at + datetime.timedelta(hours=1)
    connect.update_contact_schedule(InstanceId=instance.id, ContactId=contact, ScheduledTime=later)
    assert describe(connect, instance, contact)["ScheduledTimestamp"] == later
    with refused("InvalidRequestException", 400):
        connect.pause_contact(InstanceId=instance.id, ContactId=contact)
    contact = start(connect, instance)
    when(connect, instance, contact, lambda one: "QueueInfo" in one)
    connect.pause_contact(InstanceId=instance.id, ContactId=contact)
    with refused("ConflictException", 409):
        connect.pause_contact(InstanceId=instance.id, ContactId=contact)
    connect.resume_contact(InstanceId=instance.id, ContactId=contact)
    assert describe(connect, instance, contact)["TotalPauseCount"] == 1


def test_2_8_transferred(connect, instance):
    old = start(connect, instance, Attributes={"a": "1"})
    made = connect.transfer_contact(
        InstanceId=instance.id, ContactId=old, ContactFlowId=instance.flow, ClientToken=samples.token())
    new = describe(connect, instance, made["ContactId"])
    assert (new["PreviousContactId"], new["InitiationMethod"], new["Attributes"]) == (old, "TRANSFER", {"a": "1"})
    answer = connect.list_associated_contacts(InstanceId=instance.id, ContactId=old)
    assert [one["ContactId"] for one in answer["ContactSummaryList"]] == [old, made["ContactId"]]


def test_2_13_another_template(connect, instance):
    contact = start(connect, instance)
    made = template(connect, instance)
    with refused("PropertyValidationException", 400) as caught:
        connect.update_contact_task_template(InstanceId=instance.id, ContactId=contact, TaskTemplateId=made)
    assert caught.properties() == [('References["Order id"]', "REQUIRED_PROPERTY_MISSING")]
    connect.update_contact(
        InstanceId=instance.id, ContactId=contact, References={"Order id": {"Type": "STRING", "Value": "A"}})
    connect.update_contact_task_template(InstanceId=instance.id, ContactId=contact, TaskTemplateId=made)
    assert describe(connect, instance, contact)["TaskTemplateInfo"]["Name"] == "Refund request"


@pytest.mark.parametrize("criteria", [
    {}, {"Name": {"SearchText": ["wanted"], "MatchType": "MATCH_ALL"}},
    {"SearchableContactAttributes": {"Criteria": [{"Key": "kind", "Values": ["w"]}]}}])
def test_2_15_the_paginator_finds_each_once(connect, instance, criteria):
    wanted = [start(connect, instance, Name="Wanted task", Attributes={"kind": "w"}) for _ in range(7)]
    others = [start(connect, instance, Name="Other") for _ in range(4)]
    now = datetime.datetime.now(datetime.timezone.utc)
    pages = list(connect.get_paginator("search_contacts").paginate(
        InstanceId=instance.id, SearchCriteria=criteria, PaginationConfig={"PageSize": 3},
        TimeRange={
            "Type": "INITIATION_TIMESTAMP", "StartTime": now - datetime.timedelta(hours=1),
            "EndTime": now + datetime.timedelta(hours=1)}))
    found = [one["Id"] for page in pages for one in page["Contacts"]]
    expected = wanted if criteria else wanted + others
    assert sorted(found) == sorted(expected)
    assert {page["TotalCount"] for page in pages} == {len(expected)}
