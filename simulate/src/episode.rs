//! One episode: the loop of steps over one store, from drawing a call to checking everything.

use std::collections::{BTreeSet, VecDeque};

use crate::acts::{Act, Clients, Insistence, Intent};
use crate::check::Observed;
use crate::expect::{self, Expect};
use crate::model::Model;
use crate::random::Random;
use crate::setup::{Places, furnish};
use crate::world::{Answer, World};
use crate::{Failure, Report};

/// Operations that the report of a failure shows.
const TRACE: usize = 30;
/// Steps between two sweeps of everything that is open.
const SWEEP: u64 = 250;

/// One episode, over one store.
pub struct Episode {
    seed: u64,
    step: u64,
    pub(crate) world: World,
    pub(crate) model: Model,
    pub(crate) places: Places,
    pub(crate) random: Random,
    pub(crate) report: Report,
    trace: VecDeque<String>,
    number: u64,
    insists: Option<Insistence>,
}

impl std::fmt::Debug for Episode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Episode").field("seed", &self.seed).field("step", &self.step).finish_non_exhaustive()
    }
}

/// What is injected into a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// Nothing.
    Calm,
    /// The store fails before the first commit.
    Before,
    /// The store fails after the first commit.
    After,
    /// So many commits meet a conflict.
    Conflicts(u32),
    /// Another call commits between this one's reading and its commit.
    RaceCall,
    /// This call commits between the worker's reading and its commit.
    RaceWorker,
    /// After the call, the workers of two processes run at the same time.
    TwoWorkers,
    /// This call commits between the router's reading and its commit.
    RaceRouter,
    /// After the call, two processes route at the same time.
    TwoRouters,
}

const FATES: &[(u64, Fate)] = &[
    (70, Fate::Calm),
    (4, Fate::Before),
    (4, Fate::After),
    (4, Fate::Conflicts(1)),
    (2, Fate::Conflicts(3)),
    (8, Fate::RaceCall),
    (8, Fate::RaceWorker),
    (6, Fate::TwoWorkers),
    (8, Fate::RaceRouter),
    (6, Fate::TwoRouters),
];

/// How far the clock moves: weight, and at most so many milliseconds.
const JUMPS: &[(u64, i64)] =
    &[(30, 0), (25, 50), (22, 5_000), (14, 120_000), (8, 1_200_000), (4, 14_400_000), (1, 864_000_000)];

impl Episode {
    /// A new store with its fixtures.
    ///
    /// # Errors
    /// What keeps it from starting.
    pub async fn begin(seed: u64) -> Result<Self, Failure> {
        let mut random = Random::new(seed);
        let begun = async {
            let world = World::new(&mut random).await?;
            let places = furnish(&world).await?;
            Ok((world, places))
        };
        let (world, places) = begun.await.map_err(|failure: Failure| Failure { seed, ..failure })?;
        let (model, report, trace) = (Model::default(), Report::default(), VecDeque::new());
        Ok(Self { seed, step: 0, world, model, places, random, report, trace, number: 0, insists: None })
    }

    /// So many steps.
    ///
    /// # Errors
    /// The first thing that was wrong.
    pub async fn live(mut self, steps: u64) -> Result<Report, Failure> {
        let mut lived = Ok(());
        for _ in 0..steps {
            self.step += 1;
            lived = Box::pin(self.one_step()).await;
            if lived.is_ok() && (self.step.is_multiple_of(SWEEP) || self.step == steps) {
                lived = self.sweep(self.step == steps).await;
            }
            if lived.is_err() {
                break;
            }
        }
        self.report.steps = self.step;
        self.report.tasks = self.model.ids.len() as u64;
        self.report.hash = self.world.number();
        match lived {
            Ok(()) => Ok(self.report),
            Err(what) => {
                Err(Failure { seed: self.seed, step: self.step, what, trace: self.trace.into_iter().collect() })
            }
        }
    }

    pub(crate) fn tell(&mut self, line: String) {
        self.world.note(&line);
        if self.trace.len() == TRACE {
            self.trace.pop_front();
        }
        self.trace.push_back(line);
    }

    fn draw(&mut self) -> Act {
        match &mut self.insists {
            Some(Insistence { left: 0, .. }) => self.insists = None,
            Some(insists) => insists.left -= 1,
            None if self.random.chance(1) => self.insists = Insistence::begin(&mut self.random, &self.model),
            None => {}
        }
        let mut clients = Clients {
            random: &mut self.random,
            model: &self.model,
            places: &self.places,
            instance: &self.world.instance,
            now_ms: self.world.now_ms,
            number: self.number,
            insists: self.insists.as_ref(),
        };
        let act = clients.draw();
        self.number = clients.number + 1;
        act
    }

    async fn one_step(&mut self) -> Result<(), String> {
        let most = self.random.weighted(JUMPS);
        self.world.now_ms += self.random.between(0, most);
        let fate = self.random.weighted(FATES);
        let act = self.draw();
        match fate {
            Fate::RaceCall => self.race_calls(act).await?,
            Fate::RaceWorker => self.race_worker(act).await?,
            Fate::TwoWorkers => {
                self.one_call(act, Fate::Calm).await?;
                self.race_workers().await?;
            }
            Fate::RaceRouter => self.race_router(act).await?,
            Fate::TwoRouters => {
                self.one_call(act, Fate::Calm).await?;
                self.race_routers().await?;
            }
            _ => self.one_call(act, fate).await?,
        }
        if self.random.chance(55) {
            self.work().await?;
        }
        if self.random.chance(55) {
            self.route().await?;
        }
        if self.random.chance(1) {
            self.restart();
        }
        Ok(())
    }

    fn arm(&self, fate: Fate) {
        match fate {
            Fate::Before => self.world.faults.fail_before_commit(1),
            Fate::After => self.world.faults.fail_after_commit(1),
            Fate::Conflicts(n) => self.world.faults.fail_with_conflict(n),
            Fate::Calm | Fate::RaceCall | Fate::RaceWorker | Fate::TwoWorkers | Fate::RaceRouter | Fate::TwoRouters => {
            }
        }
    }

    /// An answer that only a failure explains is wrong without one.
    fn explained(fate: Fate, answer: &Answer) -> Result<(), String> {
        match answer {
            Answer::Internal(why) => Err(format!("an internal error: {why}")),
            Answer::Down if fate != Fate::Before => Err("the store is down by itself".to_owned()),
            Answer::Uncertain if fate != Fate::After => Err("the store is uncertain by itself".to_owned()),
            _ => Ok(()),
        }
    }

    async fn one_call(&mut self, act: Act, fate: Fate) -> Result<(), String> {
        let expect = match fate {
            Fate::Calm | Fate::Conflicts(_) => expect::of(&act, &self.model, self.world.now_ms),
            _ => Expect::Either,
        };
        self.arm(fate);
        let answer = self.world.call(&act.request).await;
        self.world.faults.clear();
        self.tell_call(&act, &answer, fate);
        Self::explained(fate, &answer)?;
        expect.judge(&answer)?;
        let failed = matches!(answer, Answer::Down | Answer::Uncertain);
        let observed = Observed { acts: vec![(act, answer)], worker: false, router: false, calm: fate != Fate::After };
        self.observe(BTreeSet::new(), observed).await?;
        if failed && self.random.chance(50) {
            self.restart();
        }
        Ok(())
    }

    async fn race_calls(&mut self, first: Act) -> Result<(), String> {
        let second = self.draw();
        let (world, request) = (&self.world, &first.request);
        let (answer, other) = world.race(world.call(request), world.call(&second.request)).await;
        self.tell_call(&first, &answer, Fate::RaceCall);
        self.tell_call(&second, &other, Fate::RaceCall);
        Self::explained(Fate::RaceCall, &answer)?;
        Self::explained(Fate::RaceCall, &other)?;
        let observed =
            Observed { acts: vec![(second, other), (first, answer)], worker: false, router: false, calm: false };
        self.observe(BTreeSet::new(), observed).await
    }

    async fn race_worker(&mut self, act: Act) -> Result<(), String> {
        let due = self.due().await?;
        let (answer, other) = self.world.race(self.world.round(), self.world.call(&act.request)).await;
        self.tell(format!("t {} worker, overtaken: {}", self.world.now_ms, short(&answer)));
        self.tell_call(&act, &other, Fate::RaceWorker);
        Self::explained(Fate::RaceWorker, &answer)?;
        Self::explained(Fate::RaceWorker, &other)?;
        self.observe(due, Observed { acts: vec![(act, other)], worker: true, router: false, calm: false }).await
    }

    async fn race_workers(&mut self) -> Result<(), String> {
        let due = self.due().await?;
        let world = &self.world;
        // Each has its own shards, or both hold a lease on all for a moment.
        let (first, second) = if self.random.chance(70) {
            world.race(world.half_round(0), world.half_round(1)).await
        } else {
            world.race(world.round(), world.round()).await
        };
        self.tell(format!("t {} two workers: {}, {}", self.world.now_ms, short(&first), short(&second)));
        Self::explained(Fate::TwoWorkers, &first)?;
        Self::explained(Fate::TwoWorkers, &second)?;
        self.observe(due, Observed { acts: Vec::new(), worker: true, router: false, calm: false }).await
    }

    async fn race_router(&mut self, act: Act) -> Result<(), String> {
        let (answer, other) = self.world.race(self.world.route(), self.world.call(&act.request)).await;
        self.tell(format!("t {} router, overtaken: {}", self.world.now_ms, short(&answer)));
        self.tell_call(&act, &other, Fate::RaceRouter);
        Self::explained(Fate::RaceRouter, &answer)?;
        Self::explained(Fate::RaceRouter, &other)?;
        let observed = Observed { acts: vec![(act, other)], worker: false, router: false, calm: false };
        self.observe(BTreeSet::new(), observed).await
    }

    async fn race_routers(&mut self) -> Result<(), String> {
        let world = &self.world;
        let (first, second) = world.race(world.route(), world.route()).await;
        self.tell(format!("t {} two routers: {}, {}", self.world.now_ms, short(&first), short(&second)));
        Self::explained(Fate::TwoRouters, &first)?;
        Self::explained(Fate::TwoRouters, &second)?;
        self.observe(BTreeSet::new(), Observed { acts: Vec::new(), worker: false, router: false, calm: false }).await
    }

    /// Routing, until everybody who is free has something or nothing waits; an injected failure may end the process in between.
    async fn route(&mut self) -> Result<(), String> {
        let fate =
            self.random.weighted(&[(86, Fate::Calm), (5, Fate::Before), (5, Fate::After), (4, Fate::Conflicts(2))]);
        self.arm(fate);
        let answer = self.world.route().await;
        self.world.faults.clear();
        self.tell(format!("t {} router, {fate:?}: {}", self.world.now_ms, short(&answer)));
        Self::explained(fate, &answer)?;
        let calm = fate == Fate::Calm;
        self.observe(BTreeSet::new(), Observed { acts: Vec::new(), worker: false, router: calm, calm: false }).await?;
        if matches!(answer, Answer::Down | Answer::Uncertain) {
            if self.random.chance(50) {
                self.restart();
            }
            return Ok(());
        }
        self.judge_rest()
    }

    async fn due(&self) -> Result<BTreeSet<String>, String> {
        Ok(self.world.due().await.map_err(|failure| failure.what)?.into_iter().collect())
    }

    /// The worker, round by round, until nothing is due; an injected failure may end the process in between.
    async fn work(&mut self) -> Result<(), String> {
        let fate =
            self.random.weighted(&[(86, Fate::Calm), (5, Fate::Before), (5, Fate::After), (4, Fate::Conflicts(2))]);
        self.arm(fate);
        for _ in 0..ROUNDS_MAX {
            let due = self.due().await?;
            if due.is_empty() {
                self.world.faults.clear();
                return self.at_rest().await;
            }
            let answer = self.world.round().await;
            let line = format!("t {} worker, {} due, {fate:?}: {}", self.world.now_ms, due.len(), short(&answer));
            self.tell(line);
            let spent = matches!(answer, Answer::Down | Answer::Uncertain);
            if spent {
                self.world.faults.clear();
                if self.random.chance(50) {
                    self.restart();
                }
            }
            Self::explained(fate, &answer)?;
            self.observe_beside(fate, due).await?;
        }
        Err("the worker does not come to rest".to_owned())
    }

    /// Observing commits what it has read: no injected failure of the step may hit that.
    async fn observe_beside(&mut self, fate: Fate, due: BTreeSet<String>) -> Result<(), String> {
        self.world.faults.clear();
        self.observe(due, Observed { acts: Vec::new(), worker: true, router: false, calm: false }).await?;
        if let Fate::Conflicts(_) = fate {
            self.arm(Fate::Conflicts(1));
        }
        Ok(())
    }

    async fn at_rest(&self) -> Result<(), String> {
        let shards: Vec<i64> = (0..store::SHARDS).collect();
        match self.world.store.next_due(&shards).await.map_err(|error| error.to_string())? {
            Some(due) if due <= self.world.now_ms => Err(format!("something is due since {due} and nobody handles it")),
            _ => Ok(()),
        }
    }

    fn restart(&mut self) {
        self.world.restart(&mut self.random);
        self.tell("restart".to_owned());
    }

    fn tell_call(&mut self, act: &Act, answer: &Answer, fate: Fate) {
        let outcome = match answer {
            Answer::Refused(name, _) => name,
            Answer::Done(_) => "done",
            Answer::Down => "down",
            Answer::Uncertain => "uncertain",
            Answer::Internal(_) => "internal",
        };
        if let (Intent::Transfer { .. }, Answer::Done(body), Some(insists)) = (&act.intent, answer, &mut self.insists) {
            insists.target = body["ContactId"].as_str().unwrap_or_default().to_owned();
        }
        self.report.meet(&format!("{} {outcome}", act.request.name()));
        let request = &act.request;
        let body = if request.body.is_null() { request.query.clone() } else { request.body.to_string() };
        let line = format!(
            "t {} {} {} {body} ({fate:?}): {}",
            self.world.now_ms,
            request.name(),
            request.labels.join(" "),
            short(answer)
        );
        self.tell(line);
    }
}

/// Rounds of the worker at one moment.
const ROUNDS_MAX: usize = 400;

fn short(answer: &Answer) -> String {
    let mut text = match answer {
        Answer::Done(body) => body.to_string(),
        Answer::Refused(name, message) => format!("{name}: {message}"),
        other => format!("{other:?}"),
    };
    if text.len() > 300 {
        let end = (0..=300).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(end);
    }
    text
}
