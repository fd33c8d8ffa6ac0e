"""The day of the worked example (administration 5.3.5), lived through: three agents, two queues, six tasks, by the clock.

The server is started with `--dev-clock 2026-03-02T08:50:00Z`, so that what happens between two steps has exactly the time of the
table. The team is made and asked by boto3, offers are taken and finished by the agent API.
"""

import rawhttp
import tasks
from tasks import Shop

START = "2026-03-02T08:50:00Z"
MIDNIGHT = 1_772_409_600  # 2026-03-02T00:00:00Z
HOUR = 3_600


def at(clock):
    """Epoch seconds of a time of that day: `09:05` or `09:00:10`."""
    hours, minutes, seconds = (int(part) for part in f"{clock}:00".split(":")[:3])
    return MIDNIGHT + hours * HOUR + minutes * 60 + seconds


class Day:
    """The team, and what may be done at a time."""

    def __init__(self, server):
        self.server, self.shop = server, Shop(server)
        self.call, self.id = self.shop.call, self.shop.id
        self.q, self.q2 = self.shop.queue("Q"), self.shop.queue("Q2")
        self.flows = {
            "Q": self.shop.flow(tasks.to_queue(self.q)), "Q2": self.shop.flow(tasks.to_queue(self.q2)),
            "Q after 10 s": self.shop.flow(tasks.waiting(10, self.q))}
        self.profile = self.call(
            "create_routing_profile", Name="P", Description="One task at a time", DefaultOutboundQueueId=self.q,
            MediaConcurrencies=[{"Channel": "TASK", "Concurrency": 1}],
            QueueConfigs=[{"QueueReference": {"QueueId": self.q, "Channel": "TASK"}, "Priority": 1, "Delay": 0}],
        )["RoutingProfileId"]
        security = {one["Name"]: one["Id"] for one in self.call("list_security_profiles")["SecurityProfileSummaryList"]}
        self.users = {
            name: self.call(
                "create_user", Username=name, Password="Correct-horse-7", IdentityInfo={"FirstName": name, "LastName": "M"},
                PhoneConfig={"PhoneType": "SOFT_PHONE", "AutoAccept": False, "AfterContactWorkTimeLimit": 0},
                SecurityProfileIds=[security["Agent"]], RoutingProfileId=self.profile)["UserId"]
            for name in ("A", "B", "C")}
        self.call("create_agent_status", Name="Break", State="ENABLED")
        self.statuses = {one["Name"]: one["Id"] for one in self.call("list_agent_statuses")["AgentStatusSummaryList"]}
        self.tasks = {}

    # --- what may be done ---------------------------------------------------------------------------------------------

    def clock(self, to):
        """Moves the clock to a time of that day; everything that is due by then is done."""
        reached = tasks.advance(self.server, at(to) - tasks.now(self.server))
        assert reached == at(to), (reached, to)

    def settle(self):
        """Waits until everything that is due now is done."""
        tasks.advance(self.server, 0)

    def status(self, agent, name):
        self.call("put_user_status", UserId=self.users[agent], AgentStatusId=self.statuses[name])
        self.settle()

    def start(self, task, flow):
        self.tasks[task] = self.shop.start(task, ContactFlowId=self.flows[flow])
        self.settle()

    def command(self, agent, task, name, body=None):
        """A command of the agent API; the task's entry afterwards."""
        path = f"/_agent/v1/instances/{self.id}/users/{self.users[agent]}/contacts/{self.tasks[task]}/{name}"
        answer = rawhttp.call(self.server, "POST", path, body)
        assert answer.status == 200, answer
        self.settle()
        return answer.json()["Entry"]

    def entries(self, agent):
        """State of each of an agent's entries, by task."""
        path = f"/_agent/v1/instances/{self.id}/users/{self.users[agent]}/snapshot"
        shown = rawhttp.call(self.server, "GET", path).json()["Contacts"]
        names = {contact: task for task, contact in self.tasks.items()}
        return {names[contact]: entry["State"] for contact, entry in shown.items()}

    def has(self, agent, **entries):
        assert self.entries(agent) == entries, (agent, self.entries(agent))

    def accept(self, agent, task):
        self.has(agent, **{task: "CONNECTING"})
        assert self.command(agent, task, "accept")["State"] == "CONNECTED"

    def finish(self, agent, task):
        assert self.command(agent, task, "complete", {"disposition": "disconnect"})["State"] == "ENDED"

    def close(self, agent, task):
        assert self.command(agent, task, "close") is None
        self.has(agent)

    # --- what is so now -----------------------------------------------------------------------------------------------

    def current(self, metrics, queues, **more):
        """GetCurrentMetricData: (dimensions, values) of each row."""
        answer = self.call("get_current_metric_data", Filters={"Queues": queues, "Channels": ["TASK"]},
                           CurrentMetrics=[{"Name": name} for name in metrics], **more)
        return [(row.get("Dimensions"), [one.get("Value") for one in row["Collections"]]) for row in answer["MetricResults"]]

    def of_q(self, *expected):
        """The row of the table at this time: queue Q, channel TASK, by queue."""
        names = [f"AGENTS_{name}" for name in (
            "ONLINE", "AVAILABLE", "STAFFED", "ON_CONTACT", "AFTER_CONTACT_WORK", "ERROR", "NON_PRODUCTIVE")]
        rows = self.current(names + ["SLOTS_ACTIVE", "SLOTS_AVAILABLE"], [self.q], Groupings=["QUEUE"])
        assert len(rows) == 1 and rows[0][0]["Queue"]["Id"] == self.q, rows
        assert rows[0][1] == list(expected), dict(zip(names, rows[0][1]))


def live(server):
    """The whole day, with its moments checked as they come; the clock is at 10:00 afterwards."""
    day = Day(server)
    for clock, act in SCRIPT:
        day.clock(clock)
        act(day)
    return day


def _t3_is_missed_by_c(day):
    day.has("C", T3="MISSED")
    day.has("A", T3="CONNECTING")


def _t5_goes_to_q2(day):
    moved = day.call("transfer_contact", ContactId=day.tasks["T5"], QueueId=day.q2,
                     ContactFlowId=day.shop.instance.queue_transfer)
    day.tasks["T6"] = moved["ContactId"]
    day.settle()
    day.has("C", T5="ENDED")


def _two_wait_in_q2(day):
    names = ["AGENTS_ONLINE", "CONTACTS_IN_QUEUE", "OLDEST_CONTACT_AGE"]
    both = [day.q, day.q2]
    assert [values for _, values in day.current(names, both)] == [[2, 2, 1_620_000]], "milliseconds without groupings"
    by_queue = {row["Queue"]["Id"]: values for row, values in day.current(names, both, Groupings=["QUEUE"])}
    assert by_queue == {day.q: [2, 0, 0], day.q2: [0, 2, 1_620]}
    position = day.call("get_contact_metrics", ContactId=day.tasks["T6"], Metrics=[{"Name": "POSITION_IN_QUEUE"}])
    assert position["MetricResults"] == [{"Name": "POSITION_IN_QUEUE", "Value": {"Number": 2}}]


def _contact(operation, task):
    def act(day):
        day.call(operation, ContactId=day.tasks[task])
        day.settle()
    return act


# Time, and what happens then: the tables of administration 5.3.5.
SCRIPT = [
    ("08:59", lambda day: day.status("A", "Available")),
    ("09:00", lambda day: (day.status("B", "Available"), day.start("T1", "Q after 10 s"), day.has("A"))),
    ("09:00:10", lambda day: day.has("A", T1="CONNECTING")),
    ("09:00:20", lambda day: day.accept("A", "T1")),
    ("09:05", lambda day: (day.start("T2", "Q"), day.has("B", T2="CONNECTING"))),
    ("09:05:15", lambda day: day.accept("B", "T2")),
    ("09:10", lambda day: day.status("C", "Available")),
    ("09:10:20", lambda day: day.finish("A", "T1")),
    ("09:12", lambda day: (day.start("T3", "Q"), day.has("C", T3="CONNECTING"))),
    ("09:12:10", lambda day: day.close("A", "T1")),
    ("09:12:20", _t3_is_missed_by_c),
    ("09:12:25", lambda day: day.accept("A", "T3")),
    ("09:13", lambda day: day.of_q(3, 0, 3, 2, 0, 1, 0, 2, 0)),
    ("09:15", lambda day: day.close("C", "T3")),
    ("09:15:15", _contact("pause_contact", "T2")),
    ("09:17", lambda day: day.of_q(3, 1, 3, 2, 0, 0, 0, 2, 2)),
    ("09:20", lambda day: day.start("T4", "Q2")),
    ("09:20:15", _contact("resume_contact", "T2")),
    ("09:25:15", lambda day: day.finish("B", "T2")),
    ("09:25:30", lambda day: day.of_q(3, 1, 3, 2, 1, 0, 0, 2, 1)),
    ("09:25:45", lambda day: day.close("B", "T2")),
    ("09:30", lambda day: day.status("B", "Break")),
    ("09:32:25", lambda day: (_contact("stop_contact", "T3")(day), day.has("A", T3="ENDED"))),
    ("09:35", lambda day: (day.start("T5", "Q"), day.has("C", T5="CONNECTING"))),
    ("09:35:10", lambda day: day.accept("C", "T5")),
    ("09:36:25", lambda day: day.close("A", "T3")),
    ("09:40:10", _t5_goes_to_q2),
    ("09:40:30", lambda day: day.close("C", "T5")),
    ("09:44", lambda day: day.of_q(3, 2, 2, 0, 0, 0, 1, 0, 2)),
    ("09:45", lambda day: day.status("B", "Offline")),
    ("09:47", _two_wait_in_q2),
    ("09:50", _contact("stop_contact", "T4")),
    ("10:00", lambda day: None),
]
