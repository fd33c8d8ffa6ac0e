//! One server with its tasks, filled and measured while idle, ready for rounds.

use std::thread;
use std::time::{Duration, Instant};

use crate::clock;
use crate::cores::Cores;
use crate::inside::{self, Counters, Inside};
use crate::load::Outcome;
use crate::plan::say;
use crate::rows::{Names, Sample};
use crate::series::{Engine, Spread};
use crate::task::{self, Search};
use crate::taskform::{Launch, Remote, Storage, Taskform};
use crate::template::{Body, Dice, uuid};
use crate::world::{self, Copy, Ground, REST};

/// Batch of the tasks that fill a store.
const FILLING: u32 = 900;
/// Over which the times of the tasks are spread, seconds: they expire after seven days, and none may during a run.
const SPREAD_S: u64 = 400_000;
/// Tasks in a stretch of time that is searched.
const STRETCH: u64 = 1_000;
/// Distinct searches.
const STRETCHES: usize = 100;
const PAGES: usize = 50;
/// How long anything may take that the server does by itself, without a sign of progress.
const PATIENCE: Duration = Duration::from_secs(30);

/// A task in the state in which the measured ones stay, and what it counts for.
pub(crate) struct Seed {
    pub body: Body,
    pub sample: Sample,
    pub counted: Counters,
    /// Length of the answer that describes it.
    pub described: usize,
}

/// Starts one task in an empty store and waits until nothing of it is due. `flow`: through which it runs.
///
/// # Errors
/// A server that refuses, or a task that does not settle.
pub(crate) fn seed(launch: &Launch, flow: impl FnOnce(Remote) -> Result<String, String>) -> Result<Seed, String> {
    let server = Taskform::start(launch, None)?;
    let body = server.remote.task_body(&flow(server.remote)?)?;
    let inside = Inside::open(&launch.storage)?;
    let before = inside.counters()?;
    let (name, token) = (task::name(999, 999_999_999), uuid(999, 998));
    let id = server.remote.start_task(&body, &name, &token)?;
    until(1, || Ok(1 - inside.due(clock::now_ms())?))?;
    let mut counted = inside.counters()?;
    counted.iter_mut().for_each(|(name, n)| *n -= before.get(name).copied().unwrap_or(0));
    counted.retain(|_, n| *n != 0);
    drop(inside);
    let (created_ms, described) = server.remote.describe_task(&id)?;
    server.stop()?;
    let sample = world::sample(&launch.storage, Names { id, name, token: world::kept_token(&token), created_ms })?;
    Ok(Seed { body, sample, counted, described })
}

/// Waits until `reached` answers `wanted`, polling often.
///
/// # Errors
/// When it stops growing before that.
pub(crate) fn until(wanted: i64, reached: impl Fn() -> Result<i64, String>) -> Result<(), String> {
    let (mut most, mut since) = (i64::MIN, Instant::now());
    loop {
        let now = reached()?;
        if now >= wanted {
            return Ok(());
        }
        if now > most {
            (most, since) = (now, Instant::now());
        }
        if since.elapsed() > PATIENCE {
            return Err(format!("the server stopped at {now} tasks of {wanted}"));
        }
        thread::sleep(Duration::from_millis(2));
    }
}

/// See the module's head.
pub(crate) struct TaskWorld {
    pub engine: Engine,
    pub size: u32,
    server: Option<Taskform>,
    pub body: Body,
    /// Length of the answer that describes any of the tasks that filled the store.
    pub described: usize,
    /// First pages of stretches of time.
    pub stretches: Vec<Search>,
    /// Pages after the first of all tasks.
    pub next_pages: Vec<Search>,
    /// The first page of all tasks.
    pub first_page: Vec<Search>,
    /// Start to first answer, in milliseconds.
    pub start_ms: Spread,
    /// Resident while idle, KiB.
    pub idle_kib: u64,
    /// On disk, bytes.
    pub stored: u64,
    pub tables: String,
    launch: Launch,
    cores: Cores,
    sample: Sample,
    copy: Option<Copy>,
    starts: u32,
}

impl TaskWorld {
    /// Makes a store of `size` tasks in a queue and starts a server on it. `by_hand`: with a copy for hand-made inserts.
    ///
    /// # Errors
    /// Whatever goes wrong on the way.
    pub(crate) fn prepare(ground: &Ground<'_>, engine: Engine, size: u32, by_hand: bool) -> Result<Self, String> {
        let tag = format!("tasks_{}_{size}", engine.to_string().to_lowercase());
        let launch = world::launch(ground, engine, &tag)?;
        say(&format!("{engine}: filling {size} tasks"));
        let seed = seed(&launch, |remote| remote.sample_flow())?;
        let made_ms = seed.sample.names.created_ms;
        let inside = Inside::open(&launch.storage)?;
        let rows = seed.sample.without_token();
        inside.fill(&rows, u64::from(size) - 1, &seed.counted, &|n| Names {
            id: filled(n),
            name: task::name(FILLING, n),
            token: String::new(),
            created_ms: filled_ms(made_ms, size, n),
        })?;
        drop(inside);
        let copy = by_hand.then(|| world::copy(ground, &launch.storage, &tag)).transpose()?;
        let stored = inside::bytes(&launch.storage)?;
        let (server, start_ms) = world::starts(&launch, ground.cores)?;
        thread::sleep(REST);
        let idle_kib = server.resident_kib()?;
        let mut made = Self {
            engine,
            size,
            body: seed.body,
            described: seed.described,
            stretches: Vec::new(),
            next_pages: Vec::new(),
            first_page: Vec::new(),
            start_ms,
            idle_kib,
            stored,
            tables: seed.sample.tables(),
            launch,
            cores: ground.cores,
            sample: seed.sample,
            copy,
            starts: 0,
            server: Some(server),
        };
        made.find_searches(made_ms)?;
        Ok(made)
    }

    /// Asks every search once: the lengths of the answers are what a measurement expects.
    fn find_searches(&mut self, made_ms: i64) -> Result<(), String> {
        let remote = self.server()?.remote;
        let (oldest, newest) = (filled_ms(made_ms, self.size, u64::from(self.size)), made_ms + 1000);
        let mut pages = remote.search_pages(oldest, newest, PAGES)?;
        let first = pages.remove(0);
        if first.total != u64::from(self.size) || first.ids.len() != 100 {
            return Err(format!("{} tasks were found, {} stored", first.total, self.size));
        }
        self.first_page.push(first.search);
        self.next_pages = pages.into_iter().map(|page| page.search).collect();
        let mut dice = Dice::new(u64::from(self.size));
        for _ in 0..STRETCHES {
            let last = dice.below(usize::try_from(u64::from(self.size) - STRETCH).map_err(|e| e.to_string())?) as u64;
            let ms = |n| filled_ms(made_ms, self.size, n);
            let page = remote.search_page(ms(last + STRETCH - 1), ms(last), None)?;
            if !(STRETCH - 10..STRETCH + 10).contains(&page.total) || page.ids.len() != 100 {
                return Err(format!("{} tasks in a stretch of {STRETCH}", page.total));
            }
            self.stretches.push(page.search);
        }
        Ok(())
    }

    /// The id of the n-th task that filled the store, `n` below `size` - 1.
    pub(crate) fn id(&self, n: usize) -> String {
        filled(n as u64)
    }

    /// The store.
    pub(crate) fn storage(&self) -> &Storage {
        &self.launch.storage
    }

    /// A number that no earlier batch of starts here had.
    pub(crate) fn next_series(&mut self) -> u32 {
        self.starts += 1;
        self.starts
    }

    /// Whether there is a copy for hand-made inserts.
    pub(crate) fn takes_rows_by_hand(&self) -> bool {
        self.copy.is_some()
    }

    /// Hand-made inserts at one concurrency, on the server's core.
    ///
    /// # Errors
    /// An insert that fails, or no copy for them.
    pub(crate) fn single(&mut self, writers: usize, span: Duration) -> Result<Outcome, String> {
        let series = self.next_series();
        let now = clock::now_ms();
        let name = move |number: u64| Names {
            id: uuid(u64::from(series), number),
            name: task::name(series, number),
            token: world::kept_token(&uuid(u64::from(series), number)),
            created_ms: now + i64::try_from(number).unwrap_or(0),
        };
        let copy = self.copy.as_ref().ok_or("there is no copy for rows by hand")?;
        world::by_hand(self.cores, copy, &self.sample, writers, span, &name)
    }

    /// Starts the server afresh, so that its memory shows what comes next.
    ///
    /// # Errors
    /// A server that does not end or start.
    pub(crate) fn restart(&mut self) -> Result<(), String> {
        // The old server must let go of its folder first.
        if let Some(server) = self.server.take() {
            server.stop()?;
        }
        self.server = Some(Taskform::start(&self.launch, Some(self.cores))?);
        Ok(())
    }

    /// The running server.
    ///
    /// # Errors
    /// When a restart failed.
    pub(crate) fn server(&self) -> Result<&Taskform, String> {
        self.server.as_ref().ok_or_else(|| "the server is not running".to_owned())
    }

    /// Ends the server.
    ///
    /// # Errors
    /// As [`Taskform::stop`].
    pub(crate) fn stop(mut self) -> Result<(), String> {
        self.server.take().map_or(Ok(()), Taskform::stop)
    }
}

fn filled(n: u64) -> String {
    uuid(u64::from(FILLING), n)
}

/// When the n-th task of `size` was made, given the newest: whole seconds before it, so that all write their times alike.
fn filled_ms(newest_ms: i64, size: u32, n: u64) -> i64 {
    let before = (n + 1) * SPREAD_S / u64::from(size);
    newest_ms - 1000 * i64::try_from(before).unwrap_or(0)
}
