"""Metrics with boto3: what is so now (administration 5.2), of one task (5.5), and what was (5.4)."""

import datetime

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


def test_administration_5_4_history_of_a_task_by_queue_page_by_page(connect, instance):
    """GetMetricDataV2 and GetMetricData with boto3: values, intervals, boto3's tokens, refusals."""
    queues = connect.list_queues(InstanceId=instance.id, QueueTypes=["STANDARD"])["QueueSummaryList"]
    queue = next(one["Id"] for one in queues if one["Name"] == "BasicQueue")
    contact = task(connect, instance, "Abandoned")
    until(lambda: numbers(connect, instance, queue, ["CONTACTS_IN_QUEUE"]) == [[1.0]], "it waits")
    connect.stop_contact(InstanceId=instance.id, ContactId=contact)
    arn = connect.describe_instance(InstanceId=instance.id)["Instance"]["Arn"]
    now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=5)
    asked = dict(
        ResourceArn=arn, StartTime=now - datetime.timedelta(days=1), EndTime=now, Filters=[{"FilterKey": "QUEUE", "FilterValues": [queue]}],
        Groupings=["QUEUE", "CHANNEL"], Metrics=[{"Name": "CONTACTS_ABANDONED"}, {"Name": "AVG_HANDLE_TIME"}])
    [row] = connect.get_metric_data_v2(**asked)["MetricResults"]
    assert row["Dimensions"] == {"QUEUE": queue, "CHANNEL": "TASK"} and row["MetricInterval"]["Interval"] == "TOTAL"
    assert [one.get("Value") for one in row["Collections"]] == [1.0, None]
    rows, more = [], {"MaxResults": 10}
    while True:
        page = connect.get_metric_data_v2(**asked, Interval={"IntervalPeriod": "HOUR", "TimeZone": "Asia/Kathmandu"}, **more)
        rows += page["MetricResults"]
        if "NextToken" not in page:
            break
        more["NextToken"] = page["NextToken"]
    assert len(rows) in (25, 26) and sum(row["Collections"][0]["Value"] for row in rows) == 1.0
    assert all(one["MetricInterval"]["EndTime"] == two["MetricInterval"]["StartTime"] for one, two in zip(rows, rows[1:]))
    mark = int(datetime.datetime.now().timestamp()) // 300 * 300
    first = dict(InstanceId=instance.id, StartTime=mark - 3600, EndTime=mark + 300, HistoricalMetrics=[{"Name": "CONTACTS_ABANDONED", "Unit": "COUNT", "Statistic": "SUM"}])
    [row] = connect.get_metric_data(**first, Filters={"Queues": [queue]}, Groupings=["QUEUE"])["MetricResults"]
    assert (row["Dimensions"]["Queue"]["Id"], row["Collections"][0]["Value"]) == (queue, 1.0)
    with invalid_parameter():
        connect.get_metric_data(**first, Filters={"Channels": ["TASK"]})
    with invalid_parameter():
        connect.get_metric_data_v2(**asked | {"Metrics": [{"Name": "SERVICE_LEVEL"}]})
