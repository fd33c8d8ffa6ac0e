"""Entries of the operations on routing profiles, quick connects that exist, and what an instance has besides; see operations.py."""

from __future__ import annotations

import unicodedata
from typing import Any

from agent_operations import bad_tags, reads_back, settle
from client import Answer, Request
from operations import (
    DUPLICATE, FLOW_IDS, INSTANCE_IDS, INVALID_PARAMETER, INVALID_REQUEST, NOT_FOUND, STRANGER, Base, Entry, _config_fate, _either, _unwritten_name, id_gate,
    instance_gate, listing, token_gate)
from oracle import Examined, Expect
import template_rules
from world import World

PHONE = {"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+491711234568"}}


def blank(text: str | None) -> Expect | None:
    """administration 1.2.2; what else a name may not be is not written down."""
    if text is None or not _unwritten_name(text) and not template_rules.has_control(text):
        return None
    return Expect.open(INVALID_PARAMETER, INVALID_REQUEST, why="administration 1.2.2, and names beyond it")


def nothing_given(found: Examined) -> Expect | None:
    if found.body.get("Name") is None and found.body.get("Description") is None:
        return Expect.refused(INVALID_REQUEST, why="administration 1.1.6")
    return None


# --- quick connects -----------------------------------------------------------------------------------------------------


def quick_gate(w: World, found: Examined, operation: str) -> Expect | None:
    own = w.spare("quick connect")
    first, second = instance_gate(w, found, operation), id_gate(w, found, operation, "QuickConnectId", own, f"{w.arn}/transfer-destination/{own}")
    return first | second if first and second else first or second


def quick_shown(w: World) -> dict[str, Any]:
    return w.must(w.request("DescribeQuickConnect", InstanceId=w.instance, QuickConnectId=w.spare("quick connect")))["QuickConnect"]


def update_quick_name_rules(w: World, found: Examined) -> Expect:
    gate = quick_gate(w, found, "UpdateQuickConnectName")
    if gate:
        return gate
    name = found.body.get("Name")
    taken = name is not None and name in w.names.get("quick connect", ()) and name != quick_shown(w)["Name"]
    return settle([nothing_given(found), Expect.refused(INVALID_REQUEST, why="administration 1.2.2") if taken else None],
                  [f for f in (blank(name), blank(found.body.get("Description") or None)) if f])


def after_update_quick_name(w: World, found: Examined, answer: Answer) -> None:
    shown = quick_shown(w)
    if found.body.get("Name") is not None:
        assert shown["Name"] == found.body["Name"]
    if found.body.get("Description") is not None:
        assert shown.get("Description", "") == found.body["Description"], "administration 1.1.5"


def update_quick_config_rules(w: World, found: Examined) -> Expect:
    gate = quick_gate(w, found, "UpdateQuickConnectConfig")
    fate = _config_fate(w, found.body["QuickConnectConfig"])
    if gate and fate:
        return _either([gate, fate])
    return gate or fate or Expect.accepted()


def after_update_quick_config(w: World, found: Examined, answer: Answer) -> None:
    assert quick_shown(w)["QuickConnectConfig"]["QuickConnectType"] == found.body["QuickConnectConfig"]["QuickConnectType"]


def delete_quick(w: World) -> Request:
    return w.request("DeleteQuickConnect", InstanceId=w.instance, QuickConnectId=w.spare("quick connect"))


def after_delete_quick(w: World, found: Examined, answer: Answer) -> None:
    assert w.client.send(w.request("DescribeQuickConnect", InstanceId=w.instance, QuickConnectId=w.spare("quick connect"))).status == 404
    w.spend("quick connect")


QUICK_IDS = {
    "own-arn": lambda w: f"{w.arn}/transfer-destination/{w.spare('quick connect')}", "unknown-id": lambda w: STRANGER, "flow-id": lambda w: w.flow}


def update_quick_config(config) -> Base:
    return Base(lambda w: w.request("UpdateQuickConnectConfig", InstanceId=w.instance, QuickConnectId=w.spare("quick connect"), QuickConnectConfig=config(w)))


OPERATIONS: dict[str, Entry] = {
    "UpdateQuickConnectName": Entry(
        [Base(lambda w: w.request("UpdateQuickConnectName", InstanceId=w.instance, QuickConnectId=w.spare("quick connect"), Name=w.unique("quick"), Description="Renamed"))],
        update_quick_name_rules, after_update_quick_name, watch=quick_shown, extra={"InstanceId": INSTANCE_IDS, "QuickConnectId": QUICK_IDS, "Description": {"cleared": lambda w: ""}}),
    "UpdateQuickConnectConfig": Entry(
        [update_quick_config(lambda w: PHONE),
         update_quick_config(lambda w: {"QuickConnectType": "FLOW", "FlowConfig": {"ContactFlowId": w.flow}}),
         update_quick_config(lambda w: {"QuickConnectType": "QUEUE", "QueueConfig": {"QueueId": w.queue, "ContactFlowId": w.flow_of("QUEUE_TRANSFER")}})],
        update_quick_config_rules, after_update_quick_config, watch=quick_shown,
        extra={"InstanceId": INSTANCE_IDS, "QuickConnectId": QUICK_IDS, "QuickConnectConfig.FlowConfig.ContactFlowId": FLOW_IDS,
               "QuickConnectConfig.QueueConfig.ContactFlowId": FLOW_IDS}),
    "DeleteQuickConnect": Entry(
        [Base(delete_quick)], lambda w, f: quick_gate(w, f, "DeleteQuickConnect") or Expect.accepted(), after_delete_quick,
        extra={"InstanceId": INSTANCE_IDS, "QuickConnectId": QUICK_IDS}),
}


# --- routing profiles ---------------------------------------------------------------------------------------------------


def profile_gate(w: World, found: Examined, operation: str, kind: str = "routing profile") -> Expect | None:
    """An empty label breaks a constraint, which comes before the instance."""
    own = w.spare(kind)
    first, second = instance_gate(w, found, operation), id_gate(w, found, operation, "RoutingProfileId", own, f"{w.arn}/routing-profile/{own}")
    return first | second if first and second else first or second


def profile_shown(w: World) -> dict[str, Any]:
    """What a refused call must leave: the profile with its queues."""
    own = w.spare("routing profile")
    out = w.must(w.request("DescribeRoutingProfile", InstanceId=w.instance, RoutingProfileId=own))["RoutingProfile"]
    for operation in ("ListRoutingProfileQueues", "ListRoutingProfileManualAssignmentQueues"):
        out[operation] = w.must(w.request(operation, InstanceId=w.instance, RoutingProfileId=own, MaxResults="100"))
    return out


def queue_fault(w: World, member: str, text: str) -> Expect | None:
    if text in (w.queue, f"{w.arn}/queue/{w.queue}"):
        return None
    return Expect.refused(NOT_FOUND, *([INVALID_PARAMETER, INVALID_REQUEST] if not text or text.startswith("arn:") else []), why=f"administration 2.6.1: {member}")


def pair_faults(w: World, found: Examined, there: dict[str, set[tuple[str, str]]]) -> list[Expect | None]:
    """administration 2.6.5: no pair twice, none that is there."""
    faults: list[Expect | None] = []
    for member in ("QueueConfigs", "ManualAssignmentQueueConfigs"):
        seen = set(there.get(member, ()))
        for config in found.body.get(member) or []:
            reference = config["QueueReference"]
            faults.append(queue_fault(w, member, reference["QueueId"]))
            pair = (w.known.bare(reference["QueueId"], "queue"), reference["Channel"])
            if pair in seen:
                faults.append(Expect.refused(INVALID_PARAMETER, why="administration 2.6.5"))
            seen.add(pair)
    return faults


def media_faults(found: Examined) -> list[Expect | None]:
    """administration 2.6.2, 2.6.3"""
    bad = lambda rule: Expect.refused(INVALID_PARAMETER, why=f"administration {rule}")
    rule = Expect.refused(INVALID_REQUEST, why="administration 2.6.3")
    given, faults = found.body["MediaConcurrencies"], []
    channels = [one["Channel"] for one in given]
    if not given or len(set(channels)) != len(channels):
        faults.append(bad("2.6.2"))
    for one in given:
        types = one.get("WorkloadTypeConcurrencies")
        if one["Channel"] == "VOICE" and (one.get("Concurrency") or 0) > 1:
            faults.append(bad("2.6.2"))
        if types is None:
            faults.append(rule if one.get("Concurrency") is None else None)
            continue
        names = [entry["WorkloadType"] for entry in types]
        if len(set(names)) != len(names) or sum(entry["Concurrency"] for entry in types) > 10:
            faults.append(bad("2.6.3"))
        if one["Channel"] not in ("TASK", "EMAIL") or one.get("Concurrency") or not set(names) <= {"connect:Task", "connect:ExternalTask"}:
            faults.append(rule)
    return faults


def create_profile(w: World) -> Request:
    return w.request(
        "CreateRoutingProfile", InstanceId=w.instance, Name=w.unique("profile"), Description="Refunds", DefaultOutboundQueueId=w.queue,
        QueueConfigs=[pair(w, "VOICE", 2, 0), pair(w, "TASK", 1, 30)], ManualAssignmentQueueConfigs=[{"QueueReference": {"QueueId": w.queue, "Channel": "EMAIL"}}],
        MediaConcurrencies=MEDIA, Tags={"team": "blue"}, AgentAvailabilityTimer="TIME_SINCE_LAST_INBOUND")


def pair(w: World, channel: str, priority: int, delay: int) -> dict[str, Any]:
    return {"QueueReference": {"QueueId": w.queue, "Channel": channel}, "Priority": priority, "Delay": delay}


MEDIA = [
    {"Channel": "CHAT", "Concurrency": 2, "CrossChannelBehavior": {"BehaviorType": "ROUTE_ANY_CHANNEL"}},
    {"Channel": "TASK", "WorkloadTypeConcurrencies": [{
        "WorkloadType": "connect:Task", "Concurrency": 3,
        "CrossChannelWorkloadBehavior": {"ChannelWorkloadBehaviorType": "ROUTE_CURRENT_CHANNEL_ANY_WORKLOADTYPE_ONLY"}}]},
]


def create_profile_rules(w: World, found: Examined) -> Expect:
    gate = instance_gate(w, found, "CreateRoutingProfile")
    if gate:
        return gate
    body = found.body
    faults = [bad_tags(found), queue_fault(w, "DefaultOutboundQueueId", body["DefaultOutboundQueueId"]), *pair_faults(w, found, {}), *media_faults(found)]
    if body["Name"] in w.names.setdefault("routing profile", {"Basic Routing Profile"}):
        faults.append(Expect.refused(DUPLICATE, why="administration 1.2.2"))
    return settle(faults, [blank(body["Name"]), blank(body["Description"])])


def after_create_profile(w: World, found: Examined, answer: Answer) -> None:
    body, new = found.body, answer.json["RoutingProfileId"]
    assert answer.json["RoutingProfileArn"] == f"{w.arn}/routing-profile/{new}"
    shown = w.must(w.request("DescribeRoutingProfile", InstanceId=w.instance, RoutingProfileId=new))["RoutingProfile"]
    reads_back(body, shown, "Name", "Description", "AgentAvailabilityTimer", "Tags")
    assert shown["NumberOfAssociatedQueues"] == len(body.get("QueueConfigs") or [])
    w.must(w.request("DeleteRoutingProfile", InstanceId=w.instance, RoutingProfileId=new))


def profile_rules(operation: str, faults) -> Any:
    """The profile and what else is named are reported together."""
    def rules(w: World, found: Examined) -> Expect:
        gate, others = profile_gate(w, found, operation), [f for f in faults(w, found) if f]
        return settle([gate, *others], [blank(found.body.get("Name"))])
    return rules


def rename_faults(w: World, found: Examined) -> list[Expect | None]:
    taken = found.body.get("Name") == "Basic Routing Profile"
    return [nothing_given(found), Expect.refused(DUPLICATE, why="administration 1.2.2") if taken else None]


def associated(w: World) -> set[tuple[str, str]]:
    return {(p["QueueId"], p["Channel"]) for p in profile_shown(w)["ListRoutingProfileQueues"]["RoutingProfileQueueConfigSummaryList"]}


def associate_faults(w: World, found: Examined) -> list[Expect | None]:
    manual = {(p["QueueId"], p["Channel"])
              for p in profile_shown(w)["ListRoutingProfileManualAssignmentQueues"]["RoutingProfileManualAssignmentQueueConfigSummaryList"]}
    none = all(found.body.get(m) is None for m in ("QueueConfigs", "ManualAssignmentQueueConfigs"))
    faults = pair_faults(w, found, {"QueueConfigs": associated(w), "ManualAssignmentQueueConfigs": manual})
    return [*faults, Expect.refused(INVALID_REQUEST, why="administration 2.6.7") if none else None]


def after_associate(w: World, found: Examined, answer: Answer) -> None:
    """The same can be associated again."""
    references = lambda member: [config["QueueReference"] for config in found.body.get(member) or []] or None
    w.must(w.request("DisassociateRoutingProfileQueues", InstanceId=w.instance, RoutingProfileId=w.spare("routing profile"),
                     QueueReferences=references("QueueConfigs"), ManualAssignmentQueueReferences=references("ManualAssignmentQueueConfigs")))


def disassociate_faults(w: World, found: Examined) -> list[Expect | None]:
    lists = [found.body.get(m) or [] for m in ("QueueReferences", "ManualAssignmentQueueReferences")]
    faults = [queue_fault(w, "QueueReferences", reference["QueueId"]) for one in lists for reference in one]
    faults.append(Expect.refused(INVALID_REQUEST, why="administration 2.6.7") if not any(lists) else None)
    return faults + [Expect.refused(INVALID_PARAMETER, why="administration 1.4") if any(len(one) > 10 for one in lists) else None]


def update_pair_faults(w: World, found: Examined) -> list[Expect | None]:
    there = associated(w)
    missing = any((w.known.bare(c["QueueReference"]["QueueId"], "queue"), c["QueueReference"]["Channel"]) not in there for c in found.body["QueueConfigs"])
    return [*pair_faults(w, found, {}), Expect.refused(INVALID_REQUEST, why="administration 2.6.7") if missing else None]


PROFILE_IDS = {
    "own-arn": lambda w: f"{w.arn}/routing-profile/{w.spare('routing profile')}", "unknown-id": lambda w: STRANGER, "queue-id": lambda w: w.queue}
QUEUE_IDS = {"own-arn": lambda w: f"{w.arn}/queue/{w.queue}", "unknown-id": lambda w: STRANGER, "flow-id": lambda w: w.flow, "queue-of-a-user": lambda w: w.spare("agent")}


def on_profile(operation: str, faults, members, after=lambda w, f, a: None, **extra) -> Entry:
    make = lambda w: w.request(operation, InstanceId=w.instance, RoutingProfileId=w.spare("routing profile"), **members(w))
    return Entry([Base(make)], profile_rules(operation, faults), after, watch=profile_shown, extra={"InstanceId": INSTANCE_IDS, "RoutingProfileId": PROFILE_IDS, **extra})


def list_pairs(operation: str) -> Entry:
    def rules(w: World, found: Examined) -> Expect:
        faults = [f for f in (profile_gate(w, found, operation), token_gate(found, operation)) if f]
        return _either(faults) if faults else Expect.accepted()
    make = lambda w: w.request(operation, InstanceId=w.instance, RoutingProfileId=w.spare("routing profile"), MaxResults="5")
    return Entry([Base(make)], rules, extra={"InstanceId": INSTANCE_IDS, "RoutingProfileId": PROFILE_IDS})


def after_delete_profile(w: World, found: Examined, answer: Answer) -> None:
    assert w.client.send(w.request("DescribeRoutingProfile", InstanceId=w.instance, RoutingProfileId=w.spare("routing profile"))).status == 404
    w.spend("routing profile")


OPERATIONS |= {
    "CreateRoutingProfile": Entry(
        [Base(create_profile)], create_profile_rules, after_create_profile,
        extra={"InstanceId": INSTANCE_IDS, "Name": {"in-use": lambda w: "Basic Routing Profile"}, "DefaultOutboundQueueId": QUEUE_IDS,
               "QueueConfigs[].QueueReference.QueueId": QUEUE_IDS}),
    "DescribeRoutingProfile": on_profile("DescribeRoutingProfile", lambda w, f: [], lambda w: {}),
    "DeleteRoutingProfile": Entry(
        [Base(lambda w: w.request("DeleteRoutingProfile", InstanceId=w.instance, RoutingProfileId=w.spare("routing profile")))],
        lambda w, f: profile_gate(w, f, "DeleteRoutingProfile") or Expect.accepted(), after_delete_profile,
        extra={"InstanceId": INSTANCE_IDS, "RoutingProfileId": PROFILE_IDS}),
    "UpdateRoutingProfileConcurrency": on_profile("UpdateRoutingProfileConcurrency", lambda w, f: media_faults(f), lambda w: {"MediaConcurrencies": MEDIA}),
    "UpdateRoutingProfileDefaultOutboundQueue": on_profile(
        "UpdateRoutingProfileDefaultOutboundQueue", lambda w, f: [queue_fault(w, "DefaultOutboundQueueId", f.body["DefaultOutboundQueueId"])],
        lambda w: {"DefaultOutboundQueueId": w.queue}, DefaultOutboundQueueId=QUEUE_IDS),
    "UpdateRoutingProfileName": on_profile(
        "UpdateRoutingProfileName", rename_faults, lambda w: {"Name": w.unique("profile"), "Description": "Renamed"},
        Name={"in-use": lambda w: "Basic Routing Profile"}),
    "UpdateRoutingProfileQueues": on_profile(
        "UpdateRoutingProfileQueues", update_pair_faults, lambda w: {"QueueConfigs": [pair(w, "VOICE", 3, 1), pair(w, "TASK", 99, 9999)]}),
    "UpdateRoutingProfileAgentAvailabilityTimer": on_profile(
        "UpdateRoutingProfileAgentAvailabilityTimer", lambda w, f: [], lambda w: {"AgentAvailabilityTimer": "TIME_SINCE_LAST_ACTIVITY"}),
    "AssociateRoutingProfileQueues": on_profile(
        "AssociateRoutingProfileQueues", associate_faults,
        lambda w: {"QueueConfigs": [pair(w, "CHAT", 2, 0), pair(w, "EMAIL", 1, 30)], "ManualAssignmentQueueConfigs": [{"QueueReference": {"QueueId": w.queue, "Channel": "TASK"}}]},
        after_associate),
    "DisassociateRoutingProfileQueues": on_profile(
        "DisassociateRoutingProfileQueues", disassociate_faults,
        lambda w: {m: [{"QueueId": w.queue, "Channel": "CHAT"}] for m in ("QueueReferences", "ManualAssignmentQueueReferences")}),
    "ListRoutingProfileQueues": list_pairs("ListRoutingProfileQueues"),
    "ListRoutingProfileManualAssignmentQueues": list_pairs("ListRoutingProfileManualAssignmentQueues"),
}


# --- predefined attributes ----------------------------------------------------------------------------------------------


def attribute_name(text: str) -> Expect | None:
    """administration 6.1.1; signs that are used like letters are open."""
    bad = Expect.refused(INVALID_PARAMETER, why="administration 6.1.1")
    if text.startswith(("aws:", "connect:")):
        return bad
    good = lambda c: unicodedata.category(c)[0] in "LZN" or c in "_.:/=+-@'"
    if all(map(good, text)):
        return None
    return Expect.open(INVALID_PARAMETER, why="administration 6.1.1") if all(good(c) or c.isalnum() or unicodedata.category(c)[0] in "MS" for c in text) else bad


def values_fault(found: Examined) -> list[Expect | None]:
    values = found.body.get("Values")
    if values is None:
        return []
    texts = [v for v in values.get("StringList") or [] if v is not None]
    if values.get("StringList") is None or len({t.lower() for t in texts}) != len(texts):
        return [Expect.refused(INVALID_PARAMETER, why="administration 6.1.1")]
    return [attribute_name(text) for text in texts]


def settle_open(faults: list[Expect | None]) -> Expect:
    due = [f for f in faults if f]
    return settle([f for f in due if not f.ok], [f for f in due if f.ok])


def attribute_gate(w: World, found: Examined, operation: str) -> Expect | None:
    return instance_gate(w, found, operation) or (
        None if found.labels["Name"] == w.spare("attribute") else Expect.refused(NOT_FOUND, INVALID_PARAMETER, why="administration 6.1.1: matched exactly"))


def attribute_members() -> dict[str, Any]:
    return {"Values": {"StringList": ["one", "two"]}, "Purposes": ["ROUTING"], "AttributeConfiguration": {"EnableValueValidationOnAssociation": True}}


def attribute_shown(w: World, name: str | None = None) -> dict[str, Any]:
    return w.must(w.request("DescribePredefinedAttribute", InstanceId=w.instance, Name=name or w.spare("attribute")))["PredefinedAttribute"]


def create_attribute_rules(w: World, found: Examined) -> Expect:
    name = attribute_name(found.body["Name"]) or (None if found.body["Name"].strip() else Expect.refused(INVALID_PARAMETER, why="administration 1.2.2"))
    return instance_gate(w, found, "CreatePredefinedAttribute") or settle_open([name, *values_fault(found)])


def after_create_attribute(w: World, found: Examined, answer: Answer) -> None:
    reads_back(found.body, attribute_shown(w, found.body["Name"]), "Name", "Values", "Purposes")
    w.must(w.request("DeletePredefinedAttribute", InstanceId=w.instance, Name=found.body["Name"]))


def update_attribute_rules(w: World, found: Examined) -> Expect:
    return attribute_gate(w, found, "UpdatePredefinedAttribute") or settle_open(values_fault(found))


def on_attribute(operation: str, after=lambda w, f, a: None) -> Entry:
    return Entry([Base(lambda w: w.request(operation, InstanceId=w.instance, Name=w.spare("attribute")))],
                 lambda w, f: attribute_gate(w, f, operation) or Expect.accepted(), after, extra={"InstanceId": INSTANCE_IDS})


OPERATIONS |= {
    "CreatePredefinedAttribute": Entry(
        [Base(lambda w: w.request("CreatePredefinedAttribute", InstanceId=w.instance, Name=w.unique("attribute"), **attribute_members()))],
        create_attribute_rules, after_create_attribute, extra={"InstanceId": INSTANCE_IDS, "Name": {"system": lambda w: "connect:Language", "sign": lambda w: "a*b"}}),
    "DescribePredefinedAttribute": on_attribute("DescribePredefinedAttribute"),
    "ListPredefinedAttributes": Entry(
        [Base(lambda w: w.request("ListPredefinedAttributes", InstanceId=w.instance, MaxResults="5"))], listing("ListPredefinedAttributes"), extra={"InstanceId": INSTANCE_IDS}),
    "UpdatePredefinedAttribute": Entry(
        [Base(lambda w: w.request("UpdatePredefinedAttribute", InstanceId=w.instance, Name=w.spare("attribute"), **attribute_members()))],
        update_attribute_rules, lambda w, f, a: reads_back(f.body, attribute_shown(w), "Values", "Purposes"), watch=attribute_shown, extra={"InstanceId": INSTANCE_IDS}),
    "DeletePredefinedAttribute": on_attribute("DeletePredefinedAttribute", lambda w, f, a: w.spend("attribute")),
}
