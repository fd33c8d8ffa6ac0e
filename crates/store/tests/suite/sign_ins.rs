//! What users sign in with, their sessions, and the keys of sessions.

use store::{AccessKeyRow, Batch, CommitError, Conflict, KeyOwner, Store, UserCredentialRow, UserSessionRow};

use crate::test_database::{TestDatabase, commit, conflict, everywhere};

everywhere!(
    what_a_user_signs_in_with_reads_back,
    an_invitation_is_found_by_its_digest,
    a_session_is_found_by_its_cookie,
    keys_of_sessions_are_not_listed,
    what_ends_a_session_takes_its_keys,
    a_renewal_and_an_end_take_turns,
    a_session_never_begins_beside_the_end_of_all,
    what_has_expired_is_removed_in_chunks,
);

fn credential(user: &str) -> UserCredentialRow {
    UserCredentialRow {
        instance_id: "i".to_owned(),
        user_id: user.to_owned(),
        password: Some("$argon2id$hush".to_owned()),
        password_ms: Some(5),
        locked: false,
        invitation: Some(user.as_bytes().to_vec()),
        invited_until_ms: Some(9),
        rev: 0,
    }
}

fn session(user: &str, id: &str, expires_ms: i64) -> UserSessionRow {
    UserSessionRow {
        instance_id: "i".to_owned(),
        user_id: user.to_owned(),
        id: id.to_owned(),
        cookie_sha256: id.as_bytes().to_vec(),
        created_ms: 3,
        renewed_ms: 4,
        expires_ms,
        address: "192.0.2.1".to_owned(),
        user_agent: "browser".to_owned(),
    }
}

fn owner(user: &str, session: &str) -> KeyOwner {
    KeyOwner { instance_id: "i".to_owned(), user_id: user.to_owned(), session_id: session.to_owned() }
}

fn key(id: &str, of: KeyOwner, expires_ms: i64) -> AccessKeyRow {
    AccessKeyRow {
        access_key_id: id.to_owned(),
        sealed_secret: vec![1],
        expires_ms: Some(expires_ms),
        active: true,
        owner: Some(of),
        ..AccessKeyRow::default()
    }
}

async fn keys(store: &Store, of: &KeyOwner) -> Vec<String> {
    store.keys_of_session(of).await.unwrap()
}

async fn what_a_user_signs_in_with_reads_back(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let row = credential("u");
    assert_eq!(store.user_credential("i", "u").await.unwrap(), None);
    commit(&store, |batch| batch.insert_user_credential(&row)).await.unwrap();
    assert_eq!(store.user_credential("i", "u").await.unwrap().as_ref(), Some(&row));
    assert_eq!(conflict(commit(&store, |batch| batch.insert_user_credential(&row)).await), Conflict::Moved);
    let changed = UserCredentialRow { password: None, locked: true, invitation: None, ..row.clone() };
    commit(&store, |batch| batch.update_user_credential(&changed)).await.unwrap();
    let read = store.user_credential("i", "u").await.unwrap().unwrap();
    assert_eq!(read, UserCredentialRow { rev: 1, ..changed });
    assert_eq!(conflict(commit(&store, |batch| batch.update_user_credential(&row)).await), Conflict::Moved);
    assert!(!format!("{row:?}").contains("hush"), "no hash in debug output");
    commit(&store, |batch| batch.delete_user_credential("i", "u")).await.unwrap();
    assert_eq!(store.user_credential("i", "u").await.unwrap(), None);
}

async fn an_invitation_is_found_by_its_digest(database: TestDatabase) {
    let store = database.open_with_instances().await;
    for user in ["u", "v"] {
        commit(&store, |batch| batch.insert_user_credential(&credential(user))).await.unwrap();
    }
    let found = store.invited_user(b"v").await.unwrap().unwrap();
    assert_eq!(found.user_id, "v");
    commit(&store, |batch| batch.update_user_credential(&UserCredentialRow { invitation: None, ..found }))
        .await
        .unwrap();
    assert_eq!(store.invited_user(b"v").await.unwrap(), None);
    assert_eq!(store.invited_user(b"").await.unwrap(), None);
}

async fn a_session_is_found_by_its_cookie(database: TestDatabase) {
    let store = database.open_with_instances().await;
    for row in [session("u", "s1", 100), session("u", "s2", 200), session("v", "s3", 300)] {
        commit(&store, |batch| batch.insert_session(&row)).await.unwrap();
    }
    assert_eq!(store.session_of_cookie(b"s1").await.unwrap(), Some(session("u", "s1", 100)));
    assert_eq!(store.session_of_cookie(b"s9").await.unwrap(), None);
    let of_user = store.sessions_of_user("i", "u", 10).await.unwrap();
    assert_eq!(of_user, [session("u", "s1", 100), session("u", "s2", 200)]);
    let twice = UserSessionRow { cookie_sha256: b"other".to_vec(), ..session("u", "s1", 1) };
    assert_eq!(conflict(commit(&store, |batch| batch.insert_session(&twice)).await), Conflict::Exists);
    let many: Vec<String> = (0..40).map(|n| format!("s{n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let mut living = store.living_sessions(&many, 150).await.unwrap();
    living.sort();
    assert_eq!(living, ["s2", "s3"]);
    assert_eq!(store.living_sessions(&[], 0).await.unwrap(), [] as [String; 0]);
}

async fn keys_of_sessions_are_not_listed(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let own = AccessKeyRow { access_key_id: "AKIA1".to_owned(), active: true, ..AccessKeyRow::default() };
    let temporary = key("ASIA1", owner("u", "s"), 100);
    for row in [&own, &temporary] {
        commit(&store, |batch| batch.insert_access_key(row)).await.unwrap();
        assert_eq!(store.access_key(&row.access_key_id).await.unwrap().as_ref(), Some(row));
    }
    assert_eq!(store.access_key_page(None, 10).await.unwrap().items, [own]);
}

async fn what_ends_a_session_takes_its_keys(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let mut batch = Batch::new();
    for (user, id) in [("u", "s1"), ("u", "s2"), ("u", "s3"), ("v", "s4")] {
        batch.insert_session(&session(user, id, 100));
        for n in 0..3 {
            batch.insert_access_key(&key(&format!("ASIA{id}{n}"), owner(user, id), 100));
        }
    }
    store.commit(batch).await.unwrap();
    let one = owner("u", "s1");
    commit(&store, |batch| batch.delete_key_of_session(&one, "ASIAs11")).await.unwrap();
    assert_eq!(keys(&store, &one).await, ["ASIAs10", "ASIAs12"]);
    commit(&store, |batch| batch.end_session("i", "u", "s1")).await.unwrap();
    commit(&store, |batch| batch.end_session("i", "u", "s1")).await.unwrap();
    assert_eq!(keys(&store, &one).await, [] as [String; 0]);
    assert_eq!(store.access_key("ASIAs10").await.unwrap(), None);
    assert_eq!(keys(&store, &owner("u", "s2")).await.len(), 3);
    commit(&store, |batch| batch.end_sessions_of_user("i", "u")).await.unwrap();
    assert!(store.sessions_of_user("i", "u", 10).await.unwrap().is_empty());
    assert_eq!(keys(&store, &owner("u", "s3")).await.len(), 0);
    assert_eq!(keys(&store, &owner("v", "s4")).await.len(), 3, "those of another user stay");
}

/// No key outlives its session, whatever comes first.
async fn a_renewal_and_an_end_take_turns(database: TestDatabase) {
    let store = database.open_with_instances().await;
    for round in 0..20 {
        let id = format!("s{round}");
        commit(&store, |batch| batch.insert_session(&session("u", &id, 100))).await.unwrap();
        let mut renewals = tokio::task::JoinSet::new();
        for n in 0..4 {
            let (store, id) = (store.clone(), id.clone());
            renewals.spawn(async move {
                let mut batch = Batch::new();
                batch.of_instance("i");
                batch.renew_session("i", "u", &id, 50);
                batch.insert_access_key(&key(&format!("ASIA{id}-{n}"), owner("u", &id), 100));
                store.commit(batch).await
            });
        }
        commit(&store, |batch| batch.end_session("i", "u", &id)).await.unwrap();
        for done in renewals.join_all().await {
            assert!(matches!(done, Ok(()) | Err(CommitError::Conflict(Conflict::Moved))), "{done:?}");
        }
        assert_eq!(keys(&store, &owner("u", &id)).await, [] as [String; 0], "round {round}");
    }
    let late = commit(&store, |batch| batch.renew_session("i", "u", "s0", 50)).await;
    assert_eq!(conflict(late), Conflict::Moved, "it has ended");
    commit(&store, |batch| batch.insert_session(&session("u", "old", 100))).await.unwrap();
    let late = commit(&store, |batch| batch.renew_session("i", "u", "old", 100)).await;
    assert_eq!(conflict(late), Conflict::Moved, "it has expired");
}

/// A lock ends all sessions; none begins at the same moment.
async fn a_session_never_begins_beside_the_end_of_all(database: TestDatabase) {
    let store = database.open_with_instances().await;
    for round in 0..20 {
        let user = format!("u{round}");
        commit(&store, |batch| batch.insert_user_credential(&credential(&user))).await.unwrap();
        let mut begins = tokio::task::JoinSet::new();
        for n in 0..4 {
            let (store, user) = (store.clone(), user.clone());
            begins.spawn(async move {
                let id = format!("{user}-{n}");
                let mut batch = Batch::new();
                batch.update_user_credential(&credential(&user));
                batch.insert_session(&session(&user, &id, 100));
                batch.insert_access_key(&key(&format!("ASIA{id}"), owner(&user, &id), 100));
                store.commit(batch).await
            });
        }
        loop {
            let row = store.user_credential("i", &user).await.unwrap().unwrap();
            let locked = commit(&store, |batch| {
                batch.update_user_credential(&UserCredentialRow { locked: true, ..row });
                batch.end_sessions_of_user("i", &user);
            });
            match locked.await {
                Ok(()) => break,
                Err(CommitError::Conflict(Conflict::Moved)) => {}
                Err(error) => panic!("{error:?}"),
            }
        }
        begins.join_all().await;
        assert!(store.sessions_of_user("i", &user, 10).await.unwrap().is_empty(), "round {round}");
        assert_eq!(keys(&store, &owner(&user, &format!("{user}-0"))).await.len(), 0);
    }
}

async fn what_has_expired_is_removed_in_chunks(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let mut batch = Batch::new();
    for n in 0..10 {
        batch.insert_session(&session("u", &format!("s{n}"), 100 + n));
        batch.insert_access_key(&key(&format!("ASIA{n}"), owner("u", &format!("s{n}")), 100 + n));
    }
    // One that somebody made by hand stays: it is listed as expired.
    let own = AccessKeyRow {
        access_key_id: "ASIAown".to_owned(),
        expires_ms: Some(1),
        active: true,
        ..AccessKeyRow::default()
    };
    batch.insert_access_key(&own);
    store.commit(batch).await.unwrap();
    assert_eq!(store.delete_expired_sessions(99, 5).await.unwrap(), 0);
    assert_eq!(store.delete_expired_sessions(107, 5).await.unwrap(), 5);
    assert_eq!(store.delete_expired_sessions(107, 5).await.unwrap(), 3);
    assert_eq!(store.sessions_of_user("i", "u", 99).await.unwrap().len(), 2);
    assert_eq!(store.delete_expired_session_keys(99, 5).await.unwrap(), 0);
    assert_eq!(store.delete_expired_session_keys(107, 5).await.unwrap(), 5);
    assert_eq!(store.delete_expired_session_keys(107, 5).await.unwrap(), 3);
    assert!(store.access_key("ASIA9").await.unwrap().is_some());
    assert!(store.access_key("ASIAown").await.unwrap().is_some());
}
