//! Task templates in a few shapes, and tasks made from them.

use serde_json::{Value, json};
use wire::Op;

use super::{Act, Clients, Intent, Start, UNKNOWN};

/// How many shapes there are.
const SHAPES: u64 = 5;

fn field(name: &str, kind: &str) -> Value {
    json!({"Id": {"Name": name}, "Type": kind})
}

impl Clients<'_> {
    fn shape(&mut self, shape: u64, name: &str) -> Value {
        let mut fields = vec![field("Task name", "NAME")];
        let named = json!([{"Id": {"Name": "Task name"}}]);
        let mut body = json!({"Name": name, "Constraints": {"RequiredFields": named}});
        let flows = &self.places.starts;
        match shape {
            0 => body["ContactFlowId"] = flows[0].as_str().into(),
            1 => {
                for (name, kind) in [
                    ("About", "DESCRIPTION"),
                    ("Amount", "NUMBER"),
                    ("Note", "TEXT"),
                    ("Story", "TEXT_AREA"),
                    ("Sure", "BOOLEAN"),
                    ("When", "DATE_TIME"),
                    ("Link", "URL"),
                    ("Mail", "EMAIL"),
                ] {
                    fields.push(field(name, kind));
                }
                fields
                    .push(json!({"Id": {"Name": "Kind"}, "Type": "SINGLE_SELECT", "SingleSelectOptions": ["a", "b"]}));
                body["Constraints"] = json!({
                    "RequiredFields": [{"Id": {"Name": "Task name"}}, {"Id": {"Name": "Amount"}}],
                    "ReadOnlyFields": [{"Id": {"Name": "Kind"}}],
                });
                body["Defaults"] = json!({"DefaultFieldValues": [
                    {"Id": {"Name": "Kind"}, "DefaultValue": "a"}, {"Id": {"Name": "Note"}, "DefaultValue": "nothing"}]});
                body["ContactFlowId"] = flows[2].as_str().into();
                body["ContactHooks"] = json!({"WrapUpFlowId": self.places.modules[0]});
            }
            2 => {
                fields.push(field("Assign to", "QUICK_CONNECT"));
                if let Some(id) = self.places.quick_connects.first() {
                    body["Defaults"] =
                        json!({"DefaultFieldValues": [{"Id": {"Name": "Assign to"}, "DefaultValue": id}]});
                }
            }
            3 => {
                fields.push(field("Begin", "SCHEDULED_TIME"));
                fields.push(field("Life", "EXPIRY_DURATION"));
                body["Defaults"] = json!({"DefaultFieldValues": [{"Id": {"Name": "Life"}, "DefaultValue": "45"}]});
                body["ContactFlowId"] = flows[3].as_str().into();
                body["ContactHooks"] = json!({"WrapUpFlowId": self.places.modules[1]});
            }
            _ => {
                fields.push(field("Mine", "SELF_ASSIGN"));
                body["ContactFlowId"] = flows[1].as_str().into();
                body["SelfAssignFlowId"] = self.places.to_agent.as_str().into();
                body["ContactHooks"] = json!({"WrapUpFlowId": self.places.modules[2]});
            }
        }
        body["Fields"] = fields.into();
        body
    }

    /// Fills a start so that it fits its template, mostly.
    pub(super) fn by_template(&mut self, start: &mut Start, body: &mut Value) {
        let Some(template) = self.random.pick(&self.model.templates).cloned() else {
            body["ContactFlowId"] = self.places.starts[0].as_str().into();
            return;
        };
        // Whether the template is still what it was, and what it refuses, is not part of this model.
        start.sound = false;
        body["TaskTemplateId"] = template.id.as_str().into();
        start.template = Some(template.id);
        match template.shape {
            1 => {
                let more = [
                    ("Amount", "NUMBER", "700"),
                    ("Note", "STRING", "a word"),
                    ("Sure", "STRING", "true"),
                    ("When", "DATE", "1800000000"),
                    ("Link", "URL", "https://example.com/a"),
                    ("Mail", "EMAIL", "a@example.com"),
                    ("Kind", "STRING", "a"),
                ];
                for (name, kind, value) in more {
                    if self.random.chance(if name == "Amount" { 90 } else { 40 }) {
                        let value = if self.random.chance(3) { "not this" } else { value };
                        body["References"][name] = json!({"Type": kind, "Value": value});
                    }
                }
            }
            4 if self.random.chance(50) => {
                let user = self.random.pick(&self.places.users).cloned().unwrap_or_default();
                let arn = format!("arn:aws:connect:us-east-1:123456789012:instance/{}/agent/{user}", self.instance);
                body["SegmentAttributes"] = json!({
                    "connect:CreatedByUser": {"ValueString": arn}, "connect:AssignmentType": {"ValueString": "SELF"}});
            }
            _ => {}
        }
        if self.random.chance(5) {
            body["ContactFlowId"] = self.places.starts[0].as_str().into();
        }
    }

    pub(super) fn template_act(&mut self) -> Act {
        let shape = self.random.below(SHAPES);
        let template = self.random.pick(&self.model.templates).map_or(UNKNOWN.to_owned(), |known| known.id.clone());
        let name = self.name("template");
        match self.random.below(10) {
            0..6 => {
                let body = self.shape(shape, &name);
                self.act(Op::CreateTaskTemplate, &[self.instance], body, Intent::NewTemplate { shape })
            }
            6..8 => {
                let mut body = self.shape(shape, &name);
                body["Status"] = self.random.weighted(&[(5, "ACTIVE"), (1, "INACTIVE")]).into();
                let labels = [self.instance, &template.clone()];
                self.act(Op::UpdateTaskTemplate, &labels, body, Intent::ChangeTemplate { template, shape })
            }
            _ => {
                let labels = [self.instance, &template];
                self.act(Op::DeleteTaskTemplate, &labels, Value::Null, Intent::DeleteTemplate)
            }
        }
    }
}
