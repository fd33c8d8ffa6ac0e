"""Metrics with boto3: what is so now (administration 5.2), and of one task (5.5)."""

from helpers import invalid_parameter, invalid_request
from tasks import until
from test_agents import entries, statuses, task, with_access
from test_decisions import user


def numbers(connect, instance, queue, names, **more):
    answer = connect.get_current_metric_data(
        InstanceId=instance.id, Filters={"Queues": [queue], "Channels": ["TASK"]}, CurrentMetrics=[{"Name": name, "Unit": "COUNT"} for name in names], **more)
    return [[one.get("Value") for one in row["Collections"]] for row in answer["MetricResults"]]


def test_administration_5_2_and_5_5_a_queue_while_it_fills_and_is_served(connect, instance):
    queues = connect.list_queues(InstanceId=instance.id, QueueTypes=["STANDARD"])["QueueSummaryList"]
    queue = next(one["Id"] for one in queues if one["Name"] == "BasicQueue")
    names = ["AGENTS_ONLINE", "AGENTS_AVAILABLE", "CONTACTS_IN_QUEUE"]
    assert numbers(connect, instance, queue, names) == [], "administration 5.1.2"
    first, second = task(connect, instance, "First"), task(connect, instance, "Second")
    until(lambda: numbers(connect, instance, queue, names) == [[0.0, 0.0, 2.0]], "both wait")
    place = lambda contact: connect.get_contact_metrics(InstanceId=instance.id, ContactId=contact, Metrics=[{"Name": "POSITION_IN_QUEUE"}])["MetricResults"]
    assert sorted(place(one)[0]["Value"]["Number"] for one in (first, second)) == [1.0, 2.0]
    ada = user(connect, instance, "ada", AutoAcceptConfigs=[{"Channel": "TASK", "AutoAccept": True}])
    with_access(connect, instance, ada)
    connect.put_user_status(InstanceId=instance.id, UserId=ada, AgentStatusId=statuses(connect, instance)["Available"])
    until(lambda: set(entries(connect, instance, ada).values()) == {"CONNECTED"} and len(entries(connect, instance, ada)) == 2, "with the agent")
    assert numbers(connect, instance, queue, names, Groupings=["QUEUE"]) == [[1.0, 0.0, 0.0]]
    with invalid_request():
        place(first)
    with invalid_parameter():
        numbers(connect, instance, queue, names, Groupings=["AGENT_STATUS"])
