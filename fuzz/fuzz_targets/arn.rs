//! ARNs and ids: what is read as an ARN is written back the same; nothing foreign passes as an id of the instance.
#![no_main]

use engine::arn::{Arn, Home, IdRef, Kind, flow_id, id_or_arn, tag_target};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let home = Home::new("eu-west-2", "111122223333");
    if let Ok(arn) = Arn::parse(text) {
        assert_eq!(arn.to_string(), text);
    }
    let scope = home.instance("11111111-1111-4111-8111-111111111111");
    for kind in Kind::ALL {
        if let IdRef::Id(id) = id_or_arn(*kind, text, scope) {
            assert!(!id.is_empty());
            assert!(text.ends_with(&id));
        }
    }
    let _ = tag_target(text, home);
    let (bare, qualifier) = flow_id(text);
    assert!(qualifier.is_some() || bare == text);
});
