"""Hours of operation with overrides and parents (administration.md 2.1 to 2.3)."""

import datetime

import pytest

from helpers import content_of, invalid_request, refused

DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY")


def time(text):
    hours, minutes = text.split(":")
    return {"Hours": int(hours), "Minutes": int(minutes)}


def window(times, day=None):
    start, end = times.split("-")
    return ({"Day": day} if day else {}) | {"StartTime": time(start), "EndTime": time(end)}


def create(connect, instance, name="Office", **more):
    config = [window("9:00-17:00", day) for day in DAYS]
    return connect.create_hours_of_operation(
        InstanceId=instance.id, Name=name, **{"TimeZone": "Europe/Berlin", "Config": config} | more)["HoursOfOperationId"]


def describe(connect, instance, hours):
    return connect.describe_hours_of_operation(InstanceId=instance.id, HoursOfOperationId=hours)["HoursOfOperation"]


def override(connect, instance, hours, name, first, last, config, pattern=None, **more):
    if pattern:
        more["RecurrenceConfig"] = {"RecurrencePattern": pattern}
    return connect.create_hours_of_operation_override(
        InstanceId=instance.id, HoursOfOperationId=hours, Name=name, EffectiveFrom=first, EffectiveTill=last, Config=config,
        **more)["HoursOfOperationOverrideId"]


def effective(connect, instance, hours, first, last):
    answer = connect.get_effective_hours_of_operations(
        InstanceId=instance.id, HoursOfOperationId=hours, FromDate=first, ToDate=last)
    text = lambda t: f"{t['Hours']:02}:{t['Minutes']:02}"
    return {entry["Date"]: " ".join(f"{text(h['Start'])}-{text(h['End'])}" for h in entry["OperationalHours"])
            for entry in answer["EffectiveHoursOfOperationList"]}


def test_administration_2_1_4_hours_live_and_change(connect, instance):
    hours = create(connect, instance, Description="d", Tags={"team": "x"})
    found = describe(connect, instance, hours)
    assert isinstance(found.pop("LastModifiedTime"), datetime.datetime)
    found.pop("LastModifiedRegion")
    assert found == {
        "HoursOfOperationId": hours, "HoursOfOperationArn": f"{instance.arn}/operating-hours/{hours}", "Name": "Office", "Description": "d",
        "TimeZone": "Europe/Berlin", "Config": [window("9:00-17:00", day) for day in DAYS], "Tags": {"team": "x"}}
    # An infrastructure tool sends everything with each change, and an empty text where it knows no description.
    connect.update_hours_of_operation(
        InstanceId=instance.id, HoursOfOperationId=hours, Name="Bureau", Description="", TimeZone="UTC", Config=[window("0:00-0:00", "SUNDAY")])
    found = describe(connect, instance, hours)
    assert (found["Name"], found["TimeZone"], "Description" in found) == ("Bureau", "UTC", False)
    connect.delete_hours_of_operation(InstanceId=instance.id, HoursOfOperationId=hours)
    with refused("ResourceNotFoundException", 404):
        connect.delete_hours_of_operation(InstanceId=instance.id, HoursOfOperationId=hours)


def test_administration_2_3_3_the_example(connect, instance):
    hours = create(connect, instance)
    year = ("2026-01-01", "2026-12-31")
    override(connect, instance, hours, "Christmas", "2026-01-01", "2030-12-31", [window("0:00-0:00")], OverrideType="CLOSED",
             pattern={"Frequency": "YEARLY", "Interval": 1, "ByMonth": [12], "ByMonthDay": [25]})
    override(connect, instance, hours, "Late Thursday", *year, [window("17:00-20:00", "THURSDAY")], OverrideType="OPEN",
             pattern={"Frequency": "MONTHLY", "Interval": 1, "ByWeekdayOccurrence": [-1]})
    override(connect, instance, hours, "Lunch", "2026-12-04", "2026-12-31", [window("12:00-13:00", "FRIDAY")], OverrideType="CLOSED",
             pattern={"Frequency": "WEEKLY", "Interval": 2})
    short = override(connect, instance, hours, "Short week", "2026-12-21", "2026-12-24", [
        window("10:00-14:00", "MONDAY"), window("10:00-14:00", "TUESDAY"), window("10:00-12:00", "THURSDAY")])
    expected = {
        "2026-12-11": "09:00-17:00", "2026-12-18": "09:00-12:00 13:00-17:00", "2026-12-19": "", "2026-12-21": "10:00-14:00", "2026-12-23": "",
        "2026-12-24": "10:00-12:00", "2026-12-25": "", "2026-12-31": "09:00-20:00"}
    assert effective(connect, instance, hours, "2026-12-11", "2026-12-31").items() >= expected.items()
    names = [one["Name"] for page in connect.get_paginator("list_hours_of_operation_overrides").paginate(
        InstanceId=instance.id, HoursOfOperationId=hours, PaginationConfig={"PageSize": 3}) for one in page["HoursOfOperationOverrideList"]]
    assert sorted(names) == ["Christmas", "Late Thursday", "Lunch", "Short week"]
    connect.update_hours_of_operation_override(InstanceId=instance.id, HoursOfOperationId=hours, HoursOfOperationOverrideId=short, Config=[])
    assert effective(connect, instance, hours, "2026-12-21", "2026-12-24") == dict.fromkeys(
        ("2026-12-21", "2026-12-22", "2026-12-23", "2026-12-24"), "")
    connect.delete_hours_of_operation_override(InstanceId=instance.id, HoursOfOperationId=hours, HoursOfOperationOverrideId=short)
    assert effective(connect, instance, hours, "2026-12-23", "2026-12-23") == {"2026-12-23": "09:00-17:00"}
    with refused("ResourceNotFoundException", 404):
        connect.describe_hours_of_operation_override(InstanceId=instance.id, HoursOfOperationId=hours, HoursOfOperationOverrideId=short)


def test_administration_2_1_5_parents(connect, instance):
    holidays = create(connect, instance, "Holidays", Config=[])
    override(connect, instance, holidays, "New Year", "2027-01-01", "2027-01-01", [])
    hours = create(connect, instance, ParentHoursOfOperationConfigs=[{"HoursOfOperationId": holidays}])
    assert [parent["Name"] for parent in describe(connect, instance, hours)["ParentHoursOfOperations"]] == ["Holidays"]
    assert effective(connect, instance, hours, "2027-01-01", "2027-01-01") == {"2027-01-01": ""}
    children = connect.list_child_hours_of_operations(InstanceId=instance.id, HoursOfOperationId=holidays)
    assert [child["Id"] for child in children["ChildHoursOfOperationsSummaryList"]] == [hours]
    with invalid_request() as caught:
        connect.delete_hours_of_operation(InstanceId=instance.id, HoursOfOperationId=holidays)
    assert hours in caught.message
    connect.disassociate_hours_of_operations(InstanceId=instance.id, HoursOfOperationId=hours, ParentHoursOfOperationIds=[holidays])
    assert effective(connect, instance, hours, "2027-01-01", "2027-01-01") == {"2027-01-01": "09:00-17:00"}
    connect.associate_hours_of_operations(
        InstanceId=instance.id, HoursOfOperationId=hours, ParentHoursOfOperationConfigs=[{"HoursOfOperationId": f"{instance.arn}/operating-hours/{holidays}"}])
    assert effective(connect, instance, hours, "2027-01-01", "2027-01-01") == {"2027-01-01": ""}


@pytest.mark.parametrize("pattern", [
    {"Frequency": "WEEKLY", "Interval": 1, "ByMonth": [1]}, {"Frequency": "YEARLY", "Interval": 1, "ByMonthDay": [1]},
    {"Frequency": "MONTHLY", "Interval": 1, "ByMonthDay": [1], "ByWeekdayOccurrence": [1]}])
def test_administration_a12_and_a14_patterns(connect, instance, pattern):
    hours = create(connect, instance)
    with invalid_request():
        override(connect, instance, hours, "o", "2026-01-01", "2026-12-31", [window("9:00-10:00")], pattern=pattern, OverrideType="CLOSED")
    assert content_of(connect.list_hours_of_operation_overrides(InstanceId=instance.id, HoursOfOperationId=hours))["HoursOfOperationOverrideList"] == []
