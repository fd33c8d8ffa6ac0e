"""Agents with boto3 alone: status, a task that is accepted by itself, one that is missed, what supervisors see (administration 4)."""

from helpers import invalid_request, not_found
from tasks import until
from test_decisions import user


def statuses(connect, instance):
    return {one["Name"]: one["Id"] for one in connect.list_agent_statuses(InstanceId=instance.id)["AgentStatusSummaryList"]}


def with_access(connect, instance, who):
    """Only some of the profiles of a new instance hold BasicAgentAccess."""
    profiles = connect.list_security_profiles(InstanceId=instance.id)["SecurityProfileSummaryList"]
    agent = next(one["Id"] for one in profiles if one["Name"] == "Agent")
    connect.update_user_security_profiles(InstanceId=instance.id, UserId=who, SecurityProfileIds=[agent])


def task(connect, instance, name):
    flows = connect.list_contact_flows(InstanceId=instance.id, ContactFlowTypes=["CONTACT_FLOW"])["ContactFlowSummaryList"]
    flow = next(one["Id"] for one in flows if one["Name"] == "Sample task flow")
    return connect.start_task_contact(InstanceId=instance.id, ContactFlowId=flow, Name=name)["ContactId"]


def entries(connect, instance, who):
    data = connect.get_current_user_data(InstanceId=instance.id, Filters={"Agents": [who]})["UserDataList"][0]
    return {one["ContactId"]: one["AgentContactState"] for one in data["Contacts"]}


def test_tasks_3_4_1_a_task_goes_to_who_is_free_and_is_closed_by_the_next_status(connect, instance):
    ada = user(connect, instance, "ada", AutoAcceptConfigs=[{"Channel": "TASK", "AutoAccept": True}])
    with_access(connect, instance, ada)
    known = statuses(connect, instance)
    connect.put_user_status(InstanceId=instance.id, UserId=ada, AgentStatusId=known["Available"])
    first = task(connect, instance, "First")
    until(lambda: entries(connect, instance, ada) == {first: "CONNECTED"}, "with the agent")
    shown = connect.describe_contact(InstanceId=instance.id, ContactId=first)["Contact"]
    assert shown["AgentInfo"]["Id"] == ada and shown["TotalPauseCount"] == 0
    connect.stop_contact(InstanceId=instance.id, ContactId=first)
    assert entries(connect, instance, ada) == {first: "ENDED"}, "after-contact work"
    connect.put_user_status(InstanceId=instance.id, UserId=ada, AgentStatusId=known["Offline"])
    assert entries(connect, instance, ada) == {}, "administration 4.1.2"
    data = connect.get_current_user_data(InstanceId=instance.id, Filters={"Agents": [ada]})["UserDataList"][0]
    assert (data["Status"]["StatusName"], data["AvailableSlotsByChannel"]["TASK"], data["MaxSlotsByChannel"]["TASK"]) == ("Offline", 0, 10)


def test_administration_4_2_1_a_task_given_to_somebody_is_missed_and_dismissed(shop):
    connect, instance = shop.connect, shop.instance
    bob = user(connect, instance, "bob")
    with_access(connect, instance, bob)
    given = task(connect, instance, "Given")
    waits = lambda: connect.describe_contact(InstanceId=instance.id, ContactId=given)["Contact"].get("QueueInfo")
    until(waits, "in its queue")
    connect.associate_contact_with_user(InstanceId=instance.id, ContactId=given, UserId=bob)
    assert entries(connect, instance, bob) == {given: "CONNECTING"}
    with invalid_request():
        connect.dismiss_user_contact(InstanceId=instance.id, UserId=bob, ContactId=given)
    shop.advance(21)
    assert entries(connect, instance, bob) == {given: "MISSED"}, "tasks 3.4.3"
    connect.dismiss_user_contact(InstanceId=instance.id, UserId=bob, ContactId=given)
    assert entries(connect, instance, bob) == {}
    with not_found():
        connect.put_user_status(InstanceId=instance.id, UserId=bob, AgentStatusId=bob)
