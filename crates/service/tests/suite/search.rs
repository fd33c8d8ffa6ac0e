//! Searches for resources (administration 3).

use serde_json::{Value, json};
use service::Limits;
use wire::Op;

use crate::bench::{Answer, Bench, on_each_engine};
use crate::flow_modules::module_document;

pub(crate) const IPE: &str = "InvalidParameterException";
pub(crate) const STRANGER: &str = "99999999-9999-4999-8999-999999999999";

const FLOW: &str = r#"{"Version":"2019-10-30","StartAction":"end","Metadata":{},"Actions":[
    {"Identifier":"end","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]}"#;

/// A search: its list in the answer, the member and the field of the name, the largest page, and how one of them is made and
/// described.
pub(crate) struct Search {
    pub(crate) op: Op,
    pub(crate) list: &'static str,
    pub(crate) name: &'static str,
    pub(crate) field: &'static str,
    pub(crate) page_max: i64,
    pub(crate) create: Op,
    /// The member of the answer that has the id.
    pub(crate) id: &'static str,
    /// What is sent besides the name and the instance.
    pub(crate) more: fn() -> Value,
    pub(crate) describe: Op,
    pub(crate) described: &'static str,
}

pub(crate) const ALL: &[Search] = &[
    Search {
        op: Op::SearchQueues,
        list: "Queues",
        name: "Name",
        field: "name",
        page_max: 500,
        create: Op::CreateQueue,
        id: "QueueId",
        more: || json!({"HoursOfOperationId": "{hours}", "Description": "Kept for you"}),
        describe: Op::DescribeQueue,
        described: "Queue",
    },
    Search {
        op: Op::SearchQuickConnects,
        list: "QuickConnects",
        name: "Name",
        field: "name",
        page_max: 100,
        create: Op::CreateQuickConnect,
        id: "QuickConnectId",
        more: || {
            let config = json!({"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+12065550100"}});
            json!({"QuickConnectConfig": config, "Description": "Kept for you"})
        },
        describe: Op::DescribeQuickConnect,
        described: "QuickConnect",
    },
    Search {
        op: Op::SearchHoursOfOperations,
        list: "HoursOfOperations",
        name: "Name",
        field: "name",
        page_max: 100,
        create: Op::CreateHoursOfOperation,
        id: "HoursOfOperationId",
        more: || json!({"TimeZone": "Europe/Berlin", "Config": [], "Description": "Kept for you"}),
        describe: Op::DescribeHoursOfOperation,
        described: "HoursOfOperation",
    },
    Search {
        op: Op::SearchHoursOfOperationOverrides,
        list: "HoursOfOperationOverrides",
        name: "Name",
        field: "name",
        page_max: 100,
        create: Op::CreateHoursOfOperationOverride,
        id: "HoursOfOperationOverrideId",
        more: || json!({"Config": [], "EffectiveFrom": "2026-12-24", "EffectiveTill": "2026-12-31", "Description": "Kept for you"}),
        describe: Op::DescribeHoursOfOperationOverride,
        described: "HoursOfOperationOverride",
    },
    Search {
        op: Op::SearchRoutingProfiles,
        list: "RoutingProfiles",
        name: "Name",
        field: "name",
        page_max: 500,
        create: Op::CreateRoutingProfile,
        id: "RoutingProfileId",
        more: || {
            let pair = json!({"QueueReference": {"QueueId": "{queue}", "Channel": "TASK"}, "Priority": 1, "Delay": 0});
            json!({"Description": "Kept for you", "DefaultOutboundQueueId": "{queue}", "QueueConfigs": [pair],
                "MediaConcurrencies": [{"Channel": "TASK", "Concurrency": 2}]})
        },
        describe: Op::DescribeRoutingProfile,
        described: "RoutingProfile",
    },
    Search {
        op: Op::SearchSecurityProfiles,
        list: "SecurityProfiles",
        name: "SecurityProfileName",
        field: "name",
        page_max: 100,
        create: Op::CreateSecurityProfile,
        id: "SecurityProfileId",
        more: || json!({"Description": "Kept for you"}),
        describe: Op::DescribeSecurityProfile,
        described: "SecurityProfile",
    },
    Search {
        op: Op::SearchAgentStatuses,
        list: "AgentStatuses",
        name: "Name",
        field: "name",
        page_max: 100,
        create: Op::CreateAgentStatus,
        id: "AgentStatusId",
        more: || json!({"State": "ENABLED", "DisplayOrder": 7, "Description": "Kept for you"}),
        describe: Op::DescribeAgentStatus,
        described: "AgentStatus",
    },
    Search {
        op: Op::SearchContactFlows,
        list: "ContactFlows",
        name: "Name",
        field: "name",
        page_max: 100,
        create: Op::CreateContactFlow,
        id: "ContactFlowId",
        more: || json!({"Type": "CONTACT_FLOW", "Content": FLOW, "Description": "Kept for you"}),
        describe: Op::DescribeContactFlow,
        described: "ContactFlow",
    },
    Search {
        op: Op::SearchContactFlowModules,
        list: "ContactFlowModules",
        name: "Name",
        field: "name",
        page_max: 100,
        create: Op::CreateContactFlowModule,
        id: "Id",
        more: || json!({"Content": module_document("searched"), "Description": "Kept for you"}),
        describe: Op::DescribeContactFlowModule,
        described: "ContactFlowModule",
    },
    Search {
        op: Op::SearchUsers,
        list: "Users",
        name: "Username",
        field: "Username",
        page_max: 500,
        create: Op::CreateUser,
        id: "UserId",
        more: || {
            json!({"RoutingProfileId": "{routing}", "SecurityProfileIds": ["{security}"], "HierarchyGroupId": "{group}",
            "IdentityInfo": {"FirstName": "Ada", "LastName": "Byron", "Email": "ada@example.com"}})
        },
        describe: Op::DescribeUser,
        described: "User",
    },
    Search {
        op: Op::SearchUserHierarchyGroups,
        list: "UserHierarchyGroups",
        name: "Name",
        field: "name",
        page_max: 100,
        create: Op::CreateUserHierarchyGroup,
        id: "HierarchyGroupId",
        more: || json!({"ParentGroupId": "{group}"}),
        describe: Op::DescribeUserHierarchyGroup,
        described: "HierarchyGroup",
    },
];

pub(crate) fn search_of(op: Op) -> &'static Search {
    ALL.iter().find(|search| search.op == op).expect("a search of the table")
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// A bench with what the things of a search name.
pub(crate) struct Place {
    pub(crate) bench: Bench,
    pub(crate) hours: String,
    pub(crate) queue: String,
    pub(crate) routing: String,
    pub(crate) security: String,
    pub(crate) group: String,
}

impl Place {
    pub(crate) async fn of(bench: Bench) -> Self {
        let first = async |op: Op, list: &str| text(&bench.get(op, &[&bench.instance], "").await.ok()[list][0]["Id"]);
        let hours = first(Op::ListHoursOfOperations, "HoursOfOperationSummaryList").await;
        let queue = text(
            &bench.get(Op::ListQueues, &[&bench.instance], "queueTypes=STANDARD").await.ok()["QueueSummaryList"][0]["Id"],
        );
        let routing = first(Op::ListRoutingProfiles, "RoutingProfileSummaryList").await;
        let security = first(Op::ListSecurityProfiles, "SecurityProfileSummaryList").await;
        let levels = json!({"HierarchyStructure": {"LevelOne": {"Name": "Site"}, "LevelTwo": {"Name": "Team"}, "LevelThree": {"Name": "Crew"}}});
        bench.send(Op::UpdateUserHierarchyStructure, &[&bench.instance], levels).await.ok();
        let top = bench.send(Op::CreateUserHierarchyGroup, &[&bench.instance], json!({"Name": "Top"})).await.ok();
        let group = text(&top["HierarchyGroupId"]);
        Self { bench, hours, queue, routing, security, group }
    }

    pub(crate) async fn make(&self, search: &Search, name: &str, more: Value) -> String {
        let mut body = (search.more)();
        let all = body.as_object_mut().expect("an object");
        all.insert(search.name.to_owned(), json!(name));
        all.extend(more.as_object().expect("an object").clone());
        let mut body = body.to_string();
        for (mark, id) in [
            ("{hours}", &self.hours),
            ("{queue}", &self.queue),
            ("{routing}", &self.routing),
            ("{security}", &self.security),
            ("{group}", &self.group),
        ] {
            body = body.replace(mark, id);
        }
        let labels = self.labels(search, &[]);
        let made = self.bench.raw(search.create, &labels, "", body.as_bytes()).await.ok();
        text(&made[search.id])
    }

    fn labels<'a>(&'a self, search: &Search, more: &[&'a str]) -> Vec<&'a str> {
        let mut labels = vec![self.bench.instance.as_str()];
        if search.op == Op::SearchHoursOfOperationOverrides {
            labels.push(&self.hours);
        }
        labels.extend(more);
        labels
    }

    async fn describe(&self, search: &Search, id: &str) -> Value {
        self.bench.get(search.describe, &self.labels(search, &[id]), "").await.ok()[search.described].clone()
    }

    pub(crate) async fn ask(&self, search: &Search, body: Value) -> Answer {
        let mut body = body;
        body["InstanceId"] = json!(self.bench.instance);
        self.bench.send(search.op, &[], body).await
    }

    /// The names of all that is found.
    pub(crate) async fn found(&self, search: &Search, body: Value) -> Vec<String> {
        let answer = self.ask(search, body).await.ok();
        let names: Vec<String> =
            answer[search.list].as_array().expect("a list").iter().map(|one| text(&one[search.name])).collect();
        assert_eq!(answer["ApproximateTotalCount"], json!(names.len()), "{answer}");
        names
    }

    pub(crate) async fn by(&self, search: &Search, field: &str, how: &str, value: &str) -> Vec<String> {
        let condition = json!({"FieldName": field, "ComparisonType": how, "Value": value});
        self.found(search, json!({"SearchCriteria": {"StringCondition": condition}})).await
    }
}

/// administration 3.1.2, 1.1.3: every search by name, and by id or ARN; other fields exactly or without case. 1.2.6: at once.
#[tokio::test]
async fn administration_3_1_2_every_search_has_its_fields() {
    on_each_engine(Limits::default(), async |bench| {
        let place = Place::of(bench).await;
        for search in ALL {
            let id = place.make(search, "Zeta-One", json!({})).await;
            place.make(search, "zeta-two", json!({})).await;
            let op = search.op.name();
            assert_eq!(place.by(search, search.field, "EXACT", "ZETA-one").await, ["Zeta-One"], "{op}");
            assert_eq!(
                place.by(search, &search.field.to_uppercase(), "STARTS_WITH", "zeTa-").await,
                ["Zeta-One", "zeta-two"],
                "{op}"
            );
            assert_eq!(place.by(search, search.field, "CONTAINS", "A-t").await, ["zeta-two"], "{op}");
            if search.op == Op::SearchSecurityProfiles {
                continue; // the name is its one field
            }
            assert_eq!(place.by(search, "resourceId", "EXACT", &id).await, ["Zeta-One"], "{op}");
            assert_eq!(
                place.by(search, "RESOURCEID", "EXACT", &id.to_uppercase()).await,
                [""; 0],
                "{op}: ids are compared exactly"
            );
            assert_eq!(place.by(search, "resourceID", "CONTAINS", "/").await, [""; 0], "{op}: of ids, not of ARNs");
            let item = place.describe(search, &id).await;
            let arn = item
                .as_object()
                .expect("an object")
                .iter()
                .find(|(name, _)| *name == "Arn" || *name == &format!("{}Arn", search.described));
            if let Some((_, arn)) = arn {
                assert_eq!(place.by(search, "resourceID", "EXACT", &text(arn)).await, ["Zeta-One"], "{op}");
            }
            if search.op != Op::SearchUsers && search.op != Op::SearchUserHierarchyGroups {
                assert_eq!(
                    place.by(search, "description", "CONTAINS", "FOR YOU").await,
                    ["Zeta-One", "zeta-two"],
                    "{op}"
                );
            }
        }
    })
    .await;
}

/// administration 3.1.2, 1.1.3: fields that single searches have.
#[tokio::test]
async fn administration_3_1_2_fields_of_single_searches() {
    on_each_engine(Limits::default(), async |bench| {
        let place = Place::of(bench).await;
        for search in ALL {
            place.make(search, "Zeta-One", json!({})).await;
            place.make(search, "zeta-two", json!({})).await;
        }
        let both = ["Zeta-One", "zeta-two"];
        let prefix = format!("arn:aws:connect:us-east-1:123456789012:instance/{}", place.bench.instance);
        for (op, field, value) in [
            (Op::SearchHoursOfOperations, "TimeZone", "Europe/Berlin".to_owned()),
            (Op::SearchHoursOfOperationOverrides, "hoursOfOperationId", place.hours.clone()),
            (
                Op::SearchHoursOfOperationOverrides,
                "hoursOfOperationId",
                format!("{prefix}/operating-hours/{}", place.hours),
            ),
            (Op::SearchAgentStatuses, "displayOrder", "7".to_owned()),
            (Op::SearchAgentStatuses, "type", "CUSTOM".to_owned()),
            (Op::SearchUsers, "FirstName", "ADA".to_owned()),
            (Op::SearchUsers, "LastName", "byron".to_owned()),
            (Op::SearchUsers, "RoutingProfileId", place.routing.clone()),
            (Op::SearchUsers, "RoutingProfileId", format!("{prefix}/routing-profile/{}", place.routing)),
            (Op::SearchUsers, "SecurityProfileId", place.security.clone()),
            (Op::SearchUsers, "SecurityProfileId", format!("{prefix}/security-profile/{}", place.security)),
            (Op::SearchUserHierarchyGroups, "parentId", place.group.clone()),
            (Op::SearchUserHierarchyGroups, "parentId", format!("{prefix}/agent-group/{}", place.group)),
            (Op::SearchUserHierarchyGroups, "levelId", "2".to_owned()),
            (Op::SearchUserHierarchyGroups, "levelId", format!("{prefix}/agent-group-level/2")),
        ] {
            assert_eq!(place.by(search_of(op), field, "EXACT", &value).await, both, "{} {field}", op.name());
        }
        let queue = format!("{prefix}/queue/{}", place.queue);
        for queue in [&place.queue, &queue] {
            let found = place.by(search_of(Op::SearchRoutingProfiles), "associatedQueueIds", "EXACT", queue).await;
            assert_eq!(found, ["Basic Routing Profile", "Zeta-One", "zeta-two"]);
        }
        assert_eq!(
            place.by(search_of(Op::SearchRoutingProfiles), "associatedQueueIds", "EXACT", STRANGER).await,
            [""; 0]
        );
        assert_eq!(place.by(search_of(Op::SearchAgentStatuses), "state", "EXACT", "enabled").await, [""; 0]);
        assert_eq!(place.by(search_of(Op::SearchAgentStatuses), "state", "EXACT", "ENABLED").await.len(), 4);
        assert_eq!(
            place.by(search_of(Op::SearchHoursOfOperations), "timezone", "EXACT", "europe/berlin").await,
            [""; 0]
        );
    })
    .await;
}

/// administration 3.1.1, A63, A64, A67: what is refused, in every search.
#[tokio::test]
async fn administration_a63_a64_and_a67_what_every_search_refuses() {
    on_each_engine(Limits::default(), async |bench| {
        let place = Place::of(bench).await;
        for search in ALL {
            let deep = (1..6).fold(json!({}), |node, _| json!({"AndConditions": [node]}));
            let condition = |field: &str, value: &str, how: &str| {
                json!({"SearchCriteria": {"StringCondition": {"FieldName": field, "Value": value, "ComparisonType": how}}})
            };
            for (case, body, parts) in [
                ("A63", condition("color", "red", "EXACT"), ["FieldName", search.field]),
                ("A63", json!({"SearchCriteria": {"StringCondition": {"FieldName": search.field}}}), ["StringCondition.Value", "required"]),
                ("A64", condition(search.field, "x", "CONTAINS"), ["Value", "2 to 25"]),
                ("A64", condition(search.field, &"x".repeat(26), "CONTAINS"), ["Value", "2 to 25"]),
                ("A67", json!({"MaxResults": search.page_max + 1}), ["MaxResults", ""]),
                ("A67", json!({"SearchCriteria": deep}), ["AndConditions[0].AndConditions[0]", "5 levels"]),
                ("tasks 1.1.12", json!({"NextToken": "x"}), ["NextToken", ""]),
            ] {
                let message = place.ask(search, body).await.refused(IPE);
                assert!(parts.iter().all(|part| message.contains(part)), "{case} {}: {message}", search.op.name());
            }
            place.ask(search, json!({"MaxResults": search.page_max})).await.ok();
            let mut stranger = condition("color", "red", "EXACT");
            stranger["InstanceId"] = json!(STRANGER);
            // administration 1.1.1: the instance comes before criteria
            place.bench.send(search.op, &[], stranger).await.refused("ResourceNotFoundException");
        }
    })
    .await;
}

/// administration 3.2.3: by name without case, then id; the total on every page; a token is one of these criteria.
#[tokio::test]
async fn administration_3_2_3_order_pages_and_total() {
    on_each_engine(Limits::default(), async |bench| {
        let place = Place::of(bench).await;
        for search in ALL {
            for name in ["delta-x", "Alpha-x", "beta-x", "Gamma-x"] {
                place.make(search, name, json!({})).await;
            }
            let criteria =
                json!({"StringCondition": {"FieldName": search.field, "Value": "-x", "ComparisonType": "CONTAINS"}});
            let whole = place.found(search, json!({"SearchCriteria": criteria})).await;
            assert_eq!(whole, ["Alpha-x", "beta-x", "delta-x", "Gamma-x"], "{}", search.op.name());
            let everything = place.found(search, json!({})).await;
            let mut sorted = everything.clone();
            sorted.sort_by_key(|name| name.to_lowercase());
            assert_eq!(everything, sorted, "{}", search.op.name());
            let (mut paged, mut token) = (Vec::new(), Value::Null);
            loop {
                let body = json!({"SearchCriteria": criteria, "MaxResults": 1, "NextToken": token});
                let page = place.ask(search, body).await.ok();
                assert_eq!(page["ApproximateTotalCount"], json!(4));
                let items = page[search.list].as_array().expect("a list");
                assert_eq!(items.len(), 1);
                paged.extend(items.iter().map(|one| text(&one[search.name])));
                match page.get("NextToken") {
                    Some(next) => token = next.clone(),
                    None => break,
                }
            }
            assert_eq!(paged, whole, "{}", search.op.name());
            let message = place.ask(search, json!({"NextToken": token})).await.refused(IPE);
            assert!(message.contains("NextToken"), "{message}");
        }
    })
    .await;
}

/// administration 3.2.4: items are those of Describe, with tags; flows without content; limits of users in milliseconds.
#[tokio::test]
async fn administration_3_2_4_items_are_those_of_describe() {
    on_each_engine(Limits::default(), async |bench| {
        let place = Place::of(bench).await;
        for search in ALL {
            let of_overrides = search.op == Op::SearchHoursOfOperationOverrides;
            let tags = if of_overrides { json!({}) } else { json!({"Tags": {"team": "blue"}}) };
            let id = place.make(search, "Described", tags).await;
            let criteria = json!({"StringCondition": {"FieldName": search.field, "Value": "Described"}});
            let found = place.ask(search, json!({"SearchCriteria": criteria})).await.ok()[search.list][0].clone();
            let mut described = place.describe(search, &id).await;
            let members = described.as_object_mut().expect("an object");
            members.remove("Content");
            if search.op == Op::SearchUsers || search.op == Op::SearchSecurityProfiles {
                members.retain(|name, _| !name.starts_with("LastModified"));
            }
            if search.op == Op::SearchUsers {
                members.insert("IdentityInfo".to_owned(), json!({"FirstName": "Ada", "LastName": "Byron"}));
            }
            assert_eq!(found, described, "{}", search.op.name());
            assert!(of_overrides || found["Tags"]["team"] == "blue", "{}", search.op.name());
        }
        let flow = place.ask(search_of(Op::SearchContactFlows), json!({})).await.ok();
        for flow in flow["ContactFlows"].as_array().expect("a list") {
            assert_eq!(flow["FlowContentSha256"].as_str().map(str::len), Some(64), "{flow}");
        }
        let draft = json!({"Status": "SAVED"});
        place.make(search_of(Op::SearchContactFlows), "Draft", draft).await;
        let criteria = json!({"StatusCondition": "SAVED"});
        let saved = place.ask(search_of(Op::SearchContactFlows), json!({"SearchCriteria": criteria})).await.ok();
        assert_eq!((&saved["ApproximateTotalCount"], &saved["ContactFlows"][0]["Name"]), (&json!(1), &json!("Draft")));
        assert_eq!(saved["ContactFlows"][0].get("FlowContentSha256"), None);
    })
    .await;
}

/// administration 3.2.4: AfterContactWorkTimeLimit in milliseconds, both places; queues of users are never found.
#[tokio::test]
async fn administration_3_2_4_users_and_their_queues() {
    on_each_engine(Limits::default(), async |bench| {
        let place = Place::of(bench).await;
        let users = search_of(Op::SearchUsers);
        place.make(users, "phone", json!({"PhoneConfig": {"PhoneType": "SOFT_PHONE", "AfterContactWorkTimeLimit": 30}})).await;
        let lists = json!({"AfterContactWorkConfigs": [{"Channel": "TASK", "AfterContactWorkConfig": {"AfterContactWorkTimeLimit": 2_000_000}}]});
        place.make(users, "lists", lists).await;
        let found = place.ask(users, json!({})).await.ok();
        assert_eq!(found["Users"][0]["AfterContactWorkConfigs"][0]["AfterContactWorkConfig"]["AfterContactWorkTimeLimit"], json!(2_000_000_000));
        assert_eq!(found["Users"][1]["PhoneConfig"]["AfterContactWorkTimeLimit"], json!(30_000));
        for criteria in [json!({}), json!({"QueueTypeCondition": "STANDARD"})] {
            assert_eq!(place.found(search_of(Op::SearchQueues), json!({"SearchCriteria": criteria})).await, ["BasicQueue"]);
        }
        let agent = json!({"SearchCriteria": {"QueueTypeCondition": "AGENT"}});
        place.ask(search_of(Op::SearchQueues), agent).await.refused(IPE);
    })
    .await;
}
