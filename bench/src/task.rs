//! The task that is measured: started from the template of `template.rs`, whose ten fields it fills, and on its way through
//! the flow that every new instance has.

use serde_json::json;

use crate::load::Requests;
use crate::sign::Signer;
use crate::taskform::Remote;
use crate::template::{self, Body, INSTANCE, uuid};
use crate::{client, clock};

/// Path of StartTaskContact.
pub(crate) const START: &str = "/contact/task";
/// Path of SearchContacts.
pub(crate) const SEARCH: &str = "/search-contacts";

/// Path of DescribeContact.
pub(crate) fn item(id: &str) -> String {
    format!("/contacts/{INSTANCE}/{id}")
}

/// A name of fixed length, so that all answers are of one length.
pub(crate) fn name(series: u32, number: u64) -> String {
    format!("Refund of an order {series:03} {number:09}")
}

/// Bodies of StartTaskContact from a template; fields that are read-only or invisible have their defaults or nothing.
pub(crate) fn body(template: &str) -> Body {
    let reference = |kind: &str, value: &str| json!({"Type": kind, "Value": value});
    Body::around(|name| {
        json!({
            "InstanceId": INSTANCE,
            "TaskTemplateId": template,
            "Name": name,
            "Description": "The parcel came late and damaged; the customer asks for all of the money back.",
            "References": {
                "Order number": reference("STRING", "2026-0004711-A"),
                "Amount": reference("NUMBER", "129.90"),
                "Customer address": reference("EMAIL", "customer.4711@example.com"),
                "Priority": reference("STRING", "High"),
                "Reason": reference("STRING", "Damaged"),
                "Due": reference("DATE", "1893456000"),
            },
        })
    })
}

/// Bodies of SearchContacts: a page of 100 of the tasks made between two moments, epoch milliseconds, both included.
pub(crate) fn search(from_ms: i64, to_ms: i64, token: Option<&str>) -> String {
    let seconds = |ms: i64| ms as f64 / 1000.0;
    let time = json!({"Type": "INITIATION_TIMESTAMP", "StartTime": seconds(from_ms), "EndTime": seconds(to_ms)});
    let mut body = json!({"InstanceId": INSTANCE, "TimeRange": time, "MaxResults": 100});
    if let Some(token) = token {
        body["NextToken"] = json!(token);
    }
    body.to_string()
}

/// Signed starts, with a client token each, as SDKs send them: `series` apart from other batches, numbers from `first`.
pub(crate) fn starts(signer: &mut Signer, body: &Body, series: u32, first: u64, count: u64) -> Requests {
    let length = json!({"ContactId": INSTANCE}).to_string().len();
    let mut requests = Requests::default();
    for number in first..first + count {
        let body = body.with(&name(series, number), Some(&uuid(u64::from(series), number)));
        requests.push(Some(length), |out| signer.request(out, "PUT", START, "", body.as_bytes()));
    }
    requests
}

/// A search and the length of its answer.
pub(crate) struct Search {
    body: String,
    length: usize,
}

impl Search {
    pub(crate) fn body(&self) -> &str {
        &self.body
    }
}

/// Signed searches, each of those that `pick` chooses.
pub(crate) fn searches(signer: &mut Signer, all: &[Search], count: usize, mut pick: impl FnMut() -> usize) -> Requests {
    let mut requests = Requests::default();
    for _ in 0..count {
        let Search { body, length } = &all[pick()];
        requests.push(Some(*length), |out| signer.request(out, "POST", SEARCH, "", body.as_bytes()));
    }
    requests
}

/// A page of a search, as far as it matters here.
pub(crate) struct Page {
    pub search: Search,
    pub ids: Vec<String>,
    pub total: u64,
    pub next: Option<String>,
}

impl Remote {
    /// Makes a template whose tasks run through this flow and answers bodies of starts from it.
    ///
    /// # Errors
    /// A create that is refused.
    pub(crate) fn task_body(&self, flow: &str) -> Result<Body, String> {
        // In hex, so that it is not taken for a time of a sample.
        let text = Body::new(flow).with(&format!("For tasks {:x}", clock::now_ms()), None);
        let made = client::signed(self.addr, "PUT", &template::collection(), "", text.as_bytes())?.json()?;
        Ok(body(made["Id"].as_str().ok_or_else(|| format!("no id: {made}"))?))
    }

    /// Starts one task and answers its id.
    ///
    /// # Errors
    /// A start that is refused.
    pub(crate) fn start_task(&self, body: &Body, name: &str, token: &str) -> Result<String, String> {
        let text = body.with(name, Some(token));
        let made = client::signed(self.addr, "PUT", START, "", text.as_bytes())?.json()?;
        made["ContactId"].as_str().map(str::to_owned).ok_or_else(|| format!("no id: {made}"))
    }

    /// When a task was made, epoch milliseconds, and the length of the answer that contains it.
    ///
    /// # Errors
    /// A task that is not there.
    pub(crate) fn describe_task(&self, id: &str) -> Result<(i64, usize), String> {
        let answer = client::signed(self.addr, "GET", &item(id), "", b"")?;
        let found = answer.json()?;
        let seconds = found["Contact"]["InitiationTimestamp"].as_f64().ok_or_else(|| format!("no time: {found}"))?;
        Ok(((seconds * 1000.0).round() as i64, answer.body.len()))
    }

    /// One page of a search.
    ///
    /// # Errors
    /// A search that is refused.
    pub(crate) fn search_page(&self, from_ms: i64, to_ms: i64, token: Option<&str>) -> Result<Page, String> {
        let body = search(from_ms, to_ms, token);
        let answer = client::signed(self.addr, "POST", SEARCH, "", body.as_bytes())?;
        let page = answer.json()?;
        let found = page["Contacts"].as_array().ok_or_else(|| format!("no tasks: {page}"))?;
        let ids = found.iter().filter_map(|task| task["Id"].as_str().map(str::to_owned)).collect();
        let total = page["TotalCount"].as_u64().ok_or_else(|| format!("no count: {page}"))?;
        let next = page["NextToken"].as_str().map(str::to_owned);
        Ok(Page { search: Search { body, length: answer.body.len() }, ids, total, next })
    }

    /// The first `most` pages of a search.
    ///
    /// # Errors
    /// A search that is refused.
    pub(crate) fn search_pages(&self, from_ms: i64, to_ms: i64, most: usize) -> Result<Vec<Page>, String> {
        let mut pages = vec![self.search_page(from_ms, to_ms, None)?];
        while let Some(token) = pages.last().and_then(|page| page.next.clone()).filter(|_| pages.len() < most) {
            pages.push(self.search_page(from_ms, to_ms, Some(&token))?);
        }
        Ok(pages)
    }

    /// Signed requests for the tasks that `id` chooses, `count` of them; all answers of one length, or of any.
    pub(crate) fn describes(&self, count: usize, length: Option<usize>, mut id: impl FnMut() -> String) -> Requests {
        let mut signer = self.signer();
        let mut requests = Requests::default();
        for _ in 0..count {
            requests.push(length, |out| signer.request(out, "GET", &item(&id()), "", b""));
        }
        requests
    }
}
