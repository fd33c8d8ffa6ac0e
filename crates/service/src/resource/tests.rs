//! The layer: links, deletes that are refused, changes, and creates against deletes, on each engine.

use serde_json::json;
use store::{Kind, Link, Location, OnDelete, OpenOptions, Store};
use wire::shapes::{HoursOfOperation, Queue, QuickConnect, RoutingProfile};
use wire::{ExceptionKind, Labels, Op};

use super::layer;
use crate::{Call, Caller, Cx, Ids, Limits, Origin, Partition, Result, Service, Settings};

const NOW: i64 = 1_767_225_600_000;

/// An instance with a queue, a user and quick connects to both.
struct House {
    service: Service,
    instance: String,
    hours: String,
    queue: String,
    user: String,
    to_queue: String,
    to_user: String,
}

async fn open(location: &Location) -> Service {
    let store = Store::open(location, OpenOptions::default()).await.unwrap();
    let settings = Settings {
        partition: Partition::Aws,
        region: "us-east-1".to_owned(),
        account: "123456789012".to_owned(),
        limits: Limits::default(),
        limits_of: Default::default(),
        accept_seconds: 20,
        schedule_ahead_days: 90,
        predefined_attributes: Default::default(),
        sinks: Vec::new(),
        first_steps: false,
    };
    Service::new(store, settings, [7; 32], Ids::random())
}

/// The location, and whether a second process may use it.
async fn places() -> Vec<(Location, bool)> {
    let mut places = vec![(Location::Memory, false)];
    places.extend(testkit::pg_url_for_tests().await.map(|url| (Location::Postgres { url }, true)));
    places
}

async fn send(service: &Service, op: Op, instance: &str, body: serde_json::Value) -> Result<serde_json::Value> {
    let labels: Labels = [instance].into_iter().collect();
    let caller = Caller::administrator("123456789012", "AKIDEXAMPLE", "arn:aws:iam::123456789012:user/admin");
    let body = body.to_string();
    let (labels, caller, origin) = (&labels, &caller, Origin::default());
    let call = Call { op, labels, query: "", body: body.as_bytes(), caller, origin, now_ms: NOW, request_id: "r" };
    Ok(serde_json::from_slice(&service.call(call).await?.body).unwrap())
}

async fn named(service: &Service, instance: &str, kind: Kind, name: &str) -> String {
    service.store().resource_named(instance, kind, name).await.unwrap().unwrap().id
}

impl House {
    async fn at(location: &Location) -> Self {
        let service = open(location).await;
        let instance = service.ensure_instance(None, NOW).await.unwrap().id;
        let find = async |kind, name| named(&service, &instance, kind, name).await;
        let hours = find(Kind::HoursOfOperation, "Basic Hours").await;
        let security = find(Kind::SecurityProfile, "Agent").await;
        let routing = find(Kind::RoutingProfile, "Basic Routing Profile").await;
        let to_agent = find(Kind::ContactFlow, "Default agent transfer").await;
        let to_other = find(Kind::ContactFlow, "Default queue transfer").await;
        let make = async |op, body, id: &str| {
            let answer = send(&service, op, &instance, body).await.unwrap();
            answer[id].as_str().unwrap().to_owned()
        };
        let user = json!({"Username": "ada", "SecurityProfileIds": [security, security], "RoutingProfileId": routing});
        let user = make(Op::CreateUser, user, "UserId").await;
        let config = json!({"QuickConnectType": "USER", "UserConfig": {"UserId": user, "ContactFlowId": to_agent}});
        let to_user = json!({"Name": "to ada", "QuickConnectConfig": config});
        let to_user = make(Op::CreateQuickConnect, to_user, "QuickConnectId").await;
        let queue = json!({"Name": "Returns", "HoursOfOperationId": hours, "QuickConnectIds": [to_user]});
        let queue = make(Op::CreateQueue, queue, "QueueId").await;
        let config = json!({"QuickConnectType": "QUEUE", "QueueConfig": {"QueueId": queue, "ContactFlowId": to_other}});
        let to_queue = json!({"Name": "to returns", "QuickConnectConfig": config});
        let to_queue = make(Op::CreateQuickConnect, to_queue, "QuickConnectId").await;
        Self { service, instance, hours, queue, user, to_queue, to_user }
    }

    fn cx(&self, op: Op) -> Cx<'_> {
        Cx::new(&self.service, op, NOW + 1_000)
    }

    async fn links(&self, kind: Kind, id: &str) -> Vec<Link> {
        self.service.store().links_of(&self.instance, kind, id).await.unwrap()
    }

    async fn roles(&self, kind: Kind, id: &str) -> Vec<(String, String, OnDelete)> {
        let links = self.links(kind, id).await.into_iter();
        links.map(|link| (link.role, link.to_id, link.on_delete)).collect()
    }

    /// Deletes without dependents.
    async fn delete<R: layer::Resource>(&self, op: Op, id: &str) -> Result<()> {
        layer::delete::<R, _>(&self.cx(op), &self.instance, id, async |_| Ok(store::Batch::new())).await
    }
}

#[tokio::test]
async fn what_a_resource_names_is_a_link() {
    for (location, _) in places().await {
        let house = House::at(&location).await;
        let find = async |kind, name| named(&house.service, &house.instance, kind, name).await;
        let link = |role: &str, to: &str, on_delete| (role.to_owned(), to.to_owned(), on_delete);
        assert_eq!(
            house.roles(Kind::Queue, &house.queue).await,
            [
                link("HOURS_OF_OPERATION", &house.hours, OnDelete::Refuse),
                link("QUICK_CONNECT", &house.to_user, OnDelete::Drop)
            ]
        );
        let routing = find(Kind::RoutingProfile, "Basic Routing Profile").await;
        let security = find(Kind::SecurityProfile, "Agent").await;
        assert_eq!(
            house.roles(Kind::User, &house.user).await,
            [
                link("ROUTING_PROFILE", &routing, OnDelete::Refuse),
                link("SECURITY_PROFILE", &security, OnDelete::Refuse)
            ],
            "one that is named twice is linked once"
        );
        let basic = find(Kind::Queue, "BasicQueue").await;
        let links = house.links(Kind::RoutingProfile, &routing).await;
        assert_eq!(links.len(), 4, "the queue for outbound calls, and one queue on three channels: {links:?}");
        assert!(links.iter().all(|link| link.to_id == basic && link.on_delete == OnDelete::Refuse));
        assert_eq!(
            (links[1].slot.clone(), &*links[1].body),
            (format!("{basic}/VOICE"), "{\"Priority\":1,\"Delay\":0}")
        );
    }
}

/// What the Delete operations will answer when there are some.
#[tokio::test]
async fn what_is_named_is_not_deleted() {
    for (location, _) in places().await {
        let house = House::at(&location).await;
        let refused = house.delete::<Queue>(Op::DeleteQueue, &house.queue).await.unwrap_err();
        assert_eq!(refused.exception.kind(), ExceptionKind::ResourceInUseException);
        let body: serde_json::Value = serde_json::from_slice(&refused.exception.to_json()).unwrap();
        assert_eq!(body["ResourceId"], json!(house.to_queue));
        let message = refused.exception.message().unwrap();
        assert!(message.contains(&house.to_queue), "{message}");
        let find = async |kind, name| named(&house.service, &house.instance, kind, name).await;
        let security = find(Kind::SecurityProfile, "Agent").await;
        let routing = find(Kind::RoutingProfile, "Basic Routing Profile").await;
        for (refused, kind) in [
            // ResourceInUseException is not declared there.
            (
                house.delete::<HoursOfOperation>(Op::DeleteHoursOfOperation, &house.hours).await,
                "InvalidRequestException",
            ),
            (
                house.delete::<super::security_profile::Profile>(Op::DeleteSecurityProfile, &security).await,
                "ResourceInUseException",
            ),
            (house.delete::<RoutingProfile>(Op::DeleteRoutingProfile, &routing).await, "ResourceInUseException"),
        ] {
            assert_eq!(refused.unwrap_err().exception.name(), kind);
        }
        house.delete::<QuickConnect>(Op::DeleteQuickConnect, &house.to_queue).await.unwrap();
        house.delete::<QuickConnect>(Op::DeleteQuickConnect, &house.to_user).await.unwrap();
        assert_eq!(
            house.roles(Kind::Queue, &house.queue).await.len(),
            1,
            "a queue's quick connect went with its target"
        );
        house.delete::<Queue>(Op::DeleteQueue, &house.queue).await.unwrap();
        let gone = house.delete::<Queue>(Op::DeleteQueue, &house.queue).await.unwrap_err();
        assert_eq!(gone.exception.kind(), ExceptionKind::ResourceNotFoundException, "1.3.1");
        assert_eq!(house.roles(Kind::Queue, &house.queue).await, []);
        let store = house.service.store();
        for (counter, n) in [("queues", 1), ("quick_connects", 0), ("users", 1)] {
            assert_eq!(store.counter(&house.instance, counter).await.unwrap(), n, "{counter}");
        }
    }
}

#[tokio::test]
async fn a_change_moves_links_name_and_time() {
    for (location, _) in places().await {
        let house = House::at(&location).await;
        let cx = &house.cx(Op::UpdateQueueName);
        let change = |set: fn(&mut Queue)| {
            layer::update(cx, &house.instance, &house.queue, move |queue: &mut Queue| {
                set(queue);
                Ok(())
            })
        };
        let read = async || layer::describe::<Queue>(cx, &house.instance, &house.queue).await.unwrap();
        change(|_| {}).await.unwrap();
        assert_eq!(read().await.last_modified_time.unwrap().0, NOW, "1.2.3: nothing changed");
        change(|queue| queue.name = Some("Refunds".to_owned())).await.unwrap();
        let queue = read().await;
        assert_eq!((queue.name.as_deref(), queue.last_modified_time.unwrap().0), (Some("Refunds"), NOW + 1_000));
        let taken = change(|queue| queue.name = Some("BasicQueue".to_owned())).await.unwrap_err();
        assert_eq!(taken.exception.kind(), ExceptionKind::DuplicateResourceException);
        let unknown = change(|queue| queue.hours_of_operation_id = Some("nowhere".to_owned())).await.unwrap_err();
        assert_eq!(unknown.exception.kind(), ExceptionKind::ResourceNotFoundException);
        change(|queue| queue.hours_of_operation_id = None).await.unwrap();
        assert_eq!(house.roles(Kind::Queue, &house.queue).await.len(), 1, "relations stay, the member's link went");
    }
}

/// Whichever wins, nothing names a deleted resource: neither in one process nor, on PostgreSQL, in two.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_create_and_a_delete_of_what_it_names_never_both_succeed() {
    for (location, shared) in places().await {
        let house = House::at(&location).await;
        let other = if shared { open(&location).await } else { house.service.clone() };
        for round in 0..20 {
            let queue = json!({"Name": format!("q{round}"), "HoursOfOperationId": house.hours});
            let queue = send(&house.service, Op::CreateQueue, &house.instance, queue).await.unwrap();
            let queue = queue["QueueId"].as_str().unwrap().to_owned();
            let flow = named(&house.service, &house.instance, Kind::ContactFlow, "Default queue transfer").await;
            let config = json!({"QuickConnectType": "QUEUE", "QueueConfig": {"QueueId": queue, "ContactFlowId": flow}});
            let body = json!({"Name": format!("to q{round}"), "QuickConnectConfig": config});
            let create = send(&other, Op::CreateQuickConnect, &house.instance, body);
            let delete = house.delete::<Queue>(Op::DeleteQueue, &queue);
            let (created, deleted) = tokio::join!(create, delete);
            match (created, deleted) {
                (Ok(_), Err(refused)) => assert_eq!(refused.exception.name(), "ResourceInUseException"),
                (Err(refused), Ok(())) => assert_eq!(refused.exception.name(), "ResourceNotFoundException"),
                both => panic!("{both:?}"),
            }
        }
    }
}
