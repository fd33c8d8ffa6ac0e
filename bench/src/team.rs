//! Agents of a measured server: made through its API, at work through the agent API.

use serde_json::{Value, json};

use crate::client::{Answer, Connection};
use crate::template::INSTANCE;

/// Users with a routing profile of their own, who take tasks of the default queue one at a time.
#[derive(Clone, Debug)]
pub(crate) struct Team {
    pub users: Vec<String>,
    pub queue: String,
    pub profile: String,
    available: String,
    offline: String,
}

impl Team {
    /// # Errors
    /// What the server refuses.
    pub(crate) fn make(to: &mut Connection, count: usize) -> Result<Self, String> {
        let queue = named(to, &format!("/queues-summary/{INSTANCE}"), "QueueSummaryList", "BasicQueue")?;
        let statuses = format!("/agent-status/{INSTANCE}");
        let status = |to: &mut Connection, name| named(to, &statuses, "AgentStatusSummaryList", name);
        let (available, offline) = (status(to, "Available")?, status(to, "Offline")?);
        let security = format!("/security-profiles-summary/{INSTANCE}");
        let security = named(to, &security, "SecurityProfileSummaryList", "Agent")?;
        let profile = json!({
            "Name": "Measured", "Description": "Tasks, one at a time", "DefaultOutboundQueueId": queue,
            "MediaConcurrencies": [{"Channel": "TASK", "Concurrency": 1}],
            "QueueConfigs": [
                {"QueueReference": {"QueueId": queue, "Channel": "TASK"}, "Priority": 1, "Delay": 0}
            ],
        });
        let profile = put(to, &format!("/routing-profiles/{INSTANCE}"), &profile, "RoutingProfileId")?;
        let user = |n| {
            json!({
                "Username": format!("agent{n}"), "Password": "Secret-12",
                "IdentityInfo": {"FirstName": "Agent", "LastName": format!("Number {n}")},
                "PhoneConfig": {"PhoneType": "SOFT_PHONE", "AutoAccept": false, "AfterContactWorkTimeLimit": 0},
                "SecurityProfileIds": [security], "RoutingProfileId": profile,
            })
        };
        let users = (0..count).map(|n| put(to, &format!("/users/{INSTANCE}"), &user(n), "UserId"));
        Ok(Self { users: users.collect::<Result<_, _>>()?, queue, profile, available, offline })
    }

    /// The first so many are available from now on, the others offline.
    ///
    /// # Errors
    /// What the server refuses.
    pub(crate) fn at_work(&self, to: &mut Connection, count: usize) -> Result<(), String> {
        for (n, user) in self.users.iter().enumerate() {
            let status = if n < count { &self.available } else { &self.offline };
            let path = format!("/users/{INSTANCE}/{user}/status");
            to.signed("PUT", &path, "", json!({"AgentStatusId": status}).to_string().as_bytes())?.json()?;
        }
        Ok(())
    }
}

/// One agent's screen.
pub(crate) struct Screen<'a> {
    to: &'a mut Connection,
    base: String,
    version: String,
}

impl<'a> Screen<'a> {
    pub(crate) fn of(user: &str, to: &'a mut Connection) -> Self {
        Self { to, base: screen(user), version: String::new() }
    }

    /// The task that is offered now, if one is. An offer that was missed is closed, so that another can come.
    ///
    /// # Errors
    /// A snapshot that is refused.
    pub(crate) fn offered(&mut self) -> Result<Option<String>, String> {
        let answer = self.to.signed("GET", &format!("{}snapshot", self.base), "", b"")?;
        let offered = self.read(&answer)?;
        if let Some(missed) = in_state(&answer.json()?, "MISSED") {
            self.close(&missed)?;
        }
        Ok(offered)
    }

    /// The task that is offered, as soon as one is.
    ///
    /// # Errors
    /// A snapshot that is refused; no offer within half a minute.
    pub(crate) fn next(&mut self) -> Result<String, String> {
        if let Some(task) = self.offered()? {
            return Ok(task);
        }
        loop {
            let query = format!("after={}", self.version);
            let answer = self.to.signed("GET", &format!("{}snapshot", self.base), &query, b"")?;
            if answer.status() == 204 {
                return Err("no task was offered for half a minute".to_owned());
            }
            if let Some(task) = self.read(&answer)? {
                return Ok(task);
            }
        }
    }

    /// Accepts the task and completes it; after-contact work is left.
    ///
    /// # Errors
    /// What the server refuses.
    pub(crate) fn work(&mut self, task: &str) -> Result<(), String> {
        self.command(task, "accept")?;
        self.command(task, "complete")
    }

    /// Ends the after-contact work, which frees the slot.
    ///
    /// # Errors
    /// What the server refuses.
    pub(crate) fn close(&mut self, task: &str) -> Result<(), String> {
        self.command(task, "close")
    }

    fn command(&mut self, task: &str, command: &str) -> Result<(), String> {
        self.to.signed("POST", &format!("{}contacts/{task}/{command}", self.base), "", b"{}")?.json().map(|_| ())
    }

    fn read(&mut self, answer: &Answer) -> Result<Option<String>, String> {
        let snapshot = answer.json()?;
        self.version = snapshot["Version"].to_string();
        Ok(in_state(&snapshot, "CONNECTING"))
    }
}

fn in_state(snapshot: &Value, state: &str) -> Option<String> {
    let mut tasks = snapshot["Contacts"].as_object().into_iter().flatten();
    tasks.find(|(_, task)| task["State"] == state).map(|(id, _)| id.clone())
}

/// The path before a user's part of the agent API.
pub(crate) fn screen(user: &str) -> String {
    format!("/_agent/v1/instances/{INSTANCE}/users/{user}/")
}

fn put(to: &mut Connection, path: &str, body: &Value, id: &str) -> Result<String, String> {
    let made = to.signed("PUT", path, "", body.to_string().as_bytes())?.json()?;
    made[id].as_str().map(str::to_owned).ok_or_else(|| format!("no {id}: {made}"))
}

fn named(to: &mut Connection, path: &str, list: &str, name: &str) -> Result<String, String> {
    let found = to.signed("GET", path, "", b"")?.json()?;
    let one = found[list].as_array().into_iter().flatten().find(|one| one["Name"] == name);
    one.and_then(|one| one["Id"].as_str()).map(str::to_owned).ok_or_else(|| format!("no {name}: {found}"))
}
