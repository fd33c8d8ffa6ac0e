"""Races: what one instant can hold is decided by the store, on each engine."""

import collections
import concurrent.futures
import threading

import pytest

import samples
from helpers import client, new_instance, version_of

THREADS = 16


def race(server, calls):
    """Runs the calls at once, each with a client connection of its own; answers or typed errors, in order."""
    shared = client(server.url)
    barrier = threading.Barrier(len(calls))

    def run(call):
        barrier.wait()
        try:
            return call(shared)
        except shared.exceptions.ClientError as error:
            return error

    with concurrent.futures.ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def sort(results):
    """Answers, and how often each exception came."""
    answers = [result for result in results if isinstance(result, dict)]
    errors = collections.Counter(type(result).__name__ for result in results if not isinstance(result, dict))
    return answers, errors


def ids(connect, instance):
    return [template["Id"] for template in connect.list_task_templates(InstanceId=instance.id)["TaskTemplates"]]


def create(instance, name, **more):
    return lambda connect: connect.create_task_template(
        InstanceId=instance.id, **samples.small(instance.flow, name) | more)


def test_r2_7_4_the_quota_cannot_be_overshot(server, connect, instance):
    for n in range(45):
        create(instance, f"T{n}")(connect)
    answers, errors = sort(race(server, [create(instance, f"R{n}") for n in range(THREADS)]))
    assert len(answers) == 5
    assert errors == {"ServiceQuotaExceededException": THREADS - 5}
    listed = ids(connect, instance)
    assert len(listed) == len(set(listed)) == 50
    assert {answer["Id"] for answer in answers} <= set(listed)


def test_r2_1_3_one_name_one_template(server, connect, instance):
    results = race(server, [create(instance, "Same") for _ in range(THREADS)])
    answers, errors = sort(results)
    assert len(answers) == 1
    assert errors == {"PropertyValidationException": THREADS - 1}
    for result in results:
        if not isinstance(result, dict):
            (entry,) = result.response["PropertyList"]
            assert (entry["PropertyPath"], entry["Reason"]) == ("Name", "RESOURCE_NAME_ALREADY_EXISTS")
    assert ids(connect, instance) == [answers[0]["Id"]]


def test_r1_1_5_one_token_one_template(server, connect, instance):
    for n in range(5):
        token = samples.token()
        answers, errors = sort(race(server, [create(instance, f"Same {n}", ClientToken=token)] * THREADS))
        assert not errors
        assert len({(answer["Id"], answer["Arn"]) for answer in answers}) == 1
        assert ids(connect, instance)[n:] == [answers[0]["Id"]]


def test_tasks_r1_1_11_one_token_one_module(server, connect, instance):
    for n in range(5):
        request = {"InstanceId": instance.id, "Name": f"Same {n}", "Content": samples.module_document(),
                   "ClientToken": samples.token()}
        answers, errors = sort(race(server, [lambda c: c.create_contact_flow_module(**request)] * THREADS))
        assert not errors
        assert len({(answer["Id"], answer["Arn"]) for answer in answers}) == 1
        listed = connect.list_contact_flow_modules(InstanceId=instance.id)["ContactFlowModulesSummaryList"]
        assert [module["Id"] for module in listed[n:]] == [answers[0]["Id"]]


def test_r1_1_5_one_token_two_requests(server, connect, instance):
    token = samples.token()
    calls = [create(instance, "Even" if n % 2 else "Odd", ClientToken=token) for n in range(THREADS)]
    answers, errors = sort(race(server, calls))
    assert len(answers) == THREADS // 2
    assert errors == {"InvalidParameterException": THREADS // 2}
    assert ids(connect, instance) == [answers[0]["Id"]]
    assert len({answer["Id"] for answer in answers}) == 1


def test_r3_2_concurrent_updates_make_one_version_each(server, connect, instance):
    template = create(instance, "T")(connect)["Id"]

    def update(n):
        return lambda connect: connect.update_task_template(
            InstanceId=instance.id, TaskTemplateId=template, **samples.small(instance.flow, "T", Description=f"d{n}"))

    answers, errors = sort(race(server, [update(n) for n in range(THREADS)]))
    assert not errors
    versions = [
        connect.get_task_template(InstanceId=instance.id, TaskTemplateId=template, SnapshotVersion=str(number))
        for number in range(1, THREADS + 2)
    ]
    latest = connect.get_task_template(InstanceId=instance.id, TaskTemplateId=template)
    assert version_of(latest) == THREADS + 1
    assert {v["Description"] for v in versions[1:]} == {f"d{n}" for n in range(THREADS)}
    times = [v["LastModifiedTime"] for v in versions]
    assert times == sorted(set(times))  # r1_4_4
    by_text = {v["Description"]: v["LastModifiedTime"] for v in versions[1:]}
    assert all(by_text[answer["Description"]] == answer["LastModifiedTime"] for answer in answers)


def test_r1_4_5_concurrent_renames_to_one_name(server, connect, instance):
    made = [create(instance, f"T{n}")(connect)["Id"] for n in range(THREADS)]

    def rename(template):
        return lambda connect: connect.update_task_template(
            InstanceId=instance.id, TaskTemplateId=template, **samples.small(instance.flow, "Wanted"))

    answers, errors = sort(race(server, [rename(template) for template in made]))
    assert len(answers) == 1
    assert errors == {"PropertyValidationException": THREADS - 1}
    found = connect.list_task_templates(InstanceId=instance.id, Name="Wanted")["TaskTemplates"]
    assert [template["Id"] for template in found] == [answers[0]["Id"]]


def test_r1_5_2_one_delete_succeeds(server, connect, instance):
    template = create(instance, "T")(connect)["Id"]
    answers, errors = sort(race(
        server, [lambda c: c.delete_task_template(InstanceId=instance.id, TaskTemplateId=template)] * THREADS))
    assert len(answers) == 1
    assert errors == {"ResourceNotFoundException": THREADS - 1}
    # the quota's counter went down by one only
    for n in range(50):
        create(instance, f"T{n}")(connect)
    answers, errors = sort([race(server, [create(instance, "T50")])[0]])
    assert errors == {"ServiceQuotaExceededException": 1}


def test_r4_3_concurrent_tags_are_merged(server, connect, instance):
    arn = create(instance, "T")(connect)["Arn"]
    answers, errors = sort(race(
        server, [lambda c, n=n: c.tag_resource(resourceArn=arn, tags={f"k{n}": str(n)}) for n in range(THREADS)]))
    assert not errors
    assert connect.list_tags_for_resource(resourceArn=arn)["tags"] == {f"k{n}": str(n) for n in range(THREADS)}
    connect.tag_resource(resourceArn=arn, tags={f"f{n}": "" for n in range(45 - THREADS)})
    answers, errors = sort(race(
        server, [lambda c, n=n: c.tag_resource(resourceArn=arn, tags={f"r{n}": ""}) for n in range(THREADS)]))
    assert len(answers) == 5
    assert errors == {"InvalidRequestException": THREADS - 5}
    assert len(connect.list_tags_for_resource(resourceArn=arn)["tags"]) == 50


@pytest.mark.parametrize("kind", ["flow", "quick connect"])
def test_flows_r1_8_one_name_of_other_resources(server, connect, instance, kind):
    def flow(c):
        return c.create_contact_flow(
            InstanceId=instance.id, Name="Same", Type="CONTACT_FLOW", Content=samples.flow_document())

    def quick_connect(c):
        return c.create_quick_connect(InstanceId=instance.id, Name="Same", QuickConnectConfig={
            "QuickConnectType": "PHONE_NUMBER", "PhoneConfig": {"PhoneNumber": "+12065550100"}})

    answers, errors = sort(race(server, [flow if kind == "flow" else quick_connect] * THREADS))
    assert len(answers) == 1
    assert errors == {"DuplicateResourceException": THREADS - 1}


def test_tasks_r1_1_11_one_token_one_instance(start):
    server = start()
    request = {"IdentityManagementType": "CONNECT_MANAGED", "InboundCallsEnabled": True,
               "OutboundCallsEnabled": True, "InstanceAlias": "same", "ClientToken": samples.token()}
    answers, errors = sort(race(server, [lambda c: c.create_instance(**request)] * 8))
    assert not errors
    assert len({answer["Id"] for answer in answers}) == 1
    assert len(server.client.list_instances()["InstanceSummaryList"]) == 2


def test_readers_see_whole_versions_while_a_writer_writes(server, connect, instance):
    """A read shows one version, never the name of one and the fields of another."""
    def content(n):
        return samples.small(instance.flow, f"N{n}", Description=f"N{n}", Fields=[
            samples.field("Task name", "NAME", Description=f"N{n}")] + [
            samples.field(f"F{n}-{i}", "TEXT") for i in range(10)])

    template = connect.create_task_template(InstanceId=instance.id, **content(0))["Id"]
    done = threading.Event()

    def read(shared):
        seen = []
        while not done.is_set():
            answer = shared.get_task_template(InstanceId=instance.id, TaskTemplateId=template)
            n = answer["Name"][1:]
            assert answer["Description"] == answer["Fields"][0]["Description"] == f"N{n}"
            assert [f["Id"]["Name"] for f in answer["Fields"][1:]] == [f"F{n}-{i}" for i in range(10)]
            assert version_of(answer) == int(n) + 1
            seen.append(int(n))
        assert seen == sorted(seen)  # a reader never goes back in time
        return {"seen": seen}

    def write(shared):
        try:
            for n in range(1, 31):
                shared.update_task_template(InstanceId=instance.id, TaskTemplateId=template, **content(n))
        finally:
            done.set()
        return {"written": 30}

    answers, errors = sort(race(server, [write] + [read] * 4))
    assert not errors and len(answers) == 5
    assert all(answer["seen"] for answer in answers if "seen" in answer)


def test_instances_do_not_share_their_quota(server, connect, instance):
    other = new_instance(connect)
    calls = [create(one, f"T{n}") for n in range(8) for one in (instance, other)]
    answers, errors = sort(race(server, calls))
    assert not errors
    assert len(ids(connect, instance)) == len(ids(connect, other)) == 8
