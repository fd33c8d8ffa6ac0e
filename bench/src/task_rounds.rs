//! The rounds about tasks, interleaved as the others.

use std::time::{Duration, Instant};

use crate::inside::Inside;
use crate::load::{Limit, Outcome};
use crate::rounds::{Bare, Rounds, USUAL};
use crate::series::{Ask, Key, Subject};
use crate::task::{self, Search};
use crate::task_world::{TaskWorld, until};

pub(crate) const DESCRIBES: [usize; 4] = [1, 16, USUAL, 64];
/// Concurrencies of the searches that look at no more than a stretch or a page.
pub(crate) const SEARCHES: [usize; 3] = [1, 16, 64];
/// And of those that count all tasks: a million take a core a while.
pub(crate) const COUNTS: [usize; 2] = [1, 16];
pub(crate) const STARTS: [usize; 3] = [1, 16, 64];

impl Rounds<'_> {
    /// Reads of all worlds and the bare server.
    ///
    /// # Errors
    /// Any answer that is not the expected one.
    pub(crate) fn task_reads(&mut self, worlds: &[TaskWorld], bare: &Bare) -> Result<(), String> {
        for connections in DESCRIBES {
            for world in worlds {
                self.describe(world, connections)?;
            }
            self.bare(bare, Ask::Describe, connections)?;
        }
        for connections in SEARCHES {
            for world in worlds {
                self.search(world, Ask::Search, &world.stretches, connections)?;
                self.search(world, Ask::SearchNext, &world.next_pages, connections)?;
            }
            self.bare(bare, Ask::Search, connections)?;
        }
        for connections in COUNTS {
            for world in worlds {
                self.search(world, Ask::SearchAll, &world.first_page, connections)?;
            }
        }
        Ok(())
    }

    /// Starts in all worlds, the same rows by hand where there is a copy for them, and the bare server's answers.
    ///
    /// # Errors
    /// Any answer that is not the expected one; a task that does not get into its queue.
    pub(crate) fn task_writes(&mut self, worlds: &mut [TaskWorld], bare: &Bare) -> Result<(), String> {
        for connections in STARTS {
            for world in worlds.iter_mut() {
                self.start(world, connections)?;
                self.by_hand(world, Subject::Single(world.engine, world.size), Ask::Start, connections)?;
            }
            self.bare(bare, Ask::Start, connections)?;
        }
        Ok(())
    }

    /// Hand-made inserts, where there is a copy for them.
    ///
    /// # Errors
    /// An insert that fails.
    pub(crate) fn by_hand(
        &mut self,
        world: &mut TaskWorld,
        subject: Subject,
        ask: Ask,
        connections: usize,
    ) -> Result<(), String> {
        if world.takes_rows_by_hand() {
            self.quiet.wait();
            let outcome = world.single(connections, self.span)?;
            self.series.add(Key { subject, ask, connections }, outcome);
        }
        Ok(())
    }

    /// Describes tasks drawn from all.
    ///
    /// # Errors
    /// Any answer that is not the expected one.
    pub(crate) fn describe(&mut self, world: &TaskWorld, connections: usize) -> Result<(), String> {
        let server = world.server()?;
        let (count, among) = (self.enough(connections, 10_000, 60_000), world.size as usize - 1);
        let requests = server.remote.describes(count, Some(world.described), || world.id(self.dice.below(among)));
        let key = Key { subject: Subject::Taskform(world.engine, world.size), ask: Ask::Describe, connections };
        self.run(key, server.remote.addr, &requests, Limit::Time(self.span))
    }

    fn search(&mut self, world: &TaskWorld, ask: Ask, all: &[Search], connections: usize) -> Result<(), String> {
        let server = world.server()?;
        let requests = task::searches(&mut server.remote.signer(), all, 2_000, || self.dice.below(all.len()));
        let key = Key { subject: Subject::Taskform(world.engine, world.size), ask, connections };
        self.run(key, server.remote.addr, &requests, Limit::Time(self.span))
    }

    /// Starts, and how long it takes from the first of them until the last is in its queue.
    fn start(&mut self, world: &mut TaskWorld, connections: usize) -> Result<(), String> {
        let series = world.next_series();
        let server = world.server()?;
        let count = self.enough(connections, 5_000, 20_000) as u64;
        let requests = task::starts(&mut server.remote.signer(), &world.body, series, 0, count);
        let inside = Inside::open(world.storage())?;
        let (open, queued) = (inside.open_tasks()?, inside.queued()?);
        let key = |ask| Key { subject: Subject::Taskform(world.engine, world.size), ask, connections };
        self.quiet.wait();
        let began = Instant::now();
        let outcome = self.send(server.remote.addr, &requests, connections, Limit::OnceWithin(self.span))?;
        let started = inside.open_tasks()? - open;
        until(started, || Ok(inside.queued()? - queued))?;
        let through = Outcome {
            answers: u64::try_from(started).unwrap_or(0),
            elapsed: began.elapsed(),
            p50: Duration::ZERO,
            p99: Duration::ZERO,
        };
        self.series.add(key(Ask::Start), outcome);
        self.series.add(key(Ask::Through), through);
        Ok(())
    }
}
