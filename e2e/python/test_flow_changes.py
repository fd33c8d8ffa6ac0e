"""Changing, deleting, versioning and aliasing flows and flow modules (flows.md 1, 8)."""

import hashlib

import pytest

import samples
from helpers import content_of, invalid_request, new_instance, not_found, refused
from test_flows import create, describe


def content(connect, instance, flow, text):
    return connect.update_contact_flow_content(InstanceId=instance.id, ContactFlowId=flow, Content=text)


def ids(instance, flow):
    return {"InstanceId": instance.id, "ContactFlowId": flow}


class Words:
    """Flows or modules: how operations and members are called."""

    def __init__(self, connect, instance, name, prefix, document, made):
        self.connect, self.instance, self.name, self.prefix, self.document, self.id = connect, instance, name, prefix, document, made

    def call(self, verb, rest="", **more):
        return getattr(self.connect, f"{verb}_{self.name}{rest}")(InstanceId=self.instance.id, **{f"{self.prefix}Id": self.id} | more)

    def shown(self, qualifier=""):
        return self.call("describe", **{f"{self.prefix}Id": self.id + qualifier})[self.prefix]

    def publish(self, text):
        self.call("update", "_content", Content=self.document(text))

    def version(self, number):
        return {f"{self.prefix}Version": number}

    def pages(self, what, key):
        pages = self.connect.get_paginator(f"list_{self.name}_{what}").paginate(
            InstanceId=self.instance.id, PaginationConfig={"PageSize": 2}, **{f"{self.prefix}Id": self.id})
        return [entry for page in pages for entry in page[f"{self.prefix}{key}SummaryList"]]


@pytest.fixture(params=["flow", "module"])
def words(request, connect, instance):
    if request.param == "flow":
        made = create(connect, instance, "Mine")["ContactFlowId"]
        return Words(connect, instance, "contact_flow", "ContactFlow", samples.flow_document, made)
    made = connect.create_contact_flow_module(InstanceId=instance.id, Name="Mine", Content=samples.module_document(), Settings="{}")
    return Words(connect, instance, "contact_flow_module", "ContactFlowModule", samples.module_document, made["Id"])


def test_f1_4_publish_and_draft(connect, instance):
    flow = create(connect, instance, "Mine")["ContactFlowId"]
    second = samples.flow_document("second é 🚀")
    assert content_of(content(connect, instance, flow, second)) == {}
    found = describe(connect, instance, flow)
    assert (found["Content"], found["FlowContentSha256"]) == (second, hashlib.sha256(second.encode()).hexdigest())
    content(connect, instance, flow + ":$SAVED", "not a flow yet")
    assert describe(connect, instance, flow)["Content"] == second
    assert describe(connect, instance, flow + ":$SAVED")["Content"] == "not a flow yet"
    with refused("InvalidContactFlowException", 400) as caught:
        content(connect, instance, flow, "not a flow yet")
    assert caught.response["problems"][0]["message"].strip()
    with not_found():
        content(connect, new_instance(connect), flow, second)


def test_f1_2_metadata_and_name(connect, instance):
    flow = create(connect, instance, "Old", Description="d", Tags={"k": "v"})["ContactFlowId"]
    connect.update_contact_flow_metadata(**ids(instance, flow), ContactFlowState="ARCHIVED")
    connect.update_contact_flow_name(**ids(instance, flow), Name="Näme 🚀")
    found = describe(connect, instance, flow)
    assert found.items() >= {"Name": "Näme 🚀", "Description": "d", "State": "ARCHIVED", "Tags": {"k": "v"}}.items()
    connect.update_contact_flow_metadata(**ids(instance, flow), Name="New", Description="e", ContactFlowState="ACTIVE")
    (listed,) = [f for f in connect.list_contact_flows(InstanceId=instance.id)["ContactFlowSummaryList"] if f["Id"] == flow]
    assert (listed["Name"], listed["ContactFlowState"]) == ("New", "ACTIVE")
    create(connect, instance, "Taken")
    for change in (connect.update_contact_flow_metadata, connect.update_contact_flow_name):
        with refused("DuplicateResourceException", 409):
            change(**ids(instance, flow), Name="Taken")


def test_f1_13_delete(connect, instance):
    flow = create(connect, instance, "Mine")["ContactFlowId"]
    template = connect.create_task_template(InstanceId=instance.id, **samples.small(flow, "Names it"))["Id"]
    assert content_of(connect.delete_contact_flow(**ids(instance, flow))) == {}
    for call in (connect.describe_contact_flow, connect.delete_contact_flow):
        with not_found():
            call(**ids(instance, flow))
    assert connect.get_task_template(InstanceId=instance.id, TaskTemplateId=template)["ContactFlowId"] == flow
    create(connect, instance, "Mine")


def test_tasks_r5_5_default_flows_stay(connect, instance):
    for name, flow in instance.flows.items():
        if name.startswith("Default"):
            with invalid_request():
                connect.delete_contact_flow(**ids(instance, flow["Id"]))
    connect.delete_contact_flow(**ids(instance, instance.flow))


def test_f1_9_versions(words):
    sha = next(member for member in ("FlowContentSha256", "FlowModuleContentSha256") if member in words.shown())
    first = words.shown()
    made = content_of(words.call("create", "_version", Description="one", **{sha: first[sha]}))
    assert made == {f"{words.prefix}Arn": first["Arn"], "Version": 1}
    words.publish("second")
    with invalid_request():
        words.call("create", "_version", **{sha: first[sha]})
    for number in range(2, 6):
        assert words.call("create", "_version")["Version"] == number
    shown = words.shown(":1")
    assert (shown["Content"], shown["Version"], shown["VersionDescription"]) == (first["Content"], 1, "one")
    assert shown[sha] == first[sha] != words.shown()[sha]
    words.call("delete", "_version", **words.version(5))
    assert words.call("create", "_version")["Version"] == 6
    listed = words.pages("versions", "Version")
    assert [one["Version"] for one in listed] == [1, 2, 3, 4, 6]
    assert listed[0]["Arn"] == first["Arn"] + ":1"
    for gone in (5, 7):
        with not_found():
            words.shown(f":{gone}")
        with not_found():
            words.call("delete", "_version", **words.version(gone))


def test_f1_10_aliases(words):
    words.call("create", "_version")
    words.publish("second")
    words.call("create", "_version")
    made = words.call("create", "_alias", AliasName="live", Description="d", **words.version(1))
    alias = made["Id"]
    with refused("DuplicateResourceException", 409):
        words.call("create", "_alias", AliasName="live", **words.version(2))
    with not_found():
        words.call("create", "_alias", AliasName="later", **words.version(3))
    info = words.call("describe", "_alias", AliasId=alias)[f"{words.prefix}Alias"]
    assert info.items() >= {
        f"{words.prefix}Id": words.id, f"{words.prefix}Arn": words.shown()["Arn"], "AliasId": alias, "Name": "live", "Description": "d",
        "Version": 1}.items()
    assert words.shown(f":{alias}")["Version"] == 1
    words.call("update", "_alias", AliasId=alias, Name="newest", **words.version(2))
    assert words.shown(f":{alias}")["Content"] == words.document("second")
    others = [words.call("create", "_alias", AliasName=f"a{n}", **words.version(1))["Id"] for n in range(3)]
    listed = {one["AliasId"]: one for one in words.pages("aliases", "Alias")}
    assert set(listed) == {alias, *others}
    assert listed[alias].items() >= {"AliasName": "newest", "AliasDescription": "d", "Version": 2, "Arn": f"{words.shown()['Arn']}:{alias}"}.items()
    with invalid_request():
        words.call("delete", "_version", **words.version(2))
    words.call("delete", "_alias", AliasId=alias)
    with not_found():
        words.call("describe", "_alias", AliasId=alias)
    words.call("delete", "_version", **words.version(2))


def test_f8_3_modules_change_and_go(connect, instance):
    made = connect.create_contact_flow_module(InstanceId=instance.id, Name="M", Content=samples.module_document(), Settings="{}")["Id"]
    own = {"InstanceId": instance.id, "ContactFlowModuleId": made}
    contract = '{"transitions": {"results": [{"name": "b1", "description": ""}]}}'
    connect.update_contact_flow_module_content(**own, Content=samples.module_document("new"), Settings=contract)
    connect.update_contact_flow_module_metadata(**own, Name="N", Description="d", State="ARCHIVED")
    found = connect.describe_contact_flow_module(**own)["ContactFlowModule"]
    assert found.items() >= {
        "Name": "N", "Description": "d", "State": "ARCHIVED", "Status": "PUBLISHED", "Settings": contract,
        "Content": samples.module_document("new")}.items()
    for more in ({}, {"Settings": "[]"}, {"Settings": "{"}):
        with invalid_request():
            connect.update_contact_flow_module_content(**own, **more)
    with refused("InvalidContactFlowModuleException", 400):
        connect.update_contact_flow_module_content(**own, Content="{}")
    archived = connect.list_contact_flow_modules(InstanceId=instance.id, ContactFlowModuleState="ARCHIVED")
    assert [module["Id"] for module in archived["ContactFlowModulesSummaryList"]] == [made]
    connect.delete_contact_flow_module(**own)
    with not_found():
        connect.describe_contact_flow_module(**own)


def test_f1_11_a_template_names_an_alias(words, connect, instance):
    words.call("create", "_version")
    alias = words.call("create", "_alias", AliasName="live", **words.version(1))["Id"]
    for qualifier in ("1", alias):
        named = f"{words.id}:{qualifier}"
        if words.name == "contact_flow":
            body = samples.small(named, f"Of {qualifier}")
        else:
            body = samples.small(instance.flow, f"Of {qualifier}", ContactHooks={"WrapUpFlowId": named})
        made = connect.create_task_template(InstanceId=instance.id, **body)["Id"]
        found = connect.get_task_template(InstanceId=instance.id, TaskTemplateId=made)
        assert named in (found["ContactFlowId"], found.get("ContactHooks", {}).get("WrapUpFlowId"))
