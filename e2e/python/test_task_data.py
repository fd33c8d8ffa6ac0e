"""What a task carries and how it is found: attributes over chains, references, tags, routing data, SearchContacts,
ListAssociatedContacts (tasks 2.4, 2.13, 2.14, 2.15)."""

import concurrent.futures
import random

import pytest

import samples
import tasks
from helpers import invalid_parameter, invalid_request, new_instance, not_found, refused

DAY = 86_400
SYSTEM = "aws:connect:instanceId"


@pytest.fixture
def queued(shop):
    """An instance whose flow queues its tasks."""
    shop.queue_id = shop.queue("Main")
    shop.flow_id = shop.flow(tasks.to_queue(shop.queue_id))
    return shop


def write(shop, contact, **attributes):
    shop.call("update_contact_attributes", InitialContactId=contact, Attributes=attributes)


# --- chains and attributes --------------------------------------------------------------------------------------------


def test_t2_4_attributes_over_chains(queued):
    shop = queued
    first = shop.start(ContactFlowId=shop.flow_id, Attributes={"a": "1", "b": "1"})
    second = shop.start(ContactFlowId=shop.flow_id, PreviousContactId=first, Attributes={"b": "2"})
    third = shop.start(ContactFlowId=shop.flow_id, PreviousContactId=second)
    for contact in (first, second, third):
        assert shop.attributes(contact) == {"a": "1", "b": "2"}  # 2.4.3
    write(shop, third, c="3")
    write(shop, f"{shop.arn}/contact/{first}", a="0")
    assert shop.attributes(second) == {"a": "0", "b": "2", "c": "3"} == shop.describe(first)["Attributes"]
    related = shop.start(ContactFlowId=shop.flow_id, RelatedContactId=second, Attributes={"d": "4"})
    write(shop, first, a="later")
    assert shop.attributes(related) == {"a": "0", "b": "2", "c": "3", "d": "4"}  # 2.4.2: copied once
    write(shop, related, a="own")
    assert shop.attributes(second)["a"] == "later"
    shown = {contact: shop.describe(contact) for contact in (first, second, third, related)}
    assert "InitialContactId" not in shown[first] or shown[first]["InitialContactId"] == first
    assert [shown[c]["InitialContactId"] for c in (second, third)] == [first, first]  # 2.4.1
    assert (shown[third]["PreviousContactId"], shown[related]["RelatedContactId"]) == (second, second)
    assert "PreviousContactId" not in shown[related]
    assert {s["ContactAssociationId"] for s in shown.values()} == {first}  # 2.4.5
    check_tree(shop, [first, second, third, related])


def check_tree(shop, contacts):
    """2.14.8: the whole tree, oldest first, through any contact of it."""
    for contact in contacts:
        for size in (None, 1, 3):
            listed = [c for page in shop.associated(contact, size) for c in page]
            assert [c["ContactId"] for c in listed] == contacts
    shown = shop.describe(contacts[1])
    second = shop.associated(contacts[0])[0][1]
    assert {name: second[name] for name in second if name not in ("ContactArn", "ContactId")} == {
        name: shown[name] for name in ("InitiationTimestamp", "InitialContactId", "PreviousContactId", "InitiationMethod", "Channel")}
    assert second["ContactArn"] == shown["Arn"]


def test_t2_14_8_bad_lists(queued):
    shop = queued
    one, two = (shop.start(ContactFlowId=shop.flow_id) for _ in range(2))
    shop.start(ContactFlowId=shop.flow_id, PreviousContactId=one)
    token = shop.call("list_associated_contacts", ContactId=one, MaxResults=1)["NextToken"]
    with invalid_parameter():
        shop.call("list_associated_contacts", ContactId=two, NextToken=token)
    for more in ({"NextToken": "garbage"}, {"MaxResults": 101}):
        with invalid_parameter():
            shop.call("list_associated_contacts", ContactId=one, **more)
    with not_found():
        shop.call("list_associated_contacts", ContactId=samples.token())


def test_t2_4_1_a_chain_that_begins_after_its_first_attributes(queued):
    """The first contact has none; a later one brings them, and all see them."""
    shop = queued
    first = shop.start(ContactFlowId=shop.flow_id)
    shop.stop(first)  # 2.4.4: over
    shop.ended(first)
    second = shop.start(ContactFlowId=shop.flow_id, PreviousContactId=first, Attributes={"a": "1"})
    assert shop.attributes(first) == shop.attributes(second) == {"a": "1"}


def test_t2_14_2_room_is_freed_by_empty_values(queued):
    shop = queued
    contact = shop.start(ContactFlowId=shop.flow_id, Attributes={"big": "x" * 32_700})
    for attributes in ({"more": "y" * 100}, {"a b": "1"}, {"a$": "1"}):
        with invalid_parameter():
            write(shop, contact, **attributes)
    assert set(shop.attributes(contact)) == {"big"}
    write(shop, contact, big="")
    write(shop, contact, more="y" * 100)
    assert shop.attributes(contact) == {"big": "", "more": "y" * 100}
    with not_found():
        write(shop, samples.token(), a="1")
    with not_found():
        shop.attributes(samples.token())


def test_t2_14_1_and_t4_2_1_completed_contacts(queued):
    shop = queued
    contact = shop.start(ContactFlowId=shop.flow_id, Attributes={"a": "1"})
    shop.stop(contact)
    before = shop.records(contact)[-1]
    shop.advance(2)
    write(shop, contact, b="2")
    shop.call("tag_contact", ContactId=contact, Tags={"team": "x"})
    shop.call("update_contact", ContactId=contact, Name="After the end")
    after = shop.records(contact, count=4)[-1]
    assert (before["Attributes"], after["Attributes"]) == ({"a": "1"}, {"a": "1", "b": "2"})
    assert after["Tags"] == {"team": "x", SYSTEM: shop.id}
    assert after["ContactDetails"]["Name"] == "After the end"
    assert after["LastUpdateTimestamp"] > before["LastUpdateTimestamp"]
    assert after["DisconnectTimestamp"] == before["DisconnectTimestamp"]
    updated = [e["detail"]["updatedProperties"] for e in shop.events(contact, "CONTACT_DATA_UPDATED", 2)
               if e["detail"]["eventType"] == "CONTACT_DATA_UPDATED"]
    assert updated == [["UserDefinedAttributes"], ["Tags"]]


def test_attributes_of_many_writers_at_once(queued):
    """Each key is written by one thread; none is lost."""
    shop = queued
    contact = shop.start(ContactFlowId=shop.flow_id)
    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda n: write(shop, contact, **{f"k{n}": str(n)}), range(36)))
    assert shop.attributes(contact) == {f"k{n}": str(n) for n in range(36)}


# --- references -------------------------------------------------------------------------------------------------------


def test_t2_14_4_references(queued):
    shop = queued
    given = {"b url": {"Type": "URL", "Value": "https://example.com"}, "a": {"Type": "NUMBER", "Value": "1.50"},
             "d": {"Type": "STRING", "Value": "é 万"}, "C": {"Type": "DATE", "Value": "1767225600"},
             "e": {"Type": "EMAIL", "Value": "a@b.example"}}
    contact = shop.start(ContactFlowId=shop.flow_id, References=given)
    listed = shop.call("list_contact_references", ContactId=contact, ReferenceTypes=tasks.KINDS)["ReferenceSummaryList"]
    assert listed == [{given[name]["Type"].capitalize(): {"Name": name, "Value": given[name]["Value"]}}
                      for name in sorted(given)]
    assert shop.references(contact, "NUMBER", "DATE") == {"a": ("Number", "1.50"), "C": ("Date", "1767225600")}
    assert shop.references(contact, "ATTACHMENT") == {}
    for types in (["PHONE"], [*tasks.KINDS, "ATTACHMENT", "CONTACT_ANALYSIS"]):
        with invalid_parameter():
            shop.call("list_contact_references", ContactId=contact, ReferenceTypes=types)
    with not_found():
        shop.references(samples.token())
    assert "References" not in shop.describe(contact)  # 2.2.2


def test_t2_13_update_contact(queued):
    shop = queued
    contact = shop.start("Before", ContactFlowId=shop.flow_id, Description="Old", References={
        "a": {"Type": "STRING", "Value": "1"}, "b": {"Type": "STRING", "Value": "2"}})
    shop.queued(contact)
    shop.call("update_contact", ContactId=contact, Name="After", References={
        "b": {"Type": "NUMBER", "Value": "3"}, "c": {"Type": "URL", "Value": "https://example.com"}})
    shown = shop.describe(contact)
    assert (shown["Name"], shown["Description"], shown["ContactDetails"]) == (
        "After", "Old", {"Name": "After", "Description": "Old"})
    assert shop.references(contact) == {"a": ("String", "1"), "b": ("Number", "3"), "c": ("Url", "https://example.com")}
    minutes = {"connect:ContactExpiry": {"ValueMap": {"ExpiryDuration": {"ValueInteger": 30}}}}
    shop.call("update_contact", ContactId=contact, SegmentAttributes=minutes)
    assert shop.describe(contact)["SegmentAttributes"]["connect:ContactExpiry"]["ValueMap"]["ExpiryDuration"] == {
        "ValueInteger": 30}
    for more in ({}, {"QueueInfo": {"Id": shop.queue_id}}, {"UserInfo": {"UserId": samples.token()}},
                 {"SegmentAttributes": {"connect:Subtype": {"ValueString": "x"}}},
                 {"References": {"x": {"Type": "ATTACHMENT", "Value": "v"}}}):
        with invalid_request():
            shop.call("update_contact", ContactId=contact, **more)
    shop.advance(20 * 60)
    short = {"connect:ContactExpiry": {"ValueMap": {"ExpiryDuration": {"ValueInteger": 15}}}}
    with invalid_request():  # 2.13.4: it would be over
        shop.call("update_contact", ContactId=contact, SegmentAttributes=short)
    shop.advance(10 * 60 + 5)
    assert shop.describe(contact)["DisconnectReason"] == "EXPIRED"
    with invalid_request():
        shop.call("update_contact", ContactId=contact, SegmentAttributes=minutes)
    with not_found():
        shop.call("update_contact", ContactId=samples.token(), Name="x")


# --- tags -------------------------------------------------------------------------------------------------------------


def tags(shop, contact):
    found = shop.describe(contact)["Tags"]
    assert found.pop(SYSTEM) == shop.id  # 2.2.4
    return found


def test_t2_14_7_tags(queued):
    shop = queued
    contact = shop.start(ContactFlowId=shop.flow_id)
    assert tags(shop, contact) == {}
    shop.call("tag_contact", ContactId=contact, Tags={f"k{n}": "1" for n in range(5)})
    shop.call("tag_contact", ContactId=contact, Tags={"k0": "2", "last": ""})
    six = {"k0": "2", "last": ""} | {f"k{n}": "1" for n in range(1, 5)}
    assert tags(shop, contact) == six
    with invalid_request():
        shop.call("tag_contact", ContactId=contact, Tags={"seventh": "x", "k1": "other"})
    assert tags(shop, contact) == six  # all or nothing
    shop.call("untag_contact", ContactId=contact, TagKeys=["k1", "nowhere"])
    shop.call("tag_contact", ContactId=contact, Tags={"seventh": "x"})
    shop.stop(contact)
    shop.call("untag_contact", ContactId=contact, TagKeys=["seventh"])
    assert tags(shop, contact) == {k: v for k, v in six.items() if k != "k1"}
    for bad in ({"aws:x": "1"}, {SYSTEM: "1"}):
        with pytest.raises(shop.connect.exceptions.ClientError):
            shop.call("tag_contact", ContactId=contact, Tags=bad)
    with pytest.raises(shop.connect.exceptions.ClientError):
        shop.call("untag_contact", ContactId=contact, TagKeys=[SYSTEM])
    assert SYSTEM in shop.describe(contact)["Tags"]
    for bad in ({"k" * 129: "1"}, {"k": "v" * 257}, {f"n{n}": "1" for n in range(7)}):
        with invalid_parameter():
            shop.call("tag_contact", ContactId=contact, Tags=bad)
    with not_found():
        shop.call("tag_contact", ContactId=samples.token(), Tags={"a": "b"})


# --- routing data -----------------------------------------------------------------------------------------------------


def test_t2_14_5_routing_data(queued):
    shop = queued
    contact = shop.start(ContactFlowId=shop.flow_id)
    shown = shop.queued(contact)
    assert (shown["QueuePriority"], shown["QueueTimeAdjustmentSeconds"]) == (5, 0)  # 2.2.1
    route(shop, contact, QueuePriority=9_223_372_036_854_775_807)
    route(shop, contact, QueueTimeAdjustmentSeconds=-60)
    shown = shop.describe(contact)
    assert (shown["QueuePriority"], shown["QueueTimeAdjustmentSeconds"]) == (9_223_372_036_854_775_807, -60)
    for bad in ({}, {"QueuePriority": 1, "QueueTimeAdjustmentSeconds": 1}):
        with invalid_parameter():
            route(shop, contact, **bad)
    steps = [{"Expiry": {"DurationInSeconds": 30}, "Expression": {"AttributeCondition": {
        "Name": "Language", "Value": "French", "ProficiencyLevel": 4, "ComparisonOperator": "NumberGreaterOrEqualTo"}}}, {
        "Expression": {"AttributeCondition": {"Name": "Language", "Value": "English", "ProficiencyLevel": 1,
                                              "ComparisonOperator": "NumberGreaterOrEqualTo"}}}]
    route(shop, contact, RoutingCriteria={"Steps": steps})
    found = shop.describe(contact)["RoutingCriteria"]
    assert found["ActivationTimestamp"] and [s["Status"] for s in found["Steps"]] == ["ACTIVE", "INACTIVE"]
    assert found["Steps"][0]["Expression"]["AttributeCondition"]["Value"] == "French"
    shop.stop(contact)
    with refused("ResourceConflictException", 409):
        route(shop, contact, QueuePriority=1)
    with not_found():
        route(shop, samples.token(), QueuePriority=1)


def route(shop, contact, **data):
    shop.call("update_contact_routing_data", ContactId=contact, **data)


# --- search -----------------------------------------------------------------------------------------------------------


class Searched:
    """A dozen tasks of one instance, as their descriptions say they are."""

    def __init__(self, shop):
        self.shop = shop
        self.queues = [shop.queue(f"Queue {n}") for n in range(2)]
        self.flows = [shop.flow(tasks.to_queue(queue)) for queue in self.queues]
        self.user = shop.user("ada")
        now = self.begin = tasks.now(shop.server)
        self.ids = {
            "red": self.start("Red parcel", 0, Attributes={"tier": "vip", "lang": "de"}),
            "blue": self.start("Blue parcel lost", 0, Attributes={"tier": "basic"}),
            "green": self.start("Green letter", 1, Attributes={"tier": "vip"}),
            "later": self.start("Parcel: for later", 1, ScheduledTime=now + DAY),
            "sooner": self.start("Letter for sooner", 1, ScheduledTime=now + DAY / 2),
        }
        self.ids["held"] = shop.call("create_contact", Channel="TASK", InitiationMethod="API", Name="Held parcel",
                                     InitiateAs="CONNECTED_TO_USER", UserInfo={"UserId": self.user.id})["ContactId"]
        for name in ("red", "blue", "green"):
            shop.queued(self.ids[name])
        self.ids["moved"] = shop.call("transfer_contact", ContactId=self.ids["blue"], ContactFlowId=self.flows[1])["ContactId"]
        shop.queued(self.ids["moved"])
        shop.call("tag_contact", ContactId=self.ids["red"], Tags={"team": "a", "prio": "high"})
        shop.call("tag_contact", ContactId=self.ids["green"], Tags={"team": "b", "prio": "high"})
        shop.advance(1)
        shop.stop(self.ids["green"])
        self.names = {contact: name for name, contact in self.ids.items()}
        self.shown = {name: shop.describe(contact) for name, contact in self.ids.items()}

    def start(self, name, queue, **more):
        return self.shop.start(name, ContactFlowId=self.flows[queue], **more)

    def search(self, criteria=None, type_="INITIATION_TIMESTAMP", begin=None, end=None, **more):
        """The names found, in the order found, checked against TotalCount and against pages of two."""
        request = {"InstanceId": self.shop.id, "SearchCriteria": criteria or {}, "TimeRange": {
            "Type": type_, "StartTime": begin or self.begin - DAY, "EndTime": end or self.begin + 2 * DAY}} | more
        answer = self.shop.connect.search_contacts(**request)
        assert answer["TotalCount"] == len(answer["Contacts"]) and "NextToken" not in answer
        pages = list(self.shop.connect.get_paginator("search_contacts").paginate(**request, PaginationConfig={"PageSize": 2}))
        assert {page["TotalCount"] for page in pages} == {answer["TotalCount"]}
        assert [len(page["Contacts"]) for page in pages[:-1]] == [2] * (len(pages) - 1)
        assert [c for page in pages for c in page["Contacts"]] == answer["Contacts"]
        return [self.names[contact["Id"]] for contact in answer["Contacts"]]


@pytest.fixture(scope="module")
def searched(moved):
    return Searched(tasks.Shop(moved))


EVERYBODY = {"red", "blue", "green", "later", "sooner", "held", "moved"}


def test_t2_15_3_order(searched):
    def value(field):
        def of(name):
            shown = searched.shown[name]
            return {"INITIATION_TIMESTAMP": shown["InitiationTimestamp"], "SCHEDULED_TIMESTAMP": shown.get("ScheduledTimestamp"),
                    "CONNECTED_TO_AGENT_TIMESTAMP": shown.get("AgentInfo", {}).get("ConnectedToAgentTimestamp"),
                    "DISCONNECT_TIMESTAMP": shown.get("DisconnectTimestamp"), "INITIATION_METHOD": shown["InitiationMethod"],
                    "CHANNEL": shown["Channel"], "EXPIRY_TIMESTAMP": shown["SegmentAttributes"]["connect:ContactExpiry"][
                        "ValueMap"]["ExpiryTimeStamp"]["ValueString"]}[field]
        return of

    default_order = searched.search()
    assert set(default_order) == EVERYBODY
    assert default_order == searched.search(Sort={"FieldName": "INITIATION_TIMESTAMP", "Order": "DESCENDING"})
    for field in ("INITIATION_TIMESTAMP", "SCHEDULED_TIMESTAMP", "CONNECTED_TO_AGENT_TIMESTAMP", "DISCONNECT_TIMESTAMP",
                  "INITIATION_METHOD", "CHANNEL", "EXPIRY_TIMESTAMP"):
        up = searched.search(Sort={"FieldName": field, "Order": "ASCENDING"})
        down = searched.search(Sort={"FieldName": field, "Order": "DESCENDING"})
        assert set(up) == set(down) == EVERYBODY
        known = [v for v in map(value(field), up) if v is not None]
        assert known == sorted(known), field
        known = [v for v in map(value(field), down) if v is not None]
        assert known == sorted(known, reverse=True), field


@pytest.mark.parametrize("type_, member, expected", [
    ("INITIATION_TIMESTAMP", lambda s: s["InitiationTimestamp"], EVERYBODY),
    ("SCHEDULED_TIMESTAMP", lambda s: s["ScheduledTimestamp"], {"later", "sooner"}),
    ("CONNECTED_TO_AGENT_TIMESTAMP", lambda s: s["AgentInfo"]["ConnectedToAgentTimestamp"], {"held"}),
    ("DISCONNECT_TIMESTAMP", lambda s: s["DisconnectTimestamp"], {"blue", "green"}),
    ("ENQUEUE_TIMESTAMP", lambda s: s["QueueInfo"]["EnqueueTimestamp"], {"red", "blue", "green", "moved"})])
def test_t2_15_1_time_ranges(searched, type_, member, expected):
    assert set(searched.search(type_=type_)) == expected
    for name in expected:
        at = member(searched.shown[name])  # both ends are included
        assert name in searched.search(type_=type_, begin=at, end=at)
        assert name not in searched.search(type_=type_, begin=at.timestamp() + 0.001)
        assert name not in searched.search(type_=type_, end=at.timestamp() - 0.001)


def condition(key, value):
    return {"TagKey": key, "TagValue": value}


@pytest.mark.parametrize("criteria, expected", [
    ({"Channels": ["TASK"]}, EVERYBODY),
    ({"Channels": ["VOICE", "CHAT"]}, set()),
    ({"Channels": ["VOICE", "TASK"]}, EVERYBODY),
    ({"InitiationMethods": ["TRANSFER"]}, {"moved"}),
    ({"InitiationMethods": ["API", "TRANSFER"]}, EVERYBODY),
    ({"InitiationMethods": ["INBOUND"]}, set()),
    ({"QueueIds": ["0"]}, {"red", "blue"}),
    ({"QueueIds": ["0", "1"]}, {"red", "blue", "green", "moved"}),
    ({"AgentIds": ["ada"]}, {"held"}),
    ({"AgentIds": ["nobody"]}, set()),
    ({"AgentIds": ["ada"], "QueueIds": ["0"]}, set()),
    ({"Name": {"SearchText": ["parcel"], "MatchType": "MATCH_ALL"}}, {"red", "blue", "later", "held", "moved"}),
    ({"Name": {"SearchText": ["PARCEL", "lost"], "MatchType": "MATCH_ALL"}}, {"blue", "moved"}),
    ({"Name": {"SearchText": ["red", "letter"], "MatchType": "MATCH_ANY"}}, {"red", "green", "sooner"}),
    ({"Name": {"SearchText": ["Red parcel"], "MatchType": "MATCH_EXACT"}}, {"red"}),
    ({"Name": {"SearchText": ["parcel"], "MatchType": "MATCH_EXACT"}}, set()),
    ({"Name": {"SearchText": ["parcel"], "MatchType": "MATCH_NONE"}}, {"green", "sooner"}),
    ({"ContactTags": {"TagCondition": condition("prio", "high")}}, {"red", "green"}),
    ({"ContactTags": {"AndConditions": [condition("prio", "high"), condition("team", "a")]}}, {"red"}),
    ({"ContactTags": {"OrConditions": [[condition("team", "a")], [condition("team", "b")]]}}, {"red", "green"}),
    ({"ContactTags": {"OrConditions": [[condition("team", "a"), condition("prio", "low")]]}}, set()),
    ({"SearchableContactAttributes": {"Criteria": [{"Key": "tier", "Values": ["vip"]}]}}, {"red", "green"}),
    ({"SearchableContactAttributes": {"Criteria": [{"Key": "tier", "Values": ["vip", "basic"]}]}},
     {"red", "green", "blue", "moved"}),  # blue and moved are one chain
    ({"SearchableContactAttributes": {"Criteria": [{"Key": "tier", "Values": ["vip"]}, {"Key": "lang", "Values": ["de"]}]}},
     {"red"}),
    ({"SearchableContactAttributes": {"Criteria": [{"Key": "tier", "Values": ["basic"]}, {"Key": "lang", "Values": ["de"]}],
                                      "MatchType": "MATCH_ANY"}}, {"red", "blue", "moved"}),
    ({"AdditionalTimeRange": {"MatchType": "MATCH_ALL", "Criteria": [{"TimestampCondition": {
        "Type": "DISCONNECT_TIMESTAMP", "ConditionType": "NOT_EXISTS"}}]}}, {"red", "later", "sooner", "held", "moved"}),
    ({"AdditionalTimeRange": {"MatchType": "MATCH_ALL", "Criteria": [
        {"TimestampCondition": {"Type": "DISCONNECT_TIMESTAMP", "ConditionType": "NOT_EXISTS"}},
        {"TimestampCondition": {"Type": "ENQUEUE_TIMESTAMP", "ConditionType": "NOT_EXISTS"}}]}}, {"later", "sooner", "held"}),
    ({"AdditionalTimeRange": {"MatchType": "MATCH_ANY", "Criteria": [
        {"TimeRange": {"Type": "DISCONNECT_TIMESTAMP", "StartTime": 1, "EndTime": 9_000_000_000}},
        {"TimeRange": {"Type": "SCHEDULED_TIMESTAMP", "StartTime": 1, "EndTime": 9_000_000_000}}]}},
     {"blue", "green", "later", "sooner"}),
    ({"ContactAnalysis": {"Transcript": {"Criteria": [{"ParticipantRole": "AGENT", "SearchText": ["hello"],
                                                       "MatchType": "MATCH_ANY"}]}}}, set()),  # 2.15.4
    ({"QueueIds": ["1"], "Name": {"SearchText": ["letter"], "MatchType": "MATCH_ALL"},
      "SearchableContactAttributes": {"Criteria": [{"Key": "tier", "Values": ["vip"]}]},
      "ContactTags": {"TagCondition": condition("team", "b")}}, {"green"}),
])
def test_t2_15_2_criteria(searched, criteria, expected):
    ids = {"0": searched.queues[0], "1": searched.queues[1], "ada": searched.user.id, "nobody": samples.token()}
    filled = {name: [ids[x] for x in value] if name in ("QueueIds", "AgentIds") else value for name, value in criteria.items()}
    assert set(searched.search(filled)) == expected
    for field in ("DISCONNECT_TIMESTAMP", "EXPIRY_TIMESTAMP"):  # other orders find the same
        assert set(searched.search(filled, Sort={"FieldName": field, "Order": "ASCENDING"})) == expected


def test_search_summaries_say_what_describe_says(searched):
    answer = searched.shop.call("search_contacts", TimeRange={
        "Type": "INITIATION_TIMESTAMP", "StartTime": searched.begin - DAY, "EndTime": searched.begin + DAY})
    for summary in answer["Contacts"]:
        shown = searched.shop.describe(summary["Id"])
        assert summary["Arn"] == shown["Arn"]
        for name in set(summary) - {"SegmentAttributes", "AgentInfo", "ContactId"}:
            assert summary[name] == shown[name], name


def test_t2_15_1_bad_searches(searched):
    shop = searched.shop
    good = {"Type": "INITIATION_TIMESTAMP", "StartTime": searched.begin - DAY, "EndTime": searched.begin + DAY}
    token = shop.call("search_contacts", TimeRange=good, MaxResults=2)["NextToken"]
    for request in ({"TimeRange": good | {"StartTime": good["EndTime"] + 1}}, {"TimeRange": good | {"Type": "NEVER"}},
                    {"TimeRange": good, "MaxResults": 101}, {"TimeRange": good, "NextToken": "garbage"},
                    {"TimeRange": good, "NextToken": token, "SearchCriteria": {"Channels": ["TASK"]}},
                    {"TimeRange": good, "Sort": {"FieldName": "NAME", "Order": "ASCENDING"}}):
        with invalid_parameter():
            shop.call("search_contacts", **request)
    with not_found():
        shop.connect.search_contacts(InstanceId=samples.token(), TimeRange=good)
    other = new_instance(shop.connect)
    found = shop.connect.search_contacts(InstanceId=other.id, TimeRange=good)
    assert (found["Contacts"], found["TotalCount"]) == ([], 0)


def test_t2_15_3_a_total_of_many(queued):
    """More tasks than one scan of the server covers: the count stays exact, in each order, with and without filters."""
    shop, begin = queued, tasks.now(queued.server)
    dice = random.Random(7)
    made = [shop.call("create_contact", Channel="TASK", InitiationMethod="API", InitiateAs="COMPLETED",
                      Name=f"Number {n} {'even' if n % 2 == 0 else 'odd'}")["ContactId"] for n in range(250)]
    time_range = {"Type": "INITIATION_TIMESTAMP", "StartTime": begin, "EndTime": tasks.now(shop.server)}
    even = {"Name": {"SearchText": ["even"], "MatchType": "MATCH_ALL"}}
    for criteria, expected in (({}, made), (even, made[::2])):
        for sort in ({"FieldName": "INITIATION_TIMESTAMP", "Order": "ASCENDING"},
                     {"FieldName": "DISCONNECT_TIMESTAMP", "Order": "DESCENDING"}):
            size = dice.randint(60, 100)
            pages = list(shop.connect.get_paginator("search_contacts").paginate(
                InstanceId=shop.id, TimeRange=time_range, SearchCriteria=criteria, Sort=sort,
                PaginationConfig={"PageSize": size}))
            assert {page["TotalCount"] for page in pages} == {len(expected)}
            found = [c["Id"] for page in pages for c in page["Contacts"]]
            assert len(found) == len(set(found)) and set(found) == set(expected)
