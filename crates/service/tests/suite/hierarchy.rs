//! The hierarchy of users (administration 6.3).

use serde_json::{Value, json};
use service::Limits;
use wire::Op;

use crate::bench::{Bench, NOW, on_each_engine};

const STRANGER: &str = "99999999-9999-4999-8999-999999999999";

const MEMBERS: [&str; 5] = ["LevelOne", "LevelTwo", "LevelThree", "LevelFour", "LevelFive"];

fn structure(names: &[&str]) -> Value {
    let levels: serde_json::Map<String, Value> =
        MEMBERS.iter().zip(names).map(|(member, name)| ((*member).to_owned(), json!({"Name": name}))).collect();
    json!({"HierarchyStructure": levels})
}

async fn shape(bench: &Bench, names: &[&str]) {
    bench.send(Op::UpdateUserHierarchyStructure, &[&bench.instance], structure(names)).await.ok();
}

async fn levels(bench: &Bench) -> Value {
    let answer = bench.get(Op::DescribeUserHierarchyStructure, &[&bench.instance], "").await.ok();
    answer.get("HierarchyStructure").cloned().unwrap_or_default()
}

async fn group(bench: &Bench, name: &str, parent: Option<&str>) -> String {
    let mut body = json!({"Name": name});
    if let Some(parent) = parent {
        body["ParentGroupId"] = json!(parent);
    }
    let made = bench.send(Op::CreateUserHierarchyGroup, &[&bench.instance], body).await.ok();
    made["HierarchyGroupId"].as_str().expect("an id").to_owned()
}

async fn shown(bench: &Bench, id: &str) -> Value {
    bench.get(Op::DescribeUserHierarchyGroup, &[&bench.instance, id], "").await.ok()["HierarchyGroup"].clone()
}

async fn user(bench: &Bench, name: &str, group: Option<&str>) -> String {
    let routing = bench.get(Op::ListRoutingProfiles, &[&bench.instance], "").await.ok();
    let security = bench.get(Op::ListSecurityProfiles, &[&bench.instance], "").await.ok();
    let mut body = json!({
        "Username": name, "RoutingProfileId": routing["RoutingProfileSummaryList"][0]["Id"],
        "SecurityProfileIds": [security["SecurityProfileSummaryList"][0]["Id"]],
    });
    if let Some(group) = group {
        body["HierarchyGroupId"] = json!(group);
    }
    let made = bench.send(Op::CreateUser, &[&bench.instance], body).await.ok();
    made["UserId"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn administration_6_3_1_the_structure_is_given_whole() {
    on_each_engine(Limits::default(), async |mut bench| {
        assert_eq!(levels(&bench).await, Value::Null);
        shape(&bench, &["Site", "Team", "Team"]).await;
        let before = levels(&bench).await;
        let arn = format!("arn:aws:connect:us-east-1:123456789012:instance/{}/agent-group-level/2", bench.instance);
        assert_eq!((&before["LevelTwo"]["Id"], &before["LevelTwo"]["Arn"]), (&json!("2"), &json!(arn)));
        assert_eq!((&before["LevelThree"]["Name"], before.get("LevelFour")), (&json!("Team"), None));
        bench.now = NOW + 5_000;
        shape(&bench, &["Site", "Squad", "Team"]).await;
        let after = levels(&bench).await;
        assert_eq!((&after["LevelTwo"]["Id"], &after["LevelTwo"]["Name"]), (&json!("2"), &json!("Squad")));
        assert_eq!(after["LevelOne"], before["LevelOne"], "administration 1.2.3: untouched ones keep their time");
        assert_ne!(after["LevelTwo"]["LastModifiedTime"], before["LevelTwo"]["LastModifiedTime"]);
        shape(&bench, &["a", "b", "c", "d", "e"]).await;
        shape(&bench, &["a"]).await;
        assert_eq!(levels(&bench).await.as_object().expect("levels").len(), 1);
        shape(&bench, &[]).await;
        assert_eq!(levels(&bench).await, Value::Null);
    })
    .await;
}

#[tokio::test]
async fn administration_a80_levels_and_groups_that_are_refused() {
    on_each_engine(Limits::default(), async |bench| {
        let update = async |body: Value| bench.send(Op::UpdateUserHierarchyStructure, &[&bench.instance], body).await;
        let alone = json!({"HierarchyStructure": {"LevelTwo": {"Name": "Team"}}});
        assert!(update(alone).await.refused("InvalidRequestException").contains("LevelTwo"));
        let long = json!({"HierarchyStructure": {"LevelOne": {"Name": "x".repeat(51)}}});
        assert!(update(long).await.refused("InvalidParameterException").contains("HierarchyStructure.LevelOne.Name"));
        let create = async |body: Value| bench.send(Op::CreateUserHierarchyGroup, &[&bench.instance], body).await;
        let message = create(json!({"Name": "Berlin"})).await.refused("InvalidRequestException");
        assert!(message.contains("level 1"), "{message}");
        shape(&bench, &["Site", "Team"]).await;
        let berlin = group(&bench, "Berlin", None).await;
        let night = group(&bench, "Night", Some(&berlin)).await;
        let message = create(json!({"Name": "Desk", "ParentGroupId": night})).await.refused("InvalidRequestException");
        assert!(message.contains("level 3"), "a group below a missing level: {message}");
        let refused = update(structure(&["Site"])).await;
        assert!(refused.refused("ResourceInUseException").contains(&night), "a level with groups");
        assert_eq!(
            (&refused.body["ResourceType"], &refused.body["ResourceId"]),
            (&json!("HIERARCHY_GROUP"), &json!(night))
        );
        assert!(update(structure(&[])).await.refused("ResourceInUseException").contains(&night));
        assert_eq!(levels(&bench).await.as_object().expect("levels").len(), 2, "nothing changed");
        for (body, error) in [
            (json!({"Name": ""}), "InvalidParameterException"),
            (json!({"Name": " "}), "InvalidParameterException"),
            (json!({"Name": "x".repeat(101)}), "InvalidParameterException"),
            (json!({"Name": "Berlin"}), "DuplicateResourceException"),
            (json!({"Name": "", "ParentGroupId": STRANGER}), "ResourceNotFoundException"),
        ] {
            let message = create(body.clone()).await.refused(error);
            assert!(message.contains("Name") || message.contains("ParentGroupId"), "{body}: {message}");
        }
    })
    .await;
}

#[tokio::test]
async fn administration_6_3_2_groups_their_paths_and_names() {
    on_each_engine(Limits { hierarchy_groups_per_instance: 4, ..Limits::default() }, async |mut bench| {
        shape(&bench, &["Site", "Team", "Desk"]).await;
        let berlin = group(&bench, "Berlin", None).await;
        bench.now += 1;
        let paris = group(&bench, "Paris", None).await;
        bench.now += 1;
        let night = group(&bench, "Night", Some(&berlin)).await;
        bench.now += 1;
        let arn = shown(&bench, &night).await["Arn"].as_str().expect("an ARN").to_owned();
        let desk = json!({"Name": "Night", "ParentGroupId": arn, "Tags": {"a": "b"}});
        let desk = bench.send(Op::CreateUserHierarchyGroup, &[&bench.instance], desk).await.ok();
        let desk = desk["HierarchyGroupId"].as_str().expect("an id").to_owned();
        let fifth = bench.send(Op::CreateUserHierarchyGroup, &[&bench.instance], json!({"Name": "Rome"})).await;
        assert!(fifth.refused("LimitExceededException").contains('4'));
        let rename = async |id: &str, name: &str| {
            bench.send(Op::UpdateUserHierarchyGroupName, &[&bench.instance, id], json!({"Name": name})).await
        };
        rename(&berlin, "Hamburg").await.ok();
        let shown_desk = shown(&bench, &desk).await;
        assert_eq!((&shown_desk["LevelId"], &shown_desk["Tags"]), (&json!("3"), &json!({"a": "b"})));
        let path = &shown_desk["HierarchyPath"];
        for (member, id, name) in
            [("LevelOne", &berlin, "Hamburg"), ("LevelTwo", &night, "Night"), ("LevelThree", &desk, "Night")]
        {
            assert_eq!((&path[member]["Id"], &path[member]["Name"]), (&json!(id), &json!(name)), "{path}");
            assert!(path[member]["Arn"].as_str().is_some_and(|arn| arn.ends_with(&format!("/agent-group/{id}"))));
            assert!(path[member]["LastModifiedTime"].is_number());
        }
        assert_eq!(path.get("LevelFour"), None);
        rename(&paris, "Hamburg").await.refused("DuplicateResourceException");
        rename(&night, "Hamburg").await.ok();
        rename(&night, "Hamburg").await.ok();
        rename(&night, " ").await.refused("InvalidParameterException");
        let list = bench.get(Op::ListUserHierarchyGroups, &[&bench.instance], "maxResults=3").await.ok();
        let names: Vec<_> = list["UserHierarchyGroupSummaryList"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| one["Name"].clone())
            .collect();
        assert_eq!(names, ["Hamburg", "Paris", "Hamburg"], "oldest first, administration 1.2.5");
        let token = list["NextToken"].as_str().expect("a token");
        let rest = bench.get(Op::ListUserHierarchyGroups, &[&bench.instance], &format!("nextToken={token}")).await.ok();
        assert_eq!(rest["UserHierarchyGroupSummaryList"][0]["Id"], json!(desk));
        let delete = async |id: &str| bench.get(Op::DeleteUserHierarchyGroup, &[&bench.instance, id], "").await;
        let in_use = delete(&night).await;
        assert!(in_use.refused("ResourceInUseException").contains(&desk), "a child");
        let ada = user(&bench, "ada", Some(&desk)).await;
        let in_use = delete(&desk).await;
        assert!(in_use.refused("ResourceInUseException").contains(&ada), "a user");
        bench.send(Op::UpdateUserHierarchy, &[&bench.instance, &ada], json!({})).await.ok();
        for id in [&desk, &night, &berlin] {
            delete(id).await.ok();
        }
        delete(&desk).await.refused("ResourceNotFoundException");
        let told = bench.get(Op::ListTagsForResource, &[&arn], "").await;
        told.refused("ResourceNotFoundException");
    })
    .await;
}

#[tokio::test]
async fn administration_6_3_3_a_task_tells_the_groups_of_its_agent_at_the_connection() {
    on_each_engine(Limits::default(), async |bench| {
        shape(&bench, &["Site", "Team"]).await;
        let berlin = group(&bench, "Berlin", None).await;
        let night = group(&bench, "Night", Some(&berlin)).await;
        let ada = user(&bench, "ada", Some(&night)).await;
        let task = json!({
            "InstanceId": bench.instance, "Channel": "TASK", "InitiationMethod": "API", "Name": "Call back",
            "InitiateAs": "CONNECTED_TO_USER", "UserInfo": {"UserId": ada},
        });
        let task = bench.send(Op::CreateContact, &[], task).await.ok();
        let task = task["ContactId"].as_str().expect("an id").to_owned();
        bench.send(Op::UpdateUserHierarchyGroupName, &[&bench.instance, &berlin], json!({"Name": "Bonn"})).await.ok();
        bench.send(Op::UpdateUserHierarchy, &[&bench.instance, &ada], json!({"HierarchyGroupId": ""})).await.ok();
        let shown = bench.get(Op::DescribeContact, &[&bench.instance, &task], "").await.ok();
        let groups = &shown["Contact"]["AgentInfo"]["HierarchyGroups"];
        let arn =
            |id: &str| format!("arn:aws:connect:us-east-1:123456789012:instance/{}/agent-group/{id}", bench.instance);
        assert_eq!(*groups, json!({"Level1": {"Arn": arn(&berlin)}, "Level2": {"Arn": arn(&night)}}));
    })
    .await;
}

/// Whoever wins, no group is left without its level or its parent.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_group_and_the_end_of_its_level_never_both_succeed() {
    on_each_engine(Limits::default(), async |bench| {
        for round in 0..10 {
            shape(&bench, &["Site"]).await;
            let own = [bench.instance.as_str()];
            let create = bench.send(Op::CreateUserHierarchyGroup, &own, json!({"Name": format!("g{round}")}));
            let remove = bench.send(Op::UpdateUserHierarchyStructure, &own, structure(&[]));
            let (created, removed) = tokio::join!(create, remove);
            match (created.error.as_str(), removed.error.as_str()) {
                ("", "ResourceInUseException") => {
                    let id = created.body["HierarchyGroupId"].as_str().expect("an id").to_owned();
                    bench.get(Op::DeleteUserHierarchyGroup, &[&bench.instance, &id], "").await.ok();
                }
                ("InvalidRequestException", "") => assert_eq!(levels(&bench).await, Value::Null),
                both => panic!("{both:?}"),
            }
        }
    })
    .await;
}
