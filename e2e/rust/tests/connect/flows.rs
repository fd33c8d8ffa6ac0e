//! Flows change, are frozen as versions, and deleted (flows 1).

use aws_sdk_connect::types as t;
use e2e_rust::{Server, client, new_instance};

fn document(note: &str) -> String {
    format!(
        "{{\"Version\":\"2019-10-30\",\"StartAction\":\"end\",\"Metadata\":{{\"note\":\"{note}\"}},\"Actions\":[\
         {{\"Identifier\":\"end\",\"Type\":\"DisconnectParticipant\",\"Parameters\":{{}},\"Transitions\":{{}}}}]}}"
    )
}

#[tokio::test]
async fn f1_9_versions_and_what_is_published() {
    let server = Server::start(&[]).await;
    let connect = client(&server.url);
    let instance = new_instance(&connect).await;
    let call = connect.create_contact_flow().instance_id(&instance.id).name("Flow").content(document("first"));
    let made = call.r#type(t::ContactFlowType::ContactFlow).send().await.expect("created");
    let flow = made.contact_flow_id().expect("an id");
    let content = async |qualifier: &str| {
        let call = connect.describe_contact_flow().instance_id(&instance.id);
        let found = call.contact_flow_id(format!("{flow}{qualifier}")).send().await.expect("described");
        found.contact_flow().and_then(|flow| flow.content()).expect("content").to_owned()
    };
    let freeze = || connect.create_contact_flow_version().instance_id(&instance.id).contact_flow_id(flow);
    let sha256 = made.flow_content_sha256().expect("a hash");
    assert_eq!(freeze().flow_content_sha256(sha256).send().await.expect("frozen").version(), Some(1));
    let call = connect.update_contact_flow_content().instance_id(&instance.id).contact_flow_id(flow);
    call.content(document("second")).send().await.expect("published");
    let stale = freeze().flow_content_sha256(sha256).send().await.expect_err("another hash");
    assert!(stale.into_service_error().is_invalid_request_exception());
    assert_eq!((content("").await, content(":1").await), (document("second"), document("first")));

    let call = connect.update_contact_flow_content().instance_id(&instance.id).contact_flow_id(flow);
    let refused = call.content("{}").send().await.expect_err("no document").into_service_error();
    assert!(refused.is_invalid_contact_flow_exception(), "{refused:?}");
    let call = connect.update_contact_flow_metadata().instance_id(&instance.id).contact_flow_id(flow);
    call.contact_flow_state(t::ContactFlowState::Archived).send().await.expect("archived");
    let versions = connect.list_contact_flow_versions().instance_id(&instance.id).contact_flow_id(flow);
    let versions = versions.into_paginator().items().send().collect::<Result<Vec<_>, _>>().await.expect("listed");
    assert_eq!(versions.iter().map(|one| one.version()).collect::<Vec<_>>(), [Some(1)]);
    connect.delete_contact_flow().instance_id(&instance.id).contact_flow_id(flow).send().await.expect("deleted");
    let gone = connect.describe_contact_flow().instance_id(&instance.id).contact_flow_id(flow).send().await;
    assert!(gone.expect_err("gone").into_service_error().is_resource_not_found_exception());
}
