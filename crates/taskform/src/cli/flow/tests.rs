use super::*;
use serde_json::json;

const BOILERPLATE: &str = r#"{"InputParameters": [], "OutputParameters": [], "Transitions": []}"#;

/// A document of one action, in a flow or with a module's settings.
fn document(action: Value, settings: bool) -> Value {
    let mut document = json!({"Version": "2019-10-30", "StartAction": "a", "Actions": Value::Array(vec![action])});
    if settings {
        document["Settings"] = serde_json::from_str(BOILERPLATE).unwrap();
    }
    document
}

fn end(kind: &str, parameters: Value) -> Value {
    let mut action = json!({"Identifier": "a", "Type": kind, "Transitions": {}});
    action["Parameters"] = parameters;
    action
}

/// Files by name, in a folder of their own.
struct Files(tempfile::TempDir);

impl Files {
    fn of(files: &[(&str, String)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        Self(folder)
    }

    /// Exit code, what is printed, and what is said of files that cannot be read.
    fn check(
        &self,
        flow_type: Option<&str>,
        settings: Option<&str>,
        format: &str,
        names: &[&str],
    ) -> (u8, String, String) {
        let path = |name: &&str| self.0.path().join(name);
        let check = Check {
            files: names.iter().map(path).collect(),
            flow_type: flow_type.map(str::to_owned),
            settings: settings.as_ref().map(path),
            format: format.to_owned(),
        };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = match run_check(&check, &mut out, &mut err) {
            Ok(()) => 0,
            Err(CommandError::Said(code)) => code,
            Err(other) => {
                err.extend(other.to_string().bytes());
                other.code()
            }
        };
        let text = |bytes| String::from_utf8(bytes).unwrap().replace(&format!("{}/", self.0.path().display()), "");
        (code, text(out), text(err))
    }

    /// The type and the problems of one file.
    fn judged(&self, flow_type: Option<&str>, settings: Option<&str>, name: &str) -> (String, Vec<String>) {
        let (_, out, err) = self.check(flow_type, settings, "json", &[name]);
        assert_eq!(err, "");
        let verdicts: Value = serde_json::from_str(&out).unwrap();
        let verdict = &verdicts[0];
        let problems = verdict["Problems"].as_array().unwrap().iter();
        let problems = problems.map(|problem| problem["message"].as_str().unwrap().to_owned()).collect();
        (verdict["Type"].as_str().unwrap().to_owned(), problems)
    }
}

#[test]
fn the_type_is_told_or_exported_or_contact_flow() {
    let flow = document(end("EndFlowExecution", json!({})), false);
    let module = document(end("EndFlowModuleExecution", json!({})), true);
    let mut console = flow.clone();
    console["Metadata"] = json!({"name": "Queue", "type": "customerQueue", "status": "published"});
    let mut free = flow.clone();
    free["Metadata"] = json!({"type": "mine"});
    let text = |value: &Value| value.to_string();
    let files = Files::of(&[
        ("bare", text(&flow)),
        ("module", text(&module)),
        ("console", text(&console)),
        ("free", text(&free)),
        ("described", text(&json!({"ContactFlow": {"Type": "AGENT_WHISPER", "Content": text(&flow)}}))),
        ("query", text(&json!({"Type": "OUTBOUND_WHISPER", "Content": text(&flow), "Name": "x"}))),
        ("object", text(&json!({"Type": "CUSTOMER_QUEUE", "Content": flow}))),
        (
            "described module",
            text(&json!({"ContactFlowModule": {"Id": "m", "Content": text(&module), "Settings": "{}"}})),
        ),
        ("update of module", text(&json!({"ContactFlowModuleId": "m", "Content": text(&module)}))),
        ("create module", text(&json!({"Name": "m", "Content": text(&module)}))),
    ]);
    for (name, wanted) in [
        ("bare", "CONTACT_FLOW"),
        ("module", "MODULE"),
        ("console", "CUSTOMER_QUEUE"),
        ("free", "CONTACT_FLOW"),
        ("described", "AGENT_WHISPER"),
        ("query", "OUTBOUND_WHISPER"),
        ("object", "CUSTOMER_QUEUE"),
        ("described module", "MODULE"),
        ("update of module", "MODULE"),
        ("create module", "MODULE"),
    ] {
        assert_eq!(files.judged(None, None, name), (wanted.to_owned(), Vec::new()), "{name}");
    }
    let (flow_type, problems) = files.judged(Some("AGENT_HOLD"), None, "console");
    assert_eq!(flow_type, "AGENT_HOLD", "the type that is given wins");
    assert_eq!(problems, ["Action is not supported in this flow type. Path: Actions[0].Type"]);
}

#[test]
fn exit_codes_and_text() {
    let good = document(end("DisconnectParticipant", json!({})), false).to_string();
    let bad = document(
        json!({"Identifier": "say \u{1b}[2J", "Type": "MessageParticipant", "Parameters": {"Text": "x", "Colo\u{1b}r": 1},
               "Transitions": {"NextAction": "gone"}}),
        false,
    );
    let files = Files::of(&[
        ("good", good),
        ("bad", bad.to_string()),
        ("no json", "{".to_owned()),
        ("old", r#"{"modules": []}"#.to_owned()),
    ]);
    std::fs::write(files.0.path().join("binary"), [0xff, 0xfe]).unwrap();
    assert_eq!(
        files.check(None, None, "text", &["good"]),
        (0, "good: CONTACT_FLOW, no problems\n".to_owned(), String::new())
    );
    let (code, out, err) = files.check(None, None, "text", &["good", "bad", "good"]);
    assert_eq!((code, err.as_str()), (1, ""));
    assert_eq!(
        out,
        "good: CONTACT_FLOW, no problems\n\
         bad: CONTACT_FLOW, 4 problems\n\
         \u{20}\u{20}Invalid property value. Path: StartAction\n\
         \u{20}\u{20}\u{20}\u{20}hint: no action is called \"a\"\n\
         \u{20}\u{20}Invalid property value. Path: Actions[0].Identifier  [\"say \\u{1b}[2J\", MessageParticipant]\n\
         \u{20}\u{20}\u{20}\u{20}hint: the identifier is \"say \\u001b[2J\"\n\
         \u{20}\u{20}Invalid Action property name. Path: Actions[0].Parameters.Colo\\u{1b}r  [\"say \\u{1b}[2J\", MessageParticipant]\n\
         \u{20}\u{20}\u{20}\u{20}hint: its parameters are PromptId, Text, SSML, Media, SkipWhenDTMFBufferEnabled\n\
         \u{20}\u{20}Invalid Action property value. Path: Actions[0].Transitions.NextAction  [\"say \\u{1b}[2J\", MessageParticipant]\n\
         \u{20}\u{20}\u{20}\u{20}hint: no action is called \"gone\"\n\
         good: CONTACT_FLOW, no problems\n"
    );
    // What is no document is checked by the rules too (flows 6.2).
    let (code, out, _) = files.check(None, None, "text", &["no json"]);
    assert_eq!(code, 1);
    assert!(out.contains("The content is not valid JSON"), "{out}");
    let (code, out, _) = files.check(None, None, "text", &["old"]);
    assert!(code == 1 && out.contains("old export format"), "{out}");
    // What cannot be read is reported, and the rest checked.
    for (name, reason) in [("missing", "No such file"), ("binary", "not UTF-8 text"), (".", "directory")] {
        let (code, out, err) = files.check(None, None, "json", &[name, "bad"]);
        assert_eq!(code, 2);
        assert!(err.starts_with("error: ") && err.contains(reason), "{err}");
        assert_eq!(serde_json::from_str::<Value>(&out).unwrap().as_array().unwrap().len(), 1);
    }
}

#[test]
fn json_has_file_type_and_problems() {
    let files = Files::of(&[("f", document(end("DisconnectParticipant", json!({"x": 1})), false).to_string())]);
    let (code, out, _) = files.check(Some("QUEUE_TRANSFER"), None, "json", &["f"]);
    let message = "Invalid Action property name. Path: Actions[0].Parameters.x";
    let wanted = json!([{"File": "f", "Type": "QUEUE_TRANSFER", "Problems": [{"message": message}]}]);
    assert_eq!(
        (code, serde_json::from_str::<Value>(&out.replace(files.0.path().to_str().unwrap(), "")).unwrap()),
        (1, wanted)
    );
}

#[test]
fn exports_that_cannot_be_judged() {
    let files = Files::of(&[
        ("saved", json!({"ContactFlow": {"Type": "CONTACT_FLOW"}}).to_string()),
        ("future", json!({"ContactFlow": {"Type": "NEXT_YEAR", "Content": "{}"}}).to_string()),
    ]);
    for (name, part) in [("saved", "no Content"), ("future", "NEXT_YEAR")] {
        let (code, _, err) = files.check(None, None, "text", &[name]);
        assert!(code == 2 && err.contains(part), "{code} {err}");
    }
    let long = Files::of(&[("long", " ".repeat(256_001)), ("huge", " ".repeat(8 * 1024 * 1024 + 1))]);
    assert_eq!(long.judged(None, None, "long").1, ["Content must have between 1 and 256000 characters."]);
    let (code, _, err) = long.check(None, None, "text", &["huge"]);
    assert!(code == 2 && err.contains("larger than 8 MiB"), "{err}");
}

/// flows 8.2 to 8.4: a module with its contract.
#[test]
fn modules_and_their_contracts() {
    let contract = json!({"resultData": {"schema": {"type": "object", "properties": {"lane": {"type": "string"}}}},
                          "transitions": {"results": [{"name": "known"}]}});
    let content =
        document(end("EndFlowModuleExecution", json!({"Result": "known", "ResultData": {"lane": "7"}})), true);
    let bare = document(end("EndFlowModuleExecution", json!({})), false);
    let described = json!({"ContactFlowModule": {"Content": content.to_string(), "Settings": contract.to_string()}});
    let unusable = json!({"ContactFlowModule": {"Content": content.to_string(), "Settings": "[]"}});
    let files = Files::of(&[
        ("content", content.to_string()),
        ("contract", contract.to_string()),
        ("contract text", Value::from(contract.to_string()).to_string()),
        ("described", described.to_string()),
        ("unusable", unusable.to_string()),
        ("bare", bare.to_string()),
        ("broken", "{".to_owned()),
    ]);
    for settings in ["contract", "contract text"] {
        assert_eq!(files.judged(Some("MODULE"), Some(settings), "content").1, [""; 0]);
        assert_eq!(files.judged(None, Some(settings), "content"), ("MODULE".to_owned(), Vec::new()));
    }
    assert_eq!(files.judged(None, None, "described").1, [""; 0]);
    let undeclared = ["Result", "ResultData"]
        .map(|name| format!("Invalid Action property name. Path: Actions[0].Parameters.{name}"));
    assert_eq!(files.judged(None, None, "content").1, undeclared);
    assert_eq!(files.judged(None, None, "unusable").1, ["Settings must be the text of a JSON object"]);
    let missing = "JSON field is missing or null for field name: settings";
    assert_eq!(files.judged(Some("MODULE"), None, "bare").1, [missing]);
    let (code, _, err) = files.check(None, Some("broken"), "text", &["content"]);
    assert!(code == 2 && err.contains("broken: not valid JSON"), "{err}");
    let (code, _, err) = files.check(Some("CONTACT_FLOW"), Some("contract"), "text", &["content"]);
    assert!(code == 2 && err.contains("--settings"), "{err}");
}

/// flows 6.5: a call of a module that is among the files is checked against its contract.
#[test]
fn calls_of_modules_among_the_files() {
    let module = document(end("EndFlowModuleExecution", json!({})), true);
    let contract =
        json!({"input": {"schema": {"type": "object", "properties": {"lane": {"type": "string"}}}}}).to_string();
    let module = json!({"ContactFlowModule": {"Id": "m-1", "Content": module.to_string(), "Settings": contract}});
    let call = |id: &str| {
        let call = json!({"Identifier": "a", "Type": "InvokeFlowModule", "Parameters": {"FlowModuleId": id, "Input": {"colour": "x"}},
            "Transitions": {"NextAction": "a", "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "a"}]}});
        document(call, false).to_string()
    };
    let files = Files::of(&[("module", module.to_string()), ("call", call("m-1:$LATEST")), ("other", call("m-2"))]);
    let (code, out, _) = files.check(None, None, "text", &["call", "module"]);
    assert!(
        code == 1 && out.contains("Invalid Action property name. Path: Actions[0].Parameters.Input.colour"),
        "{out}"
    );
    assert_eq!(files.check(None, None, "text", &["call"]).0, 0, "nobody knows its contract");
    assert_eq!(files.check(None, None, "text", &["other", "module"]).0, 0);
}

/// A module and its contract in two files: what is missing is said, and each is recognised.
#[test]
fn a_contract_in_a_file_of_its_own_is_recognised() {
    let content = document(end("EndFlowModuleExecution", json!({"Result": "known"})), true).to_string();
    let contract = json!({"transitions": {"results": [{"name": "known"}]}}).to_string();
    let files = Files::of(&[("m", content), ("c", contract)]);
    let (code, out, _) = files.check(None, None, "text", &["m", "c"]);
    assert_eq!(code, 1);
    assert!(
        out.contains("note: this module was checked without a contract: give the file that has it with --settings"),
        "{out}"
    );
    assert!(out.contains("note: this is the contract of a module"), "{out}");
    let (code, out, _) = files.check(None, Some("c"), "text", &["m"]);
    assert!(code == 0 && !out.contains("note:"), "{out}");
}
