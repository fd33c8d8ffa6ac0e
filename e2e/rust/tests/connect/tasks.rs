//! Tasks: each operation once, typed exceptions, the paginator of SearchContacts (tasks 2).

use std::time::{Duration, SystemTime};

use aws_sdk_connect::Client;
use aws_sdk_connect::operation::update_contact_task_template::UpdateContactTaskTemplateError as RetemplateError;
use aws_sdk_connect::primitives::DateTime;
use aws_sdk_connect::types as t;
use e2e_rust::{Instance, Server, client, field, new_instance, required, small};

/// Longest time for what should come at once.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// An instance with a queue, a flow that waits for an hour before it queues, and one that queues at once.
struct Shop {
    connect: Client,
    instance: Instance,
    queue: String,
    waits: String,
    queues: String,
}

pub(crate) fn document(first: &str, queue: &str) -> String {
    let errors = r#"[{"ErrorType":"NoMatchingError","NextAction":"end"}]"#;
    let full =
        r#"[{"ErrorType":"NoMatchingError","NextAction":"end"},{"ErrorType":"QueueAtCapacity","NextAction":"end"}]"#;
    let waited = r#"[{"NextAction":"target","Condition":{"Operator":"Equals","Operands":["WaitCompleted"]}}]"#;
    format!(
        r#"{{"Version":"2019-10-30","StartAction":"{first}","Actions":[
        {{"Identifier":"wait","Type":"Wait","Parameters":{{"TimeLimitSeconds":"3600"}},
          "Transitions":{{"NextAction":"target","Conditions":{waited},"Errors":{errors}}}}},
        {{"Identifier":"target","Type":"UpdateContactTargetQueue","Parameters":{{"QueueId":"{queue}"}},
          "Transitions":{{"NextAction":"enqueue","Errors":{errors}}}}},
        {{"Identifier":"enqueue","Type":"TransferContactToQueue","Parameters":{{}},
          "Transitions":{{"NextAction":"end","Errors":{full}}}}},
        {{"Identifier":"end","Type":"DisconnectParticipant","Parameters":{{}},"Transitions":{{}}}}]}}"#
    )
}

impl Shop {
    async fn new(server: &Server) -> Self {
        let connect = client(&server.url);
        let instance = new_instance(&connect).await;
        let hours = connect.list_hours_of_operations().instance_id(&instance.id).send().await.expect("listed");
        let hours = hours.hours_of_operation_summary_list()[0].id().expect("an id").to_owned();
        let call = connect.create_queue().instance_id(&instance.id).name("Queue é").hours_of_operation_id(hours);
        let queue = call.send().await.expect("created").queue_id().expect("an id").to_owned();
        let mut flows = Vec::new();
        for first in ["wait", "target"] {
            let call = connect.create_contact_flow().instance_id(&instance.id).name(first);
            let call = call.r#type(t::ContactFlowType::ContactFlow).content(document(first, &queue));
            flows.push(call.send().await.expect("created").contact_flow_id().expect("an id").to_owned());
        }
        let [waits, queues] = flows.try_into().expect("two");
        Self { connect, instance, queue, waits, queues }
    }

    async fn describe(&self, contact: &str) -> t::Contact {
        let call = self.connect.describe_contact().instance_id(&self.instance.id).contact_id(contact);
        call.send().await.expect("described").contact.expect("a contact")
    }

    async fn until(&self, contact: &str, fits: impl Fn(&t::Contact) -> bool) -> t::Contact {
        let give_up = SystemTime::now() + PATIENCE;
        loop {
            let shown = self.describe(contact).await;
            if fits(&shown) {
                return shown;
            }
            assert!(SystemTime::now() < give_up, "not in time: {shown:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn start(&self, name: &str) -> String {
        let call = self.connect.start_task_contact().instance_id(&self.instance.id).name(name);
        let made = call.contact_flow_id(&self.queues).send().await.expect("started");
        made.contact_id().expect("an id").to_owned()
    }

    async fn stop(&self, contact: &str) {
        let call = self.connect.stop_contact().instance_id(&self.instance.id).contact_id(contact);
        call.send().await.expect("stopped");
    }

    async fn template(&self, name: &str) -> String {
        let fields = [("Task name", t::TaskTemplateFieldType::Name), ("Order id", t::TaskTemplateFieldType::Text)];
        let constraints = required(&["Task name", "Order id"]);
        let call = small(&self.connect, &self.instance, name).contact_flow_id(&self.waits);
        let call =
            call.set_fields(Some(fields.map(|(name, kind)| field(name, kind)).to_vec())).constraints(constraints);
        call.send().await.expect("created").id().to_owned()
    }
}

fn order(kind: t::ReferenceType, value: &str) -> t::Reference {
    t::Reference::builder().r#type(kind).value(value).build().expect("a type")
}

fn in_seconds(seconds: u64) -> DateTime {
    DateTime::from(SystemTime::now() + Duration::from_secs(seconds))
}

#[tokio::test]
async fn t2_a_task_is_started_read_and_changed() {
    let server = Server::start(&[]).await;
    let shop = Shop::new(&server).await;
    let (connect, instance) = (&shop.connect, &*shop.instance.id);
    let call = connect.start_task_contact().instance_id(instance).name("Café 🚀").contact_flow_id(&shop.waits);
    let call = call.references("Order id", order(t::ReferenceType::String, "A-17")).attributes("tier", "vip");
    let made = call.send().await.expect("started");
    let contact = made.contact_id().expect("an id");
    let shown = shop.until(contact, |shown| shown.connected_to_system_timestamp().is_some()).await;
    assert_eq!(shown.arn(), Some(&*format!("{}/contact/{contact}", shop.instance.arn)));
    assert_eq!(shown.channel(), Some(&t::Channel::Task));
    assert_eq!(shown.initiation_method(), Some(&t::ContactInitiationMethod::Api));
    let call = connect.list_contact_references().instance_id(instance).contact_id(contact);
    let listed = call.reference_types(t::ReferenceType::String).send().await.expect("listed");
    let [t::ReferenceSummary::String(found)] = listed.reference_summary_list() else { panic!("{listed:?}") };
    assert_eq!((found.name(), found.value()), (Some("Order id"), Some("A-17")));

    let call = connect.update_contact_attributes().instance_id(instance).initial_contact_id(contact);
    call.attributes("lang", "de").send().await.expect("written");
    let call = connect.get_contact_attributes().instance_id(instance).initial_contact_id(contact);
    let found = call.send().await.expect("read");
    let found = found.attributes().expect("a map");
    assert_eq!((found.len(), &*found["tier"], &*found["lang"]), (2, "vip", "de"));
    let template = shop.template("T").await;
    let call = connect.update_contact_task_template().instance_id(instance).contact_id(contact);
    call.task_template_id(&template).send().await.expect("another template");
    let call = connect.update_contact().instance_id(instance).contact_id(contact);
    call.description("Changed").send().await.expect("updated");
    let call = connect.tag_contact().instance_id(instance).contact_id(contact);
    call.tags("team", "a").tags("prio", "high").send().await.expect("tagged");
    let call = connect.untag_contact().instance_id(instance).contact_id(contact);
    call.tag_keys("prio").send().await.expect("untagged");
    let call = connect.update_contact_routing_data().instance_id(instance).contact_id(contact);
    call.queue_priority(1).send().await.expect("routed");
    let shown = shop.describe(contact).await;
    assert_eq!((shown.description(), shown.queue_priority()), (Some("Changed"), Some(1)));
    assert_eq!(shown.task_template_info().and_then(|info| info.name()), Some("T"));
    let tags = shown.tags().expect("tags");
    assert_eq!((tags.get("team").map(String::as_str), tags.get("prio")), (Some("a"), None));
}

#[tokio::test]
async fn t2_a_task_is_paused_moved_and_stopped() {
    let server = Server::start(&[]).await;
    let shop = Shop::new(&server).await;
    let (connect, instance) = (&shop.connect, &*shop.instance.id);
    let contact = shop.start("A task").await;
    shop.until(&contact, |shown| shown.queue_info().is_some()).await;
    let pause = || connect.pause_contact().instance_id(instance).contact_id(&contact).send();
    pause().await.expect("paused");
    assert!(pause().await.expect_err("it is paused").into_service_error().is_conflict_exception());
    connect.resume_contact().instance_id(instance).contact_id(&contact).send().await.expect("resumed");
    let transfer = |flow: &str| {
        let call = connect.transfer_contact().instance_id(instance).contact_id(&contact).contact_flow_id(flow);
        call.queue_id(&shop.queue).client_token("once").send()
    };
    let moved = transfer(&shop.queues).await.expect("moved");
    let moved = moved.contact_id().expect("an id");
    assert_eq!(transfer(&shop.queues).await.expect("the same").contact_id(), Some(moved));
    let other = transfer(&shop.waits).await.expect_err("another body").into_service_error();
    assert!(other.is_idempotency_exception(), "{other:?}");
    shop.stop(moved).await;
    let over = shop.until(moved, |shown| shown.disconnect_timestamp().is_some()).await;
    assert_eq!((over.disconnect_reason(), over.initial_contact_id()), (Some("API"), Some(&*contact)));
    let listed = connect.list_associated_contacts().instance_id(instance).contact_id(&contact).send().await;
    let listed = listed.expect("listed");
    let ids: Vec<_> = listed.contact_summary_list().iter().filter_map(|one| one.contact_id()).collect();
    assert_eq!(ids, [&*contact, moved]);

    let call = connect.start_task_contact().instance_id(instance).name("Later").contact_flow_id(&shop.waits);
    let later = call.scheduled_time(in_seconds(3_600)).send().await.expect("scheduled");
    let later = later.contact_id().expect("an id");
    let time = DateTime::from_millis(in_seconds(7_200).to_millis().expect("in range"));
    let call = connect.update_contact_schedule().instance_id(instance).contact_id(later);
    call.scheduled_time(time).send().await.expect("scheduled anew");
    let found = *shop.describe(later).await.scheduled_timestamp().expect("a time");
    assert!((found.as_nanos() - time.as_nanos()).abs() <= 1_000_000);
    let call = connect.create_contact().instance_id(instance).name("Outside").channel(t::Channel::Task);
    let made = call.initiation_method(t::ContactInitiationMethod::Api).send().await.expect("created");
    assert!(made.contact_arn().is_some_and(|arn| arn.ends_with(made.contact_id().unwrap_or("-"))));
}

#[tokio::test]
async fn typed_exceptions_of_tasks() {
    let server = Server::start(&[("LIMITS_OPEN_TASKS_PER_INSTANCE", "1")]).await;
    let shop = Shop::new(&server).await;
    let (connect, instance) = (&shop.connect, &*shop.instance.id);
    let unknown = "0b7f6f0e-2f0c-4c53-9a0e-5a3c0d1d7e11";
    let stop = connect.stop_contact().instance_id(instance).contact_id(unknown).send().await;
    let gone = stop.expect_err("unknown").into_service_error();
    assert!(gone.is_contact_not_found_exception(), "{gone:?}"); // 2.10.2
    let template = shop.template("T").await;
    let start = || connect.start_task_contact().instance_id(instance).name("A task");
    let missing = start().task_template_id(&template).send().await.expect_err("no order").into_service_error();
    assert!(missing.is_invalid_request_exception() && missing.to_string().contains("InvalidRequest"), "{missing:?}");
    let past = start().contact_flow_id(&shop.waits).scheduled_time(DateTime::from_secs(0)).send().await;
    assert!(past.expect_err("past").into_service_error().is_invalid_parameter_exception());
    let call = start().contact_flow_id(&shop.waits).references("Order id", order(t::ReferenceType::Number, "1"));
    let made = call.send().await.expect("started");
    let contact = made.contact_id().expect("an id");
    let full = start().contact_flow_id(&shop.waits).send().await.expect_err("one is open").into_service_error();
    assert!(full.is_service_quota_exceeded_exception(), "{full:?}"); // 2.3.20
    let call = connect.update_contact_task_template().instance_id(instance).contact_id(contact);
    let misfit = call.task_template_id(&template).send().await.expect_err("a number").into_service_error();
    let RetemplateError::PropertyValidationException(misfit) = misfit else { panic!("{misfit:?}") };
    let [entry] = misfit.property_list() else { panic!("{misfit:?}") };
    assert_eq!((entry.property_path(), entry.reason().as_str()), ("References[\"Order id\"].Type", "TYPE_MISMATCH"));
}

#[tokio::test]
async fn t2_15_the_paginator_of_search_contacts() {
    let server = Server::start(&[]).await;
    let shop = Shop::new(&server).await;
    let mut made = Vec::new();
    for n in 0..5 {
        made.push(shop.start(&format!("Number {n}")).await);
    }
    let range = t::SearchContactsTimeRange::builder().r#type(t::SearchContactsTimeRangeType::InitiationTimestamp);
    let range = range.start_time(DateTime::from_secs(0)).end_time(in_seconds(60)).build().expect("complete");
    let call = shop.connect.search_contacts().instance_id(&shop.instance.id).time_range(range);
    let pages = call.into_paginator().page_size(2).send().collect::<Result<Vec<_>, _>>().await.expect("found");
    assert_eq!(pages.iter().map(|page| page.contacts().len()).collect::<Vec<_>>(), [2, 2, 1]);
    assert!(pages.iter().all(|page| page.total_count() == Some(5)));
    let mut found: Vec<_> = pages.iter().flat_map(|page| page.contacts()).filter_map(|one| one.id()).collect();
    found.sort_unstable();
    made.sort_unstable();
    assert_eq!(found, made);
}

#[tokio::test]
async fn who_and_what_a_task_needs() {
    let server = Server::start(&[]).await;
    let shop = Shop::new(&server).await;
    let (connect, instance) = (&shop.connect, &*shop.instance.id);
    let found = connect.describe_queue().instance_id(instance).queue_id(&shop.queue).send().await.expect("described");
    assert_eq!(found.queue().and_then(|queue| queue.name()), Some("Queue é"));
    let profiles = connect.list_routing_profiles().instance_id(instance).send().await.expect("listed");
    let profile = profiles.routing_profile_summary_list()[0].id().expect("an id");
    let profiles = connect.list_security_profiles().instance_id(instance).send().await.expect("listed");
    let security = profiles.security_profile_summary_list()[0].id().expect("an id");
    let phone = t::UserPhoneConfig::builder().phone_type(t::PhoneType::SoftPhone).build();
    let call = connect.create_user().instance_id(instance).username("ada").password("Correct-horse-7");
    let call = call.routing_profile_id(profile).security_profile_ids(security).phone_config(phone);
    let made = call.send().await.expect("created");
    let user = made.user_id().expect("an id");
    let found = connect.describe_user().instance_id(instance).user_id(user).send().await.expect("described");
    assert_eq!(found.user().and_then(|user| user.username()), Some("ada"));
    let users = connect.list_users().instance_id(instance).send().await.expect("listed");
    assert_eq!(users.user_summary_list().iter().filter_map(|one| one.id()).collect::<Vec<_>>(), [user]);
    let queues = connect.list_queues().instance_id(instance).send().await.expect("listed");
    let agents = queues.queue_summary_list().iter().filter(|one| one.queue_type() == Some(&t::QueueType::Agent));
    assert_eq!(agents.filter_map(|one| one.id()).collect::<Vec<_>>(), [user]); // 3.1.1, 3.1.2
    connect.delete_user().instance_id(instance).user_id(user).send().await.expect("deleted");
    let gone = connect.describe_user().instance_id(instance).user_id(user).send().await.expect_err("gone");
    assert!(gone.into_service_error().is_resource_not_found_exception());
}
