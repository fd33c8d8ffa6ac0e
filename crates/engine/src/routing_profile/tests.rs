use super::*;
use wire::shapes::WorkloadTypeConcurrency;

fn channel(name: &str, concurrency: Option<i32>) -> MediaConcurrency {
    MediaConcurrency { channel: Channel::parse(name), concurrency, ..MediaConcurrency::default() }
}

fn divided(name: &str, types: &[(&str, i32)]) -> MediaConcurrency {
    let entry = |(name, slots): &(&str, i32)| WorkloadTypeConcurrency {
        workload_type: (*name).to_owned(),
        concurrency: *slots,
        ..WorkloadTypeConcurrency::default()
    };
    let types = Some(types.iter().map(entry).collect());
    MediaConcurrency { workload_type_concurrencies: types, ..channel(name, None) }
}

fn known() -> BTreeSet<String> {
    ["Claims", "Refunds", "connect:Task"].map(str::to_owned).into()
}

/// administration A34 to A38, 2.6.2, 2.6.3
#[test]
fn administration_2_6_3_concurrencies_that_do_not_fit_are_refused() {
    let (bad, rule) = (ExceptionKind::InvalidParameterException, ExceptionKind::InvalidRequestException);
    let with = |slots: i32| MediaConcurrency { concurrency: Some(slots), ..divided("TASK", &[("Claims", 1)]) };
    for (given, kind, named) in [
        (vec![], bad, "MediaConcurrencies must"),
        (vec![channel("TASK", Some(1)), channel("TASK", Some(2))], bad, "MediaConcurrencies[1].Channel"),
        (vec![channel("VOICE", Some(2))], bad, "MediaConcurrencies[0].Concurrency 2"),
        (vec![divided("TASK", &[("Claims", 6), ("Refunds", 5)])], bad, "have 11 slots together; 10"),
        (vec![divided("TASK", &[("Claims", 1), ("Claims", 1)])], bad, "WorkloadTypeConcurrencies[1].WorkloadType"),
        (vec![channel("CHAT", None)], rule, "MediaConcurrencies[0]: Concurrency or WorkloadTypeConcurrencies"),
        (vec![with(1)], rule, "Concurrency must be absent or 0 beside WorkloadTypeConcurrencies"),
        (vec![divided("CHAT", &[("Claims", 1)])], rule, "MediaConcurrencies[0].Channel CHAT"),
        (vec![divided("TASK", &[("Claims", 1), ("Plumbing", 1)])], rule, "[1].WorkloadType \"Plumbing\""),
        // What is wrong by itself comes first, wherever it stands.
        (vec![channel("CHAT", None), channel("VOICE", Some(7))], bad, "MediaConcurrencies[1].Concurrency"),
    ] {
        let problem = check_concurrencies(&given, &known()).unwrap_err();
        assert_eq!(problem.kind, kind, "{problem}");
        assert!(problem.to_string().contains(named), "{problem}");
    }
    for good in [
        vec![channel("VOICE", Some(0)), channel("CHAT", Some(10)), channel("EMAIL", Some(1))],
        vec![with(0)],
        vec![divided("EMAIL", &[("Claims", 5), ("connect:Task", 5)])],
    ] {
        assert_eq!(check_concurrencies(&good, &known()), Ok(()), "{good:?}");
    }
}

#[test]
fn administration_2_6_2_defaults_are_filled_in() {
    let given = [channel("CHAT", Some(2)), divided("TASK", &[("Claims", 1)])];
    let filled = with_defaults(&given);
    let only = BehaviorType::RouteCurrentChannelOnly;
    assert!(filled.iter().all(|one| one.cross_channel_behavior.as_ref().unwrap().behavior_type == only));
    let entry = &filled[1].workload_type_concurrencies.as_ref().unwrap()[0];
    assert_eq!(
        entry.cross_channel_workload_behavior.as_ref().unwrap().channel_workload_behavior_type,
        Some(ChannelWorkloadBehaviorType::RouteCurrentChannelCurrentWorkloadtypeOnly)
    );
    assert_eq!(with_defaults(&filled), filled);
}

#[test]
fn administration_2_6_5_pairs_are_distinct_and_survive_their_links() {
    let pair = |queue: &str, channel: Channel| (queue.to_owned(), channel);
    let good = [pair("q", Channel::Task), pair("q", Channel::Chat), pair("r", Channel::Task)];
    assert_eq!(check_distinct("QueueConfigs", &good), Ok(()));
    let twice = [good[0].clone(), good[1].clone(), good[0].clone()];
    let problem = check_distinct("QueueConfigs", &twice).unwrap_err();
    assert!(problem.to_string().starts_with("QueueConfigs[2].QueueReference"), "{problem}");
    let stored = QueuePair { queue_id: "q".to_owned(), channel: Channel::Task, priority: 7, delay_s: 9999 };
    assert_eq!(QueuePair::of_link(&QueuePair::slot("q", &Channel::Task), &stored.body()), Some(stored));
    assert_eq!(QueuePair::of_link("q/TASK", "").unwrap().priority, 0);
    for broken in [("q", "{}"), ("q/TASK", "{}"), ("q/TASK", "{\"Priority\":1}")] {
        assert_eq!(QueuePair::of_link(broken.0, broken.1), None, "{broken:?}");
    }
}

#[test]
fn administration_2_6_7_one_list_is_needed_and_1_4_of_at_most_ten() {
    let reference = RoutingProfileQueueReference { queue_id: "q".to_owned(), channel: Channel::Task };
    let lists = |a: Option<usize>, b: Option<usize>| {
        let list = |n: Option<usize>| n.map(|n| vec![reference.clone(); n]);
        let (a, b) = (list(a), list(b));
        check_references([("QueueReferences", a.as_deref()), ("ManualAssignmentQueueReferences", b.as_deref())])
    };
    for (a, b) in [(None, None), (Some(0), None), (Some(0), Some(0))] {
        let problem = lists(a, b).unwrap_err();
        assert_eq!(problem.kind, ExceptionKind::InvalidRequestException);
        assert!(problem.message.starts_with("QueueReferences, ManualAssignmentQueueReferences"), "{problem}");
    }
    for (a, b) in [(Some(11), None), (Some(1), Some(11))] {
        let problem = lists(a, b).unwrap_err();
        assert_eq!(problem.kind, ExceptionKind::InvalidParameterException);
        assert!(problem.message.contains("11 entries; at most 10"), "{problem}");
    }
    assert_eq!(lists(Some(10), Some(10)), Ok(()));
    assert_eq!(lists(None, Some(1)), Ok(()));
}
