//! Segment attributes that users set on tasks: the predefined attributes of the instance and those that the setting names (tasks
//! 2.3.17, administration 6.1.4).

use std::collections::{BTreeMap, BTreeSet};

use wire::shapes::{PredefinedAttribute, SegmentAttributeValue};

use crate::predefined_attribute::{WORKLOAD_TYPE, values};
use crate::text::{listed, quoted};

/// Values that a message names.
const SHOWN_MAX: usize = 10;

/// The segment attributes that may be set, as far as a request names them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Predefined(BTreeMap<String, Values>);

/// The values that an attribute may have.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Values {
    Any,
    OneOf(Vec<String>),
}

/// Why a segment attribute is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The value is wrong by itself: InvalidParameterException instead of InvalidRequestException.
    pub value: bool,
    /// What is wrong.
    pub why: String,
}

impl Predefined {
    /// The attributes that have to be looked up for a request that names these: those of the system cannot be set, but for the
    /// workload type.
    pub fn wanted<'k>(keys: impl IntoIterator<Item = &'k str>) -> BTreeSet<&'k str> {
        keys.into_iter().filter(|key| *key == WORKLOAD_TYPE || !key.starts_with("connect:")).collect()
    }

    /// Of the wanted ones, those that the setting names, and those that exist. The values of the workload type are always
    /// validated, those of others where the attribute says so (administration 6.1.4).
    pub fn of(wanted: &BTreeSet<&str>, setting: &BTreeSet<String>, attributes: &[PredefinedAttribute]) -> Self {
        let named = wanted.iter().filter(|key| setting.contains(**key));
        let mut all: BTreeMap<String, Values> = named.map(|key| ((*key).to_owned(), Values::Any)).collect();
        for attribute in attributes {
            let Some(name) = attribute.name.as_deref().filter(|name| wanted.contains(name)) else { continue };
            let configured = attribute.attribute_configuration.as_ref();
            let validates = configured.and_then(|own| own.enable_value_validation_on_association).unwrap_or(false);
            let allowed = match validates || name == WORKLOAD_TYPE {
                true => Values::OneOf(values(attribute).to_vec()),
                false => Values::Any,
            };
            all.insert(name.to_owned(), allowed);
        }
        Self(all)
    }

    /// The text of an attribute that is set.
    ///
    /// # Errors
    /// It cannot be set, or not to this value.
    pub fn text(&self, key: &str, value: &SegmentAttributeValue) -> Result<String, Refused> {
        let rule = |why: &str| Refused { value: false, why: why.to_owned() };
        if key.starts_with("connect:") && key != WORKLOAD_TYPE {
            return Err(rule("this system attribute cannot be set"));
        }
        let Some(allowed) = self.0.get(key) else {
            return Err(rule(
                "this is no predefined attribute of the instance (CreatePredefinedAttribute), nor one that the setting \
                 tasks.predefined_attributes names",
            ));
        };
        one_member(value).map_err(|why| Refused { value: false, why })?;
        let text = value.value_string.clone().ok_or_else(|| rule("a ValueString is required"))?;
        match allowed {
            Values::OneOf(values) if !values.contains(&text) => {
                let shown = listed(values, SHOWN_MAX);
                let why = format!("{} is no value of this predefined attribute, which has [{shown}]", quoted(&text));
                Err(Refused { value: true, why })
            }
            _ => Ok(text),
        }
    }
}

/// A value is one of its members (tasks 1.4): of several all but one would be lost.
pub(super) fn one_member(value: &SegmentAttributeValue) -> Result<(), String> {
    let members = [
        ("ValueString", value.value_string.is_some()),
        ("ValueMap", value.value_map.is_some()),
        ("ValueInteger", value.value_integer.is_some()),
        ("ValueList", value.value_list.is_some()),
        ("ValueArn", value.value_arn.is_some()),
    ];
    let given: Vec<&str> = members.iter().filter(|(_, given)| *given).map(|(name, _)| *name).collect();
    match given[..] {
        [] | [_] => Ok(()),
        _ => Err(format!("a value has one member, not {}", given.join(" and "))),
    }
}

#[cfg(test)]
mod tests {
    use wire::shapes::PredefinedAttributeValues;

    use super::*;
    use crate::predefined_attribute::configuration;

    /// administration 6.1.4: which attributes may be set, and to what.
    #[test]
    fn administration_6_1_4_segment_attributes_are_those_of_instance_and_setting() {
        let attribute = |name: &str, values: &[&str], validates: bool| PredefinedAttribute {
            name: Some(name.to_owned()),
            values: Some(PredefinedAttributeValues::StringList(values.iter().map(|own| (*own).to_owned()).collect())),
            attribute_configuration: Some(configuration(validates, false)),
            ..PredefinedAttribute::default()
        };
        let attributes = [
            attribute("Free", &["a"], false),
            attribute("Strict", &["a", "b"], true),
            attribute("region", &["north"], true),
            attribute("Empty", &[], true),
            attribute("connect:WorkloadType", &["Deep"], false),
            attribute("connect:Language", &["de"], false),
        ];
        let keys = ["Free", "Strict", "region", "Empty", "zone", "other", "free"];
        let keys = keys.into_iter().chain(["connect:WorkloadType", "connect:Language", "connect:Subtype"]);
        let wanted = Predefined::wanted(keys);
        assert!(wanted.contains("connect:WorkloadType") && !wanted.contains("connect:Language"));
        let setting = ["region", "zone"].map(str::to_owned).into();
        let predefined = Predefined::of(&wanted, &setting, &attributes);
        let text = |text: &str| SegmentAttributeValue { value_string: Some(text.to_owned()), ..Default::default() };
        let (rule, value) = (Some(false), Some(true));
        for (key, given, refused) in [
            ("Free", "anything", None),
            ("Strict", "b", None),
            ("Strict", "B", value),
            ("Empty", "a", value),
            ("region", "north", None),
            ("region", "south", value),
            ("zone", "anything", None),
            ("other", "a", rule),
            ("free", "a", rule),
            ("connect:WorkloadType", "Deep", None),
            ("connect:WorkloadType", "connect:Task", value),
            ("connect:WorkloadType", "", value),
            ("connect:Language", "de", rule),
            ("connect:Subtype", "connect:Task", rule),
        ] {
            let found = predefined.text(key, &text(given));
            assert_eq!(found.as_ref().err().map(|refused| refused.value), refused, "{key} {given}: {found:?}");
            assert_eq!(found.ok(), refused.is_none().then(|| given.to_owned()));
        }
        let number = SegmentAttributeValue { value_integer: Some(1), ..Default::default() };
        assert!(!predefined.text("Free", &number).unwrap_err().value);
        let both = SegmentAttributeValue { value_integer: Some(1), ..text("a") };
        assert!(predefined.text("Free", &both).unwrap_err().why.contains("one member"));
    }
}
