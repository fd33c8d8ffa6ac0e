//! Invitations: links by which somebody sets the password of a user, once.

use zeroize::Zeroizing;

use crate::keys;

/// Where an invitation leads, behind the base path.
pub(crate) const PATH: &str = "/_taskform/v1/invitation";

/// How long the invitation of a first start lasts, milliseconds: three days.
pub(crate) const FIRST_MS: i64 = 72 * 3_600_000;

/// An invitation as its maker sees it, once.
pub struct NewInvitation {
    /// The user's name.
    pub username: String,
    /// Until when it lasts, epoch milliseconds.
    pub until_ms: i64,
    token: Zeroizing<String>,
}

impl std::fmt::Debug for NewInvitation {
    /// Without the token.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewInvitation({})", self.username)
    }
}

impl NewInvitation {
    /// An invitation of a user, and the SHA-256 of its token, which is what is stored of it.
    pub(crate) fn new(username: &str, until_ms: i64) -> (Self, Vec<u8>) {
        let (token, digest) = keys::token();
        (Self { username: username.to_owned(), until_ms, token }, digest)
    }

    /// The link, below the endpoint URL of a server. What is behind the `#` is sent to no server, so it is in nobody's log.
    pub(crate) fn link(&self, endpoint: &str) -> String {
        format!("{endpoint}{PATH}#{}", *self.token)
    }
}
