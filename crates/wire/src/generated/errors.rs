// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

//! Exceptions, with their names and statuses.

use crate::Encode;
use crate::json::JsonWriter;
use crate::shapes::{
    AccessDeniedException, ConditionalOperationFailedException, ConflictException, ContactFlowNotPublishedException,
    ContactNotFoundException, ContactNotTerminatedException, DuplicateResourceException, IdempotencyException,
    InternalServiceException, InvalidActiveRegionException, InvalidContactFlowException,
    InvalidContactFlowModuleException, InvalidParameterException, InvalidRequestException, LimitExceededException,
    MaximumResultReturnedException, PropertyValidationException, ResourceConflictException, ResourceInUseException,
    ResourceNotFoundException, ServiceQuotaExceededException, ThrottlingException,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ExceptionKind {
    AccessDeniedException,
    ConditionalOperationFailedException,
    ConflictException,
    ContactFlowNotPublishedException,
    ContactNotFoundException,
    ContactNotTerminatedException,
    DuplicateResourceException,
    IdempotencyException,
    InternalServiceException,
    InvalidActiveRegionException,
    InvalidContactFlowException,
    InvalidContactFlowModuleException,
    InvalidParameterException,
    InvalidRequestException,
    LimitExceededException,
    MaximumResultReturnedException,
    PropertyValidationException,
    ResourceConflictException,
    ResourceInUseException,
    ResourceNotFoundException,
    ServiceQuotaExceededException,
    ThrottlingException,
}

impl ExceptionKind {
    /// Every exception, by name.
    pub const ALL: &'static [Self] = &[
        Self::AccessDeniedException,
        Self::ConditionalOperationFailedException,
        Self::ConflictException,
        Self::ContactFlowNotPublishedException,
        Self::ContactNotFoundException,
        Self::ContactNotTerminatedException,
        Self::DuplicateResourceException,
        Self::IdempotencyException,
        Self::InternalServiceException,
        Self::InvalidActiveRegionException,
        Self::InvalidContactFlowException,
        Self::InvalidContactFlowModuleException,
        Self::InvalidParameterException,
        Self::InvalidRequestException,
        Self::LimitExceededException,
        Self::MaximumResultReturnedException,
        Self::PropertyValidationException,
        Self::ResourceConflictException,
        Self::ResourceInUseException,
        Self::ResourceNotFoundException,
        Self::ServiceQuotaExceededException,
        Self::ThrottlingException,
    ];

    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::AccessDeniedException => "AccessDeniedException",
            Self::ConditionalOperationFailedException => "ConditionalOperationFailedException",
            Self::ConflictException => "ConflictException",
            Self::ContactFlowNotPublishedException => "ContactFlowNotPublishedException",
            Self::ContactNotFoundException => "ContactNotFoundException",
            Self::ContactNotTerminatedException => "ContactNotTerminatedException",
            Self::DuplicateResourceException => "DuplicateResourceException",
            Self::IdempotencyException => "IdempotencyException",
            Self::InternalServiceException => "InternalServiceException",
            Self::InvalidActiveRegionException => "InvalidActiveRegionException",
            Self::InvalidContactFlowException => "InvalidContactFlowException",
            Self::InvalidContactFlowModuleException => "InvalidContactFlowModuleException",
            Self::InvalidParameterException => "InvalidParameterException",
            Self::InvalidRequestException => "InvalidRequestException",
            Self::LimitExceededException => "LimitExceededException",
            Self::MaximumResultReturnedException => "MaximumResultReturnedException",
            Self::PropertyValidationException => "PropertyValidationException",
            Self::ResourceConflictException => "ResourceConflictException",
            Self::ResourceInUseException => "ResourceInUseException",
            Self::ResourceNotFoundException => "ResourceNotFoundException",
            Self::ServiceQuotaExceededException => "ServiceQuotaExceededException",
            Self::ThrottlingException => "ThrottlingException",
        }
    }

    /// The HTTP status.
    pub fn status(self) -> u16 {
        match self {
            Self::AccessDeniedException => 403,
            Self::ConditionalOperationFailedException => 409,
            Self::ConflictException => 409,
            Self::ContactFlowNotPublishedException => 404,
            Self::ContactNotFoundException => 410,
            Self::ContactNotTerminatedException => 409,
            Self::DuplicateResourceException => 409,
            Self::IdempotencyException => 409,
            Self::InternalServiceException => 500,
            Self::InvalidActiveRegionException => 400,
            Self::InvalidContactFlowException => 400,
            Self::InvalidContactFlowModuleException => 400,
            Self::InvalidParameterException => 400,
            Self::InvalidRequestException => 400,
            Self::LimitExceededException => 429,
            Self::MaximumResultReturnedException => 400,
            Self::PropertyValidationException => 400,
            Self::ResourceConflictException => 409,
            Self::ResourceInUseException => 409,
            Self::ResourceNotFoundException => 404,
            Self::ServiceQuotaExceededException => 402,
            Self::ThrottlingException => 429,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Exception {
    AccessDeniedException(AccessDeniedException),
    ConditionalOperationFailedException(ConditionalOperationFailedException),
    ConflictException(ConflictException),
    ContactFlowNotPublishedException(ContactFlowNotPublishedException),
    ContactNotFoundException(ContactNotFoundException),
    ContactNotTerminatedException(ContactNotTerminatedException),
    DuplicateResourceException(DuplicateResourceException),
    IdempotencyException(IdempotencyException),
    InternalServiceException(InternalServiceException),
    InvalidActiveRegionException(InvalidActiveRegionException),
    InvalidContactFlowException(InvalidContactFlowException),
    InvalidContactFlowModuleException(InvalidContactFlowModuleException),
    InvalidParameterException(InvalidParameterException),
    InvalidRequestException(InvalidRequestException),
    LimitExceededException(LimitExceededException),
    MaximumResultReturnedException(MaximumResultReturnedException),
    PropertyValidationException(PropertyValidationException),
    ResourceConflictException(ResourceConflictException),
    ResourceInUseException(ResourceInUseException),
    ResourceNotFoundException(ResourceNotFoundException),
    ServiceQuotaExceededException(ServiceQuotaExceededException),
    ThrottlingException(ThrottlingException),
}

impl Exception {
    /// Which exception it is.
    pub fn kind(&self) -> ExceptionKind {
        match self {
            Self::AccessDeniedException(_) => ExceptionKind::AccessDeniedException,
            Self::ConditionalOperationFailedException(_) => ExceptionKind::ConditionalOperationFailedException,
            Self::ConflictException(_) => ExceptionKind::ConflictException,
            Self::ContactFlowNotPublishedException(_) => ExceptionKind::ContactFlowNotPublishedException,
            Self::ContactNotFoundException(_) => ExceptionKind::ContactNotFoundException,
            Self::ContactNotTerminatedException(_) => ExceptionKind::ContactNotTerminatedException,
            Self::DuplicateResourceException(_) => ExceptionKind::DuplicateResourceException,
            Self::IdempotencyException(_) => ExceptionKind::IdempotencyException,
            Self::InternalServiceException(_) => ExceptionKind::InternalServiceException,
            Self::InvalidActiveRegionException(_) => ExceptionKind::InvalidActiveRegionException,
            Self::InvalidContactFlowException(_) => ExceptionKind::InvalidContactFlowException,
            Self::InvalidContactFlowModuleException(_) => ExceptionKind::InvalidContactFlowModuleException,
            Self::InvalidParameterException(_) => ExceptionKind::InvalidParameterException,
            Self::InvalidRequestException(_) => ExceptionKind::InvalidRequestException,
            Self::LimitExceededException(_) => ExceptionKind::LimitExceededException,
            Self::MaximumResultReturnedException(_) => ExceptionKind::MaximumResultReturnedException,
            Self::PropertyValidationException(_) => ExceptionKind::PropertyValidationException,
            Self::ResourceConflictException(_) => ExceptionKind::ResourceConflictException,
            Self::ResourceInUseException(_) => ExceptionKind::ResourceInUseException,
            Self::ResourceNotFoundException(_) => ExceptionKind::ResourceNotFoundException,
            Self::ServiceQuotaExceededException(_) => ExceptionKind::ServiceQuotaExceededException,
            Self::ThrottlingException(_) => ExceptionKind::ThrottlingException,
        }
    }

    /// Its message; some exceptions have no member for one.
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::AccessDeniedException(shape) => shape.message.as_deref(),
            Self::ConditionalOperationFailedException(shape) => shape.message.as_deref(),
            Self::ConflictException(shape) => shape.message.as_deref(),
            Self::ContactFlowNotPublishedException(shape) => shape.message.as_deref(),
            Self::ContactNotFoundException(shape) => shape.message.as_deref(),
            Self::ContactNotTerminatedException(shape) => shape.message.as_deref(),
            Self::DuplicateResourceException(shape) => shape.message.as_deref(),
            Self::IdempotencyException(shape) => shape.message.as_deref(),
            Self::InternalServiceException(shape) => shape.message.as_deref(),
            Self::InvalidActiveRegionException(shape) => shape.message.as_deref(),
            Self::InvalidContactFlowException(_) => None,
            Self::InvalidContactFlowModuleException(_) => None,
            Self::InvalidParameterException(shape) => shape.message.as_deref(),
            Self::InvalidRequestException(shape) => shape.message.as_deref(),
            Self::LimitExceededException(shape) => shape.message.as_deref(),
            Self::MaximumResultReturnedException(shape) => shape.message.as_deref(),
            Self::PropertyValidationException(shape) => Some(shape.message.as_str()),
            Self::ResourceConflictException(shape) => shape.message.as_deref(),
            Self::ResourceInUseException(shape) => shape.message.as_deref(),
            Self::ResourceNotFoundException(shape) => shape.message.as_deref(),
            Self::ServiceQuotaExceededException(shape) => shape.message.as_deref(),
            Self::ThrottlingException(shape) => shape.message.as_deref(),
        }
    }

    /// An exception with nothing but this message; the message is dropped where there is no member for one.
    pub fn with_message(kind: ExceptionKind, message: impl Into<String>) -> Self {
        match kind {
            ExceptionKind::AccessDeniedException => {
                Self::AccessDeniedException(AccessDeniedException { message: Some(message.into()) })
            }
            ExceptionKind::ConditionalOperationFailedException => {
                Self::ConditionalOperationFailedException(ConditionalOperationFailedException {
                    message: Some(message.into()),
                })
            }
            ExceptionKind::ConflictException => {
                Self::ConflictException(ConflictException { message: Some(message.into()) })
            }
            ExceptionKind::ContactFlowNotPublishedException => {
                Self::ContactFlowNotPublishedException(ContactFlowNotPublishedException {
                    message: Some(message.into()),
                })
            }
            ExceptionKind::ContactNotFoundException => {
                Self::ContactNotFoundException(ContactNotFoundException { message: Some(message.into()) })
            }
            ExceptionKind::ContactNotTerminatedException => {
                Self::ContactNotTerminatedException(ContactNotTerminatedException { message: Some(message.into()) })
            }
            ExceptionKind::DuplicateResourceException => {
                Self::DuplicateResourceException(DuplicateResourceException { message: Some(message.into()) })
            }
            ExceptionKind::IdempotencyException => {
                Self::IdempotencyException(IdempotencyException { message: Some(message.into()) })
            }
            ExceptionKind::InternalServiceException => {
                Self::InternalServiceException(InternalServiceException { message: Some(message.into()) })
            }
            ExceptionKind::InvalidActiveRegionException => {
                Self::InvalidActiveRegionException(InvalidActiveRegionException { message: Some(message.into()) })
            }
            ExceptionKind::InvalidContactFlowException => {
                Self::InvalidContactFlowException(InvalidContactFlowException { ..Default::default() })
            }
            ExceptionKind::InvalidContactFlowModuleException => {
                Self::InvalidContactFlowModuleException(InvalidContactFlowModuleException { ..Default::default() })
            }
            ExceptionKind::InvalidParameterException => {
                Self::InvalidParameterException(InvalidParameterException { message: Some(message.into()) })
            }
            ExceptionKind::InvalidRequestException => Self::InvalidRequestException(InvalidRequestException {
                message: Some(message.into()),
                ..Default::default()
            }),
            ExceptionKind::LimitExceededException => {
                Self::LimitExceededException(LimitExceededException { message: Some(message.into()) })
            }
            ExceptionKind::MaximumResultReturnedException => {
                Self::MaximumResultReturnedException(MaximumResultReturnedException { message: Some(message.into()) })
            }
            ExceptionKind::PropertyValidationException => {
                Self::PropertyValidationException(PropertyValidationException {
                    message: message.into(),
                    ..Default::default()
                })
            }
            ExceptionKind::ResourceConflictException => {
                Self::ResourceConflictException(ResourceConflictException { message: Some(message.into()) })
            }
            ExceptionKind::ResourceInUseException => Self::ResourceInUseException(ResourceInUseException {
                message: Some(message.into()),
                ..Default::default()
            }),
            ExceptionKind::ResourceNotFoundException => {
                Self::ResourceNotFoundException(ResourceNotFoundException { message: Some(message.into()) })
            }
            ExceptionKind::ServiceQuotaExceededException => {
                Self::ServiceQuotaExceededException(ServiceQuotaExceededException {
                    message: Some(message.into()),
                    ..Default::default()
                })
            }
            ExceptionKind::ThrottlingException => {
                Self::ThrottlingException(ThrottlingException { message: Some(message.into()) })
            }
        }
    }
}

impl Encode for Exception {
    fn encode(&self, w: &mut JsonWriter) {
        match self {
            Self::AccessDeniedException(shape) => shape.encode(w),
            Self::ConditionalOperationFailedException(shape) => shape.encode(w),
            Self::ConflictException(shape) => shape.encode(w),
            Self::ContactFlowNotPublishedException(shape) => shape.encode(w),
            Self::ContactNotFoundException(shape) => shape.encode(w),
            Self::ContactNotTerminatedException(shape) => shape.encode(w),
            Self::DuplicateResourceException(shape) => shape.encode(w),
            Self::IdempotencyException(shape) => shape.encode(w),
            Self::InternalServiceException(shape) => shape.encode(w),
            Self::InvalidActiveRegionException(shape) => shape.encode(w),
            Self::InvalidContactFlowException(shape) => shape.encode(w),
            Self::InvalidContactFlowModuleException(shape) => shape.encode(w),
            Self::InvalidParameterException(shape) => shape.encode(w),
            Self::InvalidRequestException(shape) => shape.encode(w),
            Self::LimitExceededException(shape) => shape.encode(w),
            Self::MaximumResultReturnedException(shape) => shape.encode(w),
            Self::PropertyValidationException(shape) => shape.encode(w),
            Self::ResourceConflictException(shape) => shape.encode(w),
            Self::ResourceInUseException(shape) => shape.encode(w),
            Self::ResourceNotFoundException(shape) => shape.encode(w),
            Self::ServiceQuotaExceededException(shape) => shape.encode(w),
            Self::ThrottlingException(shape) => shape.encode(w),
        }
    }
}
