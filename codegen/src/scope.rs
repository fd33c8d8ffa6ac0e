//! What is generated: the operations of `codegen/operations.txt`, and every shape they reach.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use super::actions::{Action, Additions, Facts, Values, kinds_named};
use super::deviations::Deviations;
use super::model::{Location, Model, Operation, Shape, Type};
use super::resources::{Named, Resources};
use crate::base::Outcome;

/// The names of the operations in scope, one a line; `#` starts a comment.
pub(crate) fn read(path: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    let names: Vec<String> = lines.filter(|line| !line.is_empty()).map(str::to_owned).collect();
    let distinct: BTreeSet<&String> = names.iter().collect();
    if distinct.len() == names.len() { Ok(names) } else { Err("an operation is listed twice".into()) }
}

/// The part of the model in scope, corrected.
pub(crate) struct Scope<'m> {
    pub(crate) api_version: &'m str,
    /// In the order of the list.
    pub(crate) operations: Vec<(&'m str, &'m Operation)>,
    /// The other operations of the service, by name.
    pub(crate) outside: Vec<(&'m str, &'m Operation)>,
    pub(crate) shapes: BTreeMap<String, Shape>,
    pub(crate) deviations: &'m Deviations,
    /// Which resources inputs name.
    pub(crate) named: Named,
    /// Which members are values of condition keys.
    pub(crate) values: Values,
    /// What policies can say about each operation.
    pub(crate) actions: BTreeMap<String, Action>,
    /// The published patterns of ARNs, by kind of resource.
    pub(crate) arns: BTreeMap<&'m str, &'m str>,
    /// Inputs and outputs, which become types of their operation.
    tops: BTreeSet<String>,
}

impl<'m> Scope<'m> {
    /// Collects it.
    pub(crate) fn new(
        model: &'m Model,
        names: &[String],
        deviations: &'m Deviations,
        resources: &Resources,
        (facts, additions): (&'m Facts, &'m Additions),
    ) -> Result<Self, Box<dyn Error>> {
        let mut operations = Vec::new();
        let mut tops = BTreeSet::new();
        for name in names {
            let (name, operation) = model.operation(name)?;
            if operation.input.is_none() {
                return Err(format!("the model has no shapes of {name}; run `cargo xtask model`").into());
            }
            for top in operation.input.iter().chain(&operation.output) {
                if !tops.insert(top.shape.clone()) {
                    return Err(format!("{} is the input or output of two operations", top.shape).into());
                }
            }
            operations.push((name.as_str(), operation));
        }
        let outside = model.operations.iter().filter(|(name, _)| !names.contains(name));
        let outside = outside.map(|(name, operation)| (name.as_str(), operation)).collect();
        let mut shapes = model.reached(names)?;
        shapes.iter_mut().try_for_each(|(name, shape)| deviations.correct(name, shape))?;
        let inputs = || operations.iter().filter_map(|(_, operation)| Some(operation.input.as_ref()?.shape.as_str()));
        let named = resources.named(&shapes, inputs())?;
        let values = additions.values(&shapes, inputs())?;
        let inputs = operations.iter().filter_map(|(name, operation)| Some((*name, operation.input.as_ref()?)));
        let named_by = inputs.map(|(name, input)| (name, kinds_named(&shapes, &named, &input.shape))).collect();
        let actions = facts.actions(additions, &named_by)?;
        let arns = facts.arns(additions).collect();
        let api_version = &model.metadata.api_version;
        let scope = Self { api_version, operations, outside, shapes, deviations, named, values, actions, arns, tops };
        scope.check()?;
        Ok(scope)
    }

    /// The shape of this name.
    pub(crate) fn shape(&self, name: &str) -> &Shape {
        self.shapes.get(name).expect("every shape that is reached is in scope")
    }

    /// Structures, unions and enumerations that become types of their own, by name.
    pub(crate) fn types(&self) -> impl Iterator<Item = (&String, &Shape)> {
        self.shapes.iter().filter(|(name, shape)| {
            !self.tops.contains(*name) && (shape.kind == Type::Structure || !shape.values.is_empty())
        })
    }

    /// Exceptions, by name.
    pub(crate) fn exceptions(&self) -> impl Iterator<Item = (&String, &Shape)> {
        self.shapes.iter().filter(|(_, shape)| shape.exception)
    }

    /// Fails on what the generated code could not express.
    fn check(&self) -> Outcome {
        for (name, shape) in &self.shapes {
            let top = self.tops.contains(name);
            for reference in shape.references() {
                if reference.location.is_some() != reference.location_name.is_some()
                    || (reference.location.is_some() && !top)
                {
                    return Err(format!("{name} binds a member in a way the codec does not know").into());
                }
                if self.tops.contains(&reference.shape) {
                    return Err(
                        format!("{name} contains {}, the input or output of an operation", reference.shape).into()
                    );
                }
            }
            if shape.kind == Type::Structure && self.holds(name, name, &mut BTreeSet::new()) {
                return Err(format!("{name} contains itself without a list or map between").into());
            }
        }
        for (name, operation) in &self.operations {
            let Some(input) = &operation.input else { continue };
            let labels =
                self.shape(&input.shape).members.iter().filter(|(_, member)| member.location == Some(Location::Uri));
            let unbound = labels.into_iter().find(|(_, member)| {
                let label = format!("{{{}}}", member.location_name.as_deref().unwrap_or_default());
                !operation.http.request_uri.split('/').any(|segment| segment == label)
            });
            if let Some((member, _)) = unbound {
                return Err(format!("{name}: the path has no label for {member}").into());
            }
        }
        Ok(())
    }

    /// Whether the structure `from` holds the structure `name` by value.
    fn holds<'s>(&'s self, from: &'s str, name: &str, seen: &mut BTreeSet<&'s str>) -> bool {
        self.shape(from).members.iter().any(|(_, member)| {
            member.shape == name || (seen.insert(&member.shape) && self.holds(&member.shape, name, seen))
        })
    }
}
