//! Names of resources: ARNs of every kind the service knows (task-templates 4.9, tasks 1.2), ids that may also be given as
//! ARN (task-templates 0.13, tasks 1.1.6), the qualifier after a flow id (tasks 1.1.7), and what may be tagged (4.6).

use std::fmt;

#[cfg(test)]
mod tests;

/// Longest id or ARN that can name anything here, in bytes. Longer texts are unknown without a lookup.
pub(crate) const ID_LEN_MAX: usize = 500;

/// First part of an ARN after `arn:`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Partition {
    /// `aws`
    Aws,
    /// `aws-cn`
    AwsCn,
    /// `aws-us-gov`
    AwsUsGov,
}

impl Partition {
    /// Every partition of 4.9.
    pub const ALL: &[Self] = &[Self::Aws, Self::AwsCn, Self::AwsUsGov];

    /// The text inside an ARN.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::AwsCn => "aws-cn",
            Self::AwsUsGov => "aws-us-gov",
        }
    }

    /// The partition of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|partition| partition.as_str() == text)
    }

    /// The partition a region lies in, by the prefix of its name.
    pub fn for_region(region: &str) -> Self {
        if region.starts_with("cn-") {
            Self::AwsCn
        } else if region.starts_with("us-gov-") {
            Self::AwsUsGov
        } else {
            Self::Aws
        }
    }
}

/// The owner of resources: partition, region and account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Home<'a> {
    /// Partition of `region`.
    pub partition: Partition,
    /// Region name, such as `eu-central-1`.
    pub region: &'a str,
    /// Account number, twelve digits.
    pub account: &'a str,
}

impl<'a> Home<'a> {
    /// The home of `account` in `region`.
    pub fn new(region: &'a str, account: &'a str) -> Self {
        Self { partition: Partition::for_region(region), region, account }
    }

    /// One instance of this home.
    pub fn instance(self, instance: &'a str) -> Scope<'a> {
        Scope { home: self, instance }
    }
}

/// The instance whose resources are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope<'a> {
    /// Where the instance lives.
    pub home: Home<'a>,
    /// Bare id of the instance.
    pub instance: &'a str,
}

impl Scope<'_> {
    /// The ARN of a resource of this instance (4.9). `id` is ignored for [`Kind::Instance`].
    pub fn arn(self, kind: Kind, id: &str) -> String {
        self.resource(kind, id).to_string()
    }

    /// The ARN of the instance itself.
    pub fn instance_arn(self) -> String {
        self.arn(Kind::Instance, self.instance)
    }

    fn resource(self, kind: Kind, id: &str) -> Arn {
        let (instance, id) = match kind {
            Kind::Instance => (Some(self.instance), self.instance),
            Kind::PhoneNumber => (None, id),
            _ => (Some(self.instance), id),
        };
        Arn {
            partition: self.home.partition,
            region: self.home.region.to_owned(),
            account: self.home.account.to_owned(),
            instance: instance.map(str::to_owned),
            kind,
            id: id.to_owned(),
        }
    }
}

/// Kinds of resources that have an ARN (4.9; the agent queue: tasks 1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each name says what it is; `noun` and `segment` give its texts")]
pub enum Kind {
    Instance,
    TaskTemplate,
    Flow,
    FlowModule,
    QuickConnect,
    Queue,
    AgentQueue,
    User,
    AgentStatus,
    RoutingProfile,
    HoursOfOperation,
    SecurityProfile,
    HierarchyGroup,
    HierarchyLevel,
    Prompt,
    Contact,
    PhoneNumber,
}

impl Kind {
    /// Every kind.
    pub const ALL: &[Self] = &[
        Self::Instance,
        Self::TaskTemplate,
        Self::Flow,
        Self::FlowModule,
        Self::QuickConnect,
        Self::Queue,
        Self::AgentQueue,
        Self::User,
        Self::AgentStatus,
        Self::RoutingProfile,
        Self::HoursOfOperation,
        Self::SecurityProfile,
        Self::HierarchyGroup,
        Self::HierarchyLevel,
        Self::Prompt,
        Self::Contact,
        Self::PhoneNumber,
    ];

    /// Its name for people, for the middle of a sentence.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Instance => "instance",
            Self::TaskTemplate => "task template",
            Self::Flow => "flow",
            Self::FlowModule => "flow module",
            Self::QuickConnect => "quick connect",
            Self::Queue => "queue",
            Self::AgentQueue => "agent queue",
            Self::User => "user",
            Self::AgentStatus => "agent status",
            Self::RoutingProfile => "routing profile",
            Self::HoursOfOperation => "hours of operation",
            Self::SecurityProfile => "security profile",
            Self::HierarchyGroup => "hierarchy group",
            Self::HierarchyLevel => "hierarchy level",
            Self::Prompt => "prompt",
            Self::Contact => "contact",
            Self::PhoneNumber => "phone number",
        }
    }

    /// What precedes the id in an ARN.
    pub fn segment(self) -> &'static str {
        match self {
            Self::Instance => "instance",
            Self::TaskTemplate => "task-template",
            Self::Flow => "contact-flow",
            Self::FlowModule => "flow-module",
            Self::QuickConnect => "transfer-destination",
            Self::Queue => "queue",
            Self::AgentQueue => "queue/agent",
            Self::User => "agent",
            Self::AgentStatus => "agent-state",
            Self::RoutingProfile => "routing-profile",
            Self::HoursOfOperation => "operating-hours",
            Self::SecurityProfile => "security-profile",
            Self::HierarchyGroup => "agent-group",
            Self::HierarchyLevel => "agent-group-level",
            Self::Prompt => "prompt",
            Self::Contact => "contact",
            Self::PhoneNumber => "phone-number",
        }
    }

    /// May TagResource be used on it? Contacts have operations of their own; an agent queue comes and goes with its user (4.6, 4.9).
    pub fn taggable(self) -> bool {
        !matches!(self, Self::Contact | Self::AgentQueue | Self::HierarchyLevel)
    }
}

/// A parsed ARN.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Arn {
    /// Partition.
    pub partition: Partition,
    /// Region name, not compared with anything yet.
    pub region: String,
    /// Account number, twelve digits.
    pub account: String,
    /// Id of the instance; `None` for phone numbers only.
    pub instance: Option<String>,
    /// What is named.
    pub kind: Kind,
    /// Id of the resource, for [`Kind::Instance`] that of the instance. Flow ids keep their qualifier.
    pub id: String,
}

impl Arn {
    /// Reads an ARN of any kind of 4.9, of any account and region.
    pub fn parse(text: &str) -> Result<Self, ArnError> {
        let mut parts = text.splitn(6, ':');
        let mut next = || parts.next();
        if next() != Some("arn") {
            return Err(ArnError::NotAnArn);
        }
        let (Some(partition), Some(service), Some(region), Some(account), Some(resource)) =
            (next(), next(), next(), next(), next())
        else {
            return Err(ArnError::NotAnArn);
        };
        let partition = Partition::parse(partition).ok_or(ArnError::Partition)?;
        if service != "connect" {
            return Err(ArnError::Service);
        }
        if !is_region(region) {
            return Err(ArnError::Region);
        }
        if account.len() != 12 || !account.bytes().all(|b| b.is_ascii_digit()) {
            return Err(ArnError::Account);
        }
        let (kind, instance, id) = resource_parts(resource)?;
        Ok(Self {
            partition,
            region: region.to_owned(),
            account: account.to_owned(),
            instance: instance.map(str::to_owned),
            kind,
            id: id.to_owned(),
        })
    }

    /// Is it a resource of this partition, region and account?
    pub fn lives_in(&self, home: Home<'_>) -> bool {
        self.partition == home.partition && self.region == home.region && self.account == home.account
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "arn:{}:connect:{}:{}:", self.partition.as_str(), self.region, self.account)?;
        match (&self.instance, self.kind) {
            (Some(instance), Kind::Instance) => write!(f, "instance/{instance}"),
            (Some(instance), kind) => write!(f, "instance/{instance}/{}/{}", kind.segment(), self.id),
            (None, kind) => write!(f, "{}/{}", kind.segment(), self.id),
        }
    }
}

fn is_region(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Can `text` be an id at all? Ids of the service are one path segment without white space and control characters.
fn is_id(text: &str) -> bool {
    if text.is_empty() || text.len() > ID_LEN_MAX {
        return false;
    }
    // Nearly every id is ASCII: checked without branches, so that many bytes are checked at once.
    let plain = text.bytes().fold(true, |plain, b| plain & (b > b' ') & (b < 0x7f) & (b != b'/'));
    plain || (!text.is_ascii() && !text.chars().any(|c| c == '/' || c.is_whitespace() || c.is_control()))
}

/// Splits what follows the account: kind, instance id, id.
fn resource_parts(resource: &str) -> Result<(Kind, Option<&str>, &str), ArnError> {
    let parts: Vec<&str> = resource.split('/').collect();
    let (kind, instance, id) = match parts[..] {
        ["instance", instance] => (Kind::Instance, Some(instance), instance),
        ["instance", instance, "queue", "agent", id] => (Kind::AgentQueue, Some(instance), id),
        ["instance", instance, segment, id] => {
            let kind = Kind::ALL.iter().copied().find(|kind| kind.segment() == segment && kind.in_instance());
            (kind.ok_or(ArnError::Resource)?, Some(instance), id)
        }
        ["phone-number", id] => (Kind::PhoneNumber, None, id),
        _ => return Err(ArnError::Resource),
    };
    if !is_id(id) || !instance.is_none_or(is_id) {
        return Err(ArnError::Id);
    }
    Ok((kind, instance, id))
}

impl Kind {
    /// Is it named as `instance/{InstanceId}/{segment}/{id}`?
    fn in_instance(self) -> bool {
        !matches!(self, Self::Instance | Self::PhoneNumber)
    }
}

/// Why a text is no ARN of this service. InvalidParameterException for TagResource and its kin (4.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named after the part that is wrong; Display says it in words")]
pub enum ArnError {
    NotAnArn,
    Partition,
    Service,
    Region,
    Account,
    Resource,
    Id,
}

impl fmt::Display for ArnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAnArn => "an ARN has the form arn:{partition}:connect:{region}:{account}:{resource}",
            Self::Partition => "the partition must be aws, aws-cn or aws-us-gov",
            Self::Service => "the service in the ARN must be connect",
            Self::Region => "the ARN names no region",
            Self::Account => "the account in the ARN must be twelve digits",
            Self::Resource => "the ARN names no known kind of resource",
            Self::Id => "an id in the ARN is empty or malformed",
        })
    }
}

impl std::error::Error for ArnError {}

/// What a text in the place of an id stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdRef {
    /// A bare id that may exist in the instance.
    Id(String),
    /// Something that cannot exist there: an ARN of another kind, instance, account, region or partition, or a text that
    /// is no id. To be answered like an unknown id (0.13).
    Foreign,
}

impl IdRef {
    /// The id, if it is one.
    pub fn id(self) -> Option<String> {
        match self {
            Self::Id(id) => Some(id),
            Self::Foreign => None,
        }
    }
}

/// The bare id of a resource of `scope` that the caller named by id or by ARN (0.13, tasks 1.1.6).
pub fn id_or_arn(kind: Kind, text: &str, scope: Scope<'_>) -> IdRef {
    if !text.starts_with("arn:") {
        return if is_id(text) { IdRef::Id(text.to_owned()) } else { IdRef::Foreign };
    }
    match Arn::parse(text) {
        Ok(arn) if arn.kind == kind && arn.lives_in(scope.home) => {
            let same_instance = arn.instance.as_deref().is_none_or(|instance| instance == scope.instance);
            if same_instance { IdRef::Id(arn.id) } else { IdRef::Foreign }
        }
        _ => IdRef::Foreign,
    }
}

/// What a text in the place of an InstanceId stands for (0.13, administration 1.1.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InstanceRef {
    /// The bare id of an instance that may exist here.
    Id(String),
    /// The ARN of an instance of another account, region or partition: to be answered like an unknown id.
    Foreign,
    /// Neither a UUID nor the ARN of an instance. Not to be answered like an unknown id: clients take that for a resource
    /// that was deleted.
    Malformed,
}

/// The bare id of an instance that the caller named by id or by ARN (0.13, administration 1.1.3).
pub fn instance_id(text: &str, home: Home<'_>) -> InstanceRef {
    if is_uuid(text) {
        return InstanceRef::Id(text.to_owned());
    }
    match Arn::parse(text) {
        Ok(arn) if arn.kind != Kind::Instance || !is_uuid(&arn.id) => InstanceRef::Malformed,
        Ok(arn) if arn.lives_in(home) => InstanceRef::Id(arn.id),
        Ok(_) => InstanceRef::Foreign,
        Err(_) => InstanceRef::Malformed,
    }
}

/// Is it written like a UUID, of any version and in any case?
fn is_uuid(text: &str) -> bool {
    let hyphen = |at: usize| matches!(at, 8 | 13 | 18 | 23);
    let fits = |(at, byte): (usize, u8)| if hyphen(at) { byte == b'-' } else { byte.is_ascii_hexdigit() };
    text.len() == 36 && text.bytes().enumerate().all(fits)
}

/// Why the target of a tag operation is refused (4.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagTarget {
    /// No ARN, or of no known kind: InvalidParameterException with this message.
    Invalid(String),
    /// Well-formed, but of another account or region: ResourceNotFoundException.
    NotFound,
    /// A known kind without tags of this sort: InvalidRequestException with this message.
    NotTaggable(String),
}

/// Reads the `resourceArn` of TagResource, UntagResource and ListTagsForResource (4.6). Whether the resource exists is for the
/// caller to find out.
pub fn tag_target(text: &str, home: Home<'_>) -> Result<Arn, TagTarget> {
    let arn = Arn::parse(text).map_err(|error| {
        TagTarget::Invalid(format!("Invalid parameter: resourceArn {}: {error}", crate::text::quoted(text)))
    })?;
    if !arn.lives_in(home) {
        return Err(TagTarget::NotFound);
    }
    if !arn.kind.taggable() {
        let hint = if arn.kind == Kind::Contact { "; use TagContact" } else { "" };
        return Err(TagTarget::NotTaggable(format!(
            "A resource of kind {} cannot be tagged here{hint}",
            arn.kind.noun()
        )));
    }
    Ok(arn)
}

/// What may follow the id of a flow or module after a colon (tasks 1.1.7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Qualifier {
    /// `$LATEST`: the published content, as without qualifier.
    Latest,
    /// `$SAVED`: the draft.
    Saved,
    /// A version number.
    Version(u64),
    /// The id of an alias.
    Alias(String),
}

/// Splits a flow or module id, bare or as an ARN, into the id and its qualifier, which follows the last slash (tasks 1.1.7).
pub fn flow_id(id: &str) -> (String, Option<Qualifier>) {
    let name = id.rfind('/').map_or(0, |slash| slash + 1);
    let Some(colon) = id[name..].find(':').map(|at| name + at) else {
        return (id.to_owned(), None);
    };
    let (bare, qualifier) = (&id[..colon], &id[colon + 1..]);
    let qualifier = match qualifier {
        "$LATEST" => Qualifier::Latest,
        "$SAVED" => Qualifier::Saved,
        other => match other.parse() {
            Ok(number) => Qualifier::Version(number),
            Err(_) => Qualifier::Alias(other.to_owned()),
        },
    };
    (bare.to_owned(), Some(qualifier))
}
