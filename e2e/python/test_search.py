"""Searches for resources (administration.md 3), as a tool that keeps a team in order uses them."""

import botocore.exceptions
import pytest

from helpers import invalid_parameter


def named(value, how="CONTAINS", field="name"):
    return {"StringCondition": {"FieldName": field, "Value": value, "ComparisonType": how}}


def test_administration_3_a_team_is_found_by_names_tags_and_groups(connect, instance):
    mine = {"InstanceId": instance.id}
    hours = connect.list_hours_of_operations(**mine)["HoursOfOperationSummaryList"][0]["Id"]
    made = [connect.create_queue(**mine, Name=name, HoursOfOperationId=hours, Tags={"team": "blue"})["QueueId"] for name in ("sales-eu", "Sales-US", "other")]
    pages = list(connect.get_paginator("search_queues").paginate(**mine, SearchCriteria=named("sales"), PaginationConfig={"PageSize": 1}))
    assert [page["Queues"][0]["QueueId"] for page in pages] == made[:2]
    assert {page["ApproximateTotalCount"] for page in pages} == {2}
    assert pages[0]["Queues"][0] == connect.describe_queue(**mine, QueueId=made[0])["Queue"]
    blue = {"TagFilter": {"TagCondition": {"TagKey": "team", "TagValue": "blue"}}}
    assert connect.search_queues(**mine, SearchFilter=blue)["ApproximateTotalCount"] == 3
    assert connect.search_resource_tags(**mine, ResourceTypes=["standard-queue"])["Tags"] == [{"key": "team", "value": "blue"}]
    connect.delete_queue(**mine, QueueId=made[2])
    assert connect.search_queues(**mine, SearchFilter=blue)["ApproximateTotalCount"] == 2  # 1.2.6

    connect.update_user_hierarchy_structure(**mine, HierarchyStructure={"LevelOne": {"Name": "Site"}, "LevelTwo": {"Name": "Team"}})
    site = connect.create_user_hierarchy_group(**mine, Name="Berlin")["HierarchyGroupId"]
    team = connect.create_user_hierarchy_group(**mine, Name="Refunds", ParentGroupId=site)["HierarchyGroupId"]
    groups = connect.search_user_hierarchy_groups(**mine, SearchCriteria=named(site, "EXACT", "parentId"))["UserHierarchyGroups"]
    assert [(group["Id"], group["HierarchyPath"]["LevelOne"]["Name"]) for group in groups] == [(team, "Berlin")]
    profile = connect.list_routing_profiles(**mine)["RoutingProfileSummaryList"][0]["Id"]
    security = connect.list_security_profiles(**mine)["SecurityProfileSummaryList"][0]["Id"]
    user = connect.create_user(
        **mine, Username="ada", RoutingProfileId=profile, SecurityProfileIds=[security], HierarchyGroupId=team,
        PhoneConfig={"PhoneType": "SOFT_PHONE", "AfterContactWorkTimeLimit": 60})["UserId"]
    below = {"HierarchyGroupCondition": {"Value": site, "HierarchyGroupMatchType": "WITH_CHILD_GROUPS"}}
    found = connect.search_users(**mine, SearchCriteria=below)["Users"]
    assert [(one["Id"], one["PhoneConfig"]["AfterContactWorkTimeLimit"]) for one in found] == [(user, 60_000)]


def test_administration_3_1_2_every_search_answers(connect, instance):
    mine = {"InstanceId": instance.id}
    for operation, list_, field in [
        (connect.search_quick_connects, "QuickConnects", "name"), (connect.search_hours_of_operations, "HoursOfOperations", "name"),
        (connect.search_hours_of_operation_overrides, "HoursOfOperationOverrides", "name"), (connect.search_security_profiles, "SecurityProfiles", "name"),
        (connect.search_agent_statuses, "AgentStatuses", "name"), (connect.search_contact_flows, "ContactFlows", "name"),
        (connect.search_contact_flow_modules, "ContactFlowModules", "name"),
        (connect.search_routing_profiles, "RoutingProfiles", "name"), (connect.search_predefined_attributes, "PredefinedAttributes", "name"), (connect.search_users, "Users", "Username"),
    ]:
        found = operation(**mine)
        assert len(found[list_]) == found["ApproximateTotalCount"]
        with invalid_parameter():
            operation(**mine, SearchCriteria=named("x", "CONTAINS", field))
    flow = connect.search_contact_flows(**mine, SearchCriteria={"TypeCondition": "CONTACT_FLOW"})["ContactFlows"][0]
    assert "Content" not in flow and flow["FlowContentSha256"]


def test_administration_a66_filters_of_users_exclude_each_other(connect, instance):
    with pytest.raises(botocore.exceptions.ClientError) as caught:
        connect.search_users(InstanceId=instance.id, SearchFilter={"TagFilter": {}, "UserAttributeFilter": {}})
    assert caught.value.response["Error"]["Code"] == "AccessDeniedException"
