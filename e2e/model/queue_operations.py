"""Entries of the operations on queues that exist; see operations.py."""

from __future__ import annotations

from typing import Any

from agent_operations import one_of, outbound_caller_faults, settle, without_null
from client import Answer
from operations import DUPLICATE, FLOW_IDS, INSTANCE_IDS, NOT_FOUND, STRANGER, Base, Entry, id_gate, instance_gate, token_gate
from oracle import Examined, Expect
from profile_operations import blank, nothing_given
from world import World


def gate(w: World, found: Examined, operation: str, spare: str = "queue") -> Expect | None:
    own = w.spare(spare)
    instance, queue = instance_gate(w, found, operation), id_gate(w, found, operation, "QueueId", own, f"{w.arn}/queue/{own}")
    if instance and queue and found.labels["QueueId"] == "":
        return instance | queue  # an empty label breaks the form of the path, which is looked at first
    return instance or queue


def shown(w: World) -> dict[str, Any]:
    return w.must(w.request("DescribeQueue", InstanceId=w.instance, QueueId=w.spare("queue")))["Queue"]


def offered(w: World) -> set[str]:
    found = w.must(w.request("ListQueueQuickConnects", InstanceId=w.instance, QueueId=w.spare("queue")))
    return {one["Id"] for one in found["QuickConnectSummaryList"]}


def about_queue(operation: str, faults: Any = lambda w, body: []):
    def rules(w: World, found: Examined) -> Expect:
        instance = instance_gate(w, found, operation)
        here = gate(w, found, operation)
        return here if instance and here else settle([here] + faults(w, found.body))
    return rules


def listing_below(operation: str):
    def rules(w: World, found: Examined) -> Expect:
        here, token = gate(w, found, operation), token_gate(found, operation)
        return here | token if here and token else here or token or Expect.accepted()
    return rules


def name_rules(w: World, found: Examined) -> Expect:
    here = gate(w, found, "UpdateQueueName")
    if here:
        return here
    name, own = found.body.get("Name"), shown(w)["Name"]
    taken = Expect.refused(DUPLICATE, why="administration 1.2.2") if name in w.names.get("queue", {"BasicQueue"}) - {own} else None
    w.names.setdefault("queue", {"BasicQueue"}).discard(own)  # it comes back in `after_name`, changed or not
    return settle([nothing_given(found), taken], [f for f in (blank(name), blank(found.body.get("Description") or None)) if f])


def after(member: str):
    def check(w: World, found: Examined, answer: Answer) -> None:
        assert without_null(shown(w).get(member)) == without_null(found.body.get(member))
    return check


def after_name(w: World, found: Examined, answer: Answer) -> None:
    queue = shown(w)
    w.names.setdefault("queue", {"BasicQueue"}).add(queue["Name"])
    assert found.body.get("Name") in (None, queue["Name"])
    assert found.body.get("Description") in (None, queue.get("Description", "")), "administration 1.1.5"


def after_hours(w: World, found: Examined, answer: Answer) -> None:
    assert shown(w)["HoursOfOperationId"] == w.hours


def after_caller(w: World, found: Examined, answer: Answer) -> None:
    caller, given = shown(w)["OutboundCallerConfig"], without_null(found.body["OutboundCallerConfig"])
    given = {name: value.rpartition("/")[2] if name == "OutboundFlowId" else value for name, value in given.items() if name in (
        "OutboundCallerIdName", "OutboundCallerIdNumberId", "OutboundFlowId")}
    assert caller == given


def after_delete(w: World, found: Examined, answer: Answer) -> None:
    gone = w.spare("doomed queue")
    assert w.client.send(w.request("DescribeQueue", InstanceId=w.instance, QueueId=gone)).status == 404
    w.spend("doomed queue")
    w.made.discard(gone)


def quick_faults(w: World, body: dict[str, Any]) -> list[Expect | None]:
    return [one_of(text, w.quick_connect, f"{w.arn}/transfer-destination/{w.quick_connect}", "QuickConnectIds") for text in body["QuickConnectIds"]]


def hours_faults(w: World, body: dict[str, Any]) -> list[Expect | None]:
    return [one_of(body["HoursOfOperationId"], w.hours, f"{w.arn}/operating-hours/{w.hours}", "HoursOfOperationId")]


def no_address(w: World, body: dict[str, Any]) -> list[Expect | None]:
    named = body.get("EmailAddressesConfig") or (body.get("OutboundEmailConfig") or {}).get("OutboundEmailAddressId") is not None
    return [Expect.refused(NOT_FOUND, why="administration 2.4.6") if named else None]


def of_queue(operation: str, spare: str = "queue", refused: str | None = None, **members: Any) -> Base:
    return Base(lambda w: w.request(operation, InstanceId=w.instance, QueueId=w.spare(spare), **{n: v(w) if callable(v) else v for n, v in members.items()}), refused=refused)


QUEUE_IDS = {
    "own-arn": lambda w: f"{w.arn}/queue/{w.spare('queue')}", "unknown-id": lambda w: STRANGER, "flow-id": lambda w: w.flow,
    "queue-of-a-user": lambda w: w.spare("agent"), "arn-of-the-queue-of-a-user": lambda w: f"{w.arn}/queue/agent/{w.spare('agent')}"}
BOTH = {"InstanceId": INSTANCE_IDS, "QueueId": QUEUE_IDS}
QUICK_IDS = {"own-arn": lambda w: f"{w.arn}/transfer-destination/{w.quick_connect}", "unknown-id": lambda w: STRANGER}

OPERATIONS: dict[str, Entry] = {
    "UpdateQueueName": Entry(
        [of_queue("UpdateQueueName", Name=lambda w: w.unique("queue"), Description="Changed")], name_rules, after_name, watch=shown,
        extra=BOTH | {"Name": {"in-use": lambda w: "BasicQueue"}, "Description": {"cleared": lambda w: ""}}),
    "UpdateQueueMaxContacts": Entry([of_queue("UpdateQueueMaxContacts", MaxContacts=7)], about_queue("UpdateQueueMaxContacts"), after("MaxContacts"), watch=shown, extra=BOTH),
    "UpdateQueueStatus": Entry([of_queue("UpdateQueueStatus", Status="DISABLED")], about_queue("UpdateQueueStatus"), after("Status"), watch=shown, extra=BOTH),
    "UpdateQueueHoursOfOperation": Entry(
        [of_queue("UpdateQueueHoursOfOperation", HoursOfOperationId=lambda w: w.hours)], about_queue("UpdateQueueHoursOfOperation", hours_faults), after_hours, watch=shown,
        extra=BOTH | {"HoursOfOperationId": {"own-arn": lambda w: f"{w.arn}/operating-hours/{w.hours}", "unknown-id": lambda w: STRANGER, "queue-id": lambda w: w.queue}}),
    "UpdateQueueOutboundCallerConfig": Entry(
        [of_queue("UpdateQueueOutboundCallerConfig", OutboundCallerConfig=lambda w: {
            "OutboundCallerIdName": "Refunds", "OutboundCallerIdNumberId": "number-1", "OutboundFlowId": w.flow_of("OUTBOUND_WHISPER")})],
        about_queue("UpdateQueueOutboundCallerConfig", lambda w, body: outbound_caller_faults(w, body["OutboundCallerConfig"])), after_caller, watch=shown,
        extra=BOTH | {"OutboundCallerConfig.OutboundFlowId": FLOW_IDS}),
    "UpdateQueueOutboundEmailConfig": Entry(
        [of_queue("UpdateQueueOutboundEmailConfig", OutboundEmailConfig={}),
         of_queue("UpdateQueueOutboundEmailConfig", refused=NOT_FOUND, OutboundEmailConfig={"OutboundEmailAddressId": STRANGER})],
        about_queue("UpdateQueueOutboundEmailConfig", no_address), watch=shown, extra=BOTH),
    "DeleteQueue": Entry(
        [of_queue("DeleteQueue", "doomed queue")], lambda w, f: gate(w, f, "DeleteQueue", "doomed queue") or Expect.accepted(), after_delete,
        extra={"InstanceId": INSTANCE_IDS, "QueueId": {"unknown-id": lambda w: STRANGER, "queue-of-a-user": lambda w: w.spare("agent")}}),
    "AssociateQueueQuickConnects": Entry(
        [of_queue("AssociateQueueQuickConnects", QuickConnectIds=lambda w: [w.quick_connect])], about_queue("AssociateQueueQuickConnects", quick_faults),
        lambda w, f, a: _equal(offered(w), {w.quick_connect}), watch=offered, extra=BOTH | {"QuickConnectIds[]": QUICK_IDS}),
    "DisassociateQueueQuickConnects": Entry(
        [of_queue("DisassociateQueueQuickConnects", QuickConnectIds=lambda w: [w.quick_connect])], about_queue("DisassociateQueueQuickConnects", quick_faults),
        lambda w, f, a: _equal(offered(w), set()), watch=offered, extra=BOTH | {"QuickConnectIds[]": QUICK_IDS}),
    "ListQueueQuickConnects": Entry([of_queue("ListQueueQuickConnects", MaxResults="5")], listing_below("ListQueueQuickConnects"), extra=BOTH),
    "AssociateQueueEmailAddresses": Entry(
        [of_queue("AssociateQueueEmailAddresses", refused=NOT_FOUND, EmailAddressesConfig=[{"EmailAddressId": STRANGER}], ClientToken=lambda w: w.unique("token"))],
        about_queue("AssociateQueueEmailAddresses", no_address), watch=shown, extra=BOTH),
    "DisassociateQueueEmailAddresses": Entry(
        [of_queue("DisassociateQueueEmailAddresses", EmailAddressesId=[STRANGER], ClientToken=lambda w: w.unique("token"))], about_queue("DisassociateQueueEmailAddresses"),
        watch=shown, extra=BOTH),
    "ListQueueEmailAddresses": Entry([of_queue("ListQueueEmailAddresses", MaxResults="5")], listing_below("ListQueueEmailAddresses"), extra=BOTH),
}


def _equal(found: Any, due: Any) -> None:
    assert found == due, f"{found} instead of {due}"
