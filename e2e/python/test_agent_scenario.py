"""Two agents with different routing profiles work through a mixed queue in the documented order (tasks 3.3, 3.4, 6)."""

import pytest

import samples
from agent_day import ACCEPT, AFTER_WORK, CLAIMS_DELAY, SETTINGS, WRAP_UP, Day


def fill(day):
    """Ten tasks wait before anybody works. For ada: urgent ones, then orders; claims are not ripe for her. For bob: by priority, then age."""
    day.start("order 1", "Orders")
    day.start("claim 1", "Claims")
    day.start("order 2 wrapped", "Orders", template=True)
    day.start("urgent 1", "Urgent")
    day.start("claim 2", "Claims")
    day.start("order 3", "Orders", priority=1)
    day.start("urgent 2", "Urgent")
    day.start("order 4", "Orders", adjust=3600)
    day.start("claim 3", "Claims", priority=2)
    day.start("order 5", "Orders")


def morning(day):
    """After-contact work that the clock ends, a rejection without anybody else, a pause that frees a slot, a missed offer."""
    ada, bob = day.ada, day.bob
    day.status(ada, "Available")
    assert day.accept(ada) == "urgent 1"
    day.complete(ada, "urgent 1")  # after-contact work uses the slot
    day.status(bob, "Available")
    assert list(bob.entries) == ["order 3", "claim 3"]
    day.accept(bob, "order 3")
    assert day.reject(bob) == "claim 3"  # nobody else fits: it comes back
    assert day.accept(bob) == "claim 3"
    day.advance(AFTER_WORK + 1, done=[(ada, "urgent 1")])
    assert day.offered(ada) == "urgent 2"
    day.pause(bob, "order 3")
    assert day.accept(bob) == "order 4"
    day.resume(bob, "order 3")  # three tasks, two slots: nothing more
    day.advance(ACCEPT + 1, missed=[(ada, "urgent 2")])  # and nothing for her until she closes it
    day.work_off(bob, "order 4")
    day.work_off(bob, "claim 3", "disconnect")
    assert day.accept(bob) == "order 1"  # "urgent 2" is ripe for him, but of lower priority


def midday(day, between=lambda: None):
    """Transfers to a queue and to an agent by quick connects; the agent's own queue comes first; a next status."""
    ada, bob = day.ada, day.bob
    day.close_entry(ada, "urgent 2")
    between()
    day.accept(ada, "urgent 2")
    assert day.transfer(ada, "urgent 2", "To claims") == "urgent 2 moved"
    day.close_entry(ada, "urgent 2")
    assert day.accept(ada) == "claim 1"  # claims are ripe for her, and this one is older than the orders
    day.transfer(bob, "order 1", "To ada")
    day.close_entry(bob, "order 1")
    day.work_off(ada, "claim 1")
    assert day.accept(ada) == "order 1 moved"
    day.status(ada, "Lunch", later=True)
    day.complete(ada, "order 1 moved")
    day.close_entry(ada, "order 1 moved", status="Lunch")
    assert day.accept(bob) == "order 2 wrapped"
    day.complete(bob, "order 2 wrapped")
    day.advance(WRAP_UP + 1, wrapped=[(bob, "order 2 wrapped")])
    day.close_entry(bob, "order 2 wrapped")


def evening(day):
    """What is left, then one task for two idle agents: the one idle for longest is first, and a rejected task goes to the other."""
    ada, bob = day.ada, day.bob
    day.status(ada, "Available")
    while any(one.entries for one in (ada, bob)):
        for person in (ada, bob):
            for name, state in list(person.entries.items()):
                if state == "CONNECTING":
                    day.accept(person, name)
                day.work_off(person, name)
    day.advance(CLAIMS_DELAY + 1)
    assert not day.model.waiting
    first, other = (ada, bob) if ada.idle() < bob.idle() else (bob, ada)
    day.start("last", "Orders")
    assert day.reject(first) == "last"
    assert day.accept(other) == "last"
    day.work_off(other, "last")


@pytest.fixture
def day(start, request):
    """Begins a day on so many processes."""
    def begin(processes):
        servers = [start(SETTINGS)]
        servers += [start(SETTINGS, beside=servers[0]) for _ in range(processes - 1)]
        made = Day(*servers)
        request.addfinalizer(made.close)
        return made
    return begin


def test_tasks_3_3_3_two_agents_work_through_a_mixed_queue(day):
    one = day(1)
    fill(one)
    morning(one)
    for screen in one.screens.values():
        screen.cut()  # a lost connection: it goes on with what changed meanwhile
    midday(one)
    evening(one)
    one.check()
    for screen in one.screens.values():
        assert screen.began == ["snapshot", "patch"], "resumed without the snapshot"
        versions = [version for _, version in screen.seen]
        assert versions == sorted(set(versions)), "each version once"


def test_tasks_3_3_3_the_same_while_a_process_is_killed(day, engine):
    """An agent at each of two processes; that of ada is killed while her command and a start are under way. With SQLite the one
    process is started again. Both calls are repeated, and everything is there once."""
    one = day(2 if engine == "postgres" else 1)
    fill(one)
    morning(one)

    def killed():
        name, token = one.offered(one.ada), samples.token()
        start = lambda: one.shop.start("order 6", ContactFlowId=one.flows["Orders"], ClientToken=token)
        accept = lambda: one.screens["ada"].command(one.ids[name], "accept")
        one.kill(start, accept)
        assert accept()["State"] == "CONNECTED"
        one.ada.entries[name] = "CONNECTED"
        one.started("order 6", "Orders", start())

    midday(one, killed)
    evening(one)
    one.check()
    assert one.screens["ada"].began == ["snapshot", "snapshot"], "a version of another process is not known"
    assert one.screens["bob"].began == ["snapshot"] * (1 if engine == "postgres" else 2)
