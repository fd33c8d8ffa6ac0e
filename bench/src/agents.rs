//! Agents at work on a server with queued tasks: whole lives of tasks against starts of the same run, how long a free slot
//! waits for its next offer, reads about all agents, and the memory of event streams.

use std::net::TcpStream;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde_json::{Value, json};

use crate::client::Connection;
use crate::cores::{Cores, Side};
use crate::inside::Inside;
use crate::load::{self, Limit, Outcome, Times};
use crate::plan::say;
use crate::report::Measured;
use crate::rows::Names;
use crate::series::Engine;
use crate::task;
use crate::task_world::seed;
use crate::taskform::Taskform;
use crate::team::{Screen, Team, screen};
use crate::template::{Body, INSTANCE, uuid};
use crate::world::{self, Ground};

/// Batch of the tasks that fill a store, and that of those that are started beside them.
const FILLING: u32 = 910;
const STARTED: u32 = 911;
/// Clients at once.
const CONNECTIONS: usize = 64;
/// Of so many lives one measures how long the slot waited.
const SAMPLED: u64 = 8;
/// Tasks of the small store, and offers that are timed in each store by an agent alone.
const FEW: u32 = 100;
const ALONE: u32 = 50;
/// Reads about all agents that are timed.
const READS: u32 = 200;

/// How much a run does.
#[derive(Clone, Copy, Debug)]
struct Scale {
    agents: usize,
    /// Queued while all agents work, and while one does.
    queued: u32,
    most: u32,
    streams: usize,
    span: Duration,
}

impl Scale {
    fn of(quick: bool) -> Self {
        if quick {
            let span = Duration::from_secs(3);
            return Self { agents: 100, queued: 10_000, most: 10_000, streams: 500, span };
        }
        Self { agents: 1_000, queued: 100_000, most: 1_000_000, streams: 5_000, span: Duration::from_secs(10) }
    }
}

/// What agents showed on one engine.
#[derive(Clone, Debug)]
pub(crate) struct AgentsMeasured {
    pub engine: Engine,
    pub agents: usize,
    pub queued: u32,
    pub most: u32,
    /// StartTaskContact alone.
    pub starts: Outcome,
    /// Lives: start, flow, queue, offer, accept, complete, close.
    pub lives: Outcome,
    /// From the request that frees a slot until the next offer is read, in that load.
    pub offers: Outcome,
    /// The same with one agent and nothing else, with few and with most tasks queued.
    pub alone: [Outcome; 2],
    pub user_data: Outcome,
    pub metric_data: Outcome,
    /// Of the server for each open event stream, KiB, and how many were open.
    pub stream_kib: f64,
    pub streams: usize,
}

/// Measures one engine.
///
/// # Errors
/// Whatever kept a number from being measured.
pub(crate) fn measure(ground: &Ground<'_>, engine: Engine, quick: bool, measured: &mut Measured) -> Result<(), String> {
    let scale = Scale::of(quick);
    let few = Office::prepare(ground, engine, FEW, 1)?;
    let few_alone = few.alone(measured)?;
    few.server.stop()?;
    let most = Office::prepare(ground, engine, scale.most, 1)?;
    let most_alone = most.alone(measured)?;
    most.server.stop()?;
    let office = Office::prepare(ground, engine, scale.queued, scale.agents)?;
    measured.quiet.wait();
    let starts = office.starts(scale)?;
    let (lives, offers) = office.lives(scale, measured)?;
    let [user_data, metric_data] = office.reads(measured)?;
    let stream_kib = office.streams(scale.streams)?;
    office.server.stop()?;
    measured.agents.push(AgentsMeasured {
        engine,
        agents: scale.agents,
        queued: scale.queued,
        most: scale.most,
        starts,
        lives,
        offers,
        alone: [few_alone, most_alone],
        user_data,
        metric_data,
        stream_kib,
        streams: scale.streams,
    });
    Ok(())
}

/// A server with queued tasks and a team, all of it offline.
struct Office {
    server: Taskform,
    team: Team,
    body: Body,
    cores: Cores,
}

impl Office {
    fn prepare(ground: &Ground<'_>, engine: Engine, queued: u32, agents: usize) -> Result<Self, String> {
        let tag = format!("agents_{}_{queued}_{agents}", engine.to_string().to_lowercase());
        let launch = world::launch(ground, engine, &tag)?;
        say(&format!("{engine}: filling {queued} tasks for agents"));
        let seed = seed(&launch, |remote| remote.sample_flow())?;
        let made_ms = seed.sample.names.created_ms;
        let inside = Inside::open(&launch.storage)?;
        inside.fill(&seed.sample.without_token(), u64::from(queued) - 1, &seed.counted, &|n| Names {
            id: uuid(u64::from(FILLING), n),
            name: task::name(FILLING, n),
            token: String::new(),
            created_ms: made_ms - i64::try_from(n).unwrap_or(0),
        })?;
        drop(inside);
        let server = Taskform::start(&launch, Some(ground.cores))?;
        let team = Team::make(&mut Connection::open(server.remote.addr)?, agents)?;
        Ok(Self { server, team, body: seed.body, cores: ground.cores })
    }

    fn connection(&self) -> Result<Connection, String> {
        Connection::open(self.server.remote.addr)
    }

    /// Starts alone, while nobody works.
    fn starts(&self, scale: Scale) -> Result<Outcome, String> {
        let requests = task::starts(&mut self.server.remote.signer(), &self.body, STARTED, 0, 100_000);
        let addr = self.server.remote.addr;
        self.cores.on(Side::Load, || load::run(addr, &requests, CONNECTIONS, Limit::OnceWithin(scale.span)))
    }

    /// One agent, one task after the other.
    fn alone(&self, measured: &mut Measured) -> Result<Outcome, String> {
        let mut to = self.connection()?;
        self.team.at_work(&mut to, 1)?;
        let mut agent = Screen::of(&self.team.users[0], &mut to);
        measured.quiet.wait();
        self.cores.on(Side::Load, || {
            let (began, mut times) = (Instant::now(), Times::default());
            let mut task = agent.next()?;
            for _ in 0..ALONE {
                agent.work(&task)?;
                let freed = Instant::now();
                agent.close(&task)?;
                task = agent.next()?;
                times.add(freed.elapsed());
            }
            Ok(times.outcome(began.elapsed()))
        })
    }

    /// GetCurrentUserData, all pages, and GetCurrentMetricData, one after the other, while all are available.
    fn reads(&self, measured: &mut Measured) -> Result<[Outcome; 2], String> {
        let mut to = self.connection()?;
        self.team.at_work(&mut to, self.team.users.len())?;
        measured.quiet.wait();
        let users = json!({"Filters": {"RoutingProfiles": [self.team.profile]}, "MaxResults": 100});
        let metrics =
            ["AGENTS_ONLINE", "AGENTS_AVAILABLE", "SLOTS_AVAILABLE", "CONTACTS_IN_QUEUE", "OLDEST_CONTACT_AGE"];
        let metrics = metrics.map(|name| json!({"Name": name}));
        let metrics =
            json!({"Filters": {"Queues": [self.team.queue]}, "Groupings": ["QUEUE"], "CurrentMetrics": metrics});
        let timed = |to: &mut Connection, path: &str, body: &Value| -> Result<Outcome, String> {
            let (began, mut times) = (Instant::now(), Times::default());
            for _ in 0..READS {
                let asked = Instant::now();
                pages(to, path, body)?;
                times.add(asked.elapsed());
            }
            Ok(times.outcome(began.elapsed()))
        };
        self.cores.on(Side::Load, || {
            let users = timed(&mut to, &format!("/metrics/userdata/{INSTANCE}"), &users)?;
            Ok([users, timed(&mut to, &format!("/metrics/current/{INSTANCE}"), &metrics)?])
        })
    }

    /// All agents work through [`CONNECTIONS`] clients, each of which starts a task for each that it ends.
    fn lives(&self, scale: Scale, measured: &mut Measured) -> Result<(Outcome, Outcome), String> {
        measured.quiet.wait();
        self.team.at_work(&mut self.connection()?, self.team.users.len())?;
        let started = AtomicU64::new(1_000_000);
        let began = Instant::now();
        let each = self.team.users.len().div_ceil(CONNECTIONS);
        let one = |users: &[String]| -> Result<[Times; 2], String> {
            let (mut to, mut starts) = (self.connection()?, self.connection()?);
            let [mut lives, mut offers] = [Times::default(), Times::default()];
            for user in users.iter().cycle() {
                if began.elapsed() > scale.span {
                    break;
                }
                let asked = Instant::now();
                let mut agent = Screen::of(user, &mut to);
                let Some(task) = agent.offered()? else { continue };
                agent.work(&task)?;
                let (number, freed) = (started.fetch_add(1, Ordering::Relaxed), Instant::now());
                agent.close(&task)?;
                if number.is_multiple_of(SAMPLED) {
                    agent.next()?;
                    offers.add(freed.elapsed());
                }
                let body = self.body.with(&task::name(STARTED, number), Some(&uuid(u64::from(STARTED), number)));
                starts.signed("PUT", task::START, "", body.as_bytes())?.json()?;
                lives.add(asked.elapsed());
            }
            Ok([lives, offers])
        };
        let ended = self.cores.on(Side::Load, || {
            thread::scope(|scope| {
                let clients: Vec<_> = self.team.users.chunks(each).map(|users| scope.spawn(|| one(users))).collect();
                let join = |client: thread::ScopedJoinHandle<'_, _>| client.join().map_err(|_| "a client panicked")?;
                clients.into_iter().map(join).collect::<Result<Vec<_>, String>>()
            })
        })?;
        let elapsed = began.elapsed();
        let sum = |which: usize| Times::sum(ended.iter().map(|times| times[which].clone())).outcome(elapsed);
        Ok((sum(0), sum(1)))
    }

    /// Memory of the server for each of so many event streams, KiB.
    fn streams(&self, count: usize) -> Result<f64, String> {
        let limit = getrlimit(Resource::Nofile);
        setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit }).map_err(|e| e.to_string())?;
        self.team.at_work(&mut self.connection()?, 0)?;
        thread::sleep(world::REST);
        let before = self.server.resident_kib()?;
        let users = self.team.users.iter().cycle().take(count);
        let open = |user: &String| self.connection()?.follow(&format!("{}events", screen(user)), b"data:");
        let open = users.map(open).collect::<Result<Vec<TcpStream>, _>>()?;
        thread::sleep(world::REST);
        let after = self.server.resident_kib()?;
        Ok((after as f64 - before as f64) / open.len() as f64)
    }
}

/// All pages of a request that answers NextToken.
fn pages(to: &mut Connection, path: &str, body: &Value) -> Result<(), String> {
    let mut body = body.clone();
    loop {
        let page = to.signed("POST", path, "", body.to_string().as_bytes())?.json()?;
        match page["NextToken"].as_str() {
            Some(token) => body["NextToken"] = json!(token),
            None => return Ok(()),
        }
    }
}
