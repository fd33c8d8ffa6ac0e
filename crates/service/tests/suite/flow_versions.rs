//! Versions and aliases of flows and flow modules (flows 1.9 to 1.11, 8.11).

use serde_json::{Value, json};
use service::Limits;
use wire::Op;

use crate::bench::{Answer, Bench, on_each_engine};
use crate::flow_modules::module_document;
use crate::flows::document;

/// The operations of one of the two, and the names of their members.
struct Words {
    create: Op,
    list: Op,
    delete: Op,
    create_alias: Op,
    describe_alias: Op,
    update_alias: Op,
    list_aliases: Op,
    delete_alias: Op,
    describe: Op,
    update: Op,
    /// Prefix of the member names.
    prefix: &'static str,
    hash: &'static str,
    document: fn(&str) -> String,
}

const FLOW: Words = Words {
    create: Op::CreateContactFlowVersion,
    list: Op::ListContactFlowVersions,
    delete: Op::DeleteContactFlowVersion,
    create_alias: Op::CreateContactFlowAlias,
    describe_alias: Op::DescribeContactFlowAlias,
    update_alias: Op::UpdateContactFlowAlias,
    list_aliases: Op::ListContactFlowAliases,
    delete_alias: Op::DeleteContactFlowAlias,
    describe: Op::DescribeContactFlow,
    update: Op::UpdateContactFlowContent,
    prefix: "ContactFlow",
    hash: "FlowContentSha256",
    document,
};

const MODULE: Words = Words {
    create: Op::CreateContactFlowModuleVersion,
    list: Op::ListContactFlowModuleVersions,
    delete: Op::DeleteContactFlowModuleVersion,
    create_alias: Op::CreateContactFlowModuleAlias,
    describe_alias: Op::DescribeContactFlowModuleAlias,
    update_alias: Op::UpdateContactFlowModuleAlias,
    list_aliases: Op::ListContactFlowModuleAliases,
    delete_alias: Op::DeleteContactFlowModuleAlias,
    describe: Op::DescribeContactFlowModule,
    update: Op::UpdateContactFlowModuleContent,
    prefix: "ContactFlowModule",
    hash: "FlowModuleContentSha256",
    document: module_document,
};

/// One flow or module under test.
struct Subject<'a> {
    bench: &'a Bench,
    words: &'static Words,
    id: String,
}

impl Subject<'_> {
    fn member(&self, rest: &str) -> String {
        format!("{}{rest}", self.words.prefix)
    }

    async fn send(&self, op: Op, body: Value) -> Answer {
        self.bench.send(op, &[&self.bench.instance, &self.id], body).await
    }

    async fn get(&self, op: Op, query: &str) -> Answer {
        self.bench.get(op, &[&self.bench.instance, &self.id], query).await
    }

    async fn of(&self, op: Op, label: &str, body: Value) -> Answer {
        self.bench.send(op, &[&self.bench.instance, &self.id, label], body).await
    }

    async fn publish(&self, note: &str) {
        self.send(self.words.update, json!({"Content": (self.words.document)(note)})).await.ok();
    }

    async fn describe(&self, qualifier: &str) -> Answer {
        let id = format!("{}{qualifier}", self.id);
        self.bench.get(self.words.describe, &[&self.bench.instance, &id], "").await
    }

    async fn shown(&self, qualifier: &str) -> Value {
        self.describe(qualifier).await.ok()[self.words.prefix].clone()
    }

    async fn new_alias(&self, name: &str, version: i64) -> Answer {
        let body = json!({"AliasName": name, "Description": "d", self.member("Version"): version});
        self.send(self.words.create_alias, body).await
    }

    /// The list's entries; the answer has its token too.
    async fn list(&self, op: Op, query: &str) -> (Vec<Value>, Option<String>) {
        let answer = self.get(op, query).await.ok();
        let what = if op == self.words.list { "VersionSummaryList" } else { "AliasSummaryList" };
        let items = answer[self.member(what)].as_array().expect("a list").clone();
        (items, answer["NextToken"].as_str().map(str::to_owned))
    }
}

/// Runs a test on a flow and on a module, published with the note "first".
async fn on_both(test: impl AsyncFn(Subject<'_>)) {
    on_each_engine(Limits::default(), async |bench| {
        let id = bench.new_flow("Mine", json!({})).await;
        test(Subject { bench: &bench, words: &FLOW, id }).await;
        let id = bench.new_module("Mine", json!({})).await;
        test(Subject { bench: &bench, words: &MODULE, id }).await;
    })
    .await;
}

#[tokio::test]
async fn flows_1_9_a_version_freezes_what_is_published() {
    on_both(async |subject| {
        let words = subject.words;
        let arn = subject.shown("").await["Arn"].clone();
        let hash = subject.shown("").await[words.hash].clone();
        let made = subject.send(words.create, json!({"Description": "one", words.hash: hash})).await.ok();
        assert_eq!(made, json!({subject.member("Arn"): arn, "Version": 1}));
        subject.publish("second").await;
        let refused = subject.send(words.create, json!({words.hash: hash})).await;
        refused.refused("InvalidRequestException");
        assert_eq!(subject.send(words.create, json!({})).await.ok()["Version"], 2);
        subject.publish("third").await;
        for (qualifier, note, version) in [(":1", "first", 1), (":2", "second", 2)] {
            let shown = subject.shown(qualifier).await;
            assert_eq!(shown["Content"], json!((words.document)(note)));
            assert_eq!((&shown["Version"], &shown["Status"]), (&json!(version), &json!("PUBLISHED")));
            assert_eq!(shown[words.hash], engine::contact_flow::sha256_hex(&(words.document)(note)));
        }
        assert_eq!(subject.shown(":1").await["VersionDescription"], "one");
        let latest = subject.shown("").await;
        assert_eq!(latest["Content"], json!((words.document)("third")));
        assert_eq!((latest.get("Version"), latest.get("VersionDescription")), (None, None));
        for qualifier in [":3", ":0", ":-1", ":99999999999999999999", ":18446744073709551615", ":nobody"] {
            subject.describe(qualifier).await.refused("ResourceNotFoundException");
        }
    })
    .await;
}

#[tokio::test]
async fn flows_1_9_numbers_are_not_used_twice_and_lists_page() {
    on_both(async |subject| {
        let words = subject.words;
        for _ in 0..5 {
            subject.send(words.create, json!({})).await.ok();
        }
        let delete = async |number: &str| subject.of(words.delete, number, json!({})).await;
        assert_eq!(delete("5").await.ok(), json!({}));
        delete("5").await.refused("ResourceNotFoundException");
        delete("0").await.refused("InvalidParameterException");
        delete("2").await.ok();
        assert_eq!(subject.send(words.create, json!({})).await.ok()["Version"], 6);
        let (first, token) = subject.list(words.list, "maxResults=2").await;
        let token = token.expect("a token");
        let (rest, end) = subject.list(words.list, &format!("maxResults=2&nextToken={token}")).await;
        assert_eq!(end, None);
        let numbers: Vec<_> = first.iter().chain(&rest).map(|version| version["Version"].clone()).collect();
        assert_eq!(numbers, [1, 3, 4, 6]);
        let arn = subject.shown("").await["Arn"].as_str().expect("an ARN").to_owned();
        assert_eq!(first[0]["Arn"], json!(format!("{arn}:1")));
        for query in ["nextToken=x".to_owned(), "maxResults=1001".to_owned()] {
            subject.get(words.list, &query).await.refused("InvalidParameterException");
        }
        let foreign = subject.get(words.list_aliases, &format!("nextToken={token}")).await;
        foreign.refused("InvalidParameterException");
    })
    .await;
}

#[tokio::test]
async fn flows_1_9_a_draft_has_no_versions() {
    let bench = Bench::new().await;
    let id = bench.new_flow("Draft", json!({"Status": "SAVED"})).await;
    let create = async |body: Value| bench.send(Op::CreateContactFlowVersion, &[&bench.instance, &id], body).await;
    create(json!({})).await.refused("InvalidRequestException");
    bench.publish(&id, &document("x")).await.ok();
    create(json!({"ContactFlowVersion": 2})).await.refused("InvalidRequestException");
    create(json!({"ContactFlowVersion": 1, "LastModifiedTime": 1, "LastModifiedRegion": "us-east-1"})).await.ok();
    create(json!({"FlowContentSha256": "x"})).await.refused("InvalidParameterException");
}

#[tokio::test]
async fn flows_1_10_aliases_name_versions() {
    on_both(async |mut subject| {
        let words = subject.words;
        subject.new_alias("live", 1).await.refused("ResourceNotFoundException");
        subject.send(words.create, json!({})).await.ok();
        subject.publish("second").await;
        subject.send(words.create, json!({})).await.ok();
        let made = subject.new_alias("live", 1).await.ok();
        let (id, arn) = (made["Id"].as_str().expect("an id").to_owned(), made[subject.member("Arn")].clone());
        assert_eq!(arn, subject.shown("").await["Arn"]);
        subject.new_alias("live", 2).await.refused("DuplicateResourceException");
        subject.new_alias("Live", 2).await.ok();
        let shown = subject.of(words.describe_alias, &id, json!({})).await.ok()[subject.member("Alias")].clone();
        let due = json!({
            subject.member("Id"): subject.id, subject.member("Arn"): arn, "AliasId": id, "Version": 1, "Name": "live",
            "Description": "d", "LastModifiedRegion": "us-east-1", "LastModifiedTime": 1_767_225_600,
        });
        assert_eq!(shown, due);
        assert_eq!(subject.shown(&format!(":{id}")).await, subject.shown(":1").await, "flows 1.11");
        let by_arn = subject
            .bench
            .get(words.describe, &[&subject.bench.instance, &format!("{}:{id}", arn.as_str().expect("an ARN"))], "")
            .await;
        assert_eq!(by_arn.ok()[words.prefix]["Version"], 1);

        let update = async |body: Value| subject.of(words.update_alias, &id, body).await;
        update(json!({subject.member("Version"): 3})).await.refused("ResourceNotFoundException");
        update(json!({"Name": "Live"})).await.refused("DuplicateResourceException");
        assert_eq!(update(json!({subject.member("Version"): 2})).await.ok(), json!({}));
        assert_eq!(subject.shown(&format!(":{id}")).await["Version"], 2, "the version behind it at that moment");
        update(json!({"Name": "renamed", "Description": "e"})).await.ok();
        let (list, _) = subject.list(words.list_aliases, "").await;
        let entry = list.iter().find(|alias| alias["AliasId"] == json!(id)).expect("the alias");
        assert_eq!(
            (&entry["AliasName"], &entry["AliasDescription"], &entry["Version"]),
            (&json!("renamed"), &json!("e"), &json!(2))
        );
        assert_eq!(entry["Arn"], json!(format!("{}:{id}", arn.as_str().expect("an ARN"))));

        subject.of(words.delete, "2", json!({})).await.refused("InvalidRequestException");
        assert_eq!(subject.of(words.delete_alias, &id, json!({})).await.ok(), json!({}));
        for op in [words.describe_alias, words.update_alias, words.delete_alias] {
            subject.of(op, &id, json!({})).await.refused("ResourceNotFoundException");
        }
        subject.describe(&format!(":{id}")).await.refused("ResourceNotFoundException");
        assert_eq!(subject.shown(":2").await["Version"], 2, "deleting an alias leaves the version");
        let (list, _) = subject.list(words.list_aliases, "").await;
        let other = list[0]["AliasId"].as_str().expect("an id").to_owned();
        subject.of(words.delete_alias, &other, json!({})).await.ok();
        subject.of(words.delete, "2", json!({})).await.ok();
        subject.id = "absent".to_owned();
        for op in [words.describe_alias, words.update_alias, words.delete_alias] {
            subject.of(op, &id, json!({})).await.refused("ResourceNotFoundException");
        }
        for op in [words.list, words.list_aliases] {
            subject.get(op, "").await.refused("ResourceNotFoundException");
        }
        subject.send(words.create, json!({})).await.refused("ResourceNotFoundException");
    })
    .await;
}

#[tokio::test]
async fn flows_1_10_aliases_page() {
    on_both(async |subject| {
        let words = subject.words;
        subject.send(words.create, json!({})).await.ok();
        for n in 0..5 {
            subject.new_alias(&format!("a{n}"), 1).await.ok();
        }
        let (mut names, mut token) = (Vec::new(), String::new());
        loop {
            let (page, next) = subject.list(words.list_aliases, &format!("maxResults=2&nextToken={token}")).await;
            names.extend(page.iter().map(|alias| alias["AliasName"].as_str().expect("a name").to_owned()));
            let Some(next) = next else { break };
            token = next;
        }
        names.sort();
        assert_eq!(names, ["a0", "a1", "a2", "a3", "a4"]);
    })
    .await;
}

#[tokio::test]
async fn flows_1_11_a_template_names_a_version_or_an_alias() {
    on_both(async |subject| {
        let words = subject.words;
        subject.send(words.create, json!({})).await.ok();
        let alias = subject.new_alias("live", 1).await.ok()["Id"].as_str().expect("an id").to_owned();
        let arn = subject.shown("").await["Arn"].as_str().expect("an ARN").to_owned();
        let named = |name: &str, text: &str| {
            let mut body = subject.bench.template(name);
            match words.prefix {
                "ContactFlow" => body["ContactFlowId"] = json!(text),
                _ => body["ContactHooks"] = json!({"WrapUpFlowId": text}),
            }
            body
        };
        let (member, what) = match words.prefix {
            "ContactFlow" => ("ContactFlowId", "flow"),
            _ => ("ContactHooks.WrapUpFlowId", "module"),
        };
        for (n, qualifier) in ["1", alias.as_str()].into_iter().enumerate() {
            let made = subject.bench.create(named(&format!("{what} {n}"), &format!("{arn}:{qualifier}"))).await.ok();
            let read = subject.bench.read(made["Id"].as_str().expect("an id"), "").await.ok();
            let kept = if what == "flow" { &read["ContactFlowId"] } else { &read["ContactHooks"]["WrapUpFlowId"] };
            assert_eq!(kept, &json!(format!("{}:{qualifier}", subject.id)));
        }
        for qualifier in ["2", "nobody"] {
            let refused = subject.bench.create(named("Refused", &format!("{}:{qualifier}", subject.id))).await;
            refused.properties(&[(member, "REFERENCED_RESOURCE_NOT_FOUND")]);
        }
        let draft = subject.bench.create(named("Refused", &format!("{}:$SAVED", subject.id))).await;
        draft.properties(&[(member, "NOT_SUPPORTED")]);
        if what == "flow" {
            let archived = json!({"ContactFlowState": "ARCHIVED"});
            subject.send(Op::UpdateContactFlowMetadata, archived).await.ok();
            let refused = subject.bench.create(named("Refused", &format!("{}:1", subject.id))).await;
            refused.properties(&[(member, "NOT_SUPPORTED")]);
        }
    })
    .await;
}

#[tokio::test]
async fn flows_1_9_and_1_10_versions_and_aliases_made_at_once_do_not_meet() {
    on_both(async |subject| {
        let words = subject.words;
        let made = futures_of(8, |_| subject.send(words.create, json!({}))).await;
        let mut numbers: Vec<_> =
            made.into_iter().map(|answer| answer.ok()["Version"].as_i64().expect("a number")).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=8).collect::<Vec<_>>());
        // Either the version is deleted or an alias points to it, never both.
        let answers = futures_of(8, async |n| {
            if n % 2 == 0 {
                subject.of(words.delete, "1", json!({})).await
            } else {
                subject.new_alias(&format!("a{n}"), 1).await
            }
        })
        .await;
        let gone = subject.describe(":1").await.status == 404;
        let (aliases, _) = subject.list(words.list_aliases, "").await;
        assert_eq!(gone, aliases.is_empty(), "{answers:?}");
    })
    .await;
}

/// Runs `n` calls at once.
async fn futures_of<F: Future<Output = Answer>>(n: usize, call: impl Fn(usize) -> F) -> Vec<Answer> {
    let mut running: Vec<_> = (0..n).map(|i| Box::pin(call(i))).collect();
    let mut answers: Vec<Option<Answer>> = (0..n).map(|_| None).collect();
    std::future::poll_fn(|cx| {
        for (future, answer) in running.iter_mut().zip(&mut answers) {
            if answer.is_none()
                && let std::task::Poll::Ready(found) = future.as_mut().poll(cx)
            {
                *answer = Some(found);
            }
        }
        if answers.iter().all(Option::is_some) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    answers.into_iter().flatten().collect()
}
