//! The template that is measured: about 2 KB as GetTaskTemplate answers it, with fields of eight types.

use serde_json::{Value, json};

use crate::load::Requests;
use crate::sign::Signer;

/// The instance of a server started with `--dev`.
pub(crate) const INSTANCE: &str = "11111111-1111-4111-8111-111111111111";

/// Path of Create and List.
pub(crate) fn collection() -> String {
    format!("/instance/{INSTANCE}/task/template")
}

/// Path of Get.
pub(crate) fn item(id: &str) -> String {
    format!("/instance/{INSTANCE}/task/template/{id}")
}

/// A name of fixed length, so that all answers are of one length.
pub(crate) fn name(series: u32, number: u64) -> String {
    format!("Refund request {series:03} {number:09}")
}

/// Bodies of creates and starts that differ in the name alone.
pub(crate) struct Body {
    before: String,
    after: String,
}

impl Body {
    /// For templates whose tasks run through `flow`.
    pub(crate) fn new(flow: &str) -> Self {
        Self::around(|name| content(name, flow))
    }

    /// For any content that holds its name once.
    pub(crate) fn around(content: impl FnOnce(&str) -> Value) -> Self {
        let mark = "@NAME@";
        let text = content(mark).to_string();
        let (before, after) = text.split_once(mark).expect("the content holds its name");
        let before = before.strip_prefix('{').expect("an object begins so");
        Self { before: before.to_owned(), after: after.to_owned() }
    }

    /// The body for one name, with the token that SDKs add to every create.
    pub(crate) fn with(&self, name: &str, token: Option<&str>) -> String {
        let start = token.map_or_else(|| "{".to_owned(), |token| format!("{{\"ClientToken\":\"{token}\","));
        [start.as_str(), &self.before, name, &self.after].concat()
    }
}

fn content(name: &str, flow: &str) -> Value {
    let field = |name: &str, kind: &str, text: &str| json!({"Id": {"Name": name}, "Type": kind, "Description": text});
    let select = |name: &str, text: &str, options: &[&str]| json!({"Id": {"Name": name}, "Type": "SINGLE_SELECT", "Description": text, "SingleSelectOptions": options});
    let refer = |name: &str| json!({"Id": {"Name": name}});
    let default = |name: &str, value: &str| json!({"Id": {"Name": name}, "DefaultValue": value});
    json!({
        "Name": name,
        "Description": "A customer asks for money back; the team answers within two working days.",
        "ContactFlowId": flow,
        "Fields": [
            field("Task name", "NAME", "What has to be done, in a few words"),
            field("Description", "DESCRIPTION", "What the customer wrote, and what was agreed"),
            field("Order number", "TEXT", "As printed on the invoice, with its year"),
            field("Amount", "NUMBER", "In the currency of the order"),
            field("Customer address", "EMAIL", "Where the answer goes"),
            select("Priority", "How soon it has to be looked at", &["Low", "Normal", "High", "Urgent"]),
            select("Reason", "Why the customer wants a refund", &["Damaged", "Late", "Wrong item", "Changed mind", "Other"]),
            field("Goods returned", "BOOLEAN", "Whether the parcel has come back"),
            field("Invoice", "URL", "Link to the invoice"),
            field("Due", "DATE_TIME", "When the answer is promised"),
        ],
        "Constraints": {
            "RequiredFields": [refer("Task name"), refer("Order number"), refer("Amount"), refer("Reason")],
            "ReadOnlyFields": [refer("Invoice")],
            "InvisibleFields": [refer("Goods returned")],
        },
        "Defaults": {"DefaultFieldValues": [
            default("Priority", "Normal"),
            default("Reason", "Other"),
            default("Goods returned", "false"),
        ]},
        "Status": "ACTIVE",
    })
}

/// Signed creates with names nobody has used: `series` apart from other batches, numbers from `first`. `tokens`: with a
/// client token each, as SDKs send them.
pub(crate) fn creates(signer: &mut Signer, body: &Body, series: u32, first: u64, count: u64, tokens: bool) -> Requests {
    let path = collection();
    let mut requests = Requests::default();
    for number in first..first + count {
        let token = tokens.then(|| uuid(u64::from(series), number));
        let body = body.with(&name(series, number), token.as_deref());
        requests.push(Some(created_length()), |out| signer.request(out, "PUT", &path, "", body.as_bytes()));
    }
    requests
}

/// Length of every answer of CreateTaskTemplate: an id and an ARN, both of fixed length.
fn created_length() -> usize {
    let id = INSTANCE;
    let arn = format!("arn:aws:connect:us-east-1:000000000000:instance/{id}/task-template/{id}");
    json!({"Id": id, "Arn": arn}).to_string().len()
}

/// One template as a list showed it.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    pub id: [u8; 36],
    /// Digits of its times: the one thing in which answers about two templates differ in length.
    pub time_digits: u8,
}

impl Listed {
    pub(crate) fn id(&self) -> &str {
        std::str::from_utf8(&self.id).expect("ids are ASCII")
    }
}

/// Reads one summary of a list.
///
/// # Errors
/// A summary without id or times.
pub(crate) fn listed(summary: &Value) -> Result<Listed, String> {
    let id = summary["Id"].as_str().and_then(|id| id.as_bytes().try_into().ok());
    let id: [u8; 36] = id.ok_or_else(|| format!("a summary without an id: {summary}"))?;
    let digits = summary["CreatedTime"].to_string().len() + summary["LastModifiedTime"].to_string().len();
    Ok(Listed { id, time_digits: u8::try_from(digits).map_err(|e| format!("odd times: {summary}: {e}"))? })
}

/// A version-4 UUID that depends on two numbers only.
pub(crate) fn uuid(series: u64, number: u64) -> String {
    let mut dice = Dice::new(series.wrapping_mul(0x1000_0000_0000).wrapping_add(number));
    let mut hex = String::new();
    for _ in 0..4 {
        hex += &format!("{:08x}", dice.below(1 << 32));
    }
    let variant = ["8", "9", "a", "b"][dice.below(4)];
    format!("{}-{}-4{}-{variant}{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..])
}

/// A small generator of numbers that look random (splitmix64); a measurement needs no better.
#[derive(Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % bound as u64).expect("below a usize")
    }
}
