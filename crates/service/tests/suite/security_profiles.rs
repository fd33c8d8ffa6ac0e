//! Security profiles (administration 2.8).

use serde_json::{Value, json};
use service::Limits;
use wire::Op;

use crate::bench::{Bench, NOW, on_each_engine};

const STRANGER: &str = "99999999-9999-4999-8999-999999999999";

async fn made(bench: &Bench, body: Value) -> String {
    let made = bench.send(Op::CreateSecurityProfile, &[&bench.instance], body).await.ok();
    made["SecurityProfileId"].as_str().expect("an id").to_owned()
}

async fn shown(bench: &Bench, id: &str) -> Value {
    bench.get(Op::DescribeSecurityProfile, &[&bench.instance, id], "").await.ok()["SecurityProfile"].clone()
}

async fn permissions(bench: &Bench, id: &str, query: &str) -> Value {
    bench.get(Op::ListSecurityProfilePermissions, &[&bench.instance, id], query).await.ok()
}

async fn named(bench: &Bench, name: &str) -> String {
    let page = bench.get(Op::ListSecurityProfiles, &[&bench.instance], "").await.ok();
    let list = page["SecurityProfileSummaryList"].as_array().expect("a list").clone();
    let found = list.into_iter().find(|one| one["Name"] == name).expect("the profile");
    assert_eq!(found["Type"], "CUSTOMER_MANAGED", "administration 2.8.1");
    found["Id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn administration_2_8_1_and_2_8_2_a_profile_and_its_permissions() {
    on_each_engine(Limits::default(), async |mut bench| {
        let body = json!({
            "SecurityProfileName": "Night shift", "Description": "d", "Tags": {"a": "b"},
            "Permissions": ["Users.View", "BasicAgentAccess", "Users.View", "Invented.ByUs"],
        });
        let id = made(&bench, body).await;
        let profile = shown(&bench, &id).await;
        let arn = format!("arn:aws:connect:us-east-1:123456789012:instance/{}/security-profile/{id}", bench.instance);
        assert_eq!(
            profile,
            json!({
                "Id": id, "OrganizationResourceId": bench.instance, "Arn": arn, "SecurityProfileName": "Night shift",
                "Description": "d", "Tags": {"a": "b"}, "Type": "CUSTOMER_MANAGED",
                "LastModifiedTime": profile["LastModifiedTime"], "LastModifiedRegion": "us-east-1",
            })
        );
        let all = permissions(&bench, &arn, "").await;
        assert_eq!(all["Permissions"], json!(["BasicAgentAccess", "Invented.ByUs", "Users.View"]), "sorted, each once");
        assert_eq!(all["LastModifiedTime"], profile["LastModifiedTime"], "administration 1.2.5");
        let page = permissions(&bench, &id, "maxResults=2").await;
        assert_eq!(page["Permissions"], json!(["BasicAgentAccess", "Invented.ByUs"]));
        let token = page["NextToken"].as_str().expect("a token").to_owned();
        let page = permissions(&bench, &id, &format!("maxResults=2&nextToken={token}")).await;
        assert_eq!((&page["Permissions"], page.get("NextToken")), (&json!(["Users.View"]), None));
        let other = named(&bench, "Agent").await;
        bench
            .get(Op::ListSecurityProfilePermissions, &[&bench.instance, &other], &format!("nextToken={token}"))
            .await
            .refused("InvalidParameterException");
        assert!(permissions(&bench, &other, "").await["Permissions"].to_string().contains("BasicAgentAccess"));
        bench.now = NOW + 5_000;
        let update =
            async |body: Value| bench.send(Op::UpdateSecurityProfile, &[&bench.instance, &id], body).await.ok();
        update(json!({})).await;
        assert_eq!(shown(&bench, &id).await, profile, "administration 1.1.6, 1.2.3");
        update(json!({"Permissions": [], "Description": ""})).await;
        assert_eq!(permissions(&bench, &id, "").await["Permissions"], json!([]), "administration 1.1.4");
        let after = shown(&bench, &id).await;
        assert_eq!(after.get("Description"), None, "administration 1.1.5");
        assert_eq!(after["LastModifiedTime"], json!((NOW + 5_000) / 1000));
    })
    .await;
}

#[tokio::test]
async fn administration_2_8_4_what_a_profile_restricts() {
    on_each_engine(Limits::default(), async |bench| {
        let configuration = json!({"DataTableAccessControlConfiguration": {"PrimaryAttributeAccessControlConfiguration": {
            "PrimaryAttributeValues": [{"AccessType": "ALLOW", "AttributeName": "region", "Values": ["emea"]}],
        }}});
        let all = json!({
            "AllowedAccessControlTags": {"team": "blue"}, "TagRestrictedResources": ["User", "Queue"],
            "HierarchyRestrictedResources": ["User"], "GranularAccessControlConfiguration": configuration,
            "Applications": [{"Namespace": "desk", "ApplicationPermissions": ["ACCESS"], "Type": "MCP"}],
            "AllowedFlowModules": [{"Type": "MCP", "FlowModuleId": "m"}],
            "AllowedAIAgents": [{"Type": "THIRD_PARTY", "Arn": "arn:aws:wisdom:us-east-1:123456789012:ai-agent/a"}],
        });
        let mut body = all.clone();
        body["SecurityProfileName"] = json!("Restricted");
        let id = made(&bench, body).await;
        let stored = async || {
            let row = bench.service.store().resource(&bench.instance, store::Kind::SecurityProfile, &id).await;
            serde_json::from_str::<Value>(&row.expect("a read").expect("the row").body).expect("a body")
        };
        let profile = shown(&bench, &id).await;
        for member in ["AllowedAccessControlTags", "TagRestrictedResources", "HierarchyRestrictedResources", "GranularAccessControlConfiguration"] {
            assert_eq!(profile[member], all[member], "{member}");
        }
        let update = async |body: Value| bench.send(Op::UpdateSecurityProfile, &[&bench.instance, &id], body).await;
        update(json!({"Description": "other"})).await.ok();
        for member in ["Applications", "AllowedFlowModules", "AllowedAIAgents"] {
            assert_eq!(stored().await[member], all[member], "{member} is stored");
        }
        let wrong = update(json!({"HierarchyRestrictedResources": ["User", "Queue"]})).await;
        let message = wrong.refused("InvalidParameterException");
        assert!(message.contains("HierarchyRestrictedResources[1]") && message.contains("Queue") && message.contains("User"), "A57: {message}");
        let unknown = update(json!({"AllowedAccessControlHierarchyGroupId": STRANGER})).await;
        assert!(unknown.refused("ResourceNotFoundException").contains("AllowedAccessControlHierarchyGroupId"));
        let level = json!({"HierarchyStructure": {"LevelOne": {"Name": "Site"}}});
        bench.send(Op::UpdateUserHierarchyStructure, &[&bench.instance], level).await.ok();
        let group = bench.send(Op::CreateUserHierarchyGroup, &[&bench.instance], json!({"Name": "Berlin"})).await.ok();
        update(json!({"AllowedAccessControlHierarchyGroupId": group["HierarchyGroupArn"]})).await.ok();
        assert_eq!(shown(&bench, &id).await["AllowedAccessControlHierarchyGroupId"], group["HierarchyGroupId"]);
        let group_id = group["HierarchyGroupId"].as_str().expect("an id").to_owned();
        let in_use = bench.get(Op::DeleteUserHierarchyGroup, &[&bench.instance, &group_id], "").await;
        assert!(in_use.refused("ResourceInUseException").contains(&id), "administration 1.3.4");
        let empty = json!({
            "AllowedAccessControlTags": {}, "TagRestrictedResources": [], "HierarchyRestrictedResources": [],
            "Applications": [], "AllowedFlowModules": [], "AllowedAIAgents": [], "AllowedAccessControlHierarchyGroupId": "",
        });
        update(empty.clone()).await.ok();
        let body = stored().await;
        for member in empty.as_object().expect("members").keys() {
            assert_eq!(body.get(member), None, "{member} is emptied, administration 1.1.4");
        }
        bench.get(Op::DeleteUserHierarchyGroup, &[&bench.instance, &group_id], "").await.ok();
    })
    .await;
}

#[tokio::test]
async fn administration_a56_and_a57_and_a58_what_is_refused() {
    on_each_engine(Limits { security_profiles_per_instance: 6, ..Limits::default() }, async |bench| {
        let create = async |body: Value| bench.send(Op::CreateSecurityProfile, &[&bench.instance], body).await;
        for (body, error, named) in [
            (json!({"SecurityProfileName": "a/b"}), "InvalidParameterException", "SecurityProfileName"),
            (json!({"SecurityProfileName": "  "}), "InvalidParameterException", "Name"),
            (json!({"SecurityProfileName": "ab", "Description": ""}), "InvalidParameterException", "Description"),
            (
                json!({"SecurityProfileName": "ab", "HierarchyRestrictedResources": ["Queue"]}),
                "InvalidParameterException",
                "User",
            ),
            (json!({"SecurityProfileName": "Agent"}), "DuplicateResourceException", "Agent"),
            (
                json!({"SecurityProfileName": "ab", "AllowedAccessControlHierarchyGroupId": STRANGER, "HierarchyRestrictedResources": ["Queue"]}),
                "ResourceNotFoundException",
                "AllowedAccessControlHierarchyGroupId",
            ),
        ] {
            let message = create(body.clone()).await.refused(error);
            assert!(message.contains(named), "{body}: {message}");
        }
        let id = made(&bench, json!({"SecurityProfileName": "Night"})).await;
        made(&bench, json!({"SecurityProfileName": "Day"})).await;
        create(json!({"SecurityProfileName": "Noon"})).await.refused("LimitExceededException");
        let delete = async |id: &str| bench.get(Op::DeleteSecurityProfile, &[&bench.instance, id], "").await;
        let admin = named(&bench, "Admin").await;
        assert!(delete(&admin).await.refused("AccessDeniedException").contains("Admin"), "A58");
        let routing = bench.get(Op::ListRoutingProfiles, &[&bench.instance], "").await.ok();
        let user = json!({
            "Username": "ada", "SecurityProfileIds": [id, admin], "RoutingProfileId": routing["RoutingProfileSummaryList"][0]["Id"],
        });
        let user = bench.send(Op::CreateUser, &[&bench.instance], user).await.ok();
        let user = user["UserId"].as_str().expect("an id").to_owned();
        let refused = delete(&id).await;
        assert!(refused.refused("ResourceInUseException").contains(&user), "A58");
        assert_eq!((&refused.body["ResourceType"], &refused.body["ResourceId"]), (&json!("USER"), &json!(user)));
        assert!(delete(&admin).await.refused("AccessDeniedException").contains("Admin"), "with a user, too");
        bench.get(Op::DeleteUser, &[&bench.instance, &user], "").await.ok();
        delete(&id).await.ok();
        delete(&id).await.refused("ResourceNotFoundException");
        create(json!({"SecurityProfileName": "Noon"})).await.ok();
    })
    .await;
}
