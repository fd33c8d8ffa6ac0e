"""The negative cases of task-templates section 8, rows 1 to 72, by their numbers, and the positive ones at its end.

Rows marked S go through boto3, rows marked R as raw signed HTTP. A row about the body runs on Create and on Update.
"""

import copy
import dataclasses
import json
import typing

import pytest

import samples
from helpers import (
    check_property_list, content_of, invalid_parameter, invalid_request, new_instance, not_found, property_validation,
    refused, version_of,
)
from rawhttp import assert_error, call
from samples import changed, default, field, named
from taskform_server import ACCOUNT, REGION

MISSING = "REQUIRED_PROPERTY_MISSING"
FORMAT = "INVALID_FORMAT"
UNIQUE = "UNIQUE_CONSTRAINT_VIOLATED"
UNKNOWN = "REFERENCED_RESOURCE_NOT_FOUND"
UNSUPPORTED = "NOT_SUPPORTED"
D0 = "Defaults.DefaultFieldValues[0]"
D1 = "Defaults.DefaultFieldValues[1]"
REQUIRED = "Constraints.RequiredFields"


@dataclasses.dataclass
class Row:
    """One mutation of B that must end in PropertyValidationException with exactly these entries."""

    number: int
    via: str
    mutate: typing.Callable
    entries: list
    note: str = ""

    def __str__(self):
        return f"case_{self.number:02}" + (f"_{self.note}" if self.note else "")


def rows():
    found = []

    def add(number, via, entries, *mutations):
        for mutate in mutations:
            found.append(Row(number, via, mutate, entries))
        if len(mutations) > 1:
            for place, row in enumerate(found[-len(mutations):]):
                row.note = "abc"[place]

    def put(*path_and_value):
        """Sets one place of the request, given as a path of names and indexes."""
        *path, last, value = path_and_value

        def mutate(request, _):
            at = request
            for step in path:
                at = at[step]
            at[last] = value
        return mutate

    def drop(*path):
        def mutate(request, _):
            at = request
            for step in path[:-1]:
                at = at[step]
            del at[path[-1]]
        return mutate

    def append(*path_and_value):
        *path, value = path_and_value

        def mutate(request, _):
            at = request
            for step in path:
                at = at[step]
            at.append(value)
        return mutate

    def defaults(*values):
        return put("Defaults", "DefaultFieldValues", list(values))

    def special(kind, value):
        def mutate(request, _):
            request["Fields"].append(field("Special", kind))
            request["Defaults"]["DefaultFieldValues"].append(default("Special", value))
        return mutate

    def both(*mutations):
        def mutate(request, context):
            for one in mutations:
                one(request, context)
        return mutate

    constraints = ("Constraints", "RequiredFields")
    options = ("Fields", 3, "SingleSelectOptions")

    add(1, "R", [("Name", MISSING)], drop("Name"))
    add(2, "S", [("Name", FORMAT)], put("Name", "n" * 101))
    add(3, "S", [("Name", FORMAT)], put("Name", "   "))
    add(5, "R", [("Description", FORMAT)], put("Description", ""))
    add(6, "S", [("Description", FORMAT)], put("Description", "d" * 256))
    add(7, "S", [("Status", FORMAT)], put("Status", "active"))
    add(8, "S", [("Fields", MISSING)], put("Fields", []))
    add(9, "S", [("Fields", MISSING)], put("Fields", 0, "Type", "TEXT"))
    add(10, "S", [("Fields[1].Type", UNIQUE)], put("Fields", 1, "Type", "NAME"))
    add(11, "S", [("Fields[10].Type", UNIQUE)], append("Fields", field("Second", "DESCRIPTION")))
    add(12, "S", [("Fields[10].Id.Name", UNIQUE)], append("Fields", field("Amount", "TEXT")))
    add(13, "S", [("Fields[2].Id.Name", MISSING)], put("Fields", 2, "Id", {}))
    add(14, "S", [("Fields[2].Id.Name", FORMAT)], put("Fields", 2, "Id", "Name", "n" * 101))
    add(15, "S", [("Fields[2].Type", FORMAT)], put("Fields", 2, "Type", "PHONE"))
    add(16, "S", [("Fields[2].Description", FORMAT)], put("Fields", 2, "Description", "d" * 256))
    add(17, "S", [("Constraints", MISSING)], drop("Constraints"))
    add(18, "S", [(REQUIRED, MISSING)], put(*constraints, []))
    add(19, "S", [(REQUIRED, MISSING)], put(*constraints, named("Order id")))
    add(20, "S", [(f"{REQUIRED}[1].Id.Name", UNKNOWN)], put(*constraints, named("Task name", "Nope")))
    add(21, "S", [(f"{REQUIRED}[1].Id.Name", UNKNOWN)], put(*constraints, named("Task name", "order id")))
    add(22, "S", [(f"{REQUIRED}[2].Id.Name", UNIQUE)], append(*constraints, *named("Order id")))
    add(23, "S", [("Constraints.InvisibleFields[0].Id.Name", MISSING)],
        put("Constraints", "InvisibleFields", named("Order id")))
    add(24, "S", [("Constraints.ReadOnlyFields[0].Id.Name", MISSING)],
        put("Constraints", "ReadOnlyFields", named("Order id")))
    add(25, "S", [("ContactFlowId", MISSING)], drop("ContactFlowId"))
    add(26, "S", [("ContactFlowId", MISSING)], put("ContactFlowId", ""))
    add(27, "S", [("ContactFlowId", UNKNOWN)],
        put("ContactFlowId", "0b7f6f0e-2f0c-4c53-9a0e-5a3c0d1d7e11"),
        lambda request, context: request.update(ContactFlowId=context["other"].flow))
    add(28, "S", [("ContactHooks.WrapUpFlowId", UNKNOWN)],
        lambda request, context: request.update(ContactHooks={"WrapUpFlowId": context["instance"].flow}))
    add(29, "S", [(f"{D0}.Id.Name", UNKNOWN)], defaults(default("Nope", "x")))
    add(30, "S", [(f"{D1}.Id.Name", UNIQUE)], defaults(default("Reason", "Other"), default("Reason", "Late")))
    add(31, "S", [(f"{D0}.DefaultValue", MISSING)], defaults({"Id": {"Name": "Reason"}}))
    add(32, "S", [(f"{D0}.DefaultValue", FORMAT)], defaults(default("Reason", "late")))
    add(33, "S", [(f"{D0}.DefaultValue", FORMAT)], defaults(default("Amount", "12,50")))
    add(34, "S", [(f"{D0}.DefaultValue", FORMAT)], defaults(default("Approved", "True")))
    add(35, "S", [(f"{D0}.DefaultValue", FORMAT)],
        defaults(default("Due", "2026-01-01T00:00:00Z")), defaults(default("Due", "1767225600000")))
    add(36, "S", [(f"{D0}.DefaultValue", FORMAT)], defaults(default("Order URL", "javascript:alert(1)")))
    add(37, "S", [(f"{D0}.DefaultValue", FORMAT)], defaults(default("Customer email", "a@b")))
    add(38, "S", [(f"{D0}.DefaultValue", FORMAT)], defaults(default("Order id", "x" * 512)))
    add(39, "S", [(f"{D0}.DefaultValue", FORMAT)], defaults(default("Notes", "x" * 4096)))
    add(40, "S", [(f"{D0}.DefaultValue", FORMAT)], defaults(default("Amount", "")))
    add(41, "S", [(f"{D1}.DefaultValue", FORMAT)],
        *[special("EXPIRY_DURATION", value) for value in ("129601", "0", "1.5")])
    add(42, "S", [(f"{D1}.DefaultValue", FORMAT)], special("SELF_ASSIGN", "yes"))
    add(43, "S", [(f"{D1}.DefaultValue", UNKNOWN)],
        special("QUICK_CONNECT", "0b7f6f0e-2f0c-4c53-9a0e-5a3c0d1d7e11"))
    add(44, "S", [("Fields[3].SingleSelectOptions", MISSING)], both(drop(*options), drop("Defaults")))
    add(45, "S", [("Fields[3].SingleSelectOptions[2]", UNIQUE)], put(*options, ["Other", "Late", "Other"]))
    add(46, "S", [("Fields[3].SingleSelectOptions[1]", FORMAT)], put(*options, ["Other", "o" * 101, "Late"]))
    add(47, "R", [("Fields[3].SingleSelectOptions[1]", FORMAT)], put(*options, ["Other", "", "Late"]))
    add(48, "S", [("Fields[3].SingleSelectOptions", FORMAT)], put(*options, ["Other"] + [f"o{n}" for n in range(50)]))
    add(49, "S", [("Fields[2].SingleSelectOptions", UNSUPPORTED)], put("Fields", 2, "SingleSelectOptions", ["1"]))
    add(50, "S", [("ContactFlowId", UNSUPPORTED)],
        lambda request, context: request.update(ContactFlowId=unpublished_flow(context)))
    add(51, "S", [(f"{D0}.DefaultValue", FORMAT), ("Status", FORMAT), ("Fields[1].Type", UNIQUE)],
        both(put("Status", "OPEN"), defaults(default("Amount", "x")), put("Fields", 1, "Type", "NAME")))
    return found


def unpublished_flow(context):
    return context["connect"].create_contact_flow(
        InstanceId=context["instance"].id, Name="Draft", Type="CONTACT_FLOW", Status="SAVED",
        Content=samples.flow_document(),
    )["ContactFlowId"]


def path_of(instance, template=None):
    return f"/instance/{instance.id}/task/template" + (f"/{template}" if template else "")


def check_raw(answer, entries):
    body = assert_error(answer, "PropertyValidationException", 400)
    assert set(body) == {"Message", "PropertyList"}
    assert check_property_list(body["Message"], body["PropertyList"]) == entries


@pytest.fixture(scope="session")
def other(server):
    """Another instance of the same server."""
    return new_instance(server.client)


@pytest.mark.parametrize("row", rows(), ids=str)
def test_r8_create(server, connect, instance, other, row):
    request = samples.base(instance.flow)
    row.mutate(request, {"connect": connect, "instance": instance, "other": other})
    if row.via == "R":
        check_raw(call(server, "PUT", path_of(instance), request), row.entries)
    else:
        with property_validation() as caught:
            connect.create_task_template(InstanceId=instance.id, **request)
        assert caught.properties() == row.entries
    assert connect.list_task_templates(InstanceId=instance.id)["TaskTemplates"] == []


@pytest.mark.parametrize("row", rows(), ids=str)
def test_r8_update(server, connect, instance, other, row):
    template = connect.create_task_template(InstanceId=instance.id, **samples.base(instance.flow))["Id"]
    request = samples.base(instance.flow)
    row.mutate(request, {"connect": connect, "instance": instance, "other": other})
    if row.via == "R":
        check_raw(call(server, "POST", path_of(instance, template), request), row.entries)
    else:
        with property_validation() as caught:
            connect.update_task_template(InstanceId=instance.id, TaskTemplateId=template, **request)
        assert caught.properties() == row.entries
    assert version_of(connect.get_task_template(InstanceId=instance.id, TaskTemplateId=template)) == 1


def test_r8_every_row_has_a_test():
    here = {row.number for row in rows()}
    apart = {int(name.split("_")[2]) for name in globals() if name.startswith("test_case_")}
    assert not here & apart
    assert here | apart == set(range(1, 73))


# --- rows with a test of their own ---------------------------------------------------------------------------------------------


@pytest.fixture
def template(connect, instance):
    return connect.create_task_template(InstanceId=instance.id, **samples.base(instance.flow))


def test_case_04_the_name_is_taken(connect, instance, template):
    with property_validation() as caught:
        connect.create_task_template(InstanceId=instance.id, **samples.base(instance.flow))
    assert caught.properties() == [("Name", "RESOURCE_NAME_ALREADY_EXISTS")]


def test_case_52_the_51st_template(connect, instance):
    for n in range(50):
        connect.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, f"T{n}"))
    with refused("ServiceQuotaExceededException", 402) as caught:
        connect.create_task_template(InstanceId=instance.id, **samples.base(instance.flow))
    assert "Reason" not in caught.response


def test_case_53_51_custom_fields(connect, instance, template):
    request = samples.base(instance.flow) | {"Name": "Many"}
    request["Fields"] += [field(f"T{n}", "TEXT") for n in range(43)]
    assert len(request["Fields"]) == 53  # 51 custom ones
    with refused("ServiceQuotaExceededException", 402):
        connect.create_task_template(InstanceId=instance.id, **request)
    with refused("ServiceQuotaExceededException", 402):
        connect.update_task_template(InstanceId=instance.id, TaskTemplateId=template["Id"], **request)
    del request["Fields"][-1]
    connect.create_task_template(InstanceId=instance.id, **request)


def test_case_54_same_token_other_description(connect, instance):
    request = samples.base(instance.flow) | {"ClientToken": samples.token(), "Description": "one"}
    connect.create_task_template(InstanceId=instance.id, **request)
    with invalid_parameter() as caught:
        connect.create_task_template(InstanceId=instance.id, **request | {"Description": "two"})
    assert "ClientToken was already used with different parameters" in caught.message


def test_case_55_token_of_501_characters(connect, instance):
    with invalid_parameter() as caught:
        connect.create_task_template(InstanceId=instance.id, ClientToken="t" * 501, **samples.base(instance.flow))
    assert "ClientToken" in caught.message
    connect.create_task_template(InstanceId=instance.id, ClientToken="t" * 500, **samples.base(instance.flow))


@pytest.mark.parametrize("body", [b'{"Name":', b"[]", b'{"Name": 5}'], ids=["cut_off", "list", "number_for_name"])
def test_case_56_bodies_that_are_no_request(server, instance, template, body):
    if body.endswith(b"5}"):
        body = json.dumps(samples.base(instance.flow) | {"Name": 5}).encode()
    for method, path in [("PUT", path_of(instance)), ("POST", path_of(instance, template["Id"]))]:
        message = assert_error(call(server, method, path, body), "InvalidParameterException", 400)["Message"]
        if b'"Name": 5' in body:
            assert "Name must be a string" in message
        else:
            assert "line" in message and "column" in message


def test_case_57_unknown_instance_on_every_operation(connect, instance, template):
    unknown = samples.token()
    arn = f"arn:aws:connect:{REGION}:{ACCOUNT}:instance/{unknown}/task-template/{template['Id']}"
    flow = {"Name": "N", "Type": "CONTACT_FLOW", "Content": samples.flow_document()}
    quick = {"Name": "N", "QuickConnectConfig": {
        "QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+12065550100"}}}
    calls = {
        "create_task_template": {"InstanceId": unknown} | samples.base(instance.flow),
        "get_task_template": {"InstanceId": unknown, "TaskTemplateId": template["Id"]},
        "list_task_templates": {"InstanceId": unknown},
        "update_task_template": {"InstanceId": unknown, "TaskTemplateId": template["Id"]} | samples.base(instance.flow),
        "delete_task_template": {"InstanceId": unknown, "TaskTemplateId": template["Id"]},
        "tag_resource": {"resourceArn": arn, "tags": {"k": "v"}},
        "untag_resource": {"resourceArn": arn, "tagKeys": ["k"]},
        "list_tags_for_resource": {"resourceArn": arn},
        "describe_instance": {"InstanceId": unknown},
        "delete_instance": {"InstanceId": unknown},
        "create_contact_flow": {"InstanceId": unknown} | flow,
        "describe_contact_flow": {"InstanceId": unknown, "ContactFlowId": instance.flow},
        "list_contact_flows": {"InstanceId": unknown},
        "create_contact_flow_module": {"InstanceId": unknown, "Name": "N", "Content": samples.module_document()},
        "describe_contact_flow_module": {"InstanceId": unknown, "ContactFlowModuleId": samples.token()},
        "list_contact_flow_modules": {"InstanceId": unknown},
        "create_quick_connect": {"InstanceId": unknown} | quick,
        "describe_quick_connect": {"InstanceId": unknown, "QuickConnectId": samples.token()},
        "list_quick_connects": {"InstanceId": unknown},
    }
    for name, request in calls.items():
        with not_found():
            getattr(connect, name)(**request)
    # 0.6: the instance is looked up before properties are checked
    with not_found():
        connect.create_task_template(InstanceId=unknown, Name=" ", Fields=[])


def test_case_58_instance_id_of_101_characters(connect, instance):
    long, template = "i" * 101, samples.token()
    calls = {
        "create_task_template": {"InstanceId": long} | samples.base(instance.flow),
        "get_task_template": {"InstanceId": long, "TaskTemplateId": template},
        "list_task_templates": {"InstanceId": long},
        "update_task_template": {"InstanceId": long, "TaskTemplateId": template} | samples.base(instance.flow),
        "delete_task_template": {"InstanceId": long, "TaskTemplateId": template},
        "list_contact_flows": {"InstanceId": long},
        "describe_contact_flow": {"InstanceId": long, "ContactFlowId": template},
        "list_quick_connects": {"InstanceId": long},
        "describe_quick_connect": {"InstanceId": long, "QuickConnectId": template},
    }
    for name, request in calls.items():
        with invalid_parameter() as caught:
            getattr(connect, name)(**request)
        assert "InstanceId" in caught.message
    for name in ("describe_instance", "delete_instance"):  # they declare no InvalidParameterException (tasks 1.1.9)
        with invalid_request():
            getattr(connect, name)(InstanceId=long)
    with invalid_request():  # long enough for the model, and no instance's id (administration 1.1.3)
        connect.list_task_templates(InstanceId="i" * 100)


def test_case_59_update_with_an_empty_body(connect, instance, template):
    with property_validation() as caught:
        connect.update_task_template(InstanceId=instance.id, TaskTemplateId=template["Id"])
    assert caught.properties() == [
        ("Name", MISSING), ("Constraints", MISSING), ("Status", MISSING), ("Fields", MISSING)]


def test_case_60_update_without_status(connect, instance, template):
    with property_validation() as caught:
        connect.update_task_template(
            InstanceId=instance.id, TaskTemplateId=template["Id"], **changed(samples.base(instance.flow), Status=None))
    assert caught.properties() == [("Status", MISSING)]


def test_case_61_update_to_the_name_of_another(connect, instance, template):
    second = connect.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, "Second"))
    with property_validation() as caught:
        connect.update_task_template(
            InstanceId=instance.id, TaskTemplateId=second["Id"], **samples.small(instance.flow, "Refund request"))
    assert caught.properties() == [("Name", "RESOURCE_NAME_ALREADY_EXISTS")]


def test_case_62_unknown_or_deleted_template(connect, instance, template):
    connect.delete_task_template(InstanceId=instance.id, TaskTemplateId=template["Id"])
    for identifier in (template["Id"], samples.token(), "no such id"):
        ids = {"InstanceId": instance.id, "TaskTemplateId": identifier}
        with not_found():
            connect.get_task_template(**ids)
        with not_found():
            connect.update_task_template(**ids, **samples.base(instance.flow))
        with not_found():
            connect.update_task_template(**ids)  # 0.6: the template is looked up before properties are checked
        with not_found():
            connect.delete_task_template(**ids)


def test_case_63_snapshot_versions(connect, instance, template):
    ids = {"InstanceId": instance.id, "TaskTemplateId": template["Id"]}
    for version in ("2", "9999999999"):
        with not_found():
            connect.get_task_template(**ids, SnapshotVersion=version)
    for version in ("abc", "01", "0", "-1", "+1", "1.0", " 1", "10000000000", "１"):
        with invalid_parameter() as caught:
            connect.get_task_template(**ids, SnapshotVersion=version)
        assert "SnapshotVersion" in caught.message, version


@pytest.mark.parametrize(
    "query", [{"Status": "active"}, {"MaxResults": 101}, {"NextToken": "garbage"}], ids=lambda query: next(iter(query)))
def test_case_64_list_with_bad_parameters(connect, instance, query):
    with invalid_parameter() as caught:
        connect.list_task_templates(InstanceId=instance.id, **query)
    assert next(iter(query)) in caught.message


def test_case_65_list_with_no_results_wanted(server, instance):
    for query in ("maxResults=0", "maxResults=-1", "maxResults=abc", "maxResults=1.5", "name=",
                  "maxResults=99999999999999999999"):
        body = assert_error(call(server, "GET", path_of(instance) + "?" + query), "InvalidParameterException", 400)
        assert ("Name" if query == "name=" else "MaxResults") in body["Message"], query


def test_case_66_token_with_another_status(connect, instance):
    for n in range(2):
        connect.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, f"T{n}"))
    token = connect.list_task_templates(InstanceId=instance.id, Status="ACTIVE", MaxResults=1)["NextToken"]
    with invalid_parameter():
        connect.list_task_templates(InstanceId=instance.id, Status="INACTIVE", MaxResults=1, NextToken=token)
    assert len(connect.list_task_templates(
        InstanceId=instance.id, Status="ACTIVE", MaxResults=1, NextToken=token)["TaskTemplates"]) == 1


@pytest.mark.parametrize(
    "tags", [{"aws:x": ""}, {"a*b": ""}, {"k" * 129: ""}, {"k": "v" * 257}], ids=["reserved", "character", "key", "value"])
def test_case_67_bad_tags(connect, template, tags):
    with invalid_parameter():
        connect.tag_resource(resourceArn=template["Arn"], tags={"good": "one"} | tags)
    assert connect.list_tags_for_resource(resourceArn=template["Arn"])["tags"] == {}


def test_case_68_the_51st_tag(connect, template):
    tags = {f"k{n}": "" for n in range(50)}
    connect.tag_resource(resourceArn=template["Arn"], tags=tags)
    with invalid_request():
        connect.tag_resource(resourceArn=template["Arn"], tags={"k0": "changed", "k50": ""})
    assert connect.list_tags_for_resource(resourceArn=template["Arn"])["tags"] == tags


def test_case_69_tag_on_an_absent_template(connect, instance):
    with not_found():
        connect.tag_resource(resourceArn=f"{instance.arn}/task-template/{samples.token()}", tags={"k": "v"})


def test_case_70_tag_on_no_arn(connect):
    with invalid_parameter():
        connect.tag_resource(resourceArn="not-an-arn", tags={"k": "v"})


def test_case_71_tag_on_a_contact(connect, instance):
    with invalid_request():
        connect.tag_resource(resourceArn=f"{instance.arn}/contact/{samples.token()}", tags={"k": "v"})


def test_case_72_untag_without_keys(server, connect, template):
    connect.tag_resource(resourceArn=template["Arn"], tags={"k": "v"})
    target = "/tags/" + template["Arn"].replace(":", "%3A").replace("/", "%2F")
    assert_error(call(server, "DELETE", target), "InvalidParameterException", 400)
    assert connect.list_tags_for_resource(resourceArn=template["Arn"])["tags"] == {"k": "v"}


# --- the positive counterparts ---------------------------------------------------------------------------------------------------


def created(connect, instance, request):
    made = connect.create_task_template(InstanceId=instance.id, **request)
    return content_of(connect.get_task_template(InstanceId=instance.id, TaskTemplateId=made["Id"]))


def test_positive_empty_options_on_text(connect, instance):
    request = samples.base(instance.flow)
    expected = copy.deepcopy(request["Fields"])
    request["Fields"][8]["SingleSelectOptions"] = []
    assert created(connect, instance, request)["Fields"] == expected  # 2.6.7: not echoed


def test_positive_option_with_punctuation(connect, instance):
    request = samples.base(instance.flow)
    request["Fields"][3]["SingleSelectOptions"].append("Rock 'n' Roll (50/50) #1")
    assert created(connect, instance, request)["Fields"] == request["Fields"]


def test_positive_read_only_and_invisible_with_default(connect, instance):
    request = samples.base(instance.flow)
    request["Constraints"] |= {"ReadOnlyFields": named("Reason"), "InvisibleFields": named("Reason")}
    request["Constraints"]["RequiredFields"] += named("Reason")
    assert created(connect, instance, request)["Constraints"] == request["Constraints"]


def test_positive_self_assign_and_quick_connect_without_flow(connect, instance):
    request = changed(samples.base(instance.flow), ContactFlowId=None, SelfAssignFlowId=instance.agent_transfer)
    request["Fields"] += [field("Self assign", "SELF_ASSIGN"), field("Assign to", "QUICK_CONNECT")]
    answer = created(connect, instance, request)
    assert "ContactFlowId" not in answer
    assert answer["SelfAssignFlowId"] == instance.agent_transfer


def test_positive_type_left_out_reads_back_text(connect, instance):
    request = samples.base(instance.flow)
    expected = copy.deepcopy(request["Fields"])
    del request["Fields"][8]["Type"]
    assert created(connect, instance, request)["Fields"] == expected


def test_positive_flow_given_as_arn_reads_back_as_id(connect, instance):
    assert created(connect, instance, samples.base(instance.flow_arn))["ContactFlowId"] == instance.flow


def test_positive_100_characters_of_another_script(connect, instance):
    name = "नाम" * 33 + "क"
    assert len(name) == 100
    request = samples.base(instance.flow) | {"Name": name, "Description": "説" * 255}
    request["Fields"][2]["Id"]["Name"] = "🚀" * 100
    request["Fields"][3]["SingleSelectOptions"].append("选" * 100)
    answer = created(connect, instance, request)
    assert (answer["Name"], answer["Description"], answer["Fields"]) == (name, "説" * 255, request["Fields"])


def test_positive_token_replay(connect, instance):
    request = samples.base(instance.flow) | {"ClientToken": samples.token()}
    first = connect.create_task_template(InstanceId=instance.id, **request)
    assert connect.create_task_template(InstanceId=instance.id, **request)["Id"] == first["Id"]


def test_positive_name_reuse_after_delete(connect, instance, template):
    connect.delete_task_template(InstanceId=instance.id, TaskTemplateId=template["Id"])
    again = connect.create_task_template(InstanceId=instance.id, **samples.base(instance.flow))
    assert again["Id"] != template["Id"]


def test_positive_two_fields_that_differ_in_case(connect, instance):
    request = samples.base(instance.flow)
    request["Fields"].append(field("amount", "NUMBER"))
    assert created(connect, instance, request)["Fields"] == request["Fields"]


@pytest.mark.parametrize(
    "name, value",
    [("Order id", "x" * 511), ("Notes", "x" * 4095), ("Notes", "🚀" * 4095), ("Order id", ""), ("Notes", ""),
     ("Description", ""), ("Description", "x" * 4096), ("Due", "-99999999999"), ("Due", "0"), ("Approved", "false"),
     ("Amount", "-12.50"), ("Amount", "9" * 100), ("Order URL", "HTTPS://example.com"), ("Task name", "t" * 1024),
     ("Customer email", "ü@ö.example")],
    ids=lambda value: value if len(value) < 20 else f"{len(value)}_characters")
def test_positive_boundary_defaults(connect, instance, name, value):
    request = samples.base(instance.flow)
    request["Defaults"]["DefaultFieldValues"] = [default(name, value)]
    assert created(connect, instance, request)["Defaults"] == request["Defaults"]
