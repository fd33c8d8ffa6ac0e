//! STS GetCallerIdentity, which many clients call at their start, and the two operations of IAM that some of them try before it
//! (as-code 3): the query protocol, a form or a query in and XML out.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName};
use http::request::Parts;
use http::{HeaderValue, Method, Response, StatusCode, Version};
use http_body_util::Full;
use service::{Caller, Partition};

use crate::answer::{self, Answer, ERROR_TYPE, Fault, RequestId};

/// Largest body, bytes: a form of two parameters.
pub(super) const BODY_BYTES: usize = 4_096;

/// Version of the API of STS.
const VERSION: &str = "2011-06-15";

/// The namespace of its answers.
const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// Characters of a name given by the client that an answer repeats.
const NAME_MAX: usize = 128;

const TARGET: HeaderName = HeaderName::from_static("x-amz-target");
const XML: HeaderValue = HeaderValue::from_static("text/xml");

/// The region of the partition's global endpoints of STS and IAM.
pub(super) fn global_region(partition: Partition) -> &'static str {
    match partition {
        Partition::Aws => "us-east-1",
        Partition::AwsCn => "cn-north-1",
        Partition::AwsUsGov => "us-gov-west-1",
    }
}

/// Whether a request is in the query protocol: `POST /` with a form, or `GET /` with an `Action` (as-code 1.1.2, 3.2). One with
/// the header `x-amz-target` speaks JSON, whatever its query.
pub(super) fn is_asked(base_path: &str, parts: &Parts) -> bool {
    if !matches!(parts.uri.path().strip_prefix(base_path), Some("" | "/")) || parts.headers.contains_key(TARGET) {
        return false;
    }
    if parts.method == Method::POST {
        let kind = parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("");
        let kind = kind.split(';').next().unwrap_or("").trim();
        return kind.eq_ignore_ascii_case("application/x-www-form-urlencoded");
    }
    let query = parts.uri.query().unwrap_or("");
    parts.method == Method::GET && query.split('&').any(|pair| pair.split('=').next() == Some("Action"))
}

/// Answers a request whose signature was verified for `service`. Every caller may ask who it is (as-code 3.2).
///
/// # Errors
/// 403 for the operations of IAM, 400 for everything else that is no GetCallerIdentity.
pub(super) fn answer(
    parts: &Parts,
    body: &[u8],
    service: &str,
    caller: &Caller,
    id: RequestId,
) -> Result<Answer, Fault> {
    let form = if parts.method == Method::POST {
        std::str::from_utf8(body).map_err(|_| malformed())?
    } else {
        parts.uri.query().unwrap_or("")
    };
    let action = parameter(form, "Action")?.filter(|action| !action.is_empty());
    let action = action.ok_or_else(|| Fault::new(400, "MissingAction", "The parameter Action is missing."))?;
    match (service, action.as_str()) {
        ("sts", "GetCallerIdentity") => match parameter(form, "Version")?.as_deref() {
            None | Some(VERSION) => Ok(identity(caller, id)),
            Some(version) => Err(no_action(&action, Some(version))),
        },
        ("iam", "GetUser" | "ListRoles") => {
            let text = format!(
                "User: {} is not authorized to perform: iam:{action} because this server has no IAM",
                caller.arn
            );
            Err(Fault::new(403, "AccessDeniedException", &text))
        }
        _ => Err(no_action(&action, parameter(form, "Version")?.as_deref())),
    }
}

/// The answer of a fault: the error's code and message in the envelope of the query protocol (as-code 3.3).
pub(super) fn failure(fault: &Fault, version: Version, id: RequestId) -> Answer {
    let (status, code) = code(fault);
    let side = if status < 500 { "Sender" } else { "Receiver" };
    let message = fault.message();
    let (message, id) = (escaped(&message), id.as_str());
    let text = format!(
        "<ErrorResponse xmlns=\"{NAMESPACE}\"><Error><Type>{side}</Type><Code>{code}</Code><Message>{message}</Message></Error>\
         <RequestId>{id}</RequestId></ErrorResponse>"
    );
    let mut answer = answer::failure(fault, version);
    *answer.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *answer.body_mut() = Full::from(Bytes::from(text));
    answer.headers_mut().insert(CONTENT_TYPE, XML);
    answer.headers_mut().remove(ERROR_TYPE);
    answer
}

/// Status and code of a fault as services of the query protocol have them (protocol W3.2.3).
fn code(fault: &Fault) -> (u16, &'static str) {
    match fault.name {
        "UnrecognizedClientException" => (403, "InvalidClientTokenId"),
        "InvalidSignatureException" => (403, "SignatureDoesNotMatch"),
        "IncompleteSignatureException" => (400, "IncompleteSignature"),
        "InternalServiceException" => (500, "InternalFailure"),
        name => (fault.status, name.strip_suffix("Exception").unwrap_or(name)),
    }
}

fn identity(caller: &Caller, id: RequestId) -> Answer {
    let [arn, user, account] = [&caller.arn, &caller.access_key_id, &caller.account].map(|text| escaped(text));
    let id = id.as_str();
    let text = format!(
        "<GetCallerIdentityResponse xmlns=\"{NAMESPACE}\"><GetCallerIdentityResult><Arn>{arn}</Arn><UserId>{user}</UserId>\
         <Account>{account}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>{id}</RequestId></ResponseMetadata>\
         </GetCallerIdentityResponse>"
    );
    let mut answer = Response::new(Full::from(Bytes::from(text)));
    answer.headers_mut().insert(CONTENT_TYPE, XML);
    answer
}

fn no_action(action: &str, version: Option<&str>) -> Fault {
    let [action, version] =
        [action, version.unwrap_or(VERSION)].map(|text| text.chars().take(NAME_MAX).collect::<String>());
    let text = format!("Could not find operation {action} for version {version}");
    Fault::new(400, "InvalidAction", &text)
}

fn malformed() -> Fault {
    let text = "The request is no form of parameters, each given once and encoded as text.";
    Fault::new(400, "MalformedQueryString", text)
}

/// The value of a parameter of a form.
///
/// # Errors
/// It is given twice, or is no text.
fn parameter(form: &str, name: &str) -> Result<Option<String>, Fault> {
    let mut values = form.split('&').filter_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (key == name).then_some(value)
    });
    let value = values.next();
    if values.next().is_some() {
        return Err(malformed());
    }
    value.map(|value| wire::percent_decoded(&value.replace('+', " ")).ok_or_else(malformed)).transpose()
}

/// A text as the content of an element. What XML cannot contain becomes U+FFFD.
fn escaped(text: &str) -> Cow<'_, str> {
    let plain = |c: char| {
        !matches!(c, '&' | '<' | '>' | '"' | '\'' | '\r' | '\u{fffe}' | '\u{ffff}') && (c >= ' ' || "\t\n".contains(c))
    };
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\r' => out.push_str("&#13;"),
            c if plain(c) => out.push(c),
            _ => out.push('\u{fffd}'),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    const FORM: &str = "application/x-www-form-urlencoded";

    fn parts(method: &str, uri: &str, headers: &[(&str, &str)]) -> Parts {
        let mut request = Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(()).unwrap().into_parts().0
    }

    /// as-code 1.1.2, 3.2
    #[test]
    fn which_requests_are_in_the_query_protocol() {
        let form = ("content-type", FORM);
        for (base, method, uri, headers, asked) in [
            ("", "POST", "/", &[form][..], true),
            ("", "POST", "/", &[("content-type", "Application/X-www-form-urlencoded; charset=utf-8")], true),
            ("", "POST", "/", &[], false),
            ("", "POST", "/", &[("content-type", "application/json")], false),
            ("", "POST", "/", &[form, ("x-amz-target", "CloudApiService.GetResource")], false),
            ("", "POST", "/instance", &[form], false),
            ("", "PUT", "/", &[form], false),
            ("", "GET", "/?Action=GetCallerIdentity&Version=2011-06-15", &[], true),
            ("", "GET", "/?Version=2011-06-15&Action=GetUser", &[], true),
            ("", "GET", "/?Actions=x", &[], false),
            ("", "GET", "/", &[], false),
            ("", "GET", "/?Action=x", &[("x-amz-target", "CloudApiService.GetResource")], false),
            ("/connect", "POST", "/connect", &[form], true),
            ("/connect", "POST", "/connect/", &[form], true),
            ("/connect", "POST", "/", &[form], false),
            ("/connect", "POST", "/connected", &[form], false),
        ] {
            assert_eq!(is_asked(base, &parts(method, uri, headers)), asked, "{base} {method} {uri} {headers:?}");
        }
    }

    #[test]
    fn parameters_of_a_form() {
        for (form, value) in [
            ("Action=GetCallerIdentity&Version=2011-06-15", Ok(Some("GetCallerIdentity"))),
            ("Version=1&Action=a%20b+c", Ok(Some("a b c"))),
            ("Action=", Ok(Some(""))),
            ("Action", Ok(Some(""))),
            ("", Ok(None)),
            ("action=x", Ok(None)),
            ("Action=a&Action=a", Err(())),
            ("Action=%zz", Err(())),
            ("Action=%ff", Err(())),
        ] {
            let got = parameter(form, "Action").map_err(drop);
            assert_eq!(got.as_ref().map(Option::as_deref), value.as_ref().map(|v| *v), "{form}");
        }
    }

    #[test]
    fn texts_in_xml() {
        assert!(matches!(escaped("plain é 🚀\n"), Cow::Borrowed(_)));
        assert_eq!(escaped("a<b>&\"c'\r\u{1}\u{ffff}"), "a&lt;b&gt;&amp;&quot;c&apos;&#13;\u{fffd}\u{fffd}");
    }

    /// as-code 3.3, protocol W3.2.3
    #[test]
    fn codes_of_faults() {
        for (fault, expected) in [
            (Fault::new(403, "UnrecognizedClientException", ""), (403, "InvalidClientTokenId")),
            (Fault::new(403, "InvalidSignatureException", ""), (403, "SignatureDoesNotMatch")),
            (Fault::new(403, "IncompleteSignatureException", ""), (400, "IncompleteSignature")),
            (Fault::new(403, "MissingAuthenticationTokenException", ""), (403, "MissingAuthenticationToken")),
            (Fault::new(403, "ExpiredTokenException", ""), (403, "ExpiredToken")),
            (Fault::new(403, "AccessDeniedException", ""), (403, "AccessDenied")),
            (Fault::new(400, "InvalidAction", ""), (400, "InvalidAction")),
            (Fault::unavailable(""), (503, "ServiceUnavailable")),
            (Fault::internal("x"), (500, "InternalFailure")),
        ] {
            assert_eq!(code(&fault), expected);
        }
    }
}
