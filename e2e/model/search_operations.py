"""Entries of the searches for resources (administration 3); see operations.py."""

from __future__ import annotations

import datetime
from typing import Any

from client import Answer
from operations import INSTANCE_IDS, INVALID_PARAMETER, STRANGER, Base, Entry
from oracle import Examined, Expect
from agent_operations import settle
from task_members import gate_of
from world import World

LEVELS_MAX, LEAVES_MAX, CONDITIONS_MAX = 5, 100, 100

# The fields of each search that hold texts for people, and the others (administration 3.1.3).
TEXTS = {"name", "description", "username", "firstname", "lastname"}
FIELDS = {
    "SearchQueues": {"name", "description", "resourceid"},
    "SearchQuickConnects": {"name", "description", "resourceid"},
    "SearchHoursOfOperations": {"name", "description", "timezone", "resourceid"},
    "SearchHoursOfOperationOverrides": {"name", "description", "resourceid", "hoursofoperationid"},
    "SearchRoutingProfiles": {"name", "description", "resourceid", "associatedqueueids"},
    "SearchPredefinedAttributes": {"name"},
    "SearchUsers": {"username", "firstname", "lastname", "routingprofileid", "securityprofileid", "resourceid"},
    "SearchSecurityProfiles": {"name"},
    "SearchAgentStatuses": {"name", "description", "state", "type", "displayorder", "resourceid"},
    "SearchContactFlows": {"name", "description", "resourceid"},
    "SearchContactFlowModules": {"name", "description", "resourceid"},
    "SearchUserHierarchyGroups": {"name", "parentid", "levelid", "resourceid"},
}
LISTS = {
    "SearchQueues": ("Queues", "Name"), "SearchQuickConnects": ("QuickConnects", "Name"), "SearchHoursOfOperations": ("HoursOfOperations", "Name"),
    "SearchHoursOfOperationOverrides": ("HoursOfOperationOverrides", "Name"), "SearchUsers": ("Users", "Username"),
    "SearchSecurityProfiles": ("SecurityProfiles", "SecurityProfileName"), "SearchAgentStatuses": ("AgentStatuses", "Name"),
    "SearchContactFlows": ("ContactFlows", "Name"), "SearchContactFlowModules": ("ContactFlowModules", "Name"),
    "SearchUserHierarchyGroups": ("UserHierarchyGroups", "Name"), "SearchRoutingProfiles": ("RoutingProfiles", "Name"),
    "SearchPredefinedAttributes": ("PredefinedAttributes", "Name"),
}
TYPES = {
    "agent", "agent-state", "routing-profile", "standard-queue", "security-profile", "operating-hours", "prompt", "contact-flow", "flow-module",
    "transfer-destination", "metric", "task-template", "agent-group"}


def lowered(text: str) -> str:
    """Without case, as far as names of fields go: only these letters have one."""
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in text)


def text_fault(condition: dict[str, Any], fields: set[str]) -> bool:
    name, value = condition.get("FieldName"), condition.get("Value")
    if name is None or value is None or lowered(name) not in fields:
        return True
    return condition.get("ComparisonType") == "CONTAINS" and lowered(name) in TEXTS and not 2 <= len(value) <= 25


def date_fault(condition: dict[str, Any]) -> bool:
    if lowered(condition.get("FieldName") or "") not in ("effectivefrom", "effectivetill"):
        return True
    try:
        datetime.date.fromisoformat(condition.get("Value") or "")
    except ValueError:
        return True
    return False


def list_fault(condition: dict[str, Any]) -> bool:
    if condition.get("TargetListType") != "PROFICIENCIES":
        return True
    for one in condition.get("Conditions") or []:
        text, number = (one or {}).get("StringCondition"), (one or {}).get("NumberCondition")
        if text is not None:  # compared exactly, so CONTAINS has no bounds
            if text.get("FieldName") is not None and text.get("Value") is None or lowered(text.get("FieldName") or "") not in ("name", "value"):
                return True
        if number is not None:
            how = number.get("ComparisonType") or "EQUAL"
            low, high = number.get("MinValue") is None, number.get("MaxValue") is None
            if lowered(number.get("FieldName") or "") != "limit":
                return True
            if low and how not in ("LESSER", "LESSER_OR_EQUAL") or high and how in ("LESSER", "LESSER_OR_EQUAL", "RANGE"):
                return True
    return False


def walk(node: dict[str, Any], fields: set[str], level: int, leaves: list[bool]) -> bool:
    """Collects the leaves, each with whether it is refused; true when the tree is too deep."""
    deep = level > LEVELS_MAX
    for name in ("OrConditions", "AndConditions"):
        for below in node.get(name) or []:
            deep |= below is not None and walk(below, fields, level + 1, leaves)
    if node.get("StringCondition") is not None:
        leaves.append(text_fault(node["StringCondition"], fields))
    if node.get("DateCondition") is not None:
        leaves.append(date_fault(node["DateCondition"]))
    if node.get("ListCondition") is not None:
        leaves.append(list_fault(node["ListCondition"]))
    if node.get("HierarchyGroupCondition") is not None:
        leaves.append(node["HierarchyGroupCondition"].get("Value") is None)
    leaves += [False for name in ("TypeCondition", "StateCondition", "StatusCondition", "QueueTypeCondition") if node.get(name) is not None]
    return deep


def conditions(value: Any) -> int:
    """All single conditions below."""
    if isinstance(value, list):
        return sum(map(conditions, value))
    if isinstance(value, dict):
        return max(1, sum(conditions(v) for v in value.values()))
    return 0


def filter_fault(given: dict[str, Any] | None) -> bool:
    """At most one member, and the group of a condition on groups."""
    if given is None:
        return False
    members = [v for v in given.values() if v is not None]
    groups = [given, *(given.get("OrConditions") or []), given.get("AndCondition")]
    groups = [g.get("HierarchyGroupCondition") for g in groups if isinstance(g, dict)]
    unnamed = any(g is not None and g.get("Value") is None for g in groups)
    known = {"OrConditions", "AndConditions", "AndCondition", "TagCondition", "HierarchyGroupCondition", "ContactFlowTypeCondition"}
    return len([n for n in given if n in known and given[n] is not None]) > 1 or unnamed or bool(members) and max(
        len(given.get("OrConditions") or []), conditions(given)) > CONDITIONS_MAX


def searching(operation: str):
    def rules(w: World, found: Examined) -> Expect:
        gate = gate_of(found, operation, "InstanceId", w.instance, w.arn)
        if gate:
            return gate
        leaves: list[bool] = []
        deep = walk(found.body.get("SearchCriteria") or {}, FIELDS[operation], 1, leaves)
        filters = found.body.get("SearchFilter") or {}
        both = filters.get("TagFilter") is not None and (filters.get("UserAttributeFilter") is not None or filters.get("FlowAttributeFilter") is not None)
        of_users = operation == "SearchUsers"
        faults = [
            Expect.refused(INVALID_PARAMETER, why="administration 3.1.1 to 3.1.5") if deep or any(leaves) or len(leaves) > LEAVES_MAX else None,
            Expect.refused(INVALID_PARAMETER, why="administration 3.2.1, B86") if any(filter_fault(one) for one in filters.values() if isinstance(one, dict)) else None,
            Expect.refused(INVALID_PARAMETER, why="B88") if both and not of_users else None,
            Expect.refused(INVALID_PARAMETER, why="tasks 1.1.12") if found.body.get("NextToken") else None,
        ]
        if both and of_users and not any(faults):  # administration 1.1.1: after what is InvalidParameterException
            faults.append(Expect.refused("AccessDeniedException", why="administration 3.2.2"))
        return settle(faults)
    return rules


def after(operation: str):
    list_, name = LISTS[operation]

    def check(w: World, found: Examined, answer: Answer) -> None:
        items = answer.json[list_]
        assert len(items) <= min(found.body.get("MaxResults") or 100, answer.json["ApproximateTotalCount"])
        names = [item[name].lower() for item in items]
        assert names == sorted(names), "administration 3.2.3"
        assert not any("Content" in item for item in items), "administration 3.2.4"
    return check


def tag_rules(w: World, found: Examined) -> Expect:
    gate = gate_of(found, "SearchResourceTags", "InstanceId", w.instance, w.arn)
    strange = any(one is not None and one not in TYPES for one in found.body.get("ResourceTypes") or [])
    return gate or settle([
        Expect.refused(INVALID_PARAMETER, why="administration 3.3.1") if strange else None,
        Expect.refused(INVALID_PARAMETER, why="tasks 1.1.12") if found.body.get("NextToken") else None])


def after_tags(w: World, found: Examined, answer: Answer) -> None:
    pairs = [(tag["key"], tag["value"]) for tag in answer.json["Tags"]]
    assert pairs == sorted(set(pairs)) and len(pairs) <= (found.body.get("MaxResults") or 100)


TAG = {"TagKey": "team", "TagValue": "blue"}
TAGS = {"TagFilter": {"OrConditions": [[TAG], [TAG, {"TagKey": "night"}]]}}
ATTRIBUTES = {"AttributeFilter": {"OrConditions": [{"TagConditions": [TAG]}]}}
GROUP = {"Value": STRANGER, "HierarchyGroupMatchType": "WITH_CHILD_GROUPS"}
PROFICIENT = {"TargetListType": "PROFICIENCIES", "Conditions": [
    {"StringCondition": {"FieldName": "name", "Value": "Language", "ComparisonType": "EXACT"}},
    {"NumberCondition": {"FieldName": "limit", "MinValue": 2, "MaxValue": 4, "ComparisonType": "RANGE"}}]}


def text(field: str = "name", value: str = "ba", how: str = "CONTAINS") -> dict[str, Any]:
    return {"StringCondition": {"FieldName": field, "Value": value, "ComparisonType": how}}


def base(operation: str, **more: Any) -> Base:
    return Base(lambda w: w.request(operation, InstanceId=w.instance, **more))


def entry(operation: str, leaf: dict[str, Any], filters: list[dict[str, Any]]) -> Entry:
    tree = leaf | {"OrConditions": [leaf, {"AndConditions": [leaf]}], "AndConditions": [leaf]}
    wanted = [base(operation, SearchCriteria=tree, MaxResults=10, **({"SearchFilter": one} if one else {})) for one in filters]
    return Entry(wanted + [base(operation)], searching(operation), after(operation), extra={"InstanceId": INSTANCE_IDS})


OPERATIONS: dict[str, Entry] = {
    "SearchQueues": entry("SearchQueues", text() | {"QueueTypeCondition": "STANDARD"}, [TAGS]),
    "SearchQuickConnects": entry("SearchQuickConnects", text(), [TAGS]),
    "SearchHoursOfOperations": entry("SearchHoursOfOperations", text("timezone", "UTC", "EXACT"), [TAGS]),
    "SearchHoursOfOperationOverrides": entry("SearchHoursOfOperationOverrides", text() | {"DateCondition": {
        "FieldName": "effectiveFrom", "Value": "2026-01-31", "ComparisonType": "GREATER_THAN"}}, [TAGS]),
    "SearchUsers": entry("SearchUsers", text("Username") | {"HierarchyGroupCondition": GROUP, "ListCondition": PROFICIENT}, [
        TAGS, {"UserAttributeFilter": {"AndCondition": {"TagConditions": [TAG], "HierarchyGroupCondition": GROUP}}}]),
    "SearchRoutingProfiles": entry("SearchRoutingProfiles", text("associatedQueueIds", STRANGER, "EXACT"), [TAGS]),
    "SearchPredefinedAttributes": entry("SearchPredefinedAttributes", text(), [None]),
    "SearchSecurityProfiles": entry("SearchSecurityProfiles", text(), [TAGS]),
    "SearchAgentStatuses": entry("SearchAgentStatuses", text("state", "ENABLED", "EXACT"), [ATTRIBUTES]),
    "SearchContactFlows": entry("SearchContactFlows", text() | {"TypeCondition": "CONTACT_FLOW", "StateCondition": "ACTIVE", "StatusCondition": "PUBLISHED"}, [
        TAGS, {"FlowAttributeFilter": {"AndCondition": {"TagConditions": [TAG], "ContactFlowTypeCondition": {"ContactFlowType": "CONTACT_FLOW"}}}}]),
    "SearchContactFlowModules": entry("SearchContactFlowModules", text() | {"StateCondition": "ACTIVE", "StatusCondition": "PUBLISHED"}, [TAGS]),
    "SearchUserHierarchyGroups": entry("SearchUserHierarchyGroups", text("levelId", "1", "EXACT"), [ATTRIBUTES]),
    "SearchResourceTags": Entry(
        [base("SearchResourceTags", ResourceTypes=["agent", "standard-queue"], MaxResults=10, SearchCriteria={"TagSearchCondition": {
            "tagKey": "te", "tagKeyComparisonType": "STARTS_WITH", "tagValue": "lu", "tagValueComparisonType": "CONTAINS"}}),
         base("SearchResourceTags")], tag_rules, after_tags, extra={"InstanceId": INSTANCE_IDS}),
}
