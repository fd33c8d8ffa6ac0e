//! The table: targets first, then every line. What it says about tasks is in `task_report.rs`.

use std::fmt::Write as _;

use crate::agents::AgentsMeasured;
use crate::cores::{self, Quiet};
use crate::plan::Scale;
use crate::rounds::{CREATES, GETS, LISTS, SINGLES, USUAL};
use crate::series::{Ask, Engine, Key, Series, Spread, Subject};
use crate::task_report;
use crate::tasks::TaskRest;

pub(crate) const MIB: f64 = 1024.0;

/// What a server showed outside the rounds.
#[derive(Clone, Debug)]
pub(crate) struct Rest {
    pub engine: Engine,
    pub size: u32,
    pub start_ms: Spread,
    pub empty_start_ms: Spread,
    pub idle_kib: u64,
    /// After each template was read once.
    pub after_kib: u64,
    /// The same with memory for all templates.
    pub all_hot_kib: Option<u64>,
    /// Tables that a create inserts into.
    pub tables: String,
}

/// Everything a run measured.
#[derive(Debug)]
pub(crate) struct Measured {
    pub series: Series,
    pub quiet: Quiet,
    pub rest: Vec<Rest>,
    pub task_rest: Vec<TaskRest>,
    pub agents: Vec<AgentsMeasured>,
    program_bytes: u64,
    pub scale: Scale,
}

impl Measured {
    pub(crate) fn new(program_bytes: u64, scale: Scale) -> Self {
        Self {
            series: Series::default(),
            quiet: Quiet::default(),
            rest: Vec::new(),
            task_rest: Vec::new(),
            agents: Vec::new(),
            program_bytes,
            scale,
        }
    }

    pub(crate) fn small(&self) -> u32 {
        self.scale.sizes.first().copied().unwrap_or_default()
    }

    pub(crate) fn large(&self) -> Option<u32> {
        self.scale.sizes.get(1).copied()
    }

    fn rest(&self, engine: Engine, size: u32) -> Option<&Rest> {
        self.rest.iter().find(|rest| rest.engine == engine && rest.size == size)
    }
}

/// A bound that a measurement must keep.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target {
    AtLeast(f64),
    AtMost(f64),
    /// No bound: for comparison.
    None,
}

/// The whole report as Markdown.
pub(crate) fn table(measured: &Measured) -> String {
    let mut out = String::from("# Benchmarks\n\n");
    let (all, disturbed) = measured.quiet.counts();
    let _infallible = write!(
        out,
        "Written by `cargo run --release -p taskform-bench`. Machine: {} cores, {} GiB of memory. The server runs on one core, \
         the load (and PostgreSQL) on the other; {} interleaved rounds of {} s; medians, in brackets the least and the \
         most of the rounds. Every request is signed afresh; an answer that is not 200 or not of the expected length \
         fails the run. Of {all} measurements {disturbed} began while others used the machine.\n\n",
        cores::count(),
        cores::memory_gib(),
        measured.scale.rounds,
        measured.scale.span.as_secs_f64(),
    );
    targets(measured, &mut out);
    for engine in [Engine::Sqlite, Engine::Postgres] {
        if measured.rest(engine, measured.small()).is_some() {
            requests(measured, engine, &mut out);
        }
    }
    task_report::section(measured, &mut out);
    notes(measured, &mut out);
    task_report::notes(measured, &mut out);
    out
}

fn targets(measured: &Measured, out: &mut String) {
    out.push_str("## Targets\n\n| Measure | Measured | Target | |\n| --- | --- | --- | --- |\n");
    let mut row = |what: &str, value: Option<Spread>, unit: &str, target: Target| {
        let Some(value) = value else { return };
        let (text, verdict) = match target {
            Target::AtLeast(bound) => {
                (format!("≥ {bound}{unit}"), if value.median >= bound { "met" } else { "**not met**" })
            }
            Target::AtMost(bound) => {
                (format!("≤ {bound}{unit}"), if value.median <= bound { "met" } else { "**not met**" })
            }
            Target::None => (String::new(), ""),
        };
        let _infallible = writeln!(out, "| {what} | {value}{unit} | {text} | {verdict} |");
    };
    read_targets(measured, &mut row);
    write_targets(measured, &mut row);
    rest_targets(measured, &mut row);
    task_report::targets(measured, &mut row);
    program_target(measured, &mut row);
    out.push('\n');
}

/// Adds a row to the first table: what was measured, the values, their unit and the bound.
pub(crate) type AddRow<'a> = &'a mut dyn FnMut(&str, Option<Spread>, &str, Target);

fn read_targets(measured: &Measured, row: AddRow<'_>) {
    let series = &measured.series;
    let (sqlite, small) = (Engine::Sqlite, measured.small());
    let usual = |subject, ask| Key { subject, ask, connections: USUAL };
    let get = usual(Subject::Taskform(sqlite, small), Ask::Get);
    let bare = series.ratio(get, usual(Subject::Bare, Ask::Get));
    row(
        "GetTaskTemplate, 10 thousand templates, 32 connections, against the bare server",
        bare,
        " ×",
        Target::AtLeast(0.70),
    );
    let held = series.ratio(usual(Subject::UnderPolicy(sqlite, small), Ask::Get), get);
    row(
        "the same with a policy of ten statements about tags, against an administrator's key",
        held,
        " ×",
        Target::AtLeast(0.90),
    );
    if let Some(large) = measured.large() {
        let all = series.ratio(usual(Subject::Taskform(sqlite, large), Ask::Get), get);
        row("the same, any of 1 million templates, against 10 thousand", all, " ×", Target::AtLeast(0.90));
        let hot = series.ratio(usual(Subject::Hot(sqlite, large), Ask::Get), get);
        row("the same, 10 thousand of 1 million templates, against 10 thousand", hot, " ×", Target::None);
        let beside = usual(Subject::Beside(sqlite, small), Ask::Get);
        let all_hot = series.ratio(usual(Subject::AllHot(sqlite, large), Ask::Get), beside);
        row(
            "the same, any of 1 million, memory set to hold them all, against 10 thousand",
            all_hot,
            " ×",
            Target::None,
        );
    }
    let list = series.ratio(usual(Subject::Taskform(sqlite, small), Ask::List), get).map(|ratio| ratio.times(100.0));
    row("ListTaskTemplates, 100 a page, templates against GetTaskTemplate requests", list, " ×", Target::AtLeast(10.0));
    let moto = series.ratio(get, usual(Subject::Moto, Ask::DescribeInstance));
    row("GetTaskTemplate against moto's DescribeInstance, 32 connections", moto, " ×", Target::AtLeast(150.0));
}

fn write_targets(measured: &Measured, row: AddRow<'_>) {
    let small = measured.small();
    for (engine, connections, bound) in
        [(Engine::Sqlite, 64, 2.0), (Engine::Sqlite, 1, 0.7), (Engine::Postgres, 64, 0.6), (Engine::Postgres, 1, 0.6)]
    {
        let key = |subject| Key { subject, ask: Ask::Create, connections };
        let ratio = measured.series.ratio(key(Subject::Taskform(engine, small)), key(Subject::Single(engine, small)));
        let what = format!("CreateTaskTemplate, {engine}, {connections} connections, against one commit per insert");
        row(&what, ratio, " ×", Target::AtLeast(bound));
    }
}

/// A value that was measured once.
pub(crate) fn one(value: f64) -> Option<Spread> {
    Some(Spread { median: value, min: value, max: value })
}

fn rest_targets(measured: &Measured, row: AddRow<'_>) {
    for rest in &measured.rest {
        let (engine, target) =
            (rest.engine, |bound| if rest.engine == Engine::Sqlite { Target::AtMost(bound) } else { Target::None });
        let millions = rest.size > measured.small();
        if millions {
            row(
                &format!("Start to first answer, 1 million templates, {engine}"),
                Some(rest.start_ms),
                " ms",
                target(100.0),
            );
        } else {
            row(
                &format!("Start to first answer, empty store, {engine}"),
                Some(rest.empty_start_ms),
                " ms",
                target(50.0),
            );
            row(
                &format!("Start to first answer, 10 thousand templates, {engine}"),
                Some(rest.start_ms),
                " ms",
                Target::None,
            );
        }
        let size = if millions { "1 million" } else { "10 thousand" };
        row(
            &format!("Resident, idle, {size} templates, {engine}"),
            one(rest.idle_kib as f64 / MIB),
            " MiB",
            target(15.0),
        );
        let after = one(rest.after_kib as f64 / MIB);
        row(&format!("Resident after {size} templates were read once, {engine}"), after, " MiB", Target::None);
        let all_hot = rest.all_hot_kib.and_then(|kib| one(kib as f64 / MIB));
        row(&format!("the same, memory set to hold them all, {engine}"), all_hot, " MiB", Target::None);
    }
}

fn program_target(measured: &Measured, row: AddRow<'_>) {
    row("Release program, stripped", one(measured.program_bytes as f64 / MIB / 1024.0), " MiB", Target::AtMost(15.0));
}

fn requests(measured: &Measured, engine: Engine, out: &mut String) {
    let _infallible = write!(
        out,
        "## {engine}, against the bare server\n\n| Request | Templates | Connections | Ratio | Requests/s | p50 | p99 |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n"
    );
    let series = &measured.series;
    for (ask, name, all) in [
        (Ask::Get, "GetTaskTemplate", &GETS[..]),
        (Ask::List, "ListTaskTemplates, 100 a page", &LISTS[..]),
        (Ask::Create, "CreateTaskTemplate", &CREATES[..]),
    ] {
        for size in measured.scale.sizes {
            for connections in all {
                let key = |subject| Key { subject, ask, connections: *connections };
                let ours = key(Subject::Taskform(engine, *size));
                line(series, out, (name, *size), ours, series.ratio(ours, key(Subject::Bare)));
            }
        }
    }
    let _infallible = write!(
        out,
        "\nCreateTaskTemplate against its rows inserted by hand, one commit each:\n\n\
         | Templates | Connections | Ratio | By hand/s | p50 | p99 |\n| --- | --- | --- | --- | --- | --- |\n"
    );
    for size in measured.scale.sizes {
        for connections in SINGLES {
            let key = |subject| Key { subject, ask: Ask::Create, connections };
            let single = key(Subject::Single(engine, *size));
            let (Some((rate, p50, p99)), Some(ratio)) =
                (series.medians(single), series.ratio(key(Subject::Taskform(engine, *size)), single))
            else {
                continue;
            };
            let (p50, p99) = (micros(p50), micros(p99));
            let _infallible = writeln!(
                out,
                "| {} | {connections} | {ratio} | {} | {p50} | {p99} |",
                grouped(f64::from(*size)),
                grouped(rate)
            );
        }
    }
    out.push('\n');
}

/// One line about one kind of request, if it was measured.
pub(crate) fn line(series: &Series, out: &mut String, (name, size): (&str, u32), key: Key, ratio: Option<Spread>) {
    let (Some((rate, p50, p99)), Some(ratio)) = (series.medians(key), ratio) else { return };
    let (size, rate, p50, p99) = (grouped(f64::from(size)), grouped(rate), micros(p50), micros(p99));
    let _infallible = writeln!(out, "| {name} | {size} | {} | {ratio} | {rate} | {p50} | {p99} |", key.connections);
}

fn notes(measured: &Measured, out: &mut String) {
    out.push_str(
        "## How to read it\n\n\
         - The bare server is hyper on one thread; it reads the same requests and answers recorded answers of Taskform, \
         head and body, without looking at anything.\n\
         - By hand, SQLite: threads on the server's core share one connection (WAL, synchronous=FULL). PostgreSQL: a \
         connection for each writer, begin, prepared inserts and commit sent together. Both write into a copy of the \
         server's database as it was when the rounds began, without the checks, counters and signatures of a create.\n\
         - Creates carry a client token each, as SDKs send them. Stores grow while creates are measured.\n",
    );
    if let Some(rest) = measured.rest.first() {
        let _infallible = writeln!(out, "- A create inserts into: {}.", rest.tables);
    }
}

/// A time in seconds, as microseconds or milliseconds; a dash where there is none.
pub(crate) fn micros(seconds: f64) -> String {
    let micros = seconds * 1e6;
    if micros == 0.0 {
        return "–".to_owned();
    }
    if micros < 1000.0 { format!("{micros:.0} µs") } else { format!("{:.1} ms", micros / 1000.0) }
}

/// A whole number with its thousands apart.
pub(crate) fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_readable() {
        assert_eq!([grouped(7.0), grouped(1000.0), grouped(1_234_567.4)], ["7", "1,000", "1,234,567"]);
        assert_eq!([micros(0.000_088), micros(0.0123)], ["88 µs", "12.3 ms"]);
    }
}
