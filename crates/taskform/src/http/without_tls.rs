//! Requests without TLS on a port that has a certificate: a closed connection would say nothing.

use http::Request;

use crate::answer::{self, Answer, Fault, RequestId};
use crate::app::App;
use crate::connection::Connection;

/// Every such request is refused, health too (B149).
pub(crate) fn fault() -> Fault {
    let text = "This port speaks TLS: use https:// in the endpoint URL.";
    Fault::new(400, "InvalidRequestException", text).closing()
}

/// The refusal. Its lines in the log are limited, as those of all requests without a verified signature (B143).
pub(super) fn answer<B>(app: &App, request: &Request<B>, connection: &Connection) -> Answer {
    let id = RequestId::new();
    if app.unverified_lines.may_write(false, connection.peer.ip(), app.clock.now_ms()) {
        let (request_id, peer) = (id.as_str(), connection.peer);
        tracing::info!(request_id, %peer, "a request without TLS was refused: this port speaks TLS");
    }
    let mut answer = answer::failure(&fault(), request.version());
    answer::complete(&mut answer, id, request.headers(), &app.http.cors);
    answer
}
