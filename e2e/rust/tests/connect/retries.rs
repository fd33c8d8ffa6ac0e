//! Retries on 429, 500 and closed connections, and a clock that is wrong.

use std::collections::HashSet;

use e2e_rust::{
    DEV_INSTANCE, FaultProxy, ProxyStep, Server, client, new_instance, retrying, small, template_ids, with_wrong_clock,
};

async fn one_fault_one_template(step: ProxyStep) {
    let server = Server::start(&[]).await;
    let proxy = FaultProxy::start(&server.url, &[step]).await;
    let connect = client(&server.url);
    let instance = new_instance(&connect).await;
    let made = small(&retrying(&proxy.url), &instance, "T").send().await.expect("the second attempt succeeds");
    let attempts = proxy.attempts();
    assert_eq!(attempts.len(), 2);
    let invocations: HashSet<_> = attempts.iter().map(|one| &one.headers["amz-sdk-invocation-id"]).collect();
    assert_eq!(invocations.len(), 1);
    let tokens: HashSet<String> = attempts
        .iter()
        .map(|one| serde_json::from_slice::<serde_json::Value>(&one.body).expect("JSON")["ClientToken"].to_string())
        .collect();
    assert_eq!(tokens.len(), 1);
    assert!(tokens.iter().all(|token| token.len() == 38), "{tokens:?}"); // a UUID in quotation marks
    assert_eq!(template_ids(&connect, &instance).await, [made.id()]);
}

macro_rules! faults {
    ($($name:ident: $step:expr,)*) => {
        $(#[tokio::test]
        async fn $name() {
            one_fault_one_template($step).await;
        })*
    };
}

faults! {
    case_c9_429_once: ProxyStep::Answer(429, "ThrottlingException"),
    limit_exceeded_once: ProxyStep::Answer(429, "LimitExceededException"),
    internal_500_before_the_server: ProxyStep::Answer(500, "InternalServiceException"),
    closed_before_the_server: ProxyStep::Close,
    case_c10_500_after_the_commit: ProxyStep::AnswerAfter(500, "InternalServiceException"),
    case_c9_429_after_the_commit: ProxyStep::AnswerAfter(429, "ThrottlingException"),
    case_c11_closed_after_the_commit: ProxyStep::CloseAfter,
}

#[tokio::test]
async fn r1_2_5_internal_service_exception_after_three_attempts() {
    let server = Server::start(&[]).await;
    let fault = ProxyStep::Answer(500, "InternalServiceException");
    let proxy = FaultProxy::start(&server.url, &[fault.clone(), fault.clone(), fault]).await;
    let call = retrying(&proxy.url).get_task_template().instance_id(DEV_INSTANCE).task_template_id("x");
    let error = call.send().await.expect_err("three faults").into_service_error();
    assert!(error.is_internal_service_exception(), "{error:?}");
    assert_eq!(proxy.attempts().len(), 3);
}

#[tokio::test]
async fn w6_3_refusals_are_not_tried_again() {
    let server = Server::start(&[]).await;
    let proxy = FaultProxy::start(&server.url, &[]).await;
    let call = retrying(&proxy.url).get_task_template().instance_id(DEV_INSTANCE).task_template_id("x");
    let error = call.send().await.expect_err("unknown").into_service_error();
    assert!(error.is_resource_not_found_exception(), "{error:?}");
    assert_eq!(proxy.attempts().len(), 1);
}

#[tokio::test]
async fn case_c12_a_wrong_clock_is_corrected_from_the_answer() {
    let server = Server::start(&[]).await;
    for seconds in [-600, 600] {
        let proxy = FaultProxy::start(&server.url, &[]).await;
        let call = with_wrong_clock(&proxy.url, seconds).list_task_templates().instance_id(DEV_INSTANCE);
        let found = call.send().await.expect("the second attempt succeeds");
        assert!(found.task_templates().is_empty());
        assert_eq!(proxy.attempts().len(), 2);
    }
}
