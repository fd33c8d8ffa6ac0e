// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    EndpointType {
        TelephoneNumber = "TELEPHONE_NUMBER",
        Voip = "VOIP",
        ContactFlow = "CONTACT_FLOW",
        ConnectPhonenumberArn = "CONNECT_PHONENUMBER_ARN",
        EmailAddress = "EMAIL_ADDRESS",
    }
}
