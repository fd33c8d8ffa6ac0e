"""The implemented operations: one entry each.

An entry gives valid base requests, and, where the model is not the whole story, the rules beyond it (`rules`), what to check
and undo after a request that was accepted (`after`: what was written reads back the same) and values of its own to try
(`extra`). A new operation needs no more than

    "DescribeThing": Entry([Base(lambda w: w.request("DescribeThing", InstanceId=w.instance, ThingId=w.thing))]),

Without `rules` every request that the model allows is expected to be accepted.
"""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any, Callable

import awsmodel
import server
import template_rules
from client import Answer, Encoded, Request
from oracle import Examined, Expect, constraint_error
from world import FLOW_CONTENT, MODULE_CONTENT, World, create_instance, create_module, create_template, template_body

NOT_FOUND = "ResourceNotFoundException"
INVALID_PARAMETER = "InvalidParameterException"
INVALID_REQUEST = "InvalidRequestException"
INVALID_MODULE = "InvalidContactFlowModuleException"
INVALID_FLOW = "InvalidContactFlowException"
DUPLICATE = "DuplicateResourceException"

STRANGER = "99999999-9999-4999-8999-999999999999"

Rules = Callable[[World, Examined], Expect]


@dataclasses.dataclass
class Base:
    make: Callable[[World], Request]
    refused: str | None = None  # the error that even the good request gets, because there is nothing to refer to


@dataclasses.dataclass
class Entry:
    bases: list[Base]
    rules: Rules = lambda w, f: Expect.accepted()
    after: Callable[[World, Examined, Answer], None] = lambda w, f, a: None
    extra: dict[str, dict[str, Callable[[World], Any]]] = dataclasses.field(default_factory=dict)
    combinations: int = 25
    watch: Callable[[World], Any] | None = None  # reads what a refused call must leave as it is


# --- helpers for rules --------------------------------------------------------------------------------------------------


def id_gate(w: World, found: Examined, operation: str, member: str, own: str, arn: str) -> Expect | None:
    """None: the label names the thing. Unknown ids are not found; malformed ARNs may be told apart (protocol 9.2)."""
    text = found.labels.get(member)
    if text in (own, arn):
        return None
    op = awsmodel.Operation(operation)
    if text == "" or text is None or text.startswith("arn:"):
        return Expect.refused(NOT_FOUND, constraint_error(op), why=f"{member} malformed or unknown")
    return Expect.refused(NOT_FOUND, why=f"{member} unknown: task-templates 0.5, tasks 1.1.10")


INSTANCE_ARN = re.compile(r"arn:(aws|aws-cn|aws-us-gov):connect:[a-z0-9-]+:[0-9]{12}:instance/(.*)", re.DOTALL)
UUID = re.compile(r"[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}")


def instance_named(text: str | None, operation: str, own: str, arn_of_own: str) -> Expect | None:
    """None: the text names the instance. Neither UUID nor an instance's ARN is a bad request, not something unknown."""
    if text in (own, arn_of_own):
        return None
    arn = INSTANCE_ARN.fullmatch(text or "")
    if UUID.fullmatch(arn[2] if arn else text or ""):
        return Expect.refused(NOT_FOUND, why="InstanceId unknown: task-templates 0.5, tasks 1.1.10")
    error = INVALID_REQUEST if awsmodel.Operation(operation).declares(INVALID_REQUEST) else INVALID_PARAMETER
    return Expect.refused(error, named=("InstanceId",), why="InstanceId malformed: administration 1.1.3")


def instance_gate(w: World, found: Examined, operation: str) -> Expect | None:
    return instance_named(found.labels.get("InstanceId"), operation, w.instance, w.arn)


def token_gate(found: Examined, operation: str) -> Expect | None:
    token = (found.query.get("NextToken") or [""])[0]
    if token:
        return Expect.refused(constraint_error(awsmodel.Operation(operation)), why="task-templates 1.3.4, tasks 1.1.12: no token of ours")
    return None


def listing(operation: str) -> Rules:
    def rules(w: World, found: Examined) -> Expect:
        gate = instance_gate(w, found, operation) if "InstanceId" in found.labels else None
        token = token_gate(found, operation)
        if gate and token:
            return gate | token
        return gate or token or Expect.accepted()
    return rules


def describing(operation: str, member: str, own: Callable[[World], str], kind: str) -> Rules:
    def rules(w: World, found: Examined) -> Expect:
        return instance_gate(w, found, operation) or id_gate(w, found, operation, member, own(w), f"{w.arn}/{kind}/{own(w)}") or Expect.accepted()
    return rules


def replayed(w: World, operation: str, found: Examined) -> bool:
    token = found.body.get("ClientToken") or ""
    return (operation, token) in w.tokens


def repeated(w: World, operation: str, found: Examined) -> bool:
    """The same token with the same parameters: the first answer again."""
    token = found.body.get("ClientToken") or ""
    return bool(token) and w.bodies.get((operation, token)) == found.body


def remember(w: World, operation: str, found: Examined) -> None:
    token = found.body.get("ClientToken") or ""
    if token:
        w.bodies[(operation, token)] = found.body
        w.tokens.add((operation, token))


# --- task templates -----------------------------------------------------------------------------------------------------


def update_template(w: World) -> Request:
    return w.request("UpdateTaskTemplate", InstanceId=w.instance, TaskTemplateId=w.spare("template"), **template_body(w))


def template_properties(w: World, found: Examined, *, update: bool) -> Expect:
    due = template_rules.check(found.body, w.known, update=update)
    if due.must:
        return Expect(errors=frozenset({"PropertyValidationException"}), properties=tuple(due.must), open_properties=tuple(due.may), why="task-templates 2")
    if due.may:
        return Expect(ok=True, errors=frozenset({"PropertyValidationException"}), properties=(), open_properties=tuple(due.may), why="task-templates 0.9")
    if due.over_quota:
        return Expect.open("ServiceQuotaExceededException", why="task-templates 2.7.2, a setting")
    return Expect.accepted()


def create_template_rules(w: World, found: Examined) -> Expect:
    gate = instance_gate(w, found, "CreateTaskTemplate")
    if not gate and replayed(w, "CreateTaskTemplate", found):
        return Expect.refused(INVALID_PARAMETER, why="task-templates 1.1.5: a token used before")
    return gate or template_properties(w, found, update=False)


def update_template_rules(w: World, found: Examined) -> Expect:
    own = w.spare("template")
    gate = instance_gate(w, found, "UpdateTaskTemplate")
    return gate or id_gate(w, found, "UpdateTaskTemplate", "TaskTemplateId", own, f"{w.arn}/task-template/{own}") or template_properties(w, found, update=True)


def stored_template(w: World, body: dict[str, Any]) -> dict[str, Any]:
    """What a template answers when it was written with `body` (task-templates 1.2.3, 2.2.9, 2.6.7)."""
    plain = lambda value, *members: {m: value[m] for m in members if value.get(m) not in (None, "", [], {})}
    named = lambda entries: [{"Id": {"Name": e["Id"]["Name"]}} for e in entries or []]
    out = plain(body, "Name", "Description", "ContactFlowId", "SelfAssignFlowId")
    for member in ("ContactFlowId", "SelfAssignFlowId"):
        if member in out:
            out[member] = w.known.bare(out[member], "contact-flow")
    module = (body.get("ContactHooks") or {}).get("WrapUpFlowId")
    if module is not None:
        out["ContactHooks"] = {"WrapUpFlowId": w.known.bare(module, "flow-module")}
    constraints = {m: named(body["Constraints"].get(m)) for m in ("RequiredFields", "ReadOnlyFields", "InvisibleFields")}
    out["Constraints"] = {m: v for m, v in constraints.items() if v}
    defaults = [{"Id": {"Name": d["Id"]["Name"]}, "DefaultValue": d["DefaultValue"]} for d in (body.get("Defaults") or {}).get("DefaultFieldValues") or []]
    if defaults:
        out["Defaults"] = {"DefaultFieldValues": defaults}
    out["Status"] = body.get("Status") or "ACTIVE"
    out["Fields"] = [{"Id": {"Name": f["Id"]["Name"]}, "Type": f.get("Type") or "TEXT", **plain(f, "Description", "SingleSelectOptions")} for f in body["Fields"]]
    return out


def same_template(w: World, body: dict[str, Any], shown: dict[str, Any]) -> None:
    due = stored_template(w, body)
    for member in template_rules.ORDER:
        assert shown.get(member) == due.get(member), f"{member} reads back as {shown.get(member)!r}, written was {due.get(member)!r}"


def after_create_template(w: World, found: Examined, answer: Answer) -> None:
    remember(w, "CreateTaskTemplate", found)
    shown = w.must(w.request("GetTaskTemplate", InstanceId=w.instance, TaskTemplateId=answer.json["Id"]))
    same_template(w, found.body, shown)
    assert "Tags" not in shown
    w.must(w.request("DeleteTaskTemplate", InstanceId=w.instance, TaskTemplateId=answer.json["Id"]))


def after_update_template(w: World, found: Examined, answer: Answer) -> None:
    same_template(w, found.body, answer.json)


def get_template(w: World) -> Request:
    return w.request("GetTaskTemplate", InstanceId=w.instance, TaskTemplateId=w.spare("template"), SnapshotVersion="1")


def get_template_rules(w: World, found: Examined) -> Expect:
    own = w.spare("template")
    gate = instance_gate(w, found, "GetTaskTemplate") or id_gate(w, found, "GetTaskTemplate", "TaskTemplateId", own, f"{w.arn}/task-template/{own}")
    version = (found.query.get("SnapshotVersion") or [""])[0]
    if version and not re.fullmatch(r"[1-9][0-9]{0,9}", version):
        bad = Expect.refused(INVALID_PARAMETER, why="task-templates 3.4")
        return gate | bad if gate else bad
    if version not in ("", "1"):
        # The spare template may have been updated by then; what is in its history is covered by the crash test.
        return gate or Expect.open(NOT_FOUND, why="task-templates 3.4")
    return gate or Expect.accepted()


def delete_template_rules(w: World, found: Examined) -> Expect:
    own = w.spare("template")
    return instance_gate(w, found, "DeleteTaskTemplate") or id_gate(w, found, "DeleteTaskTemplate", "TaskTemplateId", own, f"{w.arn}/task-template/{own}") or Expect.accepted()


TEMPLATE_ARNS: dict[str, Callable[[World], Any]] = {
    "own-arn": lambda w: f"{w.arn}/task-template/{w.spare('template')}",
    "arn-of-other-kind": lambda w: f"{w.arn}/contact-flow/{w.spare('template')}",
    "arn-of-other-instance": lambda w: f"{w.arn.replace(w.instance, STRANGER)}/task-template/{w.spare('template')}",
    "arn-of-other-account": lambda w: f"{w.arn.replace(server.ACCOUNT, '123456789012')}/task-template/{w.spare('template')}",
    "unknown-id": lambda w: STRANGER,
}
MODULE_IDS: dict[str, Callable[[World], Any]] = {
    "own-arn": lambda w: f"{w.arn}/flow-module/{w.module}",
    "flow-id": lambda w: w.flow,
    "arn-of-flow-kind": lambda w: f"{w.arn}/contact-flow/{w.module}",
    "unknown-id": lambda w: STRANGER,
}
INSTANCE_IDS: dict[str, Callable[[World], Any]] = {
    "malformed": lambda w: "not-an-instance",
    "malformed-in-arn": lambda w: w.arn + "0",
    "arn-of-a-queue": lambda w: f"{w.arn}/queue/{STRANGER}",
    "own-arn": lambda w: w.arn,
    "arn-of-other-instance": lambda w: w.arn.replace(w.instance, STRANGER),
    "unknown-id": lambda w: STRANGER,
}
FLOW_IDS: dict[str, Callable[[World], Any]] = {
    "own-arn": lambda w: f"{w.arn}/contact-flow/{w.flow}",
    "of-wrong-type": lambda w: w.flow_of("CUSTOMER_QUEUE"),
    "of-transfer-type": lambda w: w.flow_of("AGENT_TRANSFER"),
    "unknown-id": lambda w: STRANGER,
    "arn-of-other-instance": lambda w: f"{w.arn.replace(w.instance, STRANGER)}/contact-flow/{w.flow}",
}

# --- tags ---------------------------------------------------------------------------------------------------------------


def template_arn(w: World) -> str:
    return f"{w.arn}/task-template/{w.spare('template')}"


def tag_rules(operation: str) -> Rules:
    def rules(w: World, found: Examined) -> Expect:
        arn = found.labels["resourceArn"]
        gate = None
        if arn != template_arn(w):
            gate = _arn_fate(w, arn)
        values = list((found.body.get("tags") or {}).values())
        if any(v is not None and template_rules.has_control(v) for v in values):
            bad = Expect.refused(INVALID_PARAMETER, why="task-templates 4.2: control characters in values")
            return gate | bad if gate else bad
        return gate or Expect.accepted()
    return rules


def _arn_fate(w: World, arn: str) -> Expect | None:
    parts = re.fullmatch(r"arn:([^:]*):connect:([^:]*):([^:]*):(.+)", arn, re.DOTALL)
    if not parts:
        return Expect.refused(INVALID_PARAMETER, why="task-templates 4.6: no ARN of ours")
    if parts[1] != "aws":
        return Expect.refused(INVALID_PARAMETER, NOT_FOUND, why="task-templates 4.6")
    if arn in (w.arn, f"{w.arn}/contact-flow/{w.flow}", f"{w.arn}/transfer-destination/{w.quick_connect}"):
        return None
    kind = re.fullmatch(r"instance/[^/]+(?:/([^/]+)/.+)?", parts[4], re.DOTALL)
    if not kind or kind[1] not in (None, *TAGGED_KINDS, "contact"):
        return Expect.refused(INVALID_PARAMETER, why="task-templates 4.6: unknown kind")
    if kind[1] == "contact":
        return Expect.refused(INVALID_REQUEST, why="task-templates 4.6: contacts have TagContact")
    return Expect.refused(NOT_FOUND, why="task-templates 4.6: absent")


TAGGED_KINDS = ("task-template", "contact-flow", "flow-module", "transfer-destination", "queue", "agent", "agent-state", "routing-profile",
                "operating-hours", "security-profile", "agent-group", "prompt")

RESOURCE_ARNS: dict[str, Callable[[World], Any]] = {
    "raw-arn": lambda w: Encoded(template_arn(w)),
    "instance": lambda w: w.arn,
    "flow": lambda w: f"{w.arn}/contact-flow/{w.flow}",
    "quick-connect": lambda w: f"{w.arn}/transfer-destination/{w.quick_connect}",
    "absent-template": lambda w: f"{w.arn}/task-template/{STRANGER}",
    "absent-queue": lambda w: f"{w.arn}/queue/{STRANGER}",
    "contact": lambda w: f"{w.arn}/contact/{STRANGER}",
    "other-account": lambda w: template_arn(w).replace(server.ACCOUNT, "123456789012"),
    "other-region": lambda w: template_arn(w).replace(server.REGION, "eu-west-1"),
    "other-instance": lambda w: template_arn(w).replace(w.instance, STRANGER),
    "other-partition": lambda w: template_arn(w).replace("arn:aws:", "arn:aws-cn:"),
    "unknown-kind": lambda w: f"{w.arn}/sandwich/{STRANGER}",
    "near-kind": lambda w: f"{w.arn}/quick-connect/{w.quick_connect}",
    "other-service": lambda w: template_arn(w).replace(":connect:", ":s3:"),
    "bare-id": lambda w: w.spare("template"),
    "upper-case": lambda w: "ARN:" + template_arn(w)[4:],
}


def after_tag(w: World, found: Examined, answer: Answer) -> None:
    arn = found.labels["resourceArn"]
    tags = w.must(w.request("ListTagsForResource", resourceArn=arn))["tags"]
    for key, value in (found.body.get("tags") or {}).items():
        if value is not None:
            assert tags.get(key) == value, f"tag {key!r} reads back as {tags.get(key)!r}, written was {value!r}"
    keys = list(tags)
    for at in range(0, len(keys), 50):
        w.must(w.request("UntagResource", resourceArn=arn, tagKeys=keys[at:at + 50]))
    assert w.must(w.request("ListTagsForResource", resourceArn=arn))["tags"] == {}


# --- instances ----------------------------------------------------------------------------------------------------------


def create_instance_rules(w: World, found: Examined) -> Expect:
    if replayed(w, "CreateInstance", found):
        return Expect.refused(INVALID_REQUEST, why="tasks 1.1.11: a token used before")
    body = found.body
    if any(v is not None and template_rules.has_control(v) for v in (body.get("Tags") or {}).values()):
        return Expect.refused(INVALID_REQUEST, why="task-templates 4.2: control characters in values")
    if body["IdentityManagementType"] != "CONNECT_MANAGED" or body.get("DirectoryId") or not body.get("InstanceAlias"):
        return Expect.open(INVALID_REQUEST, NOT_FOUND, why="which combinations of directory and alias are refused is not written down")
    return Expect.accepted()


def after_create_instance(w: World, found: Examined, answer: Answer) -> None:
    remember(w, "CreateInstance", found)
    new = answer.json["Id"]
    shown = w.must(w.request("DescribeInstance", InstanceId=new))["Instance"]
    for member in ("InstanceAlias", "IdentityManagementType", "InboundCallsEnabled", "OutboundCallsEnabled"):
        if found.body.get(member) is not None:
            assert shown[member] == found.body[member], f"{member} reads back as {shown[member]!r}"
    tags = {k: v for k, v in (found.body.get("Tags") or {}).items() if v is not None}
    assert shown.get("Tags", {}) == tags
    w.must(w.request("DeleteInstance", InstanceId=new))


def list_instances(w: World) -> Request:
    return w.request("ListInstances", MaxResults="10")


# --- flows and quick connects -------------------------------------------------------------------------------------------


def create_flow(w: World) -> Request:
    return w.request("CreateContactFlow", InstanceId=w.instance, Name=w.unique("flow"), Type="CONTACT_FLOW", Description="A flow", Content=FLOW_CONTENT, Status="PUBLISHED",
                     Tags={"team": "blue"})


def create_saved_flow(w: World) -> Request:
    request = create_flow(w)
    request.body["Status"] = "SAVED"
    return request


def create_flow_rules(w: World, found: Examined) -> Expect:
    gate = instance_gate(w, found, "CreateContactFlow")
    if gate:
        return gate
    body = found.body
    faults = []
    if len(body["Content"]) == 0 or len(body["Content"]) > 256_000:
        faults.append(Expect.refused(INVALID_PARAMETER, INVALID_REQUEST, INVALID_FLOW, why="flows 1.3: 1 to 256000 characters"))
    elif body.get("Status") != "SAVED" and not _flow_document(body["Content"]):
        faults.append(Expect.refused(INVALID_FLOW, why="flows 6.2"))
    if body["Name"] in w.names.get("flow", ()):
        faults.append(Expect.refused(DUPLICATE, why="flows 1.8"))
    if any(v is not None and template_rules.has_control(v) for v in (body.get("Tags") or {}).values()):
        faults.append(Expect.refused(INVALID_PARAMETER, why="task-templates 4.2"))
    if faults:
        return _either(faults)
    if _unwritten_name(body["Name"]) or template_rules.has_control(body.get("Description") or "") or len(body.get("Description") or "") > 1000:
        return Expect.open(INVALID_PARAMETER, INVALID_REQUEST, why="limits of flow names and descriptions are not written down")
    if body["Type"] != "CONTACT_FLOW" and body.get("Status") != "SAVED":
        return Expect.open(INVALID_FLOW, why="flows 6.3: an action may not fit the type")
    return Expect.accepted()


def _unwritten_name(name: str) -> bool:
    return template_rules.is_blank(name) or template_rules.has_control(name) or len(name) > 127


def _flow_document(content: str) -> bool:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and {"Version", "StartAction", "Actions"} <= set(value)


def after_create_flow(w: World, found: Examined, answer: Answer) -> None:
    body, new = found.body, answer.json["ContactFlowId"]
    w.names.setdefault("flow", set()).add(body["Name"])
    shown = w.must(w.request("DescribeContactFlow", InstanceId=w.instance, ContactFlowId=f"{new}:$SAVED"))["ContactFlow"]
    for member in ("Name", "Type", "Description", "Content"):
        if body.get(member):
            assert shown.get(member) == body[member], f"{member} reads back as {shown.get(member)!r}"
    assert shown.get("Tags", {}) == {k: v for k, v in (body.get("Tags") or {}).items() if v is not None}


def create_module_rules(w: World, found: Examined) -> Expect:
    gate = instance_gate(w, found, "CreateContactFlowModule")
    if gate:
        return gate
    body, faults = found.body, []
    if replayed(w, "CreateContactFlowModule", found):
        faults.append(Expect.refused("IdempotencyException", why="tasks 1.1.11"))
    if not _flow_document(body["Content"]):
        faults.append(Expect.refused(INVALID_MODULE, why="flows 6.2"))
    elif json.loads(body["Content"]).get("Settings") is None:
        faults.append(Expect.refused(INVALID_REQUEST, why="flows 8.2"))
    if body["Name"] in w.names.get("module", ()):
        faults.append(Expect.refused(DUPLICATE, why="tasks 1.3"))
    if any(v is not None and template_rules.has_control(v) for v in (body.get("Tags") or {}).values()):
        faults.append(Expect.refused(INVALID_PARAMETER, why="task-templates 4.2"))
    if faults:
        return _either(faults)
    if _unwritten_name(body["Name"]) or template_rules.has_control(body.get("Description") or "") or body.get("Settings") not in (None, "{}"):
        return Expect.open(INVALID_PARAMETER, INVALID_REQUEST, INVALID_MODULE, why="limits of names, and how far a contract is checked, are not written down")
    return Expect.accepted()


def _either(faults: list[Expect]) -> Expect:
    """Several rules are broken; which of them answers first is not written down."""
    out = faults[0]
    for other in faults[1:]:
        out = out | other
    return out


def after_create_module(w: World, found: Examined, answer: Answer) -> None:
    remember(w, "CreateContactFlowModule", found)
    body, new = found.body, answer.json["Id"]
    w.names.setdefault("module", set()).add(body["Name"])
    shown = w.must(w.request("DescribeContactFlowModule", InstanceId=w.instance, ContactFlowModuleId=new))["ContactFlowModule"]
    for member in ("Name", "Description", "Content", "Settings"):
        if body.get(member):
            assert shown.get(member) == body[member], f"{member} reads back as {shown.get(member)!r}"
    assert shown.get("Tags", {}) == {k: v for k, v in (body.get("Tags") or {}).items() if v is not None}


def quick_connect(config: Callable[[World], dict[str, Any]]) -> Callable[[World], Request]:
    return lambda w: w.request("CreateQuickConnect", InstanceId=w.instance, Name=w.unique("quick"), Description="Somebody", QuickConnectConfig=config(w), Tags={"team": "blue"})


QUICK_FLOW = quick_connect(lambda w: {"QuickConnectType": "FLOW", "FlowConfig": {"ContactFlowId": w.flow}})
QUICK_PHONE = quick_connect(lambda w: {"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+491711234567"}})
QUICK_QUEUE = quick_connect(lambda w: {"QuickConnectType": "QUEUE", "QueueConfig": {"QueueId": w.queue, "ContactFlowId": w.flow_of("QUEUE_TRANSFER")}})
QUICK_USER = quick_connect(lambda w: {"QuickConnectType": "USER", "UserConfig": {"UserId": STRANGER, "ContactFlowId": w.flow_of("AGENT_TRANSFER")}})


def create_quick_connect_rules(w: World, found: Examined) -> Expect:
    gate = instance_gate(w, found, "CreateQuickConnect")
    if gate:
        return gate
    body = found.body
    faults = [f for f in (_config_fate(w, body["QuickConnectConfig"]),) if f]
    if body["Name"] in w.names.get("quick connect", ()):
        faults.append(Expect.refused(DUPLICATE, why="tasks 1.3"))
    if any(v is not None and template_rules.has_control(v) for v in (body.get("Tags") or {}).values()):
        faults.append(Expect.refused(INVALID_PARAMETER, why="task-templates 4.2"))
    if faults:
        return _either(faults)
    if _unwritten_name(body["Name"]) or template_rules.has_control(body.get("Description") or ""):
        return Expect.open(INVALID_PARAMETER, INVALID_REQUEST, why="limits of names beyond the model are not written down")
    return Expect.accepted()


def _config_fate(w: World, config: dict[str, Any]) -> Expect | None:
    holders = {"USER": "UserConfig", "QUEUE": "QueueConfig", "PHONE_NUMBER": "PhoneConfig", "FLOW": "FlowConfig"}
    kind = config["QuickConnectType"]
    own = config.get(holders[kind])
    if own is None:
        return Expect.refused(INVALID_PARAMETER, INVALID_REQUEST, why="tasks 1.4: each type needs its own part")
    if any(config.get(h) is not None for k, h in holders.items() if k != kind):
        return Expect.open(INVALID_PARAMETER, INVALID_REQUEST, NOT_FOUND, why="a second part is not spoken of")
    if kind == "PHONE_NUMBER":
        if re.fullmatch(r"\+[1-9][0-9]{1,14}", own["PhoneNumber"]):
            return None
        return Expect.open(INVALID_PARAMETER, INVALID_REQUEST, why="tasks 1.4: E.164; the model's pattern is not anchored")
    flow = w.known.bare(own["ContactFlowId"], "contact-flow")
    kinds = {f["Id"]: f["ContactFlowType"] for f in w.flows}
    right = {"USER": "AGENT_TRANSFER", "QUEUE": "QUEUE_TRANSFER"}.get(kind)
    if kind == "USER" or kind == "QUEUE" and w.known.bare(own["QueueId"], "queue") != w.queue:
        return Expect.refused(NOT_FOUND, INVALID_PARAMETER, INVALID_REQUEST, why="tasks 1.1.10: unknown user or queue")
    if flow not in kinds:
        return Expect.refused(NOT_FOUND, *((INVALID_PARAMETER, INVALID_REQUEST) if not flow else ()), why="tasks 1.1.10: unknown flow")
    if right and kinds[flow] != right:
        return Expect.refused(INVALID_REQUEST, why="tasks 3.5.1")
    return None if right or kinds[flow] == "CONTACT_FLOW" else Expect.open(INVALID_REQUEST, why="which flows a FLOW quick connect may name is not written down")


def after_create_quick_connect(w: World, found: Examined, answer: Answer) -> None:
    body, new = found.body, answer.json["QuickConnectId"]
    w.names.setdefault("quick connect", set()).add(body["Name"])
    shown = w.must(w.request("DescribeQuickConnect", InstanceId=w.instance, QuickConnectId=new))["QuickConnect"]
    for member in ("Name", "Description"):
        if body.get(member) is not None:
            assert shown.get(member) == body[member], f"{member} reads back as {shown.get(member)!r}"
    assert shown["QuickConnectConfig"]["QuickConnectType"] == body["QuickConnectConfig"]["QuickConnectType"]
    assert shown.get("Tags", {}) == {k: v for k, v in (body.get("Tags") or {}).items() if v is not None}


# --- the table ----------------------------------------------------------------------------------------------------------

OPERATIONS: dict[str, Entry] = {
    "CreateTaskTemplate": Entry(
        [Base(create_template)], create_template_rules, after_create_template, combinations=150,
        extra={"InstanceId": INSTANCE_IDS, "ContactFlowId": FLOW_IDS, "SelfAssignFlowId": FLOW_IDS, "ContactHooks.WrapUpFlowId": MODULE_IDS}),
    "GetTaskTemplate": Entry([Base(get_template)], get_template_rules, extra={
        "InstanceId": INSTANCE_IDS, "TaskTemplateId": TEMPLATE_ARNS,
        "SnapshotVersion": {v: (lambda w, v=v: v) for v in ("0", "01", "1", "2147483648", "9999999999", "10000000000", "-1", "1.0", "abc", " 1", "1 ", "\u0661")}}),
    "ListTaskTemplates": Entry(
        [Base(lambda w: w.request("ListTaskTemplates", InstanceId=w.instance, MaxResults="5", Status="ACTIVE", Name="nobody"))],
        listing("ListTaskTemplates"), extra={"InstanceId": INSTANCE_IDS}),
    "UpdateTaskTemplate": Entry(
        [Base(update_template)], update_template_rules, after_update_template, combinations=150,
        extra={"InstanceId": INSTANCE_IDS, "TaskTemplateId": TEMPLATE_ARNS, "ContactFlowId": FLOW_IDS, "SelfAssignFlowId": FLOW_IDS, "ContactHooks.WrapUpFlowId": MODULE_IDS}),
    "DeleteTaskTemplate": Entry(
        [Base(lambda w: w.request("DeleteTaskTemplate", InstanceId=w.instance, TaskTemplateId=w.spare("template")))],
        delete_template_rules, lambda w, f, a: w.spend("template"), extra={"InstanceId": INSTANCE_IDS, "TaskTemplateId": TEMPLATE_ARNS}),
    "TagResource": Entry(
        [Base(lambda w: w.request("TagResource", resourceArn=template_arn(w), tags={"team": "blue", "cost-centre": "4711"}))],
        tag_rules("TagResource"), after_tag, extra={"resourceArn": RESOURCE_ARNS}),
    "UntagResource": Entry(
        [Base(lambda w: w.request("UntagResource", resourceArn=template_arn(w), tagKeys=["team", "cost-centre"]))],
        tag_rules("UntagResource"), extra={"resourceArn": RESOURCE_ARNS}),
    "ListTagsForResource": Entry(
        [Base(lambda w: w.request("ListTagsForResource", resourceArn=template_arn(w)))], tag_rules("ListTagsForResource"), extra={"resourceArn": RESOURCE_ARNS}),
    "CreateInstance": Entry([Base(create_instance)], create_instance_rules, after_create_instance),
    "DescribeInstance": Entry(
        [Base(lambda w: w.request("DescribeInstance", InstanceId=w.instance))],
        lambda w, f: instance_gate(w, f, "DescribeInstance") or Expect.accepted(), extra={"InstanceId": INSTANCE_IDS}),
    "ListInstances": Entry([Base(list_instances)], listing("ListInstances")),
    "DeleteInstance": Entry(
        [Base(lambda w: w.request("DeleteInstance", InstanceId=w.spare("instance"), ClientToken=w.unique("token")))],
        lambda w, f: instance_named(f.labels.get("InstanceId"), "DeleteInstance", w.spare("instance"), w.arn.replace(w.instance, w.spare("instance"))) or Expect.accepted(),
        lambda w, f, a: w.spend("instance"),
        extra={"InstanceId": {"own-arn": lambda w: w.arn.replace(w.instance, w.spare("instance")), "unknown-id": lambda w: STRANGER}}),
    "CreateContactFlow": Entry([Base(create_flow), Base(create_saved_flow)], create_flow_rules, after_create_flow, extra={
        "InstanceId": INSTANCE_IDS,
        "Content": {
            "no-object": lambda w: "[]", "empty-object": lambda w: "{}", "cut": lambda w: FLOW_CONTENT[:-2], "no-actions": lambda w: '{"Version": "2019-10-30", "StartAction": "a"}',
            "spaced": lambda w: " " + FLOW_CONTENT.replace('"Metadata": {}', '"Metadata":   {"note": "\u00e9 \\u00e9 \U0001f642"}') + "\n",
            "deep": lambda w: "[" * 5000 + "]" * 5000,
        }}),
    "DescribeContactFlow": Entry(
        [Base(lambda w: w.request("DescribeContactFlow", InstanceId=w.instance, ContactFlowId=w.flow))],
        lambda w, f: Expect.accepted("flows 1.5") if f.labels["ContactFlowId"] in (f"{w.flow}:$SAVED", f"{w.flow}:$LATEST") and not instance_gate(w, f, "DescribeContactFlow")
        else describing("DescribeContactFlow", "ContactFlowId", lambda w: w.flow, "contact-flow")(w, f),
        extra={"InstanceId": INSTANCE_IDS, "ContactFlowId": {
            "own-arn": FLOW_IDS["own-arn"], "unknown-id": FLOW_IDS["unknown-id"], "draft": lambda w: f"{w.flow}:$SAVED", "latest": lambda w: f"{w.flow}:$LATEST",
            "no-version": lambda w: f"{w.flow}:7", "template-id": lambda w: w.spare("template")}}),
    "ListContactFlows": Entry(
        [Base(lambda w: w.request("ListContactFlows", InstanceId=w.instance, ContactFlowTypes=["CONTACT_FLOW", "AGENT_TRANSFER"], MaxResults="5"))],
        listing("ListContactFlows"), extra={"InstanceId": INSTANCE_IDS}),
    "CreateContactFlowModule": Entry([Base(create_module)], create_module_rules, after_create_module, extra={
        "InstanceId": INSTANCE_IDS,
        "Content": {"no-object": lambda w: "[]", "empty-object": lambda w: "{}", "cut": lambda w: MODULE_CONTENT[:-2], "no-settings": lambda w: FLOW_CONTENT,
                    "spaced": lambda w: " " + MODULE_CONTENT + "\n"}}),
    "DescribeContactFlowModule": Entry(
        [Base(lambda w: w.request("DescribeContactFlowModule", InstanceId=w.instance, ContactFlowModuleId=w.module))],
        lambda w, f: Expect.accepted("flows 1.5") if f.labels["ContactFlowModuleId"] in (f"{w.module}:$SAVED", f"{w.module}:$LATEST") and not instance_gate(w, f, "DescribeContactFlowModule")
        else describing("DescribeContactFlowModule", "ContactFlowModuleId", lambda w: w.module, "flow-module")(w, f),
        extra={"InstanceId": INSTANCE_IDS, "ContactFlowModuleId": {
            "own-arn": lambda w: f"{w.arn}/flow-module/{w.module}", "unknown-id": lambda w: STRANGER, "flow-id": lambda w: w.flow, "no-version": lambda w: f"{w.module}:7"}}),
    "ListContactFlowModules": Entry(
        [Base(lambda w: w.request("ListContactFlowModules", InstanceId=w.instance, MaxResults="5", ContactFlowModuleState="ACTIVE"))],
        listing("ListContactFlowModules"), extra={"InstanceId": INSTANCE_IDS}),
    "CreateQuickConnect": Entry(
        [Base(QUICK_FLOW), Base(QUICK_PHONE), Base(QUICK_QUEUE), Base(QUICK_USER, refused=NOT_FOUND)], create_quick_connect_rules, after_create_quick_connect,
        extra={"InstanceId": INSTANCE_IDS, "QuickConnectConfig.FlowConfig.ContactFlowId": FLOW_IDS, "QuickConnectConfig.QueueConfig.ContactFlowId": FLOW_IDS}),
    "DescribeQuickConnect": Entry(
        [Base(lambda w: w.request("DescribeQuickConnect", InstanceId=w.instance, QuickConnectId=w.quick_connect))],
        describing("DescribeQuickConnect", "QuickConnectId", lambda w: w.quick_connect, "transfer-destination"), extra={"InstanceId": INSTANCE_IDS, "QuickConnectId": {
            "own-arn": lambda w: f"{w.arn}/transfer-destination/{w.quick_connect}", "unknown-id": lambda w: STRANGER, "flow-id": lambda w: w.flow}}),
    "ListQuickConnects": Entry(
        [Base(lambda w: w.request("ListQuickConnects", InstanceId=w.instance, MaxResults="5", QuickConnectTypes=["FLOW", "QUEUE"]))],
        listing("ListQuickConnects"), extra={"InstanceId": INSTANCE_IDS}),
}

# Entries that have files of their own; they build on the names above.
import agent_operations  # noqa: E402
import flow_operations  # noqa: E402
import hours_operations  # noqa: E402
import metrics_operations  # noqa: E402
import people_operations  # noqa: E402
import routing_operations  # noqa: E402
import search_operations  # noqa: E402
import profile_operations  # noqa: E402
import queue_operations  # noqa: E402
import task_operations  # noqa: E402
import extra_operations  # noqa: E402

OPERATIONS |= flow_operations.OPERATIONS | agent_operations.OPERATIONS | profile_operations.OPERATIONS | hours_operations.OPERATIONS | metrics_operations.OPERATIONS | people_operations.OPERATIONS | queue_operations.OPERATIONS | routing_operations.OPERATIONS | search_operations.OPERATIONS | task_operations.OPERATIONS | extra_operations.OPERATIONS
