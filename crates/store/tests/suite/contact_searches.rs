//! Searches for contacts agree with a plain scan of every contact (tasks 2.15).

use std::cmp::Ordering;

use store::{Batch, ContactRow, ContactSearch, Error, SearchPosition, SortColumn, Store, TimeColumn};

use crate::test_database::{TestDatabase, contact, everywhere};

everywhere!(
    t2_15_3_every_order_of_every_time_agrees,
    t2_15_2_filters_are_anded,
    t2_15_1_both_ends_are_included,
    many_contacts_are_searched_in_slices,
    what_cannot_be_searched_is_refused,
);

const TIMES: [TimeColumn; 5] = [
    TimeColumn::Initiated,
    TimeColumn::Scheduled,
    TimeColumn::Connected,
    TimeColumn::Disconnected,
    TimeColumn::Enqueued,
];

const SORTS: [SortColumn; 8] = [
    SortColumn::Initiated,
    SortColumn::Scheduled,
    SortColumn::Connected,
    SortColumn::Disconnected,
    SortColumn::Enqueued,
    SortColumn::InitiationMethod,
    SortColumn::Channel,
    SortColumn::Expiry,
];

/// Contacts with few different values, so that there are ties and gaps everywhere.
async fn fill(store: &Store, count: usize) -> Vec<ContactRow> {
    let mut state = 7_u64;
    let mut random = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as i64 % below as i64
    };
    let mut rows = Vec::new();
    for n in 0..count {
        let mut row = contact(&format!("{:04x}-{n}", random(65_536)), 1000 + random(count as u64 / 3 + 1));
        let mut time = |base: i64| Some(base + random(20)).filter(|ms| ms % 3 != 0);
        row.scheduled_ms = time(2000);
        row.connected_ms = time(3000);
        row.disconnected_ms = time(4000);
        row.enqueued_ms = time(5000);
        row.expires_ms = 6000 + random(9);
        row.initiation_method = ["API", "TRANSFER", "DISCONNECT"][random(3) as usize].to_owned();
        row.agent_id = Some(format!("a{}", random(4))).filter(|id| id != "a0");
        row.queue_id = Some(format!("q{}", random(4))).filter(|id| id != "q0");
        rows.push(row);
    }
    for chunk in rows.chunks(500) {
        let mut batch = Batch::new();
        chunk.iter().for_each(|row| batch.insert_contact(row));
        store.commit(batch).await.unwrap();
    }
    rows
}

fn time_of(row: &ContactRow, time: TimeColumn) -> Option<i64> {
    match time {
        TimeColumn::Initiated => Some(row.initiated_ms),
        TimeColumn::Scheduled => row.scheduled_ms,
        TimeColumn::Connected => row.connected_ms,
        TimeColumn::Disconnected => row.disconnected_ms,
        TimeColumn::Enqueued => row.enqueued_ms,
    }
}

fn compare(search: &ContactSearch<'_>, left: &ContactRow, right: &ContactRow) -> Ordering {
    let key = |row: &ContactRow| match search.sort {
        SortColumn::Initiated => Some((row.initiated_ms, String::new())),
        SortColumn::Scheduled => row.scheduled_ms.map(|ms| (ms, String::new())),
        SortColumn::Connected => row.connected_ms.map(|ms| (ms, String::new())),
        SortColumn::Disconnected => row.disconnected_ms.map(|ms| (ms, String::new())),
        SortColumn::Enqueued => row.enqueued_ms.map(|ms| (ms, String::new())),
        SortColumn::InitiationMethod => Some((0, row.initiation_method.clone())),
        SortColumn::Channel => Some((0, String::new())),
        SortColumn::Expiry => Some((row.expires_ms, String::new())),
    };
    match (key(left), key(right)) {
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (left_key, right_key) => {
            let order = left_key.cmp(&right_key).then_with(|| left.id.cmp(&right.id));
            if search.descending { order.reverse() } else { order }
        }
    }
}

fn expected(rows: &[ContactRow], search: &ContactSearch<'_>) -> Vec<ContactRow> {
    let within = |ms: Option<i64>, from, to| ms.is_some_and(|ms| from <= ms && ms <= to);
    let one_of =
        |list: &[&str], value: Option<&str>| list.is_empty() || value.is_some_and(|value| list.contains(&value));
    let mut found: Vec<ContactRow> = rows
        .iter()
        .filter(|row| {
            within(time_of(row, search.time), search.from_ms, search.to_ms)
                && search.absent.iter().all(|time| time_of(row, *time).is_none())
                && search.also.is_none_or(|(time, from, to)| within(time_of(row, time), from, to))
                && one_of(search.agent_ids, row.agent_id.as_deref())
                && one_of(search.queue_ids, row.queue_id.as_deref())
                && one_of(search.initiation_methods, Some(&row.initiation_method))
        })
        .cloned()
        .collect();
    found.sort_by(|left, right| compare(search, left, right));
    if !search.bodies {
        found.iter_mut().for_each(|row| row.body.clear());
    }
    found
}

async fn agrees(store: &Store, rows: &[ContactRow], search: &ContactSearch<'_>, limit: usize) -> usize {
    let wanted = expected(rows, search);
    let (mut found, mut after) = (Vec::new(), None::<SearchPosition>);
    loop {
        let page = store.search_contacts(search, after.as_ref(), limit).await.unwrap();
        assert!(page.rows.len() == limit || page.next.is_none());
        found.extend(page.rows);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let (found_ids, wanted_ids): (Vec<_>, Vec<_>) =
        (found.iter().map(|row| &row.id).collect(), wanted.iter().map(|row| &row.id).collect());
    assert_eq!(found_ids, wanted_ids, "{search:?} {limit}");
    assert_eq!(found, wanted);
    assert_eq!(store.count_contacts(search).await.unwrap(), wanted.len() as u64);
    wanted.len()
}

async fn t2_15_3_every_order_of_every_time_agrees(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let rows = fill(&store, 150).await;
    for time in TIMES {
        for sort in SORTS {
            for descending in [false, true] {
                let search = ContactSearch {
                    sort,
                    descending,
                    bodies: descending,
                    ..ContactSearch::new("i", time, i64::MIN, i64::MAX)
                };
                assert!(agrees(&store, &rows, &search, 31).await > 40);
            }
        }
    }
    let elsewhere = ContactSearch::new("j", TimeColumn::Initiated, i64::MIN, i64::MAX);
    assert_eq!(agrees(&store, &[], &elsewhere, 10).await, 0);
}

async fn t2_15_2_filters_are_anded(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let rows = fill(&store, 300).await;
    let all = ContactSearch::new("i", TimeColumn::Initiated, 0, 9999);
    let searches = [
        ContactSearch { agent_ids: &["a1"], ..all },
        ContactSearch { agent_ids: &["a1", "a3", "nobody"], queue_ids: &["q2"], ..all },
        ContactSearch { initiation_methods: &["TRANSFER", "API"], ..all },
        ContactSearch { absent: &[TimeColumn::Scheduled], ..all },
        ContactSearch { absent: &[TimeColumn::Connected, TimeColumn::Disconnected], ..all },
        ContactSearch { also: Some((TimeColumn::Disconnected, 4003, 4010)), ..all },
        ContactSearch {
            also: Some((TimeColumn::Enqueued, 5000, 5020)),
            absent: &[TimeColumn::Scheduled],
            queue_ids: &["q1", "q2"],
            initiation_methods: &["API"],
            ..all
        },
        ContactSearch { time: TimeColumn::Enqueued, agent_ids: &["a2"], sort: SortColumn::Expiry, ..all },
    ];
    for search in &searches {
        let found = agrees(&store, &rows, search, 17).await;
        assert!((1..300).contains(&found), "{search:?} {found}");
    }
    // No contact lacks the time that every contact has.
    let none = ContactSearch { absent: &[TimeColumn::Initiated], ..all };
    assert_eq!(agrees(&store, &rows, &none, 10).await, 0);
}

async fn t2_15_1_both_ends_are_included(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let rows = fill(&store, 200).await;
    for time in TIMES {
        let mut times: Vec<i64> = rows.iter().filter_map(|row| time_of(row, time)).collect();
        times.sort_unstable();
        let (from, to) = (times[times.len() / 4], times[times.len() / 2]);
        for sort in [SortColumn::from(time), SortColumn::Expiry] {
            for descending in [false, true] {
                let search = ContactSearch { sort, descending, ..ContactSearch::new("i", time, from, to) };
                let found = agrees(&store, &rows, &search, 13).await;
                assert_eq!(found, times.iter().filter(|ms| (from..=to).contains(ms)).count());
                let moment = ContactSearch { to_ms: from, ..search };
                assert!(agrees(&store, &rows, &moment, 2).await > 0);
            }
        }
    }
}

async fn many_contacts_are_searched_in_slices(database: TestDatabase) {
    let store = database.open_with_instances().await;
    // More than the first two slices of SQLite hold.
    let rows = fill(&store, 11_000).await;
    let all = ContactSearch { bodies: false, ..ContactSearch::new("i", TimeColumn::Initiated, 0, 99_999) };
    for descending in [false, true] {
        for (sort, limit) in [(SortColumn::Initiated, 700), (SortColumn::Scheduled, 900), (SortColumn::Channel, 900)] {
            let rare = ContactSearch { sort, descending, agent_ids: &["a1"], queue_ids: &["q3"], ..all };
            assert!(agrees(&store, &rows, &rare, limit / 3).await > 400);
            let narrow = ContactSearch { sort, descending, also: Some((TimeColumn::Enqueued, 5003, 5003)), ..all };
            assert!(agrees(&store, &rows, &narrow, limit).await > 100);
        }
    }
    assert_eq!(agrees(&store, &rows, &all, 4000).await, 11_000);
}

async fn what_cannot_be_searched_is_refused(database: TestDatabase) {
    let store = database.open_with_instances().await;
    let all = ContactSearch::new("i", TimeColumn::Initiated, 0, 9999);
    let ids = vec!["a"; 101];
    let long = ContactSearch { agent_ids: &ids, ..all };
    assert!(matches!(store.search_contacts(&long, None, 10).await, Err(Error::Settings { .. })));
    assert!(matches!(store.count_contacts(&long).await, Err(Error::Settings { .. })));
    let as_long_as_it_may_be = ContactSearch { agent_ids: &ids[..100], ..all };
    assert_eq!(store.count_contacts(&as_long_as_it_may_be).await.unwrap(), 0);
    let foreign = SearchPosition { key: Some("API".to_owned()), id: "x".to_owned() };
    assert!(matches!(store.search_contacts(&all, Some(&foreign), 10).await, Err(Error::Settings { .. })));
}
