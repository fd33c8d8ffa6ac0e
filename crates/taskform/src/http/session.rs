//! The session door: `/_taskform/v1/session` and `/_taskform/v1/invitation` behind the base path, without a signature.
//!
//! | Request | Does |
//! | --- | --- |
//! | `POST …/session` | signs in by instance, name and password: temporary credentials, and a cookie for browsers |
//! | `GET …/session` | says who is signed in by the cookie; no secret |
//! | `POST …/session/credentials` | gives the session of the cookie other credentials |
//! | `POST …/session/password` | signs in and sets another password, which ends every other session |
//! | `DELETE …/session` | signs out; with `?everywhere=true` every session of the user |
//! | `GET …/invitation` | a page on which somebody invited chooses a password |
//! | `POST …/invitation` | does it, and signs them in |

mod asked;

use std::pin::pin;
use std::time::Instant;

use bytes::Bytes;
use http::header::{CACHE_CONTROL, SET_COOKIE, USER_AGENT};
use http::request::Parts;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use serde_json::{Value, json};
use service::signin::{Credentials, InstanceName, NewSession, PasswordChange, Session, SignIn, SignInError, SignedIn};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::answer::{self, Answer, Fault, RequestId};
use crate::app::App;
use crate::body;
use crate::buffers::Reservation;
use crate::clock::date;
use crate::connection::Connection;
use crate::invite;
use crate::keys::{self, NewKey};
use crate::metrics::Held;
use crate::request_log::{self, Record};

use super::{forwarded, invitation};
use asked::Seen;

const SESSION: &str = "/_taskform/v1/session";

/// Largest body, bytes.
const BODY_BYTES: usize = 8_192;

/// When a sign-in for which there was no room may be tried again, milliseconds.
const RETRY_MS: u64 = 1_000;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    SignIn,
    Who,
    Renew,
    ChangePassword,
    SignOut { everywhere: bool },
    InvitationPage,
    AcceptInvitation,
    Unknown,
}

impl Door {
    /// What a request asks of this door; `None` for any other.
    pub(super) fn of<B>(app: &App, request: &Request<B>) -> Option<Self> {
        let path = request.uri().path().strip_prefix(app.http.base_path.as_str())?;
        let rest = path.strip_prefix(SESSION).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        // What a browser asks for beforehand is answered as for the API.
        if request.method() == Method::OPTIONS || rest.is_none() && path != invite::PATH {
            return None;
        }
        let everywhere = request.uri().query() == Some("everywhere=true");
        Some(match (request.method().as_str(), rest) {
            ("GET", None) => Self::InvitationPage,
            ("POST", None) => Self::AcceptInvitation,
            ("GET", Some("")) => Self::Who,
            ("POST", Some("")) => Self::SignIn,
            ("POST", Some("/credentials")) => Self::Renew,
            ("POST", Some("/password")) => Self::ChangePassword,
            ("DELETE", Some("")) => Self::SignOut { everywhere },
            _ => Self::Unknown,
        })
    }

    /// Its label in metrics and in the log.
    fn label(self) -> &'static str {
        match self {
            Self::SignIn => "SignIn",
            Self::Who => "GetSession",
            Self::Renew => "RenewSession",
            Self::ChangePassword => "ChangePassword",
            Self::SignOut { .. } => "SignOut",
            Self::InvitationPage => "GetInvitationPage",
            Self::AcceptInvitation => "AcceptInvitation",
            Self::Unknown => "none",
        }
    }
}

/// Answers a request to this door.
pub(super) async fn answer(
    app: &App,
    door: Door,
    request: Request<Incoming>,
    connection: &Connection,
    room: Result<Reservation, Fault>,
) -> Answer {
    let (started, id) = (Instant::now(), RequestId::new());
    let _in_flight = Held::new(&app.metrics.in_flight);
    let (parts, body) = request.into_parts();
    let asked = Asked { app, parts: &parts, connection, seen: Seen::all(app, &parts, connection) };
    let work = pin!(asked.answer(door, body, room));
    let outcome = tokio::time::timeout_at((started + app.http.request_time).into(), work).await;
    let outcome = outcome.unwrap_or_else(|_| Err(Fault::unavailable("The request took too long. Try again.")));
    let (mut answer, fault) = match outcome {
        Ok(answer) => (answer, None),
        Err(fault) => (answer::failure(&fault, parts.version), Some(fault)),
    };
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let (status, time) = (answer.status().as_u16(), started.elapsed());
    app.metrics.door(door.label(), status, time);
    let record = Record {
        id,
        peer: connection.peer,
        op: door.label(),
        key: "-",
        instance: "-",
        status,
        time,
        fault: fault.as_ref(),
    };
    // An unexpected error of ours always has its line.
    let known = fault.is_none() || status >= 500 && status != 503;
    let is_wanted = request_log::is_wanted(app.log_requests, app.is_draining(), status);
    if is_wanted && app.unverified_lines.may_write(known, connection.peer.ip(), app.clock.now_ms()) {
        request_log::write(app.log_requests, app.is_draining(), &record);
    }
    answer::complete(&mut answer, id, &parts.headers, &app.http.cors);
    answer
}

/// A request without its body.
struct Asked<'a> {
    app: &'a App,
    parts: &'a Parts,
    connection: &'a Connection,
    /// As which the client may see this server, the likeliest first.
    seen: Vec<Seen>,
}

impl Asked<'_> {
    async fn answer(&self, door: Door, body: Incoming, room: Result<Reservation, Fault>) -> Result<Answer, Fault> {
        let (app, headers) = (self.app, &self.parts.headers);
        let mut room = room?;
        if app.is_draining() {
            return Err(Fault::unavailable("The server is shutting down. Try again.").closing());
        }
        app.check_host(headers, &self.parts.uri)?;
        match door {
            Door::Who => self.who().await,
            Door::InvitationPage => Ok(invitation::page()),
            Door::Renew => {
                asked::check_own(&self.seen, headers)?;
                self.renew().await
            }
            Door::SignOut { everywhere } => {
                asked::check_own(&self.seen, headers)?;
                self.sign_out(everywhere).await
            }
            Door::SignIn | Door::ChangePassword | Door::AcceptInvitation => {
                let is_other = asked::check_page(&self.seen, headers, &app.http.cors)?;
                let body = body::read(body, headers, BODY_BYTES, &mut room).await?;
                match door {
                    Door::SignIn => self.sign_in(body.bytes(), is_other).await,
                    Door::ChangePassword => self.change_password(body.bytes(), is_other).await,
                    _ => self.accept_invitation(body.bytes(), is_other).await,
                }
            }
            Door::Unknown => {
                let path: String = self.parts.uri.path().chars().take(200).collect();
                let text = format!("The session door has no {} {path}", self.parts.method);
                Err(Fault::new(404, "UnknownOperationException", &text))
            }
        }
    }

    async fn sign_in(&self, body: &[u8], is_other: bool) -> Result<Answer, Fault> {
        let names = ["InstanceId", "InstanceAlias", "Username", "Password"];
        let [id, alias, username, password] = asked::members(body, names)?;
        let (place, new) = (self.place(), self.new_session());
        let ask = sign_in(&id, &alias, &username, &password, &place)?;
        let done = self.app.service.sign_in(ask, &new.stored, self.app.clock.now_ms()).await;
        Ok(self.begun(&done.map_err(fault)?, &new, is_other))
    }

    async fn change_password(&self, body: &[u8], is_other: bool) -> Result<Answer, Fault> {
        let names = ["InstanceId", "InstanceAlias", "Username", "Password", "NewPassword"];
        let [id, alias, username, password, new_password] = asked::members(body, names)?;
        let (place, new) = (self.place(), self.new_session());
        let sign_in = sign_in(&id, &alias, &username, &password, &place)?;
        let new_password = new_password.as_ref().ok_or_else(|| asked::invalid("NewPassword is missing."))?;
        let ask = PasswordChange { sign_in, new_password };
        let done = self.app.service.change_password(ask, &new.stored, self.app.clock.now_ms()).await;
        Ok(self.begun(&done.map_err(fault)?, &new, is_other))
    }

    async fn accept_invitation(&self, body: &[u8], is_other: bool) -> Result<Answer, Fault> {
        let [token, password] = asked::members(body, ["Token", "Password"])?;
        let (Some(token), Some(password)) = (token, password) else {
            return Err(asked::invalid("Token and Password are required."));
        };
        let (place, new) = (self.place(), self.new_session());
        let digest = Sha256::digest(token.as_bytes());
        let now_ms = self.app.clock.now_ms();
        let done = self.app.service.accept_invitation(&digest, &password, &place, &new.stored, now_ms).await;
        let done = done.map_err(|error| match error {
            SignInError::Refused => refused("The invitation is not known, was used, was taken back or has expired."),
            other => fault(other),
        })?;
        Ok(self.begun(&done, &new, is_other))
    }

    async fn who(&self) -> Result<Answer, Fault> {
        let nobody = || success(&json!({ "User": null }));
        let Some((_, digest)) = self.cookie() else { return Ok(nobody()) };
        let session = self.app.service.session(&digest, self.app.clock.now_ms()).await.map_err(fault)?;
        Ok(session.map_or_else(nobody, |session| success(&shown(&session))))
    }

    async fn renew(&self) -> Result<Answer, Fault> {
        let signed_out = || refused("Nobody is signed in, or not any more: sign in again.");
        let Some((_, digest)) = self.cookie() else { return Err(signed_out()) };
        let (key, stored) = self.app.authenticator.session_key();
        let done = self.app.service.renew_session(&digest, &stored, self.app.clock.now_ms()).await;
        let done = done.map_err(|error| match error {
            SignInError::Refused => signed_out(),
            other => fault(other),
        })?;
        Ok(success(&with_credentials(&done, &key)))
    }

    async fn sign_out(&self, everywhere: bool) -> Result<Answer, Fault> {
        if let Some((_, digest)) = self.cookie() {
            self.app.service.sign_out(&digest, everywhere, self.app.clock.now_ms()).await.map_err(fault)?;
        }
        let mut answer = Response::new(Full::default());
        *answer.status_mut() = StatusCode::NO_CONTENT;
        self.set_cookie(&mut answer, None, 0);
        Ok(answer)
    }

    /// The answer to whoever has just signed in: the only one with these secrets.
    fn begun(&self, done: &Credentials, new: &New, is_other: bool) -> Answer {
        let mut answer = success(&with_credentials(done, &new.key));
        if !is_other {
            let session = &done.of.session;
            let seconds = (session.expires_ms - session.created_ms).div_euclid(1_000);
            self.set_cookie(&mut answer, Some(&new.cookie), seconds);
        }
        answer
    }

    /// The first cookie of a name that this server may have under one of its addresses.
    fn cookie(&self) -> Option<(&Seen, Vec<u8>)> {
        self.seen.iter().find_map(|seen| Some((seen, seen.cookie_sha256(&self.parts.headers)?)))
    }

    fn set_cookie(&self, answer: &mut Answer, token: Option<&str>, seconds: i64) {
        let of_page = self.parts.headers.get(http::header::ORIGIN).and_then(|origin| origin.to_str().ok());
        let seen = self.seen.iter().find(|seen| Some(seen.origin.as_str()) == of_page).or(self.seen.first());
        let Some(seen) = seen else { return };
        if let Ok(mut value) = HeaderValue::from_str(&seen.set_cookie(token, seconds)) {
            value.set_sensitive(true);
            answer.headers_mut().insert(SET_COOKIE, value);
        }
    }

    fn place(&self) -> String {
        let peer = self.connection.peer.ip();
        let client = forwarded::client(&self.app.http.trusted_proxies, &self.parts.headers, peer);
        asked::place(client.unwrap_or(peer))
    }

    fn new_session(&self) -> New {
        let (key, stored) = self.app.authenticator.session_key();
        let (cookie, cookie_sha256) = keys::token();
        let peer = self.connection.peer.ip();
        let client = forwarded::client(&self.app.http.trusted_proxies, &self.parts.headers, peer).unwrap_or(peer);
        let agent = self.parts.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or("");
        let (address, user_agent) = (client.to_canonical().to_string(), agent.to_owned());
        New { key, cookie, stored: NewSession { cookie_sha256, key: stored, address, user_agent } }
    }
}

/// A session that may begin, with its secrets.
struct New {
    key: NewKey,
    cookie: Zeroizing<String>,
    stored: NewSession,
}

type Text = Option<Zeroizing<String>>;

fn sign_in<'a>(
    id: &'a Text,
    alias: &'a Text,
    username: &'a Text,
    password: &'a Text,
    place: &'a str,
) -> Result<SignIn<'a>, Fault> {
    let instance = match (id, alias) {
        (Some(id), None) => InstanceName::Id(id),
        (None, Some(alias)) => InstanceName::Alias(alias),
        _ => return Err(asked::invalid("One of InstanceId and InstanceAlias is required.")),
    };
    let (Some(username), Some(password)) = (username, password) else {
        return Err(asked::invalid("Username and Password are required."));
    };
    Ok(SignIn { instance, username, password, place })
}

fn refused(text: &str) -> Fault {
    Fault { by_shell: false, ..Fault::new(403, "AccessDeniedException", text) }
}

fn fault(error: SignInError) -> Fault {
    match error {
        SignInError::Refused => refused(
            "The instance, the user name or the password is wrong, or the user may not sign in. An administrator can help: \
             `taskform users` sets passwords and unlocks.",
        ),
        SignInError::Wait(ms) => {
            let text = "Too many wrong attempts for this user from this address. Wait before the next one.";
            Fault { by_shell: false, ..Fault::new(429, "ThrottlingException", text) }.after(ms)
        }
        SignInError::Busy => {
            Fault::unavailable("The server compares as many passwords as it may at once. Try again.").after(RETRY_MS)
        }
        SignInError::Invalid(text) => asked::invalid(&text),
        SignInError::Failed(error) => (*error).into(),
    }
}

fn success(value: &Value) -> Answer {
    let body = Zeroizing::new(value.to_string());
    Response::new(Full::new(Bytes::copy_from_slice(body.as_bytes())))
}

fn user(user: &SignedIn) -> Value {
    let SignedIn { instance_id, instance_alias, user_id, arn, username, first_name, last_name } = user;
    json!({
        "Id": user_id, "Arn": arn, "Username": username, "FirstName": first_name, "LastName": last_name,
        "InstanceId": instance_id, "InstanceAlias": instance_alias,
    })
}

fn shown(of: &Session) -> Value {
    let session = &of.session;
    json!({ "User": user(&of.user), "Session": { "Id": session.id, "Expiration": date(session.expires_ms) } })
}

fn with_credentials(done: &Credentials, key: &NewKey) -> Value {
    let mut value = shown(&done.of);
    value["Credentials"] = json!({
        "AccessKeyId": key.access_key_id,
        "SecretAccessKey": key.secret.as_str(),
        "SessionToken": key.session_token.as_ref().map(|token| token.as_str()),
        "Expiration": date(done.expires_ms),
    });
    value
}
