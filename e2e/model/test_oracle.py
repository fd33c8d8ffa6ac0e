"""The oracle itself against the specification's table of negative cases (task-templates 8, rows 1 to 51), without a server."""

import copy

import pytest

import awsmodel
import oracle
import template_rules
from client import Request

FLOW, OTHER, QUICK = "f1", "f2", "q1"
KNOWN = template_rules.Known({FLOW}, {OTHER}, {QUICK}, set(), "arn:aws:connect:us-east-1:000000000000:instance/i", {"Taken"})


def base():
    named = lambda *names: [{"Id": {"Name": n}} for n in names]
    kinds = (("Task name", "NAME"), ("Description", "DESCRIPTION"), ("Amount", "NUMBER"), ("Reason", "SINGLE_SELECT"), ("Order URL", "URL"), ("Approved", "BOOLEAN"),
             ("Customer email", "EMAIL"), ("Due", "DATE_TIME"), ("Order id", "TEXT"), ("Notes", "TEXT_AREA"))
    body = {"Name": "Refund request", "ContactFlowId": FLOW, "Status": "ACTIVE", "Fields": [{"Id": {"Name": n}, "Type": t} for n, t in kinds],
            "Constraints": {"RequiredFields": named("Task name", "Order id")},
            "Defaults": {"DefaultFieldValues": [{"Id": {"Name": "Reason"}, "DefaultValue": "Other"}]}}
    body["Fields"][3]["SingleSelectOptions"] = ["Damaged", "Late", "Other"]
    return body


def put(*steps_and_value):
    *steps, last, value = steps_and_value

    def change(body):
        here = body
        for step in steps:
            here = here[step]
        if value is DROP:
            del here[last]
        else:
            here[last] = value
    return change


DROP = object()


def more(*changes):
    return lambda body: [change(body) for change in changes]


def default(name, value):
    return put("Defaults", "DefaultFieldValues", 0, {"Id": {"Name": name}, "DefaultValue": value})


def field(name, kind):
    return lambda body: body["Fields"].append({"Id": {"Name": name}, "Type": kind})


def second_default(name, value):
    return lambda body: body["Defaults"]["DefaultFieldValues"].append({"Id": {"Name": name}, "DefaultValue": value})


M, F, U, R, N = template_rules.MISSING, template_rules.FORMAT, template_rules.UNIQUE, template_rules.UNKNOWN, template_rules.UNSUPPORTED
D0, C = "Defaults.DefaultFieldValues[0]", "Constraints"
ROWS = [
    (1, put("Name", DROP), ("Name", M)),
    (2, put("Name", "a" * 101), ("Name", F)),
    (3, put("Name", "   "), ("Name", F)),
    (4, put("Name", "Taken"), ("Name", template_rules.TAKEN)),
    (5, put("Description", ""), ("Description", F)),
    (6, put("Description", "a" * 256), ("Description", F)),
    (7, put("Status", "active"), ("Status", F)),
    (8, put("Fields", []), ("Fields", M)),
    (9, put("Fields", 0, "Type", "TEXT"), ("Fields", M)),
    (10, put("Fields", 1, "Type", "NAME"), ("Fields[1].Type", U)),
    (11, field("More", "DESCRIPTION"), ("Fields[10].Type", U)),
    (12, field("Amount", "TEXT"), ("Fields[10].Id.Name", U)),
    (13, put("Fields", 2, "Id", {}), ("Fields[2].Id.Name", M)),
    (14, put("Fields", 2, "Id", "Name", "a" * 101), ("Fields[2].Id.Name", F)),
    (15, put("Fields", 2, "Type", "PHONE"), ("Fields[2].Type", F)),
    (16, put("Fields", 2, "Description", "a" * 256), ("Fields[2].Description", F)),
    (17, put(C, DROP), (C, M)),
    (18, put(C, "RequiredFields", []), (f"{C}.RequiredFields", M)),
    (19, put(C, "RequiredFields", 0, DROP), (f"{C}.RequiredFields", M)),
    (20, put(C, "RequiredFields", 1, "Id", "Name", "Nope"), (f"{C}.RequiredFields[1].Id.Name", R)),
    (21, put(C, "RequiredFields", 1, "Id", "Name", "order id"), (f"{C}.RequiredFields[1].Id.Name", R)),
    (22, lambda b: b[C]["RequiredFields"].append({"Id": {"Name": "Order id"}}), (f"{C}.RequiredFields[2].Id.Name", U)),
    (23, put(C, "InvisibleFields", [{"Id": {"Name": "Order id"}}]), (f"{C}.InvisibleFields[0].Id.Name", M)),
    (24, put(C, "ReadOnlyFields", [{"Id": {"Name": "Order id"}}]), (f"{C}.ReadOnlyFields[0].Id.Name", M)),
    (25, put("ContactFlowId", DROP), ("ContactFlowId", M)),
    (26, put("ContactFlowId", ""), ("ContactFlowId", M)),
    (27, put("ContactFlowId", "elsewhere"), ("ContactFlowId", R)),
    (28, put("ContactHooks", {"WrapUpFlowId": FLOW}), ("ContactHooks.WrapUpFlowId", R)),
    (29, default("Nope", "a"), (f"{D0}.Id.Name", R)),
    (30, second_default("Reason", "Late"), ("Defaults.DefaultFieldValues[1].Id.Name", U)),
    (31, put("Defaults", "DefaultFieldValues", 0, "DefaultValue", DROP), (f"{D0}.DefaultValue", M)),
    (32, default("Reason", "late"), (f"{D0}.DefaultValue", F)),
    (33, default("Amount", "12,50"), (f"{D0}.DefaultValue", F)),
    (34, default("Approved", "True"), (f"{D0}.DefaultValue", F)),
    (35, default("Due", "1767225600000"), (f"{D0}.DefaultValue", F)),
    (36, default("Order URL", "javascript:alert(1)"), (f"{D0}.DefaultValue", F)),
    (37, default("Customer email", "a@b"), (f"{D0}.DefaultValue", F)),
    (38, default("Order id", "a" * 512), (f"{D0}.DefaultValue", F)),
    (39, default("Notes", "a" * 4096), (f"{D0}.DefaultValue", F)),
    (40, default("Amount", ""), (f"{D0}.DefaultValue", F)),
    (41, more(field("Expiry", "EXPIRY_DURATION"), second_default("Expiry", "129601")), ("Defaults.DefaultFieldValues[1].DefaultValue", F)),
    (42, more(field("Self", "SELF_ASSIGN"), second_default("Self", "yes")), ("Defaults.DefaultFieldValues[1].DefaultValue", F)),
    (43, more(field("To", "QUICK_CONNECT"), second_default("To", "nobody")), ("Defaults.DefaultFieldValues[1].DefaultValue", R)),
    (44, more(put("Fields", 3, "SingleSelectOptions", DROP), put("Defaults", DROP)), ("Fields[3].SingleSelectOptions", M)),
    (45, put("Fields", 3, "SingleSelectOptions", ["Other", "Late", "Other"]), ("Fields[3].SingleSelectOptions[2]", U)),
    (46, put("Fields", 3, "SingleSelectOptions", ["Other", "a" * 101]), ("Fields[3].SingleSelectOptions[1]", F)),
    (47, put("Fields", 3, "SingleSelectOptions", ["Other", ""]), ("Fields[3].SingleSelectOptions[1]", F)),
    (48, put("Fields", 3, "SingleSelectOptions", ["Other"] + [str(n) for n in range(50)]), ("Fields[3].SingleSelectOptions", F)),
    (49, put("Fields", 2, "SingleSelectOptions", ["1"]), ("Fields[2].SingleSelectOptions", N)),
    (50, put("ContactFlowId", OTHER), ("ContactFlowId", N)),
    (51, more(put("Status", "on"), default("Amount", "x"), put("Fields", 1, "Type", "NAME")), (f"{D0}.DefaultValue", F), ("Status", F), ("Fields[1].Type", U)),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"row-{row[0]}")
def test_row(row):
    _, change, *due = row
    body = copy.deepcopy(base())
    change(body)
    assert template_rules.check(body, KNOWN, update=False).must == list(due)


def test_the_base_request_is_good():
    assert template_rules.check(base(), KNOWN, update=True) == template_rules.Found()


def test_row_59_an_empty_update_misses_four():
    assert template_rules.check({}, KNOWN, update=True).must == [(m, M) for m in ("Name", "Constraints", "Status", "Fields")]


def test_what_the_model_forbids_the_template_rules_forbid_too():
    """Each constraint the model puts on a template's body is also found by the rules, at the same path or at its deviation."""
    for row in ROWS:
        body = copy.deepcopy(base())
        row[1](body)
        found = oracle.examine(Request("PUT", "/instance/{InstanceId}/task/template", {"InstanceId": "i"}, [], body), "CreateTaskTemplate")
        told = {path for path, _ in template_rules.check(body, KNOWN, update=False).must}
        assert {v.path for v in found.violations} <= told, row[0]


def test_every_pattern_of_the_model_can_be_checked():
    for name, shape in awsmodel.document()["shapes"].items():
        if "pattern" in shape and name in _reachable():
            oracle.matches(shape["pattern"], "a")


def _reachable():
    from operations import OPERATIONS
    return {slot.shape for name in OPERATIONS for slot in awsmodel.Operation(name).slots()}
