//! The route table: by first segment, then a list with literals before labels.

use std::collections::BTreeMap;
use std::error::Error;

use crate::codegen::model::Operation;
use crate::codegen::scope::Scope;

/// One route behind its first segment.
struct Route<'s> {
    name: &'s str,
    method: &'s str,
    segments: Vec<Segment<'s>>,
}

/// Literals come first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Segment<'s> {
    Literal(&'s str),
    Label,
    Rest,
}

impl Segment<'_> {
    fn written(&self) -> String {
        match self {
            Self::Literal(text) => format!("Segment::Literal(\"{text}\")"),
            Self::Label => "Segment::Label".to_owned(),
            Self::Rest => "Segment::Rest".to_owned(),
        }
    }
}

/// The file of routes.
pub(super) fn routes(scope: &Scope<'_>) -> Result<String, Box<dyn Error>> {
    let mut by_first: BTreeMap<&str, Vec<Route<'_>>> = BTreeMap::new();
    for (name, operation) in &scope.operations {
        let (first, route) = route(scope, name, operation)?;
        by_first.entry(first).or_default().push(route);
    }
    let (mut arms, mut lists) = (String::new(), String::new());
    for (first, mut routes) in by_first {
        routes
            .sort_by(|a, b| (a.segments.len(), &a.segments, a.method).cmp(&(b.segments.len(), &b.segments, b.method)));
        if let Some(pair) =
            routes.windows(2).find(|pair| pair[0].segments == pair[1].segments && pair[0].method == pair[1].method)
        {
            return Err(format!("{} and {} have the same route", pair[0].name, pair[1].name).into());
        }
        let constant = first.replace('-', "_").to_ascii_uppercase();
        arms.push_str(&format!("\"{first}\" => {constant},\n"));
        lists.push_str(&format!(
            "\nconst {constant}: &[Route] = &[\n{}];\n",
            routes.iter().map(line).collect::<String>()
        ));
    }
    Ok(format!(
        "//! Routes by the first segment of their path; literals stand before labels.

use crate::Op;
use crate::route::{{Method, Pattern as Route, Segment}};

/// The routes whose path begins with this segment.
pub(crate) fn under(first: &str) -> &'static [Route] {{
match first {{
{arms}_ => &[],
}}
}}
{lists}"
    ))
}

fn route<'s>(
    scope: &Scope<'_>,
    name: &'s str,
    operation: &'s Operation,
) -> Result<(&'s str, Route<'s>), Box<dyn Error>> {
    let uri = operation.http.request_uri.as_str();
    let mut parts = uri.trim_start_matches('/').split('/');
    let first = parts.next().filter(|first| !first.is_empty() && !first.starts_with('{'));
    let first = first.ok_or_else(|| format!("the path of {name} does not begin with a literal"))?;
    let label = if scope.deviations.takes_rest(uri) { || Segment::Rest } else { || Segment::Label };
    let segments: Vec<Segment<'_>> =
        parts.map(|part| if part.starts_with('{') { label() } else { Segment::Literal(part) }).collect();
    if segments.contains(&Segment::Rest) && segments.len() != 1 {
        return Err(format!("{name}: only a label alone may take the rest of the path").into());
    }
    let method = match operation.http.method.as_str() {
        "GET" => "Get",
        "PUT" => "Put",
        "POST" => "Post",
        "DELETE" => "Delete",
        other => return Err(format!("{name} uses the method {other}").into()),
    };
    Ok((first, Route { name, method, segments }))
}

fn line(route: &Route<'_>) -> String {
    let segments: Vec<String> = route.segments.iter().map(Segment::written).collect();
    let (name, method, segments) = (route.name, route.method, segments.join(", "));
    format!("Route {{ method: Method::{method}, segments: &[{segments}], op: Op::{name} }},\n")
}
