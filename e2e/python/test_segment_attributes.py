"""Segment attributes of tasks and predefined attributes with boto3 (administration.md 6.1.4)."""

from helpers import invalid_parameter, invalid_request


def texts(**members):
    return {name.replace("__", ":"): {"ValueString": value} for name, value in members.items()}


def test_administration_6_1_4_predefined_attributes_are_set_and_validated(connect, instance):
    connect.create_predefined_attribute(
        InstanceId=instance.id, Name="Plan", Values={"StringList": ["gold", "blue"]},
        AttributeConfiguration={"EnableValueValidationOnAssociation": True})
    connect.update_predefined_attribute(InstanceId=instance.id, Name="connect:WorkloadType", Values={"StringList": ["Deep", "Quick"]})
    about = {"InstanceId": instance.id, "Name": "x", "ContactFlowId": instance.flow}
    task = connect.start_task_contact(**about, SegmentAttributes=texts(Plan="gold", connect__WorkloadType="Deep"))["ContactId"]
    connect.update_contact(InstanceId=instance.id, ContactId=task, SegmentAttributes=texts(connect__WorkloadType="Quick"))
    shown = connect.describe_contact(InstanceId=instance.id, ContactId=task)["Contact"]["SegmentAttributes"]
    assert shown["Plan"] == {"ValueString": "gold"} and shown["connect:WorkloadType"] == {"ValueString": "Quick"}
    for wrong in (texts(Plan="lead"), texts(connect__WorkloadType="Slow")):
        with invalid_parameter() as caught:
            connect.start_task_contact(**about, SegmentAttributes=wrong)
        assert next(iter(wrong)) in caught.message
        with invalid_parameter():
            connect.update_contact(InstanceId=instance.id, ContactId=task, SegmentAttributes=wrong)
    with invalid_request() as caught:
        connect.start_task_contact(**about, SegmentAttributes=texts(Other="x"))
    assert "Other" in caught.message
