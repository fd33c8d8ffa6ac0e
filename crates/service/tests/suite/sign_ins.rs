//! Users who sign in: passwords, invitations, locks, sessions (B25, B230 to B237).

use serde_json::json;
use service::signin::{
    CREDENTIALS_MS, Credentials, HashSettings, InstanceName, NewKey, NewSession, PasswordChange, SESSION_KEYS_MAX,
    SESSION_MS_MAX, SESSIONS_MAX, SignIn, SignInError, SignInSettings, SignInState, UserRef,
};
use service::{AgentAsk, AgentCall, Call, Caller, Ids, Limits, Origin, Policies, Principal, Service};
use store::KeyOwner;
use wire::{Labels, Op};

use crate::bench::{Bench, NOW, cheap, on_each_engine};

const PASSWORD: &str = "Correct-Horse-7";
const OTHER: &str = "Battery-Staple-8";

fn key(name: &str) -> NewKey {
    NewKey { access_key_id: format!("ASIA{name}"), sealed_secret: vec![7], token_sha256: vec![9] }
}

fn session(name: &str) -> NewSession {
    let (address, user_agent) = ("192.0.2.1".to_owned(), "a browser".to_owned());
    NewSession { cookie_sha256: name.as_bytes().to_vec(), key: key(name), address, user_agent }
}

/// A user of the bench's instance; answers the id.
async fn user(bench: &Bench, name: &str, password: Option<&str>) -> String {
    let named = async |op, list: &str, name: &str| {
        let answer = bench.get(op, &[&bench.instance], "").await.ok();
        let found =
            answer[list].as_array().expect("a list").iter().find(|one| one["Name"] == name).expect("it is there");
        found["Id"].as_str().expect("an id").to_owned()
    };
    let mut body = json!({
        "Username": name,
        "SecurityProfileIds": [named(Op::ListSecurityProfiles, "SecurityProfileSummaryList", "Agent").await],
        "RoutingProfileId": named(Op::ListRoutingProfiles, "RoutingProfileSummaryList", "Basic Routing Profile").await,
        "IdentityInfo": {"FirstName": "Ada", "LastName": "L"},
    });
    if let Some(password) = password {
        body["Password"] = json!(password);
    }
    let made = bench.send(Op::CreateUser, &[&bench.instance], body).await.ok();
    made["UserId"].as_str().expect("an id").to_owned()
}

fn ask<'a>(bench: &'a Bench, username: &'a str, password: &'a str) -> SignIn<'a> {
    SignIn { instance: InstanceName::Id(&bench.instance), username, password, place: "192.0.2.1" }
}

async fn sign_in(bench: &Bench, name: &str, password: &str, as_: &str) -> Result<Credentials, SignInError> {
    bench.service.sign_in(ask(bench, name, password), &session(as_), bench.now).await
}

async fn state(bench: &Bench, username: &str) -> SignInState {
    let user = UserRef { instance: Some(InstanceName::Id(&bench.instance)), username };
    bench.service.user_to_sign_in(user, bench.now).await.expect("the user is there")
}

#[expect(clippy::needless_pass_by_value, reason = "it takes what a call answers")]
fn refused<T: std::fmt::Debug>(outcome: Result<T, SignInError>) {
    assert!(matches!(outcome, Err(SignInError::Refused)), "{outcome:?}");
}

/// Whether the key of that name is in the store.
async fn has_key(bench: &Bench, name: &str) -> bool {
    bench.service.store().access_key(&format!("ASIA{name}")).await.expect("the store answers").is_some()
}

#[tokio::test]
async fn b25_a_password_of_create_user_signs_in() {
    on_each_engine(Limits::default(), async |bench| {
        let id = user(&bench, "ada", Some(PASSWORD)).await;
        let done = sign_in(&bench, "ada", PASSWORD, "s1").await.expect("signed in");
        let found = &done.of.user;
        assert_eq!(
            (found.user_id.as_str(), found.username.as_str(), found.first_name.as_str()),
            (id.as_str(), "ada", "Ada")
        );
        assert_eq!(found.arn, format!("arn:aws:connect:us-east-1:123456789012:instance/{}/agent/{id}", bench.instance));
        assert_eq!(done.expires_ms, NOW + CREDENTIALS_MS);
        assert_eq!(done.of.session.expires_ms, NOW + SESSION_MS_MAX);
        let row = bench.service.store().access_key("ASIAs1").await.unwrap().expect("the key is stored");
        let owner =
            KeyOwner { instance_id: bench.instance.clone(), user_id: id, session_id: done.of.session.id.clone() };
        assert_eq!((row.owner, row.policies.as_str(), row.expires_ms), (Some(owner), "[]", Some(NOW + CREDENTIALS_MS)));
        let stored = bench.service.store().user_credential(&bench.instance, &found.user_id).await.unwrap().unwrap();
        let hash = stored.password.expect("a hash");
        assert!(hash.starts_with("$argon2id$") && !hash.contains(PASSWORD));
        let described = bench.get(Op::DescribeUser, &[&bench.instance, &found.user_id], "").await.ok().to_string();
        assert!(!described.contains("argon2") && !described.contains(PASSWORD), "{described}");
    })
    .await;
}

/// One answer for all that can be wrong.
#[tokio::test]
async fn b232_nothing_tells_whether_a_name_exists() {
    on_each_engine(Limits::default(), async |bench| {
        user(&bench, "ada", Some(PASSWORD)).await;
        user(&bench, "none", None).await;
        user(&bench, "locked", Some(PASSWORD)).await;
        bench.service.lock_user(&state(&bench, "locked").await.user, true, bench.now).await.expect("locked");
        refused(sign_in(&bench, "ada", OTHER, "s1").await);
        refused(sign_in(&bench, "Ada", PASSWORD, "s1").await);
        refused(sign_in(&bench, "nobody", PASSWORD, "s1").await);
        refused(sign_in(&bench, "none", PASSWORD, "s1").await);
        refused(sign_in(&bench, "none", "", "s1").await);
        refused(sign_in(&bench, "locked", PASSWORD, "s1").await);
        for instance in [
            InstanceName::Id("99999999-9999-4999-8999-999999999999"),
            InstanceName::Id(""),
            InstanceName::Alias("elsewhere"),
        ] {
            let ask = SignIn { instance, ..ask(&bench, "ada", PASSWORD) };
            refused(bench.service.sign_in(ask, &session("s1"), bench.now).await);
        }
        assert!(!has_key(&bench, "s1").await);
        let counts = bench.service.sign_in_counts();
        assert_eq!((counts.signed_in, counts.refused, counts.hashes.running), (0, 9, 0));
    })
    .await;
}

#[tokio::test]
async fn b231_a_name_from_one_place_waits_and_the_others_do_not() {
    let bench = Bench::new().await;
    user(&bench, "ada", Some(PASSWORD)).await;
    for _ in 0..4 {
        refused(sign_in(&bench, "ada", OTHER, "s").await);
    }
    let outcome = sign_in(&bench, "ada", PASSWORD, "s").await;
    assert!(matches!(outcome, Err(SignInError::Wait(ms)) if (1..=1_000).contains(&ms)), "{outcome:?}");
    for _ in 0..4 {
        refused(sign_in(&bench, "nobody", OTHER, "s").await);
    }
    let outcome = sign_in(&bench, "nobody", PASSWORD, "s").await;
    assert!(matches!(outcome, Err(SignInError::Wait(_))), "a name that does not exist waits as well: {outcome:?}");
    let elsewhere = SignIn { place: "192.0.2.2", ..ask(&bench, "ada", PASSWORD) };
    bench.service.sign_in(elsewhere, &session("s1"), bench.now).await.expect("nobody keeps others out");
    assert_eq!((bench.service.sign_in_counts().made_to_wait, bench.service.sign_in_counts().remembered), (2, 2));
}

#[tokio::test]
async fn b230_a_hash_of_other_parameters_is_replaced_at_the_sign_in() {
    on_each_engine(Limits::default(), async |bench| {
        let id = user(&bench, "ada", Some(PASSWORD)).await;
        let hash = async || {
            let row = bench.service.store().user_credential(&bench.instance, &id).await.unwrap().unwrap();
            (row.password.expect("a hash"), row.password_ms)
        };
        let before = hash().await;
        let other = Service::new(
            bench.service.store().clone(),
            crate::bench::settings(Limits::default()),
            [7; 32],
            Ids::random(),
        );
        other.use_sign_in(SignInSettings { hashes: HashSettings { passes: 2, ..cheap().hashes }, ..cheap() });
        refused(other.sign_in(ask(&bench, "ada", OTHER), &session("s0"), bench.now).await);
        assert_eq!(hash().await, before);
        other.sign_in(ask(&bench, "ada", PASSWORD), &session("s1"), bench.now).await.expect("signed in");
        let after = hash().await;
        assert!(before.0.contains("t=1") && after.0.contains("t=2"), "{before:?} {after:?}");
        assert_eq!(before.1, after.1, "it is the same password");
        sign_in(&bench, "ada", PASSWORD, "s2").await.expect("the old parameters know the new hash");
    })
    .await;
}

#[tokio::test]
async fn b233_a_session_is_renewed_until_it_ends() {
    on_each_engine(Limits::default(), async |bench| {
        user(&bench, "ada", Some(PASSWORD)).await;
        let service = &bench.service;
        let begun = sign_in(&bench, "ada", PASSWORD, "s").await.expect("signed in");
        let who = service.session(b"s", bench.now).await.unwrap().expect("signed in");
        assert_eq!(who, begun.of);
        assert!(service.session(b"other", bench.now).await.unwrap().is_none());
        let later = bench.now + 1_000_000;
        let renewed = service.renew_session(b"s", &key("r"), later).await.expect("renewed");
        assert_eq!((renewed.expires_ms, renewed.of.user), (later + CREDENTIALS_MS, begun.of.user));
        let end = bench.now + SESSION_MS_MAX;
        let last = service.renew_session(b"s", &key("last"), end - 1).await.expect("renewed");
        assert_eq!(last.expires_ms, end, "credentials end with the session");
        refused(service.renew_session(b"s", &key("late"), end).await);
        assert!(service.session(b"s", end).await.unwrap().is_none());
        refused(service.renew_session(b"other", &key("late"), bench.now).await);
        while service.sessions_step(end).await.unwrap() {}
        assert!(state(&bench, "ada").await.sessions.is_empty());
        assert!(has_key(&bench, "last").await, "it is still known, as expired");
        while service.sessions_step(end + 3_600_000).await.unwrap() {}
        assert!(!has_key(&bench, "last").await);
    })
    .await;
}

#[tokio::test]
async fn b233_sessions_and_their_keys_are_bounded() {
    on_each_engine(Limits::default(), async |bench| {
        user(&bench, "ada", Some(PASSWORD)).await;
        for n in 0..SESSIONS_MAX + 2 {
            let ask = ask(&bench, "ada", PASSWORD);
            let now = bench.now + i64::try_from(n).unwrap();
            bench.service.sign_in(ask, &session(&format!("s{n}")), now).await.expect("signed in");
        }
        assert_eq!(state(&bench, "ada").await.sessions.len(), SESSIONS_MAX);
        assert!(!has_key(&bench, "s0").await && !has_key(&bench, "s1").await && has_key(&bench, "s2").await);
        for n in 0..SESSION_KEYS_MAX + 2 {
            let now = bench.now + 100 + i64::try_from(n).unwrap();
            bench.service.renew_session(b"s5", &key(&format!("k{n}")), now).await.expect("renewed");
        }
        assert!(!has_key(&bench, "s5").await && !has_key(&bench, "k0").await && has_key(&bench, "k2").await);
        assert!(has_key(&bench, "s6").await, "another session's");
    })
    .await;
}

/// What ends sessions, and which: each leaves no key of theirs.
#[tokio::test]
async fn b234_sessions_end_at_once() {
    on_each_engine(Limits::default(), async |bench| {
        let (service, now) = (&bench.service, bench.now);
        let id = user(&bench, "ada", Some(PASSWORD)).await;
        let ada = state(&bench, "ada").await.user;
        let begin = async || {
            for name in ["a", "b"] {
                let ask = SignIn { place: name, ..ask(&bench, "ada", PASSWORD) };
                service.sign_in(ask, &session(name), now).await.expect("signed in");
            }
        };
        let left = async || (has_key(&bench, "a").await, has_key(&bench, "b").await);
        begin().await;
        service.sign_out(b"a", false, now).await.expect("signed out").expect("who was");
        assert_eq!(left().await, (false, true));
        assert!(service.sign_out(b"a", false, now).await.expect("nothing to do").is_none());
        refused(service.renew_session(b"a", &key("late"), now).await);
        service.sign_out(b"b", true, now).await.expect("signed out");
        begin().await;
        service.sign_out(b"a", true, now).await.expect("signed out everywhere");
        assert_eq!(left().await, (false, false));
        begin().await;
        let one = state(&bench, "ada").await.sessions[0].id.clone();
        service.end_sessions(&ada, Some(&one), now).await.expect("ended");
        assert_eq!(state(&bench, "ada").await.sessions.len(), 1);
        service.end_sessions(&ada, None, now).await.expect("ended");
        assert_eq!(left().await, (false, false));
        begin().await;
        service.lock_user(&ada, true, now).await.expect("locked");
        assert_eq!(left().await, (false, false));
        refused(sign_in(&bench, "ada", PASSWORD, "a").await);
        service.lock_user(&ada, false, now).await.expect("unlocked");
        begin().await;
        service.set_password(&ada, PASSWORD, now + 1).await.expect("set");
        assert_eq!(left().await, (false, false));
        begin().await;
        bench.get(Op::DeleteUser, &[&bench.instance, &id], "").await.ok();
        assert_eq!(left().await, (false, false));
        refused(sign_in(&bench, "ada", PASSWORD, "a").await);
        assert_eq!(service.store().user_credential(&bench.instance, &id).await.unwrap(), None);
        assert!(service.set_password(&ada, PASSWORD, now).await.is_err(), "there is no such user");
    })
    .await;
}

#[tokio::test]
async fn b234_a_user_changes_the_password() {
    on_each_engine(Limits::default(), async |bench| {
        user(&bench, "ada", Some(PASSWORD)).await;
        sign_in(&bench, "ada", PASSWORD, "old").await.expect("signed in");
        let change = async |password: &str, new: &str, name: &str| {
            let change = PasswordChange { sign_in: ask(&bench, "ada", password), new_password: new };
            bench.service.change_password(change, &session(name), bench.now + 5).await
        };
        refused(change(OTHER, "Whatever-99", "new").await);
        for bad in ["short", PASSWORD] {
            let outcome = change(PASSWORD, bad, "new").await;
            let Err(SignInError::Invalid(message)) = &outcome else { panic!("{bad}: {outcome:?}") };
            assert!(!message.contains(bad), "{message}");
        }
        assert!(has_key(&bench, "old").await);
        change(PASSWORD, OTHER, "new").await.expect("changed");
        assert!(!has_key(&bench, "old").await && has_key(&bench, "new").await, "only the new session is left");
        refused(sign_in(&bench, "ada", PASSWORD, "s").await);
        sign_in(&bench, "ada", OTHER, "s").await.expect("signed in");
    })
    .await;
}

#[tokio::test]
async fn b237_an_invitation_sets_the_password_once() {
    on_each_engine(Limits::default(), async |bench| {
        user(&bench, "ada", None).await;
        let (service, now, ada) = (&bench.service, bench.now, state(&bench, "ada").await.user);
        let accept = async |token: &[u8], password: &str, at: i64, name: &str| {
            service.accept_invitation(token, password, "192.0.2.1", &session(name), at).await
        };
        service.invite(&ada, b"first", now + 1_000, now).await.expect("invited");
        service.invite(&ada, b"second", now + 1_000, now).await.expect("invited");
        assert_eq!(state(&bench, "ada").await.invited_until_ms, Some(now + 1_000));
        refused(accept(b"first", PASSWORD, now, "s").await);
        refused(accept(b"second", PASSWORD, now + 1_000, "s").await);
        assert!(matches!(accept(b"second", "short", now, "s").await, Err(SignInError::Invalid(_))));
        service.revoke_invitation(&ada, now).await.expect("taken back");
        refused(accept(b"second", PASSWORD, now, "s").await);
        service.invite(&ada, b"third", now + 1_000, now).await.expect("invited");
        let done = accept(b"third", PASSWORD, now, "s").await.expect("signed in");
        assert_eq!(done.of.user.username, "ada");
        assert!(has_key(&bench, "s").await);
        refused(accept(b"third", OTHER, now, "t").await);
        sign_in(&bench, "ada", PASSWORD, "u").await.expect("signed in");
        service.invite(&ada, b"fourth", now + 1_000, now).await.expect("invited");
        service.lock_user(&ada, true, now).await.expect("locked");
        refused(accept(b"fourth", OTHER, now, "t").await);
        assert!(matches!(service.invite(&ada, b"fifth", now + 1, now).await, Err(SignInError::Invalid(_))));
    })
    .await;
}

/// Of many who use one invitation at once, one does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b237_an_invitation_is_used_once_however_many_try() {
    on_each_engine(Limits::default(), async |bench| {
        user(&bench, "ada", None).await;
        let ada = state(&bench, "ada").await.user;
        bench.service.invite(&ada, b"token", bench.now + 1_000, bench.now).await.expect("invited");
        let tries = (0..6).map(|n| {
            let (service, now) = (bench.service.clone(), bench.now);
            tokio::spawn(async move {
                let (password, place, session) = (format!("Password-{n}"), format!("p{n}"), session(&format!("s{n}")));
                service.accept_invitation(b"token", &password, &place, &session, now).await
            })
        });
        let mut won = 0;
        for done in tries.collect::<Vec<_>>() {
            match done.await.expect("no panic") {
                Ok(_) => won += 1,
                Err(error) => assert!(matches!(error, SignInError::Refused), "{error:?}"),
            }
        }
        assert_eq!((won, state(&bench, "ada").await.sessions.len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn b237_the_first_user_administers() {
    on_each_engine(Limits::default(), async |bench| {
        let admin = bench.service.make_admin(&bench.instance, bench.now).await.expect("made");
        assert_eq!(admin.username, "admin");
        let user = bench.get(Op::DescribeUser, &[&bench.instance, &admin.user_id], "").await.ok();
        let profile = user["User"]["SecurityProfileIds"][0].as_str().expect("a profile");
        let profile = bench.get(Op::DescribeSecurityProfile, &[&bench.instance, profile], "").await.ok();
        assert_eq!(profile["SecurityProfile"]["SecurityProfileName"], "Admin");
    })
    .await;
}

/// administration 2.7.2
#[tokio::test]
async fn administration_2_7_2_users_of_a_saml_instance_have_no_password_here() {
    let bench = Bench::new().await;
    let body = json!({
        "IdentityManagementType": "SAML", "InstanceAlias": "saml", "InboundCallsEnabled": true, "OutboundCallsEnabled": true,
    });
    let instance = bench.send(Op::CreateInstance, &[], body).await.ok()["Id"].as_str().expect("an id").to_owned();
    let admin = bench.service.make_admin(&instance, bench.now).await.expect("made");
    for outcome in [
        bench.service.set_password(&admin, PASSWORD, bench.now).await,
        bench.service.invite(&admin, b"token", bench.now + 1, bench.now).await,
    ] {
        let Err(SignInError::Invalid(message)) = &outcome else { panic!("{outcome:?}") };
        assert!(message.contains("SAML"), "{message}");
    }
}

/// Nobody else's agent, no other operation, and nothing without BasicAgentAccess.
#[tokio::test]
async fn b238_a_user_who_signed_in_works_as_the_agent() {
    on_each_engine(Limits::default(), async |bench| {
        let ada = user(&bench, "ada", Some(PASSWORD)).await;
        let bob = user(&bench, "bob", None).await;
        let arn = format!("arn:aws:connect:us-east-1:123456789012:instance/{}/agent/{ada}", bench.instance);
        let caller = Caller {
            principal: Principal::User {
                instance_id: bench.instance.clone(),
                user_id: ada.clone(),
                username: "ada".to_owned(),
            },
            policies: Policies::Set(std::sync::Arc::default()),
            ..Caller::administrator("123456789012", "ASIA1", &arn)
        };
        let ask = async |instance: &str, user: &str| {
            let call = AgentCall { caller: &caller, origin: Origin::default(), instance, user, now_ms: bench.now };
            bench.service.agent_call(call, AgentAsk::Templates).await.map_err(|error| error.exception.name())
        };
        assert!(ask(&bench.instance, &ada).await.is_ok() && ask(&bench.instance, &arn).await.is_ok());
        for (instance, user) in
            [(bench.instance.as_str(), bob.as_str()), ("x", &ada), (&bench.instance, "x"), (&bob, &ada)]
        {
            assert_eq!(ask(instance, user).await, Err("AccessDeniedException"), "{instance} {user}");
        }
        let labels: Labels = [bench.instance.as_str(), ada.as_str()].into_iter().collect();
        let op = Op::DescribeUser;
        let (caller, origin) = (&caller, Origin::default());
        let call =
            Call { op, labels: &labels, query: "", body: b"", caller, origin, now_ms: bench.now, request_id: "r" };
        let refused = bench.service.call(call).await.expect_err("it is refused");
        assert!(refused.to_string().contains(&format!("User: {arn} is not authorized")), "{refused}");
        let body = json!({"SecurityProfileName": "Looks on", "Permissions": ["AccessMetrics"]});
        let profile = bench.send(Op::CreateSecurityProfile, &[&bench.instance], body).await.ok();
        let body = json!({"SecurityProfileIds": [profile["SecurityProfileId"]]});
        bench.send(Op::UpdateUserSecurityProfiles, &[&bench.instance, &ada], body).await.ok();
        assert_eq!(ask(&bench.instance, &ada).await, Err("AccessDeniedException"), "a changed profile acts at once");
    })
    .await;
}
