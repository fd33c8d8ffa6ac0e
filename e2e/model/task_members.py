"""What requests about tasks have in common: how a task is named, and members that several of them have."""

from __future__ import annotations

import re
import time
from typing import Any, Callable

import awsmodel
from agent_operations import without_null
from operations import FLOW_IDS, INVALID_PARAMETER, INVALID_REQUEST, NOT_FOUND, STRANGER, instance_named
from oracle import Examined, Expect, constraint_error
from world import World
UNKNOWN_CONTACT = "ContactNotFoundException"
PROPERTIES = "PropertyValidationException"
CONFLICT = "ConflictException"
REPEATED = "IdempotencyException"
EXPIRY = "connect:ContactExpiry"
EXPIRY_MAX = 129_600
DAY = 86_400
AHEAD_DAYS = 90
ATTRIBUTES_MAX = 32_768
REFERENCE_TYPES = ("URL", "NUMBER", "STRING", "DATE", "EMAIL")


# --- what is named ------------------------------------------------------------------------------------------------------


def given(found: Examined, member: str) -> str | None:
    """The text of a member, wherever it travels."""
    if member in found.labels:
        return found.labels[member]
    return (found.query[member] or [None])[0] if member in found.query else found.body.get(member)


def gate_of(found: Examined, operation: str, member: str, own: str, arn: str, error: str = NOT_FOUND) -> Expect | None:
    text, op = given(found, member), awsmodel.Operation(operation)
    if member == "InstanceId":
        return instance_named(text, operation, own, arn)
    if text in (own, arn):
        return None
    vague = not text or text.startswith("arn:")
    return Expect.refused(error, *([constraint_error(op)] if vague else []), why=f"{member} unknown: tasks 1.1.10")


def task_gate(w: World, found: Examined, operation: str, spare: str = "contact", member: str = "ContactId", error: str = NOT_FOUND) -> Expect | None:
    own = w.spare(spare)
    return gate_of(found, operation, "InstanceId", w.instance, w.arn) or gate_of(found, operation, member, own, f"{w.arn}/contact/{own}", error)


def contacts(spare: str = "contact", **more: Callable[[World], Any]) -> dict[str, Callable[[World], Any]]:
    own = lambda w: w.spare(spare)
    return {
        "own-arn": lambda w: f"{w.arn}/contact/{own(w)}", "unknown-id": lambda w: STRANGER, "upper-case": lambda w: own(w).upper(),
        "arn-of-other-kind": lambda w: f"{w.arn}/contact-flow/{own(w)}", "arn-of-other-instance": lambda w: f"{w.arn.replace(w.instance, STRANGER)}/contact/{own(w)}",
        **more}


FLOWS = FLOW_IDS | {
    "latest": lambda w: f"{w.flow}:$LATEST", "draft": lambda w: f"{w.flow}:$SAVED", "no-version": lambda w: f"{w.flow}:7",
    "never-published": lambda w: w.saved_flow, "module-id": lambda w: w.module}
STARTING = ("CONTACT_FLOW", "AGENT_TRANSFER", "QUEUE_TRANSFER")


def flow_fault(w: World, text: str | None, types: tuple[str, ...]) -> Expect | None:
    """A flow that is to run must exist, be published and of the right type (tasks 2.3.19)."""
    if not text:
        return None
    bare, _, qualifier = re.sub(f"^{re.escape(w.arn)}/contact-flow/", "", text).partition(":")
    kinds = {f["Id"]: f["ContactFlowType"] for f in w.flows} | {w.saved_flow: "CONTACT_FLOW"}
    if bare not in kinds or text.startswith("arn:") and bare == "arn":
        return Expect.refused(NOT_FOUND, *([INVALID_REQUEST] if ":$SAVED" in text else []), *([INVALID_PARAMETER] if text.startswith("arn:") else []), why="tasks 1.1.10: flow")
    if qualifier == "$SAVED" or bare == w.saved_flow or kinds[bare] not in types:
        return Expect.refused(INVALID_REQUEST, why="tasks 2.3.19")
    return Expect.refused(NOT_FOUND, why="flows 1.11: no such version") if qualifier not in ("", "$LATEST") else None


def state(spare: str = "contact") -> Callable[[World], Any]:
    """What a refused call must leave as it is."""
    def watch(w: World) -> Any:
        members = {"InstanceId": w.instance, "ContactId": w.spare(spare)}
        shown = w.must(w.request("DescribeContact", **members))["Contact"]
        return shown, w.must(w.request("ListContactReferences", **members, ReferenceTypes=["STRING", "NUMBER", "URL", "DATE", "EMAIL"]))
    return watch


def described(w: World, contact: str) -> dict[str, Any]:
    return w.must(w.request("DescribeContact", InstanceId=w.instance, ContactId=contact))["Contact"]


# --- members that several requests have ---------------------------------------------------------------------------------


def attribute_faults(attributes: dict[str, Any] | None) -> list[Expect]:
    live = {k: v for k, v in (attributes or {}).items() if v is not None}
    bad_key = any(not re.fullmatch("[A-Za-z0-9_-]+", key) for key in live)
    size = sum(len(k.encode()) + len(v.encode()) for k, v in live.items())
    return [Expect.refused(INVALID_PARAMETER, named=("Attributes",), why="tasks 2.3.12")] if bad_key or size > ATTRIBUTES_MAX else []


def reference_faults(references: dict[str, Any] | None, types: tuple[str, ...] = REFERENCE_TYPES) -> list[Expect]:
    """tasks 2.3.10, 2.3.11: the type and the form of a value."""
    out = []
    for key, entry in (references or {}).items():
        if entry is None:
            continue
        kind, value = entry["Type"], entry.get("Value") or ""
        if kind not in types:
            out.append(Expect.refused(INVALID_REQUEST, named=(f'References["{key}"]',), why="tasks 2.3.10"))
        elif not value_fits(kind, value):
            out.append(Expect.refused(INVALID_PARAMETER, named=(f'References["{key}"]',), why="tasks 2.3.11"))
    return out


def value_fits(kind: str, value: str) -> bool:
    if kind == "NUMBER":
        return re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", value, re.ASCII) is not None
    if kind == "DATE":
        return re.fullmatch(r"-?[0-9]+", value, re.ASCII) is not None
    if kind == "EMAIL":
        return re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value) is not None
    if kind == "URL":
        return re.match(r"[a-z]+://[a-z0-9.]+", value) is not None
    return True


def reference_doubts(references: dict[str, Any] | None) -> list[Expect]:
    """How exactly numbers, addresses and URLs look beyond the plain forms above is not written down."""
    odd = False
    for entry in (references or {}).values():
        if entry and entry["Type"] in ("NUMBER", "DATE", "EMAIL", "URL"):
            value = entry.get("Value") or ""
            odd |= not value or re.fullmatch(r"[A-Za-z0-9.]+|https://[a-z.]+/?[a-z]*|[a-z]+@[a-z]+\.[a-z]+", value) is None
    return [Expect.open(INVALID_PARAMETER, INVALID_REQUEST, why="the exact form of a reference's value")] if odd else []


def segment_faults(segments: dict[str, Any] | None, own: tuple[str, ...] = ()) -> tuple[list[Expect], list[Expect]]:
    faults, doubts = [], []
    for key, value in (segments or {}).items():
        if value is None:
            continue
        if key != EXPIRY:
            kinds = [INVALID_REQUEST] + ([INVALID_PARAMETER, NOT_FOUND] if key in own else [])
            faults.append(Expect.refused(*kinds, named=(f'SegmentAttributes["{key}"]',), why="tasks 2.3.17"))
            continue
        minutes = ((value.get("ValueMap") or {}).get("ExpiryDuration") or {}).get("ValueInteger")
        if minutes is None or not 1 <= minutes <= EXPIRY_MAX:
            faults.append(Expect.refused(INVALID_PARAMETER, named=(f'SegmentAttributes["{key}"]',), why="tasks 2.3.14"))
        others = any(value.get(m) is not None for m in ("ValueString", "ValueInteger", "ValueList", "ValueArn"))
        if others or len(value.get("ValueMap") or {}) != 1 or len((value["ValueMap"].get("ExpiryDuration") or {}).keys() - {"x-unknown"}) != 1:
            doubts.append(Expect.open(INVALID_PARAMETER, INVALID_REQUEST, why="more than one kind of value is not spoken of"))
    return faults, doubts


def expiry_of(segments: dict[str, Any] | None) -> int | None:
    entry = (segments or {}).get(EXPIRY) or {}
    return ((entry.get("ValueMap") or {}).get("ExpiryDuration") or {}).get("ValueInteger")


def schedule_fault(found: Examined) -> Expect | None:
    at = found.body.get("ScheduledTime")
    if not isinstance(at, (int, float)) or time.time() < at < time.time() + AHEAD_DAYS * DAY:
        return None
    return Expect.refused(INVALID_PARAMETER, named=("ScheduledTime",), why="tasks 2.3.13")


def told_again(w: World, body: dict[str, Any], contact: str) -> dict[str, Any]:
    """What was sent when a contact was made or changed reads back."""
    shown = described(w, contact)
    for member in ("Name", "Description"):
        if body.get(member):
            assert shown.get(member) == body[member], f"{member} reads back as {shown.get(member)!r}"
    minutes = expiry_of(body.get("SegmentAttributes"))
    if minutes is not None:
        assert expiry_of(shown["SegmentAttributes"]) == minutes
    if body.get("References"):
        kept = w.must(w.request("ListContactReferences", InstanceId=w.instance, ContactId=contact, ReferenceTypes=["STRING", "NUMBER", "URL", "DATE", "EMAIL"]))
        found = {one["Name"]: one.get("Value") for item in kept["ReferenceSummaryList"] for one in item.values()}
        for name, entry in body["References"].items():
            if entry and entry.get("Value") and entry["Type"] in REFERENCE_TYPES:
                assert found.get(name) == entry["Value"], f"reference {name!r} reads back as {found.get(name)!r}"
    return shown


def same_attributes(w: World, body: dict[str, Any], contact: str) -> None:
    if body.get("Attributes"):
        kept = w.must(w.request("GetContactAttributes", InstanceId=w.instance, InitialContactId=contact))["Attributes"]
        assert without_null(body["Attributes"]).items() <= kept.items(), f"attributes read back as {kept!r}"
