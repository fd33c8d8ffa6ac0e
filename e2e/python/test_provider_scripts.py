"""The calls that Terraform's own provider makes for each resource, one after the other (as-code.md 4.1): create, read, update of each
member, a rename with an empty description, delete, a second delete, import. Plain boto3 with the values as the provider sends them."""

import json
import random

import pytest
from botocore.exceptions import ClientError

from helpers import client, invalid_request, not_found
from tasks import document, enqueue, end, target

DAYS = [{"Day": "MONDAY", "StartTime": {"Hours": 9, "Minutes": 0}, "EndTime": {"Hours": 17, "Minutes": 0}}]
ATTRIBUTES = ("AUTO_RESOLVE_BEST_VOICES", "CONTACTFLOW_LOGS", "CONTACT_LENS", "EARLY_MEDIA", "INBOUND_CALLS", "MULTI_PARTY_CONFERENCE", "OUTBOUND_CALLS")
MODULE = json.dumps({
    "Version": "2019-10-30", "StartAction": "end", "Metadata": {}, "Settings": {"InputParameters": [], "OutputParameters": [], "Transitions": []},
    "Actions": [{"Identifier": "end", "Type": "EndFlowModuleExecution", "Parameters": {}, "Transitions": {}}]})


class Provider:
    """Sends calls about one instance."""

    def __init__(self, connect, instance):
        self.connect, self.instance = connect, instance

    def __getattr__(self, operation):
        return lambda **request: getattr(self.connect, operation)(InstanceId=self.instance.id, **request)

    def pages(self, operation, member, size, **request):
        token, found = {}, []
        while True:
            answer = getattr(self, operation)(MaxResults=size, **request, **token)
            found += answer.get(member, [])
            if not answer.get("NextToken"):
                return found
            token = {"NextToken": answer["NextToken"]}

    def retagged(self, arn, read):
        """Tags are changed beside every update, and read from Describe."""
        self.connect.tag_resource(resourceArn=arn, tags={"owner": "b", "stage": "test"})
        self.connect.untag_resource(resourceArn=arn, tagKeys=["Name"])
        assert read()["Tags"] == {"owner": "b", "stage": "test"}

    def gone(self, delete, read):
        """A second delete, and any read after it (as-code 4.1.3)."""
        delete()
        for call in (delete, read):
            with not_found():
                call()


TAGS = {"Tags": {"Name": "made", "owner": "a"}}


@pytest.fixture
def tf(server, connect, instance):
    """The provider's own client sends empty texts, which boto3 would refuse to send."""
    return Provider(client(server.url, parameter_validation=False), instance)


def test_as_code_4_1_instance(connect):
    made = connect.create_instance(
        ClientToken="terraform-20261130000000000000000001", IdentityManagementType="CONNECT_MANAGED", InboundCallsEnabled=True, OutboundCallsEnabled=True,
        InstanceAlias="provider-scripts", Tags={"Name": "a"})["Id"]
    assert connect.describe_instance(InstanceId=made)["Instance"]["InstanceStatus"] == "ACTIVE"
    for attribute in random.sample(ATTRIBUTES, len(ATTRIBUTES)):
        connect.update_instance_attribute(InstanceId=made, AttributeType=attribute, Value=str(attribute != "EARLY_MEDIA").lower())
    shown = {a: connect.describe_instance_attribute(InstanceId=made, AttributeType=a)["Attribute"]["Value"] for a in ATTRIBUTES}
    assert shown == {attribute: str(attribute != "EARLY_MEDIA").lower() for attribute in ATTRIBUTES}
    connect.delete_instance(InstanceId=made)
    with not_found():
        connect.describe_instance(InstanceId=made)


def test_as_code_4_1_4_flows_and_modules_keep_the_bytes_that_were_sent(tf):
    queue = tf.list_queues()["QueueSummaryList"][0]["Id"]
    content = json.dumps(json.loads(document(target("a", queue, "b"), enqueue("b"), end())), indent=3)
    made = tf.create_contact_flow(Name="Flow", Type="CONTACT_FLOW", Content=content, Description="first", **TAGS)
    flow, read = made["ContactFlowId"], lambda: tf.describe_contact_flow(ContactFlowId=flow)["ContactFlow"]
    assert read()["Content"] == content and read()["Tags"] == TAGS["Tags"]
    tf.update_contact_flow_name(ContactFlowId=flow, Name="Renamed", Description="")
    assert read()["Name"] == "Renamed" and not read().get("Description"), "as-code 4.1.1"
    tf.update_contact_flow_content(ContactFlowId=flow, Content=content.replace("\n", "\n "))
    assert read()["Content"] == content.replace("\n", "\n ")
    tf.retagged(made["ContactFlowArn"], read)
    tf.gone(lambda: tf.delete_contact_flow(ContactFlowId=flow), read)

    made = tf.create_contact_flow_module(Name="Module", Content=MODULE, Description="first", **TAGS)
    module, read = made["Id"], lambda: tf.describe_contact_flow_module(ContactFlowModuleId=made["Id"])["ContactFlowModule"]
    assert read()["Content"] == MODULE
    tf.update_contact_flow_module_metadata(ContactFlowModuleId=module, Name="Renamed", Description="")
    assert read()["Name"] == "Renamed" and not read().get("Description"), "as-code 4.1.1"
    tf.update_contact_flow_module_content(ContactFlowModuleId=module, Content=MODULE + " ")
    assert read()["Content"] == MODULE + " "
    tf.retagged(made["Arn"], read)
    tf.gone(lambda: tf.delete_contact_flow_module(ContactFlowModuleId=module), read)


def test_as_code_4_1_hours(tf):
    made = tf.create_hours_of_operation(Name="Hours", TimeZone="Europe/Berlin", Config=DAYS, Description="first", **TAGS)
    hours, read = made["HoursOfOperationId"], lambda: tf.describe_hours_of_operation(HoursOfOperationId=made["HoursOfOperationId"])["HoursOfOperation"]
    tf.update_hours_of_operation(HoursOfOperationId=hours, Config=DAYS * 1, Description="", Name="Renamed", TimeZone="UTC")
    assert (read()["Name"], read()["TimeZone"], read().get("Description", "")) == ("Renamed", "UTC", ""), "as-code 4.1.1"
    tf.retagged(made["HoursOfOperationArn"], read)
    tf.gone(lambda: tf.delete_hours_of_operation(HoursOfOperationId=hours), read)


def quick_connect(tf, name, queue):
    flow = next(f["Id"] for f in tf.list_contact_flows()["ContactFlowSummaryList"] if f["Name"] == "Default queue transfer")
    return tf.create_quick_connect(Name=name, QuickConnectConfig={"QuickConnectType": "QUEUE", "QueueConfig": {"QueueId": queue, "ContactFlowId": flow}}, **TAGS)


def test_as_code_4_1_queue_and_quick_connects(tf):
    hours = tf.list_hours_of_operations()["HoursOfOperationSummaryList"][0]["Id"]
    other = tf.create_hours_of_operation(Name="Other", TimeZone="UTC", Config=DAYS)["HoursOfOperationId"]
    basic = tf.list_queues()["QueueSummaryList"][0]["Id"]
    quick = [quick_connect(tf, f"quick {n}", basic)["QuickConnectId"] for n in range(3)]
    made = tf.create_queue(Name="Queue", HoursOfOperationId=hours, Description="first", MaxContacts=7, QuickConnectIds=quick[:2], **TAGS)
    queue, read = made["QueueId"], lambda: tf.describe_queue(QueueId=made["QueueId"])["Queue"]
    linked = lambda: {one["Id"] for one in tf.pages("list_queue_quick_connects", "QuickConnectSummaryList", 60, QueueId=queue)}
    assert read()["MaxContacts"] == 7 and linked() == set(quick[:2])
    tf.update_queue_hours_of_operation(QueueId=queue, HoursOfOperationId=other)
    tf.update_queue_max_contacts(QueueId=queue, MaxContacts=0)
    tf.update_queue_name(QueueId=queue, Name="Renamed", Description="")
    tf.update_queue_outbound_caller_config(QueueId=queue, OutboundCallerConfig={"OutboundCallerIdName": "Desk"})
    tf.update_queue_status(QueueId=queue, Status="DISABLED")
    tf.associate_queue_quick_connects(QueueId=queue, QuickConnectIds=quick[2:])
    tf.disassociate_queue_quick_connects(QueueId=queue, QuickConnectIds=quick[:1])
    shown = read()
    assert (shown["Name"], shown.get("Description", ""), shown["HoursOfOperationId"], shown["Status"]) == ("Renamed", "", other, "DISABLED"), "as-code 4.1.1"
    assert shown["OutboundCallerConfig"]["OutboundCallerIdName"] == "Desk" and linked() == set(quick[1:])
    tf.retagged(made["QueueArn"], read)
    tf.gone(lambda: tf.delete_queue(QueueId=queue), read)

    made = quick_connect(tf, "Quick", basic)
    one, read = made["QuickConnectId"], lambda: tf.describe_quick_connect(QuickConnectId=made["QuickConnectId"])["QuickConnect"]
    tf.update_quick_connect_name(QuickConnectId=one, Name="Renamed", Description="")
    assert read()["Name"] == "Renamed" and not read().get("Description"), "as-code 4.1.1"
    phone = {"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+491711234567"}}
    tf.update_quick_connect_config(QuickConnectId=one, QuickConnectConfig=phone)
    assert read()["QuickConnectConfig"] == phone
    tf.retagged(made["QuickConnectARN"], read)
    tf.gone(lambda: tf.delete_quick_connect(QuickConnectId=one), read)


def test_as_code_4_1_6_too_many_quick_connects(tf):
    hours = tf.list_hours_of_operations()["HoursOfOperationSummaryList"][0]["Id"]
    basic = tf.list_queues()["QueueSummaryList"][0]["Id"]
    quick = [quick_connect(tf, f"quick {n}", basic)["QuickConnectId"] for n in range(51)]
    with pytest.raises(ClientError) as caught:
        tf.create_queue(Name="Queue", HoursOfOperationId=hours, QuickConnectIds=quick)
    error = caught.value.response["Error"]
    assert (error["Code"], error["Message"]) == ("InvalidParameterException", "QuickConnectIds must include at most 50 items")


def test_as_code_4_1_5_what_the_provider_does_not_know_is_left_as_it_is(tf):
    """It reads a quick connect of type FLOW as one without configuration, and sets no flow's status."""
    content = document(end())
    flow = tf.create_contact_flow(Name="Flow", Type="CONTACT_FLOW", Content=content)["ContactFlowId"]
    config = {"QuickConnectType": "FLOW", "FlowConfig": {"ContactFlowId": flow}}
    one = tf.create_quick_connect(Name="Quick", Description="first", QuickConnectConfig=config)["QuickConnectId"]
    read = lambda: tf.describe_quick_connect(QuickConnectId=one)["QuickConnect"]
    assert read()["QuickConnectConfig"] == config
    tf.update_quick_connect_name(QuickConnectId=one, Name="Renamed", Description="")
    assert (read()["Name"], read()["QuickConnectConfig"]) == ("Renamed", config)
    tf.gone(lambda: tf.delete_quick_connect(QuickConnectId=one), read)

    tf.update_contact_flow_metadata(ContactFlowId=flow, ContactFlowState="ARCHIVED")
    tf.update_contact_flow_name(ContactFlowId=flow, Name="Renamed", Description="")
    tf.update_contact_flow_content(ContactFlowId=flow, Content=content + " ")
    shown = tf.describe_contact_flow(ContactFlowId=flow)["ContactFlow"]
    assert (shown["Name"], shown["State"], shown["Content"]) == ("Renamed", "ARCHIVED", content + " ")


def test_as_code_4_1_routing_profile(tf):
    hours = tf.list_hours_of_operations()["HoursOfOperationSummaryList"][0]["Id"]
    queues = [tf.create_queue(Name=f"queue {n}", HoursOfOperationId=hours)["QueueId"] for n in range(12)]
    pair = lambda queue, priority=1: {"QueueReference": {"QueueId": queue, "Channel": "TASK"}, "Priority": priority, "Delay": 0}
    made = tf.create_routing_profile(
        DefaultOutboundQueueId=queues[0], Description="first", MediaConcurrencies=[{"Channel": "TASK", "Concurrency": 2}], Name="Profile", **TAGS)
    profile = made["RoutingProfileId"]
    read = lambda: tf.describe_routing_profile(RoutingProfileId=profile)["RoutingProfile"]
    linked = lambda: {one["QueueId"] for one in tf.pages("list_routing_profile_queues", "RoutingProfileQueueConfigSummaryList", 60, RoutingProfileId=profile)}
    for batch in (queues[:10], queues[10:]):
        tf.associate_routing_profile_queues(RoutingProfileId=profile, QueueConfigs=[pair(queue) for queue in batch])
    assert linked() == set(queues)
    tf.update_routing_profile_concurrency(RoutingProfileId=profile, MediaConcurrencies=[{"Channel": "TASK", "Concurrency": 5}, {"Channel": "VOICE", "Concurrency": 1}])
    tf.update_routing_profile_default_outbound_queue(RoutingProfileId=profile, DefaultOutboundQueueId=queues[1])
    tf.update_routing_profile_name(RoutingProfileId=profile, Name="Renamed", Description="second")
    tf.disassociate_routing_profile_queues(RoutingProfileId=profile, QueueReferences=[pair(queue)["QueueReference"] for queue in queues[:10]])
    tf.associate_routing_profile_queues(RoutingProfileId=profile, QueueConfigs=[pair(queue, 2) for queue in queues[:2]])
    shown = read()
    assert (shown["Name"], shown["Description"], shown["DefaultOutboundQueueId"]) == ("Renamed", "second", queues[1])
    assert {m["Channel"]: m["Concurrency"] for m in shown["MediaConcurrencies"]} == {"TASK": 5, "VOICE": 1}
    assert linked() == {*queues[:2], *queues[10:]}
    tf.retagged(made["RoutingProfileArn"], read)
    tf.gone(lambda: tf.delete_routing_profile(RoutingProfileId=profile), read)


def test_as_code_4_1_security_profile(tf):
    made = tf.create_security_profile(SecurityProfileName="Profile", Description="first", Permissions=["BasicAgentAccess"], **TAGS)
    profile = made["SecurityProfileId"]
    read = lambda: tf.describe_security_profile(SecurityProfileId=profile)["SecurityProfile"]
    permissions = lambda: tf.pages("list_security_profile_permissions", "Permissions", 60, SecurityProfileId=profile)
    tf.update_security_profile(SecurityProfileId=profile, Permissions=["BasicAgentAccess", "OutboundCallAccess"])
    assert read()["Description"] == "first" and set(permissions()) == {"BasicAgentAccess", "OutboundCallAccess"}
    tf.update_security_profile(SecurityProfileId=profile, Description="second")
    assert read()["Description"] == "second" and len(permissions()) == 2
    tf.retagged(made["SecurityProfileArn"], read)
    tf.gone(lambda: tf.delete_security_profile(SecurityProfileId=profile), read)


def test_as_code_4_1_2_user_hierarchy_and_what_is_left_out(tf):
    tf.update_user_hierarchy_structure(HierarchyStructure={"LevelOne": {"Name": "Site"}, "LevelTwo": {"Name": "Team"}})
    structure = tf.describe_user_hierarchy_structure()["HierarchyStructure"]
    assert (structure["LevelOne"]["Name"], structure["LevelTwo"]["Name"]) == ("Site", "Team")
    made = tf.create_user_hierarchy_group(Name="North", **TAGS)
    group = made["HierarchyGroupId"]
    read_group = lambda: tf.describe_user_hierarchy_group(HierarchyGroupId=group)["HierarchyGroup"]
    tf.update_user_hierarchy_group_name(HierarchyGroupId=group, Name="South")
    assert read_group()["Name"] == "South"
    tf.retagged(made["HierarchyGroupArn"], read_group)

    routing = tf.list_routing_profiles()["RoutingProfileSummaryList"][0]["Id"]
    profiles = tf.list_security_profiles()["SecurityProfileSummaryList"]
    made = tf.create_user(
        PhoneConfig={"PhoneType": "SOFT_PHONE", "AfterContactWorkTimeLimit": 30, "AutoAccept": True}, RoutingProfileId=routing,
        SecurityProfileIds=[profiles[0]["Id"]], Username="ada", HierarchyGroupId=group, Password="Secret-12",
        IdentityInfo={"FirstName": "Ada", "LastName": "Muster", "Email": "ada@example.com"}, **TAGS)
    user, read = made["UserId"], lambda: tf.describe_user(UserId=made["UserId"])["User"]
    assert read()["HierarchyGroupId"] == group
    tf.update_user_hierarchy(UserId=user)
    tf.update_user_identity_info(UserId=user, IdentityInfo={"FirstName": "Ada", "LastName": "Beispiel", "Email": "ada@example.com"})
    tf.update_user_phone_config(UserId=user, PhoneConfig={"PhoneType": "SOFT_PHONE"})
    tf.update_user_routing_profile(UserId=user, RoutingProfileId=routing)
    tf.update_user_security_profiles(UserId=user, SecurityProfileIds=[profiles[1]["Id"]])
    shown = read()
    assert "HierarchyGroupId" not in shown and shown["IdentityInfo"]["LastName"] == "Beispiel"
    assert not shown["PhoneConfig"].get("AutoAccept") and not shown["PhoneConfig"].get("AfterContactWorkTimeLimit"), "as-code 4.1.2"
    assert shown["SecurityProfileIds"] == [profiles[1]["Id"]]
    tf.retagged(made["UserArn"], read)
    tf.gone(lambda: tf.delete_user(UserId=user), read)
    tf.gone(lambda: tf.delete_user_hierarchy_group(HierarchyGroupId=group), read_group)
    tf.update_user_hierarchy_structure(HierarchyStructure={})
    assert not tf.describe_user_hierarchy_structure().get("HierarchyStructure")


def test_as_code_4_1_function(tf):
    arn = "arn:aws:lambda:us-east-1:123456789012:function:look_up"
    listed = lambda: tf.pages("list_lambda_functions", "LambdaFunctions", 25)
    tf.associate_lambda_function(FunctionArn=arn)
    assert listed() == [arn]
    tf.disassociate_lambda_function(FunctionArn=arn)
    assert listed() == []
    with not_found():
        tf.disassociate_lambda_function(FunctionArn=arn)


@pytest.mark.parametrize("operation, member", [
    ("describe_queue", "QueueId"), ("describe_user", "UserId"), ("describe_contact_flow", "ContactFlowId"),
    ("describe_routing_profile", "RoutingProfileId"), ("describe_security_profile", "SecurityProfileId"),
    ("describe_hours_of_operation", "HoursOfOperationId"), ("describe_quick_connect", "QuickConnectId")])
def test_as_code_4_1_3_an_instance_id_cut_out_of_an_arn_is_malformed(connect, operation, member):
    """An ARN as `instance_id` makes an import id that reads back as `arn`: a 404 would make the provider forget the resource."""
    with invalid_request() as caught:
        getattr(connect, operation)(InstanceId="arn", **{member: "11111111-1111-4111-8111-111111111111"})
    assert caught.message.startswith("Invalid request")
