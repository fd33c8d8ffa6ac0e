//! Filters of searches, conditions of single kinds, and tags in use (administration 3.1.4, 3.2, 3.3).

use serde_json::{Value, json};
use service::Limits;
use wire::Op;

use crate::bench::{Bench, on_each_engine};
use crate::search::{ALL, IPE, Place, STRANGER, search_of, text};

/// administration 3.2.1, 3.2.2, A65, A66: filters by tags, hierarchy groups and flow types; filter and criteria must both hold.
#[tokio::test]
async fn administration_3_2_1_and_3_2_2_filters() {
    on_each_engine(Limits::default(), async |bench| {
        let place = Place::of(bench).await;
        for search in ALL {
            let of_overrides = search.op == Op::SearchHoursOfOperationOverrides;
            let (blue, red) = (json!({"Tags": {"team": "blue"}}), json!({"Tags": {"team": "red", "night": "yes"}}));
            if of_overrides {
                // B87: the tags are those of the hours.
                let hours = json!({"tags": {"team": "blue"}});
                let arn = format!("arn:aws:connect:us-east-1:123456789012:instance/{}/operating-hours/{}", place.bench.instance, place.hours);
                place.bench.send(Op::TagResource, &[&arn], hours).await.ok();
                place.make(search, "one-blue", json!({})).await;
            } else {
                place.make(search, "one-blue", blue).await;
                place.make(search, "two-red", red).await;
            }
            let by_attributes = matches!(search.op, Op::SearchAgentStatuses | Op::SearchUserHierarchyGroups);
            let (filter, all) = if by_attributes { ("AttributeFilter", "AndCondition") } else { ("TagFilter", "AndConditions") };
            let list = |tags: Value| if by_attributes { json!({"TagConditions": tags}) } else { tags };
            let tag = |key: &str, value: &str| json!({"TagKey": key, "TagValue": value});
            let night = json!({"TagKey": "night"});
            let here = |names: &[&str]| -> Vec<String> {
                names.iter().filter(|name| !of_overrides || **name == "one-blue").map(|name| (*name).to_owned()).collect()
            };
            let by_name = json!({"AndConditions": [{"StringCondition": {"FieldName": search.field, "Value": "one", "ComparisonType": "STARTS_WITH"}},
                {"StringCondition": {"FieldName": search.field, "Value": "blue", "ComparisonType": "CONTAINS"}}]});
            for (of, criteria, names) in [
                (json!({"TagCondition": tag("team", "blue")}), json!({}), here(&["one-blue"])),
                (json!({"TagCondition": tag("team", "Blue")}), json!({}), here(&[])),
                (json!({"TagCondition": tag("Team", "blue")}), json!({}), here(&[])),
                (json!({all: list(json!([tag("team", "red"), night]))}), json!({}), here(&["two-red"])),
                (json!({all: list(json!([tag("team", "blue"), night]))}), json!({}), here(&[])),
                (json!({"OrConditions": [list(json!([tag("team", "red")])), list(json!([tag("team", "blue")]))]}), json!({}), here(&["one-blue", "two-red"])),
                (json!({"OrConditions": [list(json!([tag("team", "red")])), list(json!([tag("team", "blue")]))]}), by_name, here(&["one-blue"])),
            ] {
                let body = json!({"SearchFilter": {filter: of}, "SearchCriteria": criteria});
                if of_overrides && names.is_empty() && body.to_string().contains("red") {
                    continue;
                }
                assert_eq!(place.found(search, body.clone()).await, names, "{} {body}", search.op.name());
            }
            let two = json!({"TagCondition": tag("a", "b"), all: list(json!([tag("a", "b")]))});
            let message = place.ask(search, json!({"SearchFilter": {filter: two}})).await.refused(IPE);
            assert!(message.contains("TagCondition") && message.contains(all), "A65 {}: {message}", search.op.name());
        }
        let users = search_of(Op::SearchUsers);
        let both = json!({"TagFilter": {}, "UserAttributeFilter": {}});
        let message = place.ask(users, json!({"SearchFilter": both})).await.refused("AccessDeniedException");
        assert!(message.contains("TagFilter") && message.contains("UserAttributeFilter"), "A66: {message}");
        let flows = search_of(Op::SearchContactFlows);
        let both = json!({"TagFilter": {}, "FlowAttributeFilter": {}});
        place.ask(flows, json!({"SearchFilter": both})).await.refused(IPE); // B88
        place.make(flows, "whisper", json!({"Type": "AGENT_WHISPER", "Status": "SAVED", "Tags": {"team": "blue"}})).await;
        let of_type = json!({"TagConditions": [{"TagKey": "team"}], "ContactFlowTypeCondition": {"ContactFlowType": "AGENT_WHISPER"}});
        let filter = json!({"SearchFilter": {"FlowAttributeFilter": {"AndCondition": of_type}}});
        assert_eq!(place.found(flows, filter).await, ["whisper"]);
    })
    .await;
}

/// B86: a filter has a bound.
#[tokio::test]
async fn b86_a_filter_has_at_most_100_conditions() {
    let place = Place::of(Bench::new().await).await;
    let filter = |n: usize| json!({"SearchFilter": {"TagFilter": {"OrConditions": vec![json!([{"TagKey": "a"}]); n]}}});
    let queues = search_of(Op::SearchQueues);
    place.ask(queues, filter(100)).await.ok();
    assert!(place.ask(queues, filter(101)).await.refused(IPE).contains("100"));
    let one = json!({"SearchFilter": {"TagFilter": {"AndConditions": vec![json!({"TagKey": "a"}); 101]}}});
    place.ask(queues, one).await.refused(IPE);
}

/// administration 3.1.3, 3.1.4: conditions on types, states, dates and hierarchy groups.
#[tokio::test]
async fn administration_3_1_4_conditions_of_other_kinds() {
    on_each_engine(Limits::default(), async |bench| {
        let place = Place::of(bench).await;
        let overrides = search_of(Op::SearchHoursOfOperationOverrides);
        place.make(overrides, "early", json!({"EffectiveFrom": "2026-01-01", "EffectiveTill": "2026-01-31"})).await;
        place.make(overrides, "late", json!({})).await;
        let date = |field: &str, how: &str, value: &str| json!({"SearchCriteria": {"DateCondition": {"FieldName": field, "ComparisonType": how, "Value": value}}});
        for (field, how, value, names) in [
            ("effectiveFrom", "GREATER_THAN", "2026-01-01", vec!["late"]),
            ("effectivetill", "LESS_THAN_OR_EQUAL_TO", "2026-01-31", vec!["early"]),
            ("effectiveFrom", "EQUAL_TO", "2026-12-24", vec!["late"]),
            ("effectiveTill", "LESS_THAN", "2026-01-31", vec![]),
            ("effectiveFrom", "GREATER_THAN_OR_EQUAL_TO", "2026-01-01", vec!["early", "late"]),
        ] {
            assert_eq!(place.found(overrides, date(field, how, value)).await, names, "{field} {how} {value}");
        }
        for (field, value, part) in [("from", "2026-01-01", "DateCondition.FieldName"), ("effectiveFrom", "2026-02-30", "DateCondition.Value")] {
            let message = place.ask(overrides, date(field, "EQUAL_TO", value)).await.refused(IPE);
            assert!(message.contains(part), "{message}");
        }
        let (users, groups) = (search_of(Op::SearchUsers), search_of(Op::SearchUserHierarchyGroups));
        let below = place.make(groups, "Below", json!({})).await;
        place.make(users, "top", json!({})).await;
        place.make(users, "below", json!({"HierarchyGroupId": below})).await;
        place.make(users, "nowhere", json!({"HierarchyGroupId": ""})).await;
        let arn = format!("arn:aws:connect:us-east-1:123456789012:instance/{}/agent-group/{}", place.bench.instance, place.group);
        for (group, how, names) in [
            (place.group.as_str(), "EXACT", vec!["top"]),
            (&place.group, "WITH_CHILD_GROUPS", vec!["below", "top"]),
            (&arn, "WITH_CHILD_GROUPS", vec!["below", "top"]),
            (&below, "WITH_CHILD_GROUPS", vec!["below"]),
            (STRANGER, "WITH_CHILD_GROUPS", vec![]),
        ] {
            let condition = json!({"HierarchyGroupCondition": {"Value": group, "HierarchyGroupMatchType": how}});
            for body in [json!({"SearchCriteria": condition}), json!({"SearchFilter": {"UserAttributeFilter": condition}})] {
                assert_eq!(place.found(users, body).await, names, "{group} {how}");
            }
        }
        let (flows, modules) = (search_of(Op::SearchContactFlows), search_of(Op::SearchContactFlowModules));
        let id = place.make(flows, "stored away", json!({"Type": "AGENT_HOLD", "Status": "SAVED"})).await;
        let away = json!({"ContactFlowState": "ARCHIVED"});
        place.bench.send(Op::UpdateContactFlowMetadata, &[&place.bench.instance, &id], away).await.ok();
        for criteria in [json!({"TypeCondition": "AGENT_HOLD", "StateCondition": "ARCHIVED"}), json!({"StateCondition": "ARCHIVED"})] {
            assert_eq!(place.found(flows, json!({"SearchCriteria": criteria})).await, ["stored away"]);
        }
        place.make(modules, "module", json!({})).await;
        for (criteria, names) in [
            (json!({"StateCondition": "ACTIVE", "StatusCondition": "PUBLISHED"}), vec!["module"]),
            (json!({"StatusCondition": "SAVED"}), vec![]),
            (json!({"StateCondition": "ARCHIVED"}), vec![]),
        ] {
            assert_eq!(place.found(modules, json!({"SearchCriteria": criteria})).await, names);
        }
    })
    .await;
}

/// administration 3.3.1, 3.3.2, A68: distinct tags in use, by key then value; types; conditions without case; the bound.
#[tokio::test]
async fn administration_3_3_tags_in_use() {
    on_each_engine(Limits::default(), async |bench| {
        let place = Place::of(bench).await;
        let (queues, users) = (search_of(Op::SearchQueues), search_of(Op::SearchUsers));
        place.make(queues, "one", json!({"Tags": {"Team": "Blue", "cost": "7"}})).await;
        place.make(queues, "two", json!({"Tags": {"Team": "Blue", "cost": "8"}})).await;
        place.make(users, "user", json!({"Tags": {"Team": "Red"}})).await;
        place.make(search_of(Op::SearchUserHierarchyGroups), "group", json!({"Tags": {"where": "north"}})).await;
        let mut template = place.bench.template("Refund");
        template["ContactFlowId"] = json!(place.bench.flow);
        let made = place.bench.create(template).await.ok();
        let tags = json!({"tags": {"form": "a"}});
        place.bench.send(Op::TagResource, &[made["Arn"].as_str().expect("an ARN")], tags).await.ok();
        let ask = async |mut body: Value| {
            body["InstanceId"] = json!(place.bench.instance);
            place.bench.send(Op::SearchResourceTags, &[], body).await
        };
        let pairs = async |body: Value| -> Vec<String> {
            let answer = ask(body).await.ok();
            let tags = answer["Tags"].as_array().expect("a list");
            tags.iter().map(|tag| format!("{}={}", text(&tag["key"]), text(&tag["value"]))).collect()
        };
        let condition = |condition: Value| json!({"SearchCriteria": {"TagSearchCondition": condition}});
        for (body, due) in [
            (json!({}), vec!["Team=Blue", "Team=Red", "cost=7", "cost=8", "form=a", "where=north"]),
            (json!({"ResourceTypes": ["standard-queue"]}), vec!["Team=Blue", "cost=7", "cost=8"]),
            (json!({"ResourceTypes": ["agent", "task-template"]}), vec!["Team=Red", "form=a"]),
            (json!({"ResourceTypes": ["agent-group"]}), vec!["where=north"]),
            (json!({"ResourceTypes": ["prompt", "metric", "agent-state", "routing-profile", "security-profile"]}), vec![]),
            (condition(json!({"tagKey": "TEAM"})), vec!["Team=Blue", "Team=Red"]),
            (condition(json!({"tagKey": "te", "tagKeyComparisonType": "STARTS_WITH", "tagValue": "LU", "tagValueComparisonType": "CONTAINS"})), vec!["Team=Blue"]),
            (condition(json!({"tagKey": "team", "tagValue": "gold"})), vec![]),
        ] {
            assert_eq!(pairs(body.clone()).await, due, "{body}");
        }
        let (mut paged, mut token) = (Vec::new(), Value::Null);
        loop {
            let page = ask(json!({"MaxResults": 4, "NextToken": token})).await.ok();
            paged.push(page["Tags"].as_array().expect("a list").len());
            match page.get("NextToken") {
                Some(next) => token = next.clone(),
                None => break,
            }
        }
        assert_eq!(paged, [4, 2]);
        ask(json!({"NextToken": token, "ResourceTypes": ["agent"]})).await.refused(IPE);
        let message = ask(json!({"ResourceTypes": ["queue"]})).await.refused(IPE);
        assert!(message.contains("ResourceTypes[0]") && message.contains("standard-queue"), "A68: {message}");
        for n in 0..21 {
            let tags: serde_json::Map<String, Value> = (0..50).map(|k| (format!("k{n}-{k}"), json!("v"))).collect();
            place.make(queues, &format!("tagged {n}"), json!({"Tags": tags})).await;
        }
        let message = ask(json!({"MaxResults": 1})).await.refused("MaximumResultReturnedException");
        assert!(message.contains("1000"), "A68: {message}");
        assert_eq!(pairs(condition(json!({"tagKey": "k20-49"}))).await, ["k20-49=v"]);
    })
    .await;
}

/// administration 3.1.3, 6.1.2: predefined attributes by name, with all members; they have neither tags nor ids of their own.
#[tokio::test]
async fn administration_3_1_3_predefined_attributes() {
    on_each_engine(Limits::default(), async |bench| {
        let place = Place::of(bench).await;
        let instance = place.bench.instance.as_str();
        for name in ["Skill", "area"] {
            let body = json!({"Name": name, "Values": {"StringList": ["a", "b"]}, "Purposes": ["p"]});
            place.bench.send(Op::CreatePredefinedAttribute, &[instance], body).await.ok();
        }
        let ask = async |mut body: Value| {
            body["InstanceId"] = json!(instance);
            place.bench.send(Op::SearchPredefinedAttributes, &[], body).await
        };
        let by = |how: &str, value: &str| json!({"SearchCriteria": {"StringCondition": {"FieldName": "NAME", "Value": value, "ComparisonType": how}}});
        let names = async |body: Value| -> Vec<String> {
            let answer = ask(body).await.ok();
            answer["PredefinedAttributes"].as_array().expect("a list").iter().map(|one| text(&one["Name"])).collect()
        };
        assert_eq!(names(json!({})).await, ["area", "connect:Language", "connect:Subtype", "connect:WorkloadType", "Skill"]);
        assert_eq!(names(by("EXACT", "skill")).await, ["Skill"]);
        assert_eq!(names(by("CONTAINS", "LANG")).await, ["connect:Language"]);
        let found = ask(by("EXACT", "Skill")).await.ok();
        let described = place.bench.get(Op::DescribePredefinedAttribute, &[instance, "Skill"], "").await.ok();
        assert_eq!(found["PredefinedAttributes"][0], described["PredefinedAttribute"]);
        assert_eq!(found["ApproximateTotalCount"], json!(1));
        let first = ask(json!({"MaxResults": 2})).await.ok();
        assert_eq!(names(json!({"MaxResults": 2, "NextToken": first["NextToken"]})).await, ["connect:Subtype", "connect:WorkloadType"]);
        for (body, part) in [
            (json!({"MaxResults": 101}), "MaxResults"),
            (by("CONTAINS", "x"), "2 to 25"),
            (json!({"SearchCriteria": {"StringCondition": {"FieldName": "resourceID", "Value": "x"}}}), "FieldName"),
            (json!({"NextToken": "x"}), "NextToken"),
        ] {
            assert!(ask(body).await.refused(IPE).contains(part), "{part}");
        }
    })
    .await;
}
