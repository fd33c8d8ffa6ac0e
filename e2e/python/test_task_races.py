"""Many clients at one task, one queue, one quota: what may happen once happens once, and counters stay exact (tasks 2.3.20,
2.8, 2.10.3, 3.1.4, flows 9.6)."""

import collections
import concurrent.futures

import samples
import tasks

MANY = 16


def together(count, call):
    """What `count` calls at the same time come to: each an answer, or the name of its exception."""
    def one(n):
        try:
            return call(n)
        except Exception as error:
            return type(error).__name__
    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_one_token_one_task(shop):
    flow = shop.flow(tasks.to_queue(shop.queue()))
    token = samples.token()
    made = together(MANY, lambda _: shop.start(ContactFlowId=flow, ClientToken=token))
    assert len(set(made)) == 1, made
    contact = made[0]
    shop.queued(contact)
    shop.stop(contact)
    assert shop.event_types(contact).count("INITIATED") == 1


def test_the_quota_of_open_tasks_is_exact(start):
    shop = tasks.Shop(start({"LIMITS_OPEN_TASKS_PER_INSTANCE": 10}))
    flow = shop.flow(tasks.to_queue(shop.queue()))
    for _ in range(3):
        made = together(MANY, lambda n: shop.start(ContactFlowId=flow))
        contacts = [m for m in made if m != "ServiceQuotaExceededException"]
        assert len(contacts) == 10 and len(set(contacts)) == 10, made
        for contact in contacts:
            shop.queued(contact)
        stopped = together(20, lambda n: shop.stop(contacts[n % 10]))  # each twice, at the same time
        assert set(stopped) == {None}, stopped
    for contact in contacts:
        assert shop.event_types(contact).count("DISCONNECTED") == 1


def test_linked_tasks_are_counted_exactly(shop):
    flow = shop.flow(tasks.to_queue(shop.queue()))
    first = shop.start(ContactFlowId=flow)
    made = together(20, lambda n: shop.start(ContactFlowId=flow, PreviousContactId=first, Attributes={f"k{n}": "1"}))
    refused = made.count("ServiceQuotaExceededException")
    assert refused == 8 and len(set(made)) == 13, made
    written = {f"k{n}" for n, contact in enumerate(made) if contact != "ServiceQuotaExceededException"}
    assert set(shop.attributes(first)) == written  # of those that were refused nothing stays


def holding(shop, queue):
    return shop.flow(tasks.document(
        tasks.target("target", queue, "enqueue"), tasks.enqueue(full="full"), tasks.note("full", "end", full="yes"), tasks.end()))


def test_a_queue_takes_as_many_as_it_holds_at_once(shop):
    flow = holding(shop, shop.queue(MaxContacts=5))
    made = together(MANY, lambda n: shop.start(ContactFlowId=flow))
    shown = [shop.until(contact, lambda c: "QueueInfo" in c or "DisconnectTimestamp" in c, "decided") for contact in made]
    assert len([c for c in shown if "QueueInfo" in c]) == 5
    assert all(c["Attributes"] == {"full": "yes"} for c in shown if "QueueInfo" not in c)


def test_t2_7_3_who_leaves_a_full_queue_makes_room(shop):
    flow = holding(shop, shop.queue(MaxContacts=2))
    inside = [shop.start(ContactFlowId=flow) for _ in range(2)]
    for contact in inside:
        shop.queued(contact)
    full = shop.start(ContactFlowId=flow)
    assert shop.ended(full)["Attributes"] == {"full": "yes"}
    shop.call("pause_contact", ContactId=inside[0])
    again = shop.start(ContactFlowId=flow)
    assert shop.queued(again)
    shop.stop(inside[1])
    assert shop.queued(shop.start(ContactFlowId=flow))
    moved = shop.call("transfer_contact", ContactId=again, ContactFlowId=shop.instance.flow)["ContactId"]
    shop.queued(moved)
    assert shop.queued(shop.start(ContactFlowId=flow))
    assert shop.ended(shop.start(ContactFlowId=flow))["Attributes"] == {"full": "yes"}


def test_two_transfers_of_one_task(shop):
    flow = shop.flow(tasks.to_queue(shop.queue()))
    contact = shop.start(ContactFlowId=flow)
    shop.queued(contact)
    made = together(8, lambda n: shop.call("transfer_contact", ContactId=contact, ContactFlowId=flow)["ContactId"])
    assert made.count("InvalidRequestException") == 7, made
    assert len([c for page in shop.associated(contact) for c in page]) == 2
    assert shop.event_types(contact).count("DISCONNECTED") == 1


def test_stop_pause_transfer_and_flow_at_once(shop):
    """Whatever comes first, each task ends once, has one successor at most, and its events are consistent."""
    queue = shop.queue()
    flow = shop.flow(tasks.document(*[
        tasks.note(f"n{n}", f"n{n + 1}" if n < 9 else "target", **{f"step{n}": "$.ContactId"}) for n in range(10)],
        tasks.target("target", queue, "enqueue"), tasks.enqueue(), tasks.end()))
    for _ in range(6):
        contact = shop.start(ContactFlowId=flow)
        calls = [
            lambda: shop.stop(contact),
            lambda: shop.call("pause_contact", ContactId=contact),
            lambda: shop.call("resume_contact", ContactId=contact),
            lambda: shop.call("transfer_contact", ContactId=contact, ContactFlowId=flow),
            lambda: shop.call("update_contact_attributes", InitialContactId=contact, Attributes={"client": "1"}),
            lambda: shop.call("tag_contact", ContactId=contact, Tags={"a": "b"}),
            lambda: shop.call("update_contact", ContactId=contact, Name="Renamed"),
            lambda: shop.call("update_contact_routing_data", ContactId=contact, QueuePriority=1)]
        done = together(len(calls), lambda n: calls[n]())
        allowed = {"ConflictException", "InvalidRequestException", "ResourceConflictException"}
        assert {d for d in done if isinstance(d, str)} <= allowed, done
        shown = shop.ended(contact)
        assert (shown["Name"], shown["Tags"]["a"]) == ("Renamed", "b")
        assert shop.attributes(contact)["client"] == "1"
        found = shop.events(contact)
        kinds = collections.Counter(tasks.types_of(found))
        assert max(kinds[k] for k in ("INITIATED", "CONNECTED_TO_SYSTEM", "DISCONNECTED", "COMPLETED")) == 1, kinds
        assert kinds["QUEUED"] <= 1 + kinds["RESUMED"]  # a resume queues it again (2.7.9)
        assert kinds["PAUSED"] - kinds["RESUMED"] in (0, 1)
        next_ones = [c["ContactId"] for page in shop.associated(contact) for c in page if c["ContactId"] != contact]
        assert len(next_ones) == (shown["DisconnectReason"] == "OTHER")
        for one in next_ones:
            shop.queued(one)
            shop.stop(one)


def test_writers_of_one_chain_while_its_flow_writes(shop):
    """flows 9.6: a flow's attributes and those of clients are laid over each other, none is lost."""
    flow = shop.flow(tasks.document(*[
        tasks.note(f"n{n}", f"w{n}" if n < 4 else "stay", **{f"flow{n}": "x"}) for n in range(5)],
        *[tasks.wait(f"w{n}", 1, f"n{n + 1}") for n in range(4)], tasks.wait("stay", 3600, "end"), tasks.end()))
    contact = shop.start(ContactFlowId=flow)
    for round_ in range(4):
        written = together(8, lambda n: shop.call(
            "update_contact_attributes", InitialContactId=contact, Attributes={f"c{round_}{n}": "x"}))
        assert all(isinstance(w, dict) for w in written), written
        shop.advance(1)
    expected = {f"flow{n}" for n in range(5)} | {f"c{r}{n}" for r in range(4) for n in range(8)}
    tasks.until(lambda: set(shop.attributes(contact)) == expected, "all written", lambda: shop.attributes(contact))
    shop.stop(contact)
