"""Two agents and whoever disturbs them do anything at random; after every step the screens show what the rules say (tasks 3.3)."""

import random

from agent_day import AFTER_WORK, SETTINGS, Day

STEPS = 50
SEED_BITS = 32
PAUSES = 9  # of one task (2.7.6)
CHAIN = 3  # transfers of one task; far fewer than allowed


class RandomDay(Day):
    """Every step is one of those that are possible, as often as the list names it."""

    def __init__(self, server, seed):
        self.dice, self.count, self.asleep = random.Random(seed), 0, {}
        super().__init__(server)

    def now_and_then(self, steps, probability):
        return steps if self.dice.random() < probability else []

    def possible(self):
        steps = [("begin",)] * (4 if len(self.model.waiting) < 8 else 1)
        for person in self.model.people.values():
            for name, state in person.entries.items():
                steps += self.of_entry(person, name, state)
            steps += self.now_and_then([("toggle", person)], 0.15)
        for name in self.model.waiting:
            steps += self.now_and_then([("leave", name), ("prioritize", name), ("fall_asleep", name)], 0.1)
        steps += [("wake", name) for name in self.asleep]
        return steps + self.now_and_then([("let_time_pass",)], 0.1)

    def of_entry(self, person, name, state):
        may_pause = person is self.bob and list(person.entries.values()).count("PAUSED") < person.slots  # 2.7.4
        steps = {
            "CONNECTING": [("accept", person, name)] * 2 + [("turn_down", person, name)],
            "CONNECTED": [("complete", person, name)] * 2,
            "PAUSED": [("resume", person, name)] * 2,
            "ENDED": [("put_away", person, name)] * 2,
            "MISSED": [("put_away", person, name)],
        }[state]
        if state == "CONNECTED" and name.count("moved") < CHAIN:
            steps += [("move", person, name)]
        if state == "CONNECTED" and may_pause and self.records[name]["pauses"] < PAUSES:
            steps += [("pause", person, name)]
        if state in ("CONNECTING", "CONNECTED", "PAUSED"):
            steps += self.now_and_then([("end_from_outside", person, name)], 0.2)
        return steps

    # --- of agents ----------------------------------------------------------------------------------------------------

    def turn_down(self, person, name):
        self.reject(person, name)

    def move(self, person, name):
        self.transfer(person, name, self.dice.choice(["To claims", "To ada"]))

    def put_away(self, person, name):
        """The next status takes effect when the last slot is free (administration 4.1.3)."""
        last = [state for state in person.entries.values() if state != "PAUSED"]
        self.close_entry(person, name, status="Lunch" if person.next_status and len(last) == 1 else None)

    def toggle(self, person):
        """4.1.2: closes what has ended. 4.1.4: Available cancels a next status, and is no new beginning then."""
        leaves = person.routable and not person.next_status
        busy = {"CONNECTING", "CONNECTED"} & set(person.entries.values())
        for name, state in list(person.entries.items()):
            if state in ("ENDED", "MISSED"):
                self.model.gone(person, name)
        name = "Lunch" if leaves else "Available"
        self.shop.call("put_user_status", UserId=self.users[person.name], AgentStatusId=self.statuses[name])
        if leaves and busy:
            person.next_status = True
        elif person.next_status:
            person.next_status = False
        else:
            self.model.status(person, not leaves)
        self.settle()

    # --- of others ----------------------------------------------------------------------------------------------------

    def begin(self):
        self.count += 1
        more = {}
        if self.dice.random() < 0.3:
            more["priority"] = self.dice.randint(1, 9)
        if self.dice.random() < 0.2:
            more["adjust"] = self.dice.randint(1, 5000)
        self.start(f"task {self.count}", self.dice.choice(list(self.queues)), **more)

    def end_from_outside(self, person, name):
        self.shop.stop(self.ids[name])
        if person.entries[name] == "CONNECTING":
            self.model.gone(person, name)
        else:
            self.ended(person, name, "API")
        self.settle()

    def leave(self, name):
        self.shop.stop(self.ids[name])
        del self.model.waiting[name]
        self.settle()

    def prioritize(self, name):
        self.model.waiting[name].priority = self.dice.randint(1, 9)
        self.shop.call("update_contact_routing_data", ContactId=self.ids[name], QueuePriority=self.model.waiting[name].priority)
        self.settle()

    def fall_asleep(self, name):
        self.shop.call("pause_contact", ContactId=self.ids[name])
        self.asleep[name] = self.model.waiting.pop(name)
        self.settle()

    def wake(self, name):
        """Back into the same queue, as a new one (2.7.9)."""
        self.shop.call("resume_contact", ContactId=self.ids[name])
        task = self.asleep.pop(name)
        task.enqueued = self.shop.queued(self.ids[name])["QueueInfo"]["EnqueueTimestamp"].timestamp()
        self.model.enqueue(task)
        self.settle()

    def let_time_pass(self):
        """The after-contact work of ada is over then."""
        ended = [(self.ada, name) for name, state in self.ada.entries.items() if state == "ENDED"]
        takes_effect = self.ada.next_status and not set(self.ada.entries.values()) - {"ENDED"}
        self.advance(AFTER_WORK + 1, done=ended, status=(self.ada, "Lunch") if ended and takes_effect else None)


def test_tasks_3_3_a_random_day(start, request):
    seed = random.getrandbits(SEED_BITS)
    print(f"seed {seed}")  # shown when the test fails
    # Nothing is missed: time passes in steps of ten minutes.
    day = RandomDay(start(SETTINGS | {"ROUTING_ACCEPT_SECONDS": 86_400}), seed)
    request.addfinalizer(day.close)
    for person in (day.ada, day.bob):
        day.status(person, "Available")
    for n in range(STEPS):
        step, *what = day.dice.choice(day.possible())
        print(n, step, *[getattr(one, "name", one) for one in what])
        getattr(day, step)(*what)
    for name, screen in day.screens.items():
        assert screen.faults == []
        assert [day.names[contact] for contact in screen.offers] == day.model.offers[name], name
    assert sum(map(len, day.model.offers.values())) > STEPS / 10
