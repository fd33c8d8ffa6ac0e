// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

//! How values are read, and their limits.

use crate::generated::patterns;
use crate::kind::{Double, Integer, List, Long, Map, Of, OneOf, Text, of, one_of};
use crate::shapes::{
    AIAgent, AfterContactWorkConfigPerChannel, AgentContactReference, AgentStatus, AgentStatusSearchCriteria,
    AgentStatusSummary, AgentStatusType, AiAgentInfo, AiAgentSearchCriteria, AllowedUserAction, Application,
    AssociatedContactSummary, Attribute, AttributeAndCondition, AutoAcceptConfig, CaseEntry, Channel,
    CommonAttributeAndCondition, Condition, ContactEvaluation, ContactField, ContactFlow, ContactFlowAliasSummary,
    ContactFlowAttributeAndCondition, ContactFlowModule, ContactFlowModuleAliasSummary,
    ContactFlowModuleSearchCriteria, ContactFlowModuleSummary, ContactFlowModuleVersionSummary,
    ContactFlowSearchCriteria, ContactFlowSummary, ContactFlowType, ContactFlowVersionSummary, ContactInitiationMethod,
    ContactMetricInfo, ContactMetricResult, ContactSearchSummary, ContactSearchSummaryAiAgentInfo,
    ContactSearchSummarySegmentAttributeValue, ContactState, CurrentMetric, CurrentMetricData, CurrentMetricResult,
    CurrentMetricSortCriteria, EffectiveHoursOfOperations, EffectiveOverrideHours, EmailAddressConfig,
    EmailAddressInfo, EmailAddressSummary, EmailRecipient, Expression, FilterV2, FlowModule, Grouping, HierarchyGroup,
    HierarchyGroupSummary, HistoricalMetric, HistoricalMetricData, HistoricalMetricResult, HoursOfOperation,
    HoursOfOperationConfig, HoursOfOperationOverride, HoursOfOperationOverrideConfig,
    HoursOfOperationOverrideSearchCriteria, HoursOfOperationSearchCriteria, HoursOfOperationSummary,
    HoursOfOperationsIdentifier, InstanceSummary, InvisibleFieldInfo, MediaConcurrency, MetricDataV2, MetricFilterV2,
    MetricResultV2, MetricV2, NextContactEntry, OperationalHour, OverrideHour, ParentHoursOfOperationConfig,
    PersistentConnectionConfig, PhoneNumberConfig, PredefinedAttribute, PredefinedAttributeSearchCriteria,
    PredefinedAttributeSummary, PrimaryAttributeValue, ProblemDetail, PropertyValidationExceptionProperty, Queue,
    QueueSearchCriteria, QueueSummary, QueueType, QuickConnect, QuickConnectSearchCriteria, QuickConnectSummary,
    QuickConnectType, ReadOnlyFieldInfo, RecordingInfo, Reference, ReferenceSummary, ReferenceType,
    ReplicationStatusSummary, RequiredFieldInfo, RoutingCriteriaInputStep, RoutingProfile,
    RoutingProfileManualAssignmentQueueConfig, RoutingProfileManualAssignmentQueueConfigSummary,
    RoutingProfileQueueConfig, RoutingProfileQueueConfigSummary, RoutingProfileQueueReference,
    RoutingProfileSearchCriteria, RoutingProfileSummary, SearchContactsAdditionalTimeRangeCriteria,
    SearchableContactAttributesCriteria, SearchableRoutingCriteriaStep, SearchableSegmentAttributesCriteria,
    SecurityProfileSearchCriteria, SecurityProfileSearchSummary, SecurityProfileSummary, SegmentAttributeValue,
    StateTransition, Step, TagCondition, TagSet, TaskAttachment, TaskTemplateDefaultFieldValue, TaskTemplateField,
    TaskTemplateMetadata, ThresholdV2, TranscriptCriteria, UserData, UserHierarchyGroupSearchCriteria, UserProficiency,
    UserProficiencyDisassociate, UserSearchCriteria, UserSearchSummary, UserSummary, VoiceEnhancementConfig,
    WorkloadTypeConcurrency,
};

pub(crate) const ACTIVE_REGION: Text = Text::ANY.max(1024);
pub(crate) const ACTIVE_REGION_LIST: List<Text> = List::new(REGION_NAME);
pub(crate) const AFTER_CONTACT_WORK_CONFIGS: List<Of<AfterContactWorkConfigPerChannel>> =
    List::new(of::<AfterContactWorkConfigPerChannel>());
pub(crate) const AFTER_CONTACT_WORK_TIME_LIMIT: Integer = Integer::ANY.min(0);
pub(crate) const AGENT_CONTACT_REFERENCE_LIST: List<Of<AgentContactReference>> =
    List::new(of::<AgentContactReference>());
pub(crate) const AGENT_FIRST_NAME: Text = Text::ANY.max(255);
pub(crate) const AGENT_ID: Text = Text::ANY.max(256);
pub(crate) const AGENT_IDS: List<Text> = List::new(AGENT_ID);
pub(crate) const AGENT_LAST_NAME: Text = Text::ANY.max(300);
pub(crate) const AGENT_PAUSE_DURATION_IN_SECONDS: Integer = Integer::ANY.min(0);
pub(crate) const AGENT_RESOURCE_ID: Text = Text::ANY.min(1).max(256);
pub(crate) const AGENT_RESOURCE_ID_LIST: List<Text> = List::new(AGENT_RESOURCE_ID).max(100);
pub(crate) const AGENT_STATUS_DESCRIPTION: Text = Text::ANY.min(1).max(250);
pub(crate) const AGENT_STATUS_LIST: List<Of<AgentStatus>> = List::new(of::<AgentStatus>());
pub(crate) const AGENT_STATUS_NAME: Text = Text::ANY.min(1).max(127);
pub(crate) const AGENT_STATUS_ORDER_NUMBER: Integer = Integer::ANY.min(1).max(50);
pub(crate) const AGENT_STATUS_SEARCH_CONDITION_LIST: List<Of<AgentStatusSearchCriteria>> =
    List::new(of::<AgentStatusSearchCriteria>());
pub(crate) const AGENT_STATUS_SUMMARY_LIST: List<Of<AgentStatusSummary>> = List::new(of::<AgentStatusSummary>());
pub(crate) const AGENT_STATUS_TYPES: List<OneOf<AgentStatusType>> = List::new(one_of::<AgentStatusType>()).max(3);
pub(crate) const AGENT_STATUSES: List<Text> = List::new(Text::ANY);
pub(crate) const AGENT_USERNAME: Text = Text::ANY.min(1).max(100);
pub(crate) const AGENTS_MIN_ONE_MAX_HUNDRED: List<Text> = List::new(Text::ANY).min(1).max(100);
pub(crate) const AI_AGENT_ID: Text = Text::ANY.max(128).pattern(&patterns::AI_AGENT_ID);
pub(crate) const AI_AGENT_SEARCH_CRITERIA_LIST: List<Of<AiAgentSearchCriteria>> =
    List::new(of::<AiAgentSearchCriteria>()).max(1);
pub(crate) const AI_AGENT_VERSION_ID: Text = Text::ANY.max(128);
pub(crate) const AI_AGENTS: List<Of<AiAgentInfo>> = List::new(of::<AiAgentInfo>());
pub(crate) const ALLOWED_AI_AGENTS: List<Of<AIAgent>> = List::new(of::<AIAgent>()).max(100);
pub(crate) const ALLOWED_ACCESS_CONTROL_TAGS: Map<Text, Text> =
    Map::new(SECURITY_PROFILE_POLICY_KEY, SECURITY_PROFILE_POLICY_VALUE).max(4);
pub(crate) const ALLOWED_FLOW_MODULES: List<Of<FlowModule>> = List::new(of::<FlowModule>()).max(10);
pub(crate) const ALLOWED_USER_ACTIONS: List<OneOf<AllowedUserAction>> = List::new(one_of::<AllowedUserAction>());
pub(crate) const APPLICATION_PERMISSIONS: List<Text> = List::new(PERMISSION).min(1).max(50);
pub(crate) const APPLICATIONS: List<Of<Application>> = List::new(of::<Application>()).max(10);
pub(crate) const ASSOCIATED_CONTACT_SUMMARY_LIST: List<Of<AssociatedContactSummary>> =
    List::new(of::<AssociatedContactSummary>());
pub(crate) const ASSOCIATED_QUEUE_ID_LIST: List<Text> = List::new(Text::ANY);
pub(crate) const ATTRIBUTE_NAME: Text = Text::ANY.min(1).max(32767);
pub(crate) const ATTRIBUTE_OR_CONDITION_LIST: List<Of<AttributeAndCondition>> =
    List::new(of::<AttributeAndCondition>());
pub(crate) const ATTRIBUTE_VALUE: Text = Text::ANY.max(32767);
pub(crate) const ATTRIBUTES: Map<Text, Text> = Map::new(ATTRIBUTE_NAME, ATTRIBUTE_VALUE);
pub(crate) const ATTRIBUTES_LIST: List<Of<Attribute>> = List::new(of::<Attribute>());
pub(crate) const AUTO_ACCEPT_CONFIGS: List<Of<AutoAcceptConfig>> = List::new(of::<AutoAcceptConfig>());
pub(crate) const AWS_REGION: Text = Text::ANY.min(8).max(31).pattern(&patterns::AWS_REGION);
pub(crate) const CAMPAIGN_ID: Text = Text::ANY.min(1).max(100);
pub(crate) const CASE_ENTRIES: List<Of<CaseEntry>> = List::new(of::<CaseEntry>());
pub(crate) const CASE_ID: Text = Text::ANY.min(1).max(36);
pub(crate) const CASE_REFERENCE_NUMBER: Text = Text::ANY.min(1).max(50);
pub(crate) const CHANNEL_LIST: List<OneOf<Channel>> = List::new(one_of::<Channel>());
pub(crate) const CHANNEL_TO_COUNT_MAP: Map<OneOf<Channel>, Integer> = Map::new(one_of::<Channel>(), INTEGER_COUNT);
pub(crate) const CHANNELS: List<OneOf<Channel>> = List::new(one_of::<Channel>()).max(4);
pub(crate) const CHILD_HOURS_OF_OPERATIONS_LIST: List<Of<HoursOfOperationsIdentifier>> =
    List::new(of::<HoursOfOperationsIdentifier>());
pub(crate) const CLIENT_TOKEN: Text = Text::ANY.max(500);
pub(crate) const COMMON_ATTRIBUTE_OR_CONDITION_LIST: List<Of<CommonAttributeAndCondition>> =
    List::new(of::<CommonAttributeAndCondition>());
pub(crate) const COMMON_HUMAN_READABLE_DESCRIPTION: Text =
    Text::ANY.min(1).max(250).pattern(&patterns::COMMON_HUMAN_READABLE_DESCRIPTION);
pub(crate) const COMMON_HUMAN_READABLE_NAME: Text =
    Text::ANY.min(1).max(127).pattern(&patterns::COMMON_HUMAN_READABLE_DESCRIPTION);
pub(crate) const COMMON_NAME_LENGTH127: Text = Text::ANY.min(1).max(127);
pub(crate) const COMPARISON_OPERATOR: Text = Text::ANY.min(1).max(127);
pub(crate) const CONCURRENCY: Integer = Integer::ANY.min(0).max(10);
pub(crate) const CONDITIONS: List<Of<Condition>> = List::new(of::<Condition>());
pub(crate) const CONTACT_DETAIL_DESCRIPTION: Text = Text::ANY.max(1024);
pub(crate) const CONTACT_DETAIL_NAME: Text = Text::ANY.max(1024);
pub(crate) const CONTACT_EVALUATIONS: Map<Text, Of<ContactEvaluation>> = Map::new(Text::ANY, of::<ContactEvaluation>());
pub(crate) const CONTACT_FIELDS: List<OneOf<ContactField>> = List::new(one_of::<ContactField>());
pub(crate) const CONTACT_FLOW_ALIAS_SUMMARY_LIST: List<Of<ContactFlowAliasSummary>> =
    List::new(of::<ContactFlowAliasSummary>());
pub(crate) const CONTACT_FLOW_ATTRIBUTE_OR_CONDITION_LIST: List<Of<ContactFlowAttributeAndCondition>> =
    List::new(of::<ContactFlowAttributeAndCondition>());
pub(crate) const CONTACT_FLOW_ID: Text = Text::ANY.max(500);
pub(crate) const CONTACT_FLOW_MODULE_ALIAS: Text =
    Text::ANY.min(1).max(100).pattern(&patterns::CONTACT_FLOW_MODULE_ALIAS);
pub(crate) const CONTACT_FLOW_MODULE_ALIAS_SUMMARY_LIST: List<Of<ContactFlowModuleAliasSummary>> =
    List::new(of::<ContactFlowModuleAliasSummary>());
pub(crate) const CONTACT_FLOW_MODULE_CONTENT: Text = Text::ANY.min(1).max(256000);
pub(crate) const CONTACT_FLOW_MODULE_DESCRIPTION: Text =
    Text::ANY.max(500).pattern(&patterns::CONTACT_FLOW_MODULE_DESCRIPTION);
pub(crate) const CONTACT_FLOW_MODULE_ID: Text = Text::ANY.min(1).max(256);
pub(crate) const CONTACT_FLOW_MODULE_NAME: Text =
    Text::ANY.min(1).max(127).pattern(&patterns::CONTACT_FLOW_MODULE_DESCRIPTION);
pub(crate) const CONTACT_FLOW_MODULE_SEARCH_CONDITION_LIST: List<Of<ContactFlowModuleSearchCriteria>> =
    List::new(of::<ContactFlowModuleSearchCriteria>());
pub(crate) const CONTACT_FLOW_MODULE_SEARCH_SUMMARY_LIST: List<Of<ContactFlowModule>> =
    List::new(of::<ContactFlowModule>());
pub(crate) const CONTACT_FLOW_MODULE_VERSION_SUMMARY_LIST: List<Of<ContactFlowModuleVersionSummary>> =
    List::new(of::<ContactFlowModuleVersionSummary>());
pub(crate) const CONTACT_FLOW_MODULES_SUMMARY_LIST: List<Of<ContactFlowModuleSummary>> =
    List::new(of::<ContactFlowModuleSummary>());
pub(crate) const CONTACT_FLOW_NAME: Text = Text::ANY.min(1);
pub(crate) const CONTACT_FLOW_SEARCH_CONDITION_LIST: List<Of<ContactFlowSearchCriteria>> =
    List::new(of::<ContactFlowSearchCriteria>());
pub(crate) const CONTACT_FLOW_SEARCH_SUMMARY_LIST: List<Of<ContactFlow>> = List::new(of::<ContactFlow>());
pub(crate) const CONTACT_FLOW_SUMMARY_LIST: List<Of<ContactFlowSummary>> = List::new(of::<ContactFlowSummary>());
pub(crate) const CONTACT_FLOW_TYPES: List<OneOf<ContactFlowType>> = List::new(one_of::<ContactFlowType>()).max(10);
pub(crate) const CONTACT_FLOW_VERSION_SUMMARY_LIST: List<Of<ContactFlowVersionSummary>> =
    List::new(of::<ContactFlowVersionSummary>());
pub(crate) const CONTACT_ID: Text = Text::ANY.min(1).max(256);
pub(crate) const CONTACT_LENS_ANALYTICS_MODE_LIST: List<Text> = List::new(Text::ANY);
pub(crate) const CONTACT_LENS_REDACTION_ENTITIES_LIST: List<Text> = List::new(Text::ANY);
pub(crate) const CONTACT_LENS_SUMMARY_MODE_LIST: List<Text> = List::new(Text::ANY);
pub(crate) const CONTACT_METRIC_RESULTS: List<Of<ContactMetricResult>> = List::new(of::<ContactMetricResult>());
pub(crate) const CONTACT_METRICS: List<Of<ContactMetricInfo>> = List::new(of::<ContactMetricInfo>()).min(1);
pub(crate) const CONTACT_REFERENCES: Map<Text, Of<Reference>> = Map::new(REFERENCE_KEY, of::<Reference>());
pub(crate) const CONTACT_SEARCH_SUMMARY_AI_AGENT_INFO_LIST: List<Of<ContactSearchSummaryAiAgentInfo>> =
    List::new(of::<ContactSearchSummaryAiAgentInfo>());
pub(crate) const CONTACT_SEARCH_SUMMARY_SEGMENT_ATTRIBUTES: Map<Text, Of<ContactSearchSummarySegmentAttributeValue>> =
    Map::new(SEGMENT_ATTRIBUTE_NAME, of::<ContactSearchSummarySegmentAttributeValue>());
pub(crate) const CONTACT_STATES: List<OneOf<ContactState>> = List::new(one_of::<ContactState>()).max(9);
pub(crate) const CONTACT_TAG_KEY: Text = Text::ANY.min(1).max(128).pattern(&patterns::CONTACT_TAG_KEY);
pub(crate) const CONTACT_TAG_KEYS: List<Text> = List::new(CONTACT_TAG_KEY).min(1).max(6);
pub(crate) const CONTACT_TAG_MAP: Map<Text, Text> = Map::new(CONTACT_TAG_KEY, CONTACT_TAG_VALUE).min(1).max(6);
pub(crate) const CONTACT_TAG_VALUE: Text = Text::ANY.max(256);
pub(crate) const CONTACTS: List<Of<ContactSearchSummary>> = List::new(of::<ContactSearchSummary>());
pub(crate) const CREATE_SECURITY_PROFILE_NAME: Text =
    Text::ANY.min(1).max(127).pattern(&patterns::CREATE_SECURITY_PROFILE_NAME);
pub(crate) const CURRENT_METRIC_DATA_COLLECTIONS: List<Of<CurrentMetricData>> = List::new(of::<CurrentMetricData>());
pub(crate) const CURRENT_METRIC_ID: Text = Text::ANY.pattern(&patterns::CURRENT_METRIC_ID);
pub(crate) const CURRENT_METRIC_RESULTS: List<Of<CurrentMetricResult>> = List::new(of::<CurrentMetricResult>());
pub(crate) const CURRENT_METRIC_SORT_CRITERIA_MAX_ONE: List<Of<CurrentMetricSortCriteria>> =
    List::new(of::<CurrentMetricSortCriteria>()).max(1);
pub(crate) const CURRENT_METRICS: List<Of<CurrentMetric>> = List::new(of::<CurrentMetric>());
pub(crate) const CUSTOMER_ID: Text = Text::ANY.max(128);
pub(crate) const DATE_YEAR_MONTH_DAY_FORMAT: Text = Text::ANY.pattern(&patterns::DATE_YEAR_MONTH_DAY_FORMAT);
pub(crate) const DELAY: Integer = Integer::ANY.min(0).max(9999);
pub(crate) const DESCRIPTION: Text = Text::ANY.max(4096);
pub(crate) const DIMENSIONS_V2_MAP: Map<Text, Text> = Map::new(Text::ANY, Text::ANY);
pub(crate) const DIRECTORY_ALIAS: Text = Text::ANY.min(1).max(45).pattern(&patterns::DIRECTORY_ALIAS);
pub(crate) const DIRECTORY_ID: Text = Text::ANY.min(12).max(12).pattern(&patterns::DIRECTORY_ID);
pub(crate) const DURATION: Integer = Integer::ANY.min(0);
pub(crate) const DURATION_MILLIS: Long = Long::ANY.min(0);
pub(crate) const EFFECTIVE_HOURS_OF_OPERATION_LIST: List<Of<EffectiveHoursOfOperations>> =
    List::new(of::<EffectiveHoursOfOperations>());
pub(crate) const EFFECTIVE_OVERRIDE_HOURS_LIST: List<Of<EffectiveOverrideHours>> =
    List::new(of::<EffectiveOverrideHours>());
pub(crate) const EMAIL_ADDRESS: Text = Text::ANY.min(1).max(255).pattern(&patterns::EMAIL_ADDRESS);
pub(crate) const EMAIL_ADDRESS_ARN: Text = Text::ANY.min(1).max(500);
pub(crate) const EMAIL_ADDRESS_CONFIG_LIST: List<Of<EmailAddressConfig>> =
    List::new(of::<EmailAddressConfig>()).min(1).max(50);
pub(crate) const EMAIL_ADDRESS_DISPLAY_NAME: Text = Text::ANY.max(256);
pub(crate) const EMAIL_ADDRESS_ID: Text = Text::ANY.min(1).max(500);
pub(crate) const EMAIL_ADDRESS_ID_LIST: List<Text> = List::new(EMAIL_ADDRESS_ID).min(1).max(50);
pub(crate) const EMAIL_ADDRESS_METADATA_LIST: List<Of<EmailAddressSummary>> = List::new(of::<EmailAddressSummary>());
pub(crate) const EMAIL_RECIPIENTS_LIST: List<Of<EmailRecipient>> = List::new(of::<EmailRecipient>());
pub(crate) const ENDPOINT_ADDRESS: Text = Text::ANY.max(256);
pub(crate) const ENDPOINT_DISPLAY_NAME: Text = Text::ANY.max(256);
pub(crate) const EXPRESSIONS: List<Of<Expression>> = List::new(of::<Expression>());
pub(crate) const FILE_NAME: Text = Text::ANY.min(1).max(256).pattern(&patterns::FILE_NAME);
pub(crate) const FILTER_VALUE_LIST: List<Text> = List::new(RESOURCE_ARN_OR_ID).min(1).max(100);
pub(crate) const FILTERS_V2_LIST: List<Of<FilterV2>> = List::new(of::<FilterV2>()).min(1).max(5);
pub(crate) const FLOW_CONTENT_SHA256: Text = Text::ANY.min(1).max(64).pattern(&patterns::FLOW_CONTENT_SHA256);
pub(crate) const FLOW_MODULE_CONTENT_SHA256: Text = Text::ANY.min(1).max(64).pattern(&patterns::FLOW_CONTENT_SHA256);
pub(crate) const FLOW_MODULE_ID: Text = Text::ANY.min(1).max(128);
pub(crate) const FRAGMENT_NUMBER: Text = Text::ANY.max(128);
pub(crate) const FUNCTION_ARN: Text = Text::ANY.min(1).max(140);
pub(crate) const FUNCTION_ARNS_LIST: List<Text> = List::new(FUNCTION_ARN);
pub(crate) const GLOBAL_SIGN_IN_ENDPOINT: Text = Text::ANY.min(1).max(128);
pub(crate) const GROUPINGS: List<OneOf<Grouping>> = List::new(one_of::<Grouping>()).max(2);
pub(crate) const GROUPINGS_V2: List<Text> = List::new(Text::ANY).max(4);
pub(crate) const HIERARCHY_GROUP_ID_LIST: List<Text> = List::new(Text::ANY).max(10);
pub(crate) const HIERARCHY_GROUP_SUMMARY_LIST: List<Of<HierarchyGroupSummary>> =
    List::new(of::<HierarchyGroupSummary>());
pub(crate) const HIERARCHY_RESTRICTED_RESOURCE_LIST: List<Text> = List::new(HIERARCHY_RESTRICTED_RESOURCE_NAME);
pub(crate) const HIERARCHY_RESTRICTED_RESOURCE_NAME: Text = Text::ANY.min(1).max(128);
pub(crate) const HISTORICAL_METRIC_DATA_COLLECTIONS: List<Of<HistoricalMetricData>> =
    List::new(of::<HistoricalMetricData>());
pub(crate) const HISTORICAL_METRIC_RESULTS: List<Of<HistoricalMetricResult>> =
    List::new(of::<HistoricalMetricResult>());
pub(crate) const HISTORICAL_METRICS: List<Of<HistoricalMetric>> = List::new(of::<HistoricalMetric>());
pub(crate) const HOURS24_FORMAT: Integer = Integer::ANY.min(0).max(23);
pub(crate) const HOURS_OF_OPERATION_CONFIG_LIST: List<Of<HoursOfOperationConfig>> =
    List::new(of::<HoursOfOperationConfig>()).max(100);
pub(crate) const HOURS_OF_OPERATION_DESCRIPTION: Text = Text::ANY.min(1).max(250);
pub(crate) const HOURS_OF_OPERATION_LIST: List<Of<HoursOfOperation>> = List::new(of::<HoursOfOperation>());
pub(crate) const HOURS_OF_OPERATION_OVERRIDE_CONFIG_LIST: List<Of<HoursOfOperationOverrideConfig>> =
    List::new(of::<HoursOfOperationOverrideConfig>()).max(100);
pub(crate) const HOURS_OF_OPERATION_OVERRIDE_ID: Text = Text::ANY.min(1).max(36);
pub(crate) const HOURS_OF_OPERATION_OVERRIDE_LIST: List<Of<HoursOfOperationOverride>> =
    List::new(of::<HoursOfOperationOverride>());
pub(crate) const HOURS_OF_OPERATION_OVERRIDE_SEARCH_CONDITION_LIST: List<Of<HoursOfOperationOverrideSearchCriteria>> =
    List::new(of::<HoursOfOperationOverrideSearchCriteria>());
pub(crate) const HOURS_OF_OPERATION_OVERRIDE_YEAR_MONTH_DAY_DATE_FORMAT: Text =
    Text::ANY.pattern(&patterns::DATE_YEAR_MONTH_DAY_FORMAT);
pub(crate) const HOURS_OF_OPERATION_SEARCH_CONDITION_LIST: List<Of<HoursOfOperationSearchCriteria>> =
    List::new(of::<HoursOfOperationSearchCriteria>());
pub(crate) const HOURS_OF_OPERATION_SUMMARY_LIST: List<Of<HoursOfOperationSummary>> =
    List::new(of::<HoursOfOperationSummary>());
pub(crate) const IAM_RESTRICTED_PRIMARY_VALUE: Text = Text::ANY.pattern(&patterns::IAM_RESTRICTED_PRIMARY_VALUE);
pub(crate) const INITIATION_METHOD_LIST: List<OneOf<ContactInitiationMethod>> =
    List::new(one_of::<ContactInitiationMethod>());
pub(crate) const INSTANCE_ATTRIBUTE_VALUE: Text = Text::ANY.min(1).max(100);
pub(crate) const INSTANCE_ID: Text = Text::ANY.min(1).max(100);
pub(crate) const INSTANCE_ID_OR_ARN: Text = Text::ANY.min(1).max(250).pattern(&patterns::INSTANCE_ID_OR_ARN);
pub(crate) const INSTANCE_SUMMARY_LIST: List<Of<InstanceSummary>> = List::new(of::<InstanceSummary>());
pub(crate) const INTEGER_COUNT: Integer = Integer::ANY.min(0);
pub(crate) const INTERVAL_POSITIVE_INTEGER: Integer = Integer::ANY.min(1).max(6);
pub(crate) const INVISIBLE_TASK_TEMPLATE_FIELDS: List<Of<InvisibleFieldInfo>> = List::new(of::<InvisibleFieldInfo>());
pub(crate) const LANGUAGE_LOCALES: List<Text> = List::new(Text::ANY).max(5);
pub(crate) const LARGE_NEXT_TOKEN: Text = Text::ANY.min(1).max(100000);
pub(crate) const LIST_ASSOCIATED_CONTACTS_REQUEST_MAX_RESULTS: Integer = Integer::ANY.min(1).max(100);
pub(crate) const MAX_RESULT10: Integer = Integer::ANY.min(1).max(10);
pub(crate) const MAX_RESULT100: Integer = Integer::ANY.min(1).max(100);
pub(crate) const MAX_RESULT1000: Integer = Integer::ANY.min(1).max(1000);
pub(crate) const MAX_RESULT25: Integer = Integer::ANY.min(1).max(25);
pub(crate) const MAX_RESULT500: Integer = Integer::ANY.min(1).max(500);
pub(crate) const MAX_RESULT7: Integer = Integer::ANY.min(1).max(7);
pub(crate) const MEDIA_CONCURRENCIES: List<Of<MediaConcurrency>> = List::new(of::<MediaConcurrency>());
pub(crate) const METRIC_DATA_COLLECTIONS_V2: List<Of<MetricDataV2>> = List::new(of::<MetricDataV2>());
pub(crate) const METRIC_FILTER_VALUE_LIST: List<Text> = List::new(Text::ANY).min(1).max(10);
pub(crate) const METRIC_FILTERS_V2_LIST: List<Of<MetricFilterV2>> = List::new(of::<MetricFilterV2>()).max(2);
pub(crate) const METRIC_ID: Text = Text::ANY.min(1).max(150);
pub(crate) const METRIC_RESULTS_V2: List<Of<MetricResultV2>> = List::new(of::<MetricResultV2>());
pub(crate) const METRICS_V2: List<Of<MetricV2>> = List::new(of::<MetricV2>());
pub(crate) const MINUTES_LIMIT60: Integer = Integer::ANY.min(0).max(59);
pub(crate) const MONTH: Integer = Integer::ANY.min(1).max(12);
pub(crate) const MONTH_DAY: Integer = Integer::ANY.min(-1).max(31);
pub(crate) const MONTH_DAY_LIST: List<Integer> = List::new(MONTH_DAY);
pub(crate) const MONTH_LIST: List<Integer> = List::new(MONTH);
pub(crate) const NAME: Text = Text::ANY.max(1024);
pub(crate) const NAMESPACE: Text = Text::ANY.min(1).max(128);
pub(crate) const NEXT_CONTACTS: List<Of<NextContactEntry>> = List::new(of::<NextContactEntry>()).max(24);
pub(crate) const NEXT_TOKEN2500: Text = Text::ANY.min(1).max(2500);
pub(crate) const NULLABLE_PROFICIENCY_LEVEL: Double = Double::ANY.min(1).max(5);
pub(crate) const NUMBER_OF_VOICEMAILS: Integer = Integer::ANY.min(1).max(3);
pub(crate) const OPERATING_SYSTEM: Text = Text::ANY.max(128);
pub(crate) const OPERATIONAL_HOURS: List<Of<OperationalHour>> = List::new(of::<OperationalHour>());
pub(crate) const OPTIONAL_EMAIL_ADDRESS_RECIPIENT_LIST: List<Of<EmailAddressInfo>> =
    List::new(of::<EmailAddressInfo>()).max(50);
pub(crate) const ORIGIN_REGION: Text = Text::ANY.max(1024);
pub(crate) const OUTBOUND_CALLER_ID_NAME: Text = Text::ANY.min(1).max(255);
pub(crate) const OVERRIDE_HOURS: List<Of<OverrideHour>> = List::new(of::<OverrideHour>());
pub(crate) const PARENT_HOURS_OF_OPERATION_CONFIG_LIST: List<Of<ParentHoursOfOperationConfig>> =
    List::new(of::<ParentHoursOfOperationConfig>()).max(3);
pub(crate) const PARENT_HOURS_OF_OPERATION_ID_LIST: List<Text> = List::new(Text::ANY).min(1).max(3);
pub(crate) const PARENT_HOURS_OF_OPERATIONS_LIST: List<Of<HoursOfOperationsIdentifier>> =
    List::new(of::<HoursOfOperationsIdentifier>());
pub(crate) const PARTICIPANT_ID: Text = Text::ANY.min(1).max(256);
pub(crate) const PASSWORD: Text = Text::ANY.pattern(&patterns::PASSWORD);
pub(crate) const PERMISSION: Text = Text::ANY.min(1).max(128);
pub(crate) const PERMISSIONS_LIST: List<Text> = List::new(SECURITY_PROFILE_PERMISSION).max(500);
pub(crate) const PERSISTENT_CONNECTION_CONFIGS: List<Of<PersistentConnectionConfig>> =
    List::new(of::<PersistentConnectionConfig>());
pub(crate) const PHONE_NUMBER: Text = Text::ANY.pattern(&patterns::PHONE_NUMBER);
pub(crate) const PHONE_NUMBER_CONFIGS: List<Of<PhoneNumberConfig>> = List::new(of::<PhoneNumberConfig>());
pub(crate) const PLATFORM_NAME: Text = Text::ANY.max(128);
pub(crate) const PLATFORM_VERSION: Text = Text::ANY.max(128);
pub(crate) const POST_ACCEPT_PREVIEW_TIMEOUT_DURATION_IN_SECONDS: Integer = Integer::ANY.min(0);
pub(crate) const POTENTIAL_AUDIO_QUALITY_ISSUE: Text = Text::ANY.max(128);
pub(crate) const POTENTIAL_AUDIO_QUALITY_ISSUES: List<Text> = List::new(POTENTIAL_AUDIO_QUALITY_ISSUE).max(3);
pub(crate) const POTENTIAL_DISCONNECT_ISSUE: Text = Text::ANY.max(128);
pub(crate) const PRE_SIGNED_ATTACHMENT_URL: Text = Text::ANY.min(1).max(2000);
pub(crate) const PREDEFINED_ATTRIBUTE_NAME: Text = Text::ANY.min(1).max(100);
pub(crate) const PREDEFINED_ATTRIBUTE_PURPOSE_NAME: Text = Text::ANY.min(1).max(100);
pub(crate) const PREDEFINED_ATTRIBUTE_PURPOSE_NAME_LIST: List<Text> =
    List::new(PREDEFINED_ATTRIBUTE_PURPOSE_NAME).max(10);
pub(crate) const PREDEFINED_ATTRIBUTE_SEARCH_CONDITION_LIST: List<Of<PredefinedAttributeSearchCriteria>> =
    List::new(of::<PredefinedAttributeSearchCriteria>());
pub(crate) const PREDEFINED_ATTRIBUTE_SEARCH_SUMMARY_LIST: List<Of<PredefinedAttribute>> =
    List::new(of::<PredefinedAttribute>());
pub(crate) const PREDEFINED_ATTRIBUTE_STRING_VALUE: Text = Text::ANY.min(1).max(100);
pub(crate) const PREDEFINED_ATTRIBUTE_STRING_VALUES_LIST: List<Text> =
    List::new(PREDEFINED_ATTRIBUTE_STRING_VALUE).max(500);
pub(crate) const PREDEFINED_ATTRIBUTE_SUMMARY_LIST: List<Of<PredefinedAttributeSummary>> =
    List::new(of::<PredefinedAttributeSummary>());
pub(crate) const PRIMARY_ATTRIBUTE_CONTEXT_KEY_NAME: Text =
    Text::ANY.min(1).max(127).pattern(&patterns::PRIMARY_ATTRIBUTE_CONTEXT_KEY_NAME);
pub(crate) const PRIMARY_ATTRIBUTE_VALUES_SET: List<Of<PrimaryAttributeValue>> =
    List::new(of::<PrimaryAttributeValue>()).max(5);
pub(crate) const PRIMARY_VALUE_LIST: List<Text> = List::new(IAM_RESTRICTED_PRIMARY_VALUE).max(2);
pub(crate) const PRIORITY: Integer = Integer::ANY.min(1).max(99);
pub(crate) const PROBLEM_MESSAGE_STRING: Text = Text::ANY.min(1).max(256);
pub(crate) const PROBLEMS: List<Of<ProblemDetail>> = List::new(of::<ProblemDetail>()).min(1).max(50);
pub(crate) const PROFICIENCY_LEVEL: Double = Double::ANY.min(1).max(5);
pub(crate) const PROFICIENCY_VALUE: Text = Text::ANY.min(1).max(128);
pub(crate) const PROPERTY_VALIDATION_EXCEPTION_PROPERTY_LIST: List<Of<PropertyValidationExceptionProperty>> =
    List::new(of::<PropertyValidationExceptionProperty>());
pub(crate) const QUEUE_DESCRIPTION: Text = Text::ANY.min(1).max(250);
pub(crate) const QUEUE_ID_LIST: List<Text> = List::new(Text::ANY).max(100);
pub(crate) const QUEUE_MAX_CONTACTS: Integer = Integer::ANY.min(0);
pub(crate) const QUEUE_NAME: Text = Text::ANY.min(1).max(256);
pub(crate) const QUEUE_PRIORITY: Long = Long::ANY.min(1).max(9223372036854775807);
pub(crate) const QUEUE_SEARCH_CONDITION_LIST: List<Of<QueueSearchCriteria>> = List::new(of::<QueueSearchCriteria>());
pub(crate) const QUEUE_SEARCH_SUMMARY_LIST: List<Of<Queue>> = List::new(of::<Queue>());
pub(crate) const QUEUE_SUMMARY_LIST: List<Of<QueueSummary>> = List::new(of::<QueueSummary>());
pub(crate) const QUEUE_TYPES: List<OneOf<QueueType>> = List::new(one_of::<QueueType>()).max(2);
pub(crate) const QUEUES: List<Text> = List::new(Text::ANY).min(1).max(100);
pub(crate) const QUICK_CONNECT_DESCRIPTION: Text = Text::ANY.min(1).max(250);
pub(crate) const QUICK_CONNECT_NAME: Text = Text::ANY.min(1).max(127);
pub(crate) const QUICK_CONNECT_SEARCH_CONDITION_LIST: List<Of<QuickConnectSearchCriteria>> =
    List::new(of::<QuickConnectSearchCriteria>());
pub(crate) const QUICK_CONNECT_SEARCH_SUMMARY_LIST: List<Of<QuickConnect>> = List::new(of::<QuickConnect>());
pub(crate) const QUICK_CONNECT_SUMMARY_LIST: List<Of<QuickConnectSummary>> = List::new(of::<QuickConnectSummary>());
pub(crate) const QUICK_CONNECT_TYPES: List<OneOf<QuickConnectType>> = List::new(one_of::<QuickConnectType>()).max(4);
pub(crate) const QUICK_CONNECTS_LIST: List<Text> = List::new(Text::ANY).min(1).max(50);
pub(crate) const READ_ONLY_TASK_TEMPLATE_FIELDS: List<Of<ReadOnlyFieldInfo>> = List::new(of::<ReadOnlyFieldInfo>());
pub(crate) const RECORDING_LOCATION: Text = Text::ANY.max(1024);
pub(crate) const RECORDINGS: List<Of<RecordingInfo>> = List::new(of::<RecordingInfo>());
pub(crate) const REFERENCE_ARN: Text = Text::ANY.min(20).max(256).pattern(&patterns::REFERENCE_ARN);
pub(crate) const REFERENCE_KEY: Text = Text::ANY.min(1).max(4096);
pub(crate) const REFERENCE_STATUS_REASON: Text = Text::ANY.max(100);
pub(crate) const REFERENCE_SUMMARY_LIST: List<Of<ReferenceSummary>> = List::new(of::<ReferenceSummary>());
pub(crate) const REFERENCE_TYPES: List<OneOf<ReferenceType>> = List::new(one_of::<ReferenceType>()).max(6);
pub(crate) const REFERENCE_VALUE: Text = Text::ANY.max(4096);
pub(crate) const REGION_NAME: Text = Text::ANY.pattern(&patterns::AWS_REGION);
pub(crate) const REPLICATION_STATUS_REASON: Text = Text::ANY.max(1024);
pub(crate) const REPLICATION_STATUS_SUMMARY_LIST: List<Of<ReplicationStatusSummary>> =
    List::new(of::<ReplicationStatusSummary>()).max(11);
pub(crate) const REQUIRED_TASK_TEMPLATE_FIELDS: List<Of<RequiredFieldInfo>> = List::new(of::<RequiredFieldInfo>());
pub(crate) const RESOURCE_ARN_OR_ID: Text = Text::ANY.min(1).max(250);
pub(crate) const RESOURCE_ID: Text = Text::ANY.min(1).max(500);
pub(crate) const RESOURCE_TYPE_LIST: List<Text> = List::new(Text::ANY);
pub(crate) const RESOURCE_VERSION: Long = Long::ANY.min(1);
pub(crate) const ROUTING_CRITERIA_INPUT_STEPS: List<Of<RoutingCriteriaInputStep>> =
    List::new(of::<RoutingCriteriaInputStep>());
pub(crate) const ROUTING_EXPRESSION: Text = Text::ANY.min(1).max(3000);
pub(crate) const ROUTING_EXPRESSIONS: List<Text> = List::new(ROUTING_EXPRESSION).max(50);
pub(crate) const ROUTING_PROFILE_DESCRIPTION: Text = Text::ANY.min(1).max(250);
pub(crate) const ROUTING_PROFILE_LIST: List<Of<RoutingProfile>> = List::new(of::<RoutingProfile>());
pub(crate) const ROUTING_PROFILE_MANUAL_ASSIGNMENT_QUEUE_CONFIG_LIST: List<
    Of<RoutingProfileManualAssignmentQueueConfig>,
> = List::new(of::<RoutingProfileManualAssignmentQueueConfig>()).min(1).max(10);
pub(crate) const ROUTING_PROFILE_MANUAL_ASSIGNMENT_QUEUE_CONFIG_SUMMARY_LIST: List<
    Of<RoutingProfileManualAssignmentQueueConfigSummary>,
> = List::new(of::<RoutingProfileManualAssignmentQueueConfigSummary>());
pub(crate) const ROUTING_PROFILE_NAME: Text = Text::ANY.min(1).max(127);
pub(crate) const ROUTING_PROFILE_QUEUE_CONFIG_LIST: List<Of<RoutingProfileQueueConfig>> =
    List::new(of::<RoutingProfileQueueConfig>()).min(1).max(10);
pub(crate) const ROUTING_PROFILE_QUEUE_CONFIG_SUMMARY_LIST: List<Of<RoutingProfileQueueConfigSummary>> =
    List::new(of::<RoutingProfileQueueConfigSummary>());
pub(crate) const ROUTING_PROFILE_QUEUE_REFERENCE_LIST: List<Of<RoutingProfileQueueReference>> =
    List::new(of::<RoutingProfileQueueReference>());
pub(crate) const ROUTING_PROFILE_SEARCH_CONDITION_LIST: List<Of<RoutingProfileSearchCriteria>> =
    List::new(of::<RoutingProfileSearchCriteria>());
pub(crate) const ROUTING_PROFILE_SUMMARY_LIST: List<Of<RoutingProfileSummary>> =
    List::new(of::<RoutingProfileSummary>());
pub(crate) const ROUTING_PROFILES: List<Text> = List::new(Text::ANY).min(1).max(100);
pub(crate) const SEARCH_CONTACTS_ADDITIONAL_TIME_RANGE_CRITERIA_LIST: List<
    Of<SearchContactsAdditionalTimeRangeCriteria>,
> = List::new(of::<SearchContactsAdditionalTimeRangeCriteria>());
pub(crate) const SEARCH_TEXT: Text = Text::ANY.max(128);
pub(crate) const SEARCH_TEXT_LIST: List<Text> = List::new(SEARCH_TEXT).max(100);
pub(crate) const SEARCHABLE_CONTACT_ATTRIBUTE_KEY: Text = Text::ANY.min(1).max(100);
pub(crate) const SEARCHABLE_CONTACT_ATTRIBUTE_VALUE: Text = Text::ANY.max(100);
pub(crate) const SEARCHABLE_CONTACT_ATTRIBUTE_VALUE_LIST: List<Text> =
    List::new(SEARCHABLE_CONTACT_ATTRIBUTE_VALUE).max(20);
pub(crate) const SEARCHABLE_CONTACT_ATTRIBUTES_CRITERIA_LIST: List<Of<SearchableContactAttributesCriteria>> =
    List::new(of::<SearchableContactAttributesCriteria>()).max(15);
pub(crate) const SEARCHABLE_ROUTING_CRITERIA_STEP_LIST: List<Of<SearchableRoutingCriteriaStep>> =
    List::new(of::<SearchableRoutingCriteriaStep>());
pub(crate) const SEARCHABLE_SEGMENT_ATTRIBUTE_KEY: Text = Text::ANY.min(1).max(64);
pub(crate) const SEARCHABLE_SEGMENT_ATTRIBUTE_VALUE: Text = Text::ANY.max(128);
pub(crate) const SEARCHABLE_SEGMENT_ATTRIBUTE_VALUE_LIST: List<Text> =
    List::new(SEARCHABLE_SEGMENT_ATTRIBUTE_VALUE).min(1).max(20);
pub(crate) const SEARCHABLE_SEGMENT_ATTRIBUTES_CRITERIA_LIST: List<Of<SearchableSegmentAttributesCriteria>> =
    List::new(of::<SearchableSegmentAttributesCriteria>()).min(1).max(15);
pub(crate) const SECURITY_PROFILE_DESCRIPTION: Text = Text::ANY.max(250);
pub(crate) const SECURITY_PROFILE_IDS: List<Text> = List::new(Text::ANY).min(1).max(10);
pub(crate) const SECURITY_PROFILE_PERMISSION: Text = Text::ANY.min(1).max(128);
pub(crate) const SECURITY_PROFILE_POLICY_KEY: Text = Text::ANY.min(1).max(128);
pub(crate) const SECURITY_PROFILE_POLICY_VALUE: Text = Text::ANY.max(256);
pub(crate) const SECURITY_PROFILE_SEARCH_CONDITION_LIST: List<Of<SecurityProfileSearchCriteria>> =
    List::new(of::<SecurityProfileSearchCriteria>());
pub(crate) const SECURITY_PROFILE_SUMMARY_LIST: List<Of<SecurityProfileSummary>> =
    List::new(of::<SecurityProfileSummary>());
pub(crate) const SECURITY_PROFILES_SEARCH_SUMMARY_LIST: List<Of<SecurityProfileSearchSummary>> =
    List::new(of::<SecurityProfileSearchSummary>());
pub(crate) const SEGMENT_ATTRIBUTE_NAME: Text = Text::ANY.min(1).max(128);
pub(crate) const SEGMENT_ATTRIBUTE_VALUE_LIST: List<Of<SegmentAttributeValue>> =
    List::new(of::<SegmentAttributeValue>());
pub(crate) const SEGMENT_ATTRIBUTE_VALUE_MAP: Map<Text, Of<SegmentAttributeValue>> =
    Map::new(SEGMENT_ATTRIBUTE_NAME, of::<SegmentAttributeValue>());
pub(crate) const SEGMENT_ATTRIBUTE_VALUE_STRING: Text = Text::ANY.max(1024);
pub(crate) const SEGMENT_ATTRIBUTES: Map<Text, Of<SegmentAttributeValue>> =
    Map::new(SEGMENT_ATTRIBUTE_NAME, of::<SegmentAttributeValue>());
pub(crate) const SENSITIVE_PHONE_NUMBER: Text = Text::ANY.pattern(&patterns::PHONE_NUMBER);
pub(crate) const SINGLE_SELECT_OPTIONS: List<Text> = List::new(TASK_TEMPLATE_SINGLE_SELECT_OPTION);
pub(crate) const STATE_TRANSITIONS: List<Of<StateTransition>> = List::new(of::<StateTransition>());
pub(crate) const STEPS: List<Of<Step>> = List::new(of::<Step>());
pub(crate) const SUBTYPE: Text = Text::ANY.min(1).max(100);
pub(crate) const SUBTYPES: List<Text> = List::new(SUBTYPE).max(10);
pub(crate) const TAG_AND_CONDITION_LIST: List<Of<TagCondition>> = List::new(of::<TagCondition>());
pub(crate) const TAG_KEY: Text = Text::ANY.min(1).max(128).pattern(&patterns::TAG_KEY);
pub(crate) const TAG_KEY_LIST: List<Text> = List::new(TAG_KEY).min(1).max(50);
pub(crate) const TAG_KEY_STRING: Text = Text::ANY.max(128);
pub(crate) const TAG_MAP: Map<Text, Text> = Map::new(TAG_KEY, TAG_VALUE).min(1).max(50);
pub(crate) const TAG_OR_CONDITION_LIST: List<List<Of<TagCondition>>> = List::new(TAG_AND_CONDITION_LIST);
pub(crate) const TAG_RESTRICTED_RESOURCE_LIST: List<Text> = List::new(TAG_RESTRICTED_RESOURCE_NAME).max(10);
pub(crate) const TAG_RESTRICTED_RESOURCE_NAME: Text = Text::ANY.min(1).max(128);
pub(crate) const TAG_VALUE: Text = Text::ANY.max(256);
pub(crate) const TAG_VALUE_STRING: Text = Text::ANY.max(256);
pub(crate) const TAGS_LIST: List<Of<TagSet>> = List::new(of::<TagSet>());
pub(crate) const TASK_ATTACHMENTS: List<Of<TaskAttachment>> = List::new(of::<TaskAttachment>()).min(1).max(5);
pub(crate) const TASK_TEMPLATE_ARN: Text = Text::ANY.min(1).max(500);
pub(crate) const TASK_TEMPLATE_DEFAULT_FIELD_VALUE_LIST: List<Of<TaskTemplateDefaultFieldValue>> =
    List::new(of::<TaskTemplateDefaultFieldValue>());
pub(crate) const TASK_TEMPLATE_DESCRIPTION: Text = Text::ANY.min(1).max(255);
pub(crate) const TASK_TEMPLATE_FIELD_DESCRIPTION: Text = Text::ANY.min(1).max(255);
pub(crate) const TASK_TEMPLATE_FIELD_NAME: Text = Text::ANY.min(1).max(100);
pub(crate) const TASK_TEMPLATE_FIELD_VALUE: Text = Text::ANY.max(4096);
pub(crate) const TASK_TEMPLATE_FIELDS: List<Of<TaskTemplateField>> = List::new(of::<TaskTemplateField>());
pub(crate) const TASK_TEMPLATE_ID: Text = Text::ANY.min(1).max(500);
pub(crate) const TASK_TEMPLATE_LIST: List<Of<TaskTemplateMetadata>> = List::new(of::<TaskTemplateMetadata>());
pub(crate) const TASK_TEMPLATE_NAME: Text = Text::ANY.min(1).max(100);
pub(crate) const TASK_TEMPLATE_SINGLE_SELECT_OPTION: Text = Text::ANY.min(1).max(100);
pub(crate) const THRESHOLD_COLLECTIONS: List<Of<ThresholdV2>> = List::new(of::<ThresholdV2>()).max(1);
pub(crate) const TOTAL_PAUSE_COUNT: Integer = Integer::ANY.min(0).max(10);
pub(crate) const TOTAL_PAUSE_DURATION_IN_SECONDS: Integer = Integer::ANY.min(0);
pub(crate) const TRAFFIC_DISTRIBUTION_GROUP_ID: Text = Text::ANY.pattern(&patterns::TRAFFIC_DISTRIBUTION_GROUP_ID);
pub(crate) const TRANSCRIPT_CRITERIA_LIST: List<Of<TranscriptCriteria>> = List::new(of::<TranscriptCriteria>()).max(6);
pub(crate) const UNPROCESSED_TRANSCRIPT_LOCATION: Text = Text::ANY.max(1024);
pub(crate) const UPDATE_AGENT_STATUS_DESCRIPTION: Text = Text::ANY.max(250);
pub(crate) const UPDATE_HOURS_OF_OPERATION_DESCRIPTION: Text = Text::ANY.max(250);
pub(crate) const UPDATE_QUICK_CONNECT_DESCRIPTION: Text = Text::ANY.max(250);
pub(crate) const USER_DATA_HIERARCHY_GROUPS: List<Text> = List::new(Text::ANY).min(1).max(1);
pub(crate) const USER_DATA_LIST: List<Of<UserData>> = List::new(of::<UserData>());
pub(crate) const USER_HIERARCHY_GROUP_LIST: List<Of<HierarchyGroup>> = List::new(of::<HierarchyGroup>());
pub(crate) const USER_HIERARCHY_GROUP_SEARCH_CONDITION_LIST: List<Of<UserHierarchyGroupSearchCriteria>> =
    List::new(of::<UserHierarchyGroupSearchCriteria>());
pub(crate) const USER_PROFICIENCY_DISASSOCIATE_LIST: List<Of<UserProficiencyDisassociate>> =
    List::new(of::<UserProficiencyDisassociate>());
pub(crate) const USER_PROFICIENCY_LIST: List<Of<UserProficiency>> = List::new(of::<UserProficiency>());
pub(crate) const USER_SEARCH_CONDITION_LIST: List<Of<UserSearchCriteria>> = List::new(of::<UserSearchCriteria>());
pub(crate) const USER_SEARCH_SUMMARY_LIST: List<Of<UserSearchSummary>> = List::new(of::<UserSearchSummary>());
pub(crate) const USER_SUMMARY_LIST: List<Of<UserSummary>> = List::new(of::<UserSummary>());
pub(crate) const VALIDATION_TEST_TYPES: List<Text> = List::new(Text::ANY).max(10);
pub(crate) const VOICE_ENHANCEMENT_CONFIGS: List<Of<VoiceEnhancementConfig>> =
    List::new(of::<VoiceEnhancementConfig>());
pub(crate) const WEEKDAY_OCCURRENCE_INTEGER: Integer = Integer::ANY.min(-1).max(4);
pub(crate) const WEEKDAY_OCCURRENCE_LIST: List<Integer> = List::new(WEEKDAY_OCCURRENCE_INTEGER).max(1);
pub(crate) const WORKLOAD_TYPE_CONCURRENCIES: List<Of<WorkloadTypeConcurrency>> =
    List::new(of::<WorkloadTypeConcurrency>()).min(1).max(5);
pub(crate) const WORKLOAD_TYPE_CONCURRENCY_TYPE: Integer = Integer::ANY.min(1).max(10);
