//! One kind of request against a server that runs already, for profilers.

use std::io::Write as _;
use std::net::SocketAddr;
use std::time::Duration;

use clap::ValueEnum;

use crate::cores::{Cores, Side};
use crate::load::{self, Limit, Requests};
use crate::taskform::Remote;
use crate::template::{self, Dice};

/// What is asked.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum What {
    Get,
    List,
    Create,
    /// The shell alone: `/healthz`.
    Health,
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
            let series = u32::try_from(dice.below(900)).unwrap_or(0);
            let first = u64::try_from(crate::clock::now_ms()).unwrap_or(0) % 100_000_000 * 10;
            let count = 30_000 * span.as_secs().max(1);
            let requests = template::creates(&mut remote.signer(), &remote.body()?, series, first, count, true);
            (requests, Limit::OnceWithin(span))
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
