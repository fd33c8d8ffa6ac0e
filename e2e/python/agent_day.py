"""A day of two agents with different routing profiles, through the agent API, compared with `routing_model` after every step.

Whatever takes time is moved by the test clock, in hours where it decides about something: what passes meanwhile changes nothing.
"""

import contextlib
import json
import random
import threading
import time
from http.client import HTTPException

from botocore.exceptions import BotoCoreError

import samples
import tasks
from agents import Screen
from helpers import client
from routing_model import Model, Person, Waiting

HOUR = 3600
ACCEPT = 4 * HOUR  # routing.accept_seconds
CLAIMS_DELAY, URGENT_DELAY = 2 * HOUR, HOUR
AFTER_WORK = 600  # of ada, seconds
WRAP_UP = 240  # what the module waits; the service waits for five minutes
SETTINGS = {"ROUTING_ACCEPT_SECONDS": ACCEPT}

MODULE = json.dumps({
    "Version": "2019-10-30", "StartAction": "wait",
    "Settings": {"InputParameters": [], "OutputParameters": [], "Transitions": []},
    "Actions": [tasks.wait("wait", WRAP_UP, "note"), tasks.note("note", "end", wrapped="yes"),
                tasks.action("end", "EndFlowModuleExecution")]})


class Day:
    """The team, what it does, and what the model says. `servers` are those that live; the first one is asked."""

    def __init__(self, *servers):
        self.servers = list(servers)
        self.all_servers = list(servers)
        self.shop = tasks.Shop(servers[0])
        self.ids, self.names = {}, {}  # of tasks
        self.life = {}  # types of events by task
        self.records = {}  # what the records are to say, by task
        self.model = Model(
            Person("ada", {"Urgent": (1, 0), "Orders": (2, 0), "Claims": (2, CLAIMS_DELAY)}, slots=1),
            Person("bob", {"Claims": (1, 0), "Orders": (1, 0), "Urgent": (2, URGENT_DELAY)}, slots=2))
        self.ada, self.bob = self.model.people.values()
        self.queues = {name: self.shop.queue(name) for name in ("Urgent", "Orders", "Claims")}
        self.flows = {name: self.shop.flow(tasks.to_queue(queue)) for name, queue in self.queues.items()}
        self.wrapped = self.shop.template(**samples.small(
            self.flows["Orders"], "With wrap-up", ContactHooks={"WrapUpFlowId": self.shop.module(MODULE)}))
        self.lunch = self.shop.call("create_agent_status", Name="Lunch", State="ENABLED")["AgentStatusId"]
        statuses = self.shop.call("list_agent_statuses")["AgentStatusSummaryList"]
        self.statuses = {one["Name"]: one["Id"] for one in statuses}
        self.users = {person.name: self._user(person) for person in self.model.people.values()}
        self._quick_connects()
        self.screens = {
            name: Screen(self.servers[n % len(self.servers)], self.shop.id, user)
            for n, (name, user) in enumerate(self.users.items())}

    def _user(self, person):
        pairs = [{"QueueReference": {"QueueId": self.queues[queue], "Channel": "TASK"}, "Priority": priority, "Delay": delay}
                 for queue, (priority, delay) in person.queues.items()]
        profile = self.shop.call(
            "create_routing_profile", Name=f"Profile of {person.name}", Description="Of one", QueueConfigs=pairs,
            DefaultOutboundQueueId=self.queues["Orders"],
            MediaConcurrencies=[{"Channel": "TASK", "Concurrency": person.slots}])["RoutingProfileId"]
        security = self.shop.call("list_security_profiles")["SecurityProfileSummaryList"]
        return self.shop.call(
            "create_user", Username=person.name, Password="Correct-horse-7", RoutingProfileId=profile,
            SecurityProfileIds=[one["Id"] for one in security if one["Name"] == "Agent"],
            IdentityInfo={"FirstName": person.name, "LastName": "Muster"},
            PhoneConfig={"PhoneType": "SOFT_PHONE", "AutoAccept": False,
                         "AfterContactWorkTimeLimit": AFTER_WORK if person is self.ada else 0})["UserId"]

    def _quick_connects(self):
        """Agents choose from those of the queues of their profile (3.5.2)."""
        flows = self.shop.instance
        made = [
            self.shop.call("create_quick_connect", Name=name, QuickConnectConfig=config)["QuickConnectId"]
            for name, config in {
                "To claims": {"QuickConnectType": "QUEUE", "QueueConfig": {
                    "QueueId": self.queues["Claims"], "ContactFlowId": flows.queue_transfer}},
                "To ada": {"QuickConnectType": "USER", "UserConfig": {
                    "UserId": self.users["ada"], "ContactFlowId": flows.agent_transfer}}}.items()]
        self.shop.call("associate_queue_quick_connects", QueueId=self.queues["Orders"], QuickConnectIds=made)

    def close(self):
        for screen in self.screens.values():
            screen.close()

    # --- looking ------------------------------------------------------------------------------------------------------

    def now(self):
        return tasks.now(self.servers[0])

    def settle(self, *but):
        """What the rules give out now is what the screens show, and nothing else. `but`: agents who are not looked at."""
        self.model.route(self.now())
        for name, screen in self.screens.items():
            if name in but:
                continue
            expected = {self.ids[task]: state for task, state in self.model.people[name].entries.items()}
            screen.until(
                lambda snapshot: {c: e["State"] for c, e in snapshot["Contacts"].items()} == expected,
                f"{name}: {self.model.people[name].entries}")
            screen.agrees()

    def _enqueued(self, name, queue, agent_queue=None, **more):
        shown = self.shop.queued(self.ids[name])
        info = shown["QueueInfo"]
        assert info["Id"] == (self.queues[queue] if queue else self.users[agent_queue]), info
        self.model.enqueue(Waiting(name, queue, info["EnqueueTimestamp"].timestamp(), agent_queue, **more))

    def _known(self, name, contact, queue, **record):
        self.ids[name], self.names[contact] = contact, name
        self.life[name] = ["INITIATED", "CONNECTED_TO_SYSTEM", "QUEUED"]
        self.records[name] = {"queue": queue, "agent": None, "pauses": 0, "method": "API", "previous": None, "next": None} | record

    # --- what happens -------------------------------------------------------------------------------------------------

    def start(self, name, queue, template=False, priority=None, adjust=None):
        target = {"TaskTemplateId": self.wrapped} if template else {"ContactFlowId": self.flows[queue]}
        self.started(name, queue, self.shop.start(name, **target), priority, adjust)

    def started(self, name, queue, contact, priority=None, adjust=None):
        self._known(name, contact, queue)
        more = {}
        self.shop.queued(contact)
        if priority:
            self.shop.call("update_contact_routing_data", ContactId=contact, QueuePriority=priority)
            more["priority"] = priority
        if adjust:
            self.shop.call("update_contact_routing_data", ContactId=contact, QueueTimeAdjustmentSeconds=adjust)
            more["adjust"] = adjust
        self._enqueued(name, queue, **more)
        self.settle()

    def status(self, person, name, later=False):
        self.shop.call("put_user_status", UserId=self.users[person.name], AgentStatusId=self.statuses[name])
        if later:
            person.next_status = True
        else:
            self.model.status(person, name == "Available")
        self.settle()
        shown = self.screens[person.name].until(
            lambda snapshot: snapshot["Status"].get("Next", {}).get("Name") == (name if later else None)
            and (later or snapshot["Status"]["Name"] == name), f"{person.name} {name}")
        return shown["Status"]

    def entry(self, person, name):
        """The entry of a task on the agent's screen."""
        return self.screens[person.name].snapshot["Contacts"][self.ids[name]]

    def offered(self, person):
        """The task that is offered to an agent; exactly one is."""
        [name] = [name for name, state in person.entries.items() if state == "CONNECTING"]
        assert self.entry(person, name)["Commands"] == ["accept", "reject"]
        return name

    def _command(self, person, name, command, body=None):
        return self.screens[person.name].command(self.ids[name], command, body)

    def accept(self, person, name=None):
        name = name or self.offered(person)
        assert self._command(person, name, "accept")["State"] == "CONNECTED"
        self.accepted(person, name)
        return name

    def accepted(self, person, name):
        person.entries[name] = "CONNECTED"
        self.life[name].append("CONNECTED_TO_AGENT")
        self.records[name]["agent"] = person.name
        self.settle()

    def complete(self, person, name, disposition="complete"):
        entry = self._command(person, name, "complete", {"disposition": disposition})
        reason = "AGENT_COMPLETED" if disposition == "complete" else "AGENT_DISCONNECT"
        if name in self.wrap_up():
            assert entry["State"] == "WRAP_UP", entry
            person.entries[name] = "WRAP_UP"
            self.settle()
            return
        assert entry["State"] == "ENDED", entry
        self.ended(person, name, reason)
        self.settle()

    def wrap_up(self):
        return {name for name in self.ids if name.endswith("wrapped")}

    def ended(self, person, name, reason):
        person.entries[name] = "ENDED"
        self.life[name].append("DISCONNECTED")
        self.records[name]["reason"] = reason

    def done(self, person, name):
        """After-contact work is over."""
        self.model.gone(person, name)
        self.life[name].append("COMPLETED")

    def close_entry(self, person, name, status=None):
        """After-contact work ends, or a missed offer is taken away. `status`: the next status that takes effect with it."""
        assert self._command(person, name, "close") is None
        if person.entries[name] == "ENDED":
            self.done(person, name)
        else:
            self.model.gone(person, name)
        if status:
            self.model.status(person, status == "Available")
        self.settle()
        if status:
            self.screens[person.name].until(lambda snapshot: snapshot["Status"]["Name"] == status, status)

    def work_off(self, person, name, disposition="complete"):
        self.complete(person, name, disposition)
        self.close_entry(person, name)

    def reject(self, person, name=None):
        """The task goes to somebody else if anybody fits (3.4.4). The entry would clear itself after five seconds: it is closed."""
        name = name or self.offered(person)
        assert (self._command(person, name, "reject") or {"State": "REJECTED"})["State"] == "REJECTED"
        self.model.back(person, name, "REJECTED")
        self.settle(person.name)
        answer = self.screens[person.name].call("POST", f"contacts/{self.ids[name]}/close")
        assert answer.status in (200, 409), answer
        self.model.gone(person, name)
        self.settle()
        return name

    def pause(self, person, name):
        self.shop.call("pause_contact", ContactId=self.ids[name])
        person.entries[name] = "PAUSED"
        self.life[name].append("PAUSED")
        self.records[name]["pauses"] += 1
        self.settle()
        assert self.entry(person, name)["Commands"] == ["complete", "resume", "transfer"]

    def resume(self, person, name):
        self.shop.call("resume_contact", ContactId=self.ids[name])
        person.entries[name] = "CONNECTED"
        self.life[name].append("RESUMED")
        self.settle()

    def transfer(self, person, name, quick_connect):
        """By a quick connect of the agent's screen; the name of the new task."""
        shown = self.screens[person.name].snapshot["QuickConnects"]
        [one] = [one["Id"] for one in shown if one["Name"] == quick_connect]
        config = self.shop.call("describe_quick_connect", QuickConnectId=one)["QuickConnect"]["QuickConnectConfig"]
        target = config.get("QueueConfig") or config["UserConfig"]
        contact = self.shop.call("transfer_contact", ContactId=self.ids[name], **target)["ContactId"]
        moved = f"{name} moved"
        agent_queue = next((own for own, user in self.users.items() if user == target.get("UserId")), None)
        queue = next((own for own, queue in self.queues.items() if queue == target.get("QueueId")), None)
        self._known(moved, contact, queue, method="TRANSFER", previous=name)
        self.records[name]["next"] = moved
        self.ended(person, name, "OTHER")
        old = self.model.places[name]  # routing data go with it (2.8.5)
        self._enqueued(moved, queue, agent_queue, priority=old.priority, adjust=old.adjust)
        self.settle()
        return moved

    def advance(self, seconds, missed=(), done=(), wrapped=(), status=None):
        """Moves the test clock of every process, with what is due by then: (agent, task) of each, and an agent's next status."""
        steps = [threading.Thread(target=tasks.advance, args=(server, seconds)) for server in self.servers]
        for step in steps:
            step.start()
        for step in steps:
            step.join()
        for person, name in missed:
            self.model.back(person, name, "MISSED")
        for person, name in done:
            self.done(person, name)
        for person, name in wrapped:
            self.life[name].append("CONTACT_DATA_UPDATED")
            self.ended(person, name, "AGENT_COMPLETED")
        if status:
            self.model.status(status[0], status[1] == "Available")
        self.settle()

    def kill(self, *calls):
        """SIGKILL of the first process while these calls are under way, whose outcome nobody knows. The next process goes on with
        its work; the only one is started again."""
        def quietly(call):
            with contextlib.suppress(OSError, HTTPException, BotoCoreError, AssertionError):
                call()
        under_way = [threading.Thread(target=quietly, args=(call,)) for call in calls]
        for call in under_way:
            call.start()
        time.sleep(random.uniform(0, 0.05))
        victim = self.servers[0]
        victim.kill()
        for call in under_way:
            call.join(tasks.PATIENCE)
        if len(self.servers) > 1:
            self.servers.remove(victim)
        else:
            victim.start()
            victim.client = client(victim.url)
            tasks.advance(victim, 60)  # past the moment of its end: its clock goes on where it was moved to last
        [self.shop.server] = self.servers
        for screen in self.screens.values():
            screen.server = self.shop.server

    # --- the end ------------------------------------------------------------------------------------------------------

    def check(self):
        """Nothing is left, and streams, events and records say what was done, each thing once."""
        assert not self.model.waiting and not any(one.entries for one in self.model.people.values())
        for name, screen in self.screens.items():
            assert screen.faults == []
            assert [self.names[contact] for contact in screen.offers] == self.model.offers[name], name
        told = tasks.until(self._all_told, "all told", lambda: (self._told(), self.life))
        for name, types in told.items():
            assert types == self.life[name], name
        assert self._records() == self.records

    def _lines(self):
        return [line for server in self.all_servers for line in tasks.lines(server)]

    def _told(self):
        found = {}
        for line in self._lines():
            detail = line.get("detail", {})
            if detail.get("contactId") in self.names:
                found.setdefault(self.names[detail["contactId"]], {}).setdefault(line["id"], detail["eventType"])
        return {name: list(types.values()) for name, types in found.items()}

    def _all_told(self):
        told = self._told()
        return told if {name: len(types) for name, types in told.items()} == {n: len(t) for n, t in self.life.items()} else None

    def _records(self):
        last = {}
        for line in self._lines():
            if line.get("ContactId") in self.names:
                own = last.setdefault(line["ContactId"], line)
                if line["LastUpdateTimestamp"] >= own["LastUpdateTimestamp"]:
                    last[line["ContactId"]] = line
        return {self.names[contact]: self._record(line) for contact, line in last.items()}

    def _record(self, line):
        agent, queue = line["Agent"] or {}, line["Queue"] or {}
        shown = {
            "queue": queue.get("Name") if queue.get("Name") in self.queues else None, "agent": agent.get("Username"),
            "pauses": line["TotalPauseCount"], "method": line["InitiationMethod"], "reason": line["DisconnectReason"],
            "previous": self.names.get(line["PreviousContactId"]), "next": self.names.get(line["NextContactId"])}
        name = self.names[line["ContactId"]]
        offers = sum(own.count(name) for own in self.model.offers.values())
        assert line["AgentConnectionAttempts"] == offers, (name, line)
        assert line["Attributes"] == ({"wrapped": "yes"} if name in self.wrap_up() else {}), line
        assert agent["AfterContactWorkStartTimestamp"] and agent["AfterContactWorkEndTimestamp"], line
        return shown

