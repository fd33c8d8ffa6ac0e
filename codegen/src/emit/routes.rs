//! The route table: by first segment, then a list with literals before labels.

use std::collections::BTreeMap;
use std::error::Error;

use crate::model::Operation;
use crate::scope::Scope;

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

/// The routes of some operations, by first segment.
type Routes<'s> = BTreeMap<&'s str, Vec<Route<'s>>>;

/// The file of routes.
pub(super) fn routes(scope: &Scope<'_>) -> Result<String, Box<dyn Error>> {
    let routes = by_first(scope, &scope.operations)?;
    let (arms, lists) = tables(&routes, "Op", |name| format!("Op::{name}"));
    Ok(format!(
        "//! Routes by the first segment of their path; literals stand before labels.

use crate::Op;
use crate::route::{{Method, Pattern as Route, Segment}};

/// The routes whose path begins with this segment.
pub(crate) fn under(first: &str) -> &'static [Route<Op>] {{
match first {{
{arms}_ => &[],
}}
}}
{lists}"
    ))
}

/// The file of routes of the other operations of the service, which are known by name only. They are looked up where no operation in
/// scope has the path, so none of them may be hidden by one.
pub(super) fn outside(scope: &Scope<'_>) -> Result<String, Box<dyn Error>> {
    let (ours, routes) = (by_first(scope, &scope.operations)?, by_first(scope, &scope.outside)?);
    for (first, outside) in &routes {
        for (ours, outside) in
            ours.get(first).into_iter().flatten().flat_map(|ours| outside.iter().map(move |o| (ours, o)))
        {
            if ours.method == outside.method && ours.takes(outside) {
                return Err(format!("the route of {} hides that of {}, out of scope", ours.name, outside.name).into());
            }
        }
    }
    let (arms, lists) = tables(&routes, "&str", |name| format!("\"{name}\""));
    Ok(format!(
        "//! Routes of the operations of the service that are out of scope, with their names.

use crate::route::{{Method, Pattern as Route, Segment}};

/// The routes whose path begins with this segment.
pub(crate) fn under(first: &str) -> &'static [Route<&'static str>] {{
match first {{
{arms}_ => &[],
}}
}}
{lists}"
    ))
}

fn by_first<'s>(scope: &Scope<'_>, operations: &[(&'s str, &'s Operation)]) -> Result<Routes<'s>, Box<dyn Error>> {
    let mut by_first = Routes::new();
    for (name, operation) in operations {
        let (first, route) = route(scope, name, operation)?;
        by_first.entry(first).or_default().push(route);
    }
    for routes in by_first.values_mut() {
        routes
            .sort_by(|a, b| (a.segments.len(), &a.segments, a.method).cmp(&(b.segments.len(), &b.segments, b.method)));
        if let Some(pair) =
            routes.windows(2).find(|pair| pair[0].segments == pair[1].segments && pair[0].method == pair[1].method)
        {
            return Err(format!("{} and {} have the same route", pair[0].name, pair[1].name).into());
        }
    }
    Ok(by_first)
}

/// The arms of a match on the first segment, and the constants that they name; `of` is the type of what a route leads to.
fn tables(routes: &Routes<'_>, of: &str, target: impl Fn(&str) -> String) -> (String, String) {
    let (mut arms, mut lists) = (String::new(), String::new());
    for (first, routes) in routes {
        let constant = first.replace('-', "_").to_ascii_uppercase();
        arms.push_str(&format!("\"{first}\" => {constant},\n"));
        let lines: String = routes.iter().map(|route| line(route, &target(route.name))).collect();
        lists.push_str(&format!("\nconst {constant}: &[Route<{of}>] = &[\n{lines}];\n"));
    }
    (arms, lists)
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

fn line(route: &Route<'_>, target: &str) -> String {
    let segments: Vec<String> = route.segments.iter().map(Segment::written).collect();
    let (method, segments) = (route.method, segments.join(", "));
    format!("Route {{ method: Method::{method}, segments: &[{segments}], op: {target} }},\n")
}

impl Route<'_> {
    /// Whether a path of `other` may be one of this route.
    fn takes(&self, other: &Route<'_>) -> bool {
        self.segments.contains(&Segment::Rest)
            || self.segments.len() == other.segments.len()
                && self.segments.iter().zip(&other.segments).all(|(ours, theirs)| match (ours, theirs) {
                    (Segment::Literal(ours), Segment::Literal(theirs)) => ours == theirs,
                    _ => true,
                })
    }
}
