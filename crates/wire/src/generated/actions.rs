// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

//! Resources and condition keys of the operations, for policies.

use crate::action::{Action, ActionResource};
use crate::{AccessLevel, ResourceKind};

pub(crate) static ACTIONS: [Action; 172] = [
    // CreateTaskTemplate
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::TaskTemplate, named: false, required: true, tags: false }],
        keys: &[],
    },
    // GetTaskTemplate
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::TaskTemplate, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // ListTaskTemplates
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &[],
    },
    // UpdateTaskTemplate
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::TaskTemplate, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // DeleteTaskTemplate
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::TaskTemplate, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // TagResource
    Action {
        access: AccessLevel::Tagging,
        resources: &[ActionResource { kind: ResourceKind::Any, named: true, required: true, tags: true }],
        keys: &["aws:RequestTag/", "aws:TagKeys"],
    },
    // UntagResource
    Action {
        access: AccessLevel::Tagging,
        resources: &[ActionResource { kind: ResourceKind::Any, named: true, required: true, tags: true }],
        keys: &["aws:TagKeys"],
    },
    // ListTagsForResource
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::Any, named: true, required: true, tags: true }],
        keys: &[],
    },
    // CreateInstance
    Action { access: AccessLevel::Write, resources: &[], keys: &["aws:RequestTag/", "aws:TagKeys"] },
    // DescribeInstance
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // ListInstances
    Action { access: AccessLevel::List, resources: &[], keys: &[] },
    // DeleteInstance
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // CreateContactFlow
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::ContactFlow, named: false, required: true, tags: false }],
        keys: &["aws:RequestTag/", "aws:TagKeys", "connect:FlowType", "connect:InstanceId"],
    },
    // DescribeContactFlow
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::ContactFlow, named: true, required: true, tags: true }],
        keys: &["connect:FlowType", "connect:InstanceId"],
    },
    // ListContactFlows
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::ContactFlow, named: false, required: true, tags: false }],
        keys: &["connect:InstanceId"],
    },
    // CreateQuickConnect
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::QuickConnect, named: false, required: true, tags: false },
            ActionResource { kind: ResourceKind::ContactFlow, named: true, required: false, tags: true },
            ActionResource { kind: ResourceKind::Queue, named: true, required: false, tags: true },
            ActionResource { kind: ResourceKind::User, named: true, required: false, tags: true },
        ],
        keys: &["aws:RequestTag/", "aws:TagKeys", "connect:InstanceId"],
    },
    // DescribeQuickConnect
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::QuickConnect, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // ListQuickConnects
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::QuickConnect, named: false, required: true, tags: false }],
        keys: &[],
    },
    // StartTaskContact
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::Contact, named: true, required: false, tags: true },
            ActionResource { kind: ResourceKind::ContactFlow, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::QuickConnect, named: true, required: false, tags: true },
            ActionResource { kind: ResourceKind::TaskTemplate, named: true, required: false, tags: true },
        ],
        keys: &["connect:AssignmentType", "connect:InstanceId"],
    },
    // DescribeContact
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::Contact, named: true, required: true, tags: true }],
        keys: &["connect:Channel", "connect:ContactAssociationId", "connect:InstanceId", "connect:UserArn"],
    },
    // ListContactReferences
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::Contact, named: true, required: true, tags: true }],
        keys: &["connect:Channel", "connect:ContactAssociationId", "connect:InstanceId", "connect:UserArn"],
    },
    // GetContactAttributes
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::Contact, named: true, required: true, tags: true }],
        keys: &["connect:Channel", "connect:ContactAssociationId", "connect:InstanceId", "connect:UserArn"],
    },
    // UpdateContactAttributes
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Contact, named: true, required: true, tags: true }],
        keys: &["connect:Channel", "connect:ContactAssociationId", "connect:InstanceId", "connect:UserArn"],
    },
    // UpdateContactTaskTemplate
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Contact, named: true, required: true, tags: true }],
        keys: &["connect:Channel", "connect:ContactAssociationId", "connect:InstanceId", "connect:UserArn"],
    },
    // StopContact
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Contact, named: true, required: true, tags: false }],
        keys: &["connect:Channel", "connect:ContactAssociationId", "connect:InstanceId", "connect:UserArn"],
    },
    // CreateContact
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::Contact, named: true, required: false, tags: true },
            ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::User, named: true, required: false, tags: true },
        ],
        keys: &["connect:ContactInitiationMethod", "connect:InstanceId"],
    },
    // UpdateContact
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Contact, named: true, required: true, tags: true }],
        keys: &["connect:Channel", "connect:ContactAssociationId", "connect:InstanceId", "connect:UserArn"],
    },
    // UpdateContactSchedule
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Contact, named: true, required: true, tags: true }],
        keys: &["connect:Channel", "connect:ContactAssociationId", "connect:InstanceId", "connect:UserArn"],
    },
    // PauseContact
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::Contact, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::ContactFlow, named: true, required: false, tags: true },
            ActionResource { kind: ResourceKind::Instance, named: true, required: false, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // ResumeContact
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::Contact, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::ContactFlow, named: true, required: false, tags: true },
            ActionResource { kind: ResourceKind::Instance, named: true, required: false, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // TransferContact
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::Contact, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::ContactFlow, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::Instance, named: true, required: false, tags: true },
        ],
        keys: &["connect:Channel", "connect:ContactAssociationId", "connect:InstanceId", "connect:UserArn"],
    },
    // AssociateContactWithUser
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::Contact, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::Instance, named: true, required: false, tags: true },
            ActionResource { kind: ResourceKind::User, named: true, required: true, tags: true },
        ],
        keys: &["connect:InstanceId", "connect:PreferredUserArn"],
    },
    // DismissUserContact
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::User, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdateContactRoutingData
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Contact, named: true, required: true, tags: true }],
        keys: &["connect:Channel", "connect:ContactAssociationId", "connect:InstanceId", "connect:UserArn"],
    },
    // TagContact
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Contact, named: true, required: true, tags: false }],
        keys: &[
            "aws:RequestTag/",
            "aws:TagKeys",
            "connect:Channel",
            "connect:ContactAssociationId",
            "connect:InstanceId",
            "connect:UserArn",
        ],
    },
    // UntagContact
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Contact, named: true, required: true, tags: false }],
        keys: &[
            "aws:TagKeys",
            "connect:Channel",
            "connect:ContactAssociationId",
            "connect:InstanceId",
            "connect:UserArn",
        ],
    },
    // ListAssociatedContacts
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::Contact, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // SearchContacts
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &[
            "connect:Channel",
            "connect:InstanceId",
            "connect:PreferredUserArn",
            "connect:SearchContactsByContactAnalysis",
            "connect:SearchTag/",
        ],
    },
    // PutUserStatus
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::AgentStatus, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::Instance, named: true, required: false, tags: true },
            ActionResource { kind: ResourceKind::User, named: true, required: true, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // GetCurrentUserData
    Action {
        access: AccessLevel::Read,
        resources: &[
            ActionResource { kind: ResourceKind::HierarchyGroup, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::Queue, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::RoutingProfile, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::User, named: true, required: true, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // DescribeInstanceAttribute
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:AttributeType", "connect:InstanceId"],
    },
    // ListInstanceAttributes
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdateInstanceAttribute
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:AttributeType", "connect:InstanceId"],
    },
    // UpdateContactFlowContent
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::ContactFlow, named: true, required: true, tags: true }],
        keys: &["connect:FlowType", "connect:InstanceId"],
    },
    // UpdateContactFlowMetadata
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::ContactFlow, named: true, required: true, tags: true }],
        keys: &["connect:FlowType", "connect:InstanceId"],
    },
    // UpdateContactFlowName
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::ContactFlow, named: true, required: true, tags: true }],
        keys: &["connect:FlowType", "connect:InstanceId"],
    },
    // DeleteContactFlow
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::ContactFlow, named: true, required: true, tags: true }],
        keys: &["connect:FlowType", "connect:InstanceId"],
    },
    // CreateContactFlowVersion
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::ContactFlow, named: true, required: true, tags: true }],
        keys: &["connect:FlowType", "connect:InstanceId"],
    },
    // ListContactFlowVersions
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::ContactFlow, named: true, required: true, tags: true }],
        keys: &["connect:FlowType", "connect:InstanceId"],
    },
    // DeleteContactFlowVersion
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::ContactFlow, named: true, required: true, tags: true }],
        keys: &["connect:FlowType", "connect:InstanceId"],
    },
    // CreateContactFlowAlias
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::ContactFlow, named: true, required: true, tags: true }],
        keys: &["connect:FlowType", "connect:InstanceId"],
    },
    // DescribeContactFlowAlias
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::ContactFlow, named: true, required: true, tags: true }],
        keys: &["connect:FlowType", "connect:InstanceId"],
    },
    // UpdateContactFlowAlias
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::ContactFlow, named: true, required: true, tags: true }],
        keys: &["connect:FlowType", "connect:InstanceId"],
    },
    // ListContactFlowAliases
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::ContactFlow, named: true, required: true, tags: true }],
        keys: &["connect:FlowType", "connect:InstanceId"],
    },
    // DeleteContactFlowAlias
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::ContactFlow, named: true, required: true, tags: true }],
        keys: &["connect:FlowType", "connect:InstanceId"],
    },
    // CreateContactFlowModule
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::FlowModule, named: false, required: true, tags: false }],
        keys: &["aws:RequestTag/", "aws:TagKeys", "connect:InstanceId"],
    },
    // DescribeContactFlowModule
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::FlowModule, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // ListContactFlowModules
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &[],
    },
    // UpdateContactFlowModuleContent
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::FlowModule, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdateContactFlowModuleMetadata
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::FlowModule, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // DeleteContactFlowModule
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::FlowModule, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // CreateContactFlowModuleVersion
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::FlowModule, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // ListContactFlowModuleVersions
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::FlowModule, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // DeleteContactFlowModuleVersion
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::FlowModule, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // CreateContactFlowModuleAlias
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::FlowModule, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // DescribeContactFlowModuleAlias
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::FlowModule, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdateContactFlowModuleAlias
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::FlowModule, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // ListContactFlowModuleAliases
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::FlowModule, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // DeleteContactFlowModuleAlias
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::FlowModule, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // CreateQueue
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::Queue, named: false, required: true, tags: false },
            ActionResource { kind: ResourceKind::ContactFlow, named: true, required: false, tags: true },
            ActionResource { kind: ResourceKind::HoursOfOperation, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::PhoneNumber, named: true, required: false, tags: true },
            ActionResource { kind: ResourceKind::QuickConnect, named: true, required: false, tags: true },
        ],
        keys: &["aws:RequestTag/", "aws:TagKeys", "connect:InstanceId"],
    },
    // DescribeQueue
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::Queue, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // ListQueues
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::Queue, named: false, required: true, tags: false }],
        keys: &[],
    },
    // DeleteQueue
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Queue, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdateQueueHoursOfOperation
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::HoursOfOperation, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::Queue, named: true, required: true, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // UpdateQueueMaxContacts
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Queue, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdateQueueName
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Queue, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdateQueueStatus
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Queue, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdateQueueOutboundCallerConfig
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::ContactFlow, named: true, required: false, tags: true },
            ActionResource { kind: ResourceKind::PhoneNumber, named: true, required: false, tags: true },
            ActionResource { kind: ResourceKind::Queue, named: true, required: true, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // AssociateQueueQuickConnects
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::Queue, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::QuickConnect, named: true, required: true, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // DisassociateQueueQuickConnects
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::Queue, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::QuickConnect, named: true, required: true, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // ListQueueQuickConnects
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::Queue, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdateQuickConnectConfig
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::ContactFlow, named: true, required: false, tags: true },
            ActionResource { kind: ResourceKind::Queue, named: true, required: false, tags: true },
            ActionResource { kind: ResourceKind::QuickConnect, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::User, named: true, required: false, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // UpdateQuickConnectName
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::QuickConnect, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // DeleteQuickConnect
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::QuickConnect, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // CreateHoursOfOperation
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::HoursOfOperation, named: false, required: true, tags: false },
            ActionResource { kind: ResourceKind::HoursOfOperation, named: true, required: true, tags: true },
        ],
        keys: &["aws:RequestTag/", "aws:TagKeys", "connect:InstanceId"],
    },
    // DescribeHoursOfOperation
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::HoursOfOperation, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // ListHoursOfOperations
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdateHoursOfOperation
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::HoursOfOperation, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // DeleteHoursOfOperation
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::HoursOfOperation, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // CreateHoursOfOperationOverride
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::HoursOfOperation, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::Instance, named: true, required: false, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // DescribeHoursOfOperationOverride
    Action {
        access: AccessLevel::Read,
        resources: &[
            ActionResource { kind: ResourceKind::HoursOfOperation, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::Instance, named: true, required: false, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // ListHoursOfOperationOverrides
    Action {
        access: AccessLevel::List,
        resources: &[
            ActionResource { kind: ResourceKind::HoursOfOperation, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::Instance, named: true, required: false, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // UpdateHoursOfOperationOverride
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::HoursOfOperation, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::Instance, named: true, required: false, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // DeleteHoursOfOperationOverride
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::HoursOfOperation, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::Instance, named: true, required: false, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // GetEffectiveHoursOfOperations
    Action {
        access: AccessLevel::Read,
        resources: &[
            ActionResource { kind: ResourceKind::HoursOfOperation, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::Instance, named: true, required: false, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // CreateRoutingProfile
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::RoutingProfile, named: false, required: true, tags: false },
            ActionResource { kind: ResourceKind::Queue, named: true, required: true, tags: true },
        ],
        keys: &["aws:RequestTag/", "aws:TagKeys", "connect:InstanceId"],
    },
    // DescribeRoutingProfile
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::RoutingProfile, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // ListRoutingProfiles
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // DeleteRoutingProfile
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::RoutingProfile, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdateRoutingProfileConcurrency
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::RoutingProfile, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdateRoutingProfileDefaultOutboundQueue
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::Queue, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::RoutingProfile, named: true, required: true, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // UpdateRoutingProfileName
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::RoutingProfile, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdateRoutingProfileQueues
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::RoutingProfile, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdateRoutingProfileAgentAvailabilityTimer
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::RoutingProfile, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // AssociateRoutingProfileQueues
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::Queue, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::RoutingProfile, named: true, required: true, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // DisassociateRoutingProfileQueues
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::RoutingProfile, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // ListRoutingProfileQueues
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::RoutingProfile, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // ListRoutingProfileManualAssignmentQueues
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::RoutingProfile, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // CreateUser
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::User, named: false, required: true, tags: false },
            ActionResource { kind: ResourceKind::HierarchyGroup, named: true, required: false, tags: true },
            ActionResource { kind: ResourceKind::RoutingProfile, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::SecurityProfile, named: true, required: true, tags: true },
        ],
        keys: &["aws:RequestTag/", "aws:TagKeys", "connect:InstanceId"],
    },
    // DescribeUser
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::User, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // ListUsers
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // DeleteUser
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::User, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdateUserConfig
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::User, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdateUserIdentityInfo
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::User, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdateUserPhoneConfig
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::User, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdateUserRoutingProfile
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::RoutingProfile, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::User, named: true, required: true, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // UpdateUserSecurityProfiles
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::SecurityProfile, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::User, named: true, required: true, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // CreateSecurityProfile
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::SecurityProfile, named: false, required: true, tags: false }],
        keys: &["aws:RequestTag/", "aws:TagKeys", "connect:InstanceId"],
    },
    // DescribeSecurityProfile
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::SecurityProfile, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // ListSecurityProfiles
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdateSecurityProfile
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::SecurityProfile, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // DeleteSecurityProfile
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::SecurityProfile, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // ListSecurityProfilePermissions
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::SecurityProfile, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // CreateAgentStatus
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::AgentStatus, named: false, required: true, tags: false }],
        keys: &["aws:RequestTag/", "aws:TagKeys", "connect:InstanceId"],
    },
    // DescribeAgentStatus
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::AgentStatus, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // ListAgentStatuses
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::AgentStatus, named: false, required: true, tags: false }],
        keys: &[],
    },
    // UpdateAgentStatus
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::AgentStatus, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // AssociateLambdaFunction
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // DisassociateLambdaFunction
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // ListLambdaFunctions
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // GetCurrentMetricData
    Action {
        access: AccessLevel::Read,
        resources: &[
            ActionResource { kind: ResourceKind::Queue, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::RoutingProfile, named: true, required: true, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // GetMetricData
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::Queue, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // GetMetricDataV2
    Action {
        access: AccessLevel::Read,
        resources: &[
            ActionResource { kind: ResourceKind::HierarchyGroup, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::Queue, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::RoutingProfile, named: true, required: true, tags: true },
            ActionResource { kind: ResourceKind::User, named: true, required: true, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // GetContactMetrics
    Action {
        access: AccessLevel::Read,
        resources: &[
            ActionResource { kind: ResourceKind::Contact, named: true, required: true, tags: false },
            ActionResource { kind: ResourceKind::Instance, named: true, required: false, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // SearchContactFlows
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:FlowType", "connect:InstanceId", "connect:SearchTag/"],
    },
    // SearchContactFlowModules
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId", "connect:SearchTag/"],
    },
    // SearchQueues
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId", "connect:SearchTag/"],
    },
    // SearchQuickConnects
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId", "connect:SearchTag/"],
    },
    // SearchHoursOfOperations
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId", "connect:SearchTag/"],
    },
    // SearchHoursOfOperationOverrides
    Action {
        access: AccessLevel::Read,
        resources: &[
            ActionResource { kind: ResourceKind::HoursOfOperation, named: false, required: true, tags: false },
            ActionResource { kind: ResourceKind::Instance, named: true, required: false, tags: true },
        ],
        keys: &["connect:InstanceId", "connect:SearchTag/"],
    },
    // SearchRoutingProfiles
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId", "connect:SearchTag/"],
    },
    // SearchUsers
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId", "connect:SearchTag/"],
    },
    // SearchSecurityProfiles
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId", "connect:SearchTag/"],
    },
    // SearchAgentStatuses
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId", "connect:SearchTag/"],
    },
    // SearchResourceTags
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // CreateUserHierarchyGroup
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::HierarchyGroup, named: false, required: true, tags: false },
            ActionResource { kind: ResourceKind::HierarchyGroup, named: true, required: false, tags: true },
        ],
        keys: &["aws:RequestTag/", "aws:TagKeys", "connect:InstanceId"],
    },
    // DescribeUserHierarchyGroup
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::HierarchyGroup, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // ListUserHierarchyGroups
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdateUserHierarchyGroupName
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::HierarchyGroup, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // DeleteUserHierarchyGroup
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::HierarchyGroup, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // DescribeUserHierarchyStructure
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdateUserHierarchyStructure
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // SearchUserHierarchyGroups
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId", "connect:SearchTag/"],
    },
    // UpdateUserHierarchy
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::HierarchyGroup, named: true, required: false, tags: true },
            ActionResource { kind: ResourceKind::User, named: true, required: true, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // CreatePredefinedAttribute
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // DescribePredefinedAttribute
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // ListPredefinedAttributes
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdatePredefinedAttribute
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // DeletePredefinedAttribute
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // SearchPredefinedAttributes
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::Instance, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // AssociateUserProficiencies
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::Instance, named: true, required: false, tags: true },
            ActionResource { kind: ResourceKind::User, named: true, required: true, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // DisassociateUserProficiencies
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::Instance, named: true, required: false, tags: true },
            ActionResource { kind: ResourceKind::User, named: true, required: true, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // ListUserProficiencies
    Action {
        access: AccessLevel::List,
        resources: &[
            ActionResource { kind: ResourceKind::Instance, named: true, required: false, tags: true },
            ActionResource { kind: ResourceKind::User, named: true, required: true, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // UpdateUserProficiencies
    Action {
        access: AccessLevel::Write,
        resources: &[
            ActionResource { kind: ResourceKind::Instance, named: true, required: false, tags: true },
            ActionResource { kind: ResourceKind::User, named: true, required: true, tags: true },
        ],
        keys: &["connect:InstanceId"],
    },
    // AssociateHoursOfOperations
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::HoursOfOperation, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // DisassociateHoursOfOperations
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::HoursOfOperation, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // ListChildHoursOfOperations
    Action {
        access: AccessLevel::Read,
        resources: &[ActionResource { kind: ResourceKind::HoursOfOperation, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // AssociateQueueEmailAddresses
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Queue, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // DisassociateQueueEmailAddresses
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Queue, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // ListQueueEmailAddresses
    Action {
        access: AccessLevel::List,
        resources: &[ActionResource { kind: ResourceKind::Queue, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // UpdateQueueOutboundEmailConfig
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Queue, named: true, required: true, tags: true }],
        keys: &["connect:InstanceId"],
    },
    // DeleteContactData
    Action {
        access: AccessLevel::Write,
        resources: &[ActionResource { kind: ResourceKind::Contact, named: true, required: true, tags: true }],
        keys: &["connect:Channel", "connect:ContactAssociationId", "connect:InstanceId", "connect:UserArn"],
    },
];

pub(crate) static ARN_PATTERNS: &[(ResourceKind, &str)] = &[
    (
        ResourceKind::AgentStatus,
        "arn:${Partition}:connect:${Region}:${Account}:instance/${InstanceId}/agent-state/${AgentStatusId}",
    ),
    (
        ResourceKind::Contact,
        "arn:${Partition}:connect:${Region}:${Account}:instance/${InstanceId}/contact/${ContactId}",
    ),
    (
        ResourceKind::ContactFlow,
        "arn:${Partition}:connect:${Region}:${Account}:instance/${InstanceId}/contact-flow/${ContactFlowId}",
    ),
    (
        ResourceKind::FlowModule,
        "arn:${Partition}:connect:${Region}:${Account}:instance/${InstanceId}/flow-module/${ContactFlowModuleId}",
    ),
    (
        ResourceKind::HierarchyGroup,
        "arn:${Partition}:connect:${Region}:${Account}:instance/${InstanceId}/agent-group/${HierarchyGroupId}",
    ),
    (
        ResourceKind::HoursOfOperation,
        "arn:${Partition}:connect:${Region}:${Account}:instance/${InstanceId}/operating-hours/${HoursOfOperationId}",
    ),
    (ResourceKind::Instance, "arn:${Partition}:connect:${Region}:${Account}:instance/${InstanceId}"),
    (ResourceKind::PhoneNumber, "arn:${Partition}:connect:${Region}:${Account}:phone-number/${PhoneNumberId}"),
    (ResourceKind::Queue, "arn:${Partition}:connect:${Region}:${Account}:instance/${InstanceId}/queue/${QueueId}"),
    (
        ResourceKind::QuickConnect,
        "arn:${Partition}:connect:${Region}:${Account}:instance/${InstanceId}/transfer-destination/${QuickConnectId}",
    ),
    (
        ResourceKind::RoutingProfile,
        "arn:${Partition}:connect:${Region}:${Account}:instance/${InstanceId}/routing-profile/${RoutingProfileId}",
    ),
    (
        ResourceKind::SecurityProfile,
        "arn:${Partition}:connect:${Region}:${Account}:instance/${InstanceId}/security-profile/${SecurityProfileId}",
    ),
    (
        ResourceKind::TaskTemplate,
        "arn:${Partition}:connect:${Region}:${Account}:instance/${InstanceId}/task-template/${TaskTemplateId}",
    ),
    (ResourceKind::User, "arn:${Partition}:connect:${Region}:${Account}:instance/${InstanceId}/agent/${UserId}"),
];
