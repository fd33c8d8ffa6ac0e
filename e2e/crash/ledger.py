"""What the writers know of the templates: every acknowledged write, and every write whose outcome is unknown."""

from __future__ import annotations

import dataclasses
import random
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agents import Agents
    from tasks import Tasks

INSTANCE = "11111111-1111-4111-8111-111111111111"
ARN = f"arn:aws:connect:us-east-1:000000000000:instance/{INSTANCE}"
TEMPLATES = f"/instance/{INSTANCE}/task/template"


def content(flow: str, name: str, note: str, dice: random.Random) -> dict[str, Any]:
    """A template body of random size; what it says is what Get must say."""
    extra = [f"Field {n} \u00e9\U0001f642" for n in range(dice.randint(0, 12))]
    fields = [{"Id": {"Name": "Task name"}, "Type": "NAME"}, {"Id": {"Name": "Reason"}, "Type": "SINGLE_SELECT", "SingleSelectOptions": ["Late", "Other"]}]
    fields += [{"Id": {"Name": n}, "Description": note, "Type": dice.choice(("TEXT", "TEXT_AREA", "EMAIL", "URL", "NUMBER"))} for n in extra]
    return {
        "Name": name,
        "Description": note + " " + "x" * dice.randint(0, 100),
        "ContactFlowId": flow,
        "Constraints": {"RequiredFields": [{"Id": {"Name": "Task name"}}]},
        "Defaults": {"DefaultFieldValues": [{"Id": {"Name": "Reason"}, "DefaultValue": dice.choice(("Late", "Other"))}]},
        "Status": dice.choice(("ACTIVE", "INACTIVE")),
        "Fields": fields,
    }


@dataclasses.dataclass
class Template:
    """One writer's own template: its writes come one after the other, so that the state is known exactly."""

    name: str
    token: str | None
    id: str | None = None
    versions: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    times: list[float | None] = dataclasses.field(default_factory=list)  # LastModifiedTime as acknowledged, per version
    tags: dict[str, str] = dataclasses.field(default_factory=dict)
    deleted: bool = False
    unknown: tuple[str, Any] | None = None  # create, update, tags or delete, with what would be
    fresh: int = 0  # acknowledged writes since the last check

    @property
    def path(self) -> str:
        return f"{TEMPLATES}/{self.id}"

    @property
    def arn(self) -> str:
        return f"{ARN}/task-template/{self.id}"


@dataclasses.dataclass
class Attempt:
    """One of several writers' tries at the same thing."""

    body: dict[str, Any]
    token: str | None
    outcome: str = "unsent"  # acknowledged, unknown, refused, unsent
    id: str | None = None
    time: float | None = None


@dataclasses.dataclass
class Shared:
    """A template that all writers update; the order of versions is the server's."""

    id: str
    name: str
    attempts: dict[str, Attempt]
    verified: int = 0  # versions checked before

    @property
    def path(self) -> str:
        return f"{TEMPLATES}/{self.id}"


class Ledger:
    def __init__(self, tasks: "Tasks", agents: "Agents") -> None:
        self.tasks, self.agents = tasks, agents
        self.lock = threading.Lock()
        self.own: list[list[Template]] = []  # by writer
        self.gone: list[Template] = []  # deleted since the last check
        self.buried: list[Template] = []  # deleted and checked
        self.shared: list[Shared] = []
        self.races: dict[str, list[Attempt]] = {}  # by template name
        self.faults: list[str] = []
        self.race_counter = 0

    def fault(self, text: str) -> None:
        with self.lock:
            self.faults.append(text)
