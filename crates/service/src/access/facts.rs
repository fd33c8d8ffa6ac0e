//! What is read of stored resources for condition keys: only if a statement about the action asks for it.

use std::collections::{BTreeMap, BTreeSet};

use engine::access::{Subject, Target};
use engine::arn::Kind;

use crate::base::access::Access;
use crate::base::tags::{self, Tags};
use crate::unit::contact_of;
use crate::{Cx, Result, resource};

/// Keys whose values are facts of a stored contact.
const OF_CONTACTS: [&str; 3] = ["connect:userarn", "connect:contactassociationid", "connect:preferreduserarn"];

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Facts {
    by_target: Vec<(Target, Fact)>,
    /// Ids of the users whom the active routing step of a contact of the request names.
    pub(super) preferred: BTreeSet<String>,
}

/// What is known of one resource that exists.
#[derive(Clone, Debug, Default)]
pub(super) struct Fact {
    pub(super) tags: Tags,
    /// Of a contact: who has or had it.
    pub(super) agent_id: Option<String>,
    /// Of a contact.
    pub(super) association_id: Option<String>,
    /// Of a flow.
    pub(super) flow_type: Option<String>,
}

impl Facts {
    /// Reads what the statements ask of these resources, each kind at once.
    pub(super) async fn read(access: &Access<'_>, cx: &Cx<'_>, subjects: &[Subject]) -> Result<Self> {
        let mut facts = Self::default();
        let tags = access.asks_for("aws:resourcetag/");
        let contacts = OF_CONTACTS.iter().any(|key| access.asks_for(key));
        let flows = access.asks_for("connect:flowtype");
        let mut wanted: BTreeMap<(&str, Kind), Vec<&Target>> = BTreeMap::new();
        for subject in subjects {
            let Some(target) = &subject.target else { continue };
            let asked = match target.kind {
                Kind::Contact => contacts,
                Kind::Flow => flows,
                _ => false,
            };
            if asked || (tags && subject.tags) {
                wanted.entry((&target.instance, target.kind)).or_default().push(target);
            }
        }
        for ((instance, kind), targets) in wanted {
            let ids: Vec<&str> = targets.iter().map(|target| target.id.as_str()).collect();
            match kind {
                Kind::Contact => facts.contacts(cx, instance, &ids).await?,
                Kind::Instance | Kind::TaskTemplate => {
                    for target in targets {
                        facts.single(cx, target).await?;
                    }
                }
                kind => facts.resources(cx, instance, kind, &ids).await?,
            }
        }
        Ok(facts)
    }

    /// What is known of a resource; `None` when it does not exist or was not asked about.
    pub(super) fn of(&self, target: &Target) -> Option<&Fact> {
        self.by_target.iter().find(|(own, _)| own == target).map(|(_, fact)| fact)
    }

    /// Of what a request names at most one of.
    async fn single(&mut self, cx: &Cx<'_>, target: &Target) -> Result<()> {
        let text = match target.kind {
            Kind::Instance => cx.store().instance(&target.id).await?.map(|row| row.tags.clone()),
            _ => cx.store().task_template(&target.instance, &target.id).await?.map(|row| row.tags.clone()),
        };
        if let Some(text) = text {
            let fact = Fact { tags: tags::from_text(&text)?, ..Fact::default() };
            self.by_target.push((target.clone(), fact));
        }
        Ok(())
    }

    async fn resources(&mut self, cx: &Cx<'_>, instance: &str, kind: Kind, ids: &[&str]) -> Result<()> {
        let Some(stored) = resource::stored_kind(kind) else { return Ok(()) };
        for row in cx.store().resources(instance, stored, ids).await? {
            let flow_type = (kind == Kind::Flow).then(|| row.subtype.clone());
            let fact = Fact { tags: tags::from_text(&row.tags)?, flow_type, ..Fact::default() };
            self.by_target.push((Target { instance: instance.to_owned(), kind, id: row.id }, fact));
        }
        Ok(())
    }

    async fn contacts(&mut self, cx: &Cx<'_>, instance: &str, ids: &[&str]) -> Result<()> {
        for row in cx.store().contacts(instance, ids).await? {
            let contact = contact_of(&row)?;
            if let Some(step) = contact.active_step() {
                self.preferred.extend(step.preferred().into_iter().map(str::to_owned));
            }
            let fact = Fact {
                tags: contact.tags,
                agent_id: contact.agent.map(|stay| stay.agent.id),
                association_id: Some(contact.association_id),
                flow_type: None,
            };
            self.by_target.push((Target { instance: instance.to_owned(), kind: Kind::Contact, id: row.id }, fact));
        }
        Ok(())
    }
}
