"""Who gets what, computed from the rules alone (tasks 3.2.4, 3.3, 3.4.4): what the scenarios of agents compare the server with.

Times of tasks are the server's, seconds; idle agents are ordered by the steps of the scenario (`Model.tick`), so that no clock is
compared with another.
"""

import dataclasses

USES_NO_SLOT = {"PAUSED"}
ERRORS = {"MISSED", "REJECTED", "ERROR"}


@dataclasses.dataclass
class Waiting:
    """A task in a queue. `agent_queue`: the name of the agent whose own queue it is."""

    name: str
    queue: str | None
    enqueued: float
    agent_queue: str | None = None
    priority: int = 5
    adjust: int = 0


@dataclasses.dataclass
class Person:
    """An agent: `queues` are (priority, delay in seconds) by queue."""

    name: str
    queues: dict
    slots: int
    routable: bool = False
    next_status: bool = False
    entries: dict = dataclasses.field(default_factory=dict)  # state by task
    status_since: int = 0
    ended: int = 0  # the last entry ended
    begun: int = 0  # the last entry began

    def free(self):
        used = sum(state not in USES_NO_SLOT for state in self.entries.values())
        blocked = ERRORS & set(self.entries.values())
        return max(0, self.slots - used) if self.routable and not self.next_status and not blocked else 0

    def idle(self):
        """3.3.5: the status or the end of the last entry, whichever is later; with tasks, the beginning of the last one."""
        return max(self.status_since, self.begun if self.entries else self.ended)


class Model:
    def __init__(self, *people):
        self.people = {person.name: person for person in people}
        self.waiting, self.places = {}, {}  # tasks by name: those in a queue now, and where each was last
        self.offers = {person.name: [] for person in people}  # in their order, for ever
        self.step = 0

    def tick(self):
        self.step += 1
        return self.step

    # --- the decision -------------------------------------------------------------------------------------------------

    def order(self, person, task, now):
        """The place of a task in the order of 3.3.3 for an agent; None when it is not eligible (3.3.2)."""
        age = now - task.enqueued
        if task.agent_queue:
            priority, delay = (0, 0) if task.agent_queue == person.name else (None, None)
        else:
            priority, delay = person.queues.get(task.queue, (None, None))
        if priority is None or age < delay:
            return None
        return (priority, task.priority, -(age + task.adjust), task.name)

    def route(self, now):
        """Passes until nothing more fits; the names of agents and tasks, in order."""
        made = []
        while True:
            given = 0
            for person in sorted(self.people.values(), key=lambda one: (one.idle(), one.name)):
                fits = [(self.order(person, task, now), task) for task in self.waiting.values()]
                fits = [(place, task) for place, task in fits if place is not None]
                if person.free() and fits:
                    task = min(fits, key=lambda one: one[0])[1]
                    self.offer(person, task.name)
                    made.append((person.name, task.name))
                    given += 1
            if not given:
                return made

    # --- what happens to entries --------------------------------------------------------------------------------------

    def enqueue(self, task):
        self.waiting[task.name] = self.places[task.name] = task

    def offer(self, person, name):
        del self.waiting[name]
        person.entries[name] = "CONNECTING"
        person.begun = self.tick()
        self.offers[person.name].append(name)

    def back(self, person, name, state):
        """Missed or rejected: the task has its place again (3.4.3, 3.4.4)."""
        person.entries[name] = state
        self.waiting[name] = self.places[name]

    def gone(self, person, name):
        del person.entries[name]
        person.ended = self.tick()

    def status(self, person, routable):
        person.routable, person.next_status, person.status_since = routable, False, self.tick()
