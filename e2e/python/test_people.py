"""Statuses, security profiles, the hierarchy and changes of users (administration.md 2.7 to 2.9, 6.3)."""

from helpers import invalid_parameter, invalid_request, not_found, refused
from test_decisions import user


def test_administration_2_9_agent_statuses(connect, instance):
    made = connect.create_agent_status(InstanceId=instance.id, Name="Lunch", State="ENABLED", DisplayOrder=7, Tags={"team": "x"})
    assert made["AgentStatusARN"] == f"{instance.arn}/agent-state/{made['AgentStatusId']}"
    one = dict(InstanceId=instance.id, AgentStatusId=made["AgentStatusId"])
    connect.update_agent_status(**one, Name="Break", State="DISABLED", ResetOrderNumber=True)
    shown = connect.describe_agent_status(**one)["AgentStatus"]
    assert (shown["Name"], shown["State"], shown["Type"], shown["Tags"]) == ("Break", "DISABLED", "CUSTOM", {"team": "x"})
    assert "DisplayOrder" not in shown
    listed = connect.list_agent_statuses(InstanceId=instance.id, AgentStatusTypes=["CUSTOM", "OFFLINE"])["AgentStatusSummaryList"]
    assert [status["Name"] for status in listed] == ["Offline", "Break"]
    with invalid_request() as caught:
        connect.update_agent_status(InstanceId=instance.id, AgentStatusId=listed[0]["Id"], State="DISABLED")
    assert "State" in caught.message
    with refused("DuplicateResourceException", 409):
        connect.create_agent_status(InstanceId=instance.id, Name="Available", State="ENABLED")


def test_administration_2_8_security_profiles(connect, instance):
    made = connect.create_security_profile(
        InstanceId=instance.id, SecurityProfileName="Night shift", Permissions=["Users.View", "BasicAgentAccess"],
        AllowedAccessControlTags={"team": "blue"}, TagRestrictedResources=["User"])
    one = dict(InstanceId=instance.id, SecurityProfileId=made["SecurityProfileId"])
    shown = connect.describe_security_profile(**one)["SecurityProfile"]
    assert (shown["Type"], shown["AllowedAccessControlTags"]) == ("CUSTOMER_MANAGED", {"team": "blue"})
    pages = connect.get_paginator("list_security_profile_permissions").paginate(**one, PaginationConfig={"PageSize": 1})
    assert [p for page in pages for p in page["Permissions"]] == ["BasicAgentAccess", "Users.View"]
    connect.update_security_profile(**one, Permissions=[], AllowedAccessControlTags={})
    assert connect.list_security_profile_permissions(**one)["Permissions"] == []
    assert "AllowedAccessControlTags" not in connect.describe_security_profile(**one)["SecurityProfile"]
    ada = user(connect, instance, "ada")
    connect.update_user_security_profiles(InstanceId=instance.id, UserId=ada, SecurityProfileIds=[made["SecurityProfileId"]])
    with refused("ResourceInUseException", 409) as caught:
        connect.delete_security_profile(**one)
    assert (caught.response["ResourceType"], caught.response["ResourceId"]) == ("USER", ada)
    connect.delete_user(InstanceId=instance.id, UserId=ada)
    connect.delete_security_profile(**one)
    with not_found():
        connect.delete_security_profile(**one)


def test_administration_6_3_hierarchy(connect, instance):
    assert "HierarchyStructure" not in connect.describe_user_hierarchy_structure(InstanceId=instance.id)
    connect.update_user_hierarchy_structure(InstanceId=instance.id, HierarchyStructure={"LevelOne": {"Name": "Site"}, "LevelTwo": {"Name": "Team"}})
    levels = connect.describe_user_hierarchy_structure(InstanceId=instance.id)["HierarchyStructure"]
    assert levels["LevelTwo"]["Arn"] == f"{instance.arn}/agent-group-level/2"
    berlin = connect.create_user_hierarchy_group(InstanceId=instance.id, Name="Berlin")["HierarchyGroupId"]
    night = connect.create_user_hierarchy_group(InstanceId=instance.id, Name="Night", ParentGroupId=berlin)
    connect.update_user_hierarchy_group_name(InstanceId=instance.id, HierarchyGroupId=berlin, Name="Hamburg")
    shown = connect.describe_user_hierarchy_group(InstanceId=instance.id, HierarchyGroupId=night["HierarchyGroupArn"])["HierarchyGroup"]
    assert [shown["HierarchyPath"][level]["Name"] for level in ("LevelOne", "LevelTwo")] == ["Hamburg", "Night"]
    ada = user(connect, instance, "ada")
    connect.update_user_hierarchy(InstanceId=instance.id, UserId=ada, HierarchyGroupId=night["HierarchyGroupId"])
    assert connect.describe_user(InstanceId=instance.id, UserId=ada)["User"]["HierarchyGroupId"] == night["HierarchyGroupId"]
    with refused("ResourceInUseException", 409) as caught:
        connect.delete_user_hierarchy_group(InstanceId=instance.id, HierarchyGroupId=night["HierarchyGroupId"])
    assert ada in caught.message
    with refused("ResourceInUseException", 409):
        connect.update_user_hierarchy_structure(InstanceId=instance.id, HierarchyStructure={})
    connect.update_user_hierarchy(InstanceId=instance.id, UserId=ada)
    assert "HierarchyGroupId" not in connect.describe_user(InstanceId=instance.id, UserId=ada)["User"]
    for group in (night["HierarchyGroupId"], berlin):
        connect.delete_user_hierarchy_group(InstanceId=instance.id, HierarchyGroupId=group)
    connect.update_user_hierarchy_structure(InstanceId=instance.id, HierarchyStructure={})


def test_administration_2_7_changes_of_a_user(connect, instance):
    one = dict(InstanceId=instance.id, UserId=user(connect, instance, "ada"))
    work = [{"Channel": "TASK", "AfterContactWorkConfig": {"AfterContactWorkTimeLimit": 60}}]
    connect.update_user_config(**one, AfterContactWorkConfigs=work)
    assert connect.describe_user(**one)["User"]["AfterContactWorkConfigs"] == work
    connect.update_user_phone_config(**one, PhoneConfig={"PhoneType": "SOFT_PHONE", "AfterContactWorkTimeLimit": 30, "DeskPhoneNumber": ""})
    shown = connect.describe_user(**one)["User"]
    assert shown["PhoneConfig"] == {"PhoneType": "SOFT_PHONE", "AfterContactWorkTimeLimit": 30} and "AfterContactWorkConfigs" not in shown
    connect.update_user_identity_info(**one, IdentityInfo={"FirstName": "Ada", "Email": "ada@example.com"})
    connect.update_user_identity_info(**one, IdentityInfo={"Email": ""})
    assert "Email" not in connect.describe_user(**one)["User"]["IdentityInfo"]
    profile = connect.list_routing_profiles(InstanceId=instance.id)["RoutingProfileSummaryList"][0]
    connect.update_user_routing_profile(**one, RoutingProfileId=profile["Arn"])
    assert connect.describe_user(**one)["User"]["RoutingProfileId"] == profile["Id"]
    with invalid_request() as caught:
        connect.update_user_config(**one)
    assert "AutoAcceptConfigs" in caught.message
    with invalid_parameter() as caught:
        connect.update_user_config(**one, PhoneNumberConfigs=[{"Channel": "TASK", "PhoneType": "SOFT_PHONE"}])
    assert "PhoneNumberConfigs[0].Channel" in caught.message
    with not_found():
        connect.update_user_routing_profile(**one, RoutingProfileId=f"{instance.arn}/queue/{profile['Id']}")
