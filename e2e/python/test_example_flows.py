"""The example flows of the specification (flows.md 10) run as written; only the ids of resources are put in."""

import json

import pytest

import samples
import tasks
from samples import field, named
from tasks import action

DAY = 86_400
DONE = ("Equals", "WaitCompleted")


def wired(identifier, type_, parameters, then, *errors, conditions=()):
    return action(identifier, type_, parameters, then, conditions, errors)


def waits(identifier, seconds, then, failed):
    return wired(identifier, "Wait", {"TimeLimitSeconds": str(seconds)}, then, ("NoMatchingError", failed),
                 conditions=[(*DONE, then)])


def example_10_1(queue):
    """Route a task to a queue."""
    return tasks.document(
        wired("set queue", "UpdateContactTargetQueue", {"QueueId": queue}, "check hours", ("NoMatchingError", "end")),
        wired("check hours", "CheckHoursOfOperation", {}, "enqueue", ("NoMatchingError", "enqueue"),
              conditions=[("Equals", "True", "enqueue"), ("Equals", "False", "closed loop")]),
        action("closed loop", "Loop", {"LoopCount": "12"}, "end",
               [("Equals", "ContinueLooping", "wait hour"), ("Equals", "DoneLooping", "end")]),
        waits("wait hour", 3600, "check hours", "end"),
        wired("enqueue", "TransferContactToQueue", {}, "end", ("QueueAtCapacity", "wait full"), ("NoMatchingError", "end")),
        waits("wait full", 300, "enqueue", "end"),
        action("end", "DisconnectParticipant"))


def example_10_2(queue_flow, senior, standard):
    """Branch by attribute and reference, priority, queue flow with time-out: the main flow."""
    return tasks.document(
        action("log on", "UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": "Enabled"}, "queue flow"),
        wired("queue flow", "UpdateContactEventHooks", {"EventHooks": {"CustomerQueue": queue_flow}}, "tier",
              ("NoMatchingError", "tier")),
        wired("tier", "Compare", {"ComparisonValue": "$.Attributes.tier"}, "amount", ("NoMatchingCondition", "amount"),
              conditions=[("Equals", "vip", "urgent")]),
        action("urgent", "UpdateContactRoutingBehavior", {"QueuePriority": "1"}, "amount"),
        wired("amount", "Compare", {"ComparisonValue": "$.References.Amount.Value"}, "short wait",
              ("NoMatchingCondition", "short wait"), conditions=[("NumberGreaterOrEqualTo", "1000", "senior")]),
        waits("short wait", 120, "standard", "standard"),
        wired("senior", "UpdateContactTargetQueue", {"QueueId": senior}, "note", ("NoMatchingError", "standard")),
        wired("standard", "UpdateContactTargetQueue", {"QueueId": standard}, "note", ("NoMatchingError", "end")),
        wired("note", "UpdateContactAttributes", {
            "Attributes": {"routedTo": "$.Queue.Name", "summary": "Task $.Name for $.Attributes.customer"},
            "TargetContact": "Current"}, "enqueue", ("NoMatchingError", "enqueue")),
        wired("enqueue", "TransferContactToQueue", {}, "end", ("QueueAtCapacity", "end"), ("NoMatchingError", "end")),
        action("end", "DisconnectParticipant"))


def example_10_2_queue_flow(fallback):
    return tasks.document(
        waits("half hour", 1800, "staff", "stay"),
        wired("staff", "CheckMetricData", {"MetricType": "NumberOfAgentsStaffed"}, "move",
              ("NoMatchingCondition", "move"), ("NoMatchingError", "move"),
              conditions=[("NumberGreaterThan", "0", "half hour")]),
        wired("move", "DequeueContactAndTransferToQueue", {"QueueId": fallback}, "stay",
              ("QueueAtCapacity", "half hour"), ("NoMatchingError", "stay")),
        action("stay", "EndFlowExecution"))


def example_10_3(template):
    """Disconnect flow that creates a follow-up task."""
    return tasks.document(
        wired("wanted", "Compare", {"ComparisonValue": "$.Attributes.followUp"}, "end", ("NoMatchingCondition", "end"),
              conditions=[("Equals", "yes", "create")]),
        wired("create", "CreateTask", {
            "Name": "Follow up: $.Name",
            "Description": "Opened after contact $.PreviousContactId",
            "TaskTemplateId": template,
            "DelaySeconds": "86400",
            "Attributes": {"customer": "$.Attributes.customer", "origin": "$.InitialContactId"},
            "References": {"Case": {"Type": "URL", "Value": "https://crm.example.com/case/$.Attributes.caseId"}}},
              "remember", ("NoMatchingError", "failed")),
        wired("remember", "UpdateContactAttributes", {
            "Attributes": {"followUpTask": "$.Task.ContactId"}, "TargetContact": "Current"}, "end", ("NoMatchingError", "end")),
        wired("failed", "TagContact", {"Tags": {"followUp": "failed"}}, "end", ("NoMatchingError", "end")),
        action("end", "DisconnectParticipant"))


# --- 10.1 -------------------------------------------------------------------------------------------------------------


def test_10_1_an_open_queue(shop):
    queue = shop.queue()
    contact = shop.start(ContactFlowId=shop.flow(example_10_1(queue)))
    assert shop.queued(contact)["QueueInfo"]["Id"] == queue
    shop.stop(contact)
    assert shop.event_types(contact) == ["INITIATED", "CONNECTED_TO_SYSTEM", "QUEUED", "DISCONNECTED", "COMPLETED"]


def test_10_1_a_full_queue(shop):
    """Every five minutes the task tries again, and is queued once there is room."""
    queue = shop.queue(MaxContacts=1)
    flow = shop.flow(example_10_1(queue))
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
    waiting = shop.flow(example_10_2_queue_flow(shop.fallback), type_="CUSTOMER_QUEUE")
    shop.main = shop.flow(example_10_2(waiting, shop.senior, shop.standard))
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
    waiting = shop.flow(example_10_2_queue_flow(shop.fallback), type_="CUSTOMER_QUEUE")
    shop.main = shop.flow(example_10_2(waiting, shop.senior, shop.standard))
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
    shop.after = shop.flow(example_10_3(shop.template_id))
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


def test_the_examples_are_those_of_the_document(shop):
    """What this file builds has every action of the examples; a typing error here would test another flow."""
    kinds = {
        "10.1": (example_10_1("q"), 7, "set queue"), "10.2": (example_10_2("f", "a", "b"), 11, "log on"),
        "queue": (example_10_2_queue_flow("c"), 4, "half hour"), "10.3": (example_10_3("t"), 5, "wanted")}
    for name, (content, count, first) in kinds.items():
        parsed = json.loads(content)
        assert (len(parsed["Actions"]), parsed["StartAction"]) == (count, first), name
