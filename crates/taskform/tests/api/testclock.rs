//! The test clock of `--dev`.

use serde_json::json;

use crate::harness::{Ask, Got, NOW, Running, start};

const PATH: &str = "/_taskform/clock";

async fn post(server: &Running, body: &str) -> Got {
    server.send(&Ask::new("POST", PATH).body(body.to_owned())).await
}

#[tokio::test]
async fn the_time_of_tasks_moves_and_that_of_signatures_does_not() {
    let server = start(&[("dev", "true")]).await;
    let now = |got: &Got| got.json()["Now"].as_f64().unwrap();
    let start = NOW as f64 / 1_000.0;
    assert!((now(&server.send(&Ask::new("GET", PATH)).await) - start).abs() < f64::EPSILON);
    let got = post(&server, "{\"AdvanceSeconds\": 86400}").await;
    assert_eq!((got.status.as_u16(), now(&got)), (200, start + 86_400.0));
    got.is_complete();
    let got = post(&server, "{\"AdvanceSeconds\": 0.5}").await;
    assert!((now(&got) - start - 86_400.5).abs() < 0.001);
    assert_eq!((server.app.clock.now_ms(), server.app.clock.service_ms()), (NOW, NOW + 86_400_500));
    // Signed with the real time; what is made then has the time of tasks.
    let sign = |ask: Ask| ask.signed_as("test", "test", &server.host(), server.now());
    let body = json!({
        "IdentityManagementType": "CONNECT_MANAGED", "InstanceAlias": "later", "InboundCallsEnabled": true,
        "OutboundCallsEnabled": true,
    });
    let got = server.send(&sign(Ask::new("PUT", "/instance").body(body.to_string()))).await;
    assert_eq!(got.status.as_u16(), 200, "{got:?}");
    let id = got.json()["Id"].as_str().unwrap().to_owned();
    let got = server.send(&sign(Ask::new("GET", format!("/instance/{id}")))).await;
    assert!((got.json()["Instance"]["CreatedTime"].as_f64().unwrap() - start - 86_400.5).abs() < 0.01, "{got:?}");
}

#[tokio::test]
async fn mistakes() {
    let server = start(&[("dev", "true")]).await;
    for bad in ["", "{}", "{\"AdvanceSeconds\":-1}", "{\"AdvanceSeconds\":\"1\"}", "{\"AdvanceSeconds\":315360001}"] {
        post(&server, bad).await.is_fault(400, "InvalidRequestException");
    }
    let long = format!("{{\"AdvanceSeconds\":1}}{}", " ".repeat(2_000));
    post(&server, &long).await.is_fault(413, "RequestEntityTooLargeException");
    server.send(&Ask::new("PUT", PATH)).await.is_fault(404, "ResourceNotFoundException");
    assert_eq!(server.app.clock.service_ms(), NOW, "nothing moved");
    let year = "{\"AdvanceSeconds\": 315360000}";
    let ends = async {
        for step in 0..1_000 {
            if post(&server, year).await.status.as_u16() == 400 {
                return step;
            }
        }
        0
    };
    assert!((790..800).contains(&ends.await), "the clock ends with the year 9999");
}

#[tokio::test]
async fn without_dev_there_is_none() {
    let server = start(&[]).await;
    for method in ["GET", "POST"] {
        server.send(&Ask::new(method, PATH)).await.is_fault(404, "ResourceNotFoundException");
    }
    assert_eq!(server.app.clock.service_ms(), NOW);
}

#[tokio::test]
async fn steps_at_the_same_time_follow_each_other() {
    let server = start(&[("dev", "true")]).await;
    let step = || post(&server, "{\"AdvanceSeconds\": 10}");
    let (a, b, c) = tokio::join!(step(), step(), step());
    let mut times: Vec<_> = [a, b, c].iter().map(|got| got.json()["Now"].as_f64().unwrap()).collect();
    times.sort_by(f64::total_cmp);
    assert_eq!(server.app.clock.service_ms(), NOW + 30_000, "{times:?}");
}
