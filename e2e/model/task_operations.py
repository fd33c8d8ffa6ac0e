"""Entries of the operations on tasks; see operations.py. What the specification says beyond the model about single values of a
new task is tested with the service; here such values may be taken or refused, but never with another error than these."""

from __future__ import annotations

import copy
import time
from typing import Any, Callable

import awsmodel
from client import Answer, Request
from operations import FLOW_IDS, INSTANCE_IDS, INVALID_PARAMETER, INVALID_REQUEST, NOT_FOUND, STRANGER, Base, Entry, Rules, replayed, token_gate
from oracle import Examined, Expect, constraint_error
from world import World

GONE = "ContactNotFoundException"
IDEMPOTENCY = "IdempotencyException"
QUOTA = "ServiceQuotaExceededException"
BEYOND = "values of a task beyond the model: tasks 2.3, 2.13"

EXPIRY = {"connect:ContactExpiry": {"ValueMap": {"ExpiryDuration": {"ValueInteger": 600}}}}


def start(w: World) -> Request:
    return w.request(
        "StartTaskContact", InstanceId=w.instance, ContactFlowId=w.flow, Name="Call back", Description="Soon", ClientToken=w.unique("token"),
        Attributes={"city": "Bonn", "kind": "a"}, SegmentAttributes=copy.deepcopy(EXPIRY), ScheduledTime=int(time.time()) + 3600, RelatedContactId=w.spare("contact"),
        References={"Order id": {"Type": "STRING", "Value": "A-17"}, "Order": {"Type": "URL", "Value": "https://example.com/17"}})


def create(w: World) -> Request:
    return w.request(
        "CreateContact", InstanceId=w.instance, ClientToken=w.unique("token"), RelatedContactId=w.spare("contact"), Attributes={"city": "Bonn"},
        References={"Order id": {"Type": "STRING", "Value": "A-17"}}, Channel="TASK", InitiationMethod="API", ExpiryDurationInMinutes=60, InitiateAs="COMPLETED",
        Name="Call back", Description="Soon")


def named(w: World, found: Examined, operation: str, member: str, own: str, arn: str, missing: str = NOT_FOUND) -> Expect | None:
    """None: the member names the thing, in the path, the query or the body."""
    places = (found.labels, found.body, {k.lower(): v[0] for k, v in found.query.items() if v})
    text = next((place[name] for place in places for name in (member, member.lower()) if place.get(name) is not None), None)
    if text in (own, arn):
        return None
    if not text or text.startswith("arn:"):
        return Expect.refused(missing, NOT_FOUND, constraint_error(awsmodel.Operation(operation)), why=f"{member} malformed or unknown")
    return Expect.refused(missing, why=f"{member} unknown: tasks 1.1.10, 2.10.2")


def gate(w: World, found: Examined, operation: str, member: str = "ContactId", missing: str = NOT_FOUND) -> Expect | None:
    contact = w.spare("contact")
    instance = named(w, found, operation, "InstanceId", w.instance, w.arn)
    return instance or named(w, found, operation, member, contact, f"{w.arn}/contact/{contact}", missing)


def on_contact(operation: str, *errors: str, member: str = "ContactId", missing: str = NOT_FOUND, why: str = BEYOND) -> Rules:
    """The contact is there; then the request is taken, or refused with one of `errors`."""
    def rules(w: World, found: Examined) -> Expect:
        closed = gate(w, found, operation, member, missing)
        token = token_gate(found, operation) or token_gate(Examined([], query={"NextToken": found.query.get("nextToken", [""])}), operation)
        if closed and (token or errors):
            return closed | (token or Expect.refused(*errors, why=why))
        return closed or token or (Expect.open(*errors, why=why) if errors else Expect.accepted())
    return rules


def making(operation: str, *errors: str) -> Rules:
    """A new contact: everything but the instance may be wrong in ways the model does not know."""
    def rules(w: World, found: Examined) -> Expect:
        closed = named(w, found, operation, "InstanceId", w.instance, w.arn)
        used = replayed(w, operation, found)
        if closed:
            return closed
        if used:
            return Expect.open(*errors, why="task-templates 5.9.2: a token used before")
        return Expect.open(*errors, why=BEYOND)
    return rules


def after_making(w: World, found: Examined, answer: Answer) -> None:
    contact = w.must(w.request("DescribeContact", InstanceId=w.instance, ContactId=answer.json["ContactId"]))["Contact"]
    assert contact["Channel"] == "TASK" and contact["Name"] == (found.body.get("Name") or "")
    for key, value in (found.body.get("Attributes") or {}).items():
        assert value is None or contact["Attributes"][key] == value
    if found.body.get("Description"):
        assert contact["Description"] == found.body["Description"]
    w.must(w.request("StopContact", InstanceId=w.instance, ContactId=answer.json["ContactId"]))


def nothing(w: World, found: Examined, answer: Answer) -> None:
    assert answer.json == {}


def spent(w: World, found: Examined, answer: Answer) -> None:
    w.spend("contact")


def after_attributes(w: World, found: Examined, answer: Answer) -> None:
    shown = w.must(w.request("GetContactAttributes", InstanceId=w.instance, InitialContactId=w.spare("contact")))["Attributes"]
    assert shown.items() >= {k: v for k, v in found.body["Attributes"].items() if v is not None}.items()
    w.spend("contact")  # room for 32 KB more


def search_rules(w: World, found: Examined) -> Expect:
    closed = named(w, found, "SearchContacts", "InstanceId", w.instance, w.arn)
    faults = []
    span = found.body["TimeRange"]
    if span["StartTime"] > span["EndTime"]:
        faults.append(Expect.refused(INVALID_PARAMETER, why="tasks 2.15.1"))
    if found.body.get("NextToken"):
        faults.append(Expect.refused(INVALID_PARAMETER, why="tasks 1.1.12"))
    if closed:
        return closed | faults[0] if faults else closed
    return faults[0] if faults else Expect.open(INVALID_PARAMETER, why="tasks 2.15: ranges within the criteria")


def of_spare(operation: str, member: str = "ContactId", **more: Any) -> Callable[[World], Request]:
    """What tries a value changes the request in place, so each has its own."""
    return lambda w: w.request(operation, InstanceId=w.instance, **{member: w.spare("contact")}, **copy.deepcopy(more))


def extra(member: str = "ContactId") -> dict[str, dict[str, Callable[[World], Any]]]:
    return {"InstanceId": INSTANCE_IDS, member: {
        "own-arn": lambda w: f"{w.arn}/contact/{w.spare('contact')}", "unknown-id": lambda w: STRANGER, "flow-id": lambda w: w.flow,
        "arn-of-other-instance": lambda w: f"{w.arn.replace(w.instance, STRANGER)}/contact/{w.spare('contact')}"}}


def entry(operation: str, *errors: str, after: Callable[[World, Examined, Answer], None] = nothing, member: str = "ContactId", missing: str = NOT_FOUND, **more: Any) -> Entry:
    return Entry([Base(of_spare(operation, member, **more))], on_contact(operation, *errors, member=member, missing=missing), after, extra=extra(member))


TRANSFER_FAULTS = (INVALID_REQUEST, NOT_FOUND, IDEMPOTENCY, QUOTA)
MAKE_FAULTS = (INVALID_REQUEST, INVALID_PARAMETER, NOT_FOUND)
READ = lambda w, f, a: None  # noqa: E731

OPERATIONS: dict[str, Entry] = {
    "StartTaskContact": Entry([Base(start)], making("StartTaskContact", *MAKE_FAULTS), after_making, extra={"InstanceId": INSTANCE_IDS, "ContactFlowId": FLOW_IDS}),
    "CreateContact": Entry([Base(create)], making("CreateContact", *MAKE_FAULTS, IDEMPOTENCY), after_making, extra={"InstanceId": INSTANCE_IDS}),
    "DescribeContact": entry("DescribeContact", after=READ),
    "ListContactReferences": entry("ListContactReferences", after=READ, ReferenceTypes=["URL", "STRING"]),
    "GetContactAttributes": entry("GetContactAttributes", after=READ, member="InitialContactId"),
    "UpdateContactAttributes": entry(
        "UpdateContactAttributes", INVALID_PARAMETER, after=after_attributes, member="InitialContactId", Attributes={"city": "Bonn", "kind": "a"}),
    "StopContact": entry("StopContact", after=lambda w, f, a: spent(w, f, a), missing=GONE),
    "UpdateContact": entry(
        "UpdateContact", INVALID_REQUEST, INVALID_PARAMETER, Name="Other", Description="Later", References={"Order id": {"Type": "STRING", "Value": "B"}}, SegmentAttributes=EXPIRY),
    "TagContact": entry("TagContact", INVALID_REQUEST, after=spent, Tags={"team": "red", "cost": "4711"}),
    "UntagContact": entry("UntagContact", INVALID_REQUEST, INVALID_PARAMETER, TagKeys=["team", "cost"]),
    "UpdateContactRoutingData": entry("UpdateContactRoutingData", INVALID_PARAMETER, QueuePriority=3, RoutingCriteria={"Steps": [
        {"Expiry": {"DurationInSeconds": 30}, "Expression": {"AttributeCondition": {"Name": "Language", "Value": "German", "ProficiencyLevel": 3.0,
                                                                                     "ComparisonOperator": "NumberGreaterOrEqualTo"}}}]}),
    "PauseContact": entry("PauseContact", INVALID_REQUEST, NOT_FOUND, after=spent, ContactFlowId=None),
    "TransferContact": Entry(
        [Base(lambda w: of_spare("TransferContact", ContactFlowId=w.flow, ClientToken=w.unique("token"))(w))], on_contact("TransferContact", *TRANSFER_FAULTS), spent,
        extra=extra() | {"ContactFlowId": FLOW_IDS}),
    "UpdateContactTaskTemplate": Entry(
        [Base(lambda w: of_spare("UpdateContactTaskTemplate", TaskTemplateId=w.spare("template"))(w))],
        on_contact("UpdateContactTaskTemplate", NOT_FOUND, INVALID_REQUEST), spent, extra=extra()),
    "ListAssociatedContacts": entry("ListAssociatedContacts", after=READ, MaxResults="5"),
    "SearchContacts": Entry([Base(lambda w: w.request(
        "SearchContacts", InstanceId=w.instance, TimeRange={"Type": "INITIATION_TIMESTAMP", "StartTime": 1_700_000_000, "EndTime": 1_700_003_600},
        SearchCriteria={"Name": {"SearchText": ["call"], "MatchType": "MATCH_ALL"}, "Channels": ["TASK"], "ContactTags": {"TagCondition": {"TagKey": "team", "TagValue": "red"}}},
        MaxResults=5, Sort={"FieldName": "INITIATION_TIMESTAMP", "Order": "ASCENDING"}))], search_rules, extra={"InstanceId": INSTANCE_IDS}),
}
