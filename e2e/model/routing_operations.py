"""Entries of the operations on agents at work; see operations.py. The suite has nobody who takes tasks: what agents do with them is
tested elsewhere, so here the status stays offline and there are no entries."""

from __future__ import annotations

from typing import Any

from agent_operations import ids, one_of, settle, unknown
from operations import INSTANCE_IDS, INVALID_PARAMETER, INVALID_REQUEST, STRANGER, Base, Entry, instance_gate, instance_named
from oracle import Examined, Expect
from people_operations import gate, user_gate
from task_operations import contacts
from world import World


def offline(w: World) -> str:
    found = w.must(w.request("ListAgentStatuses", InstanceId=w.instance))["AgentStatusSummaryList"]
    return next(status["Id"] for status in found if status["Type"] == "OFFLINE")


def put_status_rules(w: World, found: Examined) -> Expect:
    own = offline(w)
    status = one_of(found.body["AgentStatusId"], own, f"{w.arn}/agent-state/{own}", "AgentStatusId")
    first = user_gate(w, found, "PutUserStatus")
    return first | status if first and status else first or status or Expect.accepted()


def either(first: Expect | None, second: Expect | None) -> Expect:
    """What is unknown comes first; without that the request is good, but there is nothing that it could be done to."""
    nothing = Expect.refused(INVALID_REQUEST, why="administration 4.2.1, 4.2.4: no task of the suite is waiting or with an agent")
    return first | second if first and second else first or second or nothing


def contact(w: World, text: str, spare: str) -> Expect | None:
    return one_of(text, w.spare(spare), f"{w.arn}/contact/{w.spare(spare)}", "ContactId")


def dismiss_rules(w: World, found: Examined) -> Expect:
    return either(user_gate(w, found, "DismissUserContact"), contact(w, found.body["ContactId"], "fixed contact"))


def associate_rules(w: World, found: Examined) -> Expect:
    user = one_of(found.body["UserId"], w.spare("agent"), f"{w.arn}/agent/{w.spare('agent')}", "UserId")
    return either(gate(w, found, "AssociateContactWithUser", "ContactId", "bare contact", "contact"), user)


FILTERS = {"Queues": ("queue", lambda w: w.queue), "RoutingProfiles": ("routing-profile", lambda w: w.routing_profile),
           "Agents": ("agent", lambda w: w.spare("agent")), "UserHierarchyGroups": ("agent-group", lambda w: w.spare("group"))}


def current_rules(w: World, found: Examined) -> Expect:
    """administration 4.3.1"""
    first = instance_gate(w, found, "GetCurrentUserData")
    filters = found.body["Filters"]
    given = [name for name in FILTERS if filters.get(name)]
    faults: list[Expect | None] = []
    if len(given) > 1:
        faults.append(Expect.refused(INVALID_REQUEST, why="administration 4.3.1: two filters"))
    if not given and filters.get("ContactFilter") is None:
        faults.append(Expect.refused(INVALID_PARAMETER, why="administration 4.3.1: no filter"))
    if any(len(filters.get(name) or []) > (1 if name == "UserHierarchyGroups" else 100) for name in FILTERS):
        faults.append(Expect.refused(INVALID_PARAMETER, why="administration 4.3.1: too many"))
    if len(given) == 1 and not faults:
        segment, own = FILTERS[given[0]]
        known = {own(w), f"{w.arn}/{segment}/{own(w)}"}
        for text in filters[given[0]]:
            empty = Expect.refused("ResourceNotFoundException", INVALID_PARAMETER, why="an empty id") if not text else None
            faults.append(empty or unknown("Filters", text, known))
    if found.body.get("NextToken"):
        faults.append(Expect.refused(INVALID_PARAMETER, why="administration 5.1.4: no token of ours"))
    return first or settle(faults)


def current(**filters: Any):
    return lambda w: w.request("GetCurrentUserData", InstanceId=w.instance, MaxResults=10, Filters={k: v(w) for k, v in filters.items()})


CURRENT = ["AGENTS_ONLINE", "AGENTS_AVAILABLE", "AGENTS_ON_CALL", "AGENTS_NON_PRODUCTIVE", "AGENTS_AFTER_CONTACT_WORK", "AGENTS_ERROR", "AGENTS_STAFFED",
           "CONTACTS_IN_QUEUE", "OLDEST_CONTACT_AGE", "CONTACTS_SCHEDULED", "AGENTS_ON_CONTACT", "SLOTS_ACTIVE", "SLOTS_AVAILABLE", "ESTIMATED_WAIT_TIME"]
TIMES = {"OLDEST_CONTACT_AGE", "ESTIMATED_WAIT_TIME"}
SECOND = {"AGENT_STATUS", "SUBTYPE", "VALIDATION_TEST_TYPE"}


def current_metrics_rules(w: World, found: Examined) -> Expect:
    """administration 5.2.1 to 5.2.3"""
    first = instance_gate(w, found, "GetCurrentMetricData")
    body = found.body
    filters, groupings = body["Filters"], body.get("Groupings") or []
    refused = lambda why: Expect.refused(INVALID_PARAMETER, why=f"administration {why}")
    faults: list[Expect | None] = [metric_filter_fault(w, filters, name) for name in ("Queues", "RoutingProfiles", "AgentStatuses")]
    if not filters.get("Queues") and not filters.get("RoutingProfiles"):
        faults.append(refused("5.2.1: no filter"))
    if filters.get("Queues") and filters.get("RoutingProfiles"):
        faults.append(Expect.refused(INVALID_REQUEST, why="administration 5.2.1: both filters"))
    if not filters.get("Queues") and any(filters.get(name) for name in ("AgentStatuses", "Subtypes", "ValidationTestTypes")):
        faults.append(refused("5.2.1: only with Queues"))
    if filters.get("RoutingStepExpressions") and ("ROUTING_STEP_EXPRESSION" not in groupings or len(filters.get("Queues") or []) != 1):
        faults.append(refused("5.2.1: steps of one queue"))
    if len(filters.get("AgentStatuses") or []) > 50:
        faults.append(refused("5.2.1: statuses"))
    if len(set(groupings)) != len(groupings):
        faults.append(refused("B167"))
    if any(g in SECOND and not (n == 1 and groupings[0] == "QUEUE" and filters.get("Queues")) for n, g in enumerate(groupings)):
        faults.append(refused("5.2.2"))
    faults += [fault for metric in body["CurrentMetrics"] for fault in metric_faults(metric, filters, groupings)]
    if not body["CurrentMetrics"] or len([m for m in body["CurrentMetrics"] if m.get("MetricId") is not None]) > 10:
        faults.append(refused("5.2.3, B167"))
    for criterion in body.get("SortCriteria") or []:
        by = criterion.get("SortByMetric")
        if by in ("SLOTS_ACTIVE", "SLOTS_AVAILABLE") or by and by != "AGENTS_ONLINE" and "AGENT_STATUS" in groupings:
            faults.append(refused("5.2.5"))
    if body.get("NextToken"):
        faults.append(refused("5.1.4: no token of ours"))
    return first or settle(faults)


def metric_filter_fault(w: World, filters: dict[str, Any], name: str) -> Expect | None:
    segment, own = {"Queues": ("queue", w.queue), "RoutingProfiles": ("routing-profile", w.routing_profile), "AgentStatuses": ("agent-state", "")}[name]
    texts = filters.get(name) or []
    if name == "AgentStatuses" and texts:
        own = offline(w)
    strange = [text for text in texts if text not in (own, f"{w.arn}/{segment}/{own}")]
    return Expect.refused("ResourceNotFoundException", INVALID_PARAMETER, why=f"administration 5.1.1: {name}") if strange else None


def metric_faults(metric: dict[str, Any], filters: dict[str, Any], groupings: list[str]) -> list[Expect | None]:
    name, text = metric.get("Name"), metric.get("MetricId")
    refused = lambda why: Expect.refused(INVALID_PARAMETER, why=f"administration {why}")
    if (name is None) == (text is None):
        return [refused("5.2.3: one of Name and MetricId")]
    if text is not None:
        name = text.rpartition("aws:metric/")[2]
        if name not in CURRENT:
            return [Expect.refused("ResourceNotFoundException", why="administration 5.2.3: MetricId")]
    of_contacts = name.startswith("CONTACTS") or name in TIMES
    faults: list[Expect | None] = []
    if metric.get("Unit") is not None and metric["Unit"] != ("SECONDS" if name in TIMES else "COUNT"):
        faults.append(refused("5.2.3: Unit"))
    if "AGENT_STATUS" in groupings and name != "AGENTS_ONLINE" or "SUBTYPE" in groupings and not of_contacts:
        faults.append(refused("5.2.2, 5.2.4"))
    one = len(filters.get("Queues") or []) == 1 and len(set(filters.get("Channels") or [])) == 1
    if name == "ESTIMATED_WAIT_TIME" and not {"QUEUE", "CHANNEL"} <= set(groupings) and not ("ROUTING_STEP_EXPRESSION" in groupings and one):
        faults.append(refused("5.2.3: groupings"))
    if "ROUTING_PROFILE" in groupings and of_contacts and not filters.get("RoutingProfiles"):
        faults.append(refused("5.2.2: ROUTING_PROFILE"))
    return faults


def contact_metrics_rules(w: World, found: Examined) -> Expect:
    names = [metric["Name"] for metric in found.body["Metrics"]]
    doubled = Expect.refused(INVALID_PARAMETER, why="administration 5.5.1") if len(set(names)) != len(names) else None
    own = contact(w, found.body["ContactId"], "fixed contact")
    first = instance_named(found.body["InstanceId"], "GetContactMetrics", w.instance, w.arn)
    return first or (settle([doubled, own]) if doubled or own else Expect.refused(INVALID_REQUEST, why="administration 5.5.1: it is not QUEUED"))


def now_of(**more: Any):
    return lambda w: w.request("GetCurrentMetricData", InstanceId=w.instance, MaxResults=10, **{k: v(w) if callable(v) else v for k, v in more.items()})


USERS = {"InstanceId": INSTANCE_IDS, "UserId": ids("agent", "agent")}

OPERATIONS: dict[str, Entry] = {
    "PutUserStatus": Entry(
        [Base(lambda w: w.request("PutUserStatus", InstanceId=w.instance, UserId=w.spare("agent"), AgentStatusId=offline(w)))], put_status_rules,
        extra=USERS | {"AgentStatusId": {"own-arn": lambda w: f"{w.arn}/agent-state/{offline(w)}", "unknown-id": lambda w: STRANGER}}),
    "DismissUserContact": Entry(
        [Base(lambda w: w.request("DismissUserContact", InstanceId=w.instance, UserId=w.spare("agent"), ContactId=w.spare("fixed contact")), refused=INVALID_REQUEST)],
        dismiss_rules, extra=USERS | {"ContactId": contacts("fixed contact")}),
    "AssociateContactWithUser": Entry(
        [Base(lambda w: w.request("AssociateContactWithUser", InstanceId=w.instance, ContactId=w.spare("bare contact"), UserId=w.spare("agent")), refused=INVALID_REQUEST)],
        associate_rules, extra={"InstanceId": INSTANCE_IDS, "ContactId": contacts("bare contact"), "UserId": {"unknown-id": lambda w: STRANGER}}),
    "GetCurrentUserData": Entry(
        [Base(current(Agents=lambda w: [w.spare("agent")])), Base(current(Queues=lambda w: [w.queue])), Base(current(RoutingProfiles=lambda w: [w.routing_profile])),
         Base(current(UserHierarchyGroups=lambda w: [w.spare("group")])), Base(current(ContactFilter=lambda w: {"ContactStates": ["CONNECTED", "MISSED"]}))],
        current_rules, extra={"InstanceId": INSTANCE_IDS, "Filters.Agents[]": {"unknown-id": lambda w: STRANGER}}),
    "GetCurrentMetricData": Entry(
        [Base(now_of(Filters=lambda w: {"Queues": [w.queue], "Channels": ["TASK"], "AgentStatuses": [offline(w)]}, Groupings=["QUEUE", "CHANNEL"],
                     CurrentMetrics=[{"Name": "AGENTS_ONLINE", "Unit": "COUNT"}], SortCriteria=[{"SortByMetric": "AGENTS_ONLINE", "SortOrder": "ASCENDING"}])),
         Base(now_of(Filters=lambda w: {"RoutingProfiles": [w.routing_profile]}, CurrentMetrics=[{"MetricId": "arn:aws:connect:us-east-1:aws:metric/CONTACTS_IN_QUEUE"}])),
         Base(now_of(Filters=lambda w: {"Queues": [w.queue], "RoutingStepExpressions": ["{}"]}, Groupings=["ROUTING_STEP_EXPRESSION"], CurrentMetrics=[{"Name": "CONTACTS_IN_QUEUE"}])),
         Base(now_of(Filters=lambda w: {"Queues": [w.queue], "Subtypes": ["connect:Task"], "ValidationTestTypes": ["a"]}, CurrentMetrics=[{"Name": "OLDEST_CONTACT_AGE", "Unit": "SECONDS"}]))],
        current_metrics_rules, extra={"InstanceId": INSTANCE_IDS, "Filters.Queues[]": {"unknown-id": lambda w: STRANGER}}),
    "GetContactMetrics": Entry(
        [Base(lambda w: w.request("GetContactMetrics", InstanceId=w.instance, ContactId=w.spare("fixed contact"), Metrics=[{"Name": "POSITION_IN_QUEUE"}]), refused=INVALID_REQUEST)],
        contact_metrics_rules, extra={"InstanceId": INSTANCE_IDS, "ContactId": contacts("fixed contact")}),
}
