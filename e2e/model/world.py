"""The server's content that requests refer to, and the requests that make it."""

from __future__ import annotations

import copy
import functools
import itertools
import json
import time
from typing import Any

import awsmodel
import server
import template_rules
from client import ABSENT, Answer, Client, Request

FLOW_CONTENT = json.dumps({
    "Version": "2019-10-30",
    "StartAction": "end",
    "Metadata": {},
    "Actions": [{"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}],
})

MODULE_CONTENT = json.dumps({
    "Version": "2019-10-30",
    "StartAction": "end",
    "Metadata": {},
    "Settings": {"InputParameters": [], "OutputParameters": [], "Transitions": [
        {"DisplayName": "Success", "ReferenceName": "Success", "Description": ""}, {"DisplayName": "Error", "ReferenceName": "Error", "Description": ""}]},
    "Actions": [{"Identifier": "end", "Type": "EndFlowModuleExecution", "Parameters": {}, "Transitions": {}}],
})


class World:
    """The server's content that base requests refer to, made on first use."""

    def __init__(self, client: Client):
        self.client = client
        self.instance = server.INSTANCE
        self.arn = f"arn:aws:connect:{server.REGION}:{server.ACCOUNT}:instance/{self.instance}"
        self.counter = itertools.count(1)
        self.made: set[str] = set()
        self.levels = False  # whether the hierarchy has its five levels
        self.spares: dict[str, str] = {}
        self.names: dict[str, set[str]] = {}
        self.tokens: set[tuple[str, str]] = set()
        self.used_tokens: set[str] = set()
        self.bodies: dict[tuple[str, str], dict[str, Any]] = {}
        self.flows = self._flows()
        self.flow = self.flow_of("CONTACT_FLOW")
        self.queue = self._listed("ListQueues", "QueueSummaryList", "Id", "QueueType", "STANDARD")
        self.hours = self._listed("ListHoursOfOperations", "HoursOfOperationSummaryList", "Id")
        self.routing_profile = self._listed("ListRoutingProfiles", "RoutingProfileSummaryList", "Id")
        self.security_profile = self._listed("ListSecurityProfiles", "SecurityProfileSummaryList", "Id", "Name", "Agent")
        self.module = self.must(create_module(self))["Id"]
        self.saved_flow = self.must(self.request(
            "CreateContactFlow", InstanceId=self.instance, Name=self.unique("draft"), Type="CONTACT_FLOW", Content=FLOW_CONTENT, Status="SAVED"))["ContactFlowId"]
        self.quick_connect = self.must(self.request("CreateQuickConnect", InstanceId=self.instance, Name=self.unique("quick"), QuickConnectConfig={
            "QuickConnectType": "FLOW", "FlowConfig": {"ContactFlowId": self.flow}}))["QuickConnectId"]

    def request(self, operation: str, **members: Any) -> Request:
        """A request with the members where the model wants them; None leaves a member out."""
        op = awsmodel.Operation(operation)
        labels, query, body = {}, [], {}
        for name, member in op.input["members"].items():
            value, wire = copy.deepcopy(members.pop(name, None)), awsmodel.wire_name(name, member)
            place = awsmodel.place_of(member)
            if place == "uri":
                labels[wire] = value
            elif value is None:
                continue
            elif place == "query":
                query += [(wire, v) for v in (value if isinstance(value, list) else [value])]
            else:
                body[wire] = value
        assert not members, f"{operation} has no member {sorted(members)}"
        return Request(op.method, op.uri, labels, query, body if op.has_body else ABSENT)

    def must(self, request: Request) -> dict[str, Any]:
        answer = self.client.send(request)
        assert answer.status == 200, f"{request.describe()}\n{answer.describe()}"
        self.note(answer)
        return answer.json

    def note(self, answer: Answer) -> None:
        """Keeps the ids of what a call has made, for test_the_books.py."""
        self.made |= {answer.json[member] for member in ("ContactId", "QueueId", "UserId") if answer.json.get(member)}

    def unique(self, word: str) -> str:
        return f"{word}-{next(self.counter)}"

    def _flows(self) -> list[dict[str, Any]]:
        return self.must(self.request("ListContactFlows", InstanceId=self.instance, MaxResults="1000"))["ContactFlowSummaryList"]

    def flow_of(self, kind: str) -> str:
        return next(f["Id"] for f in self.flows if f["ContactFlowType"] == kind)

    def _listed(self, operation: str, answer: str, member: str, where: str = "", value: str = "") -> str:
        """What a new instance has of a kind: the first one, or the first with that value."""
        found = self.must(self.request(operation, InstanceId=self.instance, MaxResults="1000"))[answer]
        return next(one[member] for one in found if not where or one.get(where) == value)

    def spare(self, kind: str) -> str:
        """The id of a thing that a request may use up; gone after `spend`."""
        if kind not in self.spares:
            make = {
                "template": lambda: self.must(create_template(self))["Id"], "instance": lambda: self.must(create_instance(self))["Id"],
                "flow": lambda: self.must(create_flow(self))["ContactFlowId"], "module": lambda: self.must(create_module(self))["Id"],
                "flow version": lambda: self._version("flow", "ContactFlow"), "module version": lambda: self._version("module", "ContactFlowModule"),
                "flow alias": lambda: self._alias("flow", "ContactFlow"), "module alias": lambda: self._alias("module", "ContactFlowModule"),
                "function": lambda: self._function(),
                "user": lambda: self.must(create_user(self))["UserId"], "agent": lambda: self.must(create_user(self))["UserId"],
                # No entry changes or deletes these three.
                "fixed template": lambda: self.must(create_template(self))["Id"], "fixed contact": lambda: self.must(create_contact(self))["ContactId"],
                "inactive template": lambda: self.must(self.request("CreateTaskTemplate", InstanceId=self.instance, **template_body(self) | {"Status": "INACTIVE"}))["Id"],
                "hours": lambda: self.must(create_hours(self))["HoursOfOperationId"], "doomed hours": lambda: self.must(create_hours(self))["HoursOfOperationId"],
                "override": lambda: self.must(create_override(self))["HoursOfOperationOverrideId"],
                "doomed override": lambda: self.must(create_override(self))["HoursOfOperationOverrideId"],
                "queue": lambda: self.must(create_queue(self))["QueueId"], "doomed queue": lambda: self.must(create_queue(self))["QueueId"],
                "phone": lambda: self._phone(), "quick connect": lambda: self._phone(),
                "status": lambda: self.must(self.request("CreateAgentStatus", InstanceId=self.instance, Name=self.unique("status"), State="ENABLED"))["AgentStatusId"],
                "security": lambda: self._security(), "lost security": lambda: self._security(), "group": lambda: self._group(), "lost group": lambda: self._group(),
                "routing profile": lambda: self._profile(), "attribute": lambda: self._attribute(),
                "craft": lambda: self._attribute("wood", "glass"), "craftsman": lambda: self._craftsman(),
                "contact": lambda: self.must(create_contact(self))["ContactId"], "bare contact": lambda: self.must(create_contact(self, Name=None, References=None))["ContactId"],
                "ended contact": lambda: self.must(create_contact(self, InitiateAs="COMPLETED"))["ContactId"],
                "scheduled contact": lambda: self.must(start_task(self))["ContactId"], "paused contact": lambda: self._paused(),
            }
            self.spares[kind] = make[kind]()
        return self.spares[kind]

    def _security(self) -> str:
        return self.must(self.request("CreateSecurityProfile", InstanceId=self.instance, SecurityProfileName=self.unique("profile")))["SecurityProfileId"]

    def _group(self) -> str:
        """Below another one, so that two levels of the structure have groups."""
        if not self.levels:
            levels = {member: {"Name": member} for member in ("LevelOne", "LevelTwo", "LevelThree", "LevelFour", "LevelFive")}
            self.must(self.request("UpdateUserHierarchyStructure", InstanceId=self.instance, HierarchyStructure=levels))
            top = self._hierarchy_group()
            self._hierarchy_group(top)
            self.levels = True
        return self._hierarchy_group()

    def _hierarchy_group(self, parent: str | None = None) -> str:
        request = self.request("CreateUserHierarchyGroup", InstanceId=self.instance, Name=self.unique("group"), ParentGroupId=parent)
        return self.must(request)["HierarchyGroupId"]

    def _phone(self) -> str:
        config = {"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+491711234567"}}
        return self.must(self.request("CreateQuickConnect", InstanceId=self.instance, Name=self.unique("quick"), QuickConnectConfig=config))["QuickConnectId"]

    def _profile(self) -> str:
        pairs = [{"QueueReference": {"QueueId": self.queue, "Channel": channel}, "Priority": 1, "Delay": 0} for channel in ("VOICE", "TASK")]
        return self.must(self.request(
            "CreateRoutingProfile", InstanceId=self.instance, Name=self.unique("profile"), Description="Spare", DefaultOutboundQueueId=self.queue, QueueConfigs=pairs,
            MediaConcurrencies=[{"Channel": "TASK", "Concurrency": 1}]))["RoutingProfileId"]

    def _attribute(self, *values: str) -> str:
        name = self.unique("attribute")
        self.must(self.request("CreatePredefinedAttribute", InstanceId=self.instance, Name=name, Values={"StringList": list(values)}))
        return name

    def _craftsman(self) -> str:
        """A user with a proficiency."""
        made = self.must(create_user(self))["UserId"]
        has = [{"AttributeName": self.spare("craft"), "AttributeValue": "wood", "Level": 3}]
        self.must(self.request("AssociateUserProficiencies", InstanceId=self.instance, UserId=made, UserProficiencies=has))
        return made

    def _paused(self) -> str:
        made = self.must(create_contact(self))["ContactId"]
        self.must(self.request("PauseContact", InstanceId=self.instance, ContactId=made))
        return made

    def stop(self, contact: str) -> None:
        self.must(self.request("StopContact", InstanceId=self.instance, ContactId=contact))

    def _version(self, kind: str, prefix: str) -> str:
        made = self.must(self.request(f"Create{prefix}Version", InstanceId=self.instance, **{f"{prefix}Id": self.spare(kind)}))
        return str(made["Version"])

    def _function(self) -> str:
        """The ARN of a function that is associated."""
        arn = f"arn:aws:lambda:us-east-1:123456789012:function:{self.unique('f')}"
        self.must(self.request("AssociateLambdaFunction", InstanceId=self.instance, FunctionArn=arn))
        return arn

    def _alias(self, kind: str, prefix: str) -> str:
        """Of a version that no other alias names."""
        labels = {f"{prefix}Id": self.spare(kind), f"{prefix}Version": int(self._version(kind, prefix))}
        return self.must(self.request(f"Create{prefix}Alias", InstanceId=self.instance, AliasName=self.unique("alias"), **labels))["Id"]

    def spend(self, kind: str) -> None:
        self.spares.pop(kind, None)

    @functools.cached_property
    def known(self) -> template_rules.Known:
        usable = {f["Id"] for f in self.flows if f["ContactFlowType"] in ("CONTACT_FLOW", "AGENT_TRANSFER", "QUEUE_TRANSFER")}
        return template_rules.Known(usable, {f["Id"] for f in self.flows} - usable, {self.quick_connect}, {self.module}, self.arn, set())


def template_body(w: World) -> dict[str, Any]:
    """Every member. The last field, option, default and constraint are the ones tried; nothing else refers to the last field."""
    named = lambda *names: [{"Id": {"Name": n}} for n in names]
    return {
        "Name": w.unique("template"),
        "Description": "About refunds",
        "ContactFlowId": w.flow,
        "SelfAssignFlowId": w.flow,
        "ContactHooks": {"WrapUpFlowId": w.module},
        "Constraints": {
            "RequiredFields": named("Task name", "Order id"),
            "ReadOnlyFields": named("Details", "Notes"),
            "InvisibleFields": named("Amount", "Notes"),
        },
        "Defaults": {"DefaultFieldValues": [{"Id": {"Name": "Notes"}, "DefaultValue": "none"}, {"Id": {"Name": "Details"}, "DefaultValue": "line one\nline two"}]},
        "Status": "ACTIVE",
        "Fields": [
            {"Id": {"Name": "Task name"}, "Type": "NAME"},
            {"Id": {"Name": "Details"}, "Type": "DESCRIPTION"},
            {"Id": {"Name": "Order id"}, "Type": "TEXT"},
            {"Id": {"Name": "Amount"}, "Type": "NUMBER"},
            {"Id": {"Name": "Notes"}, "Type": "TEXT_AREA"},
            {"Id": {"Name": "Reason"}, "Description": "Why", "Type": "SINGLE_SELECT", "SingleSelectOptions": ["Damaged", "Late", "Other"]},
        ],
    }


def create_template(w: World) -> Request:
    return w.request("CreateTaskTemplate", InstanceId=w.instance, ClientToken=w.unique("token"), **template_body(w))


def create_instance(w: World) -> Request:
    return w.request("CreateInstance", ClientToken=w.unique("token"), IdentityManagementType="CONNECT_MANAGED", InstanceAlias=w.unique("alias"),
                     InboundCallsEnabled=True, OutboundCallsEnabled=False, Tags={"team": "blue"})


def create_flow(w: World) -> Request:
    return w.request("CreateContactFlow", InstanceId=w.instance, Name=w.unique("flow"), Type="CONTACT_FLOW", Content=FLOW_CONTENT)


def create_module(w: World) -> Request:
    return w.request("CreateContactFlowModule", InstanceId=w.instance, Name=w.unique("module"), Description="A module", Content=MODULE_CONTENT, Tags={"team": "blue"},
                     ClientToken=w.unique("token"), Settings="{}", ExternalInvocationConfiguration={"Enabled": False})


CHANNEL_CONFIGS = {
    "AutoAcceptConfigs": [{"Channel": "VOICE", "AutoAccept": False, "AgentFirstCallbackAutoAccept": False}],
    "AfterContactWorkConfigs": [{
        "Channel": "VOICE", "AfterContactWorkConfig": {"AfterContactWorkTimeLimit": 20}, "AgentFirstCallbackAfterContactWorkConfig": {"AfterContactWorkTimeLimit": 10}}],
    "PhoneNumberConfigs": [{"Channel": "VOICE", "PhoneType": "SOFT_PHONE", "PhoneNumber": "+491711234567"}],
    "PersistentConnectionConfigs": [{"Channel": "VOICE", "PersistentConnection": False}],
    "VoiceEnhancementConfigs": [{"Channel": "VOICE", "VoiceEnhancementMode": "NONE"}]}


PASSWORD = "Correct-Horse-7"


def create_user(w: World) -> Request:
    """Every member that needs nothing beyond a new instance."""
    return w.request(
        "CreateUser", InstanceId=w.instance, Username=w.unique("user"), Password=PASSWORD, SecurityProfileIds=[w.security_profile], RoutingProfileId=w.routing_profile,
        IdentityInfo={"FirstName": "Ada", "LastName": "Lovelace", "Email": "ada@example.com", "SecondaryEmail": "al@example.com", "Mobile": "+491711234567"},
        PhoneConfig={"PhoneType": "SOFT_PHONE", "AutoAccept": False, "AfterContactWorkTimeLimit": 30, "DeskPhoneNumber": "+491711234567", "PersistentConnection": False},
        VoiceEnhancementConfigs=[{"Channel": "VOICE", "VoiceEnhancementMode": "NONE"}],
        Tags={"team": "blue"})


def create_contact(w: World, **more: Any) -> Request:
    """A task that no flow runs on: it stays as it is until somebody changes it. It fits the template of `template_body`."""
    members = {"Name": "Call back", "References": {"Order id": {"Type": "STRING", "Value": "4711"}}} | more
    return w.request("CreateContact", InstanceId=w.instance, Channel="TASK", InitiationMethod="API", **members)


def start_task(w: World, **more: Any) -> Request:
    """A task for later: its flow does not run while the suite does."""
    members = {"ContactFlowId": w.flow, "ScheduledTime": int(time.time()) + 86_400} | more
    return w.request("StartTaskContact", InstanceId=w.instance, Name="Call back", **members)


def create_hours(w: World) -> Request:
    window = {"Day": "MONDAY", "StartTime": {"Hours": 9, "Minutes": 0}, "EndTime": {"Hours": 17, "Minutes": 0}}
    return w.request("CreateHoursOfOperation", InstanceId=w.instance, Name=w.unique("hours"), Description="Office", TimeZone="Europe/Berlin", Config=[window], Tags={"team": "blue"})


def create_override(w: World) -> Request:
    window = {"Day": "MONDAY", "StartTime": {"Hours": 10, "Minutes": 0}, "EndTime": {"Hours": 0, "Minutes": 0}}
    return w.request("CreateHoursOfOperationOverride", InstanceId=w.instance, HoursOfOperationId=w.spare("hours"), Name=w.unique("override"), Config=[window],
                     EffectiveFrom="2026-01-01", EffectiveTill="2026-12-31")


def create_queue(w: World) -> Request:
    return w.request("CreateQueue", InstanceId=w.instance, Name=w.unique("queue"), HoursOfOperationId=w.hours)
