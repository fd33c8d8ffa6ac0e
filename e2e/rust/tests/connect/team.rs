//! A team from nothing, a task for it, and what supervisors see (administration 2, 4, 5.2).

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use aws_sdk_connect::Client;
use aws_sdk_connect::types as t;
use e2e_rust::{Server, client, new_instance};

use crate::tasks::{PATIENCE, document};

/// A queue and one user who accepts by itself and has two slots.
struct Team {
    connect: Client,
    instance: String,
    queue: String,
    flow: String,
    user: String,
    statuses: BTreeMap<String, String>,
}

fn slice(hours: i32) -> t::HoursOfOperationTimeSlice {
    t::HoursOfOperationTimeSlice::builder().hours(hours).minutes(0).build().expect("complete")
}

/// Opening hours, a queue with them, and a flow into it; the ids of queue and flow.
async fn queue(connect: &Client, instance: &str) -> (String, String) {
    let monday = t::HoursOfOperationConfig::builder().day(t::HoursOfOperationDays::Monday);
    let monday = monday.start_time(slice(9)).end_time(slice(17)).build().expect("complete");
    let call = connect.create_hours_of_operation().instance_id(instance).name("Office").time_zone("Europe/Berlin");
    let hours = call.config(monday).send().await.expect("created").hours_of_operation_id.expect("an id");
    let call = connect.create_queue().instance_id(instance).name("Refunds é").hours_of_operation_id(hours);
    let queue = call.tags("team", "refunds").send().await.expect("created").queue_id.expect("an id");
    let call = connect.create_contact_flow().instance_id(instance).name("Into refunds");
    let call = call.r#type(t::ContactFlowType::ContactFlow).content(document("target", &queue));
    (queue, call.send().await.expect("created").contact_flow_id.expect("an id"))
}

/// Both profiles of a user: routing and security.
async fn profiles(connect: &Client, instance: &str, queue: &str) -> (String, String) {
    let reference = t::RoutingProfileQueueReference::builder().queue_id(queue).channel(t::Channel::Task);
    let pair = t::RoutingProfileQueueConfig::builder().priority(1).delay(0);
    let pair = pair.queue_reference(reference.build().expect("complete")).build().expect("complete");
    let slots = t::MediaConcurrency::builder().channel(t::Channel::Task).concurrency(2).build().expect("complete");
    let call = connect.create_routing_profile().instance_id(instance).name("Refunds").description("Refunds");
    let call = call.default_outbound_queue_id(queue).media_concurrencies(slots).queue_configs(pair);
    let routing = call.send().await.expect("created").routing_profile_id.expect("an id");
    let call = connect.create_security_profile().instance_id(instance).security_profile_name("Clerk");
    let made = call.permissions("BasicAgentAccess").send().await.expect("created");
    (routing, made.security_profile_id.expect("an id"))
}

impl Team {
    async fn new(server: &Server) -> Self {
        let connect = client(&server.url);
        let instance = new_instance(&connect).await.id;
        let (queue, flow) = queue(&connect, &instance).await;
        let (routing, security) = profiles(&connect, &instance, &queue).await;
        let call = connect.create_agent_status().instance_id(&instance).name("Lunch");
        call.state(t::AgentStatusState::Enabled).send().await.expect("created");
        let phone = t::UserPhoneConfig::builder().phone_type(t::PhoneType::SoftPhone).auto_accept(true).build();
        let call = connect.create_user().instance_id(&instance).username("ada").password("Correct-horse-7");
        let call = call.routing_profile_id(routing).security_profile_ids(security).phone_config(phone);
        let user = call.send().await.expect("created").user_id.expect("an id");
        let listed = connect.list_agent_statuses().instance_id(&instance).into_paginator().page_size(1).items().send();
        let listed = listed.collect::<Result<Vec<_>, _>>().await.expect("listed");
        let statuses = listed.into_iter().filter_map(|one| Some((one.name?, one.id?))).collect();
        Self { connect, instance, queue, flow, user, statuses }
    }

    async fn start(&self, name: &str) -> String {
        let call = self.connect.start_task_contact().instance_id(&self.instance).name(name);
        call.contact_flow_id(&self.flow).send().await.expect("started").contact_id.expect("an id")
    }

    async fn status(&self, name: &str) {
        let call = self.connect.put_user_status().instance_id(&self.instance).user_id(&self.user);
        call.agent_status_id(&self.statuses[name]).send().await.expect("put");
    }

    /// AGENTS_ONLINE, CONTACTS_IN_QUEUE and SLOTS_ACTIVE of the queue; nothing while there is nothing.
    async fn numbers(&self) -> Vec<f64> {
        use t::CurrentMetricName::{AgentsOnline, ContactsInQueue, SlotsActive};
        let metric = |name| t::CurrentMetric::builder().name(name).unit(t::Unit::Count).build();
        let filters = t::Filters::builder().queues(&self.queue).channels(t::Channel::Task).build();
        let call = self.connect.get_current_metric_data().instance_id(&self.instance).filters(filters);
        let call = call.set_current_metrics(Some([AgentsOnline, ContactsInQueue, SlotsActive].map(metric).to_vec()));
        let found = call.groupings(t::Grouping::Queue).send().await.expect("metrics");
        let collections = found.metric_results().iter().flat_map(|row| row.collections());
        collections.map(|one| one.value().expect("a value")).collect()
    }

    async fn until_numbers(&self, expected: [f64; 3]) {
        let give_up = SystemTime::now() + PATIENCE;
        loop {
            let found = self.numbers().await;
            if found == expected {
                return;
            }
            assert!(SystemTime::now() < give_up, "not {expected:?} in time: {found:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn data(&self) -> t::UserData {
        let filters = t::UserDataFilters::builder().agents(&self.user).build();
        let call = self.connect.get_current_user_data().instance_id(&self.instance).filters(filters);
        let [data] = <[_; 1]>::try_from(call.send().await.expect("data").user_data_list.expect("a list")).expect("one");
        data
    }
}

#[tokio::test]
async fn administration_4_a_team_from_nothing_takes_tasks() {
    let server = Server::start(&[]).await;
    let team = Team::new(&server).await;
    let (connect, instance, user) = (&team.connect, &*team.instance, &*team.user);
    let first = team.start("First").await;
    team.until_numbers([0.0, 1.0, 0.0]).await;
    team.status("Available").await; // accepted by itself
    team.until_numbers([1.0, 0.0, 1.0]).await;
    let data = team.data().await;
    let slots = |map: Option<&std::collections::HashMap<t::Channel, i32>>| {
        map.and_then(|map| map.get(&t::Channel::Task).copied())
    };
    assert_eq!((slots(data.max_slots_by_channel()), slots(data.available_slots_by_channel())), (Some(2), Some(1)));
    let [entry] = data.contacts() else { panic!("{data:?}") };
    assert_eq!((entry.contact_id(), entry.agent_contact_state()), (Some(&*first), Some(&t::ContactState::Connected)));

    team.status("Lunch").await; // takes effect after the task, and keeps routing away
    let second = team.start("Second").await;
    team.until_numbers([1.0, 1.0, 1.0]).await;
    let call = connect.associate_contact_with_user().instance_id(instance).contact_id(&second);
    call.user_id(user).send().await.expect("whatever the status");
    for contact in [&first, &second] {
        let dismiss = || connect.dismiss_user_contact().instance_id(instance).user_id(user).contact_id(contact).send();
        let open = dismiss().await.expect_err("it is open").into_service_error();
        assert!(open.is_invalid_request_exception(), "{open:?}");
        connect.stop_contact().instance_id(instance).contact_id(contact).send().await.expect("stopped");
        dismiss().await.expect("after-contact work ends");
        let shown = connect.describe_contact().instance_id(instance).contact_id(contact).send().await.expect("shown");
        let agent = shown.contact().and_then(|contact| contact.agent_info());
        assert_eq!(agent.and_then(|agent| agent.id()), Some(user));
    }
    assert_eq!(team.numbers().await, [1.0, 0.0, 0.0]);
    let status = team.data().await.status.expect("a status");
    assert_eq!(status.status_name(), Some("Lunch"));
}
