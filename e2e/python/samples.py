"""Requests that several tests share."""

import copy
import json
import uuid

ALL_TYPES = [
    "NAME", "DESCRIPTION", "SCHEDULED_TIME", "QUICK_CONNECT", "URL", "NUMBER", "TEXT", "TEXT_AREA", "DATE_TIME",
    "BOOLEAN", "SINGLE_SELECT", "EMAIL", "SELF_ASSIGN", "EXPIRY_DURATION",
]


def field(name, type_=None, **more):
    return {"Id": {"Name": name}} | ({"Type": type_} if type_ else {}) | more


def named(*names):
    return [{"Id": {"Name": name}} for name in names]


def default(name, value):
    return {"Id": {"Name": name}, "DefaultValue": value}


def base(flow):
    """Request B of task-templates section 8."""
    return {
        "Name": "Refund request",
        "ContactFlowId": flow,
        "Status": "ACTIVE",
        "Fields": [
            field("Task name", "NAME"),
            field("Description", "DESCRIPTION"),
            field("Amount", "NUMBER"),
            field("Reason", "SINGLE_SELECT", SingleSelectOptions=["Damaged", "Late", "Other"]),
            field("Order URL", "URL"),
            field("Approved", "BOOLEAN"),
            field("Customer email", "EMAIL"),
            field("Due", "DATE_TIME"),
            field("Order id", "TEXT"),
            field("Notes", "TEXT_AREA"),
        ],
        "Constraints": {"RequiredFields": named("Task name", "Order id")},
        "Defaults": {"DefaultFieldValues": [default("Reason", "Other")]},
    }


def small(flow, name, **more):
    """The smallest template the service takes."""
    return {
        "Name": name,
        "ContactFlowId": flow,
        "Status": "ACTIVE",
        "Fields": [field("Task name", "NAME")],
        "Constraints": {"RequiredFields": named("Task name")},
    } | more


def full(flow, self_assign_flow, quick_connect, module):
    """A template with all fourteen field types and every section that an answer can hold."""
    return {
        "Name": "Everything — 万事 🚀",
        "Description": "Each kind of field once,\nsome of them twice.",
        "ContactFlowId": flow,
        "SelfAssignFlowId": self_assign_flow,
        "ContactHooks": {"WrapUpFlowId": module},
        "Status": "INACTIVE",
        "Fields": [
            field("Expiry", "EXPIRY_DURATION", Description="Whole minutes"),
            field("Task name", "NAME", Description="Short title"),
            field("Details", "DESCRIPTION"),
            field("Schedule", "SCHEDULED_TIME"),
            field("Assign to", "QUICK_CONNECT"),
            field("Self assign", "SELF_ASSIGN"),
            field("Photo", "URL", Description="Where the picture is"),
            field("Amount", "NUMBER"),
            field("amount", "NUMBER"),
            field("Order id", "TEXT"),
            field("Notes", "TEXT_AREA"),
            field("Due", "DATE_TIME"),
            field("Approved", "BOOLEAN"),
            field("Reason", "SINGLE_SELECT", SingleSelectOptions=["Other", "Late", "Damaged", "Rock 'n' Roll (50/50) #1"]),
            field("Customer", "EMAIL"),
        ],
        "Constraints": {
            "RequiredFields": named("Order id", "Task name", "Reason"),
            "ReadOnlyFields": named("Reason", "Expiry"),
            "InvisibleFields": named("Expiry", "Notes"),
        },
        "Defaults": {
            "DefaultFieldValues": [
                default("Reason", "Damaged"),
                default("Task name", "A task"),
                default("Details", ""),
                default("Schedule", "1767225600.5"),
                default("Assign to", quick_connect),
                default("Self assign", "false"),
                default("Expiry", "129600"),
                default("Photo", "https://example.com/a?b=c#d"),
                default("Amount", "-0012.50"),
                default("Order id", "A-1"),
                default("Notes", "first\r\n\tsecond"),
                default("Due", "-1"),
                default("Approved", "true"),
                default("Customer", "a@b.example"),
            ]
        },
    }


def changed(request, **members):
    """A deep copy with other members; a member set to None is removed."""
    copied = copy.deepcopy(request)
    for name, value in members.items():
        if value is None:
            copied.pop(name, None)
        else:
            copied[name] = value
    return copied


def token():
    return str(uuid.uuid4())


def flow_document(text="Goodbye", padding=""):
    """A flow that is valid for tasks and transfers; the text and the padding make it tell-tale."""
    return (
        '{"Version": "2019-10-30",\n  "StartAction":"end", "Metadata":{"note":"' + text + '"},' + padding
        + '\t"Actions":[{"Identifier":"end","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]}'
    )


def waiting_document():
    """A flow that is valid in every type: holds and whispers may not end a contact."""
    branch = {"NextAction": "wait", "Condition": {"Operator": "Equals", "Operands": ["WaitCompleted"]}}
    return json.dumps({"Version": "2019-10-30", "StartAction": "wait", "Actions": [
        {"Identifier": "wait", "Type": "Wait", "Parameters": {"TimeLimitSeconds": "60"}, "Transitions": {
            "NextAction": "wait", "Conditions": [branch],
            "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "wait"}]}}]})


def module_document(text="Wrap up"):
    """A flow module."""
    return (
        '{"Version": "2019-10-30", "StartAction": "end", "Metadata": {"note": "' + text + '"},\n "Settings": '
        '{"InputParameters": [], "OutputParameters": [], "Transitions": [\n'
        '  {"DisplayName": "Success", "ReferenceName": "Success", "Description": ""},'
        '{"DisplayName": "Error", "ReferenceName": "Error", "Description": ""}]},'
        '\t"Actions": [{"Identifier": "end", "Type": "EndFlowModuleExecution", "Parameters": {}, "Transitions": {}}]}'
    )
