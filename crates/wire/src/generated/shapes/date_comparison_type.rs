// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    DateComparisonType {
        GreaterThan = "GREATER_THAN",
        LessThan = "LESS_THAN",
        GreaterThanOrEqualTo = "GREATER_THAN_OR_EQUAL_TO",
        LessThanOrEqualTo = "LESS_THAN_OR_EQUAL_TO",
        EqualTo = "EQUAL_TO",
    }
}
