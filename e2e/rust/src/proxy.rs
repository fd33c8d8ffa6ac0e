//! A loopback HTTP proxy that breaks things on purpose; the Rust twin of e2e/python/faultproxy.py.
//!
//! It hands on the bytes it received, so signatures stay valid, and follows a script with one step for each request.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What happens to one request.
#[derive(Clone)]
pub enum ProxyStep {
    /// Answered without asking the server: status and error type.
    Answer(u16, &'static str),
    /// The server does the work, its answer is discarded, this one is given.
    AnswerAfter(u16, &'static str),
    /// The connection is closed without an answer.
    Close,
    /// The server does the work, then the connection is closed.
    CloseAfter,
}

/// One request as it came.
#[derive(Clone)]
pub struct Attempt {
    /// Headers with lower-case names.
    pub headers: HashMap<String, String>,
    /// The body.
    pub body: Vec<u8>,
}

#[derive(Default)]
struct State {
    script: VecDeque<ProxyStep>,
    attempts: Vec<Attempt>,
}

/// A running proxy; it ends when this is dropped.
pub struct FaultProxy {
    /// Its address.
    pub url: String,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

impl FaultProxy {
    /// Starts a proxy before the server at that address.
    pub async fn start(upstream: &str, script: &[ProxyStep]) -> Self {
        let upstream = upstream.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("the listener is bound"));
        let state = Arc::new(Mutex::new(State { script: script.iter().cloned().collect(), attempts: Vec::new() }));
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (upstream, shared) = (upstream.clone(), Arc::clone(&shared));
                tokio::spawn(async move {
                    let mut client = BufReader::new(stream);
                    while serve(&mut client, &upstream, &shared).await.unwrap_or(false) {}
                });
            }
        });
        Self { url, state, task }
    }

    /// Every request so far; panics when steps are left over.
    pub fn attempts(&self) -> Vec<Attempt> {
        let state = self.state.lock().expect("no thread panicked");
        assert!(state.script.is_empty(), "steps of the script were not used");
        state.attempts.clone()
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Serves one request; says whether the connection goes on.
async fn serve(client: &mut BufReader<TcpStream>, upstream: &str, state: &Mutex<State>) -> std::io::Result<bool> {
    let Some((head, headers, body)) = message(client).await? else { return Ok(false) };
    let step = {
        let mut state = state.lock().expect("no thread panicked");
        state.attempts.push(Attempt { headers, body: body.clone() });
        state.script.pop_front()
    };
    let reply = match step {
        None => ask(upstream, &head, &body).await?,
        Some(ProxyStep::Answer(status, kind)) => injected(status, kind),
        Some(ProxyStep::AnswerAfter(status, kind)) => {
            ask(upstream, &head, &body).await?;
            injected(status, kind)
        }
        Some(ProxyStep::Close) => return Ok(false),
        Some(ProxyStep::CloseAfter) => {
            ask(upstream, &head, &body).await?;
            return Ok(false);
        }
    };
    client.get_mut().write_all(&reply).await?;
    Ok(true)
}

async fn ask(upstream: &str, head: &[u8], body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut server = BufReader::new(TcpStream::connect(upstream).await?);
    server.get_mut().write_all(&[head, body].concat()).await?;
    let (head, _, body) = message(&mut server).await?.ok_or(std::io::ErrorKind::UnexpectedEof)?;
    Ok([head, body].concat())
}

type Message = (Vec<u8>, HashMap<String, String>, Vec<u8>);

/// Head with its empty line, headers, and body as given by Content-Length; nothing at the end of the stream.
async fn message(from: &mut BufReader<TcpStream>) -> std::io::Result<Option<Message>> {
    let mut head = Vec::new();
    let mut headers = HashMap::new();
    loop {
        let start = head.len();
        if from.read_until(b'\n', &mut head).await? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&head[start..]).into_owned();
        if line == "\r\n" {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.insert(name.trim().to_lowercase(), value.trim().to_owned());
        }
    }
    let length = headers.get("content-length").and_then(|n| n.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    from.read_exact(&mut body).await?;
    Ok(Some((head, headers, body)))
}

fn injected(status: u16, kind: &str) -> Vec<u8> {
    let body = r#"{"Message":"injected by the test"}"#;
    format!(
        "HTTP/1.1 {status} Injected\r\ncontent-type: application/json\r\nx-amzn-errortype: {kind}\r\n\
         x-amz-retry-after: 1\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
