"""TagResource, UntagResource, ListTagsForResource (task-templates 1.6, section 4)."""

import pytest

import samples
from helpers import client, content_of, invalid_parameter, invalid_request, new_instance, not_found
from rawhttp import assert_error, call
from taskform_server import ACCOUNT, DEV_INSTANCE, REGION

QUICK_CONNECT = {"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+12065550100"}}


@pytest.fixture
def arn(connect, instance):
    return connect.create_task_template(InstanceId=instance.id, **samples.base(instance.flow))["Arn"]


def tags_of(connect, arn):
    return connect.list_tags_for_resource(resourceArn=arn)["tags"]


def encoded(arn):
    return arn.replace(":", "%3A").replace("/", "%2F")


def test_case_c5_strange_keys_and_values(connect, arn):
    tags = {"k/é+:=@": "", "team": "A B", " ": "space", "ключ": "值 🚀 & = ? # %2F", "k" * 128: "v" * 256, "AWS:x": "y"}
    assert content_of(connect.tag_resource(resourceArn=arn, tags=tags)) == {}
    assert tags_of(connect, arn) == tags
    connect.untag_resource(resourceArn=arn, tagKeys=["k/é+:=@", "ключ", " "])
    assert tags_of(connect, arn) == {"team": "A B", "k" * 128: "v" * 256, "AWS:x": "y"}


def test_r4_3_tagging_merges(connect, arn):
    connect.tag_resource(resourceArn=arn, tags={"a": "1", "b": "2"})
    connect.tag_resource(resourceArn=arn, tags={"b": "3", "c": "4", "A": "5"})
    assert tags_of(connect, arn) == {"a": "1", "b": "3", "c": "4", "A": "5"}


def test_r4_3_the_51st_tag_changes_nothing(connect, arn):
    fifty = {f"k{n}": str(n) for n in range(50)}
    connect.tag_resource(resourceArn=arn, tags=fifty)
    with invalid_request() as caught:
        connect.tag_resource(resourceArn=arn, tags={"k1": "x", "new": ""})
    assert "50" in caught.message
    assert tags_of(connect, arn) == fifty
    connect.tag_resource(resourceArn=arn, tags={"k1": "x"})  # replacing is no growth
    connect.untag_resource(resourceArn=arn, tagKeys=["k0"])
    connect.tag_resource(resourceArn=arn, tags={"new": ""})
    assert len(tags_of(connect, arn)) == 50


def test_r4_2_bad_tags(server, connect, arn):
    for tags in ({}, {f"k{n}": "" for n in range(51)}, {"k": "a\x00b"}, {"k": "line\nbreak"}, {"a\tb": ""}, {"a;b": ""}):
        with invalid_parameter():
            connect.tag_resource(resourceArn=arn, tags=tags)
    for body in ({}, {"tags": None}, {"tags": {"": "x"}}, {"tags": {"k": 5}}, {"tags": []}, {"Tags": {"k": "v"}}):
        assert_error(call(server, "POST", "/tags/" + encoded(arn), body), "InvalidParameterException", 400)
    for body in (b"[]", b'{"tags":', b'{"tags":{"a":"1","a":"2"}}'):
        assert_error(call(server, "POST", "/tags/" + encoded(arn), body), "InvalidRequestException", 400)
    assert tags_of(connect, arn) == {}


def test_r4_4_untag(server, connect, arn):
    connect.tag_resource(resourceArn=arn, tags={"a": "1", "b": "2"})
    assert content_of(connect.untag_resource(resourceArn=arn, tagKeys=["absent", "a", "a"])) == {}
    assert tags_of(connect, arn) == {"b": "2"}
    for keys in (["b", "aws:x"], ["b", "a*b"], ["b", "k" * 129], [f"k{n}" for n in range(51)] + ["b"]):
        with invalid_parameter():
            connect.untag_resource(resourceArn=arn, tagKeys=keys)
    assert_error(call(server, "DELETE", f"/tags/{encoded(arn)}?tagKeys="), "InvalidParameterException", 400)
    assert_error(call(server, "DELETE", f"/tags/{encoded(arn)}"), "InvalidParameterException", 400)
    assert tags_of(connect, arn) == {"b": "2"}


def test_r4_5_no_tags(connect, arn):
    assert content_of(connect.list_tags_for_resource(resourceArn=arn)) == {"tags": {}}


def test_r4_6_arns(connect, instance, arn):
    template = arn.rsplit("/", 1)[1]
    prefix = f"arn:aws:connect:{REGION}:{ACCOUNT}"
    calls = [
        lambda which: connect.list_tags_for_resource(resourceArn=which),
        lambda which: connect.tag_resource(resourceArn=which, tags={"k": "v"}),
        lambda which: connect.untag_resource(resourceArn=which, tagKeys=["k"]),
    ]
    for call_it in calls:
        for which in (
            "not-an-arn", template, f"arn:aws:s3:::bucket/{template}", f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:f",
            f"{prefix}:instance/{instance.id}/no-such-kind/{template}", f"{prefix}", f"{prefix}:", f"{prefix}:something/x",
        ):
            with invalid_parameter():
                call_it(which)
        for which in (
            f"{prefix}:instance/{instance.id}/task-template/{samples.token()}",
            f"{prefix}:instance/{DEV_INSTANCE}/task-template/{template}",
            f"{prefix}:instance/{samples.token()}",
            arn.replace(ACCOUNT, "123456789012"), arn.replace(REGION, "eu-west-2"),
            arn.replace("arn:aws:", "arn:aws-cn:"),
            f"{prefix}:instance/{instance.id}/contact-flow/{template}",
            f"{prefix}:instance/{instance.id}/transfer-destination/{template}",
            f"{prefix}:instance/{instance.id}/flow-module/{template}",
        ):
            with not_found():
                call_it(which)
        with invalid_request():
            call_it(f"{prefix}:instance/{instance.id}/contact/{template}")


def test_r4_9_every_kind_of_the_eighteen_operations(connect, instance, arn):
    quick = connect.create_quick_connect(
        InstanceId=instance.id, Name="Q", QuickConnectConfig=QUICK_CONNECT, Tags={"first": "1"})
    flow = connect.create_contact_flow(
        InstanceId=instance.id, Name="F", Type="CONTACT_FLOW", Content=samples.flow_document(), Tags={"first": "1"})
    module = connect.create_contact_flow_module(
        InstanceId=instance.id, Name="M", Content=samples.module_document(), Tags={"first": "1"})
    other = new_instance(connect, Tags={"first": "1"})
    connect.tag_resource(resourceArn=arn, tags={"first": "1"})
    for which in (arn, quick["QuickConnectARN"], flow["ContactFlowArn"], module["Arn"], other.arn):
        assert tags_of(connect, which) == {"first": "1"}, which
        connect.tag_resource(resourceArn=which, tags={"second": "2"})
        connect.untag_resource(resourceArn=which, tagKeys=["first"])
        assert tags_of(connect, which) == {"second": "2"}, which
    assert connect.describe_quick_connect(
        InstanceId=instance.id, QuickConnectId=quick["QuickConnectId"])["QuickConnect"]["Tags"] == {"second": "2"}
    assert connect.describe_contact_flow(
        InstanceId=instance.id, ContactFlowId=flow["ContactFlowId"])["ContactFlow"]["Tags"] == {"second": "2"}
    assert connect.describe_instance(InstanceId=other.id)["Instance"]["Tags"] == {"second": "2"}
    for which in (quick["QuickConnectARN"], flow["ContactFlowArn"], other.arn):
        connect.untag_resource(resourceArn=which, tagKeys=["second"])
    assert "Tags" not in connect.describe_instance(InstanceId=other.id)["Instance"]


def test_r4_8_tagging_is_no_change_of_the_template(connect, instance, arn):
    before = connect.get_task_template(InstanceId=instance.id, TaskTemplateId=arn.rsplit("/", 1)[1])
    connect.tag_resource(resourceArn=arn, tags={"k": "v"})
    after = connect.get_task_template(InstanceId=instance.id, TaskTemplateId=arn.rsplit("/", 1)[1])
    assert content_of(after) == content_of(before) | {"Tags": {"k": "v"}}
    headers = (before["ResponseMetadata"]["HTTPHeaders"], after["ResponseMetadata"]["HTTPHeaders"])
    assert headers[0]["x-task-template-version"] == headers[1]["x-task-template-version"] == "1"


def test_r1_6_1_raw_and_encoded_arns_in_the_path(server, connect, arn):
    """The signer encodes the path as it stands, so both spellings sign correctly."""
    for number, path in enumerate((encoded(arn), arn, arn.replace(":", "%3A"), arn.replace("/", "%2F"))):
        answer = call(server, "POST", "/tags/" + path, {"tags": {f"k{number}": "v"}})
        assert (answer.status, answer.json()) == (200, {}), path
        assert f"k{number}" in call(server, "GET", "/tags/" + path).json()["tags"]
    assert len(tags_of(connect, arn)) == 4


def test_r1_6_1_repeated_and_encoded_tag_keys(server, connect, arn):
    tags = {"team": "", "k/é+:=@ x": "", "a+b": "", "stays": ""}
    connect.tag_resource(resourceArn=arn, tags=tags)
    query = "tagKeys=team&tagKeys=k%2F%C3%A9%2B%3A%3D%40%20x"
    answer = call(server, "DELETE", f"/tags/{encoded(arn)}?{query}")
    assert (answer.status, answer.json()) == (200, {})
    assert tags_of(connect, arn) == {"a+b": "", "stays": ""}


def test_another_client_sees_the_same(server, connect, arn):
    connect.tag_resource(resourceArn=arn, tags={"k": "v"})
    assert tags_of(client(server.url), arn) == {"k": "v"}
