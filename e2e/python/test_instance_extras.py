"""Attributes and functions of an instance, and DeleteContactData, with boto3 (administration.md 2.10, 2.11, 6.4)."""

from helpers import invalid_parameter, not_found, refused


def test_administration_2_10_attributes_are_kept_and_shown(connect, instance):
    listed = connect.list_instance_attributes(InstanceId=instance.id, MaxResults=5)
    names = [attribute["AttributeType"] for attribute in listed["Attributes"]]
    while listed.get("NextToken"):
        listed = connect.list_instance_attributes(InstanceId=instance.id, MaxResults=5, NextToken=listed["NextToken"])
        names += [attribute["AttributeType"] for attribute in listed["Attributes"]]
    assert len(names) == 14 and len(set(names)) == 14
    before = connect.describe_instance(InstanceId=instance.id)["Instance"]["OutboundCallsEnabled"]
    connect.update_instance_attribute(InstanceId=instance.id, AttributeType="OUTBOUND_CALLS", Value=str(not before))
    shown = connect.describe_instance_attribute(InstanceId=instance.id, AttributeType="OUTBOUND_CALLS")["Attribute"]
    assert shown == {"AttributeType": "OUTBOUND_CALLS", "Value": str(not before).lower()}
    assert connect.describe_instance(InstanceId=instance.id)["Instance"]["OutboundCallsEnabled"] is not before
    with invalid_parameter() as caught:
        connect.update_instance_attribute(InstanceId=instance.id, AttributeType="EARLY_MEDIA", Value="perhaps")
    assert "true or false" in caught.message


def test_administration_2_11_functions_are_associated_and_listed(connect, instance):
    first, second = (f"arn:aws:lambda:eu-west-1:111122223333:function:look_up-{n}" for n in range(2))
    for arn in (first, second):
        connect.associate_lambda_function(InstanceId=instance.id, FunctionArn=arn)
    with refused("ResourceConflictException", 409):
        connect.associate_lambda_function(InstanceId=instance.id, FunctionArn=first)
    pages = connect.get_paginator("list_lambda_functions").paginate(InstanceId=instance.id, PaginationConfig={"PageSize": 1})
    assert [arn for page in pages for arn in page["LambdaFunctions"]] == [first, second]
    connect.disassociate_lambda_function(InstanceId=instance.id, FunctionArn=first)
    with not_found():
        connect.disassociate_lambda_function(InstanceId=instance.id, FunctionArn=first)
    assert connect.list_lambda_functions(InstanceId=instance.id)["LambdaFunctions"] == [second]
    with invalid_parameter():
        connect.associate_lambda_function(InstanceId=instance.id, FunctionArn="look_up")


def test_administration_6_4_data_of_a_task_that_is_over(connect, instance):
    flow = next(f for f in connect.list_contact_flows(InstanceId=instance.id)["ContactFlowSummaryList"] if f["Name"] == "Sample task flow")["Id"]
    task = connect.start_task_contact(InstanceId=instance.id, Name="About refunds", ContactFlowId=flow)["ContactId"]
    about = {"InstanceId": instance.id, "ContactId": task, "ContactFields": ["CUSTOMER_ENDPOINT"]}
    with refused("ContactNotTerminatedException", 409):
        connect.delete_contact_data(**about)
    connect.stop_contact(InstanceId=instance.id, ContactId=task)
    connect.delete_contact_data(**about)
    assert connect.describe_contact(InstanceId=instance.id, ContactId=task)["Contact"]["Name"] == "About refunds"
