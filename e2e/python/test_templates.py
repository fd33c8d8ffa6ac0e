"""Task templates with boto3, on each engine."""

import copy
import datetime
import re

import pytest
from boto3.session import Session

import faultproxy
import samples
from faultproxy import FaultProxy
from helpers import (
    check_property_list, client, content_of, invalid_parameter, invalid_request, new_instance, not_found,
    property_validation, refused, version_of,
)
from samples import changed, field, named
from taskform_server import ACCOUNT, DEV_INSTANCE, REGION, THROTTLED

UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def template_arn(instance, template):
    return f"arn:aws:connect:{REGION}:{ACCOUNT}:instance/{instance}/task-template/{template}"


@pytest.fixture
def full(connect, instance):
    return full_of(connect, instance)


def full_of(connect, instance):
    """The full template, with a quick connect and a module made for it."""
    quick_connect = connect.create_quick_connect(
        InstanceId=instance.id, Name="To the back office",
        QuickConnectConfig={"QuickConnectType": "FLOW", "FlowConfig": {"ContactFlowId": instance.flow}},
    )["QuickConnectId"]
    module = connect.create_contact_flow_module(
        InstanceId=instance.id, Name="Wrap up", Content=samples.module_document())["Id"]
    return samples.full(instance.flow, instance.agent_transfer, quick_connect, module)


def get(connect, instance, template, **more):
    return connect.get_task_template(InstanceId=instance.id, TaskTemplateId=template, **more)


def everything(answer):
    """The members of a template that a request can set."""
    names = ("Name", "Description", "ContactFlowId", "SelfAssignFlowId", "ContactHooks", "Constraints", "Defaults",
             "Status", "Fields")
    return {name: answer[name] for name in names if name in answer}


# --- 1.1, 1.2: what was created is read back ---------------------------------------------------------------------------


def test_r1_2_2_all_fourteen_types_read_back_exactly(connect, instance, full):
    request = full
    assert sorted({f["Type"] for f in request["Fields"]}) == sorted(samples.ALL_TYPES)
    before = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=1)
    made = connect.create_task_template(InstanceId=instance.id, **request)
    connect.tag_resource(resourceArn=made["Arn"], tags={"team": "claims", "cost centre": ""})
    answer = get(connect, instance, made["Id"])

    assert UUID4.fullmatch(made["Id"])
    assert made["Arn"] == template_arn(instance.id, made["Id"])
    created, modified = answer.pop("CreatedTime"), answer.pop("LastModifiedTime")
    after = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=1)
    assert isinstance(created, datetime.datetime) and created.tzinfo is not None
    assert created == modified and before <= created <= after
    assert content_of(answer) == request | {
        "InstanceId": instance.id,
        "Id": made["Id"],
        "Arn": made["Arn"],
        "Tags": {"team": "claims", "cost centre": ""},
    }
    assert version_of(answer) == 1


def test_r1_2_2_every_member_of_the_response_syntax(connect, instance, full):
    """Walks the published output shape: the answer of the full template holds each member, also inside lists."""
    made = connect.create_task_template(InstanceId=instance.id, **full)
    connect.tag_resource(resourceArn=made["Arn"], tags={"team": "claims"})
    answer = content_of(get(connect, instance, made["Id"]))

    shape = Session().client("connect", region_name=REGION).meta.service_model.operation_model("GetTaskTemplate")
    wanted, found = set(), set()
    paths_of_shape(shape.output_shape, "", wanted)
    paths_of_value(answer, "", found)
    assert found == wanted
    assert {"ContactHooks.WrapUpFlowId", "Fields.SingleSelectOptions", "Constraints.ReadOnlyFields.Id.Name"} <= found


def paths_of_shape(shape, path, paths):
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            here = f"{path}.{name}".lstrip(".")
            paths.add(here)
            paths_of_shape(member, here, paths)
    elif shape.type_name == "list":
        paths_of_shape(shape.member, path, paths)


def paths_of_value(value, path, paths):
    if isinstance(value, dict) and path != "Tags":
        for name, member in value.items():
            here = f"{path}.{name}".lstrip(".")
            paths.add(here)
            paths_of_value(member, here, paths)
    elif isinstance(value, list):
        for item in value:
            paths_of_value(item, path, paths)


def test_r1_1_2_and_r1_2_3_least_template_and_omitted_members(connect, instance):
    request = samples.small(instance.flow, "Least")
    del request["Status"]
    del request["Fields"][0]["Type"]
    request["Fields"] += [field("Title", "NAME")]
    request["Constraints"]["RequiredFields"] = named("Title")
    request["Fields"][0]["SingleSelectOptions"] = []
    request |= {"Defaults": {"DefaultFieldValues": []}, "ContactHooks": {}, "SelfAssignFlowId": ""}
    request["Constraints"] |= {"ReadOnlyFields": [], "InvisibleFields": []}
    made = connect.create_task_template(InstanceId=instance.id, **request)
    answer = content_of(get(connect, instance, made["Id"]))
    assert set(answer) == {
        "InstanceId", "Id", "Arn", "Name", "ContactFlowId", "Constraints", "Fields", "Status", "LastModifiedTime",
        "CreatedTime",
    }
    assert answer["Status"] == "ACTIVE"
    assert answer["Fields"] == [field("Task name", "TEXT"), field("Title", "NAME")]
    assert answer["Constraints"] == {"RequiredFields": named("Title")}


def test_case_c6_name_read_back_exactly(connect, instance):
    for name in ['Café 🚀 <&>"\\', "  padded  ", "名" * 100, "a\u0301 is not \u00e1"]:
        made = connect.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, name))
        assert get(connect, instance, made["Id"])["Name"] == name
        (found,) = connect.list_task_templates(InstanceId=instance.id, Name=name)["TaskTemplates"]
        assert found["Id"] == made["Id"]


def test_r0_13_ids_may_be_arns(connect, instance):
    request = samples.small(instance.flow_arn, "By ARN")
    made = connect.create_task_template(InstanceId=instance.arn, **request)
    assert made["Arn"] == template_arn(instance.id, made["Id"])
    answer = connect.get_task_template(InstanceId=instance.arn, TaskTemplateId=made["Arn"])
    assert (answer["InstanceId"], answer["Id"], answer["ContactFlowId"]) == (instance.id, made["Id"], instance.flow)
    foreign = template_arn(DEV_INSTANCE, made["Id"])
    with not_found():
        get(connect, instance, foreign)
    other = new_instance(connect)
    with property_validation() as caught:
        connect.create_task_template(InstanceId=instance.id, **samples.small(other.flow_arn, "Foreign"))
    assert caught.properties() == [("ContactFlowId", "REFERENCED_RESOURCE_NOT_FOUND")]


# --- 1.1.5: tokens -----------------------------------------------------------------------------------------------------


def test_r1_1_5_same_token_same_request_answers_the_first_id(connect, instance):
    request = samples.base(instance.flow) | {"ClientToken": samples.token()}
    first = content_of(connect.create_task_template(InstanceId=instance.id, **request))
    second = content_of(connect.create_task_template(InstanceId=instance.id, **request))
    assert first == second
    assert [t["Id"] for t in connect.list_task_templates(InstanceId=instance.id)["TaskTemplates"]] == [first["Id"]]


def test_r1_1_5_same_token_other_request_is_refused(connect, instance):
    request = samples.base(instance.flow) | {"ClientToken": samples.token()}
    connect.create_task_template(InstanceId=instance.id, **request)
    with invalid_parameter() as caught:
        connect.create_task_template(InstanceId=instance.id, **request | {"Name": "Another"})
    assert "ClientToken" in caught.message
    assert len(connect.list_task_templates(InstanceId=instance.id)["TaskTemplates"]) == 1


def test_r1_1_5_token_belongs_to_one_instance(connect, instance):
    token, other = samples.token(), new_instance(connect)
    first = connect.create_task_template(InstanceId=instance.id, ClientToken=token, **samples.base(instance.flow))
    second = connect.create_task_template(InstanceId=other.id, ClientToken=token, **samples.base(other.flow))
    assert first["Id"] != second["Id"]


def test_r1_1_5_a_failed_call_does_not_bind_its_token(connect, instance):
    token = samples.token()
    with property_validation():
        connect.create_task_template(
            InstanceId=instance.id, ClientToken=token, **changed(samples.base(instance.flow), Constraints=None)
        )
    connect.create_task_template(InstanceId=instance.id, ClientToken=token, **samples.base(instance.flow))
    assert len(connect.list_task_templates(InstanceId=instance.id)["TaskTemplates"]) == 1


def test_r1_1_5_empty_token_means_no_idempotency(connect, instance):
    request = samples.base(instance.flow) | {"ClientToken": ""}
    connect.create_task_template(InstanceId=instance.id, **request)
    with property_validation() as caught:
        connect.create_task_template(InstanceId=instance.id, **request)
    assert caught.properties() == [("Name", "RESOURCE_NAME_ALREADY_EXISTS")]


def test_r1_1_6_replay_after_delete_answers_the_first_id(connect, instance):
    request = samples.base(instance.flow) | {"ClientToken": samples.token()}
    first = connect.create_task_template(InstanceId=instance.id, **request)
    connect.delete_task_template(InstanceId=instance.id, TaskTemplateId=first["Id"])
    second = connect.create_task_template(InstanceId=instance.id, **request)
    assert (second["Id"], second["Arn"]) == (first["Id"], first["Arn"])
    with not_found():
        get(connect, instance, first["Id"])
    assert connect.list_task_templates(InstanceId=instance.id)["TaskTemplates"] == []


# --- each exception of GetTaskTemplate (1.2.5) -------------------------------------------------------------------------


def test_r1_2_5_resource_not_found(connect, instance):
    with not_found() as caught:
        get(connect, instance, samples.token())
    assert isinstance(caught.error, connect.exceptions.ResourceNotFoundException)


def test_r1_2_5_invalid_parameter(connect, instance):
    with invalid_parameter() as caught:
        get(connect, instance, "x" * 501)
    assert isinstance(caught.error, connect.exceptions.InvalidParameterException)
    assert "TaskTemplateId" in caught.message


def test_r1_2_5_invalid_request(server, instance):
    """A streaming body hash is the one thing that makes a request without a body invalid (protocol W3.1.2)."""
    streaming = client(server.url)
    streaming.meta.events.register(
        "before-sign.connect.GetTaskTemplate",
        lambda request, **_: request.headers.add_header("X-Amz-Content-SHA256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
    )
    with invalid_request() as caught:
        streaming.get_task_template(InstanceId=instance.id, TaskTemplateId=samples.token())
    assert isinstance(caught.error, streaming.exceptions.InvalidRequestException)


def test_r1_2_5_and_r1_9_1_throttling(start):
    server = start(settings=THROTTLED)
    instance, template = DEV_INSTANCE, samples.token()
    with not_found():
        server.client.get_task_template(InstanceId=instance, TaskTemplateId=template)
    with refused("ThrottlingException", 429) as caught:
        for _ in range(5):
            try:
                server.client.get_task_template(InstanceId=instance, TaskTemplateId=template)
            except server.client.exceptions.ResourceNotFoundException:
                pass
    assert isinstance(caught.error, server.client.exceptions.ThrottlingException)
    assert caught.message == "Rate exceeded"
    headers = caught.response["ResponseMetadata"]["HTTPHeaders"]
    assert int(headers["x-amz-retry-after"]) > 0  # milliseconds (W5.5)
    assert int(headers["retry-after"]) > 0  # seconds
    # another operation has a bucket of its own (W5.2)
    assert server.client.list_task_templates(InstanceId=instance)["TaskTemplates"] == []


def test_r1_2_5_internal_service_error_after_retries(server, instance):
    with FaultProxy(server.url) as proxy:
        proxy.script(*[faultproxy.answer(500, "InternalServiceException")] * 3)
        retrying = client(proxy.url, retries={})
        with pytest.raises(retrying.exceptions.InternalServiceException) as caught:
            retrying.get_task_template(InstanceId=instance.id, TaskTemplateId=samples.token())
        assert "(reached max retries: 2)" in str(caught.value)
        assert caught.value.response["ResponseMetadata"]["RetryAttempts"] == 2
        assert len(proxy.attempts) == 3


# --- 1.4, 3: update and versions -------------------------------------------------------------------------------------------


def four_versions(connect, instance):
    """Creates a template and updates it three times; answers its id, ARN and the four contents."""
    full = full_of(connect, instance)
    contents = [
        full,
        samples.base(instance.flow) | {"Description": "second"},
        samples.small(instance.queue_transfer, "Third — 三", Status="INACTIVE"),
        full | {"Status": "ACTIVE"},
    ]
    made = connect.create_task_template(InstanceId=instance.id, **contents[0])
    times = [get(connect, instance, made["Id"])["LastModifiedTime"]]
    for content in contents[1:]:
        answer = connect.update_task_template(InstanceId=instance.id, TaskTemplateId=made["Id"], **content)
        times.append(answer["LastModifiedTime"])
    return made["Id"], made["Arn"], contents, times


def check_versions(connect, instance, template, contents, times, tags=None):
    for number, (content, time) in enumerate(zip(contents, times), 1):
        answer = get(connect, instance, template, SnapshotVersion=str(number))
        assert everything(answer) == content, number
        assert (answer["LastModifiedTime"], answer["CreatedTime"]) == (time, times[0]), number
        assert version_of(answer) == number
        assert answer.get("Tags") == tags, number  # r3_3: the current ones


def test_r3_3_four_versions_stay_as_they_were(connect, instance):
    template, arn, contents, times = four_versions(connect, instance)
    assert times == sorted(set(times))  # r1_4_4: strictly forward
    check_versions(connect, instance, template, contents, times)
    for latest in (get(connect, instance, template), get(connect, instance, template, SnapshotVersion="")):
        assert version_of(latest) == 4
        assert everything(latest) == contents[3]
    connect.tag_resource(resourceArn=arn, tags={"team": "x"})
    check_versions(connect, instance, template, contents, times, tags={"team": "x"})
    assert version_of(get(connect, instance, template)) == 4  # r3_2, r4_8: tags make no version
    with not_found():
        get(connect, instance, template, SnapshotVersion="5")


def test_r3_3_four_versions_survive_a_restart(start):
    server = start()
    instance = new_instance(server.client)
    template, arn, contents, times = four_versions(server.client, instance)
    server.client.tag_resource(resourceArn=arn, tags={"k": "v"})
    token = samples.token()
    first = server.client.create_task_template(
        InstanceId=instance.id, ClientToken=token, **samples.small(instance.flow, "Token"))
    page = server.client.list_task_templates(InstanceId=instance.id, MaxResults=1)

    assert server.stop() == 0
    server.start()
    again = client(server.url)
    check_versions(again, instance, template, contents, times, tags={"k": "v"})
    replay = again.create_task_template(
        InstanceId=instance.id, ClientToken=token, **samples.small(instance.flow, "Token"))
    assert replay["Id"] == first["Id"]
    rest = again.list_task_templates(InstanceId=instance.id, NextToken=page["NextToken"])
    assert [t["Id"] for t in rest["TaskTemplates"]] == [first["Id"]]


def test_r1_4_1_update_replaces_the_whole_content(connect, instance, full):
    made = connect.create_task_template(InstanceId=instance.id, **full)
    connect.tag_resource(resourceArn=made["Arn"], tags={"team": "x"})
    before = get(connect, instance, made["Id"])
    request = samples.small(instance.queue_transfer, "Small now")
    answer = content_of(connect.update_task_template(InstanceId=instance.id, TaskTemplateId=made["Id"], **request))

    assert "Tags" not in answer
    assert everything(answer) == request  # r1_4_3: what was left out is gone
    assert (answer["InstanceId"], answer["Id"], answer["Arn"]) == (instance.id, made["Id"], made["Arn"])
    assert answer["CreatedTime"] == before["CreatedTime"]
    assert answer["LastModifiedTime"] > before["LastModifiedTime"]
    after = content_of(get(connect, instance, made["Id"]))
    assert after == answer | {"Tags": {"team": "x"}}


def test_r3_2_an_identical_update_is_a_version(connect, instance):
    request = samples.base(instance.flow)
    made = connect.create_task_template(InstanceId=instance.id, **request)
    for number in (2, 3):
        connect.update_task_template(InstanceId=instance.id, TaskTemplateId=made["Id"], **request)
        assert version_of(get(connect, instance, made["Id"])) == number


def test_r1_4_5_update_may_keep_its_name_and_frees_the_old_one(connect, instance):
    made = connect.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, "First"))
    connect.update_task_template(
        InstanceId=instance.id, TaskTemplateId=made["Id"], **samples.small(instance.flow, "First", Status="INACTIVE"))
    connect.update_task_template(
        InstanceId=instance.id, TaskTemplateId=made["Id"], **samples.small(instance.flow, "Second"))
    connect.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, "First"))
    with property_validation() as caught:
        connect.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, "Second"))
    assert caught.properties() == [("Name", "RESOURCE_NAME_ALREADY_EXISTS")]
    # the name of an old version is free, the old version keeps it
    assert get(connect, instance, made["Id"], SnapshotVersion="1")["Name"] == "First"


def test_r1_4_6_a_failed_update_changes_nothing(connect, instance):
    made = connect.create_task_template(InstanceId=instance.id, **samples.base(instance.flow))
    before = get(connect, instance, made["Id"])
    with property_validation():
        connect.update_task_template(
            InstanceId=instance.id, TaskTemplateId=made["Id"], **changed(samples.base(instance.flow), Status=None, Name="N"))
    after = get(connect, instance, made["Id"])
    assert content_of(after) == content_of(before)
    assert version_of(after) == 1


# --- 1.5: delete ------------------------------------------------------------------------------------------------------------


def test_r1_5_delete_frees_name_and_tags_and_is_final(connect, instance):
    request = samples.base(instance.flow)
    made = connect.create_task_template(InstanceId=instance.id, **request)
    connect.tag_resource(resourceArn=made["Arn"], tags={"k": "v"})
    assert content_of(connect.delete_task_template(InstanceId=instance.id, TaskTemplateId=made["Id"])) == {}
    calls = [
        lambda: get(connect, instance, made["Id"]),
        lambda: get(connect, instance, made["Id"], SnapshotVersion="1"),
        lambda: connect.update_task_template(InstanceId=instance.id, TaskTemplateId=made["Id"], **request),
        lambda: connect.delete_task_template(InstanceId=instance.id, TaskTemplateId=made["Id"]),
        lambda: connect.list_tags_for_resource(resourceArn=made["Arn"]),
        lambda: connect.tag_resource(resourceArn=made["Arn"], tags={"k": "v"}),
        lambda: connect.untag_resource(resourceArn=made["Arn"], tagKeys=["k"]),
    ]
    for call in calls:
        with not_found():
            call()
    again = connect.create_task_template(InstanceId=instance.id, **request)
    assert again["Id"] != made["Id"]
    assert "Tags" not in get(connect, instance, again["Id"])
    inactive = connect.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, "I", Status="INACTIVE"))
    connect.delete_task_template(InstanceId=instance.id, TaskTemplateId=inactive["Id"])
    assert [t["Id"] for t in connect.list_task_templates(InstanceId=instance.id)["TaskTemplates"]] == [again["Id"]]


# --- 0.5 to 0.9 and the complaint of 7.1 --------------------------------------------------------------------------------------


def test_r7_1_the_request_that_fails_with_none_names_each_missing_part(connect, instance):
    with property_validation() as caught:
        connect.create_task_template(
            InstanceId=instance.id, Name="Simple", Fields=[{"Id": {"Name": "Task name"}, "Type": "NAME"}])
    assert caught.properties() == [
        ("ContactFlowId", "REQUIRED_PROPERTY_MISSING"),
        ("Constraints", "REQUIRED_PROPERTY_MISSING"),
    ]
    for part in ("ContactFlowId", "Constraints"):
        assert part in caught.message and part in str(caught.error)
    assert "None" not in str(caught.error)


def test_r2_3_7_wrap_up_module_by_id_or_arn(connect, instance, full):
    made = connect.create_task_template(InstanceId=instance.id, **full)
    module = full["ContactHooks"]["WrapUpFlowId"]
    request = full | {"ContactHooks": {"WrapUpFlowId": f"{instance.arn}/flow-module/{module}"}}
    connect.update_task_template(InstanceId=instance.id, TaskTemplateId=made["Id"], **request)
    assert get(connect, instance, made["Id"])["ContactHooks"] == {"WrapUpFlowId": module}
    for other in (samples.token(), instance.flow, f"{instance.arn}/contact-flow/{module}", f"{instance.arn}/flow-module/x"):
        with property_validation() as caught:
            connect.update_task_template(
                InstanceId=instance.id, TaskTemplateId=made["Id"], **full | {"ContactHooks": {"WrapUpFlowId": other}})
        assert caught.properties() == [("ContactHooks.WrapUpFlowId", "REFERENCED_RESOURCE_NOT_FOUND")]


def test_r0_6_all_violations_in_document_order(connect, instance):
    request = samples.base(instance.flow)
    request |= {"Name": " ", "Description": "d" * 256, "ContactFlowId": samples.token(), "SelfAssignFlowId": samples.token(),
                "ContactHooks": {"WrapUpFlowId": samples.token()}, "Status": "NO"}
    request["Constraints"]["RequiredFields"].append({"Id": {"Name": "Nope"}})
    request["Defaults"]["DefaultFieldValues"] = [samples.default("Amount", "many"), samples.default("Nope", "x")]
    request["Fields"][9]["Type"] = "PHONE"
    request["Fields"].append(field("Amount", "TEXT"))
    with property_validation() as caught:
        connect.create_task_template(InstanceId=instance.id, **request)
    assert caught.properties() == [
        ("Name", "INVALID_FORMAT"),
        ("Description", "INVALID_FORMAT"),
        ("ContactFlowId", "REFERENCED_RESOURCE_NOT_FOUND"),
        ("SelfAssignFlowId", "REFERENCED_RESOURCE_NOT_FOUND"),
        ("ContactHooks.WrapUpFlowId", "REFERENCED_RESOURCE_NOT_FOUND"),
        ("Constraints.RequiredFields[2].Id.Name", "REFERENCED_RESOURCE_NOT_FOUND"),
        ("Defaults.DefaultFieldValues[0].DefaultValue", "INVALID_FORMAT"),
        ("Defaults.DefaultFieldValues[1].Id.Name", "REFERENCED_RESOURCE_NOT_FOUND"),
        ("Status", "INVALID_FORMAT"),
        ("Fields[9].Type", "INVALID_FORMAT"),
        ("Fields[10].Id.Name", "UNIQUE_CONSTRAINT_VIOLATED"),
    ]


def test_r0_8_long_lists_are_cut(connect, instance):
    request = samples.base(instance.flow)
    request["Fields"][3] = field("Reason", "SINGLE_SELECT", SingleSelectOptions=["Other"] * 50)
    request["Fields"] += [field(f"S{n}", "SINGLE_SELECT", SingleSelectOptions=["x"] * 50) for n in range(3)]
    with property_validation() as caught:
        connect.create_task_template(InstanceId=instance.id, **request)
    entries = caught.response["PropertyList"]
    assert len(entries) == 100
    assert entries[0]["PropertyPath"] == "Fields[3].SingleSelectOptions[1]"
    assert {entry["Reason"] for entry in entries} == {"UNIQUE_CONSTRAINT_VIOLATED"}
    assert re.match(r"196 propert", caught.message)
    assert re.search(r"and \d+ more", caught.message)
    assert len(caught.message) <= 1100
    check_property_list(caught.message, entries)


def test_r0_9_no_cascades(connect, instance):
    with property_validation() as caught:
        connect.create_task_template(
            InstanceId=instance.id, Name="x", Fields=[], ContactFlowId=instance.flow, Status="NO",
            Constraints={"RequiredFields": named("Task name"), "InvisibleFields": named("Task name")},
            Defaults={"DefaultFieldValues": [samples.default("Task name", "x")]},
        )
    assert caught.properties() == [("Status", "INVALID_FORMAT"), ("Fields", "REQUIRED_PROPERTY_MISSING")]


def test_r2_2_16_and_r2_2_17_one_field_both_entries(connect, instance):
    request = samples.base(instance.flow)
    request["Constraints"] |= {"ReadOnlyFields": named("Order id"), "InvisibleFields": named("Order id")}
    with property_validation() as caught:
        connect.create_task_template(InstanceId=instance.id, **request)
    assert sorted(caught.properties()) == [
        ("Constraints.InvisibleFields[0].Id.Name", "REQUIRED_PROPERTY_MISSING"),
        ("Constraints.ReadOnlyFields[0].Id.Name", "REQUIRED_PROPERTY_MISSING"),
    ]


def test_r2_7_2_only_custom_fields_count(connect, instance):
    request = samples.small(instance.flow, "Fifty")
    request["Fields"] += [field(f"T{n}", "TEXT") for n in range(50)]
    request["Fields"] += [field("D", "DESCRIPTION"), field("S", "SCHEDULED_TIME"), field("Q", "QUICK_CONNECT"),
                          field("A", "SELF_ASSIGN"), field("E", "EXPIRY_DURATION")]
    assert len(request["Fields"]) == 56
    made = connect.create_task_template(InstanceId=instance.id, **request)
    over = copy.deepcopy(request)
    over["Fields"][-1] = field("T50", "TEXT")
    with refused("ServiceQuotaExceededException", 402):
        connect.update_task_template(InstanceId=instance.id, TaskTemplateId=made["Id"], **over)
    too_long = copy.deepcopy(request)
    too_long["Fields"].append(field("T51", "TEXT"))
    with property_validation() as caught:  # r2_7_3
        connect.update_task_template(InstanceId=instance.id, TaskTemplateId=made["Id"], **too_long)
    assert caught.properties() == [("Fields", "INVALID_FORMAT")]


def test_r2_7_4_zero_lifts_the_quota(roomy):
    connect, instance = roomy.client, new_instance(roomy.client)
    for n in range(51):
        connect.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, f"T{n}"))
    assert len(connect.list_task_templates(InstanceId=instance.id)["TaskTemplates"]) == 51


def test_r1_5_3_delete_frees_the_quota_slot(connect, instance):
    ids = [connect.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, f"T{n}"))["Id"]
           for n in range(50)]
    with refused("ServiceQuotaExceededException", 402) as caught:
        connect.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, "T50"))
    assert "50" in caught.message
    # r0_6: property validation comes before quotas
    with property_validation():
        connect.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, "T0"))
    connect.update_task_template(InstanceId=instance.id, TaskTemplateId=ids[1], **samples.small(instance.flow, "U"))
    connect.delete_task_template(InstanceId=instance.id, TaskTemplateId=ids[0])
    connect.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, "T50"))
    with refused("ServiceQuotaExceededException", 402):
        connect.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, "T51"))
