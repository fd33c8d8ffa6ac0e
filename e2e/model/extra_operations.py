"""Entries of the operations on attributes and functions of an instance, and of DeleteContactData; see operations.py."""

from __future__ import annotations

import re
from typing import Any

from agent_operations import settle
from client import Answer
from operations import INSTANCE_IDS, INVALID_PARAMETER, NOT_FOUND, Base, Entry, instance_gate, listing, remember, repeated, replayed
from oracle import Examined, Expect
from task_operations import INSTANCE, contacts, in_state, own_task, task_gate
from world import World

CONFLICT = "ResourceConflictException"
FUNCTION = re.compile(r"arn:(aws|aws-cn|aws-us-gov):lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9_$-]{1,128})?")


def arn(name: str) -> str:
    return f"arn:aws:lambda:us-east-1:123456789012:function:{name}"


def once(operation: str, w: World, found: Examined) -> Expect | None:
    """A client token that was used before: the first answer, or a refusal (tasks 1.1.11)."""
    if repeated(w, operation, found):
        return Expect.accepted()
    if replayed(w, operation, found):
        return Expect.open(INVALID_PARAMETER, CONFLICT, "IdempotencyException", "InvalidRequestException", NOT_FOUND, why="tasks 1.1.11: a token of another request")
    return None


# --- attributes of an instance ------------------------------------------------------------------------------------------


def shown(w: World) -> list[dict[str, Any]]:
    found, token = [], None
    while True:
        page = w.must(w.request("ListInstanceAttributes", InstanceId=w.instance, MaxResults="7", NextToken=token))
        found, token = found + page["Attributes"], page.get("NextToken")
        if not token:
            return found


def describe_rules(w: World, found: Examined) -> Expect:
    return instance_gate(w, found, "DescribeInstanceAttribute") or Expect.accepted()


def update_rules(w: World, found: Examined) -> Expect:
    first = instance_gate(w, found, "UpdateInstanceAttribute") or once("UpdateInstanceAttribute", w, found)
    fits = found.body["Value"].lower() in ("true", "false")
    return first or (Expect.accepted() if fits else Expect.refused(INVALID_PARAMETER, why="administration 2.10.2"))


def after_update(w: World, found: Examined, answer: Answer) -> None:
    if not replayed(w, "UpdateInstanceAttribute", found):
        now = w.must(w.request("DescribeInstanceAttribute", InstanceId=w.instance, AttributeType=found.labels["AttributeType"]))["Attribute"]
        assert now == {"AttributeType": found.labels["AttributeType"], "Value": found.body["Value"].lower()}, "administration 2.10.2"
    remember(w, "UpdateInstanceAttribute", found)


# --- functions ----------------------------------------------------------------------------------------------------------


def functions(w: World) -> dict[str, Any]:
    return w.must(w.request("ListLambdaFunctions", InstanceId=w.instance))


def form(text: str | None) -> Expect | None:
    if text is None or FUNCTION.fullmatch(text):
        return None
    return Expect.refused(INVALID_PARAMETER, why="administration 2.11.1")


def associate_rules(w: World, found: Examined) -> Expect:
    first = instance_gate(w, found, "AssociateLambdaFunction") or form(found.body["FunctionArn"]) or once("AssociateLambdaFunction", w, found)
    known = found.body["FunctionArn"] in functions(w)["LambdaFunctions"]
    return first or (Expect.refused(CONFLICT, why="administration 2.11.2") if known else Expect.accepted())


def after_associate(w: World, found: Examined, answer: Answer) -> None:
    remember(w, "AssociateLambdaFunction", found)
    function = found.body["FunctionArn"]
    if function != w.spares.get("function"):
        assert function in functions(w)["LambdaFunctions"]
        w.must(w.request("DisassociateLambdaFunction", InstanceId=w.instance, FunctionArn=function))


def disassociate_rules(w: World, found: Examined) -> Expect:
    function = (found.query.get("FunctionArn") or [None])[0]
    token = (found.query.get("ClientToken") or [""])[0]
    first = instance_gate(w, found, "DisassociateLambdaFunction") or form(function)
    if first:
        return first
    known = function in functions(w)["LambdaFunctions"]
    if token and token in w.used_tokens:
        return Expect.open(INVALID_PARAMETER, CONFLICT, NOT_FOUND, why="tasks 1.1.11: a token of another request")
    return Expect.accepted() if known else Expect.refused(NOT_FOUND, why="administration 2.11.2")


def after_disassociate(w: World, found: Examined, answer: Answer) -> None:
    token = (found.query.get("ClientToken") or [""])[0]
    if token:
        w.used_tokens.add(token)
    if w.spares.get("function") not in functions(w)["LambdaFunctions"]:
        w.spend("function")


# --- what contacts keep -------------------------------------------------------------------------------------------------


def delete_data_rules(w: World, found: Examined) -> Expect:
    running = in_state(found, w, contact="ContactNotTerminatedException")
    none = all(field is None for field in found.body["ContactFields"])
    empty = Expect.refused(INVALID_PARAMETER, why="administration 6.4: at least one field") if none else None
    return (None if running and not empty else task_gate(w, found, "DeleteContactData", "ended contact")) or settle([running, empty])


OPERATIONS: dict[str, Entry] = {
    "DescribeInstanceAttribute": Entry(
        [Base(lambda w: w.request("DescribeInstanceAttribute", InstanceId=w.instance, AttributeType="INBOUND_CALLS"))], describe_rules, extra={"InstanceId": INSTANCE_IDS}),
    "ListInstanceAttributes": Entry(
        [Base(lambda w: w.request("ListInstanceAttributes", InstanceId=w.instance, MaxResults="5"))], listing("ListInstanceAttributes"), extra={"InstanceId": INSTANCE_IDS}),
    "UpdateInstanceAttribute": Entry(
        [Base(lambda w: w.request("UpdateInstanceAttribute", InstanceId=w.instance, AttributeType="EARLY_MEDIA", Value="false"))],
        update_rules, after_update, watch=shown, extra={"InstanceId": INSTANCE_IDS, "Value": {"case": lambda w: "TRUE", "word": lambda w: "yes"}}),
    "AssociateLambdaFunction": Entry(
        [Base(lambda w: w.request("AssociateLambdaFunction", InstanceId=w.instance, FunctionArn=arn(w.unique("f"))))],
        associate_rules, after_associate, watch=functions,
        extra={"InstanceId": INSTANCE_IDS, "FunctionArn": {"associated": lambda w: w.spare("function"), "qualified": lambda w: arn(w.unique("f")) + ":$LATEST"}}),
    "DisassociateLambdaFunction": Entry(
        [Base(lambda w: w.request("DisassociateLambdaFunction", InstanceId=w.instance, FunctionArn=w.spare("function")))],
        disassociate_rules, after_disassociate, watch=functions,
        extra={"InstanceId": INSTANCE_IDS, "FunctionArn": {"other": lambda w: arn("nobody")}}),
    "ListLambdaFunctions": Entry(
        [Base(lambda w: w.request("ListLambdaFunctions", InstanceId=w.instance, MaxResults="5"))], listing("ListLambdaFunctions"), extra={"InstanceId": INSTANCE_IDS}),
    "DeleteContactData": Entry(
        [Base(own_task("DeleteContactData", spare="ended contact", ContactFields=["CUSTOMER_ENDPOINT"]))], delete_data_rules, extra=INSTANCE | {"ContactId": contacts("ended contact", running=lambda w: w.spare("contact"))}),
}
