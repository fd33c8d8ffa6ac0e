//! Whether a request says clearly which host it is for, before anything else is made of it.

use http::header::HOST;
use http::{Request, Version};

use crate::answer::Fault;

/// One `Host` over HTTP/1.1, and no second name in the request line or in the authority of HTTP/2 (RFC 9112, sections 3.2 and
/// 3.2.2; RFC 9113, section 8.3.1): a proxy before this server may have gone by the other.
///
/// # Errors
/// 400, after which the connection closes.
pub(crate) fn check<B>(request: &Request<B>) -> Result<(), Fault> {
    let mut given = request.headers().get_all(HOST).iter();
    let (first, second) = (given.next(), given.next());
    let authority = request.uri().authority().map(http::uri::Authority::as_str);
    let text = match (first, authority) {
        _ if second.is_some() => "The request has more than one Host header.",
        (None, _) if request.version() == Version::HTTP_11 => "The request has no Host header.",
        (Some(host), Some(authority)) if !host.as_bytes().eq_ignore_ascii_case(authority.as_bytes()) => {
            "The request names one host in its Host header and another in its target."
        }
        _ => return Ok(()),
    };
    Err(Fault::new(400, "InvalidRequestException", text).closing())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b142_a_request_names_one_host() {
        let (v10, v11, v2) = (Version::HTTP_10, Version::HTTP_11, Version::HTTP_2);
        for (version, target, hosts, good) in [
            (v11, "/healthz", &["a"][..], true),
            (v11, "/healthz", &[], false),
            (v11, "/healthz", &["a", "a"], false),
            (v11, "/healthz", &[""], true),
            (v11, "http://a:1/instance", &["A:1"], true),
            (v11, "http://a/instance", &["b"], false),
            (v11, "http://a/instance", &[], false),
            (v10, "/healthz", &[], true),
            (v10, "/healthz", &["a", "b"], false),
            (v2, "http://a/instance", &[], true),
            (v2, "http://a/instance", &["a"], true),
            (v2, "http://a/instance", &["b"], false),
        ] {
            let mut request = Request::builder().version(version).uri(target);
            for host in hosts {
                request = request.header(HOST, *host);
            }
            assert_eq!(check(&request.body(()).unwrap()).is_ok(), good, "{version:?} {target} {hosts:?}");
        }
    }
}
