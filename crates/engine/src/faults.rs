//! What is wrong with a request beyond its shape, in the order in which it is reported (administration 1.1.1).

/// Broken rules of one request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    values: Vec<String>,
    requests: Vec<String>,
}

/// Which exception reports broken rules, and what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Values that are wrong by themselves: InvalidParameterException.
    Values(String),
    /// What does not go together, or not with the state: InvalidRequestException.
    Request(String),
}

impl Faults {
    /// A value that is wrong by itself.
    pub fn value(&mut self, message: impl Into<String>) {
        self.values.push(message.into());
    }

    /// Something that does not go together, or not with the state.
    pub fn request(&mut self, message: impl Into<String>) {
        self.requests.push(message.into());
    }

    /// All wrong values in one message; without any, all else.
    ///
    /// # Errors
    /// What is reported.
    pub fn check(self) -> Result<(), Refused> {
        if !self.values.is_empty() {
            return Err(Refused::Values(self.values.join("; ")));
        }
        if self.requests.is_empty() { Ok(()) } else { Err(Refused::Request(self.requests.join("; "))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// administration 1.1.1: wrong values come before what does not go together, each in one message.
    #[test]
    fn wrong_values_are_reported_first() {
        let mut faults = Faults::default();
        assert_eq!(faults.clone().check(), Ok(()));
        faults.request("A and B");
        assert_eq!(faults.clone().check(), Err(Refused::Request("A and B".to_owned())));
        faults.value("C");
        faults.value("D");
        assert_eq!(faults.check(), Err(Refused::Values("C; D".to_owned())));
    }
}
