//! JSON merge patches (RFC 7396): what changes one object into another (tasks 6).

use serde_json::{Map, Value};

/// The patch that makes `new` of `old`; `None` when there is nothing to change. Members of objects whose value is `null` cannot be
/// written in a patch, so neither value may have any.
pub fn diff(old: &Value, new: &Value) -> Option<Value> {
    if old == new {
        return None;
    }
    let (Value::Object(old), Value::Object(new)) = (old, new) else { return Some(new.clone()) };
    let mut patch = Map::new();
    for (name, value) in new {
        let changed = match old.get(name) {
            // RFC 7396: an object in a patch is laid over what is there, so one that takes the place of another value does too.
            Some(before) => diff(before, value),
            None => Some(value.clone()),
        };
        if let Some(changed) = changed {
            patch.insert(name.clone(), changed);
        }
    }
    for name in old.keys().filter(|name| !new.contains_key(*name)) {
        patch.insert(name.clone(), Value::Null);
    }
    Some(Value::Object(patch))
}

/// Applies a patch, as RFC 7396 has it.
pub fn apply(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(target) = target else { return };
    for (name, value) in patch {
        if value.is_null() {
            target.remove(name);
        } else {
            apply(target.entry(name.clone()).or_insert(Value::Null), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn tasks_6_a_patch_touches_what_changed_and_null_removes() {
        let old =
            json!({"Contacts": {"a": {"State": "CONNECTING", "Deadline": "x"}, "b": {"State": "ENDED"}}, "Now": 1});
        let new = json!({"Contacts": {"a": {"State": "CONNECTED"}}, "Now": 1});
        let patch = json!({"Contacts": {"a": {"State": "CONNECTED", "Deadline": null}, "b": null}});
        assert_eq!(diff(&old, &new), Some(patch));
        assert_eq!(diff(&new, &new), None);
        assert_eq!(diff(&json!({"a": [1, 2]}), &json!({"a": [1]})), Some(json!({"a": [1]})), "a list is replaced");
        assert_eq!(diff(&json!({"a": 1}), &json!({"a": {"b": 2}})), Some(json!({"a": {"b": 2}})));
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Value::from),
            (0..3_i64).prop_map(Value::from),
            "[ab]{0,2}".prop_map(Value::from)
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                prop::collection::btree_map("[a-d]", inner, 0..4)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_patch_makes_the_new_value_of_the_old(old in values(), new in values()) {
            let mut patched = old.clone();
            if let Some(patch) = diff(&old, &new) {
                apply(&mut patched, &patch);
            }
            prop_assert_eq!(patched, new);
        }
    }
}
