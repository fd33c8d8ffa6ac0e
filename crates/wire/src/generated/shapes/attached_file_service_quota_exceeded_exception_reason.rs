// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    AttachedFileServiceQuotaExceededExceptionReason {
        TotalFileSizeExceeded = "TOTAL_FILE_SIZE_EXCEEDED",
        TotalFileCountExceeded = "TOTAL_FILE_COUNT_EXCEEDED",
    }
}
