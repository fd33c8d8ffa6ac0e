//! Protocol section 5 over HTTP.

use crate::harness::{Ask, start};

#[tokio::test]
async fn w5_3_throttled_requests_say_when_to_come_back() {
    let server = start(&[("throttle.preset", "aws")]).await;
    let list = || server.call(Ask::new("GET", server.templates()));
    let mut answers = Vec::new();
    for _ in 0..8 {
        answers.push(list().await);
    }
    let served = answers.iter().filter(|a| a.status == 200).count();
    assert!((5..=6).contains(&served), "{served}");
    let throttled = answers.last().unwrap();
    throttled.is_error(429, "ThrottlingException", "Rate exceeded");
    let ms: u64 = throttled.header("x-amz-retry-after").parse().unwrap();
    assert!((1..=501).contains(&ms), "{ms}");
    assert_eq!(throttled.header("retry-after"), "1");
    let other = server.call(Ask::new("GET", format!("{}/x", server.templates()))).await;
    assert_eq!(other.status, 404, "another operation has a bucket of its own");
    let unsigned = server.send(&Ask::new("GET", server.templates())).await;
    assert_eq!(unsigned.status, 403, "W5.6: after authentication");
}

#[tokio::test]
async fn r1_7_2_throttled_with_the_declared_exception() {
    let server = start(&[("throttle.rate", "0.001"), ("throttle.burst", "1")]).await;
    let op = wire::Op::from_name("UpdateContactTaskTemplate").unwrap();
    let ask = || server.call(Ask::new(op.method(), op.uri()));
    ask().await;
    ask().await.is_error(429, "LimitExceededException", "Rate exceeded");
}
