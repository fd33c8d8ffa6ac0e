//! The context: everything an operation may use, and nothing else. Time and ids come from here.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use engine::arn::Home;
use store::Store;
use wire::Op;

use crate::agent::views::Book;
use crate::base::access::Access;
use crate::base::locks::KeyedLocks;
use crate::base::notifier::Notifier;
use crate::base::routing::Routing;
use crate::flow::documents::DocumentCache;
use crate::signin::SignIns;
use crate::template::optimistic::OptimisticCreates;
use crate::worker::calls::Calls;
use crate::{Error, Limits, Result, Service, Settings};

/// What one call of an operation may use.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cx<'a> {
    service: &'a Service,
    op: Op,
    access: Option<&'a Access<'a>>,
    /// The time of the request, epoch milliseconds.
    pub(crate) now_ms: i64,
}

impl<'a> Cx<'a> {
    pub(crate) fn new(service: &'a Service, op: Op, now_ms: i64) -> Self {
        Self { service, op, access: None, now_ms }
    }

    /// The same for a call that policies decide about.
    pub(crate) fn with(self, access: Option<&'a Access<'a>>) -> Self {
        Self { access, ..self }
    }

    /// What decides about the call; `None` for administrators, and for what no client asked for.
    pub(crate) fn access(&self) -> Option<&'a Access<'a>> {
        self.access
    }

    pub(crate) fn store(&self) -> &'a Store {
        &self.service.inner.store
    }

    /// The running operation.
    pub(crate) fn op(&self) -> Op {
        self.op
    }

    /// The keyed locks under which writers of one key take turns.
    pub(crate) fn locks(&self) -> &'a KeyedLocks {
        &self.service.inner.locks
    }

    /// Notifies the worker and the dispatcher after a commit.
    pub(crate) fn notifier(&self) -> &'a Notifier {
        &self.service.inner.notifier
    }

    /// The instances that a routing pass is to follow.
    pub(crate) fn routing(&self) -> &'a Routing {
        &self.service.inner.routing
    }

    /// The screens of agents that this process keeps up to date.
    pub(crate) fn views(&self) -> &'a Book {
        &self.service.inner.views
    }

    /// The cache of parsed flow contents.
    pub(crate) fn documents(&self) -> &'a DocumentCache {
        &self.service.inner.documents
    }

    /// Functions that flows may call, and the calls in progress.
    pub(crate) fn calls(&self) -> Option<&'a Arc<Calls>> {
        self.service.inner.calls.get()
    }

    /// Whether the worker of this process is shutting down.
    pub(crate) fn is_stopping(&self) -> bool {
        self.service.inner.stopping.load(Ordering::Relaxed)
    }

    /// A permit to run a slice of a flow; bounded, so that computing flows leave threads to requests.
    pub(crate) async fn flow_turn(&self) -> Result<tokio::sync::SemaphorePermit<'a>> {
        self.service.inner.flow_turns.acquire().await.map_err(Error::internal)
    }

    /// The same, if one is free.
    pub(crate) fn try_flow_turn(&self) -> Option<tokio::sync::SemaphorePermit<'a>> {
        self.service.inner.flow_turns.try_acquire().ok()
    }

    /// A permit to purge a deleted instance, if one is free.
    pub(crate) fn try_purge_turn(&self) -> Option<tokio::sync::SemaphorePermit<'a>> {
        self.service.inner.purge_turns.try_acquire().ok()
    }

    /// A number from 1 to 100, drawn evenly.
    pub(crate) fn percent(&self) -> u8 {
        self.service.inner.ids.percent()
    }

    /// Passwords that are compared, and waits after wrong ones.
    pub(crate) fn sign_ins(&self) -> &'a SignIns {
        self.service.sign_ins()
    }

    /// State for creates that commit optimistically, without reading first.
    pub(crate) fn optimistic(&self) -> &'a OptimisticCreates {
        &self.service.inner.optimistic
    }

    pub(crate) fn settings(&self) -> &'a Settings {
        &self.service.inner.settings
    }

    /// The quotas of an instance (task-templates 2.7.4).
    pub(crate) fn limits(&self, instance: &str) -> &'a Limits {
        let settings = self.settings();
        settings.limits_of.get(instance).unwrap_or(&settings.limits)
    }

    pub(crate) fn token_key(&self) -> &'a [u8; 32] {
        &self.service.inner.token_key.0
    }

    /// A fresh id, a lower-case version-4 UUID.
    pub(crate) fn new_id(&self) -> String {
        self.service.inner.ids.next()
    }

    /// Partition, region and account of this installation.
    pub(crate) fn home(&self) -> Home<'a> {
        let settings = self.settings();
        Home { partition: settings.partition, region: &settings.region, account: &settings.account }
    }
}
