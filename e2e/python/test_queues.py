"""Queues that exist: changes, quick connects, deletes (administration.md 2.4)."""

from helpers import invalid_parameter, not_found, refused


def create(connect, instance, name="Returns", **more):
    hours = connect.list_hours_of_operations(InstanceId=instance.id)["HoursOfOperationSummaryList"][0]["Id"]
    return connect.create_queue(InstanceId=instance.id, Name=name, HoursOfOperationId=hours, **more)["QueueId"]


def describe(connect, instance, queue):
    return connect.describe_queue(InstanceId=instance.id, QueueId=queue)["Queue"]


def quick(connect, instance, name):
    config = {"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+12065550100"}}
    return connect.create_quick_connect(InstanceId=instance.id, Name=name, QuickConnectConfig=config)["QuickConnectId"]


def offered(connect, instance, queue):
    pages = connect.get_paginator("list_queue_quick_connects").paginate(
        InstanceId=instance.id, QueueId=queue, PaginationConfig={"PageSize": 2})
    return [one["Name"] for page in pages for one in page["QuickConnectSummaryList"]]


def test_administration_2_4_as_an_infrastructure_tool_changes_a_queue(connect, instance):
    queue = create(connect, instance, Description="d", MaxContacts=3)
    mine = {"InstanceId": instance.id, "QueueId": queue}
    connect.update_queue_max_contacts(**mine, MaxContacts=0)
    connect.update_queue_name(**mine, Name="Refunds")  # boto3 itself refuses an empty description
    connect.update_queue_status(**mine, Status="DISABLED")
    connect.update_queue_outbound_caller_config(**mine, OutboundCallerConfig={"OutboundCallerIdName": "Shop"})
    hours = connect.create_hours_of_operation(InstanceId=instance.id, Name="Never", TimeZone="UTC", Config=[])["HoursOfOperationId"]
    connect.update_queue_hours_of_operation(**mine, HoursOfOperationId=hours)
    found = describe(connect, instance, queue)
    assert found["Description"] == "d"
    assert (found["Name"], found["MaxContacts"], found["Status"], found["HoursOfOperationId"]) == ("Refunds", 0, "DISABLED", hours)
    assert found["OutboundCallerConfig"] == {"OutboundCallerIdName": "Shop"}
    with invalid_parameter():
        connect.update_queue_outbound_caller_config(**mine, OutboundCallerConfig={"OutboundFlowId": ""})
    connect.update_queue_max_contacts(**mine)
    assert "MaxContacts" not in describe(connect, instance, queue)


def test_administration_2_4_5_quick_connects(connect, instance):
    made = [quick(connect, instance, name) for name in "cab"]
    queue = create(connect, instance, QuickConnectIds=made[:1])
    mine = {"InstanceId": instance.id, "QueueId": queue}
    connect.associate_queue_quick_connects(**mine, QuickConnectIds=made)
    assert offered(connect, instance, queue) == ["c", "a", "b"]
    connect.disassociate_queue_quick_connects(**mine, QuickConnectIds=made[:2])
    assert offered(connect, instance, queue) == ["b"]
    with not_found():
        connect.associate_queue_email_addresses(**mine, EmailAddressesConfig=[{"EmailAddressId": "a@example.com"}])
    assert connect.list_queue_email_addresses(**mine)["EmailAddressMetadataList"] == []


def test_administration_a25_deletes(connect, instance):
    queue = create(connect, instance)
    config = {"QuickConnectType": "QUEUE", "QueueConfig": {"QueueId": queue, "ContactFlowId": instance.queue_transfer}}
    to_queue = connect.create_quick_connect(InstanceId=instance.id, Name="to", QuickConnectConfig=config)["QuickConnectId"]
    with refused("ResourceInUseException", 409) as caught:
        connect.delete_queue(InstanceId=instance.id, QueueId=queue)
    assert caught.response["ResourceId"] == to_queue
    connect.delete_quick_connect(InstanceId=instance.id, QuickConnectId=to_queue)
    connect.delete_queue(InstanceId=instance.id, QueueId=queue)
    with not_found():
        connect.delete_queue(InstanceId=instance.id, QueueId=queue)
