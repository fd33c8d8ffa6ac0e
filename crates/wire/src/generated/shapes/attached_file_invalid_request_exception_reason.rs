// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    AttachedFileInvalidRequestExceptionReason {
        InvalidFileSize = "INVALID_FILE_SIZE",
        InvalidFileType = "INVALID_FILE_TYPE",
        InvalidFileName = "INVALID_FILE_NAME",
    }
}
