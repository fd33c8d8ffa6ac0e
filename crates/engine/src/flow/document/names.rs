//! The words of the language: types of actions, errors, operators. What an action may hold is in the table of `check`.

/// An enum whose variants are spelled as on the wire.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $word:ident,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$doc])* $word,)* }

        impl $name {
            /// Every word, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$word),*];

            /// The word as the document spells it, case-sensitive.
            pub fn parse(text: &str) -> Option<Self> {
                match text {
                    $(stringify!($word) => Some(Self::$word),)*
                    _ => None,
                }
            }

            /// How the document spells it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$word => stringify!($word),)* }
            }
        }
    };
}

words! {
    /// Every type that an action may have (flows section 7).
    ActionType {
        /// Sets the target queue (flows 7.1.1).
        UpdateContactTargetQueue,
        /// Puts the contact into its target queue (flows 7.1.3).
        TransferContactToQueue,
        /// Moves a waiting contact to another queue (flows 7.1.6).
        DequeueContactAndTransferToQueue,
        /// Ends the flow with the target agent (flows 7.1.7).
        TransferContactToAgent,
        /// Goes on in another flow (flows 7.1.8).
        TransferToFlow,
        /// Sets priority or age in the queue (flows 7.1.9).
        UpdateContactRoutingBehavior,
        /// Sets what the agent must know (flows 7.1.11).
        UpdateContactRoutingCriteria,
        /// Sets user attributes (flows 7.2.1).
        UpdateContactAttributes,
        /// Sets attributes of this run (flows 7.2.2).
        UpdateFlowAttributes,
        /// Changes the contact itself (flows 7.2.3).
        UpdateContactData,
        /// Names the flows of later events (flows 7.2.4).
        UpdateContactEventHooks,
        /// Adds user tags (flows 7.2.6).
        TagContact,
        /// Removes user tags (flows 7.2.6).
        UntagContact,
        /// Starts another task (flows 7.2.7).
        CreateTask,
        /// Branches on a value (flows 7.3.1).
        Compare,
        /// Branches on opening hours (flows 7.3.2).
        CheckHoursOfOperation,
        /// Branches on a number about a queue (flows 7.3.3).
        CheckMetricData,
        /// Fills `$.Metrics` (flows 7.3.7).
        GetMetricData,
        /// Branches at random (flows 7.3.8).
        DistributeByPercentage,
        /// Repeats a branch (flows 7.3.9).
        Loop,
        /// Waits (flows 7.3.11).
        Wait,
        /// Calls a function (flows 7.4.1).
        InvokeLambdaFunction,
        /// Calls a module (flows 8.6).
        InvokeFlowModule,
        /// Switches the flow log (flows 7.4.7).
        UpdateFlowLoggingBehavior,
        /// Ends the contact (flows 7.5.1).
        DisconnectParticipant,
        /// Ends the flow (flows 7.5.2).
        EndFlowExecution,
        /// Returns from a module (flows 8.6).
        EndFlowModuleExecution,
        /// Resumes a paused task (flows 7.5.3).
        ResumeContact,
        /// Speaks or writes to a participant (flows 7.6).
        MessageParticipant,
        /// Repeats messages (flows 7.6).
        MessageParticipantIteratively,
        /// Chooses a voice (flows 7.6).
        UpdateContactTextToSpeechVoice,
        /// Switches recording and analysis (flows 7.6).
        UpdateContactRecordingAndAnalyticsBehavior,
        /// Switches recording (flows 7.6).
        UpdateContactRecordingBehavior,
        /// Keeps a number to call back (flows 7.6).
        UpdateContactCallbackNumber,
        /// Queues a call back (flows 7.6).
        CreateCallbackContact,
        /// Holds or resumes a participant (flows 7.6).
        UpdatePreviousContactParticipantState,
        /// Calls a third party (flows 7.6).
        TransferParticipantToThirdParty,
        /// Streams media (flows 7.6).
        UpdateContactMediaStreamingBehavior,
        /// Checks a voice (flows 7.6).
        CheckVoiceId,
        /// Listens to a voice (flows 7.6).
        StartVoiceIdStream,
        /// Says who answered the call (flows 7.6).
        CheckOutboundCallStatus,
        /// Places the prepared call (flows 7.6).
        CompleteOutboundCall,
        /// Processes messages on their way (flows 7.6).
        UpdateContactMediaProcessing,
        /// Signs a customer in (flows 7.6).
        AuthenticateParticipant,
        /// Asks for keys (flows 7.6).
        GetParticipantInput,
        /// Talks through a bot (flows 7.6).
        ConnectParticipantWithLexBot,
        /// Talks through an AI agent (flows 7.6).
        ConnectParticipantWithAgenticCX,
        /// Shows a page (flows 7.6).
        ShowView,
        /// Opens a case (flows 7.6).
        CreateCase,
        /// Looks for a case (flows 7.6).
        GetCase,
        /// Changes a case (flows 7.6).
        UpdateCase,
        /// Looks for a customer (flows 7.6).
        GetCustomerProfile,
        /// Reads what belongs to a customer (flows 7.6).
        GetCustomerProfileObject,
        /// Reads figures about a customer (flows 7.6).
        GetCalculatedAttributesForCustomerProfile,
        /// Makes a customer (flows 7.6).
        CreateCustomerProfile,
        /// Changes a customer (flows 7.6).
        UpdateCustomerProfile,
        /// Ties the contact to a customer (flows 7.6).
        AssociateContactToCustomerProfile,
        /// Starts an assistant (flows 7.6).
        CreateWisdomSession,
        /// Reads cells of a table (flows 7.6).
        EvaluateDataTableValues,
        /// Reads rows of a table (flows 7.6).
        ListDataTableValues,
        /// Writes rows of a table (flows 7.6).
        UpsertDataTableValues,
        /// Reads what the contact holds (flows 7.6).
        LoadContactContent,
        /// Fills a message template (flows 7.6).
        RenderMessageTemplate,
        /// Makes a contact (flows 7.6).
        CreateContact,
        /// Starts a chat (flows 7.6).
        StartOutboundChatContact,
        /// Sends an e-mail (flows 7.6).
        StartOutboundEmailContact,
        /// Continues an earlier chat (flows 7.6).
        CreatePersistentContactAssociation,
    }
}

words! {
    /// The errors that actions meet (flows 4.8).
    ErrorType {
        /// Any error without an entry of its own.
        NoMatchingError,
        /// No condition was true.
        NoMatchingCondition,
        /// The queue is full.
        QueueAtCapacity,
        /// A participant is not there.
        ParticipantNotFound,
        /// The action is for another channel.
        ChannelMismatch,
        /// It took too long.
        TimeLimitExceeded,
        /// The answer took too long.
        InputTimeLimitExceeded,
        /// Chats cannot be redacted.
        InFlightRedactionConfigurationFailed,
        /// What was typed is no telephone number.
        InvalidPhoneNumber,
        /// The number to call back is none.
        InvalidCallbackNumber,
        /// The number to call back cannot be called.
        CallbackNumberNotDialable,
        /// The call failed.
        CallFailed,
        /// Nobody took the call in time.
        ConnectionTimeLimitExceeded,
        /// Several customers fit.
        MultipleFoundError,
        /// No customer fits.
        NoneFoundError,
        /// The message template cannot be filled.
        TemplateRenderingError,
    }
}

words! {
    /// How a result is compared with an operand (flows 4.2).
    Operator {
        /// The same text.
        Equals,
        /// The result begins with the operand.
        TextStartsWith,
        /// The result ends with the operand.
        TextEndsWith,
        /// The operand is part of the result.
        TextContains,
        /// Both are numbers, the result is above.
        NumberGreaterThan,
        /// Both are numbers, the result is not below.
        NumberGreaterOrEqualTo,
        /// Both are numbers, the result is below.
        NumberLessThan,
        /// Both are numbers, the result is not above.
        NumberLessOrEqualTo,
        /// The result is an object with this key.
        KeyExists,
    }
}

impl ActionType {
    /// Does nothing follow it in its document: are its transitions `{}` (flows 6.6)?
    pub fn is_terminal(self) -> bool {
        matches!(
            self,
            Self::DisconnectParticipant
                | Self::EndFlowExecution
                | Self::EndFlowModuleExecution
                | Self::TransferContactToAgent
        )
    }
}
