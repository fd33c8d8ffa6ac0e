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
