"""Routing profiles with boto3 (administration.md 2.6)."""

from helpers import invalid_parameter, invalid_request, not_found, refused


def queues(connect, instance, n):
    hours = connect.list_hours_of_operations(InstanceId=instance.id)["HoursOfOperationSummaryList"][0]["Id"]
    return [connect.create_queue(InstanceId=instance.id, Name=f"Q{i}", HoursOfOperationId=hours)["QueueId"] for i in range(n)]


def config(queue, channel="TASK", priority=1, delay=0):
    return {"QueueReference": {"QueueId": queue, "Channel": channel}, "Priority": priority, "Delay": delay}


def create(connect, instance, name, queue, **more):
    return connect.create_routing_profile(
        InstanceId=instance.id, Name=name, Description="d", DefaultOutboundQueueId=queue,
        MediaConcurrencies=[{"Channel": "TASK", "Concurrency": 3}], **more)["RoutingProfileId"]


def describe(connect, instance, profile):
    return connect.describe_routing_profile(InstanceId=instance.id, RoutingProfileId=profile)["RoutingProfile"]


def pairs(connect, instance, profile):
    pages = connect.get_paginator("list_routing_profile_queues").paginate(
        InstanceId=instance.id, RoutingProfileId=profile, PaginationConfig={"PageSize": 2})
    found = [item for page in pages for item in page["RoutingProfileQueueConfigSummaryList"]]
    return [(item["QueueId"], item["Channel"], item["Priority"], item["Delay"]) for item in found]


def test_administration_2_6_9_life_of_a_profile(connect, instance):
    a, b, c = queues(connect, instance, 3)
    profile = create(connect, instance, "Refunds", a, QueueConfigs=[config(b, priority=2, delay=9), config(a)], Tags={"team": "x"})
    shown = describe(connect, instance, profile)
    assert shown["MediaConcurrencies"] == [
        {"Channel": "TASK", "Concurrency": 3, "CrossChannelBehavior": {"BehaviorType": "ROUTE_CURRENT_CHANNEL_ONLY"}}]
    assert (shown["NumberOfAssociatedQueues"], shown["AssociatedQueueIds"], shown["IsDefault"]) == (2, [b, a], False)
    assert shown["AgentAvailabilityTimer"] == "TIME_SINCE_LAST_ACTIVITY" and shown["Tags"] == {"team": "x"}
    about = {"InstanceId": instance.id, "RoutingProfileId": profile}
    connect.associate_routing_profile_queues(
        **about, QueueConfigs=[config(c, "CHAT", 5)],
        ManualAssignmentQueueConfigs=[{"QueueReference": {"QueueId": c, "Channel": "VOICE"}}])
    connect.update_routing_profile_queues(**about, QueueConfigs=[config(a, priority=7, delay=30)])
    assert pairs(connect, instance, profile) == [(b, "TASK", 2, 9), (a, "TASK", 7, 30), (c, "CHAT", 5, 0)]
    manual = connect.list_routing_profile_manual_assignment_queues(**about)
    assert [(item["QueueName"], item["Channel"]) for item in manual["RoutingProfileManualAssignmentQueueConfigSummaryList"]] == [("Q2", "VOICE")]
    connect.disassociate_routing_profile_queues(
        **about, QueueReferences=[{"QueueId": b, "Channel": "TASK"}], ManualAssignmentQueueReferences=[{"QueueId": c, "Channel": "VOICE"}])
    connect.update_routing_profile_name(**about, Name="Returns")
    connect.update_routing_profile_default_outbound_queue(**about, DefaultOutboundQueueId=b)
    connect.update_routing_profile_agent_availability_timer(**about, AgentAvailabilityTimer="TIME_SINCE_LAST_INBOUND")
    connect.update_routing_profile_concurrency(**about, MediaConcurrencies=[
        {"Channel": "TASK", "WorkloadTypeConcurrencies": [{"WorkloadType": "connect:Task", "Concurrency": 2}]}])
    shown = describe(connect, instance, profile)
    assert (shown["Name"], shown["Description"], shown["DefaultOutboundQueueId"]) == ("Returns", "d", b)
    assert (shown["NumberOfAssociatedQueues"], shown["NumberOfAssociatedManualAssignmentQueues"]) == (2, 0)
    assert shown["AgentAvailabilityTimer"] == "TIME_SINCE_LAST_INBOUND"
    assert shown["MediaConcurrencies"][0]["WorkloadTypeConcurrencies"][0]["Concurrency"] == 2
    connect.delete_routing_profile(**about)
    with not_found():
        connect.delete_routing_profile(**about)


def test_administration_1_3_4_profiles_in_use(connect, instance):
    (queue,) = queues(connect, instance, 1)
    profile = create(connect, instance, "Used", queue)
    security = connect.list_security_profiles(InstanceId=instance.id)["SecurityProfileSummaryList"][0]["Id"]
    user = connect.create_user(
        InstanceId=instance.id, Username="ada", SecurityProfileIds=[security], RoutingProfileId=profile)["UserId"]
    assert describe(connect, instance, profile)["NumberOfAssociatedUsers"] == 1
    with refused("ResourceInUseException", 409) as caught:
        connect.delete_routing_profile(InstanceId=instance.id, RoutingProfileId=profile)
    assert user in caught.message
    default = connect.list_routing_profiles(InstanceId=instance.id)["RoutingProfileSummaryList"][0]["Id"]
    assert describe(connect, instance, default)["IsDefault"]
    with invalid_request() as caught:
        connect.delete_routing_profile(InstanceId=instance.id, RoutingProfileId=default)
    assert "IsDefault" in caught.message


def test_administration_a33_a_pair_once(connect, instance):
    (queue,) = queues(connect, instance, 1)
    with invalid_parameter() as caught:
        create(connect, instance, "Twice", queue, QueueConfigs=[config(queue), config(queue, priority=2)])
    assert "QueueConfigs[1].QueueReference" in caught.message
