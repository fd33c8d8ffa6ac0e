//! Proficiencies of users (administration 6.2): their operations, and what they do in routing and searches.

use serde_json::{Value, json};
use wire::Op;

use crate::agents::{Team, on_teams};
use crate::bench::{Answer, NOW};

async fn attribute(team: &Team, name: &str, values: &[&str]) {
    let body = json!({"Name": name, "Values": {"StringList": values}});
    team.bench.send(Op::CreatePredefinedAttribute, &[&team.bench.instance], body).await.ok();
}

fn own(name: &str, value: &str, level: impl Into<Value>) -> Value {
    let level: Value = level.into();
    json!({"AttributeName": name, "AttributeValue": value, "Level": level})
}

async fn send(team: &Team, op: Op, user: &str, list: Value) -> Answer {
    team.bench.send(op, &[&team.bench.instance, user], json!({"UserProficiencies": list})).await
}

async fn associate(team: &Team, user: &str, list: Value) -> Answer {
    send(team, Op::AssociateUserProficiencies, user, list).await
}

async fn listed(team: &Team, user: &str, query: &str) -> Value {
    team.bench.get(Op::ListUserProficiencies, &[&team.bench.instance, user], query).await.ok()
}

#[tokio::test]
async fn administration_6_2_2_proficiencies_come_change_and_go() {
    on_teams(async |mut team| {
        let ada = team.user("ada", json!({})).await;
        attribute(&team, "Language", &["de", "en", "fr"]).await;
        attribute(&team, "Skill", &["Tax"]).await;
        let empty = listed(&team, &ada, "").await;
        assert_eq!(empty["UserProficiencyList"], json!([]));
        assert_eq!(empty["LastModifiedTime"], json!(NOW / 1000));
        team.bench.now = NOW + 1_000;
        let first = json!([own("Language", "fr", 3), own("Skill", "Tax", 5)]);
        associate(&team, &ada, first).await.ok();
        associate(&team, &ada, json!([own("Language", "de", 1)])).await.ok();
        let order = |fr: i32| json!([own("Language", "fr", fr), own("Skill", "Tax", 5), own("Language", "de", 1)]);
        let answer = listed(&team, &ada, "").await;
        assert_eq!(answer["UserProficiencyList"], order(3), "administration 1.2.5");
        assert_eq!((&answer["LastModifiedTime"], &answer["LastModifiedRegion"]), (&json!(NOW / 1000 + 1), &json!("us-east-1")));
        let page = listed(&team, &ada, "maxResults=2").await;
        assert_eq!(page["UserProficiencyList"].as_array().map(Vec::len), Some(2));
        let token = page["NextToken"].as_str().expect("a token");
        let rest = listed(&team, &ada, &format!("nextToken={token}")).await;
        assert_eq!(rest["UserProficiencyList"], json!([own("Language", "de", 1)]));
        assert_eq!(rest.get("NextToken"), None);
        // What changes nothing moves no time (administration 1.2.3).
        team.bench.now = NOW + 2_000;
        send(&team, Op::UpdateUserProficiencies, &ada, json!([own("Language", "fr", 3)])).await.ok();
        let absent = json!([{"AttributeName": "Language", "AttributeValue": "en"}, {"AttributeName": "No", "AttributeValue": "x"}]);
        send(&team, Op::DisassociateUserProficiencies, &ada, absent).await.ok();
        assert_eq!(listed(&team, &ada, "").await, answer);
        send(&team, Op::UpdateUserProficiencies, &ada, json!([own("Language", "fr", 4)])).await.ok();
        let changed = listed(&team, &ada, "").await;
        assert_eq!((&changed["UserProficiencyList"], &changed["LastModifiedTime"]), (&order(4), &json!(NOW / 1000 + 2)));
        let gone = json!([{"AttributeName": "Skill", "AttributeValue": "Tax"}, {"AttributeName": "Skill", "AttributeValue": "Tax"}]);
        send(&team, Op::DisassociateUserProficiencies, &ada, gone).await.ok();
        let left = json!([own("Language", "fr", 4), own("Language", "de", 1)]);
        assert_eq!(listed(&team, &ada, "").await["UserProficiencyList"], left);
        // Values in use stay (administration 6.1.2), and so does the attribute (A79).
        let labels = [team.bench.instance.as_str(), "Language"];
        let values = |values: &[&str]| json!({"Values": {"StringList": values}});
        let update = async |body: Value| team.bench.send(Op::UpdatePredefinedAttribute, &labels, body).await;
        let message = update(values(&["fr", "en"])).await.refused("InvalidRequestException");
        assert!(message.contains("\"de\"") && message.contains(&ada), "{message}");
        update(values(&["fr", "de"])).await.ok();
        let refused = team.bench.get(Op::DeletePredefinedAttribute, &labels, "").await;
        assert_eq!((&refused.body["ResourceType"], &refused.body["ResourceId"]), (&json!("USER"), &json!(ada)));
        refused.refused("ResourceInUseException");
        team.bench.get(Op::DeleteUser, &[&team.bench.instance, &ada], "").await.ok();
        update(values(&[])).await.ok();
        team.bench.get(Op::DeletePredefinedAttribute, &labels, "").await.ok();
    })
    .await;
}

/// administration A80, 6.2.1, 6.2.2, 1.1.1
#[tokio::test]
async fn administration_a80_bad_proficiencies_are_refused() {
    on_teams(async |team| {
        let ada = team.user("ada", json!({})).await;
        let values: Vec<String> = (0..12).map(|n| format!("v{n}")).collect();
        attribute(&team, "A", &values.iter().map(String::as_str).collect::<Vec<_>>()).await;
        associate(&team, &ada, json!([own("A", "v0", 1)])).await.ok();
        let before = listed(&team, &ada, "").await;
        let (ipe, ire, rnf) = ("InvalidParameterException", "InvalidRequestException", "ResourceNotFoundException");
        let eleven: Vec<Value> = (1..12).map(|n| own("A", &format!("v{n}"), 1.0)).collect();
        let (associate, update) = (Op::AssociateUserProficiencies, Op::UpdateUserProficiencies);
        for (op, list, error, named) in [
            (associate, json!([own("A", "v1", 1), own("A", "v2", 2.5)]), ipe, "UserProficiencies[1].Level"),
            (update, json!([own("A", "v0", 2.5)]), ipe, "UserProficiencies[0].Level"),
            (associate, json!([own("A", "v1", 0)]), ipe, "Level"),
            (associate, json!([own("A", "v1", 6)]), ipe, "Level"),
            (associate, json!([own("A", "v1", 1), own("A", "v1", 2)]), ipe, "UserProficiencies[1]"),
            (update, json!([own("A", "v0", 1), own("A", "v0", 2)]), ipe, "UserProficiencies[1]"),
            (associate, json!([own("B", "v1", 1)]), rnf, "UserProficiencies[0].AttributeName"),
            (associate, json!([own("a", "v1", 1)]), rnf, "UserProficiencies[0].AttributeName"),
            (associate, json!([own("A", "V1", 1)]), rnf, "UserProficiencies[0].AttributeValue"),
            (update, json!([own("A", "v0", 2), own("A", "no", 1)]), rnf, "UserProficiencies[1].AttributeValue"),
            (associate, json!([own("A", "v0", 2)]), ire, "UserProficiencies[0]"),
            (update, json!([own("A", "v1", 2)]), ire, "UserProficiencies[0]"),
            (associate, json!(eleven[..10]), ire, "10"),
            (associate, json!(eleven), ire, "10"),
        ] {
            let message = send(&team, op, &ada, list.clone()).await.refused(error);
            assert!(message.contains(named), "{list}: {message}");
        }
        // Everything unknown is in one message.
        let message = send(&team, associate, "nobody", json!([own("B", "x", 1), own("C", "x", 1)])).await.refused(rnf);
        assert!(
            ["UserId", "[0].AttributeName", "[1].AttributeName"].iter().all(|part| message.contains(part)),
            "{message}"
        );
        for op in [update, Op::DisassociateUserProficiencies] {
            send(&team, op, "nobody", json!([])).await.refused(rnf);
        }
        team.bench.get(Op::ListUserProficiencies, &[&team.bench.instance, "nobody"], "").await.refused(rnf);
        assert_eq!(listed(&team, &ada, "").await, before, "nothing changes");
        send(&team, associate, &ada, json!(eleven[..9])).await.ok();
        send(&team, associate, &ada, json!(eleven[9..])).await.refused(ire);
        assert_eq!(listed(&team, &ada, "").await["UserProficiencyList"].as_array().map(Vec::len), Some(10));
    })
    .await;
}

impl Team {
    /// A task in BasicQueue that is for agents who fit the expression.
    async fn task_for(&self, name: &str, expression: &Value) -> String {
        let flow = self.bench.flow_named("Sample task flow").await;
        let id = self.bench.started(json!({"Name": name, "ContactFlowId": flow})).await;
        let criteria = json!({"RoutingCriteria": {"Steps": [{"Expression": expression}]}});
        self.bench.send(Op::UpdateContactRoutingData, &[&self.bench.instance, &id], criteria).await.ok();
        self.work().await;
        id
    }

    /// Who gets a new task for this level of French, a second later.
    async fn next(&mut self, name: &str, least: f64, of: &[&String]) -> Option<usize> {
        self.bench.now += 1_000;
        let task = self.task_for(name, &level("fr", least)).await;
        self.holder(&task, of).await
    }

    /// Who has the task, after one pass.
    async fn holder(&self, contact: &str, of: &[&String]) -> Option<usize> {
        self.work().await;
        for (n, user) in of.iter().enumerate() {
            if self.entries(user).await.iter().any(|(id, _)| id == contact) {
                return Some(n);
            }
        }
        None
    }
}

fn level(value: &str, level: f64) -> Value {
    json!({"AttributeCondition": {"Name": "Language", "Value": value, "ProficiencyLevel": level,
        "ComparisonOperator": "NumberGreaterOrEqualTo"}})
}

/// administration 6.2.2, tasks 3.3.6: a change acts at the next pass.
#[tokio::test]
async fn administration_6_2_2_proficiencies_act_on_routing_at_the_next_pass() {
    on_teams(async |mut team| {
        attribute(&team, "Language", &["de", "fr"]).await;
        let (ada, bob) = (team.user("ada", json!({})).await, team.user("bob", json!({})).await);
        team.put(&ada, "Available").await;
        team.bench.now = NOW + 1_000;
        team.put(&bob, "Available").await;
        let both = [&ada, &bob];
        let french = team.task_for("French", &level("fr", 3.0)).await;
        let either = json!({"OrExpression": [level("fr", 5.0), level("de", 2.0)]});
        let other = team.task_for("Either", &either).await;
        let mut not = level("de", 1.0);
        not = json!({"AndExpression": [level("fr", 1.0), {"NotAttributeCondition": not["AttributeCondition"].take()}]});
        let no_german = team.task_for("No German", &not).await;
        let for_anybody = team.task("Anybody").await;
        assert_eq!(team.holder(&for_anybody, &both).await, Some(0), "what nobody fits holds up nobody");
        for task in [&french, &other, &no_german] {
            assert_eq!(team.holder(task, &both).await, None);
        }
        associate(&team, &bob, json!([own("Language", "fr", 2)])).await.ok();
        assert_eq!(team.holder(&french, &both).await, None, "not at this level");
        assert_eq!(team.holder(&no_german, &both).await, Some(1));
        send(&team, Op::UpdateUserProficiencies, &bob, json!([own("Language", "fr", 3)])).await.ok();
        assert_eq!(team.holder(&french, &both).await, Some(1));
        assert_eq!(team.holder(&other, &both).await, None);
        associate(&team, &ada, json!([own("Language", "de", 2)])).await.ok();
        assert_eq!(team.holder(&other, &both).await, Some(0));
        // What is offered stays; what comes after goes by what the agents have then.
        send(
            &team,
            Op::DisassociateUserProficiencies,
            &ada,
            json!([{"AttributeName": "Language", "AttributeValue": "de"}]),
        )
        .await
        .ok();
        assert_eq!(team.holder(&other, &both).await, Some(0));
        let german = team.task_for("German", &level("de", 1.0)).await;
        assert_eq!(team.holder(&german, &both).await, None);
        associate(&team, &bob, json!([own("Language", "de", 1)])).await.ok();
        assert_eq!(team.holder(&german, &both).await, Some(1));
        let again = team.task_for("No German again", &not).await;
        assert_eq!(team.holder(&again, &both).await, None);
        send(
            &team,
            Op::DisassociateUserProficiencies,
            &bob,
            json!([{"AttributeName": "Language", "AttributeValue": "de"}]),
        )
        .await
        .ok();
        assert_eq!(team.holder(&again, &both).await, Some(1));
    })
    .await;
}

/// tasks 3.3.5, 3.3.6: of many, the one who fits and is idle for longest, whatever happened to the agents meanwhile.
#[tokio::test]
async fn tasks_3_3_5_the_longest_idle_who_fits_gets_the_task() {
    on_teams(async |mut team| {
        attribute(&team, "Language", &["de", "fr"]).await;
        let mut users = Vec::new();
        for n in 0..40_i32 {
            let user = team.user(&format!("u{n}"), json!({})).await;
            let value = if n % 13 == 5 { "fr" } else { "de" };
            associate(&team, &user, json!([own("Language", value, n % 5 + 1)])).await.ok();
            team.bench.now += 1_000;
            team.put(&user, "Available").await;
            users.push(user);
        }
        let all: Vec<&String> = users.iter().collect();
        // French have 5 (level 1), 18 (level 4) and 31 (level 2).
        assert_eq!(team.next("One", 2.0, &all).await, Some(18));
        assert_eq!(team.next("Two", 2.0, &all).await, Some(31));
        assert_eq!(team.next("Three", 1.0, &all).await, Some(5));
        assert_eq!(team.next("Four", 1.0, &all).await, Some(18), "who has slots left is idle since the last offer");
        assert_eq!(team.next("Five", 1.0, &all).await, Some(31));
        assert_eq!(team.next("Six", 5.0, &all).await, None);
        // Other agents, the same ones elsewhere, and those who went away.
        team.put(&users[5], "Offline").await;
        let gone = json!([{"AttributeName": "Language", "AttributeValue": "fr"}]);
        send(&team, Op::DisassociateUserProficiencies, &users[18], gone).await.ok();
        associate(&team, &users[7], json!([own("Language", "fr", 1)])).await.ok();
        assert_eq!(team.next("Seven", 1.0, &all).await, Some(7));
        assert_eq!(team.next("Eight", 1.0, &all).await, Some(31));
        team.bench.now += 500;
        team.put(&users[5], "Available").await;
        assert_eq!(team.next("Nine", 1.0, &all).await, Some(7));
        assert_eq!(team.next("Ten", 1.0, &all).await, Some(31));
        assert_eq!(team.next("Eleven", 1.0, &all).await, Some(5));
    })
    .await;
}

/// administration 3.1.5
#[tokio::test]
async fn administration_3_1_5_users_are_found_by_proficiencies() {
    on_teams(async |team| {
        attribute(&team, "Language", &["de", "fr"]).await;
        attribute(&team, "Skill", &["fr"]).await;
        for (name, list) in [
            ("ada", json!([own("Language", "fr", 4), own("Language", "de", 2)])),
            ("bob", json!([own("Language", "fr", 2), own("Skill", "fr", 5)])),
            ("cyd", json!([])),
        ] {
            let user = team.user(name, json!({})).await;
            associate(&team, &user, list).await.ok();
        }
        let text = |field: &str, value: &str| {
            json!({"StringCondition": {"FieldName": field, "Value": value, "ComparisonType": "EXACT"}})
        };
        let number = |least: i32| {
            json!({"NumberCondition": {"FieldName": "limit", "MinValue": least, "ComparisonType": "GREATER_OR_EQUAL"}})
        };
        let list = |conditions: Value| json!({"ListCondition": {"TargetListType": "PROFICIENCIES", "Conditions": conditions}});
        let (language, fr) = (text("name", "Language"), text("value", "fr"));
        for (criteria, found) in [
            (list(json!([language])), vec!["ada", "bob"]),
            (list(json!([language, fr, number(4)])), vec!["ada"]),
            (list(json!([language, number(5)])), vec![]),
            (list(json!([number(5)])), vec!["bob"]),
            (list(json!([text("value", "de")])), vec!["ada"]),
            (list(json!([])), vec!["ada", "bob"]),
            (json!({"AndConditions": [list(json!([fr, number(5)])), list(json!([language]))]}), vec!["bob"]),
            (json!({"OrConditions": [list(json!([text("value", "de")])), list(json!([number(5)]))]}), vec!["ada", "bob"]),
        ] {
            let body = json!({"InstanceId": team.bench.instance, "SearchCriteria": criteria});
            let answer = team.bench.send(Op::SearchUsers, &[], body).await.ok();
            let names: Vec<&str> =
                answer["Users"].as_array().expect("a list").iter().filter_map(|user| user["Username"].as_str()).collect();
            assert_eq!((names, &answer["ApproximateTotalCount"]), (found.clone(), &json!(found.len())), "{criteria}");
        }
    })
    .await;
}
