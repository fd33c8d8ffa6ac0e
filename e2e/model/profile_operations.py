"""Entries of the operations on routing profiles, quick connects that exist, and what an instance has besides; see operations.py."""

from __future__ import annotations

from typing import Any

from agent_operations import settle
from client import Answer, Request
from operations import (
    FLOW_IDS, INSTANCE_IDS, INVALID_PARAMETER, INVALID_REQUEST, STRANGER, Base, Entry, _config_fate, _either, _unwritten_name, id_gate, instance_gate)
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
