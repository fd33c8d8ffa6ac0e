"""Entries of the operations on tasks; see operations.py. The rules are those of tasks 2 and task-templates 5."""

from __future__ import annotations

import time
from typing import Any, Callable

from agent_operations import settle, unknown, without_null
from client import Answer, Request
from operations import (
    INSTANCE_IDS, INVALID_PARAMETER, INVALID_REQUEST, NOT_FOUND, STRANGER, Base, Entry, Rules, instance_gate,
    remember, repeated, replayed, token_gate)
from oracle import Examined, Expect
from template_rules import has_control
from world import World, create_contact, start_task
from task_members import (
    CONFLICT, DAY, EXPIRY, EXPIRY_MAX, FLOWS, PROPERTIES, REFERENCE_TYPES, REPEATED, STARTING, UNKNOWN_CONTACT,
    attribute_faults, contacts, described, expiry_of, flow_fault, gate_of, given, reference_doubts,
    reference_faults, same_attributes, schedule_fault, segment_faults, state, task_gate, told_again)


# --- making tasks -------------------------------------------------------------------------------------------------------

REFERENCES = {"Link": {"Type": "URL", "Value": "https://example.com/a"}, "Amount": {"Type": "NUMBER", "Value": "12.50"}, "Due": {"Type": "DATE", "Value": "1900000000"},
              "Mail": {"Type": "EMAIL", "Value": "ada@example.com"}, "Order": {"Type": "STRING", "Value": "4711"}}
SEGMENTS = {EXPIRY: {"ValueMap": {"ExpiryDuration": {"ValueInteger": 600}}}}


def full_start(w: World) -> Request:
    return start_task(w, Description="About refunds", ClientToken=w.unique("token"), Attributes={"tier": "gold", "order": "4711"}, References=REFERENCES, SegmentAttributes=SEGMENTS)


def start_from_template(w: World) -> Request:
    return start_task(w, ContactFlowId=None, TaskTemplateId=w.spare("fixed template"), References={"Order id": {"Type": "STRING", "Value": "4711"}})


def start_rules(w: World, found: Examined) -> Expect:
    gate = gate_of(found, "StartTaskContact", "InstanceId", w.instance, w.arn)
    if gate:
        return gate
    if repeated(w, "StartTaskContact", found):
        return Expect.accepted("tasks 1.1.11")
    body, faults, doubts = found.body, [], []
    if replayed(w, "StartTaskContact", found):
        faults.append(Expect.refused(INVALID_PARAMETER, INVALID_REQUEST, why="task-templates 5.9.2"))
    faults += start_source(w, body)
    previous, related = body.get("PreviousContactId"), body.get("RelatedContactId")
    if previous and related:
        faults.append(Expect.refused(INVALID_REQUEST, why="tasks 2.3.9"))
    own = w.spare("fixed contact")
    faults += [unknown(m, t, {own, f"{w.arn}/contact/{own}"}) for m, t in (("PreviousContactId", previous), ("RelatedContactId", related))]
    faults += attribute_faults(body.get("Attributes")) + reference_faults(body.get("References"))
    doubts += reference_doubts(body.get("References"))
    bad, odd = segment_faults(body.get("SegmentAttributes"), ("connect:CreatedByUser", "connect:AssignmentType"))
    faults, doubts = faults + bad, doubts + odd
    faults.append(schedule_fault(found))
    if body.get("Attachments"):
        faults.append(Expect.refused(INVALID_REQUEST, named=("Attachments",), why="tasks 2.3.22"))
    return settle(faults, doubts)


def start_source(w: World, body: dict[str, Any]) -> list[Expect | None]:
    """Which flow runs (task-templates 5.3), and what the template asks for (5.5, 5.6)."""
    flow, quick, template = body.get("ContactFlowId"), body.get("QuickConnectId"), body.get("TaskTemplateId")
    faults: list[Expect | None] = [flow_fault(w, flow, STARTING)]
    quick_connects = {w.quick_connect, f"{w.arn}/transfer-destination/{w.quick_connect}", w.spare("phone")}
    faults.append(unknown("QuickConnectId", quick, quick_connects))
    if quick == w.spare("phone"):
        faults.append(Expect.refused(INVALID_REQUEST, why="tasks 2.3.18"))
    own = w.spare("fixed template")
    if not template:
        if bool(flow) == bool(quick):
            faults.append(Expect.refused(INVALID_REQUEST, why="tasks 2.3.1"))
    elif template == w.spare("inactive template"):
        faults.append(Expect.refused(INVALID_REQUEST, why="tasks 2.3.4"))
    elif template not in (own, f"{w.arn}/task-template/{own}"):
        faults.append(unknown("TaskTemplateId", template, set()))
        faults.append(Expect.refused(NOT_FOUND, INVALID_REQUEST, why="tasks 2.3.4, and what else depends on the template"))
    else:
        if quick or flow and flow not in (w.flow, f"{w.arn}/contact-flow/{w.flow}"):
            faults.append(Expect.refused(INVALID_REQUEST, why="task-templates 5.3.2"))
        faults += template_faults(body)
    return faults


def template_faults(body: dict[str, Any]) -> list[Expect]:
    """The fields of `template_body`: "Task name" and "Order id" are required, "Details" and "Notes" cannot be overwritten."""
    out = []
    order = (body.get("References") or {}).get("Order id")
    if not body["Name"]:
        out.append(Expect.refused(INVALID_REQUEST, named=("Task name",), why="task-templates 5.5.3"))
    if order is None or order["Type"] == "STRING" and not order.get("Value"):
        out.append(Expect.refused(INVALID_REQUEST, named=("Order id",), why="task-templates 5.5.2"))
    elif order["Type"] != "STRING":
        out.append(Expect.refused(INVALID_REQUEST, INVALID_PARAMETER, why="task-templates 5.6.2"))
    elif len(order["Value"]) >= 512 or has_control(order["Value"]) or not order["Value"].strip():
        out.append(Expect.refused(INVALID_REQUEST, why="task-templates 5.6.1") if len(order["Value"]) >= 512 else Expect(
            ok=True, errors=frozenset({INVALID_REQUEST}), why="task-templates 2.4: blanks and control characters"))
    if body.get("Description"):
        out.append(Expect.refused(INVALID_REQUEST, why="task-templates 5.7.1"))
    if has_control(body["Name"]):
        out.append(Expect(ok=True, errors=frozenset({INVALID_REQUEST}), why="task-templates 2.4: control characters"))
    return out


def after_start(w: World, found: Examined, answer: Answer) -> None:
    body, new = found.body, answer.json["ContactId"]
    if repeated(w, "StartTaskContact", found):
        return
    remember(w, "StartTaskContact", found)
    shown = told_again(w, body, new)
    same_attributes(w, body, new)
    assert shown["InitiationMethod"] == "API" and shown["Channel"] == "TASK" and shown["Arn"] == f"{w.arn}/contact/{new}"
    assert shown["SegmentAttributes"]["connect:Subtype"] == {"ValueString": "connect:Task"}
    if body.get("PreviousContactId"):
        assert shown["PreviousContactId"] == shown["InitialContactId"] == w.spare("fixed contact")
    w.stop(new)


def create_rules(w: World, found: Examined) -> Expect:
    gate = gate_of(found, "CreateContact", "InstanceId", w.instance, w.arn)
    if gate:
        return gate
    if repeated(w, "CreateContact", found):
        return Expect.accepted("tasks 1.1.11")
    body, faults, doubts = found.body, [], []
    if replayed(w, "CreateContact", found):
        faults.append(Expect.refused(REPEATED, why="tasks 2.5.7"))
    if body["Channel"] != "TASK" or body["InitiationMethod"] != "API" or body.get("PreviousContactId"):
        faults.append(Expect.refused(INVALID_REQUEST, why="tasks 2.5.1, 2.5.6"))
    own, agent = w.spare("fixed contact"), w.spare("agent")
    faults.append(unknown("RelatedContactId", body.get("RelatedContactId"), {own, f"{w.arn}/contact/{own}"}))
    user = (body.get("UserInfo") or {}).get("UserId")
    faults.append(unknown("UserInfo.UserId", user, {agent, f"{w.arn}/agent/{agent}"}))
    if (body.get("InitiateAs") == "CONNECTED_TO_USER") != bool(user):
        faults.append(Expect.refused(INVALID_REQUEST, why="tasks 2.5.4, B80"))
    minutes, other = body.get("ExpiryDurationInMinutes"), expiry_of(body.get("SegmentAttributes"))
    if minutes is not None and not 1 <= minutes <= EXPIRY_MAX:
        faults.append(Expect.refused(INVALID_PARAMETER, named=("ExpiryDurationInMinutes",), why="tasks 2.3.14"))
    if None not in (minutes, other) and minutes != other:
        faults.append(Expect.refused(INVALID_REQUEST, why="tasks 2.5.6"))
    faults += attribute_faults(body.get("Attributes")) + reference_faults(body.get("References"), (*REFERENCE_TYPES, "ATTACHMENT"))
    bad, odd = segment_faults(body.get("SegmentAttributes"))
    return settle(faults + bad, doubts + odd + reference_doubts(body.get("References")))


def after_create(w: World, found: Examined, answer: Answer) -> None:
    body, new = found.body, answer.json["ContactId"]
    if repeated(w, "CreateContact", found):
        return
    remember(w, "CreateContact", found)
    assert answer.json["ContactArn"] == f"{w.arn}/contact/{new}"
    shown = told_again(w, body, new)
    same_attributes(w, body, new)
    assert shown["SegmentAttributes"]["connect:Subtype"] == {"ValueString": "connect:ExternalTask"}
    assert ("DisconnectTimestamp" in shown) == (body.get("InitiateAs") == "COMPLETED")
    assert ("AgentInfo" in shown) == (body.get("InitiateAs") == "CONNECTED_TO_USER")
    w.stop(new)


def full_create(w: World) -> Request:
    return create_contact(w, Description="From elsewhere", ClientToken=w.unique("token"), ExpiryDurationInMinutes=600, Attributes={"tier": "gold", "order": "4711"}, References=REFERENCES)


# --- reading ------------------------------------------------------------------------------------------------------------


def reading(operation: str, member: str = "ContactId") -> Rules:
    def rules(w: World, found: Examined) -> Expect:
        gate, token = task_gate(w, found, operation, "fixed contact", member), token_gate(found, operation) if "NextToken" in found.query else None
        return gate | token if gate and token else gate or token or Expect.accepted()
    return rules


def read(operation: str, member: str = "ContactId", **more: Any) -> Entry:
    return Entry(
        [Base(lambda w: w.request(operation, InstanceId=w.instance, **{member: w.spare("fixed contact")}, **more))], reading(operation, member),
        extra={"InstanceId": INSTANCE_IDS, member: contacts("fixed contact")})


def search(w: World, **more: Any) -> Request:
    now = int(time.time())
    return w.request("SearchContacts", InstanceId=w.instance, TimeRange={"Type": "INITIATION_TIMESTAMP", "StartTime": now - 3, "EndTime": now + 60}, **more)


def search_everything(w: World) -> Request:
    attributes = {"Criteria": [{"Key": "tier", "Values": ["gold"]}], "MatchType": "MATCH_ANY"}
    now, tag = int(time.time()), {"TagKey": "team", "TagValue": "blue"}
    texts = {"SearchText": ["back"], "MatchType": "MATCH_ANY"}
    times = [{"TimestampCondition": {"Type": "DISCONNECT_TIMESTAMP", "ConditionType": "NOT_EXISTS"}},
             {"TimeRange": {"Type": "INITIATION_TIMESTAMP", "StartTime": now - DAY, "EndTime": now + DAY}}]
    return search(w, MaxResults=10, Sort={"FieldName": "INITIATION_TIMESTAMP", "Order": "ASCENDING"}, SearchCriteria={
        "Name": texts, "AgentIds": [w.spare("agent")], "Channels": ["TASK"], "InitiationMethods": ["API"], "QueueIds": [w.queue],
        "AgentHierarchyGroups": {f"L{n}Ids": [STRANGER] for n in range(1, 6)},
        "ContactAnalysis": {"Transcript": {"Criteria": [{"ParticipantRole": "AGENT", **texts}], "MatchType": "MATCH_ALL"}},
        "RoutingCriteria": {"Steps": [{"AgentCriteria": {"AgentIds": [w.spare("agent")], "MatchType": "MATCH_ANY"}}]},
        "AdditionalTimeRange": {"Criteria": times, "MatchType": "MATCH_ALL"},
        "SearchableContactAttributes": attributes, "SearchableSegmentAttributes": attributes, "ActiveRegions": ["us-east-1"],
        "ContactTags": {"OrConditions": [[tag]], "AndConditions": [tag], "TagCondition": tag},
        "AiAgents": {"Criteria": [{"Id": STRANGER, "VersionNumber": 1, "AiAgentEscalated": False, "AiUseCase": "SelfService"}]}})


def search_rules(w: World, found: Examined) -> Expect:
    gate = gate_of(found, "SearchContacts", "InstanceId", w.instance, w.arn)
    body, faults, doubts = found.body, [], []
    faults += range_fault(body["TimeRange"])
    for one in ((body.get("SearchCriteria") or {}).get("AdditionalTimeRange") or {}).get("Criteria") or []:
        both = one.get("TimeRange") is not None, one.get("TimestampCondition") is not None
        if both[0]:
            faults += range_fault(one["TimeRange"])
        if both[0] == both[1]:
            doubts.append(Expect.open(INVALID_PARAMETER, why="both or neither of a union is not spoken of"))
    if body.get("NextToken"):
        faults.append(Expect.refused(INVALID_PARAMETER, named=("NextToken",), why="tasks 1.1.12"))
    criteria = body.get("SearchCriteria") or {}
    bounded = [criteria.get("RoutingCriteria"), criteria.get("AdditionalTimeRange"), criteria.get("ContactTags")]
    if longest(bounded) > CRITERIA_MAX:
        faults.append(Expect.refused(INVALID_PARAMETER, why="B141"))
    return gate or settle(faults, doubts)


CRITERIA_MAX = 100


def longest(value: Any) -> int:
    """The longest list anywhere below."""
    if isinstance(value, dict):
        return max(map(longest, value.values()), default=0)
    return max([len(value), *map(longest, value)]) if isinstance(value, list) else 0


def range_fault(span: dict[str, Any]) -> list[Expect]:
    start, end = span["StartTime"], span["EndTime"]
    if isinstance(start, str) or isinstance(end, str):
        return []
    return [Expect.refused(INVALID_PARAMETER, named=("TimeRange",), why="tasks 2.15.1")] if start > end else []


def after_search(w: World, found: Examined, answer: Answer) -> None:
    assert answer.json["TotalCount"] >= len(answer.json["Contacts"]) <= (found.body.get("MaxResults") or 100)


# --- changing -----------------------------------------------------------------------------------------------------------


def own_task(operation: str, spare: str = "contact", member: str = "ContactId", **more: Callable[[World], Any]) -> Callable[[World], Request]:
    return lambda w: w.request(operation, InstanceId=w.instance, **{member: w.spare(spare)}, **{k: v(w) if callable(v) else v for k, v in more.items()})


def spent(w: World, spare: str = "contact") -> None:
    """A changed contact is not used again: limits count what was done to one."""
    w.stop(w.spare(spare))
    w.spend(spare)


def in_state(found: Examined, w: World, **errors: str) -> Expect | None:
    """The answer for contacts that are known and in a state that does not allow the call."""
    for spare, error in errors.items():
        if given(found, "ContactId") == w.spare(spare.replace("_", " ")):
            return Expect.refused(error, why="a rule about states")
    return None


def attributes_rules(w: World, found: Examined) -> Expect:
    return task_gate(w, found, "UpdateContactAttributes", member="InitialContactId") or settle(attribute_faults(found.body["Attributes"]))


def after_attributes(w: World, found: Examined, answer: Answer) -> None:
    assert answer.json == {}
    same_attributes(w, found.body, w.spare("contact"))
    spent(w)


def retemplate_rules(w: World, found: Examined) -> Expect:
    state_fault = in_state(found, w, ended_contact=INVALID_REQUEST, bare_contact=PROPERTIES)
    template, own = found.body["TaskTemplateId"], w.spare("fixed template")
    gate = gate_of(found, "UpdateContactTaskTemplate", "InstanceId", w.instance, w.arn)
    if gate:
        return gate
    contact = None if state_fault else task_gate(w, found, "UpdateContactTaskTemplate")
    faults = [contact]
    if template == w.spare("inactive template"):
        faults.append(Expect.refused(INVALID_REQUEST, why="task-templates 5.8.3"))
    elif template not in (own, f"{w.arn}/task-template/{own}"):
        faults.append(Expect.refused(NOT_FOUND, INVALID_REQUEST if template.startswith("arn:") else NOT_FOUND, why="task-templates 5.8.3"))
    else:
        faults.append(state_fault)
    return settle(faults)


def after_retemplate(w: World, found: Examined, answer: Answer) -> None:
    assert answer.json == {}
    assert described(w, w.spare("contact"))["TaskTemplateInfo"]["Arn"] == f"{w.arn}/task-template/{w.spare('fixed template')}"
    again = w.client.send(w.request("UpdateContactTaskTemplate", InstanceId=w.instance, ContactId=w.spare("contact"), TaskTemplateId=w.spare("fixed template")))
    assert (again.status, again.error) == (400, INVALID_REQUEST), "tasks 2.13.5: the template in use"
    spent(w)


def stop_rules(w: World, found: Examined) -> Expect:
    if in_state(found, w, ended_contact="none") and not gate_of(found, "StopContact", "InstanceId", w.instance, w.arn):
        return Expect.accepted("tasks 2.10.3")
    return task_gate(w, found, "StopContact", error=UNKNOWN_CONTACT) or Expect.accepted()


def after_stop(w: World, found: Examined, answer: Answer) -> None:
    assert answer.json == {}
    if given(found, "ContactId") == w.spare("contact"):
        shown = described(w, w.spare("contact"))
        assert shown["DisconnectReason"] == "API" and shown["DisconnectTimestamp"]
        w.spend("contact")


def update_rules(w: World, found: Examined) -> Expect:
    gate = task_gate(w, found, "UpdateContact")
    if gate:
        return gate
    body, faults = found.body, []
    members = ("Name", "Description", "References", "SegmentAttributes", "QueueInfo", "UserInfo", "CustomerEndpoint", "SystemEndpoint", "AdditionalRecipients")
    if not any(body.get(member) is not None for member in members):
        faults.append(Expect.refused(INVALID_REQUEST, why="tasks 2.13.1"))
    others = [member for member in members[4:] if body.get(member) is not None]
    if others:
        faults.append(Expect.refused(INVALID_REQUEST, named=tuple(others), why="tasks 2.13.3"))
    types = {e["Type"] for e in (body.get("References") or {}).values() if e}
    doubts = [Expect.open(INVALID_REQUEST, why="which types an update may bring is not written down")] if types - {*REFERENCE_TYPES} else []
    faults += [] if doubts else reference_faults(body.get("References"))
    bad, odd = segment_faults(body.get("SegmentAttributes"))
    if (expiry_of(body.get("SegmentAttributes")) or 99) < 30:
        odd.append(Expect.open(INVALID_REQUEST, why="tasks 2.13.4: it may be past by now"))
    if all(body.get(m) in (None, {}) for m in members):
        odd.append(Expect.open(INVALID_REQUEST, why="a member without content is not spoken of"))
    return settle(faults + bad, doubts + odd + reference_doubts(body.get("References")))


def after_update(w: World, found: Examined, answer: Answer) -> None:
    assert answer.json == {}
    told_again(w, found.body, w.spare("contact"))
    spent(w)


def reschedule_rules(w: World, found: Examined) -> Expect:
    states = in_state(found, w, contact=INVALID_REQUEST, ended_contact=INVALID_REQUEST)
    gate = gate_of(found, "UpdateContactSchedule", "InstanceId", w.instance, w.arn)
    return gate or settle([states or task_gate(w, found, "UpdateContactSchedule", "scheduled contact"), schedule_fault(found)])


def after_reschedule(w: World, found: Examined, answer: Answer) -> None:
    assert answer.json == {}
    if isinstance(found.body["ScheduledTime"], (int, float)):
        assert abs(described(w, w.spare("scheduled contact"))["ScheduledTimestamp"] - found.body["ScheduledTime"]) < 0.002
    spent(w, "scheduled contact")


def pause_rules(operation: str, spare: str, **states: str) -> Rules:
    def rules(w: World, found: Examined) -> Expect:
        gate = gate_of(found, operation, "InstanceId", w.instance, w.arn)
        state_fault = in_state(found, w, **states)
        return gate or settle([state_fault or task_gate(w, found, operation, spare), flow_fault(w, found.body.get("ContactFlowId"), ("CONTACT_FLOW",))])
    return rules


def after_pause(w: World, found: Examined, answer: Answer) -> None:
    shown = described(w, w.spare("contact"))
    assert answer.json == {} and shown["TotalPauseCount"] == 1 and shown["LastPausedTimestamp"]
    spent(w)


def after_resume(w: World, found: Examined, answer: Answer) -> None:
    assert answer.json == {} and described(w, w.spare("paused contact"))["LastResumedTimestamp"]
    spent(w, "paused contact")


def transfer_rules(w: World, found: Examined) -> Expect:
    gate = gate_of(found, "TransferContact", "InstanceId", w.instance, w.arn)
    if gate:
        return gate
    body, agent = found.body, w.spare("agent")
    faults = [in_state(found, w, ended_contact=INVALID_REQUEST, scheduled_contact=INVALID_REQUEST) or task_gate(w, found, "TransferContact")]
    faults.append(flow_fault(w, body["ContactFlowId"], STARTING) if body["ContactFlowId"] else Expect.refused(NOT_FOUND, INVALID_REQUEST, why="no flow"))
    faults.append(unknown("QueueId", body.get("QueueId"), {w.queue, f"{w.arn}/queue/{w.queue}"}))
    faults.append(unknown("UserId", body.get("UserId"), {agent, f"{w.arn}/agent/{agent}"}))
    if body.get("QueueId") and body.get("UserId"):
        faults.append(Expect.refused(INVALID_REQUEST, why="tasks 2.8.2"))
    if replayed(w, "TransferContact", found):
        faults.append(Expect.refused(REPEATED, why="tasks 2.8.8"))
    due = settle(faults)
    return Expect(due.ok, frozenset(INVALID_REQUEST if e == INVALID_PARAMETER else e for e in due.errors), due.named, due.properties, due.open_properties, due.why)


def after_transfer(w: World, found: Examined, answer: Answer) -> None:
    remember(w, "TransferContact", found)
    old, new = w.spare("contact"), answer.json["ContactId"]
    assert answer.json["ContactArn"] == f"{w.arn}/contact/{new}"
    shown = described(w, new)
    assert shown["PreviousContactId"] == shown["InitialContactId"] == old and shown["InitiationMethod"] == "TRANSFER" and shown["Name"] == "Call back"
    assert described(w, old)["DisconnectTimestamp"]
    w.spend("contact")
    w.stop(new)


def routing_rules(w: World, found: Examined) -> Expect:
    gate = instance_gate(w, found, "UpdateContactRoutingData")
    if gate:
        return gate
    body, faults, doubts = found.body, [], []
    faults.append(in_state(found, w, ended_contact="ResourceConflictException") or task_gate(w, found, "UpdateContactRoutingData"))
    members = [m for m in ("QueueTimeAdjustmentSeconds", "QueuePriority", "RoutingCriteria") if body.get(m) is not None]
    if not members or members[:2] == ["QueueTimeAdjustmentSeconds", "QueuePriority"]:
        faults.append(Expect.refused(INVALID_PARAMETER, why="tasks 2.14.5"))
    if "RoutingCriteria" in members:
        doubts.append(Expect.open(INVALID_PARAMETER, NOT_FOUND, why="what criteria must hold is not written down"))
    return settle(faults, doubts)


def after_routing(w: World, found: Examined, answer: Answer) -> None:
    shown = described(w, w.spare("contact"))
    assert answer.json == {}
    for member in ("QueueTimeAdjustmentSeconds", "QueuePriority"):
        if found.body.get(member) is not None:
            assert shown[member] == found.body[member], f"{member} reads back as {shown[member]!r}"
    spent(w)


CRITERION = {
    "Name": "skill", "Value": "refunds", "ProficiencyLevel": 3, "Range": {"MinProficiencyLevel": 1, "MaxProficiencyLevel": 5}, "ComparisonOperator": "NumberGreaterOrEqualTo",
    "MatchCriteria": {"AgentsCriteria": {"AgentIds": [STRANGER]}}}
CRITERIA = {"Steps": [{"Expiry": {"DurationInSeconds": 60}, "Expression": {
    "AttributeCondition": CRITERION, "AndExpression": [{"AttributeCondition": CRITERION}], "OrExpression": [{"AttributeCondition": CRITERION}], "NotAttributeCondition": CRITERION}}]}


def tags_rules(w: World, found: Examined) -> Expect:
    odd = [Expect.open(INVALID_PARAMETER, INVALID_REQUEST, why="control characters in a tag")] if any(has_control(v) for v in found.body["Tags"].values() if v is not None) else []
    return task_gate(w, found, "TagContact") or settle([], odd)


def after_tags(w: World, found: Examined, answer: Answer) -> None:
    tags = described(w, w.spare("contact"))["Tags"]
    assert answer.json == {} and without_null(found.body["Tags"]).items() <= tags.items(), f"tags read back as {tags!r}"
    assert tags["aws:connect:instanceId"] == w.instance, "tasks 2.2.4"
    spent(w)


INSTANCE = {"InstanceId": INSTANCE_IDS}
ended = {"ended": lambda w: w.spare("ended contact")}
TEMPLATES = {
    "own-arn": lambda w: f"{w.arn}/task-template/{w.spare('fixed template')}", "unknown-id": lambda w: STRANGER, "inactive": lambda w: w.spare("inactive template"),
    "arn-of-other-instance": lambda w: f"{w.arn.replace(w.instance, STRANGER)}/task-template/{w.spare('fixed template')}"}
SEGMENT_KEYS = {v: (lambda w, v=v: v) for v in ("connect:Subtype", "connect:subtype", "connect:ContactExpiry", "connect:Direction", "connect:", "own")}
CREATED_BY = {"of-a-stranger": lambda w: {"connect:CreatedByUser": {"ValueString": f"{w.arn}/agent/{STRANGER}"}}, "no-arn": lambda w: {"connect:CreatedByUser": {"ValueString": "ada"}},
              "self-without-more": lambda w: {"connect:AssignmentType": {"ValueString": "SELF"}}}

OPERATIONS: dict[str, Entry] = {
    "StartTaskContact": Entry(
        [Base(full_start), Base(start_from_template), Base(lambda w: start_task(w, ContactFlowId=None, QuickConnectId=w.quick_connect)),
         Base(lambda w: start_task(w, PreviousContactId=w.spare("fixed contact"))), Base(lambda w: start_task(w, RelatedContactId=w.spare("fixed contact"))),
         Base(lambda w: start_task(w, Attachments=[{"FileName": "a.txt", "S3Url": "https://example.com/a.txt"}]), refused=INVALID_REQUEST)],
        start_rules, after_start, combinations=150, extra=INSTANCE | {
            "ContactFlowId": FLOWS, "TaskTemplateId": TEMPLATES, "PreviousContactId": contacts("fixed contact"), "RelatedContactId": contacts("fixed contact"),
            "QuickConnectId": {"own-arn": lambda w: f"{w.arn}/transfer-destination/{w.quick_connect}", "unknown-id": lambda w: STRANGER, "phone": lambda w: w.spare("phone")},
            "SegmentAttributes{key}": SEGMENT_KEYS, "SegmentAttributes": CREATED_BY}),
    "DescribeContact": read("DescribeContact"),
    "ListContactReferences": read("ListContactReferences", ReferenceTypes=["STRING", "URL"]),
    "GetContactAttributes": read("GetContactAttributes", "InitialContactId"),
    "UpdateContactAttributes": Entry(
        [Base(own_task("UpdateContactAttributes", member="InitialContactId", Attributes={"tier": "gold", "order": "4711"}))], attributes_rules, after_attributes,
        watch=state(), extra=INSTANCE | {"InitialContactId": contacts()}),
    "UpdateContactTaskTemplate": Entry(
        [Base(own_task("UpdateContactTaskTemplate", TaskTemplateId=lambda w: w.spare("fixed template")))], retemplate_rules, after_retemplate, watch=state(),
        extra=INSTANCE | {"TaskTemplateId": TEMPLATES, "ContactId": contacts(**ended, bare=lambda w: w.spare("bare contact"))}),
    "StopContact": Entry(
        [Base(own_task("StopContact", DisconnectReason={"Code": "DISCARDED"}))], stop_rules, after_stop, watch=state(), extra=INSTANCE | {"ContactId": contacts(**ended)}),
    "CreateContact": Entry(
        [Base(full_create), Base(lambda w: create_contact(w, InitiateAs="CONNECTED_TO_USER", UserInfo={"UserId": w.spare("agent")}, SegmentAttributes=SEGMENTS)),
         Base(lambda w: create_contact(w, InitiateAs="COMPLETED")), Base(lambda w: create_contact(w, RelatedContactId=w.spare("fixed contact"))),
         Base(lambda w: create_contact(w, PreviousContactId=w.spare("fixed contact")), refused=INVALID_REQUEST)],
        create_rules, after_create, combinations=100, extra=INSTANCE | {
            "RelatedContactId": contacts("fixed contact"), "UserInfo.UserId": {"own-arn": lambda w: f"{w.arn}/agent/{w.spare('agent')}", "unknown-id": lambda w: STRANGER},
            "SegmentAttributes{key}": SEGMENT_KEYS, "SegmentAttributes": CREATED_BY | {"same-expiry": lambda w: SEGMENTS, "other-expiry": lambda w: {EXPIRY: {"ValueMap": {"ExpiryDuration": {"ValueInteger": 601}}}}}}),
    "UpdateContact": Entry(
        [Base(own_task("UpdateContact", Name="Call again", Description="About refunds", References=REFERENCES, SegmentAttributes=SEGMENTS)),
         Base(own_task("UpdateContact", QueueInfo=lambda w: {"Id": w.queue}), refused=INVALID_REQUEST), Base(own_task("UpdateContact", UserInfo=lambda w: {"UserId": w.spare("agent")}), refused=INVALID_REQUEST),
         Base(own_task("UpdateContact", CustomerEndpoint={"Type": "EMAIL_ADDRESS", "Address": "ada@example.com"}, SystemEndpoint={"Type": "EMAIL_ADDRESS", "Address": "us@example.com"}), refused=INVALID_REQUEST),
         Base(own_task("UpdateContact", AdditionalRecipients={"CcEmailAddresses": [{"EmailAddress": "ada@example.com", "DisplayName": "Ada"}]}), refused=INVALID_REQUEST)],
        update_rules, after_update, combinations=60, watch=state(), extra=INSTANCE | {"ContactId": contacts(), "SegmentAttributes{key}": SEGMENT_KEYS}),
    "UpdateContactSchedule": Entry(
        [Base(own_task("UpdateContactSchedule", "scheduled contact", ScheduledTime=lambda w: int(time.time()) + 2 * DAY))], reschedule_rules, after_reschedule,
        watch=state("scheduled contact"), extra=INSTANCE | {
            "ContactId": contacts("scheduled contact", running=lambda w: w.spare("contact"), **ended),
            "ScheduledTime": {"past": lambda w: int(time.time()) - 60, "far": lambda w: int(time.time()) + 91 * DAY, "near": lambda w: int(time.time()) + 3600, "fraction": lambda w: int(time.time()) + 3600.25}}),
    "PauseContact": Entry(
        [Base(own_task("PauseContact"))], pause_rules("PauseContact", "contact", paused_contact=CONFLICT, scheduled_contact=INVALID_REQUEST, ended_contact=INVALID_REQUEST), after_pause,
        watch=state(), extra=INSTANCE | {"ContactFlowId": FLOWS, "ContactId": contacts(paused=lambda w: w.spare("paused contact"), scheduled=lambda w: w.spare("scheduled contact"), **ended)}),
    "ResumeContact": Entry(
        [Base(own_task("ResumeContact", "paused contact"))], pause_rules("ResumeContact", "paused contact", contact=CONFLICT), after_resume, watch=state("paused contact"),
        extra=INSTANCE | {"ContactFlowId": FLOWS, "ContactId": contacts("paused contact", running=lambda w: w.spare("contact"))}),
    "TransferContact": Entry(
        [Base(own_task("TransferContact", ContactFlowId=lambda w: w.flow, QueueId=lambda w: w.queue, ClientToken=lambda w: w.unique("token"))),
         Base(own_task("TransferContact", ContactFlowId=lambda w: w.flow_of("AGENT_TRANSFER"), UserId=lambda w: w.spare("agent")))],
        transfer_rules, after_transfer, watch=state(), extra=INSTANCE | {
            "ContactFlowId": FLOWS, "ContactId": contacts(scheduled=lambda w: w.spare("scheduled contact"), **ended),
            "QueueId": {"own-arn": lambda w: f"{w.arn}/queue/{w.queue}", "unknown-id": lambda w: STRANGER}, "UserId": {"known": lambda w: w.spare("agent"), "unknown-id": lambda w: STRANGER}}),
    "UpdateContactRoutingData": Entry(
        [Base(own_task("UpdateContactRoutingData", QueuePriority=3)), Base(own_task("UpdateContactRoutingData", QueueTimeAdjustmentSeconds=-60)),
         Base(own_task("UpdateContactRoutingData", RoutingCriteria=CRITERIA))],
        routing_rules, after_routing, watch=state(), extra=INSTANCE | {"ContactId": contacts(**ended)}),
    "TagContact": Entry(
        [Base(own_task("TagContact", Tags={"team": "blue", "cost-centre": "4711"}))], tags_rules, after_tags, watch=state(), extra=INSTANCE | {"ContactId": contacts()}),
    "UntagContact": Entry(
        [Base(own_task("UntagContact", TagKeys=["team", "cost-centre"]))], lambda w, f: task_gate(w, f, "UntagContact") or Expect.accepted(), watch=state(),
        extra=INSTANCE | {"ContactId": contacts()}),
    "ListAssociatedContacts": Entry(
        [Base(own_task("ListAssociatedContacts", "fixed contact", MaxResults="5"))], reading("ListAssociatedContacts"), extra=INSTANCE | {"ContactId": contacts("fixed contact")}),
    "SearchContacts": Entry([Base(search_everything), Base(search)], search_rules, after_search, combinations=100, extra=INSTANCE),
}
