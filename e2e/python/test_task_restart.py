"""SIGKILL at any moment of a task's life, and it goes on where it was: no event is lost, no timer, nothing happens twice
(flows 7.3.14, 9.1; tasks 2.6.4, 4.1.7). With two servers on one PostgreSQL the other one goes on by itself."""

import collections
import json
import random
import signal
import threading
import time

import botocore.exceptions

import samples
import tasks
from helpers import client
from samples import field, named

HOUR = 3600
ONCE = ["INITIATED", "CONNECTED_TO_SYSTEM", "QUEUED"]


class Mortal:
    """A server that is killed and started again on its data; its test clock goes on where it was."""

    def __init__(self, server):
        self.server, self.reached = server, 0

    def advance(self, seconds):
        self.reached = tasks.advance(self.server, seconds)
        return self.reached

    def die(self, pause=0):
        self.server.kill()
        time.sleep(pause)
        self.server.start()
        self.server.client = client(self.server.url)
        assert tasks.now(self.server) >= self.reached, "the time that the clock was moved to outlives the process"


def template_of(shop, flow, name="Template"):
    return shop.template(**samples.small(flow, name, Fields=[field("Task name", "NAME"), field("Amount", "NUMBER")],
                                         Constraints={"RequiredFields": named("Task name", "Amount")}))


def test_killed_after_every_step(start):
    """Nothing but what was acknowledged is known to a client; all of it is there after each start."""
    server = start()
    mortal, shop = Mortal(server), tasks.Shop(server)
    queue, other = shop.queue(), shop.queue()
    flow = shop.flow(tasks.document(
        tasks.compare("amount", "$.References.Amount.Value", "end", ("NumberGreaterThan", "10", "note")),
        tasks.note("note", "hour", way="big"), tasks.wait("hour", HOUR, "target"),
        tasks.target("target", queue, "enqueue"), tasks.enqueue(), tasks.end()))
    moving = shop.flow(tasks.document(tasks.enqueue(), tasks.end()))
    template, second_template = template_of(shop, flow), template_of(shop, flow, "Second")
    mortal.die()
    request = {"TaskTemplateId": template, "References": {"Amount": {"Type": "NUMBER", "Value": "11"}},
               "ClientToken": samples.token()}
    scheduled = shop.start("Later", **request | {"ClientToken": samples.token()}, ScheduledTime=tasks.now(server) + HOUR / 2)
    contact = shop.start("Now", **request)
    mortal.die()  # right after the start: the flow may not have begun
    assert shop.start("Now", **request) == contact
    tasks.until(lambda: shop.attributes(contact) == {"way": "big"}, "on its way")
    mortal.die()  # in the wait
    mortal.advance(HOUR / 2 + 1)
    assert "QueueInfo" not in shop.describe(contact)
    shown = shop.runs(scheduled)
    assert 0 <= (shown["ConnectedToSystemTimestamp"] - shown["ScheduledTimestamp"]).total_seconds() < 5
    mortal.die()
    shop.call("pause_contact", ContactId=contact)
    mortal.die()  # while it is paused
    mortal.advance(HOUR / 2 + 10)  # the wait ends meanwhile
    assert "QueueInfo" not in shop.describe(contact)
    shop.call("resume_contact", ContactId=contact)
    mortal.die()  # right after the resume
    shown = shop.queued(contact)
    assert (shown["QueueInfo"]["Id"], shown["TotalPauseCount"]) == (queue, 1)
    mortal.die()
    shop.call("pause_contact", ContactId=contact)
    mortal.die()
    shop.call("resume_contact", ContactId=contact)
    mortal.die()
    transfer = {"ContactId": contact, "ContactFlowId": moving, "QueueId": other, "ClientToken": samples.token()}
    moved = shop.call("transfer_contact", **transfer)["ContactId"]
    mortal.die()
    assert shop.call("transfer_contact", **transfer)["ContactId"] == moved
    assert shop.queued(moved)["QueueInfo"]["Id"] == other
    mortal.die()
    shop.call("update_contact_task_template", ContactId=moved, TaskTemplateId=second_template)
    mortal.die()
    assert shop.describe(moved)["TaskTemplateInfo"]["Name"] == "Second"
    shop.call("update_contact_attributes", InitialContactId=moved, Attributes={"last": "word"})
    mortal.die()
    assert shop.attributes(contact) == {"way": "big", "last": "word"}
    shop.stop(moved)
    mortal.die()
    assert shop.ended(moved)["DisconnectReason"] == "API"
    assert told(shop, contact) == ["INITIATED", "CONNECTED_TO_SYSTEM", "CONTACT_DATA_UPDATED", "PAUSED", "RESUMED", "QUEUED",
                                   "PAUSED", "RESUMED", "QUEUED", "DISCONNECTED", "COMPLETED"]
    assert told(shop, moved) == ["INITIATED", "CONNECTED_TO_SYSTEM", "QUEUED", "CONTACT_DATA_UPDATED", "DISCONNECTED",
                                 "COMPLETED"]
    for one in (contact, moved):
        assert shop.records(one)[-1]["Attributes"]["way"] == "big"


def told(shop, contact):
    """The types of a contact's events, without those delivered again, once it is over."""
    return tasks.types_of(tasks.once(shop.events(contact)))


# --- at random moments ------------------------------------------------------------------------------------------------


class Patient:
    """Calls that go on until they are answered, as a client with retries and tokens does them."""

    def __init__(self, server):
        self.server = server

    def __call__(self, operation, done=(), **request):
        """`done` are errors that say that a call without answer had its effect."""
        repeated = False
        give_up = time.monotonic() + 120
        while time.monotonic() < give_up:
            try:
                return getattr(self.server.client, operation)(**request)
            except botocore.exceptions.ClientError as error:
                if repeated and error.response["Error"]["Code"] in done:
                    return None
                raise
            except botocore.exceptions.BotoCoreError:
                repeated = True
                time.sleep(0.05)
        raise AssertionError(f"{operation} was not answered")


def one_life(shop, call, flow, moving, number, found):
    """A lifecycle with waits of a second, on a server that is killed again and again."""
    ids = {"InstanceId": shop.id}
    begun = call("start_task_contact", **ids, Name=f"Life {number}", ContactFlowId=flow, ClientToken=samples.token())
    first = begun["ContactId"]

    def look(fits):
        def shown():
            return call("describe_contact", **ids, ContactId=first)["Contact"]
        return tasks.until(lambda: fits(shown()), f"in life {number}", shown, patience=150)

    call("update_contact_attributes", **ids, InitialContactId=first, Attributes={"number": str(number)})
    look(lambda shown: "QueueInfo" in shown)
    call("pause_contact", ["ConflictException"], **ids, ContactId=first)
    call("resume_contact", ["ConflictException"], **ids, ContactId=first)
    moved = call("transfer_contact", **ids, ContactId=first, ContactFlowId=moving, ClientToken=samples.token())
    call("stop_contact", **ids, ContactId=moved["ContactId"])
    found[number] = (first, moved["ContactId"])


def test_killed_at_random_moments(engine, start):
    # On PostgreSQL a dead process's share of the work is free after 3 seconds: one killed sooner gets nothing done.
    held = 3 if engine == "postgres" else 0
    server = start()
    shop = tasks.Shop(server)
    queue = shop.queue()
    child_flow = shop.flow(tasks.to_queue(queue))
    flow = shop.flow(tasks.document(
        tasks.plain("child", "CreateTask", {"Name": "Child of $.Name", "ContactFlowId": child_flow,
                                            "Attributes": {"parent": "$.ContactId"}}, "wait"),
        tasks.wait("wait", 1, "note"), tasks.note("note", "again", child="$.Task.ContactId"),
        tasks.wait("again", 1, "target"), tasks.target("target", queue, "enqueue"), tasks.enqueue(), tasks.end()))
    lives, found = 8, {}
    threads = [threading.Thread(target=one_life, args=(shop, Patient(server), flow, child_flow, n, found))
               for n in range(lives)]
    for thread in threads:
        thread.start()
    dice, mortal, kills = random.Random(1), Mortal(server), 0
    while any(thread.is_alive() for thread in threads) and kills < 60:
        time.sleep(dice.uniform(0.05, 0.8) + (held if kills else 0))
        mortal.die()
        kills += 1
    for thread in threads:
        thread.join(120)
    assert len(found) == lives and kills >= 2, (found, kills)
    for number, (first, moved) in found.items():
        check_life(shop, number, first, moved)
    now = tasks.now(server)
    total = shop.call("search_contacts", TimeRange={
        "Type": "INITIATION_TIMESTAMP", "StartTime": now - HOUR, "EndTime": now + HOUR})["TotalCount"]
    assert total == 3 * lives  # the task, its successor, its child: none twice


def check_life(shop, number, first, moved):
    assert told(shop, first) == without_doubt(told(shop, first), [
        "INITIATED", "CONNECTED_TO_SYSTEM", "QUEUED", "PAUSED", "RESUMED", "QUEUED", "DISCONNECTED", "COMPLETED"])
    assert [t for t in told(shop, moved) if t not in ("CONNECTED_TO_SYSTEM", "QUEUED")] == [
        "INITIATED", "DISCONNECTED", "COMPLETED"]
    attributes = shop.attributes(first)
    assert attributes.pop("number") == str(number)
    child = attributes.pop("child")
    assert attributes == {}
    assert shop.attributes(child) == {"parent": first}
    assert shop.describe(first)["NextContacts"][0]["NextContactMetadata"]["QuickConnectContactData"]["ContactId"] == moved
    for contact in (first, moved):
        assert {record["ContactId"] for record in shop.records(contact)} == {contact}
    assert shop.records(first)[-1]["NextContactId"] == moved


def without_doubt(found, expected):
    """What is expected with the data updates at the places where they were found: those depend on the moment."""
    assert found.count("CONTACT_DATA_UPDATED") == 2, found  # the client's attributes, the flow's
    rest = iter(expected)
    return [kind if kind == "CONTACT_DATA_UPDATED" else next(rest) for kind in found] + list(rest)


# --- timers due while a server dies -----------------------------------------------------------------------------------


def test_timers_that_are_due_while_a_server_dies(engine, start):
    """With PostgreSQL a second server goes on, with SQLite the same one when it is back; each timer fires once, and soon."""
    first = start()
    second = start(beside=first) if engine == "postgres" else None
    shop, count = tasks.Shop(first), 80
    queue = shop.queue()
    flows = {seconds: shop.flow(tasks.waiting(seconds, queue)) for seconds in (2, 3, 4)}
    dice, waits = random.Random(3), {}
    if second:
        time.sleep(2)  # both have their share
    for n in range(count):
        shop.server = second if second and n % 2 else first
        seconds = dice.choice(list(flows))
        waits[shop.start(f"Task {n}", ContactFlowId=flows[seconds])] = seconds
    begun = [shop.runs(contact)["ConnectedToSystemTimestamp"].timestamp() for contact in waits]
    time.sleep(max(0.0, begun[0] + 2.5 - time.time()))  # some have fired, some are about to, others are still to
    first.kill()
    if second:
        shop.server = second
    else:
        first.start()
        first.client = client(first.url)
        shop.server = first
    late = []
    for contact, seconds in waits.items():
        shown = shop.queued(contact)
        assert shown["QueueInfo"]["Id"] == queue
        waited = (shown["QueueInfo"]["EnqueueTimestamp"] - shown["ConnectedToSystemTimestamp"]).total_seconds()
        assert waited >= seconds
        late.append(waited - seconds)
    # A lease is 3 seconds and is checked each second.
    assert max(late) < 8, max(late)
    sinks = [first, second] if second else [first]

    def all_told():
        by_contact = collections.defaultdict(dict)
        for sink in sinks:
            for event in tasks.events(sink):
                by_contact[event["detail"]["contactId"]].setdefault(event["id"], event["detail"]["eventType"])
        return by_contact if all(len(by_contact[c]) >= len(ONCE) for c in waits) else None

    for contact, told_of in tasks.until(all_told, "all told").items():
        assert sorted(told_of.values()) == sorted(ONCE), contact


def test_a_server_that_freezes(engine, start):
    """It resumes after the other has long taken over its leases; what it was about to do is refused, nothing happens
    twice. Alone, it does what is due when it resumes."""
    first = start()
    second = start(beside=first) if engine == "postgres" else None
    shop = tasks.Shop(first)
    queue = shop.queue()
    flow = shop.flow(tasks.document(
        tasks.wait("wait", 2, "child"),
        tasks.plain("child", "CreateTask", {"Name": "Child", "ContactFlowId": shop.flow(tasks.to_queue(queue))}, "note"),
        tasks.note("note", "target", child="$.Task.ContactId"),
        tasks.target("target", queue, "enqueue"), tasks.enqueue(), tasks.end()))
    if second:
        time.sleep(2)  # both have their share
    contacts = [shop.start(f"Task {n}", ContactFlowId=flow) for n in range(40)]
    for contact in contacts:
        shop.runs(contact)
    time.sleep(1.5)
    first.process.send_signal(signal.SIGSTOP)
    try:
        time.sleep(6)  # longer than a lease
        if second:
            shop.server = second
            for contact in contacts:
                assert shop.queued(contact)["QueueInfo"]["Id"] == queue
    finally:
        first.process.send_signal(signal.SIGCONT)
    shop.server = first
    for contact in contacts:
        assert shop.queued(contact)["QueueInfo"]["Id"] == queue
        shop.stop(contact)
    now = tasks.now(first)
    found = shop.call("search_contacts", TimeRange={
        "Type": "INITIATION_TIMESTAMP", "StartTime": now - HOUR, "EndTime": now + HOUR}, MaxResults=1)
    assert found["TotalCount"] == 2 * len(contacts)  # each has one child
    sinks = [first, second] if second else [first]

    def all_over():
        by_contact = collections.defaultdict(dict)
        for sink in sinks:
            for event in tasks.events(sink):
                by_contact[event["detail"]["contactId"]].setdefault(event["id"], event["detail"]["eventType"])
        return by_contact if all("COMPLETED" in by_contact[c].values() for c in contacts) else None

    told_of = tasks.until(all_over, "over")
    for contact in contacts:
        assert sorted(told_of[contact].values()) == sorted([*ONCE, "CONTACT_DATA_UPDATED", "DISCONNECTED", "COMPLETED"])


def test_two_servers_share_and_follow_each_other(start, engine):
    """A change through one server is visible through the other at once; either may continue the other's tasks."""
    if engine == "sqlite":
        first = second = start()  # one process owns the folder: it is its own other
    else:
        first = start()
        second = start(beside=first)
    shop = tasks.Shop(first)
    queue = shop.queue()
    flow = shop.flow(tasks.waiting(1, queue))
    contacts = [shop.start(ContactFlowId=flow) for _ in range(20)]
    shop.server = second
    for contact in contacts:
        assert shop.queued(contact)["QueueInfo"]["Id"] == queue
        shop.stop(contact)
    shop.server = first
    for contact in contacts:
        assert shop.describe(contact)["DisconnectReason"] == "API"


def test_t4_1_7_what_was_not_delivered_at_the_end_is_delivered_after_the_start(start):
    server = start()
    shop = tasks.Shop(server)
    flow = shop.flow(tasks.to_queue(shop.queue()))
    contacts = [shop.start(ContactFlowId=flow) for _ in range(30)]
    for contact in contacts:
        shop.stop(contact)
    server.kill()
    server.start()
    server.client = client(server.url)
    for contact in contacts:
        kinds = told(shop, contact)
        assert kinds[0] == "INITIATED" and kinds[-2:] == ["DISCONNECTED", "COMPLETED"]
        assert len(kinds) == len(set(kinds))
        assert shop.records(contact)[-1]["DisconnectReason"] == "API"
        events = tasks.events(server, contact)
        first_seen = [e["id"] for e in tasks.once(events)]
        moments = [e["detail"].get("disconnectTimestamp", "") for e in tasks.once(events)]
        assert moments == sorted(moments) and len(first_seen) == len(set(first_seen))


def test_f8_6_killed_in_a_module(start):
    """A task that waits in a module goes on there after a restart, and returns to its caller."""
    server = start()
    mortal, shop = Mortal(server), tasks.Shop(server)
    module = shop.module(json.dumps({
        "Version": "2019-10-30", "StartAction": "m-wait",
        "Settings": {"InputParameters": [], "OutputParameters": [], "Transitions": []},
        "Actions": [tasks.wait("m-wait", HOUR, "m-end", "m-end"), tasks.action("m-end", "EndFlowModuleExecution")]}))
    contact = shop.start(ContactFlowId=shop.flow(tasks.document(
        tasks.plain("call", "InvokeFlowModule", {"FlowModuleId": module}, "note"),
        tasks.note("note", "end", after="yes"), tasks.end())))
    tasks.until(lambda: "ConnectedToSystemTimestamp" in shop.describe(contact), "in the module")
    mortal.die()
    mortal.advance(HOUR + 1)
    shown = shop.ended(contact)
    assert (shown["Attributes"], shown["DisconnectReason"]) == ({"after": "yes"}, "CONTACT_FLOW_DISCONNECT")
