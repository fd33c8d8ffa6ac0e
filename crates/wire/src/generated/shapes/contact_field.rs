// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    ContactField {
        CustomerEndpoint = "CUSTOMER_ENDPOINT",
        AdditionalEmailRecipients = "ADDITIONAL_EMAIL_RECIPIENTS",
        EmailSubject = "EMAIL_SUBJECT",
    }
}
