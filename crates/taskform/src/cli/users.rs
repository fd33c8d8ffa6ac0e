//! `taskform users`: passwords, invitations, locks and sessions of the users who sign in.

use std::io::{self, BufRead, IsTerminal, Write};

use clap::{Args, Subcommand};
use serde_json::json;
use service::Service;
use service::signin::{InstanceName, SignInError, SignInState, UserRef};
use zeroize::Zeroizing;

use super::commands::with_store;
use super::error::{CommandError, Result};
use super::flags::StoreFlags;
use super::keys::endpoint;
use crate::clock::{Clock, date};
use crate::invite::NewInvitation;
use crate::startup::Opened;
use crate::{keys, serve};

#[derive(Debug, Subcommand)]
pub(super) enum Users {
    /// Sets a user's password, read from standard input or asked for; sessions of the user end
    #[command(after_help = "Examples:
  taskform users set-password ada
  taskform users set-password ada --instance acme < password.txt")]
    SetPassword {
        #[command(flatten)]
        user: User,
    },
    /// Prints a link by which a user sets a password, once
    #[command(after_help = "Examples:
  taskform users invite ada
  taskform users invite ada --expires-in 7d
  taskform users invite ada --revoke")]
    Invite(Invite),
    /// Keeps a user from signing in, and ends their sessions; running servers follow within two seconds
    Lock {
        #[command(flatten)]
        user: User,
    },
    /// Lets a user sign in again
    Unlock {
        #[command(flatten)]
        user: User,
    },
    /// Shows how a user may sign in, and where they are signed in
    #[command(after_help = "Examples:
  taskform users sessions ada
  taskform users sessions ada --format json")]
    Sessions(Sessions),
    /// Ends a user's sessions; running servers follow within two seconds
    #[command(after_help = "Examples:
  taskform users sign-out ada
  taskform users sign-out ada --session 0f6d3a52-7c1e-4b57-9d7c-1f5e2f0f7a11")]
    SignOut(SignOut),
}

#[derive(Debug, Args)]
pub(super) struct User {
    /// The user's name
    #[arg(value_name = "USERNAME")]
    username: String,
    /// Id or alias of the instance; needed where there is more than one
    #[arg(long, value_name = "INSTANCE")]
    instance: Option<String>,
    #[command(flatten)]
    flags: Box<StoreFlags>,
}

#[derive(Debug, Args)]
pub(super) struct Invite {
    #[command(flatten)]
    user: User,
    /// How long the link works: 90s, 15m, 1h, 7d
    #[arg(long, value_name = "TIME", default_value = "72h", value_parser = keys::parse_duration)]
    expires_in: i64,
    /// Takes the invitation back that the user has
    #[arg(long)]
    revoke: bool,
}

#[derive(Debug, Args)]
pub(super) struct Sessions {
    #[command(flatten)]
    user: User,
    /// How to print them: text or json
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "json"])]
    format: String,
}

#[derive(Debug, Args)]
pub(super) struct SignOut {
    #[command(flatten)]
    user: User,
    /// Only this session, by its id
    #[arg(long, value_name = "ID")]
    session: Option<String>,
}

impl Users {
    /// Whether it only prints.
    pub(super) fn only_shows(&self) -> bool {
        matches!(self, Self::Sessions(_))
    }
}

pub(super) fn run(command: Users, out: &mut impl Write) -> Result<()> {
    match command {
        Users::SetPassword { user } => {
            let password = password(&user.username)?;
            with_user(&user, async |service, found, now_ms| {
                service.set_password(&found.user, &password, now_ms).await.map_err(failed)?;
                Ok(writeln!(out, "set the password of {}", found.user.username)?)
            })
        }
        Users::Invite(invite) => with_store(&invite.user.flags, async |opened, settings| {
            let service = serve::service(settings, &opened);
            let now_ms = Clock::system().now_ms();
            let found = find(&service, &invite.user, now_ms).await?;
            let name = &found.user.username;
            if invite.revoke {
                if found.invited_until_ms.is_none() {
                    return Err(CommandError::Refused(format!("{name} has no open invitation")));
                }
                service.revoke_invitation(&found.user, now_ms).await.map_err(failed)?;
                return Ok(writeln!(out, "took back the invitation of {name}")?);
            }
            let endpoint = endpoint(&opened, settings).await?;
            let until_ms = now_ms.saturating_add(invite.expires_in);
            let (invitation, digest) = NewInvitation::new(name, until_ms);
            service.invite(&found.user, &digest, until_ms, now_ms).await.map_err(failed)?;
            let (link, until) = (invitation.link(&endpoint), date(until_ms));
            Ok(writeln!(out, "{link}\nWhoever opens it sets the password of {name}, once, until {until}.")?)
        }),
        Users::Lock { user } => with_user(&user, async |service, found, now_ms| {
            service.lock_user(&found.user, true, now_ms).await.map_err(failed)?;
            Ok(writeln!(out, "locked {}; sessions ended: {}", found.user.username, found.sessions.len())?)
        }),
        Users::Unlock { user } => with_user(&user, async |service, found, now_ms| {
            service.lock_user(&found.user, false, now_ms).await.map_err(failed)?;
            Ok(writeln!(out, "unlocked {}", found.user.username)?)
        }),
        Users::Sessions(asked) => with_user(&asked.user, async |_, found, _| Ok(show(out, found, &asked.format)?)),
        Users::SignOut(asked) => with_user(&asked.user, async |service, found, now_ms| {
            let name = &found.user.username;
            let ended = match &asked.session {
                Some(id) if !found.sessions.iter().any(|session| session.id == *id) => {
                    return Err(CommandError::Refused(format!("{name} has no session {id}")));
                }
                Some(_) => 1,
                None => found.sessions.len(),
            };
            service.end_sessions(&found.user, asked.session.as_deref(), now_ms).await.map_err(failed)?;
            Ok(writeln!(out, "sessions of {name} ended: {ended}")?)
        }),
    }
}

fn with_user(user: &User, work: impl AsyncFnOnce(&Service, &SignInState, i64) -> Result<()>) -> Result<()> {
    with_store(&user.flags, async |opened: Opened, settings| {
        let service = serve::service(settings, &opened);
        let now_ms = Clock::system().now_ms();
        let found = find(&service, user, now_ms).await?;
        work(&service, &found, now_ms).await
    })
}

async fn find(service: &Service, user: &User, now_ms: i64) -> Result<SignInState> {
    // Aliases have the form of no id.
    let is_id = |text: &str| text.len() == 36 && text.split('-').count() == 5;
    let instance = user.instance.as_deref();
    let instance = instance.map(|text| if is_id(text) { InstanceName::Id(text) } else { InstanceName::Alias(text) });
    service.user_to_sign_in(UserRef { instance, username: &user.username }, now_ms).await.map_err(failed)
}

/// A password from a person at the terminal, asked for twice; otherwise the first line of standard input. It is never an argument,
/// as others see those.
fn password(username: &str) -> Result<Zeroizing<String>> {
    if !io::stdin().is_terminal() {
        let mut line = Zeroizing::new(String::new());
        io::stdin().lock().read_line(&mut line)?;
        return Ok(Zeroizing::new(line.trim_end_matches(['\n', '\r']).to_owned()));
    }
    let ask = |text: String| rpassword::prompt_password(text).map(Zeroizing::new);
    let password = ask(format!("New password of {username}: "))?;
    if ask("The same again: ".to_owned())? != password {
        return Err(CommandError::Refused("the two passwords differ".to_owned()));
    }
    Ok(password)
}

fn show(out: &mut impl Write, found: &SignInState, format: &str) -> io::Result<()> {
    if format == "json" {
        let sessions = found.sessions.iter().map(|session| {
            json!({
                "Id": session.id, "Created": date(session.created_ms), "Renewed": date(session.renewed_ms),
                "Expiration": date(session.expires_ms), "Address": session.address, "UserAgent": session.user_agent,
            })
        });
        let sessions: Vec<_> = sessions.collect();
        let shown = json!({
            "Username": found.user.username, "UserId": found.user.user_id, "InstanceId": found.user.instance_id,
            "PasswordSet": found.password_ms.map(date), "Locked": found.locked,
            "InvitedUntil": found.invited_until_ms.map(date), "Sessions": sessions,
        });
        return writeln!(out, "{shown}");
    }
    let password = found.password_ms.map_or_else(|| "none".to_owned(), |ms| format!("set {}", date(ms)));
    writeln!(out, "user       {} ({})\npassword   {password}", found.user.username, found.user.user_id)?;
    writeln!(out, "locked     {}", if found.locked { "yes" } else { "no" })?;
    if let Some(until) = found.invited_until_ms {
        writeln!(out, "invited    until {}", date(until))?;
    }
    writeln!(out, "{:<38}{:<22}{:<22}{:<22}{:<17}PROGRAM", "SESSION", "SINCE", "RENEWED", "ENDS", "ADDRESS")?;
    for session in &found.sessions {
        let (since, renewed, ends) = (date(session.created_ms), date(session.renewed_ms), date(session.expires_ms));
        let (id, address, program) = (&session.id, &session.address, &session.user_agent);
        writeln!(out, "{id:<38}{since:<22}{renewed:<22}{ends:<22}{address:<17}{program}")?;
    }
    Ok(())
}

fn failed(error: SignInError) -> CommandError {
    CommandError::Refused(match error {
        SignInError::Invalid(text) => text,
        SignInError::Failed(error) => error.to_string(),
        SignInError::Busy => "others change this user at the same time; try again".to_owned(),
        SignInError::Refused | SignInError::Wait(_) => "it was refused".to_owned(),
    })
}
