"""Predefined attributes with boto3 (administration.md 6.1)."""

from helpers import invalid_parameter, invalid_request, not_found, refused


def test_administration_6_1_life_of_an_attribute(connect, instance):
    about = {"InstanceId": instance.id, "Name": "Größe: a/b c"}
    connect.create_predefined_attribute(**about, Values={"StringList": ["S", "M"]}, Purposes=["ROUTING"])
    shown = connect.describe_predefined_attribute(**about)["PredefinedAttribute"]
    assert shown["Values"] == {"StringList": ["S", "M"]} and shown["Purposes"] == ["ROUTING"]
    assert shown["AttributeConfiguration"] == {"EnableValueValidationOnAssociation": False, "IsReadOnly": False}
    connect.update_predefined_attribute(**about, Values={"StringList": ["L"]})
    assert connect.describe_predefined_attribute(**about)["PredefinedAttribute"]["Values"] == {"StringList": ["L"]}
    pages = connect.get_paginator("list_predefined_attributes").paginate(InstanceId=instance.id, PaginationConfig={"PageSize": 3})
    names = [item["Name"] for page in pages for item in page["PredefinedAttributeSummaryList"]]
    assert names == ["connect:Language", "connect:Subtype", "connect:WorkloadType", "Größe: a/b c"]
    with refused("DuplicateResourceException", 409):
        connect.create_predefined_attribute(InstanceId=instance.id, Name="grÖße: A/B C")
    connect.delete_predefined_attribute(**about)
    with not_found():
        connect.describe_predefined_attribute(**about)


def test_administration_a79_attributes_of_the_system(connect, instance):
    with invalid_parameter() as caught:
        connect.create_predefined_attribute(InstanceId=instance.id, Name="connect:x")
    assert "Name" in caught.message
    with invalid_request():
        connect.delete_predefined_attribute(InstanceId=instance.id, Name="connect:Language")
    with invalid_request():
        connect.update_predefined_attribute(InstanceId=instance.id, Name="connect:Subtype", Purposes=["x"])
