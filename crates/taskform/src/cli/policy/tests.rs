use super::*;

/// Exit code, what is printed, and what is said of files that cannot be read; the folder's name is left out.
fn validate(files: &[(&str, &str)], missing: &[&str], strict: bool, format: &str) -> (u8, String, String) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let names = files.iter().map(|(name, _)| *name).chain(missing.iter().copied());
    let files = names.map(|name| folder.path().join(name)).collect();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = match run_validate(&Validate { files, strict, format: format.to_owned() }, &mut out, &mut err) {
        Ok(()) => 0,
        Err(error) => error.code(),
    };
    let text = |bytes| String::from_utf8(bytes).unwrap().replace(&format!("{}/", folder.path().display()), "");
    (code, text(out), text(err))
}

const GOOD: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
const STRANGE: &str = r#"{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {}}}"#;
const WRONG: &str = "{\"Statement\": [\n  {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\", \"Condtion\": {}, \"Sid\": \"a b\"}]}";

/// protocol 4.2 (2)
#[test]
fn problems_are_printed_as_compilers_print_them() {
    let (code, out, err) = validate(&[("good.json", GOOD), ("wrong.json", WRONG)], &[], false, "text");
    let expected = "good.json: no problems
wrong.json:2:55: error: a statement has no \"Condtion\"; it may have Condition
wrong.json:2:78: error: \"a b\" is no Sid: write letters and digits only, 1024 at most
wrong.json: 2 problems
";
    assert_eq!((code, out.as_str(), err.as_str()), (1, expected, ""));
}

#[test]
fn warnings_are_problems_only_where_they_are_to_be() {
    let expected = "strange.json:1:80: warning: Condition is empty: the statement has no condition
strange.json: no problems, 1 warning
";
    for strict in [false, true] {
        let (code, out, _) = validate(&[("strange.json", STRANGE)], &[], strict, "text");
        assert_eq!((code, out.as_str()), (u8::from(strict), expected));
    }
}

#[test]
fn json_has_the_same() {
    let (code, out, _) = validate(&[("strange.json", STRANGE), ("wrong.json", WRONG)], &[], false, "json");
    assert_eq!(code, 1);
    let verdicts: Value = serde_json::from_str(&out).unwrap();
    let warning = json!({"line": 1, "column": 80, "message": "Condition is empty: the statement has no condition"});
    assert_eq!(verdicts[0], json!({"File": "strange.json", "Problems": [], "Warnings": [warning]}));
    assert_eq!(verdicts[1]["Problems"][0]["line"], 2);
}

#[test]
fn files_that_cannot_be_read_have_their_own_exit_code() {
    let large = " ".repeat(usize::try_from(FILE_BYTES_MAX).unwrap() + 1);
    let (code, out, err) = validate(&[("good.json", GOOD), ("large.json", &large)], &["missing.json"], false, "text");
    assert_eq!((code, out.as_str()), (2, "good.json: no problems\n"));
    assert_eq!(err.lines().collect::<Vec<_>>()[0], "error: large.json: larger than 1 MiB");
    assert!(err.contains("error: missing.json: No such file"), "{err}");
}

#[test]
fn managed_policies_are_shown() {
    let shown = |name| {
        let mut out = Vec::new();
        show(name, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    assert_eq!(shown(None), "administrator\nread-only\ntask-producer\ntemplate-editor\nagent\n");
    assert_eq!(Some(shown(Some("read-only")).as_str()), managed("read-only"));
}
