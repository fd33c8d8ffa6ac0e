//! The page on which somebody who was invited chooses a password.
//!
//! The token is behind the `#` of the link: browsers send that to nobody, so it is in no log and no `Referer`. The page sends it in
//! a body, and takes it out of the address.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS};
use http::{HeaderValue, Response};
use http_body_util::Full;
use sha2::{Digest, Sha256};

use crate::answer::Answer;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:26em;margin:3em auto;padding:0 1em}\
label{display:block;margin:1em 0}input{display:block;width:100%;font:inherit;padding:.4em;box-sizing:border-box}\
button{font:inherit;padding:.4em 1em}";

const SCRIPT: &str = r#"
const token = location.hash.slice(1);
history.replaceState(null, "", location.pathname);
const form = document.querySelector("form");
const said = document.querySelector("output");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const [password, again] = [form.password.value, form.again.value];
  if (password !== again) {
    said.textContent = "The two passwords differ.";
    return;
  }
  form.button.disabled = true;
  try {
    const answer = await fetch(location.pathname, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ Token: token, Password: password }),
    });
    const body = await answer.json();
    if (answer.ok) {
      form.remove();
      said.textContent = "The password of " + body.User.Username + " is set. You are signed in.";
      return;
    }
    said.textContent = body.Message;
  } catch {
    said.textContent = "The server could not be reached. Try again.";
  }
  form.button.disabled = false;
});
"#;

static PAGE: LazyLock<(Bytes, HeaderValue)> = LazyLock::new(|| {
    let page = format!(
        "<!doctype html>
<html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">
<title>Choose a password</title>
<style>{STYLE}</style>
<h1>Choose a password</h1>
<p>8 to 64 characters, among them a lower-case letter, an upper-case letter and a digit.</p>
<form>
<label>Password <input type=\"password\" name=\"password\" autocomplete=\"new-password\" required minlength=\"8\" maxlength=\"64\"></label>
<label>The same again <input type=\"password\" name=\"again\" autocomplete=\"new-password\" required></label>
<button name=\"button\">Set password</button>
</form>
<p><output role=\"status\"></output></p>
<noscript><p>This page needs JavaScript.</p></noscript>
<script>{SCRIPT}</script>
"
    );
    let digest = |text: &str| STANDARD.encode(Sha256::digest(text));
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; connect-src 'self'; form-action 'none'; \
         base-uri 'none'; frame-ancestors 'none'",
        digest(SCRIPT),
        digest(STYLE)
    );
    (Bytes::from(page), HeaderValue::from_str(&policy).expect("digests in Base64 and ASCII text"))
});

/// The page.
pub(super) fn page() -> Answer {
    let (page, policy) = &*PAGE;
    let mut answer = Response::new(Full::from(page.clone()));
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CONTENT_SECURITY_POLICY, policy.clone());
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    answer
}
