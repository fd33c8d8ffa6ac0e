"""Tasks under the same load: starts, attributes, stops, what is known of them, and the final check of all."""

from __future__ import annotations

import dataclasses
import json
import random
import time
from typing import Any

from agents import AgentVerifier
from aws import Answer, Client, Unknown
from ledger import INSTANCE, Ledger

OWN_TASKS = 6  # that are open, for each writer
KEYS = ("a", "b", "c")  # written together: a write of which one is missing would be half
DAY = 86_400
PATIENCE = 20  # seconds for a flow to begin after a start; a dead process holds its share of the work for 3

# Begins with an attribute of its own, beside those that clients write, and then waits for longer than any run.
FLOW = json.dumps({"Version": "2019-10-30", "StartAction": "note", "Actions": [
    {"Identifier": "note", "Type": "UpdateContactAttributes", "Parameters": {
        "Attributes": {"began": "$.ContactId"}, "TargetContact": "Current"}, "Transitions": {
            "NextAction": "wait", "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "end"}]}},
    {"Identifier": "wait", "Type": "Wait", "Parameters": {"TimeLimitSeconds": "604800"}, "Transitions": {
        "NextAction": "end", "Conditions": [{"NextAction": "end", "Condition": {"Operator": "Equals", "Operands": ["WaitCompleted"]}}],
        "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "end"}]}},
    {"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]})


@dataclasses.dataclass
class Task:
    """One writer's own task."""

    name: str
    body: dict[str, Any]
    id: str | None = None
    attributes: dict[str, str] = dataclasses.field(default_factory=dict)
    stopped: bool = False
    unknown: tuple[str, Any] | None = None  # start, attributes or stop, with what would be
    fresh: int = 0  # acknowledged writes since the last check


@dataclasses.dataclass
class Tasks:
    """All tasks of a run."""

    flow: str = ""
    own: list[list[Task]] = dataclasses.field(default_factory=list)  # by writer


def make_flow(client: Client) -> str:
    body = {"Name": "Tasks that wait", "Type": "CONTACT_FLOW", "Content": FLOW}
    answer = client.call("PUT", f"/contact-flows/{INSTANCE}", body)
    if answer.status != 200:
        raise RuntimeError(f"no flow could be made: {answer}")
    return answer.json["ContactFlowId"]


def body_of(flow: str, name: str, mark: str, dice: random.Random) -> dict[str, Any]:
    body = {
        "InstanceId": INSTANCE, "Name": name, "ContactFlowId": flow, "Description": mark,
        "Attributes": {key: mark for key in KEYS},
        "References": {f"Reference {n} \u00e9": {"Type": "STRING", "Value": mark} for n in range(dice.randint(0, 4))}}
    return body | ({"ClientToken": f"token {name}"} if dice.random() < 0.5 else {})


class TaskWriter:
    """The part of a writer that makes and changes tasks; it is mixed into `Writer`."""

    dice: random.Random
    ledger: Ledger
    number: int
    acknowledged: int

    def _task(self) -> None:
        """One write to a task of its own, or a new one."""
        own: list[Task] = self.ledger.tasks.own[self.number]
        free = [task for task in own if not task.unknown and not task.stopped]
        kind = self.dice.choices(("start", "attributes", "stop"), (3, 4, 2))[0]
        if kind == "start" and len(free) >= OWN_TASKS:
            kind = "attributes"
        if not free:
            kind = "start"
        if kind == "start":
            self._start(own)
        elif kind == "attributes":
            task, mark = self.dice.choice(free), self._note()  # type: ignore[attr-defined]
            written = {key: mark for key in KEYS}
            self._change(task, kind, task.attributes | written, "/contact/attributes", {
                "InstanceId": INSTANCE, "InitialContactId": task.id, "Attributes": written})
        else:
            task = self.dice.choice(free)
            self._change(task, kind, None, "/contact/stop", {"InstanceId": INSTANCE, "ContactId": task.id})

    def _start(self, own: list[Task]) -> None:
        mark = self._note()  # type: ignore[attr-defined]
        body = body_of(self.ledger.tasks.flow, f"task {mark}", mark, self.dice)
        task = Task(body["Name"], body, attributes=dict(body["Attributes"]))
        try:
            answer = self._call("PUT", "/contact/task", body)  # type: ignore[attr-defined]
        except Unknown:
            task.unknown = ("start", None)
            own.append(task)
            return
        if answer is not None and self._taken(task, answer, "start"):
            task.id = answer.json["ContactId"]
            own.append(task)

    def _change(self, task: Task, kind: str, would_be: Any, path: str, body: dict[str, Any]) -> None:
        try:
            answer = self._call("POST", path, body)  # type: ignore[attr-defined]
        except Unknown:
            task.unknown = (kind, would_be)
            return
        if answer is not None and self._taken(task, answer, kind):
            if kind == "stop":
                task.stopped = True
            else:
                task.attributes = would_be

    def _taken(self, task: Task, answer: Answer, what: str) -> bool:
        if answer.status != 200:
            self.ledger.fault(f"{what} of {task.name} was refused: {answer}")
            return False
        self.acknowledged += 1
        task.fresh += 1
        return True


class TaskVerifier:
    """Checks every task that was changed, and at the list of all of them."""

    def __init__(self, client: Client, ledger: Ledger, figures: Any):
        self.client, self.ledger, self.figures = client, ledger, figures

    def fault(self, text: str) -> None:
        self.ledger.fault(text)

    def run(self, everything: bool) -> None:
        by_name = self.listing()
        for own in self.ledger.tasks.own:
            for task in list(own):
                if task.unknown and task.unknown[0] == "start":
                    self.started_perhaps(task, by_name.get(task.name))
                    if task.id is None:
                        own.remove(task)
                        continue
                if by_name.get(task.name, task.id) != task.id:
                    self.fault(f"{task.name} is listed as {by_name[task.name]} and was acknowledged as {task.id}")
                if task.unknown or task.fresh or everything:
                    self.task(task)
        AgentVerifier(self.client, self.ledger, self.figures).run(by_name, everything)
        known = {task.name for own in self.ledger.tasks.own for task in own} | set(self.ledger.agents.jobs)
        strangers = [name for name in self.listing() if name not in known]
        if strangers:
            self.fault(f"tasks that nobody started: {strangers}")
        lost = known - set(self.listing())
        if lost:
            self.fault(f"tasks that are not found by a search: {sorted(lost)}")

    def listing(self) -> dict[str, str]:
        """The ids of all tasks by name."""
        out: dict[str, str] = {}
        token, now, total = None, time.time(), None
        body: dict[str, Any] = {"InstanceId": INSTANCE, "MaxResults": 100, "TimeRange": {
            "Type": "INITIATION_TIMESTAMP", "StartTime": now - DAY, "EndTime": now + DAY}}
        while True:
            answer = self.client.call("POST", "/search-contacts", body | ({"NextToken": token} if token else {}))
            if answer.status != 200:
                self.fault(f"search was refused: {answer}")
                return out
            for contact in answer.json["Contacts"]:
                if contact["Name"] in out:
                    self.fault(f"{contact['Name']} is there twice: {out[contact['Name']]} and {contact['Id']}")
                out[contact["Name"]] = contact["Id"]
            total = answer.json["TotalCount"]
            token = answer.json.get("NextToken")
            if not token:
                break
        if total != len(out):
            self.fault(f"a search says {total} and has {len(out)} tasks")
        return out

    def started_perhaps(self, task: Task, found: str | None) -> None:
        self.figures.present += found is not None
        self.figures.absent += found is None
        task.unknown, task.id = None, found
        if "ClientToken" in task.body:  # what a client does after a lost answer: the same call again
            answer = self.client.call("PUT", "/contact/task", task.body)
            self.figures.replays += 1
            if answer.status != 200:
                self.fault(f"{task.name}: the repeated call was refused: {answer}")
                return
            if found and answer.json["ContactId"] != found:
                self.fault(f"{task.name}: the repeated call made {answer.json['ContactId']} beside {found}")
            task.id = answer.json["ContactId"]

    def task(self, task: Task) -> None:
        answer = self.begun(task)
        if answer.status != 200:
            self.fault(f"{task.name} ({task.id}) is lost: {answer}")
            return
        shown = answer.json["Contact"]
        if "DisconnectTimestamp" not in shown and "began" not in shown.get("Attributes", {}):
            self.fault(f"{task.name}: its flow did not begin within {PATIENCE} seconds")
        self.ended(task, shown)
        self.attributes(task, dict(shown.get("Attributes", {})))
        if (shown["Name"], shown["Description"]) != (task.name, task.body["Description"]):
            self.fault(f"{task.name}: it says {shown['Name']!r}, {shown['Description']!r}")
        self.references(task)
        task.unknown = None
        self.figures.acknowledged += task.fresh
        task.fresh = 0

    def begun(self, task: Task) -> Answer:
        """The task, once its flow has begun or it is over: flows go on by themselves after a crash."""
        give_up = time.monotonic() + PATIENCE
        while True:
            answer = self.client.call("GET", f"/contacts/{INSTANCE}/{task.id}")
            shown = answer.json["Contact"] if answer.status == 200 else {"DisconnectTimestamp": 0}
            if "DisconnectTimestamp" in shown or "began" in shown.get("Attributes", {}) or time.monotonic() > give_up:
                return answer
            time.sleep(0.05)

    def ended(self, task: Task, shown: dict[str, Any]) -> None:
        if task.unknown and task.unknown[0] == "stop":
            task.stopped = "DisconnectTimestamp" in shown
            self.figures.present += task.stopped
            self.figures.absent += not task.stopped
        # Reason, time and end are written together.
        parts = [shown.get("DisconnectReason") == "API", "DisconnectTimestamp" in shown, "TotalPauseDurationInSeconds" in shown]
        if parts != [task.stopped] * 3:
            self.fault(f"{task.name}: acknowledged was {'a stop' if task.stopped else 'no stop'}, and it is {shown}")

    def attributes(self, task: Task, found: dict[str, str]) -> None:
        if found.pop("began", task.id) != task.id:
            self.fault(f"{task.name}: its flow began as another task")
        kind, would_be = task.unknown or (None, None)
        if kind == "attributes":
            self.figures.present += found == would_be
            self.figures.absent += found == task.attributes
            if found == would_be:
                task.attributes = would_be
        if found != task.attributes:
            self.fault(f"{task.name}: attributes are {found}, acknowledged were {task.attributes}, unknown is {would_be}")

    def references(self, task: Task) -> None:
        answer = self.client.call("GET", f"/contact/references/{INSTANCE}/{task.id}", None, [("referenceTypes", "STRING")])
        found = {item["String"]["Name"]: item["String"]["Value"] for item in answer.json["ReferenceSummaryList"]} if answer.status == 200 else None
        if found != {name: one["Value"] for name, one in task.body["References"].items()}:
            self.fault(f"{task.name}: references are {found}")


def open_tasks(ledger: Ledger) -> list[Task]:
    return [task for own in ledger.tasks.own for task in own if not task.stopped]
