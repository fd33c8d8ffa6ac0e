"""CreateContactFlowModule, DescribeContactFlowModule, ListContactFlowModules: what a template's wrap-up hook names (flows.md 8)."""

import hashlib
import json

import pytest

import samples
from helpers import content_of, invalid_parameter, invalid_request, new_instance, not_found, refused


def create(connect, instance, name, **more):
    return connect.create_contact_flow_module(
        InstanceId=instance.id, Name=name, **{"Content": samples.module_document()} | more)


def describe(connect, instance, module):
    return connect.describe_contact_flow_module(InstanceId=instance.id, ContactFlowModuleId=module)["ContactFlowModule"]


def test_f8_1_read_back_byte_for_byte(connect, instance):
    content = " " + samples.module_document("é 🚀 \\u00e9") + "\n"
    made = create(connect, instance, "Näme", Content=content, Description="d", Settings="{}", Tags={"k": "v"})
    assert made["Arn"] == f"{instance.arn}/flow-module/{made['Id']}"
    found = describe(connect, instance, made["Id"])
    assert found.items() >= {
        "Id": made["Id"], "Arn": made["Arn"], "Name": "Näme", "Content": content, "Description": "d", "State": "ACTIVE",
        "Status": "PUBLISHED", "Settings": "{}", "Tags": {"k": "v"},
        "FlowModuleContentSha256": hashlib.sha256(content.encode()).hexdigest()}.items()
    for same in (made["Arn"], made["Id"] + ":$LATEST"):
        assert describe(connect, instance, same) == found


@pytest.mark.parametrize("content", ["not json", "{}", '{"Version":"2019-10-30"}'])
def test_f6_2_content_that_is_no_document(connect, instance, content):
    with refused("InvalidContactFlowModuleException", 400) as caught:
        create(connect, instance, "Bad", Content=content)
    (problem,) = caught.response["Problems"]
    assert problem["message"].strip()


def test_f8_2_content_without_settings(connect, instance):
    document = json.loads(samples.module_document())
    del document["Settings"]
    with invalid_request() as caught:
        create(connect, instance, "Bad", Content=json.dumps(document))
    assert caught.message == "JSON field is missing or null for field name: settings"


def test_tasks_r1_1_11_token(connect, instance):
    token = samples.token()
    first = create(connect, instance, "M", ClientToken=token)
    assert content_of(create(connect, instance, "M", ClientToken=token)) == content_of(first)
    with refused("IdempotencyException", 409):
        create(connect, instance, "Other", ClientToken=token)


def test_names_violations_and_unknown_ids(connect, instance):
    made = create(connect, instance, "Same")
    with refused("DuplicateResourceException", 409):
        create(connect, instance, "Same")
    for more in ({"Name": "n" * 128}, {"Description": "d" * 501}, {"Content": "c" * 256_001}):
        with invalid_parameter() as caught:
            create(connect, instance, **{"name": more.get("Name", "N")} | {k: v for k, v in more.items() if k != "Name"})
        assert next(iter(more)) in caught.message
    other = new_instance(connect)
    for unknown in (samples.token(), instance.flow, made["Id"] + ":3"):
        with not_found():
            describe(connect, instance, unknown)
    for foreign in (made["Id"], made["Arn"]):
        with not_found():
            describe(connect, other, foreign)


def test_list_and_pages(connect, instance):
    made = [create(connect, instance, f"M{n}")["Id"] for n in range(5)]
    pages = list(connect.get_paginator("list_contact_flow_modules").paginate(
        InstanceId=instance.id, PaginationConfig={"PageSize": 2}))
    assert [[m["Id"] for m in page["ContactFlowModulesSummaryList"]] for page in pages] == [made[:2], made[2:4], made[4:]]
    assert "NextToken" not in pages[2]
    archived = connect.list_contact_flow_modules(InstanceId=instance.id, ContactFlowModuleState="ARCHIVED")
    assert archived["ContactFlowModulesSummaryList"] == []
    assert pages[0]["ContactFlowModulesSummaryList"][0] == {
        "Id": made[0], "Arn": f"{instance.arn}/flow-module/{made[0]}", "Name": "M0", "State": "ACTIVE"}
