//! The table about agents at work.

use std::fmt::Write as _;

use crate::agents::AgentsMeasured;
use crate::cores;
use crate::load::Outcome;
use crate::report::Measured;

/// The whole table, with what it was measured on.
pub(crate) fn table(measured: &Measured) -> String {
    let (rounds, disturbed) = measured.quiet.counts();
    let mut out = String::from("# Agents at work\n\n");
    writeln!(
        out,
        "One run of `cargo xtask bench --part agents`, server and load on a core each ({} cores, {} GiB). {rounds} \
         measurements, {disturbed} of them while others used the machine. Times depend on the machine; ratios are of one run.",
        cores::count(),
        cores::memory_gib(),
    )
    .expect("a string grows");
    for one in &measured.agents {
        section(&mut out, one);
    }
    out
}

fn section(out: &mut String, one: &AgentsMeasured) {
    let ratio = one.lives.rate() / one.starts.rate();
    let [few, most] = &one.alone;
    let growth = most.p50.as_secs_f64() / few.p50.as_secs_f64();
    let lines = [
        (
            format!(
                "whole life of a task (start, flow, queue, offer, accept, complete, close), {} agents, {} queued, 64 connections, against StartTaskContact",
                one.agents, one.queued
            ),
            "≥ 0.25 ×".to_owned(),
            format!("{ratio:.2} × ({:.0}/s against {:.0}/s)", one.lives.rate(), one.starts.rate()),
        ),
        (
            "from the request that frees a slot until the next offer is read, at that load".to_owned(),
            String::new(),
            times(&one.offers),
        ),
        (
            format!("the same with one agent and nothing else: {} queued against 100, p50", one.most),
            "≤ 1.25 ×".to_owned(),
            format!("{growth:.2} × ({} against {})", times(most), times(few)),
        ),
        (format!("GetCurrentUserData of {} agents, all pages", one.agents), String::new(), times(&one.user_data)),
        (
            format!("GetCurrentMetricData of a queue with {} agents and {} tasks", one.agents, one.queued),
            String::new(),
            times(&one.metric_data),
        ),
        (
            format!("memory of the server for each of {} event streams", one.streams),
            String::new(),
            format!("{:.1} KiB", one.stream_kib),
        ),
    ];
    write!(out, "\n## {}\n\n| | Target | Measured |\n| --- | --- | --- |\n", one.engine).expect("a string grows");
    for (what, target, value) in lines {
        writeln!(out, "| {what} | {target} | {value} |").expect("a string grows");
    }
}

fn times(outcome: &Outcome) -> String {
    let ms = |time: std::time::Duration| time.as_secs_f64() * 1000.0;
    format!("p50 {:.1} ms, p99 {:.1} ms", ms(outcome.p50), ms(outcome.p99))
}
