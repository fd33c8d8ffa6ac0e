//! Tests of the generator, on a model of a few shapes.

use super::deviations::Deviations;
use super::model::Model;
use super::names::{dialect, field, raw_literal, snake, variant};
use super::scope::Scope;
use super::{Files, emit};

const MODEL: &str = r#"{
  "metadata": {"apiVersion": "2017-08-08", "protocol": "rest-json"},
  "operations": {
    "GetThing": {"http": {"method": "GET", "requestUri": "/things/{ThingId}/{PartId}"}, "input": {"shape": "GetThingRequest"},
      "output": {"shape": "GetThingResponse"}, "errors": [{"shape": "Gone"}]},
    "ListParts": {"http": {"method": "GET", "requestUri": "/things/{ThingId}/parts"}, "input": {"shape": "ListPartsRequest"}}
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

fn generate(model: &str, deviations: &str, operations: &[&str]) -> Result<Files, String> {
    let model = Model::read(model).map_err(|error| error.to_string())?;
    let deviations: Deviations = toml::from_str(deviations).map_err(|error| error.to_string())?;
    let operations: Vec<String> = operations.iter().map(|name| (*name).to_owned()).collect();
    let scope = Scope::new(&model, &operations, &deviations).map_err(|error| error.to_string())?;
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
