//! Variables that Kubernetes sets in every pod for each service of the namespace ("service links"). Those of a service
//! `taskform`, or `taskform-postgres`, begin like ours: they are no settings, and no mistake either.

use std::collections::BTreeMap;

use super::spec::{SPECS, Spec};

/// What comes behind the name of a service, and what the value begins with (nothing where it can be anything).
const FORMS: [(&str, &[&str]); 3] =
    [("_SERVICE_HOST", &[]), ("_SERVICE_PORT", &[]), ("_PORT", &["tcp://", "udp://", "sctp://"])];

/// Protocols in the names and values of a service's ports.
const PROTOCOLS: [&str; 3] = ["TCP", "UDP", "SCTP"];

/// Whether a variable has the name of a service link: `TASKFORM…_SERVICE_HOST`, `…_SERVICE_PORT`, `…_SERVICE_PORT_NAME`,
/// `…_PORT`, `…_PORT_8484_TCP`, and that with `_PROTO`, `_PORT` or `_ADDR`. A setting's variable is a setting.
pub(super) fn is_name(name: &str) -> bool {
    let Some(rest) = name.strip_prefix("TASKFORM") else { return false };
    let shape = |text: &str| text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    shape(rest)
        && (FORMS.iter().any(|(form, _)| rest.ends_with(form)) || rest.contains("_SERVICE_PORT_") || is_port(rest))
}

/// `_PORT_8484_TCP`, alone or with `_PROTO`, `_PORT` or `_ADDR`, at the end of a name.
fn is_port(text: &str) -> bool {
    let text = ["_PROTO", "_PORT", "_ADDR"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
    let Some((rest, protocol)) = text.rsplit_once('_') else { return false };
    let Some((rest, number)) = rest.rsplit_once('_') else { return false };
    PROTOCOLS.contains(&protocol) && number.parse::<u16>().is_ok() && rest.ends_with("_PORT")
}

/// The names of variables that pass as service links although their values are none, as in `TASKFORM_PORT=8080`.
#[must_use]
pub fn strange_variables(environment: &BTreeMap<String, String>) -> Vec<&str> {
    let strange = |name: &str, value: &str| {
        let form = FORMS.iter().find(|(form, _)| name.ends_with(form) && !is_port(name));
        let begins = form.map_or(&[][..], |(_, begins)| begins);
        !begins.is_empty() && !value.is_empty() && !begins.iter().any(|begin| value.starts_with(begin))
    };
    let of_link = |name: &str| is_name(name) && !SPECS.iter().map(Spec::variable).any(|variable| variable == name);
    environment.iter().filter(|(n, v)| of_link(n) && strange(n, v)).map(|(n, _)| n.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_service_links_pass_and_others_do_not() {
        for name in [
            "TASKFORM_PORT",
            "TASKFORM_SERVICE_HOST",
            "TASKFORM_SERVICE_PORT",
            "TASKFORM_SERVICE_PORT_HTTP",
            "TASKFORM_PORT_8484_TCP",
            "TASKFORM_PORT_8484_TCP_PROTO",
            "TASKFORM_PORT_8484_TCP_PORT",
            "TASKFORM_PORT_8484_TCP_ADDR",
            "TASKFORM_PORT_53_UDP_ADDR",
            "TASKFORM_POSTGRES_SERVICE_HOST",
            "TASKFORM_POSTGRES_SERVICE_PORT_X",
            "TASKFORM_POSTGRES_PORT",
            "TASKFORM_POSTGRES_PORT_5432_TCP_ADDR",
        ] {
            assert!(is_name(name), "{name}");
        }
        for name in [
            "TASKFORM",
            "TASKFORM_PORTS",
            "TASKFORM_SERVICE",
            "TASKFORM_LISTN",
            "TASKFORM_PORT_HTTP",
            "TASKFORM_PORT_8484_QUIC",
            "TASKFORM_PORT_8484",
            "TASKFORM_port",
            "OTHER_PORT",
        ] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn no_setting_has_the_name_of_a_service_link() {
        for spec in SPECS {
            assert!(!is_name(&spec.variable()), "{}: a service could set it", spec.variable());
        }
    }

    #[test]
    fn a_port_that_somebody_meant_is_noticed() {
        let environment = [
            ("TASKFORM_PORT", "8080"),
            ("TASKFORM_X_PORT", "tcp://10.0.0.1:1"),
            ("TASKFORM_PORT_1_TCP_PORT", "1"),
            ("TASKFORM_SERVICE_PORT", "1"),
            ("TASKFORM_SERVICE_HOST", "10.0.0.1"),
            ("PORT", "8080"),
        ];
        let environment = environment.map(|(n, v)| (n.to_owned(), v.to_owned())).into_iter().collect();
        assert_eq!(strange_variables(&environment), ["TASKFORM_PORT"]);
    }
}
