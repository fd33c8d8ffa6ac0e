// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    PropertyValidationExceptionReason {
        InvalidFormat = "INVALID_FORMAT",
        UniqueConstraintViolated = "UNIQUE_CONSTRAINT_VIOLATED",
        ReferencedResourceNotFound = "REFERENCED_RESOURCE_NOT_FOUND",
        ResourceNameAlreadyExists = "RESOURCE_NAME_ALREADY_EXISTS",
        RequiredPropertyMissing = "REQUIRED_PROPERTY_MISSING",
        NotSupported = "NOT_SUPPORTED",
        TypeMismatch = "TYPE_MISMATCH",
    }
}
