// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    NumberComparisonType {
        GreaterOrEqual = "GREATER_OR_EQUAL",
        Greater = "GREATER",
        LesserOrEqual = "LESSER_OR_EQUAL",
        Lesser = "LESSER",
        Equal = "EQUAL",
        NotEqual = "NOT_EQUAL",
        Range = "RANGE",
    }
}
