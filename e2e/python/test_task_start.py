"""Tasks from templates: cases 73 to 91 of task-templates section 8 by their numbers, their positive counterparts, every field
type, and every violation in one answer (task-templates 5, tasks 2.3)."""

import pytest

import samples
import tasks
from helpers import invalid_parameter, invalid_request, not_found, property_validation, refused
from rawhttp import assert_error, call
from samples import changed, default, field, named
from test_task_life import expiry

DAY = 86_400
ORDER = {"Order id": {"Type": "STRING", "Value": "A-17"}}


@pytest.fixture
def b(shop):
    """The template of request B in an instance; its flow keeps tasks in a queue."""
    shop.queue_id = shop.queue("Main")
    shop.flow_id = shop.flow(tasks.to_queue(shop.queue_id))
    shop.other_flow = shop.flow(tasks.to_queue(shop.queue_id))
    shop.template_id = shop.template(**samples.base(shop.flow_id))
    return shop


def started(shop, references=None, **more):
    return shop.start(TaskTemplateId=more.pop("TaskTemplateId", shop.template_id), References=ORDER | (references or {}), **more)


def string(value):
    return {"Type": "STRING", "Value": value}


def text(value):
    return {"ValueString": value}


# --- 73 to 75: the template and what it requires ------------------------------------------------------------------------


def test_case_73_inactive_template(b):
    template = b.template(**samples.base(b.flow_id) | {"Name": "Inactive", "Status": "INACTIVE"})
    with invalid_request() as caught:
        started(b, TaskTemplateId=template)
    assert "TaskTemplateId" in caught.message and "INACTIVE" in caught.message


def test_case_74_unknown_template(b):
    for template in (samples.token(), f"{b.arn}/task-template/{samples.token()}"):
        with not_found() as caught:
            started(b, TaskTemplateId=template)
        assert template in caught.message


def test_case_75_required_field_without_value(b):
    for references in ({}, {"Order id": string("")}, {"order id": string("A-17")}):
        with invalid_request() as caught:
            b.start(TaskTemplateId=b.template_id, References=references)
        assert "Order id" in caught.message
    contact = started(b)
    assert b.references(contact) == {"Order id": ("String", "A-17"), "Reason": ("String", "Other")}
    info = b.describe(contact)["TaskTemplateInfo"]
    assert info == {"Arn": f"{b.arn}/task-template/{b.template_id}", "Name": "Refund request"}


def test_r5_5_2_every_missing_field_is_named(b):
    request = samples.base(b.flow_id)
    names = ["Task name", "Description", "Amount", "Order URL", "Approved", "Customer email", "Due", "Order id", "Notes"]
    request["Constraints"]["RequiredFields"] = named(*names)
    template = b.template(**request | {"Name": "Strict"})
    with invalid_request() as caught:
        b.start(TaskTemplateId=template)
    for name in names[1:]:
        assert f'"{name}"' in caught.message
    assert "Reason" not in caught.message and "Task name" not in caught.message


# --- 76, 77: types and values of references ---------------------------------------------------------------------------


@pytest.mark.parametrize("name, kind, wrong", [
    ("Amount", "NUMBER", "STRING"), ("Reason", "STRING", "URL"), ("Order URL", "URL", "STRING"),
    ("Approved", "STRING", "NUMBER"), ("Customer email", "EMAIL", "STRING"), ("Due", "DATE", "NUMBER"),
    ("Order id", "STRING", "NUMBER"), ("Notes", "STRING", "DATE")])
def test_case_76_reference_of_another_type(b, name, kind, wrong):
    with invalid_request() as caught:
        started(b, {name: {"Type": wrong, "Value": "1"}})
    assert f'References["{name}"].Type' in caught.message
    assert kind in caught.message and wrong in caught.message


VALUES = [  # field, type of reference, values that are taken, values that are not
    ("Approved", "STRING", ["true", "false"], ["yes", "True", "1"]),
    ("Order id", "STRING", ["x" * 511, "万" * 511], ["x" * 512, "万" * 512]),
    ("Notes", "STRING", ["x" * 4095, "a\r\n\tb"], ["x" * 4096]),
    ("Reason", "STRING", ["Late", "Damaged"], ["Lost", "late"]),
    ("Amount", "NUMBER", ["-0012.50", "0", "9" * 100], ["12,50", "1e5", "+1", "9" * 101]),
    ("Due", "DATE", ["1767225600", "-1"], ["2026-01-01T00:00:00Z", "1767225600000", "1.5"]),
    ("Order URL", "URL", ["https://example.com/a?b#c"], ["javascript:alert(1)", "example.com", "https://"]),
    ("Customer email", "EMAIL", ["a@b.example"], ["a@b", "a b@c.example", "@b.example"]),
]


@pytest.mark.parametrize("name, kind, good, bad", VALUES, ids=[row[0] for row in VALUES])
def test_case_77_values_of_every_field_type(b, name, kind, good, bad):
    for value in good:
        contact = started(b, {name: {"Type": kind, "Value": value}})
        assert b.references(contact)[name] == (kind.capitalize(), value)
    for value in bad:
        with invalid_request() as caught:
            started(b, {name: {"Type": kind, "Value": value}})
        assert f'References["{name}"].Value' in caught.message


def test_r5_1_3_numbers_of_json(b):
    body = {"InstanceId": b.id, "Name": "N", "TaskTemplateId": b.template_id, "References": ORDER | {
        "Amount": {"Type": "NUMBER", "Value": 12.5}, "Due": {"Type": "DATE", "Value": 1767225600}}}
    answer = call(b.server, "PUT", "/contact/task", body)
    assert answer.status == 200, answer
    found = b.references(answer.json()["ContactId"])
    assert (found["Amount"], found["Due"]) == (("Number", "12.5"), ("Date", "1767225600"))
    body["References"]["Order id"] = {"Type": "STRING", "Value": True}
    assert_error(call(b.server, "PUT", "/contact/task", body), "InvalidParameterException", 400)


def test_r5_1_4_references_of_no_field_are_kept(b):
    extra = {"Extra": {"Type": "URL", "Value": "https://example.com"}, "amount": string("not a number")}
    contact = started(b, extra)
    found = b.references(contact)
    assert (found["Extra"], found["amount"]) == (("Url", "https://example.com"), ("String", "not a number"))
    with invalid_parameter() as caught:  # tasks 2.3.11
        started(b, {"Extra": {"Type": "NUMBER", "Value": "many"}})
    assert 'References["Extra"].Value' in caught.message


def test_r5_5_3_the_name(b):
    with invalid_request() as caught:
        b.start("", TaskTemplateId=b.template_id, References=ORDER)
    assert "Name" in caught.message
    request = samples.base(b.flow_id) | {"Name": "Named"}
    request["Defaults"]["DefaultFieldValues"] += [default("Task name", "Unnamed"), default("Description", "About it")]
    template = b.template(**request)
    shown = b.describe(b.start("", TaskTemplateId=template, References=ORDER))
    assert (shown["Name"], shown["Description"]) == ("Unnamed", "About it")
    answer = call(b.server, "PUT", "/contact/task", {"InstanceId": b.id, "TaskTemplateId": template, "References": ORDER})
    assert "Name" in assert_error(answer, "InvalidParameterException", 400)["Message"]
    shown = b.describe(b.start("", ContactFlowId=b.flow_id))  # without a template a name may be empty
    assert shown.get("Name", "") == ""


# --- 78, 79: which flow runs ------------------------------------------------------------------------------------------


def test_case_78_template_with_flow_and_another_source(b):
    quick = b.quick_connect("FLOW", ContactFlowId=b.other_flow)
    for more, path in (({"ContactFlowId": b.other_flow}, "ContactFlowId"), ({"QuickConnectId": quick}, "QuickConnectId")):
        with invalid_request() as caught:
            started(b, **more)
        assert path in caught.message
    started(b, ContactFlowId=b.flow_id)  # 5.3.2: the template's own does no harm
    started(b, ContactFlowId=f"{b.arn}/contact-flow/{b.flow_id}")


def test_case_79_template_without_flow(b):
    request = samples.base(b.flow_id) | {"Name": "No flow"}
    request["Fields"] += [field("Assign to", "QUICK_CONNECT")]
    del request["ContactFlowId"]
    template = b.template(**request)
    queue = b.queue("Of the quick connect")
    quick = b.quick_connect("QUEUE", QueueId=queue, ContactFlowId=b.flow(
        tasks.document(tasks.enqueue(), tasks.end()), type_="QUEUE_TRANSFER"))
    with invalid_request() as caught:
        started(b, TaskTemplateId=template)
    assert "ContactFlowId" in caught.message and "QuickConnectId" in caught.message
    with invalid_request():  # 5.3.3
        started(b, TaskTemplateId=template, ContactFlowId=b.flow_id, QuickConnectId=quick)
    assert b.queued(started(b, TaskTemplateId=template, ContactFlowId=b.flow_id))["QueueInfo"]["Id"] == b.queue_id
    assert b.queued(started(b, TaskTemplateId=template, QuickConnectId=quick))["QueueInfo"]["Id"] == queue
    request["Defaults"]["DefaultFieldValues"] += [default("Assign to", quick)]
    template = b.template(**request | {"Name": "Default quick connect"})
    assert b.queued(started(b, TaskTemplateId=template))["QueueInfo"]["Id"] == queue
    template = b.template(**request | {"Name": "Both", "ContactFlowId": b.flow_id})  # 5.3.4: the default wins
    assert b.queued(started(b, TaskTemplateId=template))["QueueInfo"]["Id"] == queue


def test_t2_3_1_exactly_one_flow_without_template(b):
    quick = b.quick_connect("FLOW", ContactFlowId=b.other_flow)
    for more in ({}, {"ContactFlowId": b.flow_id, "QuickConnectId": quick}):
        with invalid_request() as caught:
            b.start(**more)
        assert "ContactFlowId" in caught.message and "QuickConnectId" in caught.message
    assert b.queued(b.start(QuickConnectId=quick))["QueueInfo"]["Id"] == b.queue_id


def test_t2_3_18_quick_connects(b):
    user = b.user("ada")
    to_queue = b.flow(tasks.document(tasks.note("note", "enqueue", agent="$.Agent.UserName"), tasks.enqueue(), tasks.end()),
                      type_="AGENT_TRANSFER")
    contact = b.start(QuickConnectId=b.quick_connect("USER", UserId=user.id, ContactFlowId=to_queue))
    assert b.queued(contact)["QueueInfo"]["Id"] == user.id
    assert b.attributes(contact) == {"agent": "ada"}
    queue_info = b.events(contact, "QUEUED")[-1]["detail"]["queueInfo"]
    assert (queue_info["queueArn"], queue_info["queueType"]) == (f"{b.arn}/queue/agent/{user.id}", "AGENT")
    with invalid_request():
        b.start(QuickConnectId=b.quick_connect("PHONE_NUMBER", PhoneNumber="+12065550100"))
    for missing in ({"QuickConnectId": samples.token()}, {"ContactFlowId": samples.token()}):
        with not_found() as caught:
            b.start(**missing)
        assert next(iter(missing)) in caught.message


def test_t2_3_19_a_flow_that_cannot_be_entered(b):
    draft = b.call("create_contact_flow", Name="Draft", Type="CONTACT_FLOW", Content="{}", Status="SAVED")["ContactFlowId"]
    archived = b.flow(tasks.document(tasks.end()))
    b.call("update_contact_flow_metadata", ContactFlowId=archived, ContactFlowState="ARCHIVED")
    queue_flow = b.instance.flows["Default customer queue"]["Id"]
    for flow in (draft, archived, queue_flow, f"{b.flow_id}:$SAVED"):
        with invalid_request() as caught:
            b.start(ContactFlowId=flow)
        assert "ContactFlowId" in caught.message
    for flow in (b.flow_id + ":$LATEST", b.instance.agent_transfer, b.instance.queue_transfer):
        b.start(ContactFlowId=flow)
    version = b.call("create_contact_flow_version", ContactFlowId=b.flow_id)["Version"]
    b.call("update_contact_flow_content", ContactFlowId=b.flow_id, Content=tasks.document(tasks.end()))
    assert b.queued(b.start(ContactFlowId=f"{b.flow_id}:{version}"))  # flows 1.11
    alias = b.call("create_contact_flow_alias", ContactFlowId=b.flow_id, ContactFlowVersion=version, AliasName="live")["Id"]
    assert b.queued(b.start(ContactFlowId=f"{b.flow_id}:{alias}"))


# --- 80: read-only ----------------------------------------------------------------------------------------------------


def test_case_80_read_only_with_default(b):
    request = samples.base(b.flow_id) | {"Name": "Read-only"}
    request["Constraints"] |= {"ReadOnlyFields": named("Notes", "Amount"), "InvisibleFields": named("Notes")}
    request["Defaults"]["DefaultFieldValues"] += [default("Notes", "A")]
    template = b.template(**request)
    with invalid_request() as caught:
        started(b, {"Notes": string("B")}, TaskTemplateId=template)
    assert 'References["Notes"]' in caught.message and "read-only" in caught.message
    for references in ({"Notes": string("A")}, {}):
        contact = started(b, references | {"Amount": {"Type": "NUMBER", "Value": "7"}}, TaskTemplateId=template)
        found = b.references(contact)
        assert (found["Notes"], found["Amount"]) == (("String", "A"), ("Number", "7"))  # 5.7.2


# --- 81, 82: time -----------------------------------------------------------------------------------------------------


def test_case_81_start_time(b):
    now = tasks.now(b.server)
    for when in (now - 3600, now + 91 * DAY):
        with invalid_parameter() as caught:
            started(b, ScheduledTime=when)
        assert "ScheduledTime" in caught.message
    for when in (now + 60, now + 90 * DAY - 60, now + 3600.5):
        contact = started(b, ScheduledTime=when)
        shown = b.describe(contact)
        assert abs(shown["ScheduledTimestamp"].timestamp() - when) < 0.002
        assert "ConnectedToSystemTimestamp" not in shown
        b.stop(contact)


def test_r5_4_1_start_time_by_the_template(b):
    soon = int(tasks.now(b.server)) + 600
    request = samples.base(b.flow_id) | {"Name": "Scheduled"}
    request["Fields"] += [field("Schedule", "SCHEDULED_TIME")]
    request["Defaults"]["DefaultFieldValues"] += [default("Schedule", f"{soon}.25")]
    template = b.template(**request)
    contact = started(b, TaskTemplateId=template)
    assert b.describe(contact)["ScheduledTimestamp"].timestamp() == pytest.approx(soon + 0.25)
    b.advance(660)
    assert b.queued(contact)
    with invalid_request() as caught:  # it is past meanwhile
        started(b, TaskTemplateId=template)
    assert "ScheduledTime" in caught.message
    later = started(b, TaskTemplateId=template, ScheduledTime=soon + 3600)
    assert b.describe(later)["ScheduledTimestamp"].timestamp() == soon + 3600
    b.stop(later)


def test_case_82_expiry(b):
    for minutes in (129_601, 0, -1):
        with invalid_parameter() as caught:
            started(b, SegmentAttributes=expiry(minutes))
        assert 'SegmentAttributes["connect:ContactExpiry"]' in caught.message
    with invalid_parameter():
        started(b, SegmentAttributes={"connect:ContactExpiry": text("60")})
    for minutes in (1, 129_600):
        contact = started(b, SegmentAttributes=expiry(minutes))
        shown = b.describe(contact)["SegmentAttributes"]["connect:ContactExpiry"]["ValueMap"]
        assert shown["ExpiryDuration"] == {"ValueInteger": minutes}
        b.stop(contact)


def test_t2_3_13_the_expiry_counts_from_the_start_time(b):
    contact = started(b, SegmentAttributes=expiry(10), ScheduledTime=tasks.now(b.server) + 3600)
    b.advance(3600 + 300)
    assert "DisconnectTimestamp" not in b.describe(contact)
    b.advance(310)
    assert b.describe(contact)["DisconnectReason"] == "EXPIRED"


# --- 83: self-assignment ----------------------------------------------------------------------------------------------


def test_case_83_self_assignment(b):
    user = b.user("ada")
    mine = {"connect:AssignmentType": text("SELF"), "connect:CreatedByUser": text(user.arn)}
    request = samples.base(b.flow_id) | {"Name": "Self", "SelfAssignFlowId": b.flow(
        tasks.document(tasks.note("note", "enqueue", by="$.Agent.FirstName"), tasks.enqueue(), tasks.end()))}
    request["Fields"] += [field("Self assign", "SELF_ASSIGN"), field("Assign to", "QUICK_CONNECT")]
    template = b.template(**request)
    quick = b.quick_connect("FLOW", ContactFlowId=b.other_flow)
    assignment = 'SegmentAttributes["connect:AssignmentType"]'
    for more, named_by in (
            ({"TaskTemplateId": template, "SegmentAttributes": {"connect:AssignmentType": text("SELF")}}, assignment),
            ({"SegmentAttributes": mine}, assignment),  # B has no SELF_ASSIGN field
            ({"TaskTemplateId": template, "SegmentAttributes": mine, "QuickConnectId": quick}, "QuickConnectId"),
            ({"TaskTemplateId": template, "SegmentAttributes": mine | {
                "connect:CreatedByUser": text(f"{b.arn}/agent/{samples.token()}")}}, "connect:CreatedByUser")):
        with invalid_request() as caught:
            started(b, **more)
        assert named_by in caught.message
    with invalid_request():
        b.start(ContactFlowId=b.flow_id, SegmentAttributes=mine)
    with invalid_parameter():
        started(b, TaskTemplateId=template, SegmentAttributes=mine | {"connect:AssignmentType": text("OTHER")})
    contact = started(b, TaskTemplateId=template, SegmentAttributes=mine)
    shown = b.queued(contact)  # tasks 2.3.16
    assert shown["QueueInfo"]["Id"] == user.id
    assert shown["Attributes"] == {"by": "Ada"}
    assert {k: shown["SegmentAttributes"][k] for k in mine} == mine


def test_t2_3_15_created_by(b):
    user = b.user("ada")
    shown = b.describe(started(b, SegmentAttributes={"connect:CreatedByUser": text(user.arn)}))
    assert shown["SegmentAttributes"]["connect:CreatedByUser"] == text(user.arn)
    with not_found():
        started(b, SegmentAttributes={"connect:CreatedByUser": text(f"{b.arn}/agent/{samples.token()}")})
    with invalid_request():
        started(b, SegmentAttributes={"connect:CreatedByUser": text(user.id)})


def test_t2_3_17_other_segment_attributes(start):
    shop = tasks.Shop(start({"TASKS_PREDEFINED_ATTRIBUTES": "region,tier"}))
    flow = shop.flow(tasks.to_queue(shop.queue()))
    for key in ("connect:Subtype", "connect:Other", "unknown"):
        with invalid_request() as caught:
            shop.start(ContactFlowId=flow, SegmentAttributes={key: text("x")})
        assert f'SegmentAttributes["{key}"]' in caught.message
    contact = shop.start(ContactFlowId=flow, SegmentAttributes={"region": text("north")})
    assert shop.describe(contact)["SegmentAttributes"]["region"] == text("north")
    shop.call("update_contact", ContactId=contact, SegmentAttributes={"tier": text("gold")})
    shown = shop.describe(contact)["SegmentAttributes"]
    assert (shown["region"], shown["tier"]) == (text("north"), text("gold"))
    found = tasks.until(lambda: [e["detail"] for e in tasks.events(shop.server, contact)
                                 if e["detail"]["eventType"] == "CONTACT_DATA_UPDATED"], "told")
    assert [detail["updatedProperties"] for detail in found] == [["SegmentAttributes"]]
    found = shop.call("search_contacts", TimeRange=around(shop), SearchCriteria={})["Contacts"]
    assert found[0]["SegmentAttributes"]["region"] == {"ValueString": "north"}


def around(shop):
    now = tasks.now(shop.server)
    return {"Type": "INITIATION_TIMESTAMP", "StartTime": now - DAY, "EndTime": now + DAY}


# --- 84, 85: references, chains, attachments --------------------------------------------------------------------------


def test_case_84_reference_types(b):
    for kind in ("ATTACHMENT", "EMAIL_MESSAGE", "CONTACT_ANALYSIS", "VOICEMAIL_RECORDING", "VOICEMAIL_ANALYSIS_REDACTED"):
        with invalid_request() as caught:
            started(b, {"File": {"Type": kind, "Value": "x"}})
        assert 'References["File"].Type' in caught.message
    with invalid_parameter():  # not of the model at all
        started(b, {"File": {"Type": "PHONE", "Value": "x"}})


def test_case_85_previous_and_related(b):
    one = started(b)
    with invalid_request() as caught:
        started(b, PreviousContactId=one, RelatedContactId=one)
    assert "PreviousContactId" in caught.message and "RelatedContactId" in caught.message
    for member in ("PreviousContactId", "RelatedContactId"):
        with not_found() as caught:
            started(b, **{member: samples.token()})
        assert member in caught.message


def test_t2_3_22_attachments(b):
    with invalid_request() as caught:
        started(b, Attachments=[{"FileName": "a.txt", "S3Url": "https://example.com/a.txt"}])
    assert "Attachments" in caught.message


def test_every_violation_in_one_answer(b):
    """The same request with many faults: each is named by its member (0.6, 5.5.2)."""
    with invalid_parameter() as caught:
        b.start(TaskTemplateId=b.template_id, ContactFlowId=b.other_flow, ScheduledTime=1, SegmentAttributes=expiry(0) | {
            "connect:CreatedByUser": text("nobody"), "unknown": text("x")}, Attributes={"a b": "x"}, References={
            "Amount": string("7"), "Reason": string("Lost"), "Approved": string("yes"),
            "Extra": {"Type": "NUMBER", "Value": "many"}, "File": {"Type": "ATTACHMENT", "Value": "x"}})
    for path in ("ContactFlowId", "ScheduledTime", 'SegmentAttributes["connect:ContactExpiry"]',
                 'SegmentAttributes["connect:CreatedByUser"]', 'SegmentAttributes["unknown"]', "Attributes",
                 'References["Amount"].Type', 'References["Reason"].Value', 'References["Approved"].Value',
                 'References["Extra"].Value', 'References["File"].Type', "Order id"):
        assert path in caught.message, path


# --- 86 to 91: UpdateContactTaskTemplate ------------------------------------------------------------------------------


@pytest.fixture
def bare(b):
    """A task without template, in a queue."""
    b.contact = b.start("A task", ContactFlowId=b.flow_id, References={"Other": string("x")})
    b.queued(b.contact)
    return b


def retemplate(shop, contact, template=None):
    shop.call("update_contact_task_template", ContactId=contact, TaskTemplateId=template or shop.template_id)


def misfit(shop, references, reason, path):
    contact = shop.start("A task", ContactFlowId=shop.flow_id, References=references)
    with property_validation() as caught:
        retemplate(shop, contact)
    assert isinstance(caught.error, shop.connect.exceptions.PropertyValidationException)
    assert caught.properties() == [(path, reason)]
    assert "TaskTemplateInfo" not in shop.describe(contact)


def test_case_86_required_reference_is_missing(b):
    for references in ({}, {"Order id": string("")}, {"Order ID": string("x")}):
        misfit(b, references, "REQUIRED_PROPERTY_MISSING", 'References["Order id"]')


def test_case_87_reference_of_another_type(b):
    misfit(b, {"Order id": {"Type": "NUMBER", "Value": "1"}}, "TYPE_MISMATCH", 'References["Order id"].Type')
    misfit(b, ORDER | {"Amount": string("1")}, "TYPE_MISMATCH", 'References["Amount"].Type')  # 5.8.4: optional ones too


def test_case_88_value_that_does_not_fit(b):
    misfit(b, {"Order id": string("x" * 512)}, "INVALID_FORMAT", 'References["Order id"].Value')
    misfit(b, ORDER | {"Notes": string("x" * 4096)}, "INVALID_FORMAT", 'References["Notes"].Value')
    misfit(b, ORDER | {"Approved": string("yes")}, "INVALID_FORMAT", 'References["Approved"].Value')
    misfit(b, ORDER | {"Reason": string("Lost")}, "INVALID_FORMAT", 'References["Reason"].Value')


def test_r5_8_every_misfit_at_once(b):
    request = samples.base(b.flow_id) | {"Name": "Strict"}
    request["Constraints"] = {"RequiredFields": named("Task name", "Description", "Order id", "Due")}
    template = b.template(**request)
    contact = b.start("", ContactFlowId=b.flow_id, References={
        "Amount": string("1"), "Approved": string("yes"), "Order id": string("x" * 512)})
    with property_validation() as caught:
        retemplate(b, contact, template)
    assert caught.properties() == [
        ("Name", "REQUIRED_PROPERTY_MISSING"), ("Description", "REQUIRED_PROPERTY_MISSING"),
        ('References["Amount"].Type', "TYPE_MISMATCH"), ('References["Approved"].Value', "INVALID_FORMAT"),
        ('References["Due"]', "REQUIRED_PROPERTY_MISSING"), ('References["Order id"].Value', "INVALID_FORMAT")]


def test_case_89_states_and_templates_that_do_not_go(b):
    contact = started(b)
    inactive = b.template(**samples.base(b.flow_id) | {"Name": "Inactive", "Status": "INACTIVE"})
    for template in (b.template_id, inactive):
        with invalid_request():
            retemplate(b, contact, template)
    b.call("update_task_template", TaskTemplateId=b.template_id, **changed(samples.base(b.flow_id), Description="Second"))
    with invalid_request():  # 5.8.1: whatever version
        retemplate(b, contact)
    b.stop(contact)
    other = b.template(**samples.small(b.flow_id, "Small"))
    with invalid_request():
        retemplate(b, contact, other)
    user = b.user("ada")
    connected = b.call("create_contact", Channel="TASK", InitiationMethod="API", Name="T", InitiateAs="CONNECTED_TO_USER",
                       UserInfo={"UserId": user.id})["ContactId"]
    with invalid_request():
        retemplate(b, connected, other)


def test_case_90_the_sixth_time(bare):
    shop = bare
    templates = [shop.template(**samples.small(shop.flow_id, f"T{n}")) for n in range(6)]
    for template in templates[:3]:
        retemplate(shop, shop.contact, template)
    with invalid_request():  # 5.8.2: what fails does not count
        retemplate(shop, shop.contact, templates[2])
    for template in templates[3:5]:
        retemplate(shop, shop.contact, template)
    with refused("ServiceQuotaExceededException", 402) as caught:
        retemplate(shop, shop.contact, templates[5])
    assert isinstance(caught.error, shop.connect.exceptions.ServiceQuotaExceededException)
    assert shop.describe(shop.contact)["TaskTemplateInfo"]["Name"] == "T4"


def test_case_91_unknown_contact_or_template(bare):
    with not_found():
        retemplate(bare, samples.token())
    with not_found():
        retemplate(bare, bare.contact, samples.token())
    for _ in range(3):
        with not_found():
            bare.connect.update_contact_task_template(
                InstanceId=samples.token(), ContactId=bare.contact, TaskTemplateId=bare.template_id)


def test_r5_8_a_task_that_fits(b):
    """Scheduled tasks too; defaults do not fill, extra references stay, the latest version is pinned (5.8.1, 5.8.5, 5.8.7)."""
    contact = b.start("A task", ContactFlowId=b.flow_id, References=ORDER | {"Extra": string("x")},
                      ScheduledTime=tasks.now(b.server) + 3600)
    b.call("update_task_template", TaskTemplateId=b.template_id, **samples.base(b.flow_id) | {"Name": "Second version"})
    retemplate(b, contact)
    assert b.references(contact) == {"Order id": ("String", "A-17"), "Extra": ("String", "x")}
    shown = b.describe(contact)
    assert shown["TaskTemplateInfo"]["Name"] == "Second version" and "ConnectedToSystemTimestamp" not in shown
    b.stop(contact)
    b.ended(contact)
    b.call("delete_task_template", TaskTemplateId=b.template_id)
    assert b.call("get_task_template", TaskTemplateId=b.template_id, SnapshotVersion="2")["Name"] == "Second version"
    with not_found():
        b.call("get_task_template", TaskTemplateId=b.template_id, SnapshotVersion="1")


# --- the rest of 2.3 --------------------------------------------------------------------------------------------------


def test_t2_3_12_attributes(b):
    for attributes in ({"a b": "x"}, {"a.b": "x"}, {"ü": "x"}, {"a": "x" * 32_767, "b": "xx"}):
        with invalid_parameter() as caught:
            started(b, Attributes=attributes)
        assert "Attributes" in caught.message
    most = {"a": "x" * 32_766, "b": ""}  # keys and values together
    assert b.attributes(started(b, Attributes=most)) == most
    assert b.attributes(started(b, Attributes={"A-_9": "é"})) == {"A-_9": "é"}
    assert b.attributes(started(b)) == {}  # 2.14.3


def test_r5_9_2_a_token_makes_one_task(b):
    request = {"TaskTemplateId": b.template_id, "References": ORDER, "ClientToken": samples.token()}
    contact = b.start(**request)
    assert b.start(**request) == contact
    b.stop(contact)
    assert b.start(**request) == contact  # also when it is over
    with refused("InvalidParameterException", 400):
        b.start("Another", **request)
    assert b.call("search_contacts", TimeRange=around(b))["TotalCount"] == 1


def test_t2_3_20_quotas(start):
    shop = tasks.Shop(start({"LIMITS_OPEN_TASKS_PER_INSTANCE": 3}))
    flow = shop.flow(tasks.to_queue(shop.queue()))
    made = [shop.start(ContactFlowId=flow) for _ in range(2)]
    made.append(shop.start(ContactFlowId=flow, ScheduledTime=tasks.now(shop.server) + 3600))  # 2.3.21
    for _ in range(2):
        with refused("ServiceQuotaExceededException", 402) as caught:
            shop.start(ContactFlowId=flow)
        assert isinstance(caught.error, shop.connect.exceptions.ServiceQuotaExceededException)
    shop.stop(made[0])
    shop.stop(made[0])  # frees no second place
    made[0] = shop.start(ContactFlowId=flow)
    with refused("ServiceQuotaExceededException", 402):
        shop.start(ContactFlowId=flow)
    for contact in made:
        shop.stop(contact)
    for _ in range(3):
        shop.start(ContactFlowId=flow)
    with refused("ServiceQuotaExceededException", 402):
        shop.start(ContactFlowId=flow)


def test_t2_3_20_twelve_tasks_after_one(b):
    first = started(b)
    for _ in range(12):
        last = started(b, PreviousContactId=first)
    for _ in range(2):
        with refused("ServiceQuotaExceededException", 402) as caught:
            started(b, PreviousContactId=first)
        assert "PreviousContactId" in caught.message
    started(b, PreviousContactId=last)


def test_t2_3_23_the_constraints_of_the_model(b):
    for more, path in (({"ClientToken": "t" * 501}, "ClientToken"), ({"Name": "n" * 1025}, "Name"),
                       ({"Description": "d" * 4097}, "Description"), ({"TaskTemplateId": "t" * 501}, "TaskTemplateId"),
                       ({"References": {"r": string("v" * 4097)}}, "References")):
        with invalid_parameter() as caught:
            b.call("start_task_contact", **{"Name": "N", "TaskTemplateId": b.template_id, "References": ORDER} | more)
        assert path in caught.message
    with not_found():
        b.connect.start_task_contact(InstanceId=samples.token(), Name="N", ContactFlowId=b.flow_id)
    answer = call(b.server, "PUT", "/contact/task", b'{"InstanceId":')
    assert_error(answer, "InvalidRequestException", 400)
