//! Connection slots: a limit, and which connection makes room when it is reached.
//!
//! When all slots are taken, the connection that has been idle for longest ends. When none is idle, one whose requests are
//! of unknown senders does. When every connection works for a known caller, the newcomer gets one of a few spare slots, on
//! which only health is answered. A connection of HTTP/1 that carries a stream of the agent API has a slot of another kind, of which
//! there are as many as streams, so that streams take nothing from other requests.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::progress::{Progress, Standing, Ticks};

/// Connections beyond the limit, on which `/healthz`, `/readyz` and `/metrics` are answered and nothing else.
pub const SPARE_CONNECTIONS: usize = 32;

/// Connections that were told to end and have not ended yet; they are closed within [`super::LEAVE_TIME`].
const LEAVING_MAX: usize = 256;

/// Connections that are found in one scan of all of them, the first to end first.
const FOUND_AT_ONCE: usize = 64;

/// Time between two scans while no connection can end.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// All slots.
#[derive(Debug)]
pub(super) struct ConnectionSlots {
    limit: usize,
    normal: Arc<Semaphore>,
    spare: Arc<Semaphore>,
    leaving: Arc<Semaphore>,
    streams_limit: usize,
    streams: Arc<Semaphore>,
    clock: Arc<Ticks>,
    next: AtomicU64,
    members: Mutex<HashMap<u64, Arc<Member>>>,
    /// Those that were found to be able to end, the first to end first.
    found: Mutex<VecDeque<Found>>,
}

/// A connection that could end, as it was when it was found.
#[derive(Debug)]
struct Found {
    spare: bool,
    standing: Standing,
    member: Arc<Member>,
}

/// The right to be connected.
#[derive(Debug)]
pub(super) struct Permit {
    kind: Kind,
    _permit: OwnedSemaphorePermit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Normal,
    /// For health.
    Spare,
    /// The connection is ending; its slot is another's.
    Leaving,
    /// The connection carries a stream, or did so last.
    Stream,
}

impl Permit {
    /// A permit if there is one.
    fn of(kind: Kind, semaphore: &Arc<Semaphore>) -> Option<Self> {
        let permit = Arc::clone(semaphore).try_acquire_owned().ok()?;
        Some(Self { kind, _permit: permit })
    }
}

/// A connection and its permit.
#[derive(Debug)]
struct Member {
    progress: Arc<Progress>,
    permit: Mutex<Permit>,
}

impl ConnectionSlots {
    /// For so many connections, and so many streams beside them.
    pub(super) fn new(limit: usize, streams: usize) -> Arc<Self> {
        Self::with_clock(limit, streams, Ticks::start())
    }

    fn with_clock(limit: usize, streams_limit: usize, clock: Arc<Ticks>) -> Arc<Self> {
        Arc::new(Self {
            limit,
            normal: Arc::new(Semaphore::new(limit)),
            spare: Arc::new(Semaphore::new(SPARE_CONNECTIONS)),
            leaving: Arc::new(Semaphore::new(LEAVING_MAX)),
            streams_limit,
            streams: Arc::new(Semaphore::new(streams_limit)),
            clock,
            next: AtomicU64::new(0),
            members: Mutex::default(),
            found: Mutex::default(),
        })
    }

    /// A permit for one more connection; `made_room` is called for each that ends for it. Waits while nothing can end.
    pub(super) async fn permit(&self, made_room: impl Fn()) -> Permit {
        loop {
            if let Some(permit) = Permit::of(Kind::Normal, &self.normal) {
                return permit;
            }
            if let Some(permit) = self.take_over(false) {
                made_room();
                return permit;
            }
            if let Some(permit) = Permit::of(Kind::Spare, &self.spare) {
                return permit;
            }
            // A permit that is given back is seen at once, one that could be taken over a little later.
            if let Ok(Ok(permit)) = tokio::time::timeout(LOOK_AGAIN, Arc::clone(&self.normal).acquire_owned()).await {
                return Permit { kind: Kind::Normal, _permit: permit };
            }
        }
    }

    /// Connects.
    pub(super) fn enter(self: &Arc<Self>, permit: Permit) -> ConnectionSlot {
        let progress = Arc::new(Progress::new(Arc::clone(&self.clock)));
        let member = Arc::new(Member { progress, permit: Mutex::new(permit) });
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        locked(&self.members).insert(id, Arc::clone(&member));
        ConnectionSlot { slots: Arc::clone(self), id, member }
    }

    /// Done when no connection is left.
    pub(super) async fn empty(&self) {
        let all = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let _normal = self.normal.acquire_many(all(self.limit)).await;
        let _spare = self.spare.acquire_many(all(SPARE_CONNECTIONS)).await;
        let _leaving = self.leaving.acquire_many(all(LEAVING_MAX)).await;
        let _streams = self.streams.acquire_many(all(self.streams_limit)).await;
    }

    /// How many connections there are.
    pub(super) fn open(&self) -> usize {
        locked(&self.members).len()
    }

    /// Ends a connection and takes its permit over. Where a request is `waiting` for it, it is a normal one.
    fn take_over(&self, waiting: bool) -> Option<Permit> {
        let leaving = Permit::of(Kind::Leaving, &self.leaving)?;
        let mut looked = false;
        loop {
            let Some(found) = locked(&self.found).pop_front() else {
                if std::mem::replace(&mut looked, true) {
                    return None;
                }
                *locked(&self.found) = self.look(waiting);
                continue;
            };
            let mut permit = locked(&found.member.permit);
            let other = matches!(permit.kind, Kind::Leaving | Kind::Stream);
            if found.member.progress.standing(waiting) != Some(found.standing) || other {
                continue;
            }
            if waiting && permit.kind == Kind::Spare {
                // Spare ones come last: of those that were found there is no other.
                if looked {
                    return None;
                }
                drop(permit);
                locked(&self.found).clear();
                continue;
            }
            let taken = std::mem::replace(&mut *permit, leaving);
            drop(permit);
            found.member.progress.end();
            return Some(taken);
        }
    }

    /// The connections that can end, in the order in which they should; those on spare slots come last.
    fn look(&self, waiting: bool) -> VecDeque<Found> {
        let mut found: Vec<_> = locked(&self.members)
            .values()
            .filter_map(|member| {
                let standing = member.progress.standing(waiting)?;
                let kind = locked(&member.permit).kind;
                let found = Found { spare: kind != Kind::Normal, standing, member: Arc::clone(member) };
                (kind != Kind::Stream).then_some(found)
            })
            .collect();
        let order = |found: &Found| (found.spare, found.standing);
        if found.len() > FOUND_AT_ONCE {
            found.select_nth_unstable_by_key(FOUND_AT_ONCE, order);
            found.truncate(FOUND_AT_ONCE);
        }
        found.sort_unstable_by_key(order);
        found.into()
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A connection's slot; given back when this is dropped.
#[derive(Debug)]
pub(crate) struct ConnectionSlot {
    slots: Arc<ConnectionSlots>,
    id: u64,
    member: Arc<Member>,
}

impl ConnectionSlot {
    pub(crate) fn progress(&self) -> &Arc<Progress> {
        &self.member.progress
    }

    /// Whether every request may be answered here: a spare slot becomes a normal one when there is one, or an idle
    /// connection has one.
    pub(crate) fn is_for_all(&self) -> bool {
        if !matches!(locked(&self.member.permit).kind, Kind::Spare | Kind::Stream) {
            return true;
        }
        let free = Permit::of(Kind::Normal, &self.slots.normal);
        let Some(normal) = free.or_else(|| self.slots.take_over(true)) else { return false };
        let mut permit = locked(&self.member.permit);
        if matches!(permit.kind, Kind::Spare | Kind::Stream) {
            *permit = normal;
        }
        true
    }

    /// The connection carries a stream and nothing else from now on: its slot is free for another, if there is one for streams.
    pub(crate) fn streams(&self) {
        let mut permit = locked(&self.member.permit);
        if let Some(stream) = Permit::of(Kind::Stream, &self.slots.streams).filter(|_| permit.kind == Kind::Normal) {
            *permit = stream;
        }
    }
}

impl Drop for ConnectionSlot {
    fn drop(&mut self) {
        locked(&self.slots.members).remove(&self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slots(limit: usize) -> Arc<ConnectionSlots> {
        ConnectionSlots::with_clock(limit, 2, Ticks::by_hand())
    }

    async fn enter(slots: &Arc<ConnectionSlots>) -> ConnectionSlot {
        let permit = slots.permit(|| {}).await;
        slots.enter(permit)
    }

    fn is_leaving(slot: &ConnectionSlot) -> bool {
        locked(&slot.member.permit).kind == Kind::Leaving
    }

    #[tokio::test]
    async fn the_longest_idle_makes_room() {
        let slots = slots(3);
        let mut all = Vec::new();
        for _ in 0..3 {
            all.push(enter(&slots).await);
            slots.clock.advance(10);
        }
        drop(all[0].progress().begin(true));
        slots.clock.advance(1_000);
        let newcomer = enter(&slots).await;
        assert_eq!(all.iter().map(is_leaving).collect::<Vec<_>>(), [false, true, false]);
        assert!(newcomer.is_for_all());
        all[1].progress().ended().await;
        let _other = enter(&slots).await;
        assert_eq!(all.iter().map(is_leaving).collect::<Vec<_>>(), [false, true, true]);
        assert_eq!(slots.open(), 5, "two of them are ending");
    }

    #[tokio::test]
    async fn known_callers_are_never_closed_and_health_has_spare_places() {
        let slots = slots(2);
        let (known, unknown) = (enter(&slots).await, enter(&slots).await);
        let (_requests, _verified) =
            ((known.progress().begin(true), unknown.progress().begin(true)), known.progress().verified());
        slots.clock.advance(500);
        let spare = enter(&slots).await;
        assert!(!spare.is_for_all());
        let _request = spare.progress().begin(true);
        let _verified_too = spare.progress().verified();
        slots.clock.advance(2_000);
        let newcomer = enter(&slots).await;
        assert!(is_leaving(&unknown) && newcomer.is_for_all(), "after a second the unknown one makes room");
        drop(newcomer);
        assert!(spare.is_for_all(), "there is a normal slot again");
        let spare_left = slots.spare.available_permits();
        assert_eq!(spare_left, SPARE_CONNECTIONS, "and the spare one is free");
    }

    /// tasks 6
    #[tokio::test]
    async fn streams_leave_their_slots_to_other_requests() {
        let slots = slots(1);
        let stream = enter(&slots).await;
        stream.streams();
        let other = enter(&slots).await;
        assert!(other.is_for_all() && !is_leaving(&stream), "the slot of the stream is free");
        let request = (other.progress().begin(true), other.progress().verified());
        slots.clock.advance(5_000);
        assert!(!stream.is_for_all(), "after the stream a slot for requests is needed again");
        let spare = enter(&slots).await;
        assert!(!spare.is_for_all() && !is_leaving(&stream), "and its own is no slot for requests");
        drop(request);
        drop(other);
        assert!(stream.is_for_all());
        assert_eq!(slots.streams.available_permits(), 2);
    }

    #[tokio::test]
    async fn waits_while_nothing_can_end() {
        let slots = slots(1);
        let mut all = Vec::new();
        let mut guards = Vec::new();
        for _ in 0..=SPARE_CONNECTIONS {
            all.push(enter(&slots).await);
        }
        for slot in &all {
            guards.push((slot.progress().begin(true), slot.progress().verified()));
        }
        slots.clock.advance(5_000);
        assert!(tokio::time::timeout(LOOK_AGAIN * 3, enter(&slots)).await.is_err());
        guards.remove(7);
        slots.clock.advance(1_000);
        assert!(tokio::time::timeout(Duration::from_secs(30), enter(&slots)).await.is_ok());
        assert!(is_leaving(&all[7]));
        drop(guards);
        drop(all);
        slots.empty().await;
    }
}
