"""ListTaskTemplates with boto3, on each engine (task-templates 1.3)."""

import samples
from helpers import content_of, invalid_parameter, new_instance


def test_r1_3_1_and_r1_3_3_summaries(connect, instance):
    assert content_of(connect.list_task_templates(InstanceId=instance.id)) == {"TaskTemplates": []}
    request = samples.base(instance.flow) | {"Description": "All members"}
    first = connect.create_task_template(InstanceId=instance.id, **request)
    second = connect.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, "B", Status="INACTIVE"))
    connect.tag_resource(resourceArn=first["Arn"], tags={"team": "x"})
    answer = content_of(connect.list_task_templates(InstanceId=instance.id))
    whole = connect.get_task_template(InstanceId=instance.id, TaskTemplateId=first["Id"])
    assert set(answer) == {"TaskTemplates"}
    assert answer["TaskTemplates"][0] == {
        name: whole[name] for name in ("Id", "Arn", "Name", "Description", "Status", "LastModifiedTime", "CreatedTime")
    }
    assert answer["TaskTemplates"][1]["Id"] == second["Id"]
    assert "Description" not in answer["TaskTemplates"][1]


def test_r1_3_5_filters(connect, instance):
    ids = {}
    for name, status in [("A", "ACTIVE"), ("a", "INACTIVE"), ("A b", "ACTIVE"), ("ä+b & c", "INACTIVE")]:
        ids[name] = connect.create_task_template(
            InstanceId=instance.id, **samples.small(instance.flow, name, Status=status))["Id"]

    def listed(**filters):
        page = connect.list_task_templates(InstanceId=instance.id, **filters)
        assert "NextToken" not in page
        return [template["Id"] for template in page["TaskTemplates"]]

    assert listed() == list(ids.values())
    assert listed(Name="A") == [ids["A"]]
    assert listed(Name="a") == [ids["a"]]
    assert listed(Name="ä+b & c") == [ids["ä+b & c"]]
    assert listed(Name="A ") == []
    assert listed(Status="ACTIVE") == [ids["A"], ids["A b"]]
    assert listed(Status="INACTIVE") == [ids["a"], ids["ä+b & c"]]
    assert listed(Status="ACTIVE", Name="a") == []
    assert listed(Status="INACTIVE", Name="a") == [ids["a"]]
    assert listed(NextToken="") == list(ids.values())


def test_r1_3_6_lower_case_status_names_the_values(connect, instance):
    with invalid_parameter() as caught:
        connect.list_task_templates(InstanceId=instance.id, Status="active")
    assert "ACTIVE, INACTIVE" in caught.message


def test_r1_3_4_changes_between_pages_neither_repeat_nor_skip(connect, instance):
    ids = [
        connect.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, f"T{n}"))["Id"]
        for n in range(6)
    ]
    first = connect.list_task_templates(InstanceId=instance.id, MaxResults=2)
    assert [t["Id"] for t in first["TaskTemplates"]] == ids[:2]
    connect.delete_task_template(InstanceId=instance.id, TaskTemplateId=ids[0])  # on the page already seen
    connect.delete_task_template(InstanceId=instance.id, TaskTemplateId=ids[1])  # the last one seen
    connect.delete_task_template(InstanceId=instance.id, TaskTemplateId=ids[3])  # not yet seen
    late = connect.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, "Late"))["Id"]
    seen, token = [], first["NextToken"]
    while token:
        page = connect.list_task_templates(InstanceId=instance.id, MaxResults=2, NextToken=token)
        assert page.get("NextToken") != token  # W7.5
        seen += [t["Id"] for t in page["TaskTemplates"]]
        token = page.get("NextToken")
    assert seen == [ids[2], ids[4], ids[5], late]


def test_r1_3_4_tokens_are_bound_and_cannot_be_altered(connect, instance):
    other = new_instance(connect)
    for n in range(3):
        connect.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, f"T{n}"))
        connect.create_task_template(InstanceId=other.id, **samples.small(other.flow, f"T{n}"))
    token = connect.list_task_templates(InstanceId=instance.id, MaxResults=1)["NextToken"]
    flipped = token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1:]
    for request in [
        {"InstanceId": other.id, "NextToken": token},
        {"InstanceId": instance.id, "NextToken": token, "Status": "ACTIVE"},
        {"InstanceId": instance.id, "NextToken": token, "Name": "T1"},
        {"InstanceId": instance.id, "NextToken": flipped},
        {"InstanceId": instance.id, "NextToken": token + "A"},
        {"InstanceId": instance.id, "NextToken": token[:-4]},
    ]:
        with invalid_parameter() as caught:
            connect.list_task_templates(**request)
        assert "NextToken" in caught.message
    # another page size is fine, and a token may be used again
    for _ in range(2):
        rest = connect.list_task_templates(InstanceId=instance.id, MaxResults=50, NextToken=token)
        assert [t["Name"] for t in rest["TaskTemplates"]] == ["T1", "T2"]
    # a flow token is no template token
    flows = connect.list_contact_flows(InstanceId=instance.id, MaxResults=1)["NextToken"]
    with invalid_parameter():
        connect.list_task_templates(InstanceId=instance.id, NextToken=flows)


def test_case_c13_250_templates_in_three_pages(roomy):
    connect, instance = roomy.client, new_instance(roomy.client)
    made = [
        connect.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, f"T{n:03}"))["Id"]
        for n in range(250)
    ]
    pages = list(
        connect.get_paginator("list_task_templates").paginate(InstanceId=instance.id, PaginationConfig={"PageSize": 100})
    )
    assert [len(page["TaskTemplates"]) for page in pages] == [100, 100, 50]
    assert "NextToken" not in pages[2]
    assert [t["Id"] for page in pages for t in page["TaskTemplates"]] == made
    # r1_3_3: the default page size is 100; an exact multiple ends without an empty page
    assert len(connect.list_task_templates(InstanceId=instance.id)["TaskTemplates"]) == 100
    fifties = list(
        connect.get_paginator("list_task_templates").paginate(InstanceId=instance.id, PaginationConfig={"PageSize": 50})
    )
    assert [len(page["TaskTemplates"]) for page in fifties] == [50] * 5
    assert "NextToken" not in fifties[4]
    resumed = connect.get_paginator("list_task_templates").paginate(
        InstanceId=instance.id, PaginationConfig={"PageSize": 7, "MaxItems": 20}
    ).build_full_result()
    rest = connect.get_paginator("list_task_templates").paginate(
        InstanceId=instance.id, PaginationConfig={"StartingToken": resumed["NextToken"]}
    ).build_full_result()
    assert [t["Id"] for t in resumed["TaskTemplates"] + rest["TaskTemplates"]] == made

