"""Entries of the operations on users, queues and the profiles and hours that they name; see operations.py."""

from __future__ import annotations

import json
from typing import Any

from client import Answer
from operations import (
    DUPLICATE, FLOW_IDS, INSTANCE_IDS, INVALID_PARAMETER, INVALID_REQUEST, NOT_FOUND, STRANGER, Base, Entry, Rules, _either, _unwritten_name, describing, id_gate, instance_gate,
    listing)
from oracle import Examined, Expect
import template_rules
from user_rules import LISTS, channel_faults, identity_faults, username_fault
from world import CHANNEL_CONFIGS, PASSWORD, World, create_user


def settle(faults: list[Expect | None], opens: list[Expect | None] = ()) -> Expect:
    """Broken rules first; which of several answers first is not written down. `opens` are forms the specification is silent on."""
    found, doubts = [f for f in faults if f], [o for o in opens if o]
    if len(found) == 1 and not doubts:
        return found[0]
    if found:
        out = _either(found + doubts)
        return Expect(errors=out.errors, why=out.why)
    return _either(doubts) if doubts else Expect.accepted()


def unknown(member: str, text: str | None, known: set[str]) -> Expect | None:
    """An id in a body that names nothing; no id and an empty one are the same."""
    if not text or text in known:
        return None
    return Expect.refused(NOT_FOUND, *([INVALID_PARAMETER] if text.startswith("arn:") else []), why=f"tasks 1.1.10: {member}")


def bad_tags(found: Examined) -> Expect | None:
    if any(v is not None and template_rules.has_control(v) for v in (found.body.get("Tags") or {}).values()):
        return Expect.refused(INVALID_PARAMETER, why="task-templates 4.2")
    return None


def reads_back(body: dict[str, Any], shown: dict[str, Any], *members: str) -> None:
    for member in members:
        if body.get(member) is not None:
            assert without_null(shown.get(member)) == without_null(body[member]), f"{member} reads back as {shown.get(member)!r}"


def without_empty(members: dict[str, Any] | None) -> dict[str, Any] | None:
    """Of an identity or a phone an empty text is none (administration 2.7.2, 2.7.4); with nothing left, there is none."""
    kept = {k: v for k, v in (members or {}).items() if v not in ("", None)}
    return kept or None


def without_null(value: Any) -> Any:
    """Null is absence; members that the model does not know are not kept."""
    if isinstance(value, dict):
        return {k: without_null(v) for k, v in value.items() if v is not None and not k.startswith("x-unknown")}
    return [without_null(v) for v in value if v is not None] if isinstance(value, list) else value


# --- users --------------------------------------------------------------------------------------------------------------


def create_user_rules(w: World, found: Examined) -> Expect:
    gate = instance_gate(w, found, "CreateUser")
    if gate:
        return gate
    body = found.body
    faults = [bad_tags(found), one_of(body["RoutingProfileId"], w.routing_profile, f"{w.arn}/routing-profile/{w.routing_profile}", "RoutingProfileId")]
    faults += [one_of(text, w.security_profile, f"{w.arn}/security-profile/{w.security_profile}", "SecurityProfileIds") for text in body["SecurityProfileIds"]]
    group = w.spare("group") if body.get("HierarchyGroupId") else ""
    faults.append(unknown("HierarchyGroupId", body.get("HierarchyGroupId"), {group, f"{w.arn}/agent-group/{group}"}))
    faults += [username_fault(body["Username"]), *identity_faults(body.get("IdentityInfo")), *channel_faults(body)]
    if body["Username"] == user_name(w):
        faults.append(Expect.refused(DUPLICATE, why="tasks 1.3"))
    return settle(faults)


def one_of(text: str, own: str, arn: str, member: str) -> Expect | None:
    if text in (own, arn):
        return None
    return unknown(member, text, set()) or Expect.refused(NOT_FOUND, INVALID_PARAMETER, INVALID_REQUEST, why=f"{member} is empty")


def user_name(w: World) -> str:
    return w.must(w.request("DescribeUser", InstanceId=w.instance, UserId=w.spare("agent")))["User"]["Username"]


def after_create_user(w: World, found: Examined, answer: Answer) -> None:
    body, new = found.body, answer.json["UserId"]
    assert answer.json["UserArn"] == f"{w.arn}/agent/{new}"
    shown = w.must(w.request("DescribeUser", InstanceId=w.instance, UserId=new))["User"]
    body = body | {"IdentityInfo": without_empty(body.get("IdentityInfo")), "PhoneConfig": without_empty(body.get("PhoneConfig"))}
    body |= {name: [without_empty(entry) for entry in without_null(body.get(name) or [])] or None for name in LISTS}
    reads_back(body, shown, "Username", "DirectoryUserId", "IdentityInfo", "PhoneConfig", "AutoAcceptConfigs", "AfterContactWorkConfigs", "PhoneNumberConfigs",
               "PersistentConnectionConfigs", "VoiceEnhancementConfigs")
    assert shown.get("HierarchyGroupId", "") == (body.get("HierarchyGroupId") or "").rpartition("/")[2]
    assert shown["RoutingProfileId"] == w.routing_profile and set(shown["SecurityProfileIds"]) == {w.security_profile}
    assert shown.get("Tags", {}) == without_null(body.get("Tags") or {})
    assert PASSWORD not in json.dumps(shown)
    w.must(w.request("DeleteUser", InstanceId=w.instance, UserId=new))


def watch_users(w: World) -> Any:
    return w.must(w.request("ListUsers", InstanceId=w.instance, MaxResults="1000"))


def after_delete_user(w: World, found: Examined, answer: Answer) -> None:
    gone = w.spare("user")
    assert w.client.send(w.request("DescribeUser", InstanceId=w.instance, UserId=gone)).status == 404
    assert all(q["Id"] != gone for q in w.must(w.request("ListQueues", InstanceId=w.instance, QueueTypes=["AGENT"], MaxResults="1000"))["QueueSummaryList"])
    w.spend("user")


def ids(kind: str, name: str) -> dict[str, Any]:
    own = lambda w: w.spare(name)
    return {
        "own-arn": lambda w: f"{w.arn}/{kind}/{own(w)}", "unknown-id": lambda w: STRANGER, "flow-id": lambda w: w.flow,
        "arn-of-other-kind": lambda w: f"{w.arn}/contact-flow/{own(w)}", "arn-of-other-instance": lambda w: f"{w.arn.replace(w.instance, STRANGER)}/{kind}/{own(w)}"}


# --- queues -------------------------------------------------------------------------------------------------------------


def create_queue_rules(w: World, found: Examined) -> Expect:
    gate = instance_gate(w, found, "CreateQueue")
    if gate:
        return gate
    body = found.body
    faults = [bad_tags(found), one_of(body["HoursOfOperationId"], w.hours, f"{w.arn}/operating-hours/{w.hours}", "HoursOfOperationId")]
    faults += [one_of(text, w.quick_connect, f"{w.arn}/transfer-destination/{w.quick_connect}", "QuickConnectIds") for text in body.get("QuickConnectIds") or []]
    caller = body.get("OutboundCallerConfig") or {}
    faults += outbound_caller_faults(w, caller)
    addresses = [config["EmailAddressId"] for config in body.get("EmailAddressesConfig") or []]
    if addresses or (body.get("OutboundEmailConfig") or {}).get("OutboundEmailAddressId") is not None:
        faults.append(Expect.refused(NOT_FOUND, why="administration 2.4.6"))
    if body["Name"] in w.names.get("queue", {"BasicQueue"}):
        faults.append(Expect.refused(DUPLICATE, why="tasks 1.3"))
    opens = []
    if _unwritten_name(body["Name"]) or template_rules.has_control(body.get("Description") or ""):
        opens.append(Expect.open(INVALID_PARAMETER, INVALID_REQUEST, why="limits of names beyond the model are not written down"))
    return settle(faults, opens)


def outbound_caller_faults(w: World, caller: dict[str, Any]) -> list[Expect | None]:
    """administration 2.4.4: no empty number, no empty flow; the flow is there and of its type."""
    flow = caller.get("OutboundFlowId")
    empty = flow == "" or caller.get("OutboundCallerIdNumberId") == ""
    faults: list[Expect | None] = [Expect.refused(INVALID_PARAMETER, why="administration 2.4.4") if empty else None]
    if flow:
        types = {i: f["ContactFlowType"] for f in w.flows for i in (f["Id"], f"{w.arn}/contact-flow/{f['Id']}")}
        faults.append(unknown("OutboundCallerConfig.OutboundFlowId", flow, set(types)))
        if types.get(flow, "OUTBOUND_WHISPER") != "OUTBOUND_WHISPER":
            faults.append(Expect.refused(INVALID_REQUEST, why="administration 2.4.4"))
    return faults


def after_create_queue(w: World, found: Examined, answer: Answer) -> None:
    body, new = found.body, answer.json["QueueId"]
    w.names.setdefault("queue", {"BasicQueue"}).add(body["Name"])
    assert answer.json["QueueArn"] == f"{w.arn}/queue/{new}"
    shown = w.must(w.request("DescribeQueue", InstanceId=w.instance, QueueId=new))["Queue"]
    reads_back(body, shown, "Name", "Description", "MaxContacts")
    assert shown["HoursOfOperationId"] == w.hours and shown["Status"] == "ENABLED"
    assert shown.get("Tags", {}) == without_null(body.get("Tags") or {})


def after_list_queues(w: World, found: Examined, answer: Answer) -> None:
    types = found.query.get("QueueTypes") or ["STANDARD", "AGENT"]
    assert all(queue["QueueType"] in types for queue in answer.json["QueueSummaryList"])


def list_entry(operation: str) -> Entry:
    return Entry([Base(lambda w: w.request(operation, InstanceId=w.instance, MaxResults="5"))], listing(operation), extra={"InstanceId": INSTANCE_IDS})


def delete_user_rules(w: World, found: Examined) -> Expect:
    own = w.spare("user")
    return instance_gate(w, found, "DeleteUser") or id_gate(w, found, "DeleteUser", "UserId", own, f"{w.arn}/agent/{own}") or Expect.accepted()


OPERATIONS: dict[str, Entry] = {
    "CreateUser": Entry([Base(create_user), Base(lambda w: w.request("CreateUser", InstanceId=w.instance, Username=w.unique("user"), SecurityProfileIds=[w.security_profile], RoutingProfileId=w.routing_profile, HierarchyGroupId=w.spare("group"), **CHANNEL_CONFIGS))], create_user_rules, after_create_user, watch=watch_users, extra={
        "InstanceId": INSTANCE_IDS,
        "Username": {"in-use": user_name},
        "Password": {v: (lambda w, v=v: v) for v in ("aB3defgh", "aB3defg", "ab3defgh", "AB3DEFGH", "aBcdefgh", "aB3 defgh", "aB3" + "d" * 61, "aB3" + "d" * 62, "\u00e9B3defgh", "a\u00c93defgh", "aB\u0663defgh")},
        "RoutingProfileId": {"own-arn": lambda w: f"{w.arn}/routing-profile/{w.routing_profile}", "unknown-id": lambda w: STRANGER, "queue-id": lambda w: w.queue},
        "SecurityProfileIds[]": {"own-arn": lambda w: f"{w.arn}/security-profile/{w.security_profile}", "unknown-id": lambda w: STRANGER},
        "HierarchyGroupId": {"own-arn": lambda w: f"{w.arn}/agent-group/{w.spare('group')}", "unknown-id": lambda w: STRANGER}}),
    "DescribeUser": Entry(
        [Base(lambda w: w.request("DescribeUser", InstanceId=w.instance, UserId=w.spare("agent")))], describing("DescribeUser", "UserId", lambda w: w.spare("agent"), "agent"),
        extra={"InstanceId": INSTANCE_IDS, "UserId": ids("agent", "agent")}),
    "ListUsers": list_entry("ListUsers"),
    "DeleteUser": Entry(
        [Base(lambda w: w.request("DeleteUser", InstanceId=w.instance, UserId=w.spare("user")))], delete_user_rules, after_delete_user, watch=watch_users,
        extra={"InstanceId": INSTANCE_IDS, "UserId": ids("agent", "user")}),
    "CreateQueue": Entry(
        [Base(lambda w: w.request("CreateQueue", InstanceId=w.instance, Name=w.unique("queue"), Description="Refunds", HoursOfOperationId=w.hours, MaxContacts=7,
                                  QuickConnectIds=[w.quick_connect], Tags={"team": "blue"})),
         Base(lambda w: w.request("CreateQueue", InstanceId=w.instance, Name=w.unique("queue"), HoursOfOperationId=w.hours,
                                  OutboundCallerConfig={"OutboundCallerIdName": "Refunds", "OutboundFlowId": w.flow_of("OUTBOUND_WHISPER")}))],
        create_queue_rules, after_create_queue, extra={
            "InstanceId": INSTANCE_IDS, "Name": {"in-use": lambda w: "BasicQueue"}, "OutboundCallerConfig.OutboundFlowId": FLOW_IDS,
            "HoursOfOperationId": {"own-arn": lambda w: f"{w.arn}/operating-hours/{w.hours}", "unknown-id": lambda w: STRANGER, "queue-id": lambda w: w.queue},
            "QuickConnectIds[]": {"own-arn": lambda w: f"{w.arn}/transfer-destination/{w.quick_connect}", "unknown-id": lambda w: STRANGER}}),
    "DescribeQueue": Entry(
        [Base(lambda w: w.request("DescribeQueue", InstanceId=w.instance, QueueId=w.queue))], describing("DescribeQueue", "QueueId", lambda w: w.queue, "queue"),
        extra={"InstanceId": INSTANCE_IDS, "QueueId": {
            "own-arn": lambda w: f"{w.arn}/queue/{w.queue}", "unknown-id": lambda w: STRANGER, "flow-id": lambda w: w.flow,
            "queue-of-a-user": lambda w: w.spare("agent"), "arn-of-the-queue-of-a-user": lambda w: f"{w.arn}/queue/agent/{w.spare('agent')}"}}),
    "ListQueues": Entry(
        [Base(lambda w: w.request("ListQueues", InstanceId=w.instance, QueueTypes=["STANDARD", "AGENT"], MaxResults="5"))], listing("ListQueues"), after_list_queues,
        extra={"InstanceId": INSTANCE_IDS}),
    "ListRoutingProfiles": list_entry("ListRoutingProfiles"),
    "ListSecurityProfiles": list_entry("ListSecurityProfiles"),
    "ListHoursOfOperations": list_entry("ListHoursOfOperations"),
}
