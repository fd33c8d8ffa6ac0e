//! A seed is deterministic: run twice, it gives the same events. And the runs cover what they are meant to cover.

use taskform_simulate::run;

#[tokio::test(flavor = "current_thread")]
async fn a_seed_lives_the_same_life_again() {
    let first = Box::pin(run(11, 500)).await.unwrap();
    assert_eq!(Box::pin(run(11, 500)).await.unwrap(), first);
    assert!(first.tasks > 100 && first.events > first.tasks, "{first:?}");
    assert_ne!(Box::pin(run(12, 500)).await.unwrap().hash, first.hash);
}

#[tokio::test(flavor = "current_thread")]
async fn every_part_of_a_life_is_met() {
    let met = Box::pin(run(3, 2_500)).await.unwrap().met;
    for what in [
        "begun API",
        "begun DISCONNECT",
        "begun QUEUE_TRANSFER",
        "begun TRANSFER",
        "begun with a template",
        "ended API",
        "ended CONTACT_FLOW_DISCONNECT",
        "ended EXPIRED",
        "ended OTHER",
        "run CustomerQueue",
        "run Main",
        "run Pause",
        "run Resume",
        "run WrapUp",
        "state ACW",
        "state COMPLETED",
        "state CONNECTED",
        "state PAUSED",
        "state QUEUED",
        "state SCHEDULED",
        "state WRAP_UP",
        "state OFFERED",
        "run AgentWhisper",
        "entry CONNECTING",
        "entry CONNECTED",
        "entry PAUSED",
        "entry ENDED",
        "entry MISSED",
        "entry REJECTED",
        "ended AGENT_COMPLETED",
        "ended AGENT_DISCONNECT",
        "agent Accept done",
        "agent Accept late",
        "AssociateContactWithUser done",
        "PutUserStatus done",
        "UpdateUserRoutingProfile done",
        "StartTaskContact ServiceQuotaExceededException",
        "StartTaskContact down",
        "StartTaskContact uncertain",
        "UpdateContactTaskTemplate done",
        "UpdateContactSchedule done",
    ] {
        assert!(met.contains_key(what), "never met: {what}; {met:?}");
    }
}
