//! What `/metrics` shows of the store.

use serde_json::json;
use taskform::gauges::Gauges;

use crate::harness::{Ask, NOW, start_with};

#[tokio::test]
async fn metrics_show_tasks_queues_agents_and_the_size_of_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut gauges = None;
    let flags = [("ephemeral", "false"), ("data", data.to_str().unwrap())];
    let change = |app: &mut taskform::app::App| {
        let own = Gauges::new(&app.service, &app.clock);
        app.metrics.watch_store(own.clone());
        gauges = Some(own);
    };
    let server = start_with(&flags, change, |_| Vec::new()).await;
    let gauges = gauges.unwrap();
    let before = server.metrics().await;
    assert!(before.contains("taskform_commit_seconds_count "), "{before}");
    assert!(!before.contains("taskform_tasks{"), "nothing was read yet: {before}");

    let flows = server.call(Ask::new("GET", format!("/contact-flows-summary/{}", server.instance))).await.json();
    let flows = flows["ContactFlowSummaryList"].as_array().unwrap().clone();
    let flow = flows.iter().find(|flow| flow["Name"] == "Sample task flow").unwrap()["Id"].clone();
    for (name, later_s) in [("now", 0), ("too", 0), ("tomorrow", 86_400)] {
        let mut task = json!({ "InstanceId": server.instance, "ContactFlowId": flow, "Name": name });
        if later_s > 0 {
            task["ScheduledTime"] = json!(NOW / 1_000 + later_s);
        }
        let got = server.call(Ask::new("PUT", "/contact/task").body(task.to_string())).await;
        assert_eq!(got.status.as_u16(), 200, "{got:?}");
    }
    while server.app.service.worker().step(NOW, 100).await.unwrap() > 0 {}
    let queues = server.call(Ask::new("GET", format!("/queues-summary/{}", server.instance))).await.json();
    let queues = queues["QueueSummaryList"].as_array().unwrap().clone();
    let queue = queues.iter().find(|queue| queue["Name"] == "BasicQueue").unwrap()["Id"].as_str().unwrap().to_owned();
    server.clock.fetch_add(61_500, std::sync::atomic::Ordering::Relaxed);
    gauges.refresh().await.unwrap();
    let text = server.metrics().await;
    let of_queue = format!("{{instance=\"{}\",queue=\"{queue}\"}}", server.instance);
    for line in [
        "taskform_tasks{state=\"QUEUED\"} 2".to_owned(),
        "taskform_tasks{state=\"SCHEDULED\"} 1".to_owned(),
        format!("taskform_queue_tasks{of_queue} 2"),
        format!("taskform_queue_oldest_seconds{of_queue} 61.5"),
        "taskform_timers_late 0".to_owned(),
        "taskform_queues_left_out 0".to_owned(),
        "taskform_store_commits_waiting 0".to_owned(),
        "taskform_commit_seconds_bucket{le=\"+Inf\"} ".to_owned(),
    ] {
        assert!(text.contains(&line), "{line} in\n{text}");
    }
    let value = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name} in\n{text}"));
        line.rsplit_once(' ').unwrap().1.parse::<f64>().unwrap()
    };
    assert!(value("taskform_store_bytes ") > 0.0 && value("taskform_commit_seconds_count ") >= 3.0);
    assert!((0.0..60.0).contains(&value("taskform_store_read_age_seconds ")));
    // A timer that nobody acts on.
    server.clock.fetch_add(2 * 86_400_000, std::sync::atomic::Ordering::Relaxed);
    gauges.refresh().await.unwrap();
    let text = server.metrics().await;
    assert!(text.contains("taskform_timers_late 1\n"), "{text}");
    every_name_is_documented(&text);
}

/// Of what is shown of the store.
fn every_name_is_documented(text: &str) {
    let page = include_str!("../../../../docs/running.md");
    let of_the_store =
        |name: &&str| ["_store_", "_tasks", "_queue", "_timers_", "_commit"].iter().any(|part| name.contains(part));
    for name in text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next()).filter(of_the_store) {
        assert!(page.contains(&format!("`{name}")), "{name} in docs/running.md");
    }
}
