"""After all cases, by the order of the files: what is there is what accepted calls have made. A refused one left nothing behind."""

import time

from world import World


def test_every_contact_was_answered_for(world: World):
    found, token = [], None
    span = {"Type": "INITIATION_TIMESTAMP", "StartTime": 0, "EndTime": int(time.time()) + 3600}
    while True:
        page = world.must(world.request("SearchContacts", InstanceId=world.instance, TimeRange=span, MaxResults=100, NextToken=token))
        found += [contact["Id"] for contact in page["Contacts"]]
        token = page.get("NextToken")
        if not token:
            break
    assert len(found) == len(set(found)) == page["TotalCount"]
    assert set(found) == world.made & set(found), f"no answer named {sorted(set(found) - world.made)[:5]}"


def listed(world: World, operation: str, answer: str, **more: str) -> set[str]:
    found, token = set(), None
    while True:
        page = world.must(world.request(operation, InstanceId=world.instance, MaxResults="1000", NextToken=token, **more))
        found |= {one["Id"] for one in page[answer]}
        token = page.get("NextToken")
        if not token:
            return found


def test_every_queue_and_user_was_answered_for(world: World):
    users = listed(world, "ListUsers", "UserSummaryList")
    assert users <= world.made
    assert listed(world, "ListQueues", "QueueSummaryList", QueueTypes="AGENT") == users, "tasks 3.1.1: each user has one"
    assert listed(world, "ListQueues", "QueueSummaryList", QueueTypes="STANDARD") - {world.queue} <= world.made
