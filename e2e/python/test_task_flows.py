"""What flows do to tasks, seen from outside: actions, modules, transfers between flows, hooks over transfers (flows 3, 5, 7, 8)."""

import collections
import json

import pytest

import samples
import tasks
from tasks import action, compare, document, end, enqueue, hook, note, plain, stay, target, wait
from test_task_life import expiry

HOUR = 3600


def ran(shop, *actions, **request):
    """The task that such a flow leaves behind."""
    return shop.ended(shop.start(ContactFlowId=shop.flow(document(*actions)), **request))


def test_f3_values(shop):
    shown = ran(
        shop, note("n", "end", text="Case $.Attributes.id: $.Name. `$.Description`", ref="$.References.Page.Value",
                   kind="$.References['Page'].Type", channel="$.Channel", how="$.InitiationMethod", arn="$.InstanceARN",
                   own="$.ContactId", nothing="$.Attributes.missing", subtype="$.SegmentAttributes['connect:Subtype']"), end(),
        Attributes={"id": "7"}, Description="Broken", References={"Page": {"Type": "URL", "Value": "https://example.com/a"}})
    assert shown["Attributes"] == {
        "id": "7", "text": "Case 7: A task. Broken", "ref": "https://example.com/a", "kind": "URL", "channel": "TASK",
        "how": "API", "arn": shop.arn, "own": shown["Id"], "nothing": "", "subtype": "connect:Task"}


@pytest.mark.parametrize("operator, operand, fits, fits_not", [
    ("Equals", "a b", ["a b"], ["A b", "a b ", ""]), ("TextStartsWith", "ab", ["ab", "abc"], ["b", "Abc"]),
    ("TextEndsWith", "bc", ["abc"], ["bcd"]), ("TextContains", "b", ["abc"], ["ac"]),
    ("NumberGreaterThan", "10", ["10.01", " 11 "], ["10", "9", "many"]),
    ("NumberGreaterOrEqualTo", "10", ["10", "10.0"], ["9.99"]), ("NumberLessThan", "-1", ["-1.5"], ["-1", "x"]),
    ("NumberLessOrEqualTo", "10", ["10", "-3"], ["10.5"])])
def test_f4_2_conditions(shop, operator, operand, fits, fits_not):
    flow = shop.flow(document(compare("c", "$.Attributes.v", "no", (operator, operand, "yes")), note("yes", "end", way="yes"),
                              note("no", "end", way="no"), end()))
    made = {value: shop.start(ContactFlowId=flow, Attributes={"v": value}) for value in fits + fits_not}
    found = {value: shop.ended(contact)["Attributes"]["way"] for value, contact in made.items()}
    assert found == dict.fromkeys(fits, "yes") | dict.fromkeys(fits_not, "no")


def test_f4_4_a_value_is_compared_with_another(shop):
    flow = shop.flow(document(compare("c", "$.Attributes.v", "no", ("Equals", "$.Attributes.w", "yes")), note("yes", "end", way="yes"),
                              note("no", "end", way="no"), end()))
    made = [shop.start(ContactFlowId=flow, Attributes=attributes)
            for attributes in ({"v": "1", "w": "1"}, {"v": "1", "w": "2"}, {"v": "1"}, {"v": "$.Attributes.w", "w": "1"})]
    assert [shop.ended(contact)["Attributes"]["way"] for contact in made] == ["yes", "no", "no", "no"]


def test_f7_2_data(shop):
    shown = ran(
        shop, plain("data", "UpdateContactData", {"TargetContact": "Current", "Name": "New: $.Name", "Description": "d"}, "tag"),
        plain("tag", "TagContact", {"Tags": {"a": "1", "b": "2"}}, "untag"),
        plain("untag", "UntagContact", {"TagKeys": ["a"]}, "many"),
        plain("many", "TagContact", {"Tags": {f"k{n}": "x" for n in range(6)}}, "end", failed="note"),
        note("note", "end", tags="too many"), end())
    assert (shown["Name"], shown["Description"], shown["Attributes"]) == ("New: A task", "d", {"tags": "too many"})
    assert shown["Tags"] == {"b": "2", "aws:connect:instanceId": shop.id}


def test_f7_2_1_attributes_of_the_related_contact(shop):
    flow = shop.flow(document(
        plain("up", "UpdateContactAttributes", {"Attributes": {"by": "$.ContactId"}, "TargetContact": "Related"}, "end", "none"),
        note("none", "end", related="none"), end()))
    first = shop.start(ContactFlowId=flow)
    assert shop.ended(first)["Attributes"] == {"related": "none"}
    second = shop.start(ContactFlowId=flow, RelatedContactId=first)
    shop.ended(second)
    assert shop.attributes(first) == {"related": "none", "by": second}
    assert shop.attributes(second) == {"related": "none"}  # its copy


def test_f7_2_6_create_task(shop):
    queue = shop.queue()
    child_flow = shop.flow(tasks.to_queue(queue))
    shown = ran(
        shop, plain("good", "CreateTask", {
            "Name": "For $.Name", "ContactFlowId": child_flow, "Attributes": {"a": "$.Attributes.a"},
            "References": {"Page": {"Type": "URL", "Value": "https://example.com/$.Attributes.a"}}}, "note"),
        note("note", "bad", child="$.Task.ContactId"),
        plain("bad", "CreateTask", {"Name": "Nowhere", "ContactFlowId": samples.token()}, "end", failed="failed"),
        note("failed", "end", bad="yes"), end(), Attributes={"a": "7"})
    child = shown["Attributes"].pop("child")
    assert shown["Attributes"] == {"a": "7", "bad": "yes"}
    made = shop.queued(child)
    assert (made["Name"], made["InitiationMethod"], made["Attributes"]) == ("For A task", "API", {"a": "7"})
    assert "PreviousContactId" not in made and "RelatedContactId" not in made
    assert shop.references(child) == {"Page": ("Url", "https://example.com/7")}


def test_f7_1_8_transfer_to_flow(shop):
    queue = shop.queue()
    second = shop.flow(document(
        note("n", "enqueue", second="yes", flow_attribute="$.FlowAttributes.k"), enqueue(), end()), type_="QUEUE_TRANSFER")
    contact = shop.start(ContactFlowId=shop.flow(document(
        target("t", queue, "set"),
        plain("set", "UpdateFlowAttributes", {"FlowAttributes": {"k": {"Type": "String", "Value": "v"}}}, "n"),
        note("n", "go", own="$.FlowAttributes.k"), plain("go", "TransferToFlow", {"ContactFlowId": second}, "end"), end())))
    shown = shop.queued(contact)
    assert shown["QueueInfo"]["Id"] == queue  # the target queue goes along (3.8)
    assert shown["Attributes"] == {"own": "v", "second": "yes", "flow_attribute": ""}
    assert len([c for page in shop.associated(contact) for c in page]) == 1
    shop.stop(contact)


def test_f8_modules(shop):
    content = json.dumps({
        "Version": "2019-10-30", "StartAction": "big", "Settings": {"InputParameters": [], "OutputParameters": [],
                                                                   "Transitions": []}, "Actions": [
            compare("big", "$.Modules.Input.amount", "small", ("NumberGreaterThan", "10", "large")),
            action("large", "EndFlowModuleExecution", {"Result": "large", "ResultData": {"said": "more than ten"}}),
            action("small", "EndFlowModuleExecution", {"Result": "small", "ResultData": {"said": "not much"}})]})
    contract = json.dumps({
        "input": {"schema": {"type": "object", "properties": {"amount": {"type": "string"}}}},
        "resultData": {"schema": {"type": "object", "properties": {"said": {"type": "string"}}}},
        "transitions": {"results": [{"name": "large", "description": ""}, {"name": "small", "description": ""}]}})
    module = shop.call("create_contact_flow_module", Name="Judge", Content=content, Settings=contract)["Id"]
    flow = shop.flow(document(
        action("m", "InvokeFlowModule", {"FlowModuleId": module, "Input": {"amount": "$.Attributes.amount"}}, "other",
               [("Equals", "large", "large"), ("Equals", "small", "small")],
               [("NoMatchingError", "error"), ("NoMatchingCondition", "other")]),
        note("large", "end", way="large", said="$.Modules.ResultData.said"),
        note("small", "end", way="small", said="$.Modules.ResultData.said"),
        note("other", "end", way="other"), note("error", "end", way="error"), end()))
    found = [shop.ended(shop.start(ContactFlowId=flow, Attributes={"amount": amount}))["Attributes"] for amount in ("11", "2")]
    assert found == [{"amount": "11", "way": "large", "said": "more than ten"}, {"amount": "2", "way": "small", "said": "not much"}]
    shop.call("delete_contact_flow_module", ContactFlowModuleId=module)  # 8.9
    assert shop.ended(shop.start(ContactFlowId=flow))["Attributes"] == {"way": "error"}


def test_f7_3_8_percentages(shop):
    flow = shop.flow(document(
        action("d", "DistributeByPercentage", {}, "rest", [("NumberLessThan", "51", "half")],
               [("NoMatchingCondition", "rest")]), note("half", "end", way="half"), note("rest", "end", way="rest"), end()))
    made = [shop.start(ContactFlowId=flow) for _ in range(60)]
    ways = collections.Counter(shop.ended(contact)["Attributes"]["way"] for contact in made)
    assert set(ways) == {"half", "rest"} and min(ways.values()) > 8, ways  # one in a thousand million fails by chance


def test_f7_3_9_loop(shop):
    flow = shop.flow(document(
        action("l", "Loop", {"LoopCount": "3", "LoopName": "L"}, "end", [
            ("Equals", "ContinueLooping", "n"), ("Equals", "DoneLooping", "end")]),
        note("n", "w", round="$.Loop.L.Index"), wait("w", 60, "l"), end()))
    contact = shop.start(ContactFlowId=flow)
    shop.runs(contact)
    rounds = []
    for _ in range(3):
        tasks.until(lambda: shop.attributes(contact), "in its loop")
        rounds.append(shop.attributes(contact)["round"])
        shop.advance(60)
    assert rounds == ["0", "1", "2"]
    assert shop.ended(contact)["DisconnectReason"] == "CONTACT_FLOW_DISCONNECT"


def test_f9_3_a_flow_without_end(shop):
    shown = ran(shop, compare("a", "$.Attributes.x", "b", ("Equals", "x", "end")),
                 compare("b", "$.Attributes.x", "a", ("Equals", "x", "end")), end())
    assert shown["DisconnectReason"] == "OTHER"


def test_f5_3_the_queue_flow_runs_beside_the_wait(shop):
    queue = shop.queue()
    beside = shop.flow(document(wait("w", 60, "n"), note("n", "stay", waited="yes"), stay(), end()), type_="CUSTOMER_QUEUE")
    ends = shop.flow(document(wait("w", 60, "end"), end()), type_="CUSTOMER_QUEUE")
    made = [shop.start(ContactFlowId=shop.flow(document(
        hook("h", "t", CustomerQueue=flow), target("t", queue, "enqueue"), enqueue(), end()))) for flow in (beside, ends, beside)]
    for contact in made:
        shop.queued(contact)
    shop.call("pause_contact", ContactId=made[2])  # stops it
    shop.advance(61)
    assert shop.attributes(made[0]) == {"waited": "yes"} and "DisconnectTimestamp" not in shop.describe(made[0])
    assert shop.describe(made[1])["DisconnectReason"] == "CONTACT_FLOW_DISCONNECT"
    assert shop.attributes(made[2]) == {}
    shop.stop(made[0]), shop.stop(made[2])


def test_t2_8_5_what_a_transfer_takes_along(shop):
    """Tags, routing data, expiry and hooks go along; the disconnect flow and the wrap-up module wait for the real end."""
    wrap = samples.module_document().replace('"Actions": [', '"Actions": [' + json.dumps(
        note("first", "end", wrapped="$.ContactId")) + ",").replace('"StartAction": "end"', '"StartAction": "first"')
    after = shop.flow(document(note("n", "end", after="$.PreviousContactId"), end()))
    flow = shop.flow(document(hook("h", "t", CustomerRemaining=after), target("t", shop.queue(), "enqueue"), enqueue(), end()))
    template = shop.template(**samples.small(flow, "Wrapped", ContactHooks={"WrapUpFlowId": shop.module(wrap)}))
    contact = shop.start(TaskTemplateId=template, SegmentAttributes=expiry(300))
    shop.call("tag_contact", ContactId=contact, Tags={"team": "a"})
    shop.call("update_contact_routing_data", ContactId=contact, QueuePriority=2)
    shop.queued(contact)
    shop.advance(HOUR)
    moved = shop.call("transfer_contact", ContactId=contact, ContactFlowId=shop.flow(tasks.to_queue(shop.queue())))["ContactId"]
    old, new = shop.ended(contact), shop.queued(moved)
    for name in ("Tags", "QueuePriority", "SegmentAttributes", "TaskTemplateInfo"):
        assert new[name] == old[name], name
    assert shop.attributes(contact) == {}  # 2.8.6
    shop.stop(moved)
    shop.ended(moved)
    tasks.until(lambda: shop.attributes(contact).get("after"), "followed")
    assert shop.attributes(contact) == {"wrapped": moved, "after": moved}
    expiring = shop.start(ContactFlowId=flow, SegmentAttributes=expiry(60))
    shop.advance(HOUR / 2)
    late = shop.call("transfer_contact", ContactId=expiring, ContactFlowId=flow)["ContactId"]
    shop.advance(HOUR / 2 + 60)
    assert shop.describe(late)["DisconnectReason"] == "EXPIRED"  # 2.11.1: counted from the first
