//! The policies and tags that an access key holds: how they are stored, and what they become.
//!
//! Stored is a JSON list: the name of a managed policy as a text, a document as `{"Name": …, "Document": …}` with its text.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::policy::{self, Policy, PolicySet, Problem};
use serde::{Deserialize, Serialize};
use service::Policies;

/// Policies that one key may hold.
pub const POLICIES_MAX: usize = 10;

/// Longest name of a policy, in characters.
pub const NAME_MAX: usize = 128;

/// The managed policy that allows everything.
pub const ADMINISTRATOR: &str = "administrator";

/// A policy that a key holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum HeldPolicy {
    /// A managed policy, by name. What it allows is what this release says.
    Managed(String),
    /// A document.
    Document(HeldDocument),
}

/// A document and its name in decisions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct HeldDocument {
    /// Its name.
    pub name: String,
    /// Its text, as it was given.
    pub document: String,
}

/// The policies of a key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HeldPolicies(Vec<HeldPolicy>);

/// Why policies are refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPolicies {
    /// More than a key may hold.
    #[error("a key holds at most {POLICIES_MAX} policies")]
    TooMany,
    /// A name that cannot be one.
    #[error(
        "the name {0:?} of a policy: expected 1 to {NAME_MAX} letters, digits and +=,.@_-, other than the names of managed \
         policies"
    )]
    Name(String),
    /// Two of one name.
    #[error("the policy {0} is given twice")]
    Twice(String),
    /// No managed policy has this name.
    #[error("there is no managed policy {name:?}; there are {}", names())]
    Unknown {
        /// As it was given.
        name: String,
    },
    /// A document breaks the language.
    #[error("the policy {name} is not valid:{}", lines(problems))]
    Document {
        /// Its name.
        name: String,
        /// Everything that is wrong with it.
        problems: Vec<Problem>,
    },
    /// The stored text is none of ours.
    #[error("stored policies cannot be read: {0}")]
    Stored(String),
}

fn names() -> String {
    policy::MANAGED.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

fn lines(problems: &[Problem]) -> String {
    problems.iter().map(|problem| format!("\n  {problem}")).collect()
}

impl HeldPolicy {
    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Managed(name) => name,
            Self::Document(held) => &held.name,
        }
    }

    fn parse(&self) -> Result<Policy, BadPolicies> {
        let text = match self {
            Self::Managed(name) => policy::managed(name).ok_or_else(|| BadPolicies::Unknown { name: name.clone() })?,
            Self::Document(held) => &held.document,
        };
        Policy::parse(text).map_err(|problems| BadPolicies::Document { name: self.name().to_owned(), problems })
    }
}

impl HeldPolicies {
    /// What allows everything: administrators hold it.
    pub fn administrator() -> Self {
        Self(vec![HeldPolicy::Managed(ADMINISTRATOR.to_owned())])
    }

    /// These policies, each of them valid.
    ///
    /// # Errors
    /// The first that is not, with everything that is wrong with it.
    pub fn checked(held: Vec<HeldPolicy>) -> Result<Self, BadPolicies> {
        if held.len() > POLICIES_MAX {
            return Err(BadPolicies::TooMany);
        }
        for (n, one) in held.iter().enumerate() {
            let name = one.name();
            let sound = |c: char| c.is_ascii_alphanumeric() || "+=,.@_-".contains(c);
            let is_document = matches!(one, HeldPolicy::Document(_));
            let taken = is_document && policy::managed(name).is_some();
            if name.is_empty() || name.chars().count() > NAME_MAX || !name.chars().all(sound) || taken {
                return Err(BadPolicies::Name(name.to_owned()));
            }
            if held[..n].iter().any(|earlier| earlier.name() == name) {
                return Err(BadPolicies::Twice(name.to_owned()));
            }
            one.parse()?;
        }
        Ok(Self(held))
    }

    /// Reads the stored text.
    ///
    /// # Errors
    /// It was not written by [`HeldPolicies::to_text`].
    pub fn from_text(text: &str) -> Result<Self, BadPolicies> {
        serde_json::from_str(text).map_err(|error| BadPolicies::Stored(error.to_string()))
    }

    /// The text to store.
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).expect("names and texts are JSON")
    }

    /// The policies in the order they were given.
    pub fn iter(&self) -> impl Iterator<Item = &HeldPolicy> {
        self.0.iter()
    }

    /// Whether a key with them is an administrator's: it holds that policy and no other.
    pub fn are_administrator(&self) -> bool {
        matches!(&self.0[..], [HeldPolicy::Managed(name)] if name == ADMINISTRATOR)
    }

    /// What a caller with them may do.
    ///
    /// # Errors
    /// One of them is not valid, for this release.
    pub fn policies(&self) -> Result<Policies, BadPolicies> {
        if self.are_administrator() {
            return Ok(Policies::Administrator);
        }
        Ok(Policies::Set(Arc::new(self.set()?)))
    }

    /// The same as a set, also for an administrator.
    ///
    /// # Errors
    /// One of them is not valid, for this release.
    pub fn set(&self) -> Result<PolicySet, BadPolicies> {
        let parsed = self.0.iter().map(|held| Ok((held.name().to_owned(), held.parse()?)));
        Ok(PolicySet::new(parsed.collect::<Result<_, BadPolicies>>()?))
    }
}

/// Tags as they are stored: a JSON object, or nothing when there are none.
pub fn tags_text(tags: &BTreeMap<String, String>) -> String {
    if tags.is_empty() { String::new() } else { serde_json::to_string(tags).expect("texts are JSON") }
}

/// Tags from their stored form.
///
/// # Errors
/// It is none.
pub fn tags_of(text: &str) -> Result<BTreeMap<String, String>, serde_json::Error> {
    if text.is_empty() { Ok(BTreeMap::new()) } else { serde_json::from_str(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"connect:*","Resource":"*"}}"#;

    fn document(name: &str, text: &str) -> HeldPolicy {
        HeldPolicy::Document(HeldDocument { name: name.to_owned(), document: text.to_owned() })
    }

    fn managed(name: &str) -> HeldPolicy {
        HeldPolicy::Managed(name.to_owned())
    }

    #[test]
    fn policies_are_stored_and_read_back() {
        let held = HeldPolicies::checked(vec![managed("read-only"), document("claims", DOCUMENT)]).unwrap();
        let text = held.to_text();
        assert!(text.starts_with(r#"["read-only",{"Name":"claims","Document":"{\"Version"#), "{text}");
        assert_eq!(HeldPolicies::from_text(&text), Ok(held));
        assert_eq!(HeldPolicies::administrator().to_text(), r#"["administrator"]"#, "as the migration writes it");
        for broken in ["", "{}", "[1]", r#"[{"Name":"x"}]"#] {
            assert!(matches!(HeldPolicies::from_text(broken), Err(BadPolicies::Stored(_))), "{broken}");
        }
    }

    #[test]
    fn only_valid_policies_are_taken() {
        let name = |name: &str| BadPolicies::Name(name.to_owned());
        for (held, refused) in [
            (vec![managed("nobody")], BadPolicies::Unknown { name: "nobody".to_owned() }),
            (vec![document("", DOCUMENT)], name("")),
            (vec![document("a b", DOCUMENT)], name("a b")),
            (vec![document("read-only", DOCUMENT)], name("read-only")),
            (vec![document("a", DOCUMENT), document("a", DOCUMENT)], BadPolicies::Twice("a".to_owned())),
            (vec![managed("agent"); POLICIES_MAX + 1], BadPolicies::TooMany),
        ] {
            assert_eq!(HeldPolicies::checked(held).unwrap_err(), refused);
        }
        let bad = DOCUMENT.replace("Allow", "Alow");
        let Err(BadPolicies::Document { problems, .. }) = HeldPolicies::checked(vec![document("a", &bad)]) else {
            panic!("it is refused")
        };
        assert_eq!(problems.len(), 1);
        assert!(
            HeldPolicies::checked(vec![]).is_ok_and(|held| held.iter().next().is_none()),
            "nothing is allowed then"
        );
    }

    #[test]
    fn b214_an_administrator_holds_that_policy_and_no_other() {
        assert!(matches!(HeldPolicies::administrator().policies(), Ok(Policies::Administrator)));
        let deny = DOCUMENT.replace("Allow", "Deny");
        let held = HeldPolicies::checked(vec![managed(ADMINISTRATOR), document("none", &deny)]).unwrap();
        let Ok(Policies::Set(set)) = held.policies() else { panic!("a set") };
        assert!(!set.may_allow("connect:GetTaskTemplate"));
        let Ok(Policies::Set(none)) = HeldPolicies::default().policies() else { panic!("a set") };
        assert!(!none.may_allow("connect:GetTaskTemplate"));
    }

    #[test]
    fn every_managed_policy_is_valid() {
        for (name, _) in policy::MANAGED {
            assert!(HeldPolicies::checked(vec![managed(name)]).is_ok(), "{name}");
        }
    }
}
