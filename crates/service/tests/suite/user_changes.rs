//! Changes of users (administration 2.7); the rules by value are tables in `engine::user`.

use serde_json::{Value, json};
use service::Limits;
use wire::Op;

use crate::bench::{Bench, NOW, on_each_engine};

const STRANGER: &str = "99999999-9999-4999-8999-999999999999";

async fn listed(bench: &Bench, op: Op, list: &str, n: usize) -> String {
    bench.get(op, &[&bench.instance], "").await.ok()[list][n]["Id"].as_str().expect("an id").to_owned()
}

async fn new_user(bench: &Bench, instance: &str, more: Value) -> Value {
    let of = async |op, list: &str| bench.get(op, &[instance], "").await.ok()[list][0]["Id"].clone();
    let mut body = json!({
        "Username": "ada",
        "SecurityProfileIds": [of(Op::ListSecurityProfiles, "SecurityProfileSummaryList").await],
        "RoutingProfileId": of(Op::ListRoutingProfiles, "RoutingProfileSummaryList").await,
    });
    for (member, value) in more.as_object().expect("members") {
        body[member] = value.clone();
    }
    body
}

async fn made(bench: &Bench, more: Value) -> String {
    let body = new_user(bench, &bench.instance, more).await;
    let made = bench.send(Op::CreateUser, &[&bench.instance], body).await.ok();
    made["UserId"].as_str().expect("an id").to_owned()
}

async fn shown(bench: &Bench, id: &str) -> Value {
    bench.get(Op::DescribeUser, &[&bench.instance, id], "").await.ok()["User"].clone()
}

/// The time of NOW and so many seconds.
fn at(seconds: i64) -> Value {
    json!(NOW / 1000 + seconds)
}

#[tokio::test]
async fn administration_2_7_5_one_form_replaces_the_other() {
    on_each_engine(Limits::default(), async |mut bench| {
        let phone = json!({"PhoneType": "SOFT_PHONE", "AutoAccept": true, "AfterContactWorkTimeLimit": 30, "DeskPhoneNumber": ""});
        let id = made(&bench, json!({"PhoneConfig": phone})).await;
        let stored = json!({"PhoneType": "SOFT_PHONE", "AutoAccept": true, "AfterContactWorkTimeLimit": 30});
        assert_eq!(shown(&bench, &id).await["PhoneConfig"], stored, "administration 2.7.4: an empty number is none");
        bench.now = NOW + 5_000;
        let config = async |body: Value| bench.send(Op::UpdateUserConfig, &[&bench.instance, &id], body).await;
        let lists = json!({
            "AfterContactWorkConfigs": [{"Channel": "TASK", "AfterContactWorkConfig": {"AfterContactWorkTimeLimit": 0}}],
            "VoiceEnhancementConfigs": [{"Channel": "VOICE", "VoiceEnhancementMode": "NONE"}],
        });
        config(lists.clone()).await.ok();
        let user = shown(&bench, &id).await;
        assert_eq!(user["AfterContactWorkConfigs"], lists["AfterContactWorkConfigs"]);
        assert_eq!(user["PhoneConfig"], json!({"PhoneType": "SOFT_PHONE", "AutoAccept": true}));
        assert_eq!(user["LastModifiedTime"], at(5));
        bench.now = NOW + 9_000;
        let config = async |body: Value| bench.send(Op::UpdateUserConfig, &[&bench.instance, &id], body).await;
        config(lists.clone()).await.ok();
        assert_eq!(shown(&bench, &id).await, user, "administration 1.2.3: nothing changed");
        let message = config(json!({})).await.refused("InvalidRequestException");
        assert!(message.contains("AutoAcceptConfigs") && message.contains("VoiceEnhancementConfigs"), "A49: {message}");
        let wrong = json!({"PhoneNumberConfigs": [{"Channel": "TASK", "PhoneType": "SOFT_PHONE"}]});
        assert!(config(wrong).await.refused("InvalidParameterException").contains("PhoneNumberConfigs[0].Channel"), "A47");
        config(json!({"AfterContactWorkConfigs": []})).await.ok();
        assert_eq!(shown(&bench, &id).await.get("AfterContactWorkConfigs"), None);
        let phone = json!({"PhoneConfig": {"PhoneType": "DESK_PHONE", "DeskPhoneNumber": "+4930123", "AutoAccept": false}});
        config(json!({"AutoAcceptConfigs": [{"Channel": "TASK", "AutoAccept": true}]})).await.ok();
        let update = async |body: Value| bench.send(Op::UpdateUserPhoneConfig, &[&bench.instance, &id], body).await;
        update(phone.clone()).await.ok();
        let user = shown(&bench, &id).await;
        assert_eq!(user["PhoneConfig"], phone["PhoneConfig"]);
        assert_eq!(user.get("AutoAcceptConfigs"), None);
        assert_eq!(user["VoiceEnhancementConfigs"], lists["VoiceEnhancementConfigs"]);
        let desk = json!({"PhoneConfig": {"PhoneType": "DESK_PHONE", "DeskPhoneNumber": ""}});
        assert!(update(desk).await.refused("InvalidRequestException").contains("PhoneConfig.DeskPhoneNumber"), "A50");
    })
    .await;
}

#[tokio::test]
async fn administration_2_7_6_an_identity_changes_member_by_member() {
    on_each_engine(Limits::default(), async |bench| {
        let id =
            made(&bench, json!({"IdentityInfo": {"FirstName": "Ada", "Mobile": "+12065550100", "LastName": ""}})).await;
        let update = async |info: Value| {
            bench.send(Op::UpdateUserIdentityInfo, &[&bench.instance, &id], json!({"IdentityInfo": info})).await
        };
        update(json!({"LastName": "L", "Email": "ada@example.com", "Mobile": ""})).await.ok();
        let info = json!({"FirstName": "Ada", "LastName": "L", "Email": "ada@example.com"});
        assert_eq!(shown(&bench, &id).await["IdentityInfo"], info);
        let message = update(json!({"Email": "ada", "SecondaryEmail": "l"})).await.refused("InvalidParameterException");
        assert!(message.contains("IdentityInfo.Email") && message.contains("IdentityInfo.SecondaryEmail"), "{message}");
        update(json!({"Mobile": "030"})).await.refused("InvalidParameterException");
        assert_eq!(shown(&bench, &id).await["IdentityInfo"], info);
    })
    .await;
}

#[tokio::test]
async fn administration_a53_directories_hold_identities() {
    let bench = Bench::new().await;
    for (directory, refused_new, refused_change) in [
        ("SAML", json!({"Password": "Secret-12"}), json!({"Email": "b@example.com"})),
        ("SAML", json!({"IdentityInfo": {"Email": "a@example.com"}}), json!({"Email": ""})),
        ("SAML", json!({"DirectoryUserId": "d"}), Value::Null),
        ("EXISTING_DIRECTORY", Value::Null, json!({"FirstName": "B"})),
    ] {
        let other = json!({
            "IdentityManagementType": directory, "DirectoryId": "d-0123456789", "InboundCallsEnabled": true,
            "OutboundCallsEnabled": true,
        });
        let other = bench.send(Op::CreateInstance, &[], other).await.ok()["Id"].as_str().expect("an id").to_owned();
        if !refused_new.is_null() {
            let body = new_user(&bench, &other, refused_new.clone()).await;
            let message = bench.send(Op::CreateUser, &[&other], body).await.refused("InvalidRequestException");
            let member = refused_new.as_object().and_then(|members| members.keys().next()).expect("a member");
            assert!(message.contains(member.as_str()), "{message}");
        }
        let body = new_user(&bench, &other, json!({})).await;
        let id = bench.send(Op::CreateUser, &[&other], body).await.ok()["UserId"].as_str().expect("an id").to_owned();
        let update = async |info: Value| {
            bench.send(Op::UpdateUserIdentityInfo, &[&other, &id], json!({"IdentityInfo": info})).await
        };
        update(json!({"SecondaryEmail": "s@example.com"})).await.ok();
        if !refused_change.is_null() {
            update(refused_change).await.refused("InvalidRequestException");
        }
        bench.send(Op::DeleteInstance, &[&other], json!({})).await.ok();
    }
}

/// administration 2.7.7, A51, A52, A55.
#[tokio::test]
async fn administration_2_7_7_profiles_and_groups_of_a_user() {
    on_each_engine(Limits::default(), async |bench| {
        let id = made(&bench, json!({})).await;
        let links = async || {
            let links = bench.service.store().links_of(&bench.instance, store::Kind::User, &id).await.expect("a read");
            links.into_iter().map(|link| (link.role, link.to_id)).collect::<Vec<_>>()
        };
        let profile = |n| listed(&bench, Op::ListSecurityProfiles, "SecurityProfileSummaryList", n);
        let (first, second) = (profile(0).await, profile(1).await);
        let set = async |ids: Value| {
            bench
                .send(Op::UpdateUserSecurityProfiles, &[&bench.instance, &id], json!({"SecurityProfileIds": ids}))
                .await
        };
        set(json!([second, first, second])).await.ok();
        assert_eq!(shown(&bench, &id).await["SecurityProfileIds"], json!([second, first]), "doubled ids once");
        let roles: Vec<String> = links().await.into_iter().map(|(role, _)| role).collect();
        assert_eq!(roles, ["ROUTING_PROFILE", "SECURITY_PROFILE", "SECURITY_PROFILE"]);
        for ids in [json!([]), json!(vec![&first; 11])] {
            let message = set(ids).await.refused("InvalidParameterException");
            assert!(message.contains("SecurityProfileIds"), "A51: {message}");
        }
        let message = set(json!([STRANGER, first, "absent"])).await.refused("ResourceNotFoundException");
        assert!(
            message.contains("SecurityProfileIds[0]") && message.contains("SecurityProfileIds[2]"),
            "1.1.1: {message}"
        );
        let route = async |profile: &str| {
            bench
                .send(Op::UpdateUserRoutingProfile, &[&bench.instance, &id], json!({"RoutingProfileId": profile}))
                .await
        };
        let queue = format!("arn:aws:connect:us-east-1:123456789012:instance/{}/queue/{STRANGER}", bench.instance);
        for unknown in [queue.as_str(), STRANGER] {
            let message = route(unknown).await.refused("ResourceNotFoundException");
            assert!(message.contains("RoutingProfileId"), "A52: {message}");
        }
        let own = shown(&bench, &id).await["RoutingProfileId"].as_str().expect("an id").to_owned();
        route(&format!("arn:aws:connect:us-east-1:123456789012:instance/{}/routing-profile/{own}", bench.instance))
            .await
            .ok();
        assert_eq!(shown(&bench, &id).await["RoutingProfileId"], json!(own));
        let group = async |group: Value| bench.send(Op::UpdateUserHierarchy, &[&bench.instance, &id], group).await;
        let message = group(json!({"HierarchyGroupId": STRANGER})).await.refused("ResourceNotFoundException");
        assert!(message.contains("HierarchyGroupId"), "A55: {message}");
        let level = json!({"HierarchyStructure": {"LevelOne": {"Name": "Site"}}});
        bench.send(Op::UpdateUserHierarchyStructure, &[&bench.instance], level).await.ok();
        let berlin = bench.send(Op::CreateUserHierarchyGroup, &[&bench.instance], json!({"Name": "Berlin"})).await.ok();
        for nothing in [json!({}), json!({"HierarchyGroupId": ""})] {
            group(json!({"HierarchyGroupId": berlin["HierarchyGroupArn"]})).await.ok();
            assert_eq!(shown(&bench, &id).await["HierarchyGroupId"], berlin["HierarchyGroupId"]);
            assert_eq!(links().await[0].0, "HIERARCHY_GROUP");
            group(nothing).await.ok();
            assert_eq!(shown(&bench, &id).await.get("HierarchyGroupId"), None);
        }
        for op in [Op::UpdateUserConfig, Op::UpdateUserHierarchy] {
            bench.send(op, &[&bench.instance, STRANGER], json!({})).await.refused("ResourceNotFoundException");
        }
    })
    .await;
}

/// administration 1.1.1, A45, A46: all that is unknown in one message, before rules that name InvalidParameterException.
#[tokio::test]
async fn administration_1_1_1_unknown_ids_come_before_wrong_values() {
    on_each_engine(Limits::default(), async |bench| {
        let wrong = json!({
            "Username": "a b", "RoutingProfileId": STRANGER, "SecurityProfileIds": [STRANGER, "absent"],
            "HierarchyGroupId": "absent",
        });
        let message = bench.send(Op::CreateUser, &[&bench.instance], wrong).await.refused("ResourceNotFoundException");
        for path in ["RoutingProfileId", "SecurityProfileIds[0]", "SecurityProfileIds[1]", "HierarchyGroupId"] {
            assert!(message.contains(path), "{path}: {message}");
        }
        let both = json!({
            "Username": "a b", "IdentityInfo": {"Email": "ada"}, "PhoneConfig": {"AutoAccept": true},
            "AutoAcceptConfigs": [{"Channel": "TASK", "AutoAccept": true}],
        });
        let body = new_user(&bench, &bench.instance, both).await;
        let message =
            bench.send(Op::CreateUser, &[&bench.instance], body.clone()).await.refused("InvalidParameterException");
        assert!(message.contains("Username") && message.contains("IdentityInfo.Email"), "A45: {message}");
        let mut body = body;
        body["Username"] = json!("ada");
        body["IdentityInfo"] = json!({});
        let message = bench.send(Op::CreateUser, &[&bench.instance], body).await.refused("InvalidRequestException");
        assert!(message.contains("PhoneConfig.AutoAccept") && message.contains("AutoAcceptConfigs"), "A46: {message}");
    })
    .await;
}
