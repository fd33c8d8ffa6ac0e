"""Agents at work under the same load: they accept, reject, complete and close through the agent API while everything is killed.

After each start: what was acknowledged is so, entries and tasks agree, no task is with two agents, no slot is used twice. At the end
the agents work off what is left, so that no task is stuck.
"""

from __future__ import annotations

import dataclasses
import json
import random
import threading
import time
from typing import Any

from aws import Answer, Client, NotSent, Unknown
from ledger import INSTANCE, Ledger

AGENTS = 3
SLOTS = 2
WAITING = 6  # tasks of one agent's making that are not over
PATIENCE = 60  # seconds for what is left to be worked off; a dead process holds its share of the work for 3
OPEN = ("CONNECTING", "CONNECTED", "CONNECTED_ONHOLD", "ENDED")


@dataclasses.dataclass
class Job:
    """A task for agents."""

    name: str
    body: dict[str, Any]
    id: str | None = None


@dataclasses.dataclass
class Said:
    """What was acknowledged of a task; agents may work on it before the answer to its start has come."""

    by: str | None = None  # the agent whose accept was acknowledged
    completed: bool = False
    closed: bool = False
    unknown: set[str] = dataclasses.field(default_factory=set)  # commands whose outcome nobody knows
    fresh: int = 0  # acknowledged commands since the last check


@dataclasses.dataclass
class Agents:
    """The team of a run."""

    flow: str = ""
    users: list[str] = dataclasses.field(default_factory=list)
    statuses: dict[str, str] = dataclasses.field(default_factory=dict)
    jobs: dict[str, Job] = dataclasses.field(default_factory=dict)  # by name
    said: dict[str, Said] = dataclasses.field(default_factory=dict)  # by task
    lock: threading.Lock = dataclasses.field(default_factory=threading.Lock)

    def of(self, contact: str) -> Said:
        with self.lock:
            return self.said.setdefault(contact, Said())

    def open_of(self, agent: int) -> int:
        """How many tasks of one agent's making are not closed."""
        with self.lock:
            own = [job.id for job in self.jobs.values() if job.name.startswith(f"agent {agent} ")]
            return sum(id_ not in self.said or not self.said[id_].closed for id_ in own)


def _made(client: Client, method: str, path: str, body: Any = None) -> Any:
    answer = client.call(method, path, body)
    if answer.status != 200:
        raise RuntimeError(f"{method} {path}: {answer}")
    return answer.json


def make_team(client: Client) -> Agents:
    hours = _made(client, "GET", f"/hours-of-operations-summary/{INSTANCE}")["HoursOfOperationSummaryList"][0]["Id"]
    queue = _made(client, "PUT", f"/queues/{INSTANCE}", {"Name": "For agents", "HoursOfOperationId": hours})["QueueId"]
    failed = [{"ErrorType": "NoMatchingError", "NextAction": "end"}]
    content = json.dumps({"Version": "2019-10-30", "StartAction": "target", "Actions": [
        {"Identifier": "target", "Type": "UpdateContactTargetQueue", "Parameters": {"QueueId": queue}, "Transitions": {
            "NextAction": "queue", "Errors": failed}},
        {"Identifier": "queue", "Type": "TransferContactToQueue", "Parameters": {}, "Transitions": {
            "NextAction": "end", "Errors": [{"ErrorType": "QueueAtCapacity", "NextAction": "end"}, *failed]}},
        {"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]})
    flow = _made(client, "PUT", f"/contact-flows/{INSTANCE}", {"Name": "To agents", "Type": "CONTACT_FLOW", "Content": content})
    profile = _made(client, "PUT", f"/routing-profiles/{INSTANCE}", {
        "Name": "Agents", "Description": "Agents", "DefaultOutboundQueueId": queue,
        "MediaConcurrencies": [{"Channel": "TASK", "Concurrency": SLOTS}],
        "QueueConfigs": [{"QueueReference": {"QueueId": queue, "Channel": "TASK"}, "Priority": 1, "Delay": 0}]})["RoutingProfileId"]
    security = _made(client, "GET", f"/security-profiles-summary/{INSTANCE}")["SecurityProfileSummaryList"]
    security = [one["Id"] for one in security if one["Name"] == "Agent"]
    users = [_made(client, "PUT", f"/users/{INSTANCE}", {
        "Username": f"agent{n}", "Password": "Correct-horse-7", "RoutingProfileId": profile, "SecurityProfileIds": security,
        "PhoneConfig": {"PhoneType": "SOFT_PHONE"}, "IdentityInfo": {"FirstName": "A", "LastName": str(n)}})["UserId"] for n in range(AGENTS)]
    statuses = _made(client, "GET", f"/agent-status/{INSTANCE}")["AgentStatusSummaryList"]
    team = Agents(flow["ContactFlowId"], users, {one["Name"]: one["Id"] for one in statuses})
    for user in users:
        _made(client, "PUT", f"/users/{INSTANCE}/{user}/status", {"AgentStatusId": team.statuses["Available"]})
    return team


class AgentAtWork:
    """One agent: a thread of calls, each drawn from a seeded generator."""

    def __init__(self, number: int, round_: int, seed: int, address: tuple[str, int], ledger: Ledger, stop: threading.Event):
        self.number, self.round, self.ledger, self.stop = number, round_, ledger, stop
        self.team: Agents = ledger.agents
        self.user = self.team.users[number]
        self.base = f"/_agent/v1/instances/{INSTANCE}/users/{self.user}"
        self.dice = random.Random(f"{seed} {round_} agent {number}")
        self.client = Client(*address)
        self.acknowledged = self.serial = 0
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        try:
            while not self.stop.is_set():
                self.step()
        except Exception as e:  # a fault of the test must not look like an idle agent
            self.ledger.fault(f"agent {self.number}: {type(e).__name__}: {e}")
        finally:
            self.client.close()

    def step(self, new: bool = True) -> None:
        """One look at the screen, and one thing done."""
        try:
            snapshot = self.client.call("GET", f"{self.base}/snapshot")
        except (NotSent, Unknown):
            time.sleep(0.01)
            return
        if snapshot.status != 200:
            self.ledger.fault(f"agent {self.number}: no snapshot: {snapshot}")
            return
        entries = snapshot.json["Contacts"]
        may = [(contact, command) for contact, entry in entries.items() for command in entry["Commands"]
               if command in ("accept", "complete", "close") or command == "reject" and self.dice.random() < 0.1]
        if new and self.dice.random() < 0.05:
            self._status(entries, self.dice.choice(("Available", "Available", "Offline")))
        elif may:
            contact, command = self.dice.choice(may)
            self._command(contact, command, entries[contact]["State"])
        elif snapshot.json["Status"]["Name"] != "Available":
            self._status(entries, "Available")
        elif new and self.team.open_of(self.number) < WAITING:
            self._start()
        else:
            time.sleep(0.01)

    def _sent(self, *call: Any) -> Answer | str:
        """An answer, "not sent", or "unknown"."""
        try:
            answer = self.client.call(*call)
        except NotSent:
            return "not sent"
        except Unknown:
            return "unknown"
        self.acknowledged += answer.status == 200
        return answer

    def _start(self) -> None:
        self.serial += 1
        name = f"agent {self.number} round {self.round} task {self.serial}"
        job = Job(name, {"InstanceId": INSTANCE, "Name": name, "ContactFlowId": self.team.flow, "ClientToken": f"token {name}"})
        answer = self._sent("PUT", "/contact/task", job.body)
        if answer == "not sent":
            return
        if isinstance(answer, Answer):
            if answer.status != 200:
                self.ledger.fault(f"start of {name} was refused: {answer}")
                return
            job.id = answer.json["ContactId"]
        with self.team.lock:
            self.team.jobs[name] = job

    def _command(self, contact: str, command: str, state: str) -> None:
        said = self.team.of(contact)
        answer = self._sent("POST", f"{self.base}/contacts/{contact}/{command}", {} if command == "complete" else None)
        if answer == "unknown":
            said.unknown.add(command)
        if not isinstance(answer, Answer) or answer.status == 409:
            return  # late: it was missed, or cleared itself, meanwhile
        said.fresh += 1
        if answer.status != 200:
            self.ledger.fault(f"{command} of {contact} was refused: {answer}")
        elif command == "accept":
            said.by = self.user
        elif command == "complete":
            said.completed = True
        elif command == "close" and state == "ENDED":
            said.closed = True

    def _status(self, entries: dict[str, Any], name: str) -> None:
        # Whatever the status: after-contact work ends with it (administration 4.1.2).
        for contact, entry in entries.items():
            if entry["State"] == "ENDED":
                self.team.of(contact).unknown.add("close")
        answer = self._sent("PUT", f"/users/{INSTANCE}/{self.user}/status", {"AgentStatusId": self.team.statuses[name]})
        if isinstance(answer, Answer) and answer.status != 200:
            self.ledger.fault(f"agent {self.number}: status {name} was refused: {answer}")


class AgentVerifier:
    """Checks every job that was touched, and the entries of all agents."""

    def __init__(self, client: Client, ledger: Ledger, figures: Any):
        self.client, self.ledger, self.figures = client, ledger, figures
        self.team: Agents = ledger.agents

    def fault(self, text: str) -> None:
        self.ledger.fault(text)

    def run(self, by_name: dict[str, str], everything: bool) -> None:
        for job in list(self.team.jobs.values()):
            if job.id is None:
                self.started_perhaps(job, by_name.get(job.name))
            if by_name.get(job.name, job.id) != job.id:
                self.fault(f"{job.name} is listed as {by_name[job.name]} and was acknowledged as {job.id}")
        # Entries first: work goes on meanwhile only by timers, which take entries away or miss offers.
        entries = self.entries()
        for job in list(self.team.jobs.values()):
            held, said = entries.get(job.id or "", {}), self.team.of(job.id or "")
            if said.fresh or said.unknown or held or everything:
                self.job(job, said, held)

    def started_perhaps(self, job: Job, found: str | None) -> None:
        self.figures.present += found is not None
        self.figures.absent += found is None
        answer = self.client.call("PUT", "/contact/task", job.body)  # what a client does after a lost answer
        self.figures.replays += 1
        if answer.status != 200 or found and answer.json["ContactId"] != found:
            self.fault(f"{job.name}: the repeated call answers {answer}, not {found}")
            return
        job.id = answer.json["ContactId"]

    def entries(self) -> dict[str, dict[str, str]]:
        """The state of each task by user."""
        found: dict[str, dict[str, str]] = {}
        answer = self.client.call("POST", f"/metrics/userdata/{INSTANCE}", {"Filters": {"Agents": self.team.users}})
        if answer.status != 200:
            self.fault(f"no user data: {answer}")
            return found
        for data in answer.json["UserDataList"]:
            user = data["User"]["Id"]
            for entry in data["Contacts"]:
                found.setdefault(entry["ContactId"], {})[user] = entry["AgentContactState"]
            if len(data["Contacts"]) > SLOTS:
                self.fault(f"{user} has {len(data['Contacts'])} tasks in {SLOTS} slots: {data['Contacts']}")
        for contact, by_user in found.items():
            if sum(state in OPEN for state in by_user.values()) > 1:
                self.fault(f"{contact} is with several agents: {by_user}")
        return found

    def job(self, job: Job, said: Said, held: dict[str, str]) -> None:
        answer = self.client.call("GET", f"/contacts/{INSTANCE}/{job.id}")
        if answer.status != 200:
            self.fault(f"{job.name} ({job.id}) is lost: {answer}")
            return
        shown = answer.json["Contact"]
        agent = shown.get("AgentInfo", {})
        has = agent.get("Id") if "ConnectedToAgentTimestamp" in agent else None
        ended, over = "DisconnectTimestamp" in shown, "TotalPauseDurationInSeconds" in shown
        for what, known, found in (
                ("accept", said.by is not None, has is not None), ("complete", said.completed, ended), ("close", said.closed, over)):
            if known and not found:
                self.fault(f"{job.name}: {what} was acknowledged, and it is {shown}; entries {held}")
            if what in said.unknown:
                self.figures.present += found
                self.figures.absent += not found
            elif found and not known:
                self.fault(f"{job.name}: nobody said {what}, and it is {shown}; entries {held}")
        if said.by and said.by != has:
            self.fault(f"{job.name}: {said.by} accepted it, and {has} has it")
        for user, own in held.items():
            if own in ("CONNECTED", "ENDED") and user != has:
                self.fault(f"{job.name}: {user} has it as {own}, and it is {shown}")
        if has and not over and held.get(has) != ("ENDED" if ended else "CONNECTED"):
            self.fault(f"{job.name}: {has} has it as {held.get(has)}, and it is {shown}")
        said.by, said.completed, said.closed = has, ended, over
        said.unknown.clear()
        self.figures.acknowledged += said.fresh
        said.fresh = 0


def work_off(client: Client, ledger: Ledger, address: tuple[str, int]) -> int:
    """The agents do what is left; how many tasks that was. Afterwards there is none, or one is stuck."""
    team: Agents = ledger.agents
    left = [job for job in team.jobs.values() if not team.of(job.id or "").closed]
    crew = [AgentAtWork(n, 0, 0, address, ledger, threading.Event()) for n in range(AGENTS)]
    give_up = time.monotonic() + PATIENCE
    stuck = left
    while stuck and time.monotonic() < give_up:
        for agent in crew:
            agent.step(new=False)
        stuck = [job for job in stuck if not team.of(job.id or "").closed]
    for agent in crew:
        agent.client.close()
    for job in stuck:
        ledger.fault(f"{job.name} is stuck: {client.call('GET', f'/contacts/{INSTANCE}/{job.id}')}")
    return len(left)
