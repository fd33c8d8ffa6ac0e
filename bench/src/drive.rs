//! One kind of request against a server that runs already, for profilers.

use std::io::Write as _;
use std::net::SocketAddr;
use std::time::Duration;

use clap::ValueEnum;

use crate::clock;
use crate::cores::{Cores, Side};
use crate::load::{self, Limit, Requests};
use crate::task::{self, Page};
use crate::taskform::Remote;
use crate::template::{self, Dice};

/// What is asked.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum What {
    Get,
    List,
    Create,
    /// StartTaskContact from a template of ten fields.
    Start,
    /// DescribeContact of the newest tasks.
    Describe,
    /// SearchContacts: pages after the first of all tasks, which count nothing.
    Search,
    /// The shell alone: `/healthz`.
    Health,
}

/// A batch and a first number that hardly anybody had before.
fn fresh(dice: &mut Dice) -> (u32, u64) {
    let series = u32::try_from(dice.below(900)).unwrap_or(0);
    (series, u64::try_from(clock::now_ms()).unwrap_or(0) % 100_000_000 * 10)
}

/// Pages of the tasks of the last days.
fn newest(remote: Remote) -> Result<Vec<Page>, String> {
    const DAYS_MS: i64 = 30 * 24 * 60 * 60 * 1000;
    let now = clock::now_ms();
    let pages = remote.search_pages(now - DAYS_MS, now, 100)?;
    if pages.iter().all(|page| page.ids.is_empty()) { Err("there are no tasks".to_owned()) } else { Ok(pages) }
}

/// Sends it for `span` and prints the rate.
///
/// # Errors
/// Any answer that is not the expected one.
pub(crate) fn run(addr: SocketAddr, what: What, connections: usize, span: Duration) -> Result<(), String> {
    let cores = Cores::choose()?;
    let remote = Remote { addr };
    let mut dice = Dice::new(u64::from(addr.port()));
    let (requests, limit) = match what {
        What::Get => {
            let walk = remote.walk()?;
            (remote.gets(&walk.templates, 50_000, || dice.below(walk.templates.len()))?, Limit::Time(span))
        }
        What::List => {
            let walk = remote.walk()?;
            (remote.lists(&walk, 2_000, || dice.below(walk.pages.len())), Limit::Time(span))
        }
        What::Create => {
            let (series, first) = fresh(&mut dice);
            let count = 30_000 * span.as_secs().max(1);
            let requests = template::creates(&mut remote.signer(), &remote.body()?, series, first, count, true);
            (requests, Limit::OnceWithin(span))
        }
        What::Start => {
            let (series, first) = fresh(&mut dice);
            let count = 20_000 * span.as_secs().max(1);
            let body = remote.task_body(&remote.sample_flow()?)?;
            (task::starts(&mut remote.signer(), &body, series, first, count), Limit::OnceWithin(span))
        }
        What::Describe => {
            let ids: Vec<String> = newest(remote)?.into_iter().flat_map(|page| page.ids).collect();
            (remote.describes(50_000, None, || ids[dice.below(ids.len())].clone()), Limit::Time(span))
        }
        What::Search => {
            let pages: Vec<_> = newest(remote)?.into_iter().skip(1).map(|page| page.search).collect();
            if pages.is_empty() {
                return Err("there are not enough tasks for a second page".to_owned());
            }
            (task::searches(&mut remote.signer(), &pages, 5_000, || dice.below(pages.len())), Limit::Time(span))
        }
        What::Health => {
            let mut requests = Requests::default();
            requests.push(None, |out| remote.signer().request(out, "GET", "/healthz", "", b""));
            (requests, Limit::Time(span))
        }
    };
    let outcome = cores.on(Side::Load, || load::run(addr, &requests, connections, limit))?;
    let line = format!("{:.0} a second, p50 {:?}, p99 {:?}", outcome.rate(), outcome.p50, outcome.p99);
    writeln!(std::io::stdout(), "{line}").map_err(|e| format!("cannot print: {e}"))
}
