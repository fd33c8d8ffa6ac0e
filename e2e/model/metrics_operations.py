"""Entries of GetMetricData and GetMetricDataV2 (administration 5.4); see operations.py. The names of metrics and keys are those of the
model's documentation."""

from __future__ import annotations

import re
import time
from typing import Any

import awsmodel
from agent_operations import settle
from operations import INSTANCE_ARN, INSTANCE_IDS, INVALID_PARAMETER, NOT_FOUND, STRANGER, UUID, Base, Entry, instance_gate
from oracle import Examined, Expect
from world import World

DAY = 86_400
REFERENCE = awsmodel.shape("GetMetricDataV2Request")["members"]
NAMES = set(re.findall(r"<dt>\s*([A-Z_]+)\s*</dt>", REFERENCE["Metrics"]["documentation"]))
PLAIN = {member: re.sub("<[^>]+>", "", REFERENCE[member]["documentation"]) for member in ("Filters", "Groupings")}
KEYS = set(re.findall(r"[\w:/]+", PLAIN["Filters"].split("GetMetricDataV2 request:")[1].split("The following")[0].replace("|", " ")))
GROUPINGS = set(re.findall(r"[\w:/]+", re.split(r"\s{3,}", PLAIN["Groupings"].split("grouping keys:")[1].strip())[0].replace("|", " ")))
LEVELS = {f"AGENT_HIERARCHY_LEVEL_{n}" for n in ("ONE", "TWO", "THREE", "FOUR", "FIVE")}
RESOURCES = LEVELS | {"QUEUE", "ROUTING_PROFILE", "AGENT", "CAMPAIGN", "EVALUATION_FORM", "EVALUATOR_ID"}
LIMITED = {"SERVICE_LEVEL", "CONTACTS_REMOVED_FROM_QUEUE_IN_X", "CONTACTS_RESOLVED_IN_X", "SUM_CONTACTS_ANSWERED_IN_X", "SUM_CONTACTS_ABANDONED_IN_X"}
POSITIVE = {"AVG_AGENT_CONNECTING_TIME", "SUM_CONNECTING_TIME_AGENT"}
FILTERED = POSITIVE | {
    "CONTACTS_CREATED", "CONTACTS_HANDLED", "CONTACTS_HANDLED_BY_CONNECTED_TO_AGENT", "CONTACTS_ABANDONED", "SUM_CONTACTS_DISCONNECTED",
    "AVG_AFTER_CONTACT_WORK_TIME", "AVG_INTERACTION_TIME", "AVG_QUEUE_ANSWER_TIME", "AVG_ABANDON_TIME"}
TIMES = {f"SUM_{name}_TIME_AGENT" for name in ("ONLINE", "NON_PRODUCTIVE", "CONTACT", "IDLE", "ERROR_STATUS")} | {"AGENT_OCCUPANCY"}


def refused(why: str) -> Expect:
    return Expect.refused(INVALID_PARAMETER, why=f"administration {why}")


def missing(why: str) -> Expect:
    return Expect.refused(NOT_FOUND, why=f"administration 5.1.1: {why}")


def whole(value: Any) -> bool:
    return value is not None and 1 <= value <= 604_800 and value == int(value)


def v2_rules(w: World, found: Examined) -> Expect:
    body = found.body
    filters, groupings = body["Filters"], body.get("Groupings") or []
    faults = [arn_fault(w, body["ResourceArn"]), *span_faults(body)]
    faults += [fault for n, one in enumerate(filters) for fault in filter_faults(w, filters, n)]
    if not any(one.get("FilterKey") in RESOURCES for one in filters):
        faults.append(refused("5.4.5: no resource"))
    if sum(len(one.get("FilterValues") or []) for one in filters if one.get("FilterKey") != "CHANNEL") > 100:
        faults.append(refused("5.4.5: values"))
    if len(set(groupings)) != len(groupings) or set(groupings) - (GROUPINGS | KEYS - {"FEATURE"}):
        faults.append(refused("5.4.6, B169"))
    by_queue = {"QUEUE", "CHANNEL"} & {*groupings, *(one.get("FilterKey") for one in filters)}
    faults += [fault for metric in body["Metrics"] for fault in v2_metric_faults(metric, bool(by_queue))]
    names = [metric.get("Name") for metric in body["Metrics"]]
    ids = [metric for metric in body["Metrics"] if metric.get("MetricId") is not None]
    if not names or len(names) > 200 or len(ids) > 10 or names.count("SERVICE_LEVEL") > 20:
        faults.append(refused("5.4.10, B169"))
    if body.get("NextToken"):
        faults.append(refused("5.1.4: no token of ours"))
    return settle(faults)


def arn_fault(w: World, text: str) -> Expect | None:
    arn = INSTANCE_ARN.fullmatch(text)
    if text == w.arn:
        return None
    return missing("another instance") if arn and UUID.fullmatch(arn[2]) else refused("5.1.1: ResourceArn")


def span_faults(body: dict[str, Any]) -> list[Expect | None]:
    start, end, interval = body["StartTime"], body["EndTime"], body.get("Interval") or {}
    days = 3 if interval.get("IntervalPeriod") in ("FIFTEEN_MIN", "THIRTY_MIN", "HOUR") else 35
    zone = interval.get("TimeZone")
    return [
        refused("5.4.3: order") if start >= end else None,
        refused("5.4.3: ahead") if end > time.time() + 60 else None,
        refused("5.4.3: range") if end - start > days * DAY else None,
        refused("5.4.4: zone") if zone is not None and zone not in ("UTC", "Europe/Berlin") else None,
    ]


def filter_faults(w: World, filters: list[dict[str, Any]], n: int) -> list[Expect | None]:
    key, values, condition = filters[n].get("FilterKey"), filters[n].get("FilterValues"), filters[n].get("StringCondition")
    faults: list[Expect | None] = []
    if key not in KEYS or key in [one.get("FilterKey") for one in filters[:n]]:
        faults.append(refused("5.4.5: key"))
    absent = (condition or {}).get("Comparison") is not None
    if not (values is None and absent or values is not None and condition is None):
        faults.append(refused("5.4.5: values or condition"))
    known = {"QUEUE": ("queue", w.queue), "ROUTING_PROFILE": ("routing-profile", w.routing_profile), "AGENT": ("agent", w.spare("agent"))}
    for value in values or []:
        if key in known:
            segment, own = known[key]
            faults.append(None if value in (own, f"{w.arn}/{segment}/{own}") else missing(key))
        elif key in LEVELS:
            faults.append(missing(key))
        elif key == "CHANNEL" and value not in ("VOICE", "CHAT", "TASK", "EMAIL") or key == "Q_CONNECT_ENABLED" and value not in ("TRUE", "FALSE"):
            faults.append(refused("B169"))
    return faults


def v2_metric_faults(metric: dict[str, Any], by_queue: bool) -> list[Expect | None]:
    name, text = metric.get("Name"), metric.get("MetricId")
    if (name is None) == (text is None):
        return [refused("5.4.11: one of Name and MetricId")]
    if text is not None:
        name = text.removeprefix("arn:aws:connect:us-east-1:aws:metric/")
        if name == text or name not in NAMES:
            return [missing("MetricId")]
    if name not in NAMES:
        return [refused("5.4.11: Name")]
    faults: list[Expect | None] = [refused("5.4.8") if name in TIMES and by_queue else None]
    if name in LIMITED:
        threshold = (metric.get("Threshold") or [{}])[0]
        if threshold.get("Comparison") not in ("LT", "LTE") or not whole(threshold.get("ThresholdValue")):
            faults.append(refused("5.4.10"))
    for one in metric.get("MetricFilters") or []:
        keys = ("INITIATION_METHOD", "DISCONNECT_REASON")
        if name not in FILTERED or one.get("MetricFilterKey") not in keys or one.get("MetricFilterValues") is None or one.get("Negate") and name in POSITIVE:
            faults.append(refused("5.4.9"))
    return faults


# --- GetMetricData --------------------------------------------------------------------------------------------------------

AVERAGES = {"ABANDON_TIME", "AFTER_CONTACT_WORK_TIME", "HANDLE_TIME", "HOLD_TIME", "INTERACTION_TIME", "INTERACTION_AND_HOLD_TIME", "QUEUE_ANSWER_TIME"}
PERCENT = {"OCCUPANCY", "SERVICE_LEVEL"}


def v1_rules(w: World, found: Examined) -> Expect:
    body, now = found.body, time.time()
    first = instance_gate(w, found, "GetMetricData")
    filters, groupings, metrics = body["Filters"], body.get("Groupings") or [], body["HistoricalMetrics"]
    start, end = body["StartTime"], body["EndTime"]
    faults: list[Expect | None] = [None if text in (w.queue, f"{w.arn}/queue/{w.queue}") else missing("queue") for text in filters.get("Queues") or []]
    if not filters.get("Queues") or any(filters.get(name) for name in ("RoutingProfiles", "RoutingStepExpressions", "AgentStatuses", "Subtypes", "ValidationTestTypes")):
        faults.append(refused("5.4.1: filters"))
    if len(set(groupings)) != len(groupings) or set(groupings) - {"QUEUE", "CHANNEL"}:
        faults.append(refused("5.4.1: groupings"))
    if start % 300 or end % 300 or start >= end or end - start >= DAY or start < now - DAY or end > now - now % 300 + 300:
        faults.append(refused("5.4.1: times"))
    if not metrics or len(metrics) > 100 or [one.get("Name") for one in metrics].count("SERVICE_LEVEL") > 20:
        faults.append(refused("5.4.2, B169"))
    faults += [v1_metric_fault(metric) for metric in metrics]
    if body.get("NextToken"):
        faults.append(refused("5.1.4: no token of ours"))
    return first or settle(faults)


def v1_metric_fault(metric: dict[str, Any]) -> Expect | None:
    name, threshold = metric.get("Name"), metric.get("Threshold")
    if name is None:
        return refused("5.4.2: Name")
    statistic = "MAX" if name == "QUEUED_TIME" else "AVG" if name in AVERAGES | PERCENT else "SUM"
    unit = "PERCENT" if name in PERCENT else "SECONDS" if name in AVERAGES | {"QUEUED_TIME"} else "COUNT"
    if metric.get("Statistic") not in (None, statistic) or metric.get("Unit") not in (None, unit):
        return refused("5.4.2: Statistic, Unit")
    if (name == "SERVICE_LEVEL") != (threshold is not None):
        return refused("5.4.2: Threshold")
    if threshold is not None and (threshold.get("Comparison") is None or not whole(threshold.get("ThresholdValue"))):
        return refused("5.4.2: Threshold")
    return None


# --- requests -------------------------------------------------------------------------------------------------------------


def v2_of(**more: Any):
    def make(w: World):
        now = int(time.time())
        members = {k: v(w) if callable(v) else v for k, v in more.items()}
        return w.request("GetMetricDataV2", ResourceArn=w.arn, StartTime=now - 3_600, EndTime=now, MaxResults=10, **members)
    return make


def v1_of(w: World, **more: Any):
    mark = int(time.time()) // 300 * 300
    return w.request("GetMetricData", InstanceId=w.instance, StartTime=mark - 3_600, EndTime=mark, MaxResults=10, **more)


def by_queue(w: World) -> list[dict[str, Any]]:
    return [{"FilterKey": "QUEUE", "FilterValues": [w.queue]}, {"FilterKey": "AGENT", "StringCondition": {"Comparison": "NOT_EXISTS"}}]


OPERATIONS: dict[str, Entry] = {
    "GetMetricDataV2": Entry(
        [Base(v2_of(Filters=by_queue, Groupings=["QUEUE"], Interval={"TimeZone": "Europe/Berlin", "IntervalPeriod": "HOUR"}, Metrics=[
            {"Name": "SERVICE_LEVEL", "Threshold": [{"Comparison": "LTE", "ThresholdValue": 20}]}])),
         Base(v2_of(Filters=lambda w: [{"FilterKey": "AGENT", "FilterValues": [w.spare("agent")]}], Metrics=[
             {"MetricId": "arn:aws:connect:us-east-1:aws:metric/SUM_ONLINE_TIME_AGENT"}])),
         Base(v2_of(Filters=lambda w: [{"FilterKey": "ROUTING_PROFILE", "FilterValues": [w.routing_profile]}], Metrics=[
             {"Name": "CONTACTS_HANDLED", "MetricFilters": [{"MetricFilterKey": "INITIATION_METHOD", "MetricFilterValues": ["API"], "Negate": True}]}]))],
        v2_rules, extra={"ResourceArn": {"unknown": lambda w: w.arn.replace(w.instance, STRANGER), "bare": lambda w: w.instance},
                         "Filters[].FilterValues[]": {"unknown-id": lambda w: STRANGER}}),
    "GetMetricData": Entry(
        [Base(lambda w: v1_of(w, Filters={"Queues": [w.queue], "Channels": ["TASK"]}, Groupings=["QUEUE", "CHANNEL"], HistoricalMetrics=[
            {"Name": "SERVICE_LEVEL", "Threshold": {"Comparison": "LT", "ThresholdValue": 20}, "Statistic": "AVG", "Unit": "PERCENT"}])),
         Base(lambda w: v1_of(w, Filters={"Queues": [w.queue], "RoutingProfiles": [STRANGER], "RoutingStepExpressions": ["{}"], "AgentStatuses": [STRANGER],
                                          "Subtypes": ["a"], "ValidationTestTypes": ["a"]}, HistoricalMetrics=[{"Name": "HANDLE_TIME"}]),
              refused=INVALID_PARAMETER)],
        v1_rules, extra={"InstanceId": INSTANCE_IDS, "Filters.Queues[]": {"unknown-id": lambda w: STRANGER}}),
}
