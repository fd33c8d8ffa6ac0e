//! The interleaved rounds: each sends the same requests to every server, one after another, so that a slow minute hits
//! all alike.

use std::net::SocketAddr;
use std::time::Duration;

use crate::cores::{Cores, Quiet, Side};
use crate::load::{self, Limit, Outcome, Requests};
use crate::moto::Moto;
use crate::series::{Ask, Key, Series, Subject};
use crate::template::{self, Dice};
use crate::world::{Recorded, World};

/// Templates that the hot reads keep to.
pub(crate) const HOT: usize = 10_000;
/// Concurrency at which the targets stand.
pub(crate) const USUAL: usize = 32;
pub(crate) const GETS: [usize; 4] = [1, 16, USUAL, 64];
pub(crate) const LISTS: [usize; 4] = [1, 16, USUAL, 64];
pub(crate) const CREATES: [usize; 3] = [1, 16, 64];
/// Concurrencies of the hand-made inserts.
pub(crate) const SINGLES: [usize; 2] = [1, 64];

/// What all rounds use.
pub(crate) struct Rounds<'a> {
    pub cores: Cores,
    pub quiet: &'a mut Quiet,
    pub series: &'a mut Series,
    pub dice: Dice,
    pub span: Duration,
}

/// The bare server: what each of its ports answers, and what is sent there.
#[derive(Default)]
pub(crate) struct Bare(Vec<(Ask, SocketAddr, Requests)>);

impl Bare {
    /// Adds a port. The requests are signed once, since nobody checks them; `body_len`: of the recorded answer.
    pub(crate) fn add(&mut self, ask: Ask, addr: SocketAddr, mut requests: Requests, body_len: usize) {
        requests.expect(body_len);
        self.0.push((ask, addr, requests));
    }

    /// With the requests of one world for the ports that answer what was recorded there.
    ///
    /// # Errors
    /// A refused request.
    pub(crate) fn of(world: &World, recorded: &[Recorded; 3], ports: [SocketAddr; 3]) -> Result<Self, String> {
        let server = world.server()?;
        let mut dice = Dice::new(7);
        let gets = server.remote.gets(&world.walk.templates, 5_000, || dice.below(world.walk.templates.len()))?;
        let lists = server.remote.lists(&world.walk, 1_000, || 0);
        let creates = template::creates(&mut server.remote.signer(), &world.body, 997, 0, 2_000, true);
        let mut bare = Self::default();
        bare.add(Ask::Get, ports[0], gets, recorded[0].1);
        bare.add(Ask::List, ports[1], lists, recorded[1].1);
        bare.add(Ask::Create, ports[2], creates, recorded[2].1);
        Ok(bare)
    }
}

impl Rounds<'_> {
    /// Reads of all worlds, the bare server and, at one concurrency, the peer.
    ///
    /// # Errors
    /// Any answer that is not the expected one.
    pub(crate) fn reads(&mut self, worlds: &[World], bare: &Bare, moto: Option<&Moto>) -> Result<(), String> {
        for connections in GETS {
            for world in worlds {
                self.get(world, Subject::Taskform(world.engine, world.size), connections, world.walk.templates.len())?;
            }
            self.bare(bare, Ask::Get, connections)?;
        }
        if let Some(world) = worlds.first() {
            self.under_policy(world)?;
        }
        for world in worlds.iter().filter(|world| world.walk.templates.len() > HOT) {
            self.get(world, Subject::Hot(world.engine, world.size), USUAL, HOT)?;
        }
        for connections in LISTS {
            for world in worlds {
                self.list(world, connections)?;
            }
            self.bare(bare, Ask::List, connections)?;
        }
        if let Some(moto) = moto {
            let key = Key { subject: Subject::Moto, ask: Ask::DescribeInstance, connections: USUAL };
            self.run(key, moto.addr, &moto.requests, Limit::Time(self.span))?;
        }
        Ok(())
    }

    /// Creates in all worlds, the same rows by hand, and the bare server's answers.
    ///
    /// # Errors
    /// Any answer that is not the expected one.
    pub(crate) fn writes(&mut self, worlds: &mut [World], bare: &Bare) -> Result<(), String> {
        for connections in CREATES {
            for world in worlds.iter_mut() {
                self.create(world, connections)?;
                if SINGLES.contains(&connections) {
                    self.quiet.wait();
                    let outcome = world.single(connections, self.span)?;
                    let subject = Subject::Single(world.engine, world.size);
                    self.series.add(Key { subject, ask: Ask::Create, connections }, outcome);
                }
            }
            self.bare(bare, Ask::Create, connections)?;
        }
        Ok(())
    }

    /// Gets of templates drawn anew from the first `among`.
    ///
    /// # Errors
    /// Any answer that is not the expected one.
    pub(crate) fn get(
        &mut self,
        world: &World,
        subject: Subject,
        connections: usize,
        among: usize,
    ) -> Result<(), String> {
        let server = world.server()?;
        let count = self.enough(connections, 10_000, 75_000).min(among.max(5_000));
        let requests = server.remote.gets(&world.walk.templates, count, || self.dice.below(among))?;
        self.run(Key { subject, ask: Ask::Get, connections }, server.remote.addr, &requests, Limit::Time(self.span))
    }

    /// Gets with the key whose policy asks for tags.
    fn under_policy(&mut self, world: &World) -> Result<(), String> {
        let server = world.server()?;
        let among = world.walk.templates.len();
        let count = self.enough(USUAL, 10_000, 75_000).min(among.max(5_000));
        let key = world.policy_key.key();
        let requests = server.remote.gets_as(key, &world.walk.templates, count, || self.dice.below(among))?;
        let subject = Subject::UnderPolicy(world.engine, world.size);
        let key = Key { subject, ask: Ask::Get, connections: USUAL };
        self.run(key, server.remote.addr, &requests, Limit::Time(self.span))
    }

    fn list(&mut self, world: &World, connections: usize) -> Result<(), String> {
        let server = world.server()?;
        let pages = world.walk.pages.len();
        let requests = server.remote.lists(&world.walk, 2_000, || self.dice.below(pages));
        let key = Key { subject: Subject::Taskform(world.engine, world.size), ask: Ask::List, connections };
        self.run(key, server.remote.addr, &requests, Limit::Time(self.span))
    }

    fn create(&mut self, world: &mut World, connections: usize) -> Result<(), String> {
        let series = world.next_series();
        let server = world.server()?;
        let count = self.enough(connections, 10_000, 40_000) as u64;
        let requests = template::creates(&mut server.remote.signer(), &world.body, series, 0, count, true);
        let key = Key { subject: Subject::Taskform(world.engine, world.size), ask: Ask::Create, connections };
        self.run(key, server.remote.addr, &requests, Limit::OnceWithin(self.span))
    }

    /// What the bare server answers to this.
    ///
    /// # Errors
    /// Any answer that is not the expected one.
    pub(crate) fn bare(&mut self, bare: &Bare, ask: Ask, connections: usize) -> Result<(), String> {
        let port = bare.0.iter().find(|(answered, ..)| *answered == ask);
        let (_, addr, requests) = port.ok_or_else(|| format!("the bare server does not answer {ask:?}"))?;
        let key = Key { subject: Subject::Bare, ask, connections };
        self.run(key, *addr, requests, Limit::Time(self.span))
    }

    /// Waits for quiet, sends, and keeps the outcome.
    ///
    /// # Errors
    /// Any answer that is not the expected one.
    pub(crate) fn run(&mut self, key: Key, addr: SocketAddr, requests: &Requests, limit: Limit) -> Result<(), String> {
        self.quiet.wait();
        let outcome = self.send(addr, requests, key.connections, limit)?;
        self.series.add(key, outcome);
        Ok(())
    }

    /// Sends from the load's core.
    ///
    /// # Errors
    /// Any answer that is not the expected one.
    pub(crate) fn send(
        &self,
        addr: SocketAddr,
        requests: &Requests,
        connections: usize,
        limit: Limit,
    ) -> Result<Outcome, String> {
        self.cores.on(Side::Load, || load::run(addr, requests, connections, limit))
    }

    /// Requests for one span at a rate that a server will not pass.
    pub(crate) fn enough(&self, connections: usize, alone: u64, many: u64) -> usize {
        let rate = if connections == 1 { alone } else { many };
        (rate as f64 * self.span.as_secs_f64()) as usize
    }
}
