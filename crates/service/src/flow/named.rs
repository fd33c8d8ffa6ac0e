//! What flows and flow modules have in common: how a request names one with a qualifier (tasks 1.1.7), and the data
//! that their rows hold besides the wire shapes. Their operations have their own files.

use std::collections::HashMap;

use engine::arn::{self, IdRef, Qualifier};
use engine::contact_flow_module;
use engine::flow::{ModuleContract, referenced_modules};
use store::{Batch, FlowPart, FlowToRun, Kind, ResourceRow};
use wire::Op;
use wire::json::Json;
use wire::shapes::{ContactFlow, ContactFlowModule, ContactFlowType};

use crate::{Cx, Error, Result};

/// A flow or a flow module: they differ in where they are stored and what messages call them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    Flow,
    Module,
}

/// A flow or module as a request names it.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    /// The bare id.
    pub(crate) id: String,
    pub(crate) qualifier: Option<Qualifier>,
}

impl Of {
    pub(crate) fn arn_kind(self) -> arn::Kind {
        match self {
            Self::Flow => arn::Kind::Flow,
            Self::Module => arn::Kind::FlowModule,
        }
    }

    pub(crate) fn kind(self) -> Kind {
        match self {
            Self::Flow => Kind::ContactFlow,
            Self::Module => Kind::FlowModule,
        }
    }

    /// The first words of a message about one.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Flow => "Flow",
            Self::Module => "Flow module",
        }
    }

    pub(crate) fn unknown(self, text: &str) -> Error {
        Error::not_found(format!("{} {text} not found", self.title()))
    }

    /// Parses an id or ARN; one that cannot belong to this instance is not found.
    pub(crate) fn named(self, cx: &Cx<'_>, instance: &str, text: &str) -> Result<Named> {
        let (plain, qualifier) = arn::flow_id(text);
        match arn::id_or_arn(self.arn_kind(), &plain, cx.home().instance(instance)) {
            IdRef::Id(id) => Ok(Named { id, qualifier }),
            IdRef::Foreign => Err(self.unknown(text)),
        }
    }

    /// The row of a flow that exists, with the bare id, for calls about the flow itself: one that names a version or an alias
    /// is refused, as nothing about those can be changed this way (flows 1.9).
    pub(crate) async fn existing(self, cx: &Cx<'_>, instance: &str, text: &str) -> Result<ResourceRow> {
        let named = self.named(cx, instance, text)?;
        let row = cx.store().resource(instance, self.kind(), &named.id).await?;
        let row = row.ok_or_else(|| self.unknown(text))?;
        match named.qualifier {
            Some(Qualifier::Version(_) | Qualifier::Alias(_)) => Err(self.not_whole(cx.op(), text)),
            None | Some(Qualifier::Latest | Qualifier::Saved) => Ok(row),
        }
    }

    /// The answer to a call that is about the flow itself but names a version or an alias.
    pub(crate) fn not_whole(self, op: Op, text: &str) -> Error {
        let noun = self.arn_kind().noun();
        Error::invalid_parameter(op, format!("{text} names a version or an alias; this call takes the {noun} itself"))
    }

    /// The ARN of a flow, or of its version or alias.
    pub(crate) fn arn(self, cx: &Cx<'_>, instance: &str, id: &str, qualifier: Option<&str>) -> String {
        let arn = cx.home().instance(instance).arn(self.arn_kind(), id);
        qualifier.map_or_else(|| arn.clone(), |qualifier| format!("{arn}:{qualifier}"))
    }
}

impl Named {
    /// The selected content; `None` for a number that no version can have.
    pub(crate) fn part(&self) -> Option<FlowPart<'_>> {
        Some(match &self.qualifier {
            None | Some(Qualifier::Latest) => FlowPart::Latest,
            Some(Qualifier::Saved) => FlowPart::Saved,
            Some(Qualifier::Version(number)) => FlowPart::Version(i64::try_from(*number).ok()?),
            Some(Qualifier::Alias(id)) => FlowPart::Alias(id),
        })
    }
}

/// Removes the dependents of a deleted flow or module: contents, versions and aliases. Documents stay, as contacts may
/// be running them (flows 1.13).
pub(crate) fn contents(instance: &str, id: &str) -> Batch {
    let mut batch = Batch::new();
    batch.delete_flow_content(instance, id);
    batch.delete_flow_versions(instance, id);
    batch.delete_flow_aliases(instance, id);
    batch
}

/// The document to run when a contact enters the flow or module that a text names, by id or ARN, with or without a
/// version or an alias: the document current at that moment (flows 1.11, 1.14). `None` if it cannot be run: absent,
/// never published, a draft, or of another instance. The caller decides whether an archived one may be entered (flows
/// 1.12, 8.9). One read.
pub(crate) async fn to_run(cx: &Cx<'_>, instance: &str, of: Of, text: &str) -> Result<Option<FlowToRun>> {
    let Ok(named) = of.named(cx, instance, text) else { return Ok(None) };
    match named.part() {
        Some(part) => Ok(cx.store().flow_to_run(instance, of.kind(), &named.id, part).await?),
        None => Ok(None),
    }
}

/// The contracts of the modules that a document calls, by the texts that name them there (flows 6.5, 8.5). Modules that
/// do not exist are left out: calling one fails at run time (flows 6.4).
pub(crate) async fn contracts(cx: &Cx<'_>, instance: &str, content: &str) -> Result<HashMap<String, ModuleContract>> {
    let texts = referenced_modules(content);
    let named = texts.into_iter().filter_map(|text| Some((Of::Module.named(cx, instance, &text).ok()?, text)));
    let named: Vec<(Named, String)> = named.collect();
    let mut found = HashMap::new();
    let whole = |named: &Named| matches!(named.qualifier, None | Some(Qualifier::Latest));
    let ids: Vec<&str> = named.iter().filter(|(named, _)| whole(named)).map(|(named, _)| named.id.as_str()).collect();
    let rows = cx.store().resources(instance, Kind::FlowModule, &ids).await?;
    for (named, text) in &named {
        let number = match &named.qualifier {
            None | Some(Qualifier::Latest) => {
                if let Some(row) = rows.iter().find(|row| row.id == named.id) {
                    let module: ContactFlowModule = wire::from_stored(row.body.as_bytes()).map_err(Error::internal)?;
                    let settings = module.settings;
                    add(&mut found, text, settings.as_deref());
                }
                continue;
            }
            Some(Qualifier::Saved) => None,
            Some(Qualifier::Version(number)) => i64::try_from(*number).ok(),
            Some(Qualifier::Alias(id)) => {
                cx.store().flow_alias(instance, &named.id, id).await?.map(|alias| alias.version)
            }
        };
        let Some(number) = number else { continue };
        if let Some(version) = cx.store().flow_version(instance, &named.id, number).await? {
            add(&mut found, text, Some(&version.contract).filter(|contract| !contract.is_empty()).map(String::as_str));
        }
    }
    Ok(found)
}

/// A contract that an earlier release accepted and this one cannot read counts as none.
fn add(found: &mut HashMap<String, ModuleContract>, text: &str, settings: Option<&str>) {
    if let Ok(contract) = contact_flow_module::contract(settings) {
        found.insert(text.to_owned(), contract);
    }
}

/// The flow that runs while a task waits in a queue unless a hook names another: the instance's default one, whatever
/// its name (flows 5, tasks 5.5). It cannot be deleted, so its id is cached once found.
pub(crate) async fn default_queue_flow(cx: &Cx<'_>, instance: &str) -> Result<Option<String>> {
    if let Some(id) = cx.documents().queue_flow(instance) {
        return Ok(Some(id));
    }
    let types = [ContactFlowType::CustomerQueue.as_str()];
    let page = cx.store().resource_page(instance, Kind::ContactFlow, &types, None, LOOKED_AT).await?;
    for row in &page.items {
        if Extras::of(row)?.is_default {
            cx.documents().keep_queue_flow(instance, &row.id);
            return Ok(Some(row.id.clone()));
        }
    }
    Ok(None)
}

/// The default flows are the oldest of an instance, so checking the first few is enough.
const LOOKED_AT: usize = 16;

/// The data that the body of a row holds besides the wire shape.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extras {
    /// Created with the instance; cannot be deleted (tasks 5.5).
    pub(crate) is_default: bool,
    /// The number of the newest version ever made; numbers are never reused (flows 1.9).
    pub(crate) last_version: i64,
}

impl Extras {
    /// Their names.
    pub(crate) const MEMBERS: &'static [&'static str] = &["IsDefault", "LastVersion"];

    /// Reads them from a body.
    pub(crate) fn of(row: &ResourceRow) -> Result<Self> {
        let body = wire::json::parse(row.body.as_bytes()).map_err(Error::internal)?;
        let number = |json: &Json<'_>| if let Json::Number(n) = json { n.as_i64() } else { None };
        Ok(Self {
            is_default: body.get("IsDefault").and_then(Json::as_bool).unwrap_or(false),
            last_version: body.get("LastVersion").and_then(number).unwrap_or(0),
        })
    }

    /// A body with them behind the shape's members.
    pub(crate) fn join(self, shape: String) -> String {
        let mut members = Vec::new();
        if self.is_default {
            members.push("\"IsDefault\":true".to_owned());
        }
        if self.last_version > 0 {
            members.push(format!("\"LastVersion\":{}", self.last_version));
        }
        match shape.strip_suffix('}') {
            Some(open) if !members.is_empty() => format!("{open},{}}}", members.join(",")),
            _ => shape,
        }
    }

    /// The body of a row with these in place of its own.
    pub(crate) fn replace(self, of: Of, row: &ResourceRow) -> Result<String> {
        let body = row.body.as_bytes();
        Ok(self.join(match of {
            Of::Flow => wire::to_stored(&wire::from_stored::<ContactFlow>(body).map_err(Error::internal)?),
            Of::Module => wire::to_stored(&wire::from_stored::<ContactFlowModule>(body).map_err(Error::internal)?),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extras_travel_behind_the_shape() {
        let shape = || "{\"Id\":\"x\"}".to_owned();
        for extras in [
            Extras::default(),
            Extras { is_default: true, last_version: 0 },
            Extras { is_default: false, last_version: 7 },
            Extras { is_default: true, last_version: i64::MAX },
        ] {
            let row = ResourceRow { body: extras.join(shape()), ..ResourceRow::default() };
            assert_eq!(Extras::of(&row).expect("a body"), extras);
            let row = ResourceRow { body: extras.replace(Of::Flow, &row).expect("a body"), ..row };
            assert_eq!(Extras::of(&row).expect("a body"), extras);
            assert!(row.body.starts_with("{\"Id\":\"x\""), "{}", row.body);
        }
    }
}
