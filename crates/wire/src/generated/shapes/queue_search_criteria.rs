// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter};
use crate::kind::{of, one_of};
use crate::shape::Cx;
use crate::shapes::{SearchableQueueType, StringCondition};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct QueueSearchCriteria {
    pub or_conditions: Option<Vec<QueueSearchCriteria>>,
    pub and_conditions: Option<Vec<QueueSearchCriteria>>,
    pub string_condition: Option<StringCondition>,
    pub queue_type_condition: Option<SearchableQueueType>,
}

impl Encode for QueueSearchCriteria {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("OrConditions", self.or_conditions.as_ref());
        w.optional("AndConditions", self.and_conditions.as_ref());
        w.optional("StringCondition", self.string_condition.as_ref());
        w.optional("QueueTypeCondition", self.queue_type_condition.as_ref());
        w.end_object();
    }
}

impl Shape for QueueSearchCriteria {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            or_conditions: cx.optional(members, "OrConditions", &kinds::QUEUE_SEARCH_CONDITION_LIST),
            and_conditions: cx.optional(members, "AndConditions", &kinds::QUEUE_SEARCH_CONDITION_LIST),
            string_condition: cx.optional(members, "StringCondition", &of::<StringCondition>()),
            queue_type_condition: cx.optional(members, "QueueTypeCondition", &one_of::<SearchableQueueType>()),
        }
    }
}
