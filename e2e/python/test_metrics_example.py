"""The worked example of metrics (administration 5.3.5) to the digit, on each engine, after the day was lived through with the test clock."""

import datetime

import pytest

import rawhttp
from helpers import client
from metrics_day import START, at, live
from taskform_server import Server
from tasks import until


@pytest.fixture(scope="module")
def day(engine):
    """A server whose time stands at 10:00 of that day; living it through has checked the moments on the way."""
    with Server(engine, arguments=["--dev-clock", START]) as server:
        server.client = client(server.url)
        yield live(server)


def test_administration_5_3_5_what_the_contacts_say(day):
    """The table of tasks: each moment is that of the table, to the millisecond."""
    moment = lambda clock: datetime.datetime.fromtimestamp(at(clock), datetime.timezone.utc)
    described = {task: day.shop.describe(contact) for task, contact in day.tasks.items()}
    enqueued = {task: shown["QueueInfo"]["EnqueueTimestamp"] for task, shown in described.items()}
    assert enqueued == {task: moment(clock) for task, clock in {
        "T1": "09:00:10", "T2": "09:05", "T3": "09:12", "T4": "09:20", "T5": "09:35", "T6": "09:40:10"}.items()}
    ended = {task: (shown["DisconnectTimestamp"], shown["DisconnectReason"]) for task, shown in described.items() if task != "T6"}
    assert ended == {task: (moment(clock), reason) for task, (clock, reason) in {
        "T1": ("09:10:20", "AGENT_DISCONNECT"), "T2": ("09:25:15", "AGENT_DISCONNECT"), "T3": ("09:32:25", "API"),
        "T4": ("09:50", "API"), "T5": ("09:40:10", "OTHER")}.items()}
    agents = {task: (shown["AgentInfo"]["Id"], shown["AgentInfo"]["ConnectedToAgentTimestamp"],
                     shown["AgentInfo"]["AfterContactWorkEndTimestamp"], shown["AgentInfo"]["AgentPauseDurationInSeconds"])
              for task, shown in described.items() if task not in ("T4", "T6")}
    assert agents == {task: (day.users[agent], moment(connected), moment(until), paused)
                      for task, (agent, connected, until, paused) in {
        "T1": ("A", "09:00:20", "09:12:10", 0), "T2": ("B", "09:05:15", "09:25:45", 300),
        "T3": ("A", "09:12:25", "09:36:25", 0), "T5": ("C", "09:35:10", "09:40:30", 0)}.items()}
    assert "AgentInfo" not in described["T4"] and "DisconnectTimestamp" not in described["T6"]


def test_prometheus_shows_the_store_of_that_day(day):
    """At 10:00: T6 waits in Q2 since 09:40:10, A and C are there."""
    of_queue = f'{{instance="{day.id}",queue="{day.q2}"}}'
    wanted = {
        'taskform_tasks{state="QUEUED"} 1', 'taskform_agents{status="ROUTABLE"} 2', f"taskform_queue_tasks{of_queue} 1",
        f"taskform_queue_oldest_seconds{of_queue} 1190.0", "taskform_timers_late 0"}
    shown = lambda: set(rawhttp.send(day.server, "GET", "/metrics").body.decode().splitlines())
    until(lambda: wanted <= shown(), "read again", lambda: wanted - shown())


# --- what metrics say of 09:00 to 10:00 ----------------------------------------------------------------------------------


def metric(name):
    """A metric by its name, with a threshold behind it: `SERVICE_LEVEL LT 20`."""
    name, *limit = name.split()
    return {"Name": name, "Threshold": [{"Comparison": limit[0], "ThresholdValue": float(limit[1])}]} if limit else {"Name": name}


def history(day, names, key="QUEUE", ids=None, **more):
    """GetMetricDataV2: (dimensions, values) of each row."""
    arn = day.call("describe_instance")["Instance"]["Arn"]
    answer = day.server.client.get_metric_data_v2(
        ResourceArn=arn, StartTime=at("09:00"), EndTime=at("10:00"), Filters=[{"FilterKey": key, "FilterValues": ids or [day.q, day.q2]}],
        Metrics=[one if isinstance(one, dict) else metric(one) for one in names], **more)
    return [(row.get("Dimensions"), [one.get("Value") for one in row["Collections"]]) for row in answer["MetricResults"]]


RECORDS = {
    "CONTACTS_CREATED": 5, "CONTACTS_QUEUED": 5, "CONTACTS_QUEUED_BY_ENQUEUE": 6, "CONTACTS_HANDLED": 4, "CONTACTS_ABANDONED": 1,
    "ABANDONMENT_RATE": 20, "AVG_ABANDON_TIME": 1800, "AVG_QUEUE_ANSWER_TIME": 15, "MAX_QUEUED_TIME": 1800, "SERVICE_LEVEL LT 20": 60,
    "SERVICE_LEVEL LT 25": 60, "SERVICE_LEVEL LTE 25": 80, "AVG_INTERACTION_TIME": 750, "SUM_INTERACTION_TIME": 3000,
    "AVG_AFTER_CONTACT_WORK_TIME": 100, "AVG_AGENT_PAUSE_TIME": 300, "AVG_HANDLE_TIME": 925, "SUM_HANDLE_TIME": 3700,
    "AVG_ACTIVE_TIME": 850, "AVG_CONTACT_DURATION": 1034, "AVG_RESOLUTION_TIME": 1114, "CONTACTS_RESOLVED_IN_X LT 1300": 3,
    "SUM_CONTACT_FLOW_TIME": 10, "CONTACTS_TRANSFERRED_OUT": 1, "CONTACTS_TRANSFERRED_OUT_BY_AGENT": 1,
    "CONTACTS_TRANSFERRED_OUT_FROM_QUEUE": 0, "SUM_CONTACTS_DISCONNECTED": 1}


def test_administration_5_3_5_records_to_the_digit(day):
    [(_, values)] = history(day, RECORDS)
    assert dict(zip(RECORDS, values)) == RECORDS
    by_api = {"MetricFilterKey": "DISCONNECT_REASON", "MetricFilterValues": ["API"]}
    assert history(day, [{"Name": "CONTACTS_HANDLED", "MetricFilters": [by_api]}]) == [(None, [1])]


def test_administration_5_3_5_half_hours_and_queues(day):
    names = ["CONTACTS_HANDLED", "CONTACTS_QUEUED"]
    assert history(day, names, Interval={"IntervalPeriod": "THIRTY_MIN"}) == [(None, [2, 2]), (None, [2, 3])]
    by_queue = {row["QUEUE"]: values for row, values in history(day, names + ["AVG_HANDLE_TIME"], Groupings=["QUEUE"])}
    assert by_queue == {day.q: [4, 4, 925], day.q2: [0, 1, None]}


AGENTS = ["SUM_ONLINE_TIME_AGENT", "SUM_CONTACT_TIME_AGENT", "SUM_IDLE_TIME_AGENT", "SUM_NON_PRODUCTIVE_TIME_AGENT",
          "SUM_ERROR_STATUS_TIME_AGENT", "AGENT_OCCUPANCY", "AGENT_ANSWER_RATE", "AGENT_NON_RESPONSE", "SUM_CONNECTING_TIME_AGENT",
          "AVG_AGENT_CONNECTING_TIME"]


def test_administration_5_3_5_agents_to_the_digit(day):
    rounded = lambda values: [round(value, 4) for value in values]
    rows = history(day, AGENTS, "ROUTING_PROFILE", [day.profile], Groupings=["AGENT"])
    assert {row["AGENT"]: rounded(values) for row, values in rows} == {
        day.users["A"]: [3600, 2150, 1450, 0, 0, 59.7222, 100, 0, 15, 7.5],
        day.users["B"]: [2700, 1230, 570, 900, 0, 68.3333, 100, 0, 15, 15],
        day.users["C"]: [3000, 320, 2680, 0, 160, 10.6667, 50, 1, 30, 15]}
    [(_, values)] = history(day, AGENTS, "ROUTING_PROFILE", [day.profile])
    assert rounded(values) == [9300, 3700, 4700, 900, 160, 44.0476, 80, 1, 60, 12]


def test_administration_5_4_2_get_metric_data_of_the_same_day(day):
    expected = {
        "CONTACTS_HANDLED": 4, "API_CONTACTS_HANDLED": 4, "CONTACTS_QUEUED": 5, "CONTACTS_ABANDONED": 1, "ABANDON_TIME": 1800,
        "CONTACTS_AGENT_HUNG_UP_FIRST": 2, "HANDLE_TIME": 925, "INTERACTION_TIME": 750, "AFTER_CONTACT_WORK_TIME": 100,
        "QUEUE_ANSWER_TIME": 15, "QUEUED_TIME": 1800, "CONTACTS_MISSED": 1, "CONTACTS_TRANSFERRED_OUT": 1, "CONTACTS_TRANSFERRED_IN": 0,
        "OCCUPANCY": 44.0476, "CALLBACK_CONTACTS_HANDLED": 0, "CONTACTS_CONSULTED": None}
    answer = day.call(
        "get_metric_data", StartTime=at("09:00"), EndTime=at("10:00"), Filters={"Queues": [day.q, day.q2]},
        HistoricalMetrics=[{"Name": name} for name in expected])
    [row] = answer["MetricResults"]
    values = [one.get("Value") for one in row["Collections"]]
    assert dict(zip(expected, (value and round(value, 4) for value in values))) == expected


def test_administration_5_3_4_online_is_contact_idle_and_non_productive_in_every_quarter(day):
    rows = history(day, AGENTS[:4], "ROUTING_PROFILE", [day.profile], Groupings=["AGENT"], Interval={"IntervalPeriod": "FIFTEEN_MIN"})
    assert len(rows) == 12, "four quarters of three agents"
    assert all(online == contact + idle + away for _, (online, contact, idle, away) in rows), rows
    for name, online in {"A": 3600, "B": 2700, "C": 3000}.items():
        assert sum(values[0] for row, values in rows if row["AGENT"] == day.users[name]) == online
