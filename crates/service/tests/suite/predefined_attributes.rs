//! Predefined attributes (administration 6.1).

use serde_json::{Value, json};
use service::Limits;
use store::{Batch, Kind, Link, OnDelete};
use wire::Op;

use crate::bench::{Answer, Bench, NOW, on_each_engine};

async fn create(bench: &Bench, body: Value) -> Answer {
    bench.send(Op::CreatePredefinedAttribute, &[&bench.instance], body).await
}

async fn describe(bench: &Bench, name: &str) -> Value {
    let answer = bench.get(Op::DescribePredefinedAttribute, &[&bench.instance, name], "").await.ok();
    answer["PredefinedAttribute"].clone()
}

async fn update(bench: &Bench, name: &str, body: Value) -> Answer {
    bench.send(Op::UpdatePredefinedAttribute, &[&bench.instance, name], body).await
}

async fn delete(bench: &Bench, name: &str) -> Answer {
    bench.get(Op::DeletePredefinedAttribute, &[&bench.instance, name], "").await
}

async fn listed(bench: &Bench, query: &str) -> (Vec<String>, Value) {
    let answer = bench.get(Op::ListPredefinedAttributes, &[&bench.instance], query).await.ok();
    let list = answer["PredefinedAttributeSummaryList"].as_array().expect("a list").clone();
    let names = list.iter().map(|item| item["Name"].as_str().expect("a name").to_owned());
    (names.collect(), answer)
}

/// A link as a proficiency of a user is one.
async fn prove_skill(bench: &Bench, attribute: &str) {
    let link = Link {
        role: "PROFICIENCY".to_owned(),
        slot: engine::predefined_attribute::slot(attribute, "de"),
        position: 0,
        to_kind: Kind::PredefinedAttribute,
        to_id: attribute.to_owned(),
        on_delete: OnDelete::Refuse,
        body: String::new(),
    };
    let mut batch = Batch::new();
    batch.insert_link(&bench.instance, Kind::User, "a user", &link);
    bench.service.store().commit(batch).await.expect("a commit");
}

const SYSTEM: [&str; 3] = ["connect:Language", "connect:Subtype", "connect:WorkloadType"];

/// administration 6.1.1, 6.1.2, 1.2.3
#[tokio::test]
async fn administration_6_1_2_attributes_are_changed_member_by_member() {
    on_each_engine(Limits::default(), async |mut bench| {
        let body = json!({"Name": "Language skill", "Values": {"StringList": ["de", "en"]}, "Purposes": ["ROUTING"]});
        create(&bench, body).await.ok();
        let config = |validates: bool| json!({"EnableValueValidationOnAssociation": validates, "IsReadOnly": false});
        let shown = json!({
            "Name": "Language skill", "Values": {"StringList": ["de", "en"]}, "Purposes": ["ROUTING"],
            "AttributeConfiguration": config(false), "LastModifiedTime": NOW / 1000, "LastModifiedRegion": "us-east-1",
        });
        assert_eq!(describe(&bench, "Language skill").await, shown);
        bench.now = NOW + 1_000;
        let configured = json!({"AttributeConfiguration": {"EnableValueValidationOnAssociation": true}});
        update(&bench, "Language skill", configured.clone()).await.ok();
        update(&bench, "Language skill", json!({"Values": {"StringList": ["fr"]}})).await.ok();
        let shown = describe(&bench, "Language skill").await;
        assert_eq!((&shown["Values"], &shown["Purposes"]), (&json!({"StringList": ["fr"]}), &json!(["ROUTING"])));
        assert_eq!(
            (&shown["AttributeConfiguration"], &shown["LastModifiedTime"]),
            (&config(true), &json!(NOW / 1000 + 1))
        );
        bench.now = NOW + 2_000;
        update(&bench, "Language skill", configured).await.ok();
        update(&bench, "Language skill", json!({})).await.ok();
        assert_eq!(describe(&bench, "Language skill").await, shown, "nothing changed");
        update(&bench, "Language skill", json!({"Values": {"StringList": []}, "Purposes": []})).await.ok();
        let shown = describe(&bench, "Language skill").await;
        assert_eq!((&shown["Values"], &shown["Purposes"]), (&json!({"StringList": []}), &json!([])));
        delete(&bench, "Language skill").await.ok();
        delete(&bench, "Language skill").await.refused("ResourceNotFoundException");
        create(&bench, json!({"Name": "language SKILL"})).await.ok();
        assert_eq!(describe(&bench, "language SKILL").await["Values"], json!({"StringList": []}));
    })
    .await;
}

/// administration 6.1.3, 1.2.5
#[tokio::test]
async fn administration_6_1_3_attributes_of_the_system_are_there_from_the_start() {
    on_each_engine(Limits { predefined_attributes_per_instance: 1, ..Limits::default() }, async |mut bench| {
        assert_eq!(listed(&bench, "").await.0, SYSTEM);
        bench.now = NOW + 1_000;
        create(&bench, json!({"Name": "a"})).await.ok();
        create(&bench, json!({"Name": "b"})).await.refused("LimitExceededException");
        let (names, answer) = listed(&bench, "maxResults=2").await;
        assert_eq!(names, SYSTEM[..2]);
        let token = answer["NextToken"].as_str().expect("a token");
        assert_eq!(listed(&bench, &format!("nextToken={token}")).await.0, [SYSTEM[2], "a"]);
        let subtype = describe(&bench, "connect:Subtype").await;
        assert_eq!(subtype["Values"], json!({"StringList": ["connect:Task", "connect:ExternalTask"]}));
        assert_eq!(subtype["AttributeConfiguration"]["IsReadOnly"], true);
        assert_eq!(subtype["LastModifiedTime"], json!(NOW / 1000));
        for name in ["connect:Language", "connect:WorkloadType"] {
            update(&bench, name, json!({"Values": {"StringList": ["One", "Two"]}})).await.ok();
            assert_eq!(describe(&bench, name).await["Values"], json!({"StringList": ["One", "Two"]}));
        }
        delete(&bench, "a").await.ok();
        create(&bench, json!({"Name": "b"})).await.ok();
    })
    .await;
}

/// administration A79, 6.1.1, 6.1.3
#[tokio::test]
async fn administration_a79_bad_attributes_are_refused() {
    on_each_engine(Limits::default(), async |bench| {
        create(&bench, json!({"Name": "Language"})).await.ok();
        let values = |values: &[&str]| json!({"Name": "x", "Values": {"StringList": values}});
        let many: Vec<String> = (0..501).map(|n| n.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let ipe = "InvalidParameterException";
        for (body, error, named) in [
            (json!({"Name": "connect:x"}), ipe, "Name"),
            (json!({"Name": "connect:Language"}), ipe, "Name"),
            (json!({"Name": "aws:x"}), ipe, "Name"),
            (json!({"Name": "a*b"}), ipe, "Name"),
            (json!({"Name": "  "}), ipe, "Name"),
            (json!({"Name": "x".repeat(101)}), ipe, "Name"),
            (json!({"Name": "language"}), "DuplicateResourceException", "language"),
            (json!({"Name": "Language"}), "DuplicateResourceException", "Language"),
            (values(&["a", "A"]), ipe, "Values.StringList[1]"),
            (values(&["connect:a"]), ipe, "Values.StringList[0]"),
            (values(&many), ipe, "StringList"),
            (json!({"Name": "x", "Values": {}}), ipe, "Values"),
            (json!({"Name": "x", "Purposes": vec!["p"; 11]}), ipe, "Purposes"),
        ] {
            let message = create(&bench, body.clone()).await.refused(error);
            assert!(message.contains(named), "{body}: {message}");
        }
        for name in SYSTEM {
            let message = delete(&bench, name).await.refused("InvalidRequestException");
            assert!(message.contains(name), "{message}");
        }
        update(&bench, "connect:Subtype", json!({"Purposes": ["p"]})).await.refused("InvalidRequestException");
        update(&bench, "Language", json!({"Values": {"StringList": ["a", "a"]}})).await.refused(ipe);
        for name in ["language", "absent"] {
            update(&bench, name, json!({})).await.refused("ResourceNotFoundException");
            delete(&bench, name).await.refused("ResourceNotFoundException");
        }
        assert_eq!(listed(&bench, "").await.0.len(), 4);
        let message = {
            prove_skill(&bench, "Language").await;
            delete(&bench, "Language").await.refused("ResourceInUseException")
        };
        assert!(message.contains("Language"), "{message}");
    })
    .await;
}
