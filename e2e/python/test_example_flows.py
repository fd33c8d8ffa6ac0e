"""The example flows of the specification (flows.md 10) run as written; only the ids of resources are put in."""

import pytest

import samples
import tasks
from samples import field, named
from taskform_server import REPO

DAY = 86_400
EXAMPLES = REPO / "crates" / "engine" / "src" / "flow" / "run" / "tests"


def example(name, **ids):
    """An example, with ids of our own in the place of those it stands with."""
    text = (EXAMPLES / f"example_10_{name}.json").read_text("utf-8")
    for placeholder, own in PLACES[name].items():
        assert text.count(placeholder) == 1
        text = text.replace(placeholder, ids.pop(own))
    assert not ids
    return text


PLACES = {
    "1": {"11111111-aaaa-4000-8000-000000000001": "queue"},
    "2_main": {"22222222-aaaa-4000-8000-000000000010": "queue_flow", "22222222-aaaa-4000-8000-000000000001": "senior",
               "22222222-aaaa-4000-8000-000000000002": "standard"},
    "2_queue": {"22222222-aaaa-4000-8000-000000000003": "fallback"},
    "3": {"33333333-aaaa-4000-8000-000000000001": "template"},
}


# --- 10.1 -------------------------------------------------------------------------------------------------------------


def test_10_1_an_open_queue(shop):
    queue = shop.queue()
    contact = shop.start(ContactFlowId=shop.flow(example("1", queue=queue)))
    assert shop.queued(contact)["QueueInfo"]["Id"] == queue
    shop.stop(contact)
    assert shop.event_types(contact) == ["INITIATED", "CONNECTED_TO_SYSTEM", "QUEUED", "DISCONNECTED", "COMPLETED"]


def test_10_1_a_full_queue(shop):
    """Every five minutes the task tries again, and is queued once there is room."""
    queue = shop.queue(MaxContacts=1)
    flow = shop.flow(example("1", queue=queue))
    first = shop.start(ContactFlowId=flow)
    shop.queued(first)
    second = shop.start(ContactFlowId=flow)
    shop.runs(second)
    shop.advance(301)
    assert "QueueInfo" not in shop.describe(second)
    shop.stop(first)
    assert "QueueInfo" not in shop.describe(second)
    shop.advance(300)
    shown = shop.describe(second)
    assert shown["QueueInfo"]["Id"] == queue
    waited = (shown["QueueInfo"]["EnqueueTimestamp"] - shown["ConnectedToSystemTimestamp"]).total_seconds()
    assert 600 <= waited <= 602
    shop.stop(second)


# --- 10.2 -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def routed(shop):
    shop.senior, shop.standard, shop.fallback = (shop.queue(name) for name in ("Senior", "Standard", "Fallback"))
    waiting = shop.flow(example("2_queue", fallback=shop.fallback), type_="CUSTOMER_QUEUE")
    shop.main = shop.flow(example("2_main", queue_flow=waiting, senior=shop.senior, standard=shop.standard))
    return shop


def begin(shop, tier, amount):
    references = {"Amount": {"Type": "NUMBER", "Value": amount}} if amount else {}
    return shop.start("Order 7", ContactFlowId=shop.main, Attributes={"tier": tier, "customer": "Ada"}, References=references)


@pytest.mark.parametrize("tier, amount, priority, queue", [
    ("vip", "1000", 1, "Senior"), ("basic", "1000.01", 5, "Senior"), ("vip", "999.99", 1, "Standard"),
    ("basic", None, 5, "Standard")])
def test_10_2_branches(routed, tier, amount, priority, queue):
    shop = routed
    contact = begin(shop, tier, amount)
    if queue == "Standard":
        shop.runs(contact)
        shop.advance(118)
        assert "QueueInfo" not in shop.describe(contact)
        shop.advance(3)
    shown = shop.queued(contact)
    assert shown["QueueInfo"]["Id"] == getattr(shop, queue.lower())
    assert shown["QueuePriority"] == priority
    assert shown["Attributes"] == {
        "tier": tier, "customer": "Ada", "routedTo": queue, "summary": "Task Order 7 for Ada"}
    shop.stop(contact)


def test_10_2_corrections_in_the_two_minutes_come_too_late_for_the_branch(routed):
    """An API change is visible to the next action (9.6); the branch is behind it."""
    shop = routed
    contact = begin(shop, "basic", "10")
    shop.runs(contact)
    shop.call("update_contact_attributes", InitialContactId=contact, Attributes={"customer": "Grace"})
    shop.advance(121)
    shown = shop.describe(contact)
    assert (shown["Attributes"]["summary"], shown["Attributes"]["routedTo"]) == ("Task Order 7 for Grace", "Standard")
    shop.stop(contact)


def test_10_2_half_an_hour_without_agents(routed):
    shop = routed
    first = begin(shop, "vip", "5000")
    queued = shop.queued(first)
    shop.advance(1795)
    assert "DisconnectTimestamp" not in shop.describe(first)
    shop.advance(10)
    old = shop.describe(first)
    assert old["DisconnectReason"] == "OTHER"  # 7.1.6
    (second,) = [c for page in shop.associated(first) for c in page if c["ContactId"] != first]
    new = shop.describe(second["ContactId"])
    assert (new["InitiationMethod"], new["PreviousContactId"], new["InitialContactId"]) == ("QUEUE_TRANSFER", first, first)
    assert new["QueueInfo"]["Id"] == shop.fallback
    assert (new["QueuePriority"], new["Attributes"]) == (1, old["Attributes"])
    waited = (old["DisconnectTimestamp"] - queued["QueueInfo"]["EnqueueTimestamp"]).total_seconds()
    assert 1800 <= waited <= 1801
    shop.stop(second["ContactId"])
    assert shop.event_types(first)[-3:] == ["QUEUED", "DISCONNECTED", "COMPLETED"]
    assert shop.event_types(second["ContactId"])[:1] == ["INITIATED"]


def test_10_2_a_full_fallback_waits_another_half_hour(shop):
    shop.senior, shop.standard = shop.queue(), shop.queue()
    shop.fallback = shop.queue(MaxContacts=0)
    waiting = shop.flow(example("2_queue", fallback=shop.fallback), type_="CUSTOMER_QUEUE")
    shop.main = shop.flow(example("2_main", queue_flow=waiting, senior=shop.senior, standard=shop.standard))
    contact = begin(shop, "vip", "5000")
    shop.queued(contact)
    for _ in range(3):
        shop.advance(1800)
        shown = shop.describe(contact)
        assert (shown["QueueInfo"]["Id"], "DisconnectTimestamp" in shown) == (shop.senior, False)
    shop.stop(contact)


# --- 10.3 -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def followed(shop):
    shop.target = shop.queue("Follow-ups")
    request = samples.small(shop.flow(tasks.to_queue(shop.target)), "Follow-up")
    request["Fields"] += [field("Case", "URL"), field("About", "DESCRIPTION")]
    request["Constraints"] = {"RequiredFields": named("Task name", "Case", "About")}
    shop.template_id = shop.template(**request)
    shop.after = shop.flow(example("3", template=shop.template_id))
    shop.main = shop.flow(tasks.document(
        tasks.hook("hook", "target", CustomerRemaining=shop.after),
        tasks.target("target", shop.queue(), "enqueue"), tasks.enqueue(), tasks.end()))
    return shop


def test_10_3_the_follow_up(followed):
    shop = followed
    first = shop.start("Refund", ContactFlowId=shop.main, Attributes={"customer": "Ada", "caseId": "4711", "followUp": "yes"})
    shop.queued(first)
    stopped = tasks.now(shop.server)
    shop.stop(first)
    made = tasks.until(lambda: shop.attributes(first).get("followUpTask"), "followed up")
    new = shop.describe(made)
    assert new["InitiationMethod"] == "DISCONNECT" and "PreviousContactId" not in new
    assert (new["Name"], new["Description"]) == ("Follow up: Refund", f"Opened after contact {first}")
    assert "ConnectedToSystemTimestamp" not in new
    assert stopped + DAY <= new["ScheduledTimestamp"].timestamp() <= stopped + DAY + tasks.PATIENCE
    assert new["Attributes"] == {"customer": "Ada", "origin": first}
    assert new["TaskTemplateInfo"]["Name"] == "Follow-up"
    assert shop.references(made) == {"Case": ("Url", "https://crm.example.com/case/4711")}
    assert "InitialContactId" not in new or new["InitialContactId"] == made  # a chain of its own
    # the disconnect contact between the two
    (between,) = [c for page in shop.associated(first) for c in page if c["ContactId"] != first]
    assert (between["InitiationMethod"], between["PreviousContactId"]) == ("DISCONNECT", first)
    assert shop.ended(between["ContactId"])["DisconnectReason"] == "CONTACT_FLOW_DISCONNECT"
    shop.advance(DAY + 60)
    assert shop.describe(made)["QueueInfo"]["Id"] == shop.target
    shop.stop(made)


def test_10_3_not_wanted(followed):
    shop = followed
    contact = shop.start("Refund", ContactFlowId=shop.main, Attributes={"followUp": "no"})
    shop.queued(contact)
    shop.stop(contact)
    (between,) = tasks.until(
        lambda: [c for page in shop.associated(contact) for c in page if c["ContactId"] != contact], "followed")
    shop.ended(between["ContactId"])
    assert shop.attributes(contact) == {"followUp": "no"}


def test_10_3_failed(followed):
    """An inactive template takes the error branch: the disconnect contact is tagged."""
    shop = followed
    shown = shop.call("get_task_template", TaskTemplateId=shop.template_id)
    shop.call("update_task_template", TaskTemplateId=shop.template_id, **{
        name: shown[name] for name in ("Name", "ContactFlowId", "Constraints", "Fields")}, Status="INACTIVE")
    contact = shop.start("Refund", ContactFlowId=shop.main, Attributes={"followUp": "yes"})
    shop.queued(contact)
    shop.stop(contact)
    (between,) = tasks.until(
        lambda: [c for page in shop.associated(contact) for c in page if c["ContactId"] != contact], "followed")
    assert shop.ended(between["ContactId"])["Tags"] == {"followUp": "failed", "aws:connect:instanceId": shop.id}
    assert "followUpTask" not in shop.attributes(contact)

