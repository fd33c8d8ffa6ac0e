// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    SearchContactsMatchType {
        MatchAll = "MATCH_ALL",
        MatchAny = "MATCH_ANY",
        MatchExact = "MATCH_EXACT",
        MatchNone = "MATCH_NONE",
    }
}
