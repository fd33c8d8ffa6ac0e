//! Users, queues, and the lists of what a task can name (tasks 1.4, 2.16, 3.1).

use serde_json::{Value, json};
use service::Limits;
use wire::Op;

use crate::bench::{Bench, on_each_engine};

async fn first_id(bench: &Bench, op: Op, list: &str) -> String {
    let answer = bench.get(op, &[&bench.instance], "").await.ok();
    answer[list][0]["Id"].as_str().expect("an id").to_owned()
}

async fn user(bench: &Bench, name: &str) -> Value {
    json!({
        "Username": name,
        "Password": "Secret-12",
        "IdentityInfo": {"FirstName": "Ada", "LastName": "L"},
        "PhoneConfig": {"PhoneType": "SOFT_PHONE", "AutoAccept": false, "AfterContactWorkTimeLimit": 30},
        "SecurityProfileIds": [first_id(bench, Op::ListSecurityProfiles, "SecurityProfileSummaryList").await],
        "RoutingProfileId": first_id(bench, Op::ListRoutingProfiles, "RoutingProfileSummaryList").await,
    })
}

#[tokio::test]
async fn tasks_3_1_1_a_user_comes_and_goes_with_a_queue() {
    on_each_engine(Limits::default(), async |bench| {
        let made = bench.send(Op::CreateUser, &[&bench.instance], user(&bench, "ada").await).await.ok();
        let id = made["UserId"].as_str().expect("an id").to_owned();
        let described = bench.get(Op::DescribeUser, &[&bench.instance, &id], "").await.ok();
        assert_eq!(described["User"]["Username"], "ada");
        assert_eq!(described["User"]["Arn"], made["UserArn"]);
        assert!(!described.to_string().contains("Secret"), "a password is never answered");
        let queues = bench.get(Op::ListQueues, &[&bench.instance], "").await.ok();
        let list = queues["QueueSummaryList"].as_array().expect("a list");
        let mut types: Vec<_> = list.iter().filter_map(|queue| queue["QueueType"].as_str()).collect();
        types.sort_unstable();
        assert_eq!(types, ["AGENT", "STANDARD"], "3.1.2: both kinds");
        let agent = bench.get(Op::ListQueues, &[&bench.instance], "queueTypes=AGENT").await.ok();
        let arn = agent["QueueSummaryList"][0]["Arn"].as_str().expect("an ARN").to_owned();
        assert!(arn.ends_with(&format!("/queue/agent/{id}")), "{arn}");
        let none = bench.get(Op::DescribeQueue, &[&bench.instance, &id], "").await;
        assert_eq!(none.error, "ResourceNotFoundException");
        bench.get(Op::DeleteUser, &[&bench.instance, &id], "").await.ok();
        let queues = bench.get(Op::ListQueues, &[&bench.instance], "").await.ok();
        assert_eq!(queues["QueueSummaryList"].as_array().expect("a list").len(), 1);
        assert_eq!(bench.get(Op::DescribeUser, &[&bench.instance, &id], "").await.error, "ResourceNotFoundException");
        bench.send(Op::CreateUser, &[&bench.instance], user(&bench, "ada").await).await.ok();
    })
    .await;
}

#[tokio::test]
async fn tasks_1_4_what_a_user_needs() {
    on_each_engine(Limits { users_per_instance: 2, ..Limits::default() }, async |mut bench| {
        let good = user(&bench, "ada").await;
        let with = |member: &str, value: Value| {
            let mut body = good.clone();
            body[member] = value;
            body
        };
        let unknown = "99999999-9999-4999-8999-999999999999";
        for (body, error) in [
            (with("Password", json!("secret12")), "InvalidParameterException"),
            (with("Password", json!("Secret")), "InvalidParameterException"),
            (with("RoutingProfileId", json!(unknown)), "ResourceNotFoundException"),
            (with("SecurityProfileIds", json!([unknown])), "ResourceNotFoundException"),
            (with("SecurityProfileIds", json!([])), "InvalidParameterException"),
        ] {
            assert_eq!(bench.send(Op::CreateUser, &[&bench.instance], body.clone()).await.error, error, "{body}");
        }
        bench.send(Op::CreateUser, &[&bench.instance], good.clone()).await.ok();
        assert_eq!(
            bench.send(Op::CreateUser, &[&bench.instance], good.clone()).await.error,
            "DuplicateResourceException"
        );
        bench.now += 1; // lists are in the order of creation
        bench.send(Op::CreateUser, &[&bench.instance], with("Username", json!("bob"))).await.ok();
        let third = bench.send(Op::CreateUser, &[&bench.instance], with("Username", json!("cyd"))).await;
        assert_eq!(third.error, "LimitExceededException");
        let name = |page: &Value| page["UserSummaryList"][0]["Username"].as_str().expect("a name").to_owned();
        let page = bench.get(Op::ListUsers, &[&bench.instance], "maxResults=1").await.ok();
        let token = page["NextToken"].as_str().expect("a second page").to_owned();
        let mut names = vec![name(&page)];
        let page = bench.get(Op::ListUsers, &[&bench.instance], &format!("maxResults=1&nextToken={token}")).await.ok();
        names.push(name(&page));
        names.sort_unstable();
        assert_eq!(names, ["ada", "bob"]);
        assert_eq!(page.get("NextToken"), None);
    })
    .await;
}

#[tokio::test]
async fn tasks_3_1_queues_by_api() {
    on_each_engine(Limits { queues_per_instance: 2, ..Limits::default() }, async |bench| {
        let hours = first_id(&bench, Op::ListHoursOfOperations, "HoursOfOperationSummaryList").await;
        let body =
            |name: &str| json!({"Name": name, "HoursOfOperationId": hours, "MaxContacts": 5, "Tags": {"a": "b"}});
        let made = bench.send(Op::CreateQueue, &[&bench.instance], body("Returns")).await.ok();
        let id = made["QueueId"].as_str().expect("an id").to_owned();
        let queue = bench.get(Op::DescribeQueue, &[&bench.instance, &id], "").await.ok();
        assert_eq!(queue["Queue"]["Name"], "Returns");
        assert_eq!(queue["Queue"]["Status"], "ENABLED");
        assert_eq!(queue["Queue"]["MaxContacts"], 5);
        assert_eq!(queue["Queue"]["Tags"], json!({"a": "b"}));
        assert_eq!(queue["Queue"]["QueueArn"], made["QueueArn"]);
        assert_eq!(
            bench.send(Op::CreateQueue, &[&bench.instance], body("Returns")).await.error,
            "DuplicateResourceException"
        );
        assert_eq!(
            bench.send(Op::CreateQueue, &[&bench.instance], body("Third")).await.error,
            "LimitExceededException"
        );
        let mut bad = body("Other");
        bad["HoursOfOperationId"] = json!("99999999-9999-4999-8999-999999999999");
        assert_eq!(bench.send(Op::CreateQueue, &[&bench.instance], bad).await.error, "ResourceNotFoundException");
    })
    .await;
}
