//! `codegen/deviations.toml`: where we differ from the model.

use std::error::Error;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::model::Shape;
use crate::base::Outcome;

/// All deviations.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Deviations {
    #[serde(default)]
    pattern: Vec<Pattern>,
    #[serde(default)]
    number_as_text: Vec<OneMember>,
    #[serde(default)]
    empty_text: Vec<OneMember>,
    #[serde(default)]
    rest_label: Vec<RestLabel>,
}

/// A pattern of the model that is wrong.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pattern {
    shape: String,
    model: String,
    ours: String,
    /// A length that the pattern counted and ours does not.
    min: Option<u64>,
    max: Option<u64>,
    #[serde(rename = "reason")]
    _reason: String,
    test: String,
}

/// A member that takes more than its shape: a text that may also come as a JSON number, or be empty.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OneMember {
    shape: String,
    member: String,
    #[serde(rename = "reason")]
    _reason: String,
    test: String,
}

/// A path whose only label is all that is left of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RestLabel {
    uri: String,
    #[serde(rename = "reason")]
    _reason: String,
    test: String,
}

impl Deviations {
    /// Reads the file.
    pub(crate) fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?)
    }

    /// Corrects a shape of the model.
    pub(crate) fn correct(&self, name: &str, shape: &mut Shape) -> Outcome {
        for deviation in self.pattern.iter().filter(|deviation| deviation.shape == name) {
            if shape.pattern.as_ref() != Some(&deviation.model) {
                return Err(format!("the model's pattern of {name} has changed: {:?}", shape.pattern).into());
            }
            shape.pattern = Some(deviation.ours.clone());
            shape.min = deviation.min.map(Into::into).or(shape.min.take());
            shape.max = deviation.max.map(Into::into).or(shape.max.take());
        }
        Ok(())
    }

    /// Whether a member takes a JSON number as text.
    pub(crate) fn takes_number(&self, shape: &str, member: &str) -> bool {
        self.number_as_text.iter().any(|deviation| deviation.shape == shape && deviation.member == member)
    }

    /// Whether a member takes an empty text, which its shape does not.
    pub(crate) fn takes_empty(&self, shape: &str, member: &str) -> bool {
        self.empty_text.iter().any(|deviation| deviation.shape == shape && deviation.member == member)
    }

    /// Whether the label of this path is all that is left of it.
    pub(crate) fn takes_rest(&self, uri: &str) -> bool {
        self.rest_label.iter().any(|deviation| deviation.uri == uri)
    }

    /// Fails unless every deviation's test is found in the sources.
    pub(crate) fn check_tests(&self, sources: &Path) -> Outcome {
        let mut texts = String::new();
        for path in super::present(sources)? {
            texts.push_str(&fs::read_to_string(sources.join(path))?);
        }
        let patterns = self.pattern.iter().map(|deviation| &deviation.test);
        let numbers = self.number_as_text.iter().map(|deviation| &deviation.test);
        let empty = self.empty_text.iter().map(|deviation| &deviation.test);
        let labels = self.rest_label.iter().map(|deviation| &deviation.test);
        match patterns.chain(numbers).chain(empty).chain(labels).find(|test| !texts.contains(&format!("fn {test}()"))) {
            None => Ok(()),
            Some(test) => Err(format!("codegen/deviations.toml names the test {test}, which does not exist").into()),
        }
    }
}
