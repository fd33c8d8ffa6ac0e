"""The whole lifecycle of a task, as one client sees it, with its events and its record in the file (tasks 2, 4, flows 9)."""

import datetime

import pytest

import samples
import tasks
from helpers import invalid_request, not_found, refused
from samples import default, field, named

HOUR = 3600


def every_type(shop, flow):
    """A template with all fourteen field types that a task can be started from without more than its required fields."""
    quick_connect = shop.quick_connect("FLOW", ContactFlowId=flow)
    request = samples.full(flow, flow, quick_connect, shop.module())
    request["Status"] = "ACTIVE"
    # A start time that is past and a quick connect would both decide the start: they are left to the request.
    left_out = ("Schedule", "Assign to", "Task name")
    defaults = [d for d in request["Defaults"]["DefaultFieldValues"] if d["Id"]["Name"] not in left_out]
    request["Defaults"] = {"DefaultFieldValues": defaults}
    assert sorted(one["Type"] for one in request["Fields"] if one["Id"]["Name"] != "amount") == sorted(samples.ALL_TYPES)
    return request


def branching(senior, standard):
    """Big amounts wait an hour for the senior queue, others go to the standard one at once."""
    return tasks.document(
        tasks.compare("amount", "$.References.Amount.Value", "fast",
                      ("NumberGreaterOrEqualTo", "1000", "slow")),
        tasks.note("slow", "hour", way="senior", summary="Task $.Name of $.References.Amount.Value"),
        tasks.wait("hour", HOUR, "senior"),
        tasks.target("senior", senior, "enqueue"),
        tasks.note("fast", "standard", way="standard"),
        tasks.target("standard", standard, "enqueue"),
        tasks.enqueue(), tasks.end())


@pytest.fixture
def world(shop):
    shop.senior, shop.standard, shop.other = (shop.queue(name) for name in ("Senior", "Standard", "Other"))
    shop.main = shop.flow(branching(shop.senior, shop.standard))
    shop.request = every_type(shop, shop.main)
    shop.template_id = shop.template(**shop.request)
    return shop


def seconds(later, earlier):
    return (later - earlier).total_seconds()


def test_the_whole_life(world):
    shop = world
    # start: references and defaults are there at once
    first = shop.start("Refund 1", TaskTemplateId=shop.template_id, Description="Broken", Attributes={"customer": "Ada"},
                       References={"Amount": {"Type": "NUMBER", "Value": "1500.50"},
                                   "Order id": {"Type": "STRING", "Value": "A-17"}})
    assert shop.references(first) == {
        "Amount": ("Number", "1500.50"), "Order id": ("String", "A-17"), "Reason": ("String", "Damaged"),
        "Photo": ("Url", "https://example.com/a?b=c#d"), "Notes": ("String", "first\r\n\tsecond"), "Due": ("Date", "-1"),
        "Approved": ("String", "true"), "Customer": ("Email", "a@b.example")}
    # branch: the flow has seen the reference, and waits
    tasks.until(lambda: shop.attributes(first).get("way"), "on its way")
    assert shop.attributes(first) == {"customer": "Ada", "way": "senior", "summary": "Task Refund 1 of 1500.50"}
    second = shop.start("Refund 2", TaskTemplateId=shop.template_id, References={
        "Amount": {"Type": "NUMBER", "Value": "999.99"}})
    assert shop.queued(second)["QueueInfo"]["Id"] == shop.standard
    assert shop.attributes(second) == {"way": "standard"}
    # wait: a second before the hour nothing has happened, after it the task is queued
    shop.advance(HOUR - 5)
    assert "QueueInfo" not in shop.describe(first)
    shop.advance(10)
    shown = shop.describe(first)
    assert shown["QueueInfo"]["Id"] == shop.senior
    waited = seconds(shown["QueueInfo"]["EnqueueTimestamp"], shown["ConnectedToSystemTimestamp"])
    assert HOUR <= waited <= HOUR + 1  # flows 7.3.14
    # pause and resume
    shop.call("pause_contact", ContactId=first)
    paused = shop.describe(first)
    assert (paused["TotalPauseCount"], "LastResumedTimestamp" in paused) == (1, False)
    with refused("ConflictException", 409):
        shop.call("pause_contact", ContactId=first)
    shop.advance(60)
    shop.call("resume_contact", ContactId=first)
    resumed = shop.describe(first)
    assert seconds(resumed["LastResumedTimestamp"], resumed["LastPausedTimestamp"]) >= 60
    assert resumed["QueueInfo"]["Id"] == shop.senior
    assert resumed["QueueInfo"]["EnqueueTimestamp"] >= resumed["LastResumedTimestamp"] > shown["QueueInfo"]["EnqueueTimestamp"]
    with refused("ConflictException", 409):
        shop.call("resume_contact", ContactId=first)
    # transfer: a new contact of the same chain in the queue of the request
    to_target = shop.flow(tasks.document(tasks.enqueue(), tasks.end()))
    moved = shop.call("transfer_contact", ContactId=first, ContactFlowId=to_target, QueueId=shop.other)
    third = moved["ContactId"]
    assert moved["ContactArn"] == f"{shop.arn}/contact/{third}"
    old = shop.describe(first)
    assert (old["DisconnectReason"], old["TotalPauseDurationInSeconds"]) == ("OTHER", 60)
    assert old["NextContacts"][0]["NextContactMetadata"]["QuickConnectContactData"]["ContactId"] == third
    new = shop.queued(third)
    assert new["QueueInfo"]["Id"] == shop.other
    assert {name: new[name] for name in ("InitiationMethod", "PreviousContactId", "InitialContactId", "Name", "Description",
                                         "TaskTemplateInfo", "Attributes")} == {
        "InitiationMethod": "TRANSFER", "PreviousContactId": first, "InitialContactId": first, "Name": "Refund 1",
        "Description": "Broken", "TaskTemplateInfo": old["TaskTemplateInfo"], "Attributes": shop.attributes(first)}
    assert shop.references(third) == shop.references(first)
    # re-template
    other = shop.template(**samples.small(shop.main, "Other template", Fields=[
        field("Task name", "NAME"), field("Order id", "TEXT")], Constraints={"RequiredFields": named("Task name", "Order id")}))
    shop.call("update_contact_task_template", ContactId=third, TaskTemplateId=other)
    assert shop.describe(third)["TaskTemplateInfo"] == {"Arn": f"{shop.arn}/task-template/{other}", "Name": "Other template"}
    assert shop.references(third) == shop.references(first)  # task-templates 5.8.6
    # stop
    shop.stop(third)
    over = shop.ended(third)
    assert (over["DisconnectReason"], over["TotalPauseCount"]) == ("API", 0)
    shop.stop(third)  # 2.10.3
    assert shop.describe(third) == over
    check_events(shop, first, third)
    check_records(shop, first, third, other)


def check_events(shop, first, third):
    assert shop.event_types(first) == [
        "INITIATED", "CONNECTED_TO_SYSTEM", "CONTACT_DATA_UPDATED", "QUEUED", "PAUSED", "RESUMED", "QUEUED",
        "DISCONNECTED", "COMPLETED"]
    assert shop.event_types(third) == ["INITIATED", "CONNECTED_TO_SYSTEM", "QUEUED", "DISCONNECTED", "COMPLETED"]
    found = shop.events(first)
    assert len({event["id"] for event in found}) == len(found)
    shown = shop.describe(first)
    for event in found:  # 4.1.2, 4.1.3
        detail = event["detail"]
        assert event["resources"] == [f"{shop.arn}/contact/{first}", shop.arn]
        assert (event["source"], event["account"], event["region"]) == ("aws.connect", "000000000000", "us-east-1")
        datetime.datetime.strptime(event["time"], "%Y-%m-%dT%H:%M:%SZ")
        assert (detail["channel"], detail["instanceArn"], detail["initiationMethod"]) == ("TASK", shop.arn, "API")
        assert moment(detail["initiationTimestamp"]) == shown["InitiationTimestamp"]
        assert None not in detail.values()
        assert detail["tags"] == {"aws:connect:instanceId": shop.id}
        assert detail["segmentAttributes"]["connect:Subtype"] == {"valueString": "connect:Task"}
    by_type = {event["detail"]["eventType"]: event["detail"] for event in found}
    assert by_type["CONTACT_DATA_UPDATED"]["updatedProperties"] == ["UserDefinedAttributes"]
    queue = by_type["QUEUED"]["queueInfo"]
    assert queue["queueArn"] == f"{shop.arn}/queue/{shop.senior}"
    assert queue["queueType"] == "STANDARD"
    assert moment(queue["enqueueTimestamp"]) == shown["QueueInfo"]["EnqueueTimestamp"]
    assert moment(by_type["COMPLETED"]["disconnectTimestamp"]) == shown["DisconnectTimestamp"]
    assert "agentInfo" not in by_type["COMPLETED"]
    successor = shop.events(third)[0]["detail"]
    assert (successor["previousContactId"], successor["initialContactId"]) == (first, first)
    assert successor["initiationMethod"] == "TRANSFER"


def check_records(shop, first, third, template):
    old = shop.records(first)[-1]
    new = shop.records(third)[-1]
    assert old["NextContactId"] == third
    assert (new["PreviousContactId"], new["InitialContactId"], new["InitiationMethod"]) == (first, first, "TRANSFER")
    assert (new["DisconnectReason"], old["DisconnectReason"]) == ("API", "OTHER")
    assert new["TaskTemplateInfo"] == {"Arn": f"{shop.arn}/task-template/{template}", "Name": "Other template"}
    assert new["ContactDetails"] == {"Name": "Refund 1", "Description": "Broken"}
    assert new["Attributes"] == shop.attributes(first)
    assert {r["Name"]: (r["Type"].capitalize(), r["Value"]) for r in new["References"]} == shop.references(first)
    assert (new["Queue"]["ARN"], new["Queue"]["Name"]) == (f"{shop.arn}/queue/{shop.other}", "Other")
    assert new["Queue"]["DequeueTimestamp"] == new["DisconnectTimestamp"]
    assert (old["TotalPauseCount"], old["TotalPauseDurationInSeconds"], new["Agent"]) == (1, 60, None)
    assert new["AWSAccountId"] == "000000000000" and new["InstanceARN"] == shop.arn
    for name in ("InitiationTimestamp", "ConnectedToSystemTimestamp", "DisconnectTimestamp", "LastUpdateTimestamp"):
        datetime.datetime.strptime(new[name], "%Y-%m-%dT%H:%M:%SZ")
    assert new["ScheduledTimestamp"] is None  # 4.2.2


def moment(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=datetime.timezone.utc)


def test_r3_5_a_task_keeps_its_version_of_the_template(world):
    shop, template = world, world.template_id
    ids = {"TaskTemplateId": template}
    contact = shop.start(**ids)
    info = {"Arn": f"{shop.arn}/task-template/{template}", "Name": shop.request["Name"]}
    was = shop.call("get_task_template", **ids, SnapshotVersion="1")
    changed = samples.small(shop.main, "Renamed")
    shop.call("update_task_template", **ids, **changed)
    later = shop.start(**ids)
    assert shop.describe(contact)["TaskTemplateInfo"] == info
    assert shop.describe(later)["TaskTemplateInfo"] == info | {"Name": "Renamed"}
    shop.call("update_task_template", **ids, **changed | {"Name": "Again"})
    shop.call("delete_task_template", **ids)
    assert shop.describe(contact)["TaskTemplateInfo"] == info  # 3.8
    again = shop.call("get_task_template", **ids, SnapshotVersion="1")  # 3.6
    assert {k: again[k] for k in ("Name", "Fields", "Constraints", "Defaults", "Status")} == {
        k: was[k] for k in ("Name", "Fields", "Constraints", "Defaults", "Status")}
    assert shop.call("get_task_template", **ids, SnapshotVersion="2")["Name"] == "Renamed"
    for version in ({}, {"SnapshotVersion": "3"}):  # nobody keeps the third
        with not_found():
            shop.call("get_task_template", **ids, **version)
    with not_found():
        shop.start(**ids)
    for one in (contact, later):
        shop.stop(one)
        shop.ended(one)


def test_t2_12_3_wrap_up_runs_once_when_no_agent_ever_had_the_task(shop):
    document = ('{"Version":"2019-10-30","StartAction":"a","Settings":{"InputParameters":[],"OutputParameters":[],'
                '"Transitions":[]},"Actions":[{"Identifier":"a","Type":"UpdateContactAttributes","Parameters":{"Attributes":'
                '{"wrapped":"$.Name"},"TargetContact":"Current"},"Transitions":{"NextAction":"z","Errors":'
                '[{"ErrorType":"NoMatchingError","NextAction":"z"}]}},'
                '{"Identifier":"z","Type":"EndFlowModuleExecution","Parameters":{},"Transitions":{}}]}')
    queue = shop.queue()
    flow = shop.flow(tasks.to_queue(queue))
    template = shop.template(**samples.small(flow, "Wrapped", ContactHooks={"WrapUpFlowId": shop.module(document)}))
    contact = shop.start("Wrap me", TaskTemplateId=template)
    shop.queued(contact)
    shop.stop(contact)
    assert shop.ended(contact)["DisconnectReason"] == "API"
    assert shop.attributes(contact) == {"wrapped": "Wrap me"}
    assert shop.event_types(contact) == [
        "INITIATED", "CONNECTED_TO_SYSTEM", "QUEUED", "CONTACT_DATA_UPDATED", "DISCONNECTED", "COMPLETED"]
    assert shop.records(contact)[-1]["Attributes"] == {"wrapped": "Wrap me"}


def test_t2_6_scheduled(shop):
    queue = shop.queue()
    flow = shop.flow(tasks.to_queue(queue))
    begin = tasks.now(shop.server)
    contact = shop.start(ContactFlowId=flow, ScheduledTime=begin + HOUR)
    shown = shop.describe(contact)
    assert abs(shown["ScheduledTimestamp"].timestamp() - (begin + HOUR)) < 0.002
    assert "ConnectedToSystemTimestamp" not in shown
    for operation in ("pause_contact", "resume_contact"):  # 2.7.1
        with pytest.raises(shop.connect.exceptions.ClientError):
            shop.call(operation, ContactId=contact)
    with invalid_request():  # 2.8.3
        shop.call("transfer_contact", ContactId=contact, ContactFlowId=flow)
    shop.call("update_contact_schedule", ContactId=contact, ScheduledTime=begin + 2 * HOUR)
    shop.advance(HOUR + 60)
    assert "ConnectedToSystemTimestamp" not in shop.describe(contact)
    shop.advance(HOUR)
    shown = shop.describe(contact)
    late = shown["ConnectedToSystemTimestamp"].timestamp() - (begin + 2 * HOUR)
    assert 0 <= late < 5  # 2.6.4
    assert shown["QueueInfo"]["Id"] == queue
    with invalid_request():  # 2.6.1
        shop.call("update_contact_schedule", ContactId=contact, ScheduledTime=begin + 3 * HOUR)
    shop.stop(contact)
    found = shop.events(contact)
    assert tasks.types_of(found) == [
        "INITIATED", "CONTACT_DATA_UPDATED", "CONNECTED_TO_SYSTEM", "QUEUED", "DISCONNECTED", "COMPLETED"]
    assert found[1]["detail"]["updatedProperties"] == ["ScheduledTimestamp"]
    assert moment(found[1]["detail"]["scheduledTimestamp"]).timestamp() == pytest.approx(begin + 2 * HOUR, abs=0.002)


def test_t2_6_2_twenty_new_start_times_and_t2_6_6_stopped_before_the_start(shop):
    begin = tasks.now(shop.server)
    contact = shop.start(ContactFlowId=shop.instance.flow, ScheduledTime=begin + HOUR)
    for n in range(20):
        shop.call("update_contact_schedule", ContactId=contact, ScheduledTime=begin + HOUR + n)
    with refused("LimitExceededException", 429):
        shop.call("update_contact_schedule", ContactId=contact, ScheduledTime=begin + HOUR + 99)
    shop.stop(contact)
    shop.advance(2 * HOUR)
    assert shop.event_types(contact)[-2:] == ["DISCONNECTED", "COMPLETED"]
    assert "CONNECTED_TO_SYSTEM" not in shop.event_types(contact)


def test_t2_7_8_pause_in_a_wait_keeps_its_end(shop):
    queue = shop.queue()
    flow = shop.flow(tasks.waiting(HOUR, queue))
    early, late = shop.start(ContactFlowId=flow), shop.start(ContactFlowId=flow)
    for contact in (early, late):
        shop.runs(contact)
        shop.call("pause_contact", ContactId=contact)
    shop.advance(HOUR // 2)
    shop.call("resume_contact", ContactId=early)
    shop.advance(HOUR // 2 + 5)
    assert shop.describe(early)["QueueInfo"]["Id"] == queue
    assert "QueueInfo" not in shop.describe(late)
    shop.call("resume_contact", ContactId=late)  # the wait is over meanwhile
    assert shop.queued(late)["QueueInfo"]["Id"] == queue
    shop.stop(early), shop.stop(late)


def test_t2_7_6_ten_pauses(shop):
    flow = shop.flow(tasks.waiting(HOUR, shop.queue()))
    contact = shop.start(ContactFlowId=flow)
    shop.runs(contact)
    for _ in range(10):
        shop.call("pause_contact", ContactId=contact)
        shop.call("resume_contact", ContactId=contact)
    with refused("LimitExceededException", 429):
        shop.call("pause_contact", ContactId=contact)
    shop.stop(contact)
    for operation in ("pause_contact", "resume_contact"):  # 2.7.1, 2.7.2
        with pytest.raises(shop.connect.exceptions.ClientError):
            shop.call(operation, ContactId=contact)


def test_t2_7_7_flows_of_pause_and_resume(shop):
    queue, other = shop.queue(), shop.queue()
    paused = shop.flow(tasks.document(tasks.note("note", "stay", paused="yes"), tasks.stay(), tasks.end()))
    resumed = shop.flow(tasks.document(tasks.note("note", "stay", resumed="yes"), tasks.stay(), tasks.end()))
    requeues = shop.flow(tasks.to_queue(other))
    flow = shop.flow(tasks.document(
        tasks.hook("hook", "second", PauseContact=paused), tasks.hook("second", "target", ResumeContact=resumed),
        tasks.target("target", queue, "enqueue"), tasks.enqueue(), tasks.end()))
    contact = shop.start(ContactFlowId=flow)
    shop.queued(contact)
    shop.call("pause_contact", ContactId=contact)
    tasks.until(lambda: shop.attributes(contact).get("paused"), "through its pause flow")
    shop.call("resume_contact", ContactId=contact)
    tasks.until(lambda: shop.attributes(contact).get("resumed"), "through its resume flow")
    queue_before = shop.describe(contact)["QueueInfo"]
    # 2.7.9: with a resume flow that does not queue it the task stays out of queues
    shop.call("pause_contact", ContactId=contact)
    shop.call("resume_contact", ContactId=contact, ContactFlowId=requeues)
    shown = shop.until(contact, lambda c: c["QueueInfo"]["Id"] == other, "in the other queue")
    assert shown["QueueInfo"]["EnqueueTimestamp"] > queue_before["EnqueueTimestamp"]
    assert "DisconnectTimestamp" not in shown
    shop.stop(contact)
    assert shop.event_types(contact).count("QUEUED") == 2


def test_t2_8_4_eleven_transfers(shop):
    flow = shop.flow(tasks.to_queue(shop.queue()))
    first = contact = shop.start(ContactFlowId=flow)
    for _ in range(11):
        contact = shop.call("transfer_contact", ContactId=contact, ContactFlowId=flow)["ContactId"]
    with refused("ServiceQuotaExceededException", 402):
        shop.call("transfer_contact", ContactId=contact, ContactFlowId=flow)
    shown = shop.queued(contact)
    assert shown["InitialContactId"] == first
    with invalid_request():  # 2.8.3: the first is over
        shop.call("transfer_contact", ContactId=first, ContactFlowId=flow)
    assert [len(page) for page in shop.associated(first, 5)] == [5, 5, 2]
    shop.stop(contact)


def test_t2_8_8_a_transfer_with_a_token_happens_once(shop):
    flow = shop.flow(tasks.to_queue(shop.queue()))
    contact = shop.start(ContactFlowId=flow)
    request = {"ContactId": contact, "ContactFlowId": flow, "ClientToken": samples.token()}
    moved = shop.call("transfer_contact", **request)["ContactId"]
    assert shop.call("transfer_contact", **request)["ContactId"] == moved
    with refused("IdempotencyException", 409):
        shop.call("transfer_contact", **request | {"ContactFlowId": shop.instance.flow})
    shop.stop(moved)


def test_t2_11_expiry(shop):
    flow = shop.flow(tasks.to_queue(shop.queue()))
    contact = shop.start(ContactFlowId=flow, SegmentAttributes=expiry(90))
    shop.queued(contact)
    shop.call("pause_contact", ContactId=contact)  # 2.7.11: paused time does not move it
    shop.advance(89 * 60)
    assert "DisconnectTimestamp" not in shop.describe(contact)
    shop.advance(60)
    over = shop.describe(contact)
    assert over["DisconnectReason"] == "EXPIRED"
    assert 0 <= seconds(over["DisconnectTimestamp"], over["InitiationTimestamp"]) - 90 * 60 <= 60
    assert shop.event_types(contact)[-2:] == ["DISCONNECTED", "COMPLETED"]


def test_t2_11_1_a_week_by_default(shop):
    contact = shop.start(ContactFlowId=shop.flow(tasks.to_queue(shop.queue())))
    shown = shop.queued(contact)
    expires = shown["SegmentAttributes"]["connect:ContactExpiry"]["ValueMap"]
    assert expires["ExpiryDuration"] == {"ValueInteger": 10_080}
    begin = shown["InitiationTimestamp"]
    at = datetime.datetime.fromisoformat(expires["ExpiryTimeStamp"]["ValueString"].replace("Z", "+00:00"))
    assert seconds(at, begin) == 7 * 24 * HOUR
    shop.advance(7 * 24 * HOUR + 5)
    assert shop.describe(contact)["DisconnectReason"] == "EXPIRED"


def expiry(minutes):
    return {"connect:ContactExpiry": {"ValueMap": {"ExpiryDuration": {"ValueInteger": minutes}}}}


def test_t2_11_5_the_disconnect_flow_is_a_contact_of_its_own(shop):
    queue = shop.queue()
    after = shop.flow(tasks.document(
        tasks.note("note", "target", after="$.PreviousContactId", how="$.InitiationMethod"),
        tasks.target("target", queue, "enqueue"), tasks.enqueue(), tasks.end()))
    flow = shop.flow(tasks.document(tasks.hook("hook", "end", CustomerRemaining=after), tasks.end()))
    first = shop.start(ContactFlowId=flow, SegmentAttributes=expiry(5))
    assert shop.ended(first)["DisconnectReason"] == "CONTACT_FLOW_DISCONNECT"
    related = tasks.until(
        lambda: [c for c in shop.call("list_associated_contacts", ContactId=first)["ContactSummaryList"]
                 if c["ContactId"] != first], "followed")
    (follower,) = related
    assert (follower["InitiationMethod"], follower["PreviousContactId"]) == ("DISCONNECT", first)
    second = follower["ContactId"]
    shown = shop.queued(second)
    assert shown["InitialContactId"] == first
    assert shown["SegmentAttributes"]["connect:ContactExpiry"]["ValueMap"]["ExpiryDuration"] == {"ValueInteger": 10_080}
    assert shop.attributes(first) == {"after": first, "how": "DISCONNECT"}  # one set for the chain (2.4.1)
    shop.stop(second)  # 2.11.6: no third contact
    shop.ended(second)
    assert len(shop.call("list_associated_contacts", ContactId=second)["ContactSummaryList"]) == 2


def test_flows_r5_2_a_flow_that_ends_before_a_queue_ends_the_contact(shop):
    for last in (tasks.end("last"), tasks.stay("last")):
        contact = shop.start(ContactFlowId=shop.flow(tasks.document(last)))
        assert shop.ended(contact)["DisconnectReason"] == "CONTACT_FLOW_DISCONNECT"
        assert shop.event_types(contact) == ["INITIATED", "CONNECTED_TO_SYSTEM", "DISCONNECTED", "COMPLETED"]


def test_t2_5_create_contact(shop):
    user = shop.user("ada")
    request = {"Channel": "TASK", "InitiationMethod": "API", "Name": "Outside"}
    with refused("InvalidRequestException", 400):
        shop.call("create_contact", **request | {"InitiationMethod": "TRANSFER"})
    made = shop.call("create_contact", **request, ExpiryDurationInMinutes=30, Attributes={"a": "1"},
                     References={"Page": {"Type": "URL", "Value": "https://example.com"}})
    contact = made["ContactId"]
    assert made["ContactArn"] == f"{shop.arn}/contact/{contact}"
    shown = shop.describe(contact)
    assert shown["SegmentAttributes"]["connect:Subtype"] == {"ValueString": "connect:ExternalTask"}
    assert (shown["InitiationMethod"], shown["Attributes"]) == ("API", {"a": "1"})
    assert shop.references(contact) == {"Page": ("Url", "https://example.com")}
    shop.advance(30 * 60 + 5)
    assert shop.describe(contact)["DisconnectReason"] == "EXPIRED"
    # 2.5.3
    over = shop.call("create_contact", **request, InitiateAs="COMPLETED")["ContactId"]
    shown = shop.describe(over)
    assert shown["InitiationTimestamp"] == shown["DisconnectTimestamp"] and "DisconnectReason" not in shown
    assert shop.event_types(over) == ["INITIATED", "DISCONNECTED", "COMPLETED"]
    assert shop.records(over)[-1]["DisconnectReason"] is None
    # 2.5.4: with an agent at once, who stays on it after the end
    with refused("InvalidRequestException", 400):
        shop.call("create_contact", **request, InitiateAs="CONNECTED_TO_USER")
    mine = shop.call("create_contact", **request, InitiateAs="CONNECTED_TO_USER", UserInfo={"UserId": user.id})["ContactId"]
    shown = shop.describe(mine)
    assert shown["AgentInfo"]["Id"] == user.id and "ConnectedToAgentTimestamp" in shown["AgentInfo"]
    with refused("InvalidRequestException", 400):  # task-templates 5.8.1
        shop.call("update_contact_task_template", ContactId=mine, TaskTemplateId=shop.template(
            **samples.small(shop.instance.flow, "T")))
    shop.call("pause_contact", ContactId=mine)
    shop.advance(60)
    shop.call("resume_contact", ContactId=mine)
    shop.stop(mine)  # 2.10.5
    shown = shop.describe(mine)
    assert shown["DisconnectReason"] == "API" and "AfterContactWorkStartTimestamp" in shown["AgentInfo"]
    found = shop.events(mine, "DISCONNECTED")
    assert tasks.types_of(found) == ["INITIATED", "CONNECTED_TO_AGENT", "PAUSED", "RESUMED", "DISCONNECTED"]
    assert found[-1]["detail"]["agentInfo"]["agentArn"] == user.arn


def test_t2_5_7_create_contact_with_a_token(shop):
    request = {"Channel": "TASK", "InitiationMethod": "API", "Name": "Once", "ClientToken": samples.token()}
    first = shop.call("create_contact", **request)["ContactId"]
    assert shop.call("create_contact", **request)["ContactId"] == first
    with refused("IdempotencyException", 409):
        shop.call("create_contact", **request | {"Name": "Twice"})


def test_t2_10_2_stop_of_an_unknown_contact(shop):
    for contact in (samples.token(), f"{shop.arn}/contact/{samples.token()}"):
        with refused("ContactNotFoundException", 410) as caught:
            shop.stop(contact)
        assert isinstance(caught.error, shop.connect.exceptions.ContactNotFoundException)
    with not_found():
        shop.connect.stop_contact(InstanceId=samples.token(), ContactId=samples.token())


def test_f9_5_what_a_flow_cannot_do_is_no_error_of_the_caller(shop):
    """Missing resources take the error branch; the caller of StartTaskContact has its answer."""
    flow = shop.flow(tasks.document(
        tasks.target("target", samples.token(), "enqueue", failed="note"), tasks.enqueue(),
        tasks.note("note", "end", error="no such queue"), tasks.end()))
    contact = shop.start(ContactFlowId=flow)
    assert shop.ended(contact)["Attributes"] == {"error": "no such queue"}


def test_flows_r1_14_a_contact_keeps_the_content_it_entered(shop):
    first, second = shop.queue(), shop.queue()
    flow = shop.flow(tasks.waiting(HOUR, first))
    contact = shop.start(ContactFlowId=flow)
    shop.runs(contact)
    shop.call("update_contact_flow_content", ContactFlowId=flow, Content=tasks.waiting(HOUR, second))
    later = shop.start(ContactFlowId=flow)
    shop.runs(later)
    shop.call("delete_contact_flow", ContactFlowId=flow)  # 1.13
    shop.advance(HOUR + 5)
    assert shop.describe(contact)["QueueInfo"]["Id"] == first
    assert shop.describe(later)["QueueInfo"]["Id"] == second
    shop.stop(contact), shop.stop(later)


def test_t2_6_5_a_flow_that_goes_before_the_start(shop):
    flow = shop.flow(tasks.to_queue(shop.queue()))
    contact = shop.start(ContactFlowId=flow, ScheduledTime=tasks.now(shop.server) + 60)
    shop.call("delete_contact_flow", ContactFlowId=flow)
    shop.advance(65)
    assert shop.ended(contact)["DisconnectReason"] == "OTHER"


def test_expected_defaults_are_the_templates(world):
    """The sample of the life above is what the test says it is."""
    assert default("Expiry", "129600") in world.request["Defaults"]["DefaultFieldValues"]
    contact = world.start(TaskTemplateId=world.template_id)
    minutes = world.describe(contact)["SegmentAttributes"]["connect:ContactExpiry"]["ValueMap"]["ExpiryDuration"]
    assert minutes == {"ValueInteger": 129_600}
    world.stop(contact)
