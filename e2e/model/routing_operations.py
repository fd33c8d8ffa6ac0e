"""Entries of the operations on agents at work; see operations.py. The suite has nobody who takes tasks: what agents do with them is
tested elsewhere, so here the status stays offline and there are no entries."""

from __future__ import annotations

from typing import Any

from agent_operations import ids, one_of, settle, unknown
from operations import INSTANCE_IDS, INVALID_PARAMETER, INVALID_REQUEST, STRANGER, Base, Entry, instance_gate
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
}
