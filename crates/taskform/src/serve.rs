//! `taskform serve`: startup, from settings to a server that answers, and orderly shutdown.

use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use service::{Dispatcher, Ids, Readiness, Service, SinkCounts};
use store::Store;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Semaphore, watch};

use crate::app::{App, Dev};
use crate::auth::{Authenticator, Diagnoses};
use crate::body::DISCARDS;
use crate::buffers::Buffers;
use crate::clock::Clock;
use crate::events;
use crate::function::Endpoints;
use crate::gauges::Gauges;
use crate::http::{Shell, clock as test_clock};
use crate::listen::{self, Acceptor, Server};
use crate::metrics::Metrics;
use crate::outgoing::{Guard, Outgoing};
use crate::per_address::{PerAddress, Unverified};
use crate::probe::Probe;
use crate::request_log::UnverifiedLines;
use crate::servers;
use crate::settings::Settings;
use crate::startup::{self, Opened, Role, StartError};
use crate::streams::Streams;
use crate::throttle::Throttle;
use crate::welcome::{self, Url};

pub use crate::welcome::{DEV_INSTANCE, DEV_KEY};

/// Serves until SIGTERM or SIGINT, or until its terminal is closed. `out` gets the banner, the lines of the first start and the readiness line.
///
/// # Errors
/// What kept the server from starting.
pub async fn serve(settings: Settings, out: &mut impl Write) -> Result<(), StartError> {
    let mut clock = Clock::system();
    let tls = settings.tls.as_ref().map(listen::acceptor).transpose()?;
    let address = settings.listen;
    let listener = listen::listener(address).map_err(|source| StartError::Listen { address, source })?;
    let address = listener.local_addr()?;
    let url = Url::of(address, &settings);
    let mut signals = Signals::new()?;
    startup::check_events_file(&settings)?;
    let opened = startup::open(&settings, Role::Server).await?;
    let store = opened.store.clone();
    if settings.dev {
        clock = test_clock::begin(clock, &store, settings.dev_clock_ms).await.map_err(StartError::Store)?;
    }
    let service = service(&settings, &opened);
    let guard = Guard::new(settings.outgoing_allowed.clone(), address);
    let dispatcher = outside(&settings, &opened, &service, guard)?;
    events::report_strays(&store, &settings).await?;
    let facts =
        servers::Server { started_ms: clock.now_ms(), sinks: settings.events.names(), endpoint: url.endpoint.clone() };
    servers::record(&store, service.process_id(), &facts).await?;
    let sinks = dispatcher.counts();
    // The key of a first start is known to nobody until it is printed: nothing that can fail comes in between.
    let first = welcome::first_start(&settings, &opened, &service, clock.service_ms()).await?;
    welcome::print(out, &first, &url, &settings)?;
    out.flush()?;
    let gauges = Gauges::new(&service, &clock);
    let work = Work::start(&service, &clock, dispatcher, gauges.clone());
    let limit = settings.http.shutdown_time.max(CLOSE_AT_LEAST);
    let engine = settings.storage.engine.name();
    let dev_clock = settings.dev.then(|| clock.clone());
    let mut app = app(settings, opened, service, clock);
    watch(&mut app, sinks, gauges);
    let app = Arc::new(app);
    let server = Server::new(Arc::clone(&app), Shell::new(app), tls.clone());
    writeln!(out, "{}", url.ready())?;
    out.flush()?;
    tracing::info!(address = %address, engine, version = env!("CARGO_PKG_VERSION"), "ready");
    server
        .run(listener, async {
            let signal = signals.stop(tls.as_deref()).await;
            tracing::info!(?signal, "stopping");
            tokio::spawn(async move {
                signals.again().await;
                tracing::warn!("a second signal: stopping at once");
                std::process::exit(130);
            });
        })
        .await;
    within(limit, close(work, dev_clock, store)).await?;
    tracing::info!("stopped");
    Ok(())
}

/// Has `/metrics` show the program's parts.
fn watch(app: &mut App, sinks: Vec<Arc<SinkCounts>>, gauges: Gauges) {
    app.metrics.watch_store(gauges);
    app.metrics.watch_sinks(sinks);
    app.metrics.watch_background(&app.service);
    app.metrics.watch_sign_ins(&app.service);
    app.metrics.watch_buffers(app.buffers.clone(), &app.http);
    app.metrics.watch_streams(&app.streams);
    app.metrics.watch_unverified(&app.unverified);
}

/// Stops the background work, notes the time of tasks where that is moved, and closes the store.
async fn close(work: Work, dev_clock: Option<Clock>, store: Store) -> Result<(), store::Error> {
    work.stop().await;
    if let Some(clock) = dev_clock
        && let Err(error) = test_clock::end(&clock, &store).await
    {
        tracing::warn!(%error, "the time that the store was last in use at could not be noted");
    }
    store.close().await
}

/// The store gets at least this long to close, also when running requests get no time.
const CLOSE_AT_LEAST: Duration = Duration::from_secs(5);

/// A store that does not answer must not keep the program from ending. What it has confirmed is safe, so giving up loses
/// nothing that a client was promised.
async fn within(limit: Duration, closed: impl Future<Output = Result<(), store::Error>>) -> Result<(), store::Error> {
    tokio::time::timeout(limit, closed).await.unwrap_or_else(|_| {
        let seconds = limit.as_secs();
        tracing::error!(seconds, "the store did not close in time; ending without");
        Ok(())
    })
}

/// The operations over an open store.
#[must_use]
pub fn service(settings: &Settings, opened: &Opened) -> Service {
    let facts = service::Settings {
        partition: opened.identity.partition,
        region: opened.identity.region.clone(),
        account: opened.identity.account.clone(),
        limits: settings.limits.clone(),
        limits_of: settings.limits_of.clone(),
        accept_seconds: settings.accept_seconds,
        schedule_ahead_days: settings.schedule_ahead_days,
        predefined_attributes: settings.predefined_attributes.clone(),
        sinks: settings.events.names(),
        first_steps: true,
    };
    let service = Service::new(opened.store.clone(), facts, *opened.page_token_key, Ids::random());
    service.use_sign_in(settings.sign_in);
    service
}

/// Outgoing requests: functions for flows, and the delivery of events.
fn outside(settings: &Settings, opened: &Opened, service: &Service, guard: Guard) -> Result<Dispatcher, StartError> {
    let client = Outgoing::new(guard)?;
    let sinks = events::sinks(&settings.events, &opened.identity, &client)?;
    if !settings.functions.is_empty() {
        service.use_functions(Arc::new(Endpoints::new(settings.functions.clone(), client)), settings.calls);
    }
    Ok(service.dispatcher(sinks, settings.events.tries, settings.events.limits))
}

/// Puts together what answering a request needs.
#[must_use]
pub fn app(settings: Settings, opened: Opened, service: Service, clock: Clock) -> App {
    let Opened { vault, identity, .. } = opened;
    let mut authenticator = Authenticator::new(&service, vault, identity.partition.as_str());
    if settings.dev {
        authenticator = authenticator.with_fixed(DEV_KEY, DEV_KEY, &identity.account);
    }
    App {
        service,
        authenticator,
        throttle: Throttle::new(&settings.throttle),
        buffers: Buffers::new(&settings.http),
        streams: Streams::new(settings.agent_streams),
        discards: Arc::new(Semaphore::new(DISCARDS)),
        metrics: Metrics::default(),
        http: settings.http,
        auth: settings.auth,
        identity,
        log_requests: settings.log.requests,
        unverified_lines: UnverifiedLines::default(),
        unverified: Unverified::new(settings.auth.refused_per_second),
        tls_to_plain: PerAddress::new(1),
        diagnoses: Diagnoses::default(),
        clock,
        started: Instant::now(),
        probe: Probe::default(),
        draining: AtomicBool::new(false),
        dev: settings
            .dev
            .then(|| Dev { allow_remote: settings.dev_allow_remote, clock_turn: tokio::sync::Mutex::default() }),
        hook: None,
    }
}

/// The work that no request waits for: timers and flows, delivery of events, leases, cleaning up.
struct Work {
    stop: watch::Sender<bool>,
    tasks: Vec<(&'static str, tokio::task::JoinHandle<()>)>,
    /// Leases are given back last, when nobody works under them any more.
    release: watch::Sender<bool>,
    shards: tokio::task::JoinHandle<()>,
}

impl Work {
    fn start(service: &Service, clock: &Clock, dispatcher: Dispatcher, gauges: Gauges) -> Self {
        let (stop, stopped) = watch::channel(false);
        let (release, released) = watch::channel(false);
        let now = |clock: &Clock| {
            let clock = clock.clone();
            move || clock.service_ms()
        };
        let (to_route, to_view) = (now(clock), now(clock));
        let (to_clean, to_work, to_deliver, to_share) = (now(clock), now(clock), now(clock), now(&Clock::system()));
        let to_expire = now(&Clock::system());
        let deliver = when(stopped.clone());
        let tasks = vec![
            part(service, ("worker", Readiness::Required), &stopped, move |service, stopped| {
                service.worker().run(to_work.clone(), when(stopped))
            }),
            part(service, ("routing", Readiness::Required), &stopped, move |service, stopped| {
                service.router().run(to_route.clone(), when(stopped))
            }),
            part(service, ("agent views", Readiness::Optional), &stopped, move |service, stopped| {
                let to_view = to_view.clone();
                async move { service.keep_agent_views(to_view, when(stopped)).await }
            }),
            // It supervises the loops of its sinks itself.
            ("events", tokio::spawn(async move { dispatcher.run(to_deliver, deliver).await })),
            part(service, ("background", Readiness::Optional), &stopped, move |service, stopped| {
                service.background().run(to_clean.clone(), when(stopped))
            }),
            part(service, ("sessions", Readiness::Optional), &stopped, move |service, stopped| {
                let to_expire = to_expire.clone();
                async move { service.keep_sessions(to_expire, when(stopped)).await }
            }),
            part(service, ("numbers", Readiness::Optional), &stopped, move |_, stopped| {
                gauges.clone().run(when(stopped))
            }),
        ];
        let (_, shards) = part(service, ("shards", Readiness::Required), &released, move |service, released| {
            let to_share = to_share.clone();
            async move { service.keep_shards(to_share, when(released)).await }
        });
        Self { stop, tasks, release, shards }
    }

    async fn stop(self) {
        self.stop.send_replace(true);
        let ended = |name, done: Result<(), tokio::task::JoinError>| {
            if let Err(error) = done {
                tracing::error!(name, %error, "a background task failed");
            }
        };
        for (name, task) in self.tasks {
            ended(name, task.await);
        }
        self.release.send_replace(true);
        ended("shards", self.shards.await);
    }
}

/// Starts a part of the background work, and again after a panic.
fn part<F>(
    service: &Service,
    (name, readiness): (&'static str, Readiness),
    stopped: &watch::Receiver<bool>,
    run: impl Fn(Service, watch::Receiver<bool>) -> F + Send + Sync + 'static,
) -> (&'static str, tokio::task::JoinHandle<()>)
where
    F: Future<Output = ()> + Send + 'static,
{
    let (service, stopped) = (service.clone(), stopped.clone());
    let supervised = async move {
        let make = || run(service.clone(), stopped.clone());
        service.supervise(name, readiness, stopped.clone(), make).await;
    };
    (name, tokio::spawn(supervised))
}

/// Ready when work is to stop. An error means that the sender is gone: the same as being stopped.
async fn when(mut stopped: watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stop| *stop).await;
}

/// A signal that the server handles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Terminate,
    Interrupt,
    Hangup,
}

struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
    hangup: tokio::signal::unix::Signal,
    /// Whether the server was started at a terminal.
    terminal: bool,
}

impl Signals {
    fn new() -> std::io::Result<Self> {
        let terminal =
            std::io::stdin().is_terminal() || std::io::stdout().is_terminal() || std::io::stderr().is_terminal();
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hangup: signal(SignalKind::hangup())?,
            terminal,
        })
    }

    async fn next(&mut self) -> Told {
        tokio::select! {
            _ = self.terminate.recv() => Told::Terminate,
            _ = self.interrupt.recv() => Told::Interrupt,
            _ = self.hangup.recv() => Told::Hangup,
        }
    }

    /// The signal to stop at. SIGHUP means that the terminal was closed, where there was one; otherwise that certificate and
    /// key are to be read again.
    async fn stop(&mut self, tls: Option<&Acceptor>) -> Told {
        loop {
            let told = self.next().await;
            if told != Told::Hangup || self.terminal && std::fs::File::open("/dev/tty").is_err() {
                return told;
            }
            match tls.map(Acceptor::reload) {
                None => tracing::info!("SIGHUP: without TLS there is nothing to read again"),
                Some(Ok(())) => tracing::info!("SIGHUP: certificate and key were read again"),
                Some(Err(error)) => {
                    tracing::error!(%error, "SIGHUP: certificate and key cannot be read again; those in use stay in use");
                }
            }
        }
    }

    /// A second signal to stop. A terminal that closes may say so more than once.
    async fn again(&mut self) {
        while self.next().await == Told::Hangup {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_store_that_does_not_close_is_given_up() {
        let limit = Duration::from_millis(20);
        assert!(within(limit, std::future::pending()).await.is_ok());
        assert!(within(limit, async { Ok(()) }).await.is_ok());
        assert!(within(limit, async { Err(store::Error::Busy { detail: String::new() }) }).await.is_err());
    }
}
