//! The one way in which what a user signs in with changes: read, decide, commit, as long as others change it too.

use store::{Batch, CommitError, Conflict, Kind, UserCredentialRow};

use super::attempts::SignInError;
use crate::Cx;

/// Commits that are tried when others change the same user at the same time.
pub(super) const ATTEMPTS: usize = 16;

/// Changes what a user signs in with, and with `ending` ends the user's sessions in the same commit.
pub(super) async fn change(
    cx: &Cx<'_>,
    instance: &str,
    user: &str,
    ending: bool,
    decide: impl Fn(&mut UserCredentialRow) -> Result<(), SignInError>,
) -> Result<(), SignInError> {
    for _ in 0..ATTEMPTS {
        let old = cx.store().user_credential(instance, user).await?;
        let mut row = old.clone().unwrap_or_else(|| UserCredentialRow {
            instance_id: instance.to_owned(),
            user_id: user.to_owned(),
            ..UserCredentialRow::default()
        });
        decide(&mut row)?;
        let mut batch = Batch::new();
        batch.of_instance(instance);
        batch.require_resource(instance, Kind::User, user);
        match old {
            Some(_) => batch.update_user_credential(&row),
            None => batch.insert_user_credential(&row),
        }
        if ending {
            batch.end_sessions_of_user(instance, user);
        }
        match cx.store().commit(batch).await {
            Ok(()) => return Ok(()),
            Err(CommitError::Conflict(Conflict::Moved)) => {
                if cx.store().resource(instance, Kind::User, user).await?.is_none() {
                    return Err(SignInError::Invalid(format!("user {user} was deleted meanwhile")));
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(SignInError::Busy)
}
