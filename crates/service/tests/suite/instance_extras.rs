//! What an instance has besides resources: attributes and associated functions (administration 2.10, 2.11); and
//! DeleteContactData (6.4).

use serde_json::{Value, json};
use service::Limits;
use wire::Op;

use crate::bench::{Answer, Bench, NOW, on_each_engine};

async fn set(bench: &Bench, name: &str, value: &str) -> Answer {
    bench.send(Op::UpdateInstanceAttribute, &[&bench.instance, name], json!({"Value": value})).await
}

async fn attribute(bench: &Bench, name: &str) -> Value {
    bench.get(Op::DescribeInstanceAttribute, &[&bench.instance, name], "").await.ok()["Attribute"].clone()
}

async fn page(bench: &Bench, query: &str) -> (Vec<(String, String)>, Option<String>) {
    let answer = bench.get(Op::ListInstanceAttributes, &[&bench.instance], query).await.ok();
    let text = |item: &Value, name: &str| item[name].as_str().expect("a text").to_owned();
    let list = answer["Attributes"].as_array().expect("a list");
    let pairs = list.iter().map(|item| (text(item, "AttributeType"), text(item, "Value"))).collect();
    (pairs, answer["NextToken"].as_str().map(str::to_owned))
}

#[tokio::test]
async fn administration_2_10_1_attributes_are_listed_in_the_order_of_the_model() {
    on_each_engine(Limits::default(), async |bench| {
        let (mut all, token) = page(&bench, "").await;
        assert_eq!(all.len(), 7, "a page");
        let (rest, end) = page(&bench, &format!("nextToken={}", token.expect("a token"))).await;
        assert_eq!((rest.len(), end), (7, None));
        all.extend(rest);
        let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, wire::shapes::InstanceAttributeType::ALL_VALUES);
        let on: Vec<&str> = all.iter().filter(|(_, value)| value == "true").map(|(name, _)| name.as_str()).collect();
        assert_eq!(on, ["INBOUND_CALLS", "OUTBOUND_CALLS", "AUTO_RESOLVE_BEST_VOICES"]);
        let shown = attribute(&bench, "CONTACTFLOW_LOGS").await;
        assert_eq!(shown, json!({"AttributeType": "CONTACTFLOW_LOGS", "Value": "false"}));
    })
    .await;
}

/// administration A61, 2.10.2, 1.1.7
#[tokio::test]
async fn administration_a61_and_2_10_2_a_value_is_true_or_false() {
    on_each_engine(Limits::default(), async |bench| {
        set(&bench, "CONTACTFLOW_LOGS", "TRUE").await.ok();
        set(&bench, "INBOUND_CALLS", "False").await.ok();
        assert_eq!(attribute(&bench, "CONTACTFLOW_LOGS").await["Value"], "true");
        assert_eq!(attribute(&bench, "INBOUND_CALLS").await["Value"], "false");
        let shown = bench.get(Op::DescribeInstance, &[&bench.instance], "").await.ok();
        assert_eq!(
            (&shown["Instance"]["InboundCallsEnabled"], &shown["Instance"]["OutboundCallsEnabled"]),
            (&json!(false), &json!(true))
        );
        let message = set(&bench, "CONTACTFLOW_LOGS", "maybe").await.refused("InvalidParameterException");
        assert!(message.contains("Value") && message.contains("maybe"), "{message}");
        let message = set(&bench, "X", "true").await.refused("InvalidParameterException");
        assert!(message.contains("AttributeType"), "{message}");
        let refused = bench.get(Op::DescribeInstanceAttribute, &[&bench.instance, "X"], "").await;
        refused.refused("InvalidParameterException");
        let body = |value: &str| json!({"Value": value, "ClientToken": "t"});
        let labels = [bench.instance.as_str(), "USE_CUSTOM_TTS_VOICES"];
        bench.send(Op::UpdateInstanceAttribute, &labels, body("true")).await.ok();
        set(&bench, "USE_CUSTOM_TTS_VOICES", "false").await.ok();
        bench.send(Op::UpdateInstanceAttribute, &labels, body("true")).await.ok();
        assert_eq!(attribute(&bench, "USE_CUSTOM_TTS_VOICES").await["Value"], "false", "the same call again");
        bench.send(Op::UpdateInstanceAttribute, &labels, body("false")).await.refused("InvalidRequestException");
    })
    .await;
}

fn arn(n: usize) -> String {
    format!("arn:aws:lambda:eu-west-2:999999999999:function:look-up-{n}")
}

async fn functions(bench: &Bench, query: &str) -> Value {
    bench.get(Op::ListLambdaFunctions, &[&bench.instance], query).await.ok()
}

/// administration A62, 2.11.2, 1.2.5
#[tokio::test]
async fn administration_a62_and_2_11_2_functions_are_associated_once() {
    on_each_engine(Limits { functions_per_instance: 3, ..Limits::default() }, async |mut bench| {
        let instance = bench.instance.clone();
        for n in [2, 0, 1] {
            bench.now += 1;
            let body = json!({"FunctionArn": arn(n), "ClientToken": format!("t{n}")});
            bench.send(Op::AssociateLambdaFunction, &[&instance], body.clone()).await.ok();
            bench.send(Op::AssociateLambdaFunction, &[&instance], body).await.ok(); // the same call again
        }
        assert_eq!(functions(&bench, "").await["LambdaFunctions"], json!([arn(2), arn(0), arn(1)]));
        let first = functions(&bench, "maxResults=2").await;
        let token = format!("nextToken={}", first["NextToken"].as_str().expect("a token"));
        assert_eq!(functions(&bench, &token).await["LambdaFunctions"], json!([arn(1)]));
        let associate =
            async |arn: &str| bench.send(Op::AssociateLambdaFunction, &[&instance], json!({"FunctionArn": arn})).await;
        for (text, error) in [
            ("arn:aws:s3:::b".to_owned(), "InvalidParameterException"),
            (arn(0), "ResourceConflictException"),
            (arn(7), "ServiceQuotaExceededException"),
        ] {
            let message = associate(&text).await.refused(error);
            assert!(message.contains("FunctionArn") || error.starts_with("ServiceQuota"), "{message}");
        }
        let gone = async |arn: &str| {
            let query = format!("functionArn={}", arn.replace(':', "%3A"));
            bench.get(Op::DisassociateLambdaFunction, &[&instance], &query).await
        };
        gone(&arn(7)).await.refused("ResourceNotFoundException");
        gone(&arn(0)).await.ok();
        gone(&arn(0)).await.refused("ResourceNotFoundException");
        associate(&arn(7)).await.ok();
    })
    .await;
}

/// administration A80, 6.4.1
#[tokio::test]
async fn administration_6_4_1_data_of_an_ended_task_can_be_deleted() {
    on_each_engine(Limits::default(), async |bench| {
        assert_eq!(bench.now, NOW);
        let body = json!({"InstanceId": bench.instance, "ContactFlowId": bench.flow, "Name": "Routed"});
        let task = bench.send(Op::StartTaskContact, &[], body).await.ok();
        let task = task["ContactId"].as_str().expect("an id");
        let delete = async |id: &str, fields: Value| {
            bench.send(Op::DeleteContactData, &[&bench.instance, id], json!({"ContactFields": fields})).await
        };
        let field = wire::shapes::ContactField::ALL_VALUES;
        let refused = delete(task, json!(field)).await;
        refused.refused("ContactNotTerminatedException");
        assert_eq!(refused.status, 409);
        bench.send(Op::StopContact, &[], json!({"InstanceId": bench.instance, "ContactId": task})).await.ok();
        let labels = [bench.instance.as_str(), task];
        let before = bench.get(Op::DescribeContact, &labels, "").await.ok();
        assert_eq!(delete(task, json!(field)).await.ok(), json!({}));
        assert_eq!(bench.get(Op::DescribeContact, &labels, "").await.ok(), before, "nothing changes");
        delete(task, json!([])).await.refused("InvalidParameterException");
        delete(task, json!(["X"])).await.refused("InvalidParameterException");
        delete("absent", json!(field)).await.refused("ResourceNotFoundException");
    })
    .await;
}
