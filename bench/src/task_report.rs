//! What the table says about tasks, in the words and columns of the rest.

use std::fmt::Write as _;

use crate::report::{AddRow, MIB, Measured, Target, grouped, line, micros, one};
use crate::rounds::USUAL;
use crate::series::{Ask, Engine, Key, Series, Spread, Subject};
use crate::task_rounds::{COUNTS, DESCRIBES, SEARCHES, STARTS};
use crate::timers::WRITERS;

/// What a request is called, what of it, at which concurrencies, and what the bare server answers in its place.
type Line = (&'static str, Ask, &'static [usize], Option<Ask>);

const LINES: [Line; 6] = [
    ("StartTaskContact", Ask::Start, &STARTS, Some(Ask::Start)),
    ("the same, until all are QUEUED", Ask::Through, &STARTS, Some(Ask::Start)),
    ("DescribeContact", Ask::Describe, &DESCRIBES, Some(Ask::Describe)),
    ("SearchContacts, first 100 of about 1,000, counted", Ask::Search, &SEARCHES, Some(Ask::Search)),
    ("SearchContacts, a later 100 of all, not counted", Ask::SearchNext, &SEARCHES, Some(Ask::Search)),
    ("SearchContacts, first 100 of all, counted", Ask::SearchAll, &COUNTS, Some(Ask::Search)),
];

fn engines(measured: &Measured) -> impl Iterator<Item = Engine> {
    let measured = |engine: &Engine| measured.task_rest.iter().any(|rest| rest.engine == *engine);
    [Engine::Sqlite, Engine::Postgres].into_iter().filter(measured)
}

/// Tasks in words.
fn amount(size: u32) -> &'static str {
    match size {
        10_000 => "10 thousand",
        100_000 => "100 thousand",
        _ => "1 million",
    }
}

/// The lines of the first table.
pub(crate) fn targets(measured: &Measured, row: AddRow<'_>) {
    for engine in engines(measured) {
        start_targets(measured, engine, row);
        read_targets(measured, engine, row);
        timer_target(measured, engine, row);
    }
    for rest in &measured.task_rest {
        let (size, engine) = (amount(rest.size), rest.engine);
        row(&format!("Start to first answer, {size} tasks, {engine}"), Some(rest.start_ms), " ms", Target::None);
        let mut kib = |what: &str, kib: u64| row(what, one(kib as f64 / MIB), " MiB", Target::None);
        kib(&format!("Resident, idle, {size} tasks, {engine}"), rest.idle_kib);
        kib(&format!("Resident after {size} tasks were described once, {engine}"), rest.after_kib);
        let each = one(rest.stored_each / 1024.0);
        row(&format!("On disk, each of {size} tasks, {engine}"), each, " KiB", Target::None);
    }
}

fn start_targets(measured: &Measured, engine: Engine, row: AddRow<'_>) {
    for connections in [64, 1] {
        let key = |subject, ask| Key { subject, ask, connections };
        let single = key(Subject::Single(engine, measured.small()), Ask::Start);
        let ours = |ask| measured.series.ratio(key(Subject::Taskform(engine, measured.small()), ask), single);
        let what = format!("StartTaskContact, {engine}, {connections} connections, against one commit per insert");
        row(&what, ours(Ask::Start), " ×", Target::None);
        row("the same, until all are QUEUED", ours(Ask::Through), " ×", Target::None);
    }
}

fn read_targets(measured: &Measured, engine: Engine, row: AddRow<'_>) {
    let series = &measured.series;
    let key = |subject, ask, connections| Key { subject, ask, connections };
    let ours = |size, ask, connections| key(Subject::Taskform(engine, size), ask, connections);
    let (small, large) = (measured.small(), measured.large());
    let ratio = series.ratio(ours(small, Ask::Describe, USUAL), key(Subject::Bare, Ask::Describe, USUAL));
    let what = format!("DescribeContact, 10 thousand tasks, {engine}, {USUAL} connections, against the bare server");
    row(&what, ratio, " ×", Target::None);
    let Some(large) = large else { return };
    let mut larger = |what: &str, ask, connections| {
        let ratio = series.ratio(ours(large, ask, connections), ours(small, ask, connections));
        row(what, ratio, " ×", Target::None);
    };
    larger("the same, any of 1 million tasks, against 10 thousand", Ask::Describe, USUAL);
    let what = format!("StartTaskContact, {engine}, 64 connections, 1 million tasks, against 10 thousand");
    larger(&what, Ask::Start, 64);
    let what = format!(
        "SearchContacts, {engine}, 16 connections, a page of about 1,000, 1 million tasks, against 10 thousand"
    );
    larger(&what, Ask::Search, 16);
    larger("the same, a later page of all", Ask::SearchNext, 16);
    larger("the same, the first page of all, which are counted", Ask::SearchAll, 16);
}

fn timer_target(measured: &Measured, engine: Engine, row: AddRow<'_>) {
    let key = |subject| Key { subject, ask: Ask::Fire, connections: WRITERS };
    let count = measured.scale.timers;
    let ours = key(Subject::Taskform(engine, count));
    let what = format!("{} timers due at once, {engine}, until all have fired", amount(count));
    let seconds = measured.series.rates(ours).map(|rate| Spread {
        median: f64::from(count) / rate.median,
        min: f64::from(count) / rate.max,
        max: f64::from(count) / rate.min,
    });
    row(&what, seconds, " s", Target::None);
    let ratio = measured.series.ratio(ours, key(Subject::Single(engine, count)));
    row("the same, timers against one commit per insert, 64 connections", ratio, " ×", Target::None);
}

/// The section about tasks.
pub(crate) fn section(measured: &Measured, out: &mut String) {
    for engine in engines(measured) {
        let _infallible = write!(
            out,
            "## Tasks, {engine}, against the bare server\n\n| Request | Tasks | Connections | Ratio | Requests/s | p50 | p99 |\n\
             | --- | --- | --- | --- | --- | --- | --- |\n"
        );
        requests(measured, engine, out);
        by_hand(measured, engine, out);
        sizes(measured, engine, out);
        timers(measured, engine, out);
        out.push('\n');
    }
}

fn requests(measured: &Measured, engine: Engine, out: &mut String) {
    for (name, ask, all, answered) in LINES {
        for size in measured.scale.sizes {
            for connections in all {
                let key = |subject, ask| Key { subject, ask, connections: *connections };
                let ours = key(Subject::Taskform(engine, *size), ask);
                let bare = answered.and_then(|answered| measured.series.ratio(ours, key(Subject::Bare, answered)));
                line(&measured.series, out, (name, *size), ours, bare);
            }
        }
    }
}

fn by_hand(measured: &Measured, engine: Engine, out: &mut String) {
    let _infallible = write!(
        out,
        "\nStartTaskContact against its rows inserted by hand, one commit each:\n\n\
         | Tasks | Connections | Ratio | Until all are QUEUED | By hand/s | p50 | p99 |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n"
    );
    for connections in STARTS {
        let key = |subject, ask| Key { subject, ask, connections };
        let ours = |ask| key(Subject::Taskform(engine, measured.small()), ask);
        let single = key(Subject::Single(engine, measured.small()), Ask::Start);
        let series = &measured.series;
        let (Some((rate, p50, p99)), Some(ratio), Some(through)) =
            (series.medians(single), series.ratio(ours(Ask::Start), single), series.ratio(ours(Ask::Through), single))
        else {
            continue;
        };
        let (size, rate) = (grouped(f64::from(measured.small())), grouped(rate));
        let (p50, p99) = (micros(p50), micros(p99));
        let _infallible = writeln!(out, "| {size} | {connections} | {ratio} | {through} | {rate} | {p50} | {p99} |");
    }
}

fn sizes(measured: &Measured, engine: Engine, out: &mut String) {
    let Some(large) = measured.large() else { return };
    let _infallible = write!(
        out,
        "\n{} tasks against {}:\n\n| Request | Connections | Ratio |\n| --- | --- | --- |\n",
        grouped(f64::from(large)),
        grouped(f64::from(measured.small()))
    );
    for (name, ask, all, _) in LINES {
        for connections in all {
            let key = |size| Key { subject: Subject::Taskform(engine, size), ask, connections: *connections };
            let Some(ratio) = measured.series.ratio(key(large), key(measured.small())) else { continue };
            let _infallible = writeln!(out, "| {name} | {connections} | {ratio} |");
        }
    }
}

fn timers(measured: &Measured, engine: Engine, out: &mut String) {
    let (series, count): (&Series, u32) = (&measured.series, measured.scale.timers);
    let key = |subject| Key { subject, ask: Ask::Fire, connections: WRITERS };
    let (ours, single) = (key(Subject::Taskform(engine, count)), key(Subject::Single(engine, count)));
    let (Some(rate), Some((by_hand, ..)), Some(ratio)) =
        (series.rates(ours), series.medians(single), series.ratio(ours, single))
    else {
        return;
    };
    let _infallible = write!(
        out,
        "\nTimers due when the server starts, against rows inserted by hand, one commit each, {WRITERS} connections:\n\n\
         | Timers | Ratio | Timers/s | Until all have fired | By hand/s |\n| --- | --- | --- | --- | --- |\n\
         | {} | {ratio} | {} | {:.1} s | {} |\n",
        grouped(f64::from(count)),
        grouped(rate.median),
        f64::from(count) / rate.median,
        grouped(by_hand)
    );
}

/// How to read it.
pub(crate) fn notes(measured: &Measured, out: &mut String) {
    let Some(rest) = measured.task_rest.first() else { return };
    let _infallible = write!(
        out,
        "- Tasks are started from the template above with six references, and run through the flow of a new instance into \
         its queue. A start is answered when the task is stored; \"until all are QUEUED\" takes the time from the first \
         request until the last task started in it is in the queue, which costs each a second commit.\n\
         - Stored tasks wait in the queue, written into the store as a start and its flow leave them, their times spread over \
         the last days.\n\
         - SearchContacts looks for tasks by INITIATION_TIMESTAMP, newest first. A first page counts what the search finds \
         (TotalCount), a later page takes the number from its token. The bare server answers a first page of 100.\n\
         - Timers: tasks in the Wait of a flow that then goes the same way into the queue; measured from the start of the \
         program until the last is queued.\n\
         - A start inserts into: {}.\n",
        rest.tables
    );
}
