//! Valid requests that together contain every stored member, and the data read back after each.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use store::Kind;
use wire::Op;

use crate::bench::{Bench, NOW};
use crate::flow_modules::module_document;

mod profiles;

/// An accepted request, and what the readers of the list answered after it.
pub(super) struct Written {
    pub(super) op: Op,
    pub(super) labels: Vec<String>,
    pub(super) body: Value,
    pub(super) answers: BTreeMap<&'static str, Value>,
}

/// Sends requests one after the other.
struct Scribe<'a> {
    bench: &'a Bench,
    written: Vec<Written>,
}

impl Scribe<'_> {
    /// Sends a good request. The labels after the instance are given.
    async fn send(&mut self, op: Op, labels: &[&str], body: Value) -> Value {
        let mut all: Vec<&str> =
            op.uri().split('/').filter(|part| *part == "{InstanceId}").map(|_| &*self.bench.instance).collect();
        all.extend(labels);
        let answer = self.bench.send(op, &all, body.clone()).await.ok();
        let labels = all.into_iter().map(str::to_owned).collect();
        self.written.push(Written { op, labels, body, answers: BTreeMap::new() });
        answer
    }

    /// Records the current answer of `op` for the last request.
    async fn read(&mut self, op: Op, labels: &[&str], query: &str) {
        let mut all: Vec<&str> =
            op.uri().split('/').filter(|part| *part == "{InstanceId}").map(|_| &*self.bench.instance).collect();
        all.extend(labels);
        let answer = self.bench.get(op, &all, query).await.ok();
        self.note(op.name(), answer);
    }

    fn note(&mut self, reader: &'static str, answer: Value) {
        self.written.last_mut().expect("a request").answers.insert(reader, answer);
    }

    /// The stored state of a resource: its row, and quick connects that it has as links.
    async fn note_row(&mut self, kind: Kind, id: &str) {
        let (store, instance) = (self.bench.service.store(), &self.bench.instance);
        let row = store.resource(instance, kind, id).await.expect("a read").expect("the row");
        let mut body: Value = serde_json::from_str(&row.body).expect("a body");
        let links = store.link_page(instance, kind, id, "QUICK_CONNECT", None, 700).await.expect("a read");
        body["QuickConnectIds"] = links.into_iter().map(|link| link.to_id).collect();
        self.note("row", body);
    }

    async fn task(&mut self, id: &str) {
        self.read(Op::DescribeContact, &[id], "").await;
        let types = "referenceTypes=URL&referenceTypes=NUMBER&referenceTypes=STRING&referenceTypes=ATTACHMENT";
        self.read(Op::ListContactReferences, &[id], types).await;
        self.read(Op::GetContactAttributes, &[id], "").await;
    }
}

fn id(answer: &Value, member: &str) -> String {
    answer[member].as_str().expect("an id").to_owned()
}

/// Everything, on one bench.
pub(super) async fn written(bench: &Bench) -> Vec<Written> {
    let mut scribe = Scribe { bench, written: Vec::new() };
    instance(&mut scribe).await;
    flows(&mut scribe).await;
    let module = modules(&mut scribe).await;
    let user = users(&mut scribe).await;
    quick_connects(&mut scribe, &user).await;
    hours(&mut scribe).await;
    profiles::predefined_attributes(&mut scribe).await;
    profiles::routing_profiles(&mut scribe).await;
    profiles::instance_extras(&mut scribe).await;
    templates(&mut scribe, &module).await;
    tasks(&mut scribe, &user).await;
    routing(&mut scribe).await;
    scribe.written
}

async fn instance(scribe: &mut Scribe<'_>) {
    let body = json!({
        "IdentityManagementType": "EXISTING_DIRECTORY", "InstanceAlias": "elsewhere", "DirectoryId": "d-0123456789",
        "InboundCallsEnabled": true, "OutboundCallsEnabled": false, "Tags": {"team": "blue"},
    });
    let other = id(&scribe.send(Op::CreateInstance, &[], body).await, "Id");
    let described = scribe.bench.get(Op::DescribeInstance, &[&other], "").await.ok();
    scribe.note("DescribeInstance", described);
    let row = scribe.bench.service.store().instance(&other).await.expect("a read").expect("the instance");
    scribe.note("row", serde_json::from_str(&row.body).expect("a body"));
    let arn = format!("arn:aws:connect:us-east-1:123456789012:instance/{other}");
    scribe.send(Op::TagResource, &[&arn], json!({"tags": {"floor": "3"}})).await;
    scribe.read(Op::ListTagsForResource, &[&arn], "").await;
}

fn document(note: &str) -> String {
    json!({
        "Version": "2019-10-30", "StartAction": "end", "Metadata": {"note": note},
        "Actions": [{"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}],
    })
    .to_string()
}

async fn flows(scribe: &mut Scribe<'_>) {
    let body = json!({
        "Name": "Written", "Type": "CONTACT_FLOW", "Description": "first words", "Content": document("one"),
        "Status": "PUBLISHED", "Tags": {"team": "green"},
    });
    let flow = id(&scribe.send(Op::CreateContactFlow, &[], body).await, "ContactFlowId");
    scribe.read(Op::DescribeContactFlow, &[&flow], "").await;
    scribe.send(Op::UpdateContactFlowContent, &[&flow], json!({"Content": document("two")})).await;
    scribe.read(Op::DescribeContactFlow, &[&flow], "").await;
    scribe.send(Op::UpdateContactFlowName, &[&flow], json!({"Name": "Renamed", "Description": "second words"})).await;
    scribe.read(Op::DescribeContactFlow, &[&flow], "").await;
    let version = json!({
        "Description": "the first version", "ContactFlowVersion": 1, "LastModifiedTime": 1_767_225_600,
        "LastModifiedRegion": "eu-west-2", "FlowContentSha256": engine::contact_flow::sha256_hex(&document("two")),
    });
    scribe.send(Op::CreateContactFlowVersion, &[&flow], version).await;
    scribe.read(Op::ListContactFlowVersions, &[&flow], "").await;
    scribe.send(Op::CreateContactFlowVersion, &[&flow], json!({"Description": "the second version"})).await;
    scribe.read(Op::ListContactFlowVersions, &[&flow], "").await;
    let alias = json!({"AliasName": "Live", "ContactFlowVersion": 1, "Description": "what runs"});
    let alias = id(&scribe.send(Op::CreateContactFlowAlias, &[&flow], alias).await, "Id");
    scribe.read(Op::DescribeContactFlowAlias, &[&flow, &alias], "").await;
    let change = json!({"Name": "Next", "ContactFlowVersion": 2, "Description": "what will run"});
    scribe.send(Op::UpdateContactFlowAlias, &[&flow, &alias], change).await;
    scribe.read(Op::DescribeContactFlowAlias, &[&flow, &alias], "").await;
    let metadata = json!({"Name": "Again", "Description": "third words", "ContactFlowState": "ARCHIVED"});
    scribe.send(Op::UpdateContactFlowMetadata, &[&flow], metadata).await;
    scribe.read(Op::DescribeContactFlow, &[&flow], "").await;
}

async fn modules(scribe: &mut Scribe<'_>) -> String {
    let body = json!({
        "Name": "Written", "Description": "first words", "Content": module_document("one"), "Tags": {"team": "red"},
        "Settings": "{}", "ExternalInvocationConfiguration": {"Enabled": true}, "ClientToken": "once",
    });
    let module = id(&scribe.send(Op::CreateContactFlowModule, &[], body).await, "Id");
    scribe.read(Op::DescribeContactFlowModule, &[&module], "").await;
    let content = json!({"Content": module_document("two"), "Settings": "{ }"});
    scribe.send(Op::UpdateContactFlowModuleContent, &[&module], content).await;
    scribe.read(Op::DescribeContactFlowModule, &[&module], "").await;
    for n in 1..=2 {
        let version = json!({
            "Description": format!("version {n}"),
            "FlowModuleContentSha256": engine::contact_flow::sha256_hex(&module_document("two")),
        });
        scribe.send(Op::CreateContactFlowModuleVersion, &[&module], version).await;
        scribe.read(Op::ListContactFlowModuleVersions, &[&module], "").await;
    }
    let alias = json!({"AliasName": "Live", "ContactFlowModuleVersion": 1, "Description": "what runs"});
    let alias = id(&scribe.send(Op::CreateContactFlowModuleAlias, &[&module], alias).await, "Id");
    scribe.read(Op::DescribeContactFlowModuleAlias, &[&module, &alias], "").await;
    let change = json!({"Name": "Next", "ContactFlowModuleVersion": 2, "Description": "what will run"});
    scribe.send(Op::UpdateContactFlowModuleAlias, &[&module, &alias], change).await;
    scribe.read(Op::DescribeContactFlowModuleAlias, &[&module, &alias], "").await;
    let metadata = json!({"Name": "Again", "Description": "second words", "State": "ACTIVE"});
    scribe.send(Op::UpdateContactFlowModuleMetadata, &[&module], metadata).await;
    scribe.read(Op::DescribeContactFlowModule, &[&module], "").await;
    module
}

async fn first_id(bench: &Bench, op: Op, list: &str) -> String {
    let answer = bench.get(op, &[&bench.instance], "").await.ok();
    id(&answer[list][0], "Id")
}

async fn users(scribe: &mut Scribe<'_>) -> String {
    let bench = scribe.bench;
    let group = hierarchy(scribe).await;
    let profile = first_id(bench, Op::ListSecurityProfiles, "SecurityProfileSummaryList").await;
    let routing = first_id(bench, Op::ListRoutingProfiles, "RoutingProfileSummaryList").await;
    let identity = |name: &str| {
        json!({
            "FirstName": name, "LastName": format!("{name} last"), "Email": format!("{name}@example.com"),
            "SecondaryEmail": format!("{name}@example.org"), "Mobile": "+12065550100",
        })
    };
    let phone = json!({
        "PhoneType": "DESK_PHONE", "AutoAccept": true, "AfterContactWorkTimeLimit": 31, "DeskPhoneNumber": "+12065550101",
        "PersistentConnection": true,
    });
    let configs = |seconds: i64| {
        json!({
            "AutoAcceptConfigs": [{"Channel": "VOICE", "AutoAccept": true, "AgentFirstCallbackAutoAccept": true}],
            "AfterContactWorkConfigs": [{
                "Channel": "VOICE", "AfterContactWorkConfig": {"AfterContactWorkTimeLimit": seconds},
                "AgentFirstCallbackAfterContactWorkConfig": {"AfterContactWorkTimeLimit": seconds + 1},
            }],
            "PhoneNumberConfigs": [{"Channel": "VOICE", "PhoneType": "SOFT_PHONE", "PhoneNumber": "+12065550102"}],
            "PersistentConnectionConfigs": [{"Channel": "VOICE", "PersistentConnection": true}],
            "VoiceEnhancementConfigs": [{"Channel": "VOICE", "VoiceEnhancementMode": "NOISE_SUPPRESSION"}],
        })
    };
    let mut body = json!({
        "Username": "ada", "Password": "Secret-12", "DirectoryUserId": "directory-7", "IdentityInfo": identity("ada"),
        "PhoneConfig": phone, "SecurityProfileIds": [profile], "RoutingProfileId": routing, "HierarchyGroupId": group,
        "Tags": {"team": "grey"},
    });
    let user = id(&scribe.send(Op::CreateUser, &[], body.clone()).await, "UserId");
    scribe.read(Op::DescribeUser, &[&user], "").await;
    for (member, value) in configs(32).as_object().expect("members") {
        body[member] = value.clone();
    }
    body.as_object_mut()
        .expect("members")
        .retain(|member, _| !["PhoneConfig", "IdentityInfo"].contains(&member.as_str()));
    body["Username"] = json!("bob");
    let other = id(&scribe.send(Op::CreateUser, &[], body).await, "UserId");
    scribe.read(Op::DescribeUser, &[&other], "").await;
    for (op, body) in [
        (Op::UpdateUserConfig, configs(41)),
        (Op::UpdateUserIdentityInfo, json!({"IdentityInfo": identity("eve")})),
        (Op::UpdateUserPhoneConfig, json!({"PhoneConfig": phone})),
        (Op::UpdateUserRoutingProfile, json!({"RoutingProfileId": routing})),
        (Op::UpdateUserSecurityProfiles, json!({"SecurityProfileIds": [profile]})),
        (Op::UpdateUserHierarchy, json!({"HierarchyGroupId": group})),
    ] {
        scribe.send(op, &[&other], body).await;
        scribe.read(Op::DescribeUser, &[&other], "").await;
    }
    proficiencies(scribe, &other).await;
    user
}

async fn proficiencies(scribe: &mut Scribe<'_>, user: &str) {
    let attribute = json!({"Name": "Craft", "Values": {"StringList": ["Wood", "Glass"]}});
    scribe.bench.send(Op::CreatePredefinedAttribute, &[&scribe.bench.instance], attribute).await.ok();
    let own = |value: &str, level: i32| json!({"AttributeName": "Craft", "AttributeValue": value, "Level": level});
    for (op, list) in [
        (Op::AssociateUserProficiencies, json!([own("Wood", 2), own("Glass", 3)])),
        (Op::UpdateUserProficiencies, json!([own("Wood", 4)])),
        (Op::DisassociateUserProficiencies, json!([{"AttributeName": "Craft", "AttributeValue": "Glass"}])),
    ] {
        scribe.send(op, &[user], json!({"UserProficiencies": list})).await;
        scribe.read(Op::ListUserProficiencies, &[user], "").await;
    }
}

/// A structure, groups, a security profile and a status; the id of a group.
async fn hierarchy(scribe: &mut Scribe<'_>) -> String {
    let level = |name: &str| json!({"Name": name});
    let structure = json!({"HierarchyStructure": {
        "LevelOne": level("Site"), "LevelTwo": level("Floor"), "LevelThree": level("Team"), "LevelFour": level("Desk"),
        "LevelFive": level("Chair"),
    }});
    scribe.send(Op::UpdateUserHierarchyStructure, &[], structure).await;
    scribe.read(Op::DescribeUserHierarchyStructure, &[], "").await;
    let top = json!({"Name": "Berlin", "Tags": {"team": "red"}});
    let top = id(&scribe.send(Op::CreateUserHierarchyGroup, &[], top).await, "HierarchyGroupId");
    scribe.read(Op::DescribeUserHierarchyGroup, &[&top], "").await;
    let below = json!({"Name": "Ground", "ParentGroupId": top});
    let below = id(&scribe.send(Op::CreateUserHierarchyGroup, &[], below).await, "HierarchyGroupId");
    scribe.read(Op::DescribeUserHierarchyGroup, &[&below], "").await;
    scribe.send(Op::UpdateUserHierarchyGroupName, &[&below], json!({"Name": "First"})).await;
    scribe.read(Op::DescribeUserHierarchyGroup, &[&below], "").await;
    let profile = |word: &str| {
        json!({
            "Description": format!("{word} words"), "Permissions": [format!("{word}.View")],
            "AllowedAccessControlTags": {"team": word}, "TagRestrictedResources": ["User"],
            "HierarchyRestrictedResources": ["User"], "AllowedAccessControlHierarchyGroupId": below,
            "Applications": [{"Namespace": word, "ApplicationPermissions": [format!("{word}.Use")], "Type": "MCP"}],
            "AllowedFlowModules": [{"Type": "MCP", "FlowModuleId": format!("{word} module")}],
            "AllowedAIAgents": [{"Type": "THIRD_PARTY", "Arn": format!("arn:{word}")}],
            "GranularAccessControlConfiguration": {"DataTableAccessControlConfiguration": {
                "PrimaryAttributeAccessControlConfiguration": {"PrimaryAttributeValues": [
                    {"AccessType": "ALLOW", "AttributeName": word, "Values": [format!("{word} value")]},
                ]},
            }},
        })
    };
    let mut body = profile("first");
    body["SecurityProfileName"] = json!("Night shift");
    body["Tags"] = json!({"team": "blue"});
    let made = id(&scribe.send(Op::CreateSecurityProfile, &[], body).await, "SecurityProfileId");
    for change in [None, Some(profile("second"))] {
        if let Some(change) = change {
            scribe.send(Op::UpdateSecurityProfile, &[&made], change).await;
        }
        scribe.read(Op::DescribeSecurityProfile, &[&made], "").await;
        scribe.read(Op::ListSecurityProfilePermissions, &[&made], "").await;
        scribe.note_row(Kind::SecurityProfile, &made).await;
    }
    let body = json!({"Name": "Lunch", "Description": "food", "State": "ENABLED", "DisplayOrder": 7, "Tags": {"team": "teal"}});
    let status = id(&scribe.send(Op::CreateAgentStatus, &[], body).await, "AgentStatusId");
    scribe.read(Op::DescribeAgentStatus, &[&status], "").await;
    let change = json!({"Name": "Break", "Description": "rest", "State": "DISABLED", "DisplayOrder": 8});
    scribe.send(Op::UpdateAgentStatus, &[&status], change).await;
    scribe.read(Op::DescribeAgentStatus, &[&status], "").await;
    below
}

async fn quick_connects(scribe: &mut Scribe<'_>, user: &str) {
    let bench = scribe.bench;
    let queues = bench.get(Op::ListQueues, &[&bench.instance], "queueTypes=STANDARD").await.ok();
    let queue = id(&queues["QueueSummaryList"][0], "Id");
    let (to_agent, to_queue) =
        (bench.flow_named("Default agent transfer").await, bench.flow_named("Default queue transfer").await);
    let mut made = Vec::new();
    for (name, config) in [
        ("User", json!({"QuickConnectType": "USER", "UserConfig": {"UserId": user, "ContactFlowId": to_agent}})),
        ("Queue", json!({"QuickConnectType": "QUEUE", "QueueConfig": {"QueueId": queue, "ContactFlowId": to_queue}})),
        ("Phone", json!({"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+12065550103"}})),
        ("Flow", json!({"QuickConnectType": "FLOW", "FlowConfig": {"ContactFlowId": bench.flow}})),
    ] {
        let body = json!({
            "Name": name, "Description": format!("to {name}"), "QuickConnectConfig": config, "Tags": {"kind": name},
        });
        made.push(id(&scribe.send(Op::CreateQuickConnect, &[], body.clone()).await, "QuickConnectId"));
        scribe.read(Op::DescribeQuickConnect, &[&made[made.len() - 1]], "").await;
        // Each configuration also replaces the one of the first.
        let change = json!({"QuickConnectConfig": body["QuickConnectConfig"]});
        scribe.send(Op::UpdateQuickConnectConfig, &[&made[0]], change).await;
        scribe.read(Op::DescribeQuickConnect, &[&made[0]], "").await;
        let change = json!({"Name": format!("{name} again"), "Description": format!("again to {name}")});
        scribe.send(Op::UpdateQuickConnectName, &[&made[0]], change).await;
        scribe.read(Op::DescribeQuickConnect, &[&made[0]], "").await;
    }
    let body = json!({
        "Name": "Refunds", "Description": "money back", "MaxContacts": 77, "QuickConnectIds": made,
        "HoursOfOperationId": first_id(bench, Op::ListHoursOfOperations, "HoursOfOperationSummaryList").await,
        "OutboundCallerConfig": {
            "OutboundCallerIdName": "Refunds Ltd", "OutboundCallerIdNumberId": "number-1",
            "OutboundFlowId": bench.flow_named("Default outbound").await,
        },
        "Tags": {"team": "gold"},
    });
    let queue = id(&scribe.send(Op::CreateQueue, &[], body).await, "QueueId");
    scribe.read(Op::DescribeQueue, &[&queue], "").await;
    scribe.note_row(Kind::Queue, &queue).await;
    queue_changes(scribe, &queue, &made).await;
}

async fn queue_changes(scribe: &mut Scribe<'_>, queue: &str, quick_connects: &[String]) {
    let hours = json!({"Name": "Seldom", "TimeZone": "UTC", "Config": []});
    let hours = scribe.bench.send(Op::CreateHoursOfOperation, &[&scribe.bench.instance], hours).await.ok();
    let flow = scribe.bench.flow_named("Default outbound").await;
    let caller =
        json!({"OutboundCallerIdName": "Shop", "OutboundCallerIdNumberId": "number-2", "OutboundFlowId": flow});
    for (op, body) in [
        (Op::UpdateQueueHoursOfOperation, json!({"HoursOfOperationId": hours["HoursOfOperationId"]})),
        (Op::UpdateQueueMaxContacts, json!({"MaxContacts": 78})),
        (Op::UpdateQueueName, json!({"Name": "Returns", "Description": "goods back"})),
        (Op::UpdateQueueStatus, json!({"Status": "DISABLED"})),
        (Op::UpdateQueueOutboundCallerConfig, json!({"OutboundCallerConfig": caller})),
        (Op::UpdateQueueOutboundEmailConfig, json!({"OutboundEmailConfig": {}})),
        (Op::DisassociateQueueQuickConnects, json!({"QuickConnectIds": quick_connects})),
        (Op::AssociateQueueQuickConnects, json!({"QuickConnectIds": quick_connects})),
        (Op::DisassociateQueueEmailAddresses, json!({"EmailAddressesId": ["none"], "ClientToken": "once"})),
    ] {
        scribe.send(op, &[queue], body).await;
        scribe.read(Op::DescribeQueue, &[queue], "").await;
        scribe.read(Op::ListQueueQuickConnects, &[queue], "").await;
    }
}

/// Windows of hours, the same for an override.
fn windows(day: &str, hour: i32) -> Value {
    let time = |hours: i32| json!({"Hours": hours, "Minutes": hours + 30});
    json!([{"Day": day, "StartTime": time(hour), "EndTime": time(hour + 5)}])
}

async fn hours(scribe: &mut Scribe<'_>) {
    let basic = first_id(scribe.bench, Op::ListHoursOfOperations, "HoursOfOperationSummaryList").await;
    let parent = json!([{"HoursOfOperationId": basic}]);
    let body = json!({
        "Name": "Office", "Description": "when we are there", "TimeZone": "Europe/Berlin", "Config": windows("MONDAY", 8),
        "ParentHoursOfOperationConfigs": parent, "Tags": {"team": "pink"},
    });
    let hours = id(&scribe.send(Op::CreateHoursOfOperation, &[], body).await, "HoursOfOperationId");
    scribe.read(Op::DescribeHoursOfOperation, &[&hours], "").await;
    scribe.send(Op::DisassociateHoursOfOperations, &[&hours], json!({"ParentHoursOfOperationIds": [basic]})).await;
    scribe.send(Op::AssociateHoursOfOperations, &[&hours], json!({"ParentHoursOfOperationConfigs": parent})).await;
    scribe.read(Op::DescribeHoursOfOperation, &[&hours], "").await;
    let change = json!({
        "Name": "Bureau", "Description": "when they are there", "TimeZone": "Asia/Tokyo", "Config": windows("FRIDAY", 9),
    });
    scribe.send(Op::UpdateHoursOfOperation, &[&hours], change).await;
    scribe.read(Op::DescribeHoursOfOperation, &[&hours], "").await;
    let mut made = String::new();
    for (name, day, pattern) in [
        ("weekly", "MONDAY", json!({"Frequency": "WEEKLY", "Interval": 2})),
        ("yearly", "", json!({"Frequency": "YEARLY", "Interval": 3, "ByMonth": [11], "ByMonthDay": [29]})),
        ("monthly", "FRIDAY", json!({"Frequency": "MONTHLY", "Interval": 4, "ByWeekdayOccurrence": [-1]})),
    ] {
        let mut body = json!({
            "Name": name, "Description": format!("it is {name}"), "Config": windows(day, 10), "EffectiveFrom": "2026-01-02",
            "EffectiveTill": "2027-03-04", "OverrideType": "OPEN", "RecurrenceConfig": {"RecurrencePattern": pattern},
        });
        if day.is_empty() {
            body["Config"][0].as_object_mut().expect("an item").remove("Day");
        }
        let create = scribe.send(Op::CreateHoursOfOperationOverride, &[&hours], body.clone()).await;
        let created = id(&create, "HoursOfOperationOverrideId");
        scribe.read(Op::DescribeHoursOfOperationOverride, &[&hours, &created], "").await;
        // Each also replaces the first, under another name and the other type.
        if made.is_empty() {
            made = created;
        }
        (body["Name"], body["OverrideType"]) = (json!(format!("{name} again")), json!("CLOSED"));
        scribe.send(Op::UpdateHoursOfOperationOverride, &[&hours, &made], body).await;
        scribe.read(Op::DescribeHoursOfOperationOverride, &[&hours, &made], "").await;
    }
}

fn template(name: &str, status: &str, flow: &str, module: &str) -> Value {
    let named = |name: &str| json!({"Id": {"Name": name}});
    json!({
        "Name": name, "Description": format!("about {name}"), "ContactFlowId": flow, "SelfAssignFlowId": flow,
        "ContactHooks": {"WrapUpFlowId": module}, "Status": status,
        "Constraints": {
            "RequiredFields": [named("Task name")], "ReadOnlyFields": [named("Origin")], "InvisibleFields": [named("Source")],
        },
        "Defaults": {"DefaultFieldValues": [
            {"Id": {"Name": "Origin"}, "DefaultValue": "web"}, {"Id": {"Name": "Source"}, "DefaultValue": "shop"},
        ]},
        "Fields": [
            {"Id": {"Name": "Task name"}, "Type": "NAME"},
            {"Id": {"Name": "Origin"}, "Type": "SINGLE_SELECT", "Description": "where from", "SingleSelectOptions": ["web", "letter"]},
            {"Id": {"Name": "Source"}, "Type": "TEXT"},
            {"Id": {"Name": "Mine"}, "Type": "SELF_ASSIGN"},
        ],
    })
}

async fn templates(scribe: &mut Scribe<'_>, module: &str) {
    let flow = scribe.bench.flow.clone();
    let template_id =
        id(&scribe.send(Op::CreateTaskTemplate, &[], template("First", "INACTIVE", &flow, module)).await, "Id");
    scribe.read(Op::GetTaskTemplate, &[&template_id], "").await;
    scribe.send(Op::UpdateTaskTemplate, &[&template_id], template("Second", "ACTIVE", &flow, module)).await;
    scribe.read(Op::GetTaskTemplate, &[&template_id], "").await;
}

fn references(value: &str) -> Value {
    json!({"Order": {
        "Type": "NUMBER", "Value": value, "Status": "APPROVED", "StatusReason": "seen",
        "Arn": "arn:aws:connect:us-east-1:123456789012:file/x",
    }})
}

async fn tasks(scribe: &mut Scribe<'_>, user: &str) {
    let bench = scribe.bench;
    let (instance, flow) = (bench.instance.as_str(), bench.flow.as_str());
    let plain = json!({"InstanceId": instance, "ContactFlowId": flow, "Name": "Before"});
    let before = id(&scribe.send(Op::StartTaskContact, &[], plain).await, "ContactId");
    scribe.task(&before).await;
    let related = json!({"InstanceId": instance, "ContactFlowId": flow, "Name": "Beside", "RelatedContactId": before});
    let beside = id(&scribe.send(Op::StartTaskContact, &[], related).await, "ContactId");
    scribe.task(&beside).await;
    let later = json!({
        "InstanceId": instance, "ContactFlowId": flow, "Name": "After", "Description": "all of it",
        "PreviousContactId": before, "Attributes": {"colour": "blue"}, "References": references("4711"),
        "ScheduledTime": NOW / 1000 + 3600, "SegmentAttributes": {"region": {"ValueString": "emea"}},
    });
    let later = id(&scribe.send(Op::StartTaskContact, &[], later).await, "ContactId");
    scribe.task(&later).await;
    let schedule = json!({"InstanceId": instance, "ContactId": later, "ScheduledTime": NOW / 1000 + 7200});
    scribe.send(Op::UpdateContactSchedule, &[], schedule).await;
    scribe.task(&later).await;
    let created = json!({
        "InstanceId": instance, "Channel": "TASK", "InitiationMethod": "API", "InitiateAs": "CONNECTED_TO_USER",
        "UserInfo": {"UserId": user}, "RelatedContactId": before, "Attributes": {"colour": "red"},
        "References": references("4712"), "ExpiryDurationInMinutes": 1234, "Name": "Created", "Description": "elsewhere",
        "SegmentAttributes": {"region": {"ValueString": "apac"}},
    });
    let created = id(&scribe.send(Op::CreateContact, &[], created).await, "ContactId");
    scribe.task(&created).await;
    let update = json!({
        "Name": "Changed", "Description": "other words", "References": references("4713"),
        "SegmentAttributes": {"region": {"ValueString": "latam"}},
    });
    scribe.send(Op::UpdateContact, &[&created], update).await;
    scribe.task(&created).await;
    let attributes = json!({"InstanceId": instance, "InitialContactId": created, "Attributes": {"colour": "green"}});
    scribe.send(Op::UpdateContactAttributes, &[], attributes).await;
    scribe.task(&created).await;
    let tags = json!({"InstanceId": instance, "ContactId": created, "Tags": {"rush": "yes"}});
    scribe.send(Op::TagContact, &[], tags).await;
    scribe.task(&created).await;
    let stop = json!({"InstanceId": instance, "ContactId": beside, "DisconnectReason": {"Code": "BUSY"}});
    scribe.send(Op::StopContact, &[], stop).await;
    scribe.send(Op::DeleteContactData, &[&beside], json!({"ContactFields": ["CUSTOMER_ENDPOINT"]})).await;
}

async fn routing(scribe: &mut Scribe<'_>) {
    let bench = scribe.bench;
    let plain = json!({"InstanceId": bench.instance, "ContactFlowId": bench.flow, "Name": "Routed"});
    let task = id(&scribe.send(Op::StartTaskContact, &[], plain).await, "ContactId");
    scribe.task(&task).await;
    let condition = |name: &str, level: f64| {
        json!({
            "Name": name, "Value": format!("{name} value"), "ProficiencyLevel": level, "ComparisonOperator": "NumberGreaterOrEqualTo",
            "Range": {"MinProficiencyLevel": level, "MaxProficiencyLevel": level + 1.0},
            "MatchCriteria": {"AgentsCriteria": {"AgentIds": [format!("{name} agent")]}},
        })
    };
    for body in [
        json!({"QueuePriority": 3}),
        json!({"QueueTimeAdjustmentSeconds": 77}),
        json!({"RoutingCriteria": {"Steps": [
            {"Expiry": {"DurationInSeconds": 41}, "Expression": {"AttributeCondition": condition("skill", 2.0)}},
            {"Expression": {"NotAttributeCondition": condition("flaw", 3.0)}},
            {"Expression": {"AndExpression": [{"AttributeCondition": condition("and", 1.0)}]}},
            {"Expression": {"OrExpression": [{"AttributeCondition": condition("or", 1.0)}]}},
        ]}}),
    ] {
        scribe.send(Op::UpdateContactRoutingData, &[&task], body).await;
        scribe.task(&task).await;
    }
}

/// Labels of an operation that this file does not send.
pub(super) fn labels(bench: &Bench, op: Op) -> Vec<String> {
    let names = op.uri().split('/').filter(|part| part.starts_with('{'));
    let label = |name| match name {
        "{InstanceId}" => bench.instance.clone(),
        "{ContactFlowVersion}" | "{ContactFlowModuleVersion}" => "1".to_owned(),
        "{AttributeType}" => "INBOUND_CALLS".to_owned(),
        _ => "absent".to_owned(),
    };
    names.map(label).collect()
}

/// A body that the model allows, for an operation that this file does not send.
pub(super) fn body(op: Op) -> Value {
    match op {
        Op::SearchContacts => json!({"TimeRange": {"Type": "INITIATION_TIMESTAMP", "StartTime": 0, "EndTime": 1}}),
        Op::PauseContact | Op::ResumeContact => json!({"ContactId": "absent"}),
        Op::AssociateQueueEmailAddresses => json!({"EmailAddressesConfig": [{"EmailAddressId": "absent"}]}),
        Op::UpdateQuickConnectConfig => json!({"QuickConnectConfig": {"QuickConnectType": "PHONE_NUMBER"}}),
        Op::PutUserStatus => json!({"AgentStatusId": "absent"}),
        Op::AssociateContactWithUser => json!({"UserId": "absent"}),
        Op::DismissUserContact => json!({"ContactId": "absent"}),
        Op::GetCurrentMetricData => {
            json!({"Filters": {"Queues": ["absent"]}, "CurrentMetrics": [{"Name": "AGENTS_ONLINE"}]})
        }
        Op::GetMetricData => json!({
            "StartTime": 0, "EndTime": 300, "Filters": {"Queues": ["absent"]},
            "HistoricalMetrics": [{"Name": "CONTACTS_QUEUED"}],
        }),
        Op::GetMetricDataV2 => json!({
            "ResourceArn": "absent", "StartTime": 0, "EndTime": 1, "Metrics": [{"Name": "CONTACTS_QUEUED"}],
            "Filters": [{"FilterKey": "QUEUE", "FilterValues": ["absent"]}],
        }),
        Op::GetContactMetrics => json!({"ContactId": "absent", "Metrics": [{"Name": "POSITION_IN_QUEUE"}]}),
        Op::GetCurrentUserData => json!({"Filters": {"Agents": ["absent"]}}),
        Op::TransferContact => json!({"ContactId": "absent", "ContactFlowId": "absent"}),
        Op::UpdateContactTaskTemplate => json!({"ContactId": "absent", "TaskTemplateId": "absent"}),
        op => profiles::body(op),
    }
}

/// A query that the model allows.
pub(super) fn query(op: Op) -> &'static str {
    match op {
        Op::ListContactReferences => "referenceTypes=URL",
        Op::ListAssociatedContacts => "contactId=absent",
        Op::UntagContact => "TagKeys=a",
        Op::DisassociateLambdaFunction => "functionArn=arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Af",
        Op::GetEffectiveHoursOfOperations => "fromDate=2026-01-01&toDate=2026-01-02",
        _ => "",
    }
}
