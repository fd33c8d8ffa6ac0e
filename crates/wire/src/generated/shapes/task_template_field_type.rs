// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::shape::enumeration;

enumeration! {
    TaskTemplateFieldType {
        Name = "NAME",
        Description = "DESCRIPTION",
        ScheduledTime = "SCHEDULED_TIME",
        QuickConnect = "QUICK_CONNECT",
        Url = "URL",
        Number = "NUMBER",
        Text = "TEXT",
        TextArea = "TEXT_AREA",
        DateTime = "DATE_TIME",
        Boolean = "BOOLEAN",
        SingleSelect = "SINGLE_SELECT",
        Email = "EMAIL",
        SelfAssign = "SELF_ASSIGN",
        ExpiryDuration = "EXPIRY_DURATION",
    }
}
