// Machine-made by cargo xtask codegen from the published service model, API version 2017-08-08. Do not edit.

use crate::generated::kinds;
use crate::json::{Json, JsonWriter, Timestamp};
use crate::kind::{Text, Time, one_of};
use crate::shape::Cx;
use crate::shapes::{MediaStreamType, ParticipantType, RecordingStatus, StorageType};
use crate::{Encode, Shape};

#[derive(Clone, Debug, PartialEq, Default)]
pub struct RecordingInfo {
    pub storage_type: Option<StorageType>,
    pub location: Option<String>,
    pub media_stream_type: Option<MediaStreamType>,
    pub participant_type: Option<ParticipantType>,
    pub fragment_start_number: Option<String>,
    pub fragment_stop_number: Option<String>,
    pub start_timestamp: Option<Timestamp>,
    pub stop_timestamp: Option<Timestamp>,
    pub status: Option<RecordingStatus>,
    pub deletion_reason: Option<String>,
    pub unprocessed_transcript_location: Option<String>,
}

impl Encode for RecordingInfo {
    fn encode(&self, w: &mut JsonWriter) {
        w.begin_object();
        w.optional("StorageType", self.storage_type.as_ref());
        w.optional("Location", self.location.as_ref());
        w.optional("MediaStreamType", self.media_stream_type.as_ref());
        w.optional("ParticipantType", self.participant_type.as_ref());
        w.optional("FragmentStartNumber", self.fragment_start_number.as_ref());
        w.optional("FragmentStopNumber", self.fragment_stop_number.as_ref());
        w.optional("StartTimestamp", self.start_timestamp.as_ref());
        w.optional("StopTimestamp", self.stop_timestamp.as_ref());
        w.optional("Status", self.status.as_ref());
        w.optional("DeletionReason", self.deletion_reason.as_ref());
        w.optional("UnprocessedTranscriptLocation", self.unprocessed_transcript_location.as_ref());
        w.end_object();
    }
}

impl Shape for RecordingInfo {
    fn decode<'a>(json: &'a Json<'a>, cx: &mut Cx<'a>) -> Self {
        let members = cx.object(json);
        Self {
            storage_type: cx.optional(members, "StorageType", &one_of::<StorageType>()),
            location: cx.optional(members, "Location", &kinds::RECORDING_LOCATION),
            media_stream_type: cx.optional(members, "MediaStreamType", &one_of::<MediaStreamType>()),
            participant_type: cx.optional(members, "ParticipantType", &one_of::<ParticipantType>()),
            fragment_start_number: cx.optional(members, "FragmentStartNumber", &kinds::FRAGMENT_NUMBER),
            fragment_stop_number: cx.optional(members, "FragmentStopNumber", &kinds::FRAGMENT_NUMBER),
            start_timestamp: cx.optional(members, "StartTimestamp", &Time),
            stop_timestamp: cx.optional(members, "StopTimestamp", &Time),
            status: cx.optional(members, "Status", &one_of::<RecordingStatus>()),
            deletion_reason: cx.optional(members, "DeletionReason", &Text::ANY),
            unprocessed_transcript_location: cx.optional(
                members,
                "UnprocessedTranscriptLocation",
                &kinds::UNPROCESSED_TRANSCRIPT_LOCATION,
            ),
        }
    }
}
