//! Predefined attributes: their names and values, and those of the system (administration 6.1).

use std::fmt;

use wire::ExceptionKind;
use wire::shapes::{PredefinedAttribute, PredefinedAttributeConfiguration, PredefinedAttributeValues};

/// The attribute whose values are the types of work that routing profiles give slots of their own (administration 2.6.3).
pub const WORKLOAD_TYPE: &str = "connect:WorkloadType";
/// The attribute that every contact has: what kind of its channel it is.
pub const SUBTYPE: &str = "connect:Subtype";

/// Prefixes that names and values of users may not have (administration 6.1.1).
const RESERVED: [&str; 2] = ["aws:", "connect:"];
/// Signs that names and values may have besides letters, numbers and spaces (administration 6.1.1).
const SIGNS: &str = "_.:/=+-@'";

/// An attribute that every instance has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct System {
    /// Its name.
    pub name: &'static str,
    /// The values that it begins with.
    pub values: &'static [&'static str],
    /// Whether it cannot be changed.
    pub read_only: bool,
}

/// The attributes of the system (administration 6.1.3), in the order of their names. They can neither be created nor deleted.
pub const SYSTEM: &[System] = &[
    System { name: "connect:Language", values: &[], read_only: false },
    System { name: SUBTYPE, values: &["connect:Task", "connect:ExternalTask"], read_only: true },
    System { name: WORKLOAD_TYPE, values: &[], read_only: false },
];

/// The attribute of the system with this name, byte for byte.
pub fn system(name: &str) -> Option<&'static System> {
    SYSTEM.iter().find(|attribute| attribute.name == name)
}

impl System {
    /// Its shape in a new instance, without times.
    pub fn shape(&self) -> PredefinedAttribute {
        let values = self.values.iter().map(|value| (*value).to_owned()).collect();
        PredefinedAttribute {
            name: Some(self.name.to_owned()),
            values: Some(PredefinedAttributeValues::StringList(values)),
            attribute_configuration: Some(configuration(false, self.read_only)),
            ..PredefinedAttribute::default()
        }
    }
}

/// A configuration with both members, as it is stored and answered.
pub fn configuration(validates: bool, read_only: bool) -> PredefinedAttributeConfiguration {
    PredefinedAttributeConfiguration {
        enable_value_validation_on_association: Some(validates),
        is_read_only: Some(read_only),
    }
}

/// What names are compared by: they are unique without case (administration 1.2.1).
pub fn folded(name: &str) -> String {
    name.to_lowercase()
}

/// The slot of a link from a resource that uses a value of an attribute: names and values have no line feeds.
pub fn slot(name: &str, value: &str) -> String {
    format!("{name}\n{value}")
}

/// The values of an attribute; none when it has none.
pub fn values(attribute: &PredefinedAttribute) -> &[String] {
    match &attribute.values {
        Some(PredefinedAttributeValues::StringList(values)) => values,
        _ => &[],
    }
}

/// Why an attribute is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A name or value that begins like those of the system.
    Reserved {
        /// The member.
        path: String,
        /// What it says.
        text: String,
    },
    /// A name or value with a sign that it may not have.
    Sign {
        /// The member.
        path: String,
        /// What it says.
        text: String,
    },
    /// A value that another one equals without case.
    Twice {
        /// The member.
        path: String,
        /// What it says.
        text: String,
    },
    /// `Values` is not a list of texts.
    NoList,
}

impl Problem {
    /// The exception for this problem.
    pub fn kind(&self) -> ExceptionKind {
        ExceptionKind::InvalidParameterException
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reserved { path, text } => {
                write!(f, "{path} {text:?} must not begin with {}", RESERVED.join(" or "))
            }
            Self::Sign { path, text } => {
                write!(f, "{path} {text:?} may have letters, numbers, spaces and the signs {SIGNS} only")
            }
            Self::Twice { path, text } => {
                write!(f, "{path} {text:?} is there already; values are compared without case")
            }
            Self::NoList => f.write_str("Values must have the member StringList"),
        }
    }
}

impl std::error::Error for Problem {}

/// Checks the name of a new attribute (administration 6.1.1). That it is free is for the commit to find out.
///
/// # Errors
/// What is wrong with it.
pub fn check_name(name: &str) -> Result<(), Problem> {
    check_text("Name", name)
}

/// Checks the values of an attribute (administration 6.1.1); how many there are and how long they are is in the model.
///
/// # Errors
/// The first thing that is wrong.
pub fn check_values(values: &PredefinedAttributeValues) -> Result<(), Problem> {
    let PredefinedAttributeValues::StringList(values) = values else { return Err(Problem::NoList) };
    let mut seen = std::collections::BTreeSet::new();
    for (n, value) in values.iter().enumerate() {
        let path = format!("Values.StringList[{n}]");
        check_text(&path, value)?;
        if !seen.insert(folded(value)) {
            return Err(Problem::Twice { path, text: value.clone() });
        }
    }
    Ok(())
}

fn check_text(path: &str, text: &str) -> Result<(), Problem> {
    let (path, text) = (path.to_owned(), text.to_owned());
    if RESERVED.iter().any(|prefix| text.starts_with(prefix)) {
        return Err(Problem::Reserved { path, text });
    }
    let good = |c: char| c.is_alphanumeric() || (c.is_whitespace() && !c.is_control()) || SIGNS.contains(c);
    if text.chars().all(good) { Ok(()) } else { Err(Problem::Sign { path, text }) }
}

/// The values of `old` that `new` lacks (administration 6.1.2).
pub fn removed<'a>(old: &'a PredefinedAttribute, new: &PredefinedAttribute) -> Vec<&'a str> {
    values(old).iter().filter(|value| !values(new).contains(value)).map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(values: &[&str]) -> PredefinedAttributeValues {
        PredefinedAttributeValues::StringList(values.iter().map(|value| (*value).to_owned()).collect())
    }

    #[test]
    fn administration_6_1_1_names_and_values_have_a_form() {
        for good in ["Language", "Größe 7", "a_.:/=+-@'", "連絡 先", "connect", "x aws:"] {
            assert_eq!(check_name(good), Ok(()), "{good}");
            assert_eq!(check_values(&list(&[good])), Ok(()), "{good}");
        }
        for (bad, reserved) in
            [("connect:x", true), ("aws:x", true), ("a*b", false), ("a\nb", false), ("a\u{0}", false)]
        {
            let problem = check_name(bad).unwrap_err();
            assert_eq!(matches!(problem, Problem::Reserved { .. }), reserved, "{bad}");
            assert!(problem.to_string().starts_with("Name"), "{problem}");
            assert_eq!(problem.kind(), ExceptionKind::InvalidParameterException);
            let problem = check_values(&list(&["good", bad])).unwrap_err();
            assert!(problem.to_string().starts_with("Values.StringList[1]"), "{problem}");
        }
        let twice = check_values(&list(&["One", "Two", "oNE"])).unwrap_err();
        assert_eq!(twice, Problem::Twice { path: "Values.StringList[2]".to_owned(), text: "oNE".to_owned() });
        assert_eq!(check_values(&PredefinedAttributeValues::Unknown), Err(Problem::NoList));
        assert_eq!(check_values(&list(&[])), Ok(()));
    }

    #[test]
    fn administration_6_1_3_the_system_has_three_attributes() {
        let names: Vec<&str> = SYSTEM.iter().map(|attribute| attribute.name).collect();
        assert_eq!(names, ["connect:Language", "connect:Subtype", "connect:WorkloadType"]);
        let subtype = system("connect:Subtype").unwrap().shape();
        assert_eq!(values(&subtype), ["connect:Task", "connect:ExternalTask"]);
        assert_eq!(subtype.attribute_configuration.unwrap().is_read_only, Some(true));
        assert_eq!(system("connect:subtype"), None, "names are matched exactly");
        assert!(SYSTEM.iter().all(|attribute| matches!(check_name(attribute.name), Err(Problem::Reserved { .. }))));
    }

    #[test]
    fn administration_6_1_2_values_that_go_are_named() {
        let of = |values: &[&str]| PredefinedAttribute { values: Some(list(values)), ..PredefinedAttribute::default() };
        assert_eq!(removed(&of(&["a", "b", "c"]), &of(&["B", "c", "d"])), ["a", "b"]);
        assert_eq!(removed(&PredefinedAttribute::default(), &of(&["a"])), Vec::<&str>::new());
        assert_ne!(slot("a=b", "c"), slot("a", "b=c"));
    }
}
