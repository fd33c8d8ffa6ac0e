//! The resources that the members of a request name.

use std::collections::BTreeMap;

use engine::arn;
use store::{Kind, ResourceRow};

use crate::resource::kinds::{KindFacts, stored_kind};
use crate::{Cx, Error, Result};

/// A resource that a member of a request names.
pub(crate) struct Mention<'a> {
    /// Path of the member, for messages (administration 1.1.2).
    pub(crate) path: String,
    target: Target,
    /// Id, ARN or name as given.
    pub(crate) text: &'a str,
}

/// How a member names a resource.
enum Target {
    /// By id or ARN.
    Arn(arn::Kind),
    /// By its name, which is its id: a kind without ARNs.
    Name(&'static KindFacts),
}

impl<'a> Mention<'a> {
    pub(crate) fn new(path: impl Into<String>, kind: arn::Kind, text: &'a str) -> Self {
        Self { path: path.into(), target: Target::Arn(kind), text }
    }

    /// A resource of a kind without ARNs, by its name.
    pub(crate) fn by_name(path: impl Into<String>, facts: &'static KindFacts, text: &'a str) -> Self {
        Self { path: path.into(), target: Target::Name(facts), text }
    }

    /// The stored kind and the id, if the text can be one.
    fn read(&self, cx: &Cx<'_>, instance: &str) -> Result<(Kind, Option<String>)> {
        match self.target {
            Target::Arn(kind) => {
                let stored = stored_kind(kind)
                    .ok_or_else(|| Error::internal(format!("{} is not a stored kind", kind.noun())))?;
                Ok((stored, arn::id_or_arn(kind, self.text, cx.home().instance(instance)).id()))
            }
            Target::Name(facts) => Ok((facts.stored, Some(self.text.to_owned()))),
        }
    }

    fn noun(&self) -> &'static str {
        match self.target {
            Target::Arn(kind) => kind.noun(),
            Target::Name(facts) => facts.noun(),
        }
    }
}

/// The resources that a request names, all of which existed when read. The commit that links to them requires them
/// again.
#[derive(Debug, Default)]
pub(crate) struct Mentioned(Vec<(Kind, ResourceRow)>);

impl Mentioned {
    /// Reads the resources that a request names, one read for each kind. Missing ones are reported in one message
    /// (administration 1.1.1).
    pub(crate) async fn read(cx: &Cx<'_>, instance: &str, mentions: &[Mention<'_>]) -> Result<Self> {
        let mut wanted: BTreeMap<&'static str, (Kind, Vec<String>)> = BTreeMap::new();
        let mut ids = Vec::with_capacity(mentions.len());
        for mention in mentions {
            let (kind, id) = mention.read(cx, instance)?;
            if let Some(id) = &id {
                wanted.entry(kind.as_str()).or_insert_with(|| (kind, Vec::new())).1.push(id.clone());
            }
            ids.push((kind, id));
        }
        let mut found: BTreeMap<(&'static str, String), ResourceRow> = BTreeMap::new();
        for (name, (kind, ids)) in wanted {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            let rows = cx.store().resources(instance, kind, &ids).await?;
            found.extend(rows.into_iter().map(|row| ((name, row.id.clone()), row)));
        }
        let (mut rows, mut unknown) = (Vec::with_capacity(mentions.len()), Vec::new());
        for (mention, (kind, id)) in mentions.iter().zip(ids) {
            match id.and_then(|id| found.get(&(kind.as_str(), id))) {
                Some(row) => rows.push((kind, row.clone())),
                None => unknown.push(format!("{}: {} {} not found", mention.path, mention.noun(), mention.text)),
            }
        }
        if unknown.is_empty() { Ok(Self(rows)) } else { Err(Error::not_found(unknown.join("; "))) }
    }

    /// The row of the first mention, and the others.
    pub(crate) fn split_first(mut self) -> Result<(ResourceRow, Self)> {
        if self.0.is_empty() {
            return Err(Error::internal("a request names nothing"));
        }
        let (_, first) = self.0.remove(0);
        Ok((first, self))
    }

    /// All rows, in the order of the mentions.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &ResourceRow> {
        self.0.iter().map(|(_, row)| row)
    }

    /// The rows of one kind, in the order of the mentions.
    pub(crate) fn of(&self, kind: Kind) -> impl Iterator<Item = &ResourceRow> {
        self.0.iter().filter(move |(found, _)| *found == kind).map(|(_, row)| row)
    }

    /// The bare ids of one kind, in the order of the mentions, each once.
    pub(crate) fn ids(&self, kind: Kind) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for row in self.of(kind) {
            if !ids.contains(&row.id) {
                ids.push(row.id.clone());
            }
        }
        ids
    }
}
