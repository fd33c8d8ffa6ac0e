"""Proficiencies of users with boto3 (administration.md 6.2)."""

import pytest

from helpers import invalid_parameter, invalid_request, not_found, refused


@pytest.fixture
def team(connect, instance):
    """Two attributes and a user."""
    connect.create_predefined_attribute(InstanceId=instance.id, Name="Language", Values={"StringList": ["de", "fr"]})
    connect.create_predefined_attribute(InstanceId=instance.id, Name="Skill", Values={"StringList": ["Tax"]})
    first = lambda name, answer: next(iter(connect.get_paginator(name).paginate(InstanceId=instance.id)))[answer][0]["Id"]
    user = connect.create_user(
        InstanceId=instance.id, Username="ada", PhoneConfig={"PhoneType": "SOFT_PHONE"},
        SecurityProfileIds=[first("list_security_profiles", "SecurityProfileSummaryList")],
        RoutingProfileId=first("list_routing_profiles", "RoutingProfileSummaryList"),
    )
    return {"InstanceId": instance.id, "UserId": user["UserId"]}


def own(name, value, level):
    return {"AttributeName": name, "AttributeValue": value, "Level": level}


def test_administration_6_2_life_of_proficiencies(connect, team):
    connect.associate_user_proficiencies(**team, UserProficiencies=[own("Language", "fr", 3), own("Skill", "Tax", 5)])
    connect.update_user_proficiencies(**team, UserProficiencies=[own("Language", "fr", 4.0)])
    pages = connect.get_paginator("list_user_proficiencies").paginate(**team, PaginationConfig={"PageSize": 1})
    pages = list(pages)
    assert [page["UserProficiencyList"] for page in pages] == [[own("Language", "fr", 4.0)], [own("Skill", "Tax", 5.0)]]
    assert pages[0]["LastModifiedRegion"] and pages[0]["LastModifiedTime"]
    condition = {"TargetListType": "PROFICIENCIES", "Conditions": [
        {"StringCondition": {"FieldName": "name", "Value": "Language", "ComparisonType": "EXACT"}},
        {"NumberCondition": {"FieldName": "limit", "MinValue": 4, "ComparisonType": "GREATER_OR_EQUAL"}}]}
    search = lambda: [user["Id"] for user in connect.search_users(InstanceId=team["InstanceId"], SearchCriteria={"ListCondition": condition})["Users"]]
    assert search() == [team["UserId"]]
    about = {"InstanceId": team["InstanceId"], "Name": "Language"}
    with invalid_request() as caught:
        connect.update_predefined_attribute(**about, Values={"StringList": ["de"]})
    assert "fr" in caught.message and team["UserId"] in caught.message
    with refused("ResourceInUseException", 409):
        connect.delete_predefined_attribute(**about)
    connect.disassociate_user_proficiencies(**team, UserProficiencies=[
        {"AttributeName": "Language", "AttributeValue": "fr"}, {"AttributeName": "Skill", "AttributeValue": "absent"}])
    assert connect.list_user_proficiencies(**team)["UserProficiencyList"] == [own("Skill", "Tax", 5.0)]
    assert search() == []
    connect.delete_predefined_attribute(**about)


def test_administration_a80_bad_proficiencies(connect, team):
    with invalid_parameter() as caught:
        connect.associate_user_proficiencies(**team, UserProficiencies=[own("Language", "fr", 2.5)])
    assert "UserProficiencies[0].Level" in caught.message
    with not_found() as caught:
        connect.associate_user_proficiencies(**team, UserProficiencies=[own("Language", "no", 2), own("Skill", "Law", 2)])
    assert "[0].AttributeValue" in caught.message and "[1].AttributeValue" in caught.message
    with invalid_request():
        connect.update_user_proficiencies(**team, UserProficiencies=[own("Language", "fr", 2)])
    connect.associate_user_proficiencies(**team, UserProficiencies=[own("Language", "fr", 2)])
    with invalid_request():
        connect.associate_user_proficiencies(**team, UserProficiencies=[own("Language", "fr", 2)])
