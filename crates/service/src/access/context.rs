//! The condition keys of one resource of a call.

use std::borrow::Cow;

use engine::access::Subject;
use engine::arn::{Home, Kind};
use engine::policy::{Context, Key, Value, Values, same_ignoring_case};

use super::facts::Facts;
use crate::base::access::Access;

/// The values of condition keys for one resource.
pub(super) struct RequestContext<'c> {
    pub(super) access: &'c Access<'c>,
    pub(super) home: Home<'c>,
    pub(super) subject: &'c Subject,
    pub(super) facts: &'c Facts,
}

impl Context for RequestContext<'_> {
    fn values(&self, key: &Key) -> Option<Values<'_>> {
        let access = self.access;
        let origin = &access.origin;
        if let Some(tag) = key.after("aws:resourcetag/") {
            let target = self.subject.target.as_ref().filter(|_| self.subject.tags)?;
            let tags = &self.facts.of(target)?.tags;
            return tags.iter().find(|(own, _)| same_ignoring_case(own, tag)).map(|(_, value)| value.as_str().into());
        }
        Some(match key.lower() {
            "aws:currenttime" => Value::Instant(access.now_ms).into(),
            "aws:epochtime" => Value::Number(access.now_ms.div_euclid(1_000)).into(),
            "aws:sourceip" => Value::Address(origin.source_ip?).into(),
            "aws:securetransport" => Value::Flag(origin.secure).into(),
            "aws:useragent" => origin.user_agent?.into(),
            "aws:requestedregion" => Value::from(self.home.region).into(),
            _ => return access.caller.value(key).or_else(|| self.of_action(key)),
        })
    }
}

impl RequestContext<'_> {
    /// The keys that not every action has.
    fn of_action(&self, key: &Key) -> Option<Values<'_>> {
        let asked = self.access.asked.get()?;
        if !self.access.op.action().has_key(key.lower()) {
            return None;
        }
        match key.lower() {
            "connect:instanceid" => return Some(asked.instance.as_deref()?.into()),
            "aws:tagkeys" => {
                let tags = asked.values.iter().filter_map(|(own, tag, value)| match (*own, tag) {
                    ("aws:TagKeys", None) => Some(value),
                    ("aws:RequestTag/", Some(tag)) => Some(tag),
                    _ => None,
                });
                return Some(Values::Many(tags.map(|tag| tag.as_str().into()).collect()));
            }
            "connect:preferreduserarn" => return Some(self.preferred()),
            _ => {}
        }
        if let Some(own) = self.subject.target.as_ref().and_then(|target| self.facts.of(target)) {
            match key.lower() {
                "connect:userarn" => return Some(self.user(own.agent_id.as_deref()?).into()),
                "connect:contactassociationid" => return Some(own.association_id.as_deref()?.into()),
                "connect:flowtype" => return Some(Values::Many(vec![own.flow_type.as_deref()?.into()])),
                _ => {}
            }
        }
        let wanted = |(own, tag, _): &&(&str, Option<String>, String)| match tag {
            Some(tag) => key.after(&own.to_ascii_lowercase()).is_some_and(|rest| same_ignoring_case(rest, tag)),
            None => own.eq_ignore_ascii_case(key.lower()),
        };
        let found: Vec<Value<'_>> =
            asked.values.iter().filter(wanted).map(|(.., value)| value.as_str().into()).collect();
        match found.len() {
            // Every contact here is a task.
            0 if key.lower() == "connect:channel" => Some("TASK".into()),
            0 => None,
            1 if key.lower() != "connect:flowtype" => found.into_iter().next().map(Values::One),
            _ => Some(Values::Many(found)),
        }
    }

    /// The users whom the active routing step of the contacts names, or a search is for (administration 4.2.3).
    fn preferred(&self) -> Values<'_> {
        let asked = self.access.asked.get().map(|asked| asked.values.as_slice()).unwrap_or_default();
        let searched = asked.iter().filter(|(key, ..)| *key == "connect:PreferredUserArn").map(|(.., id)| id.as_str());
        let ids = self.facts.preferred.iter().map(String::as_str).chain(searched);
        Values::Many(ids.map(|id| self.user(id)).collect())
    }

    /// The ARN of a user, by id or ARN.
    fn user(&self, id: &str) -> Value<'static> {
        let instance = self.access.asked.get().and_then(|asked| asked.instance.as_deref()).unwrap_or_default();
        let arn = if id.starts_with("arn:") { id.to_owned() } else { self.home.instance(instance).arn(Kind::User, id) };
        Value::Text(Cow::Owned(arn))
    }
}
