"""AWS CLI version 2 as Debian has it: a team from nothing, a task for it, what supervisors see, and the texts of errors.

Debian's release knows the operations of its time; what it lacks (pause, routing data, AssociateContactWithUser) other clients test.
Runs the program named by TASKFORM_AWS_CLI_2, else /usr/bin/aws.
"""

import os
import subprocess

import pytest

import samples
import tasks
from test_cli import Cli

AWS_2 = os.environ.get("TASKFORM_AWS_CLI_2") or "/usr/bin/aws"


@pytest.fixture
def aws(one, tmp_path):
    return Cli(one.server.url, tmp_path, AWS_2, refused=254)


def test_it_is_version_2():
    version = subprocess.run([AWS_2, "--version"], capture_output=True, text=True, check=True).stdout
    assert version.startswith("aws-cli/2."), version


def made(aws, kind, instance, **members):
    """The answer of `create-KIND`."""
    arguments = [word for name, value in members.items() for word in (f"--{name.replace('_', '-')}", value)]
    return aws(f"create-{kind}", *instance, *arguments)


def test_a_team_from_nothing_takes_a_task(aws):
    created = aws("create-instance", "--identity-management-type", "CONNECT_MANAGED", "--inbound-calls-enabled",
                  "--no-outbound-calls-enabled")
    this = ("--instance-id", created["Id"])
    hours = made(aws, "hours-of-operation", this, name="Office", time_zone="Europe/Berlin", config=(
        "Day=MONDAY,StartTime={Hours=9,Minutes=0},EndTime={Hours=17,Minutes=0}"))["HoursOfOperationId"]
    queue = made(aws, "queue", this, name="Refunds é", hours_of_operation_id=hours, tags="team=refunds")["QueueId"]
    flow = made(aws, "contact-flow", this, name="Into refunds", type="CONTACT_FLOW", content=tasks.to_queue(queue))["ContactFlowId"]
    profile = made(
        aws, "routing-profile", this, name="Refunds", description="Refunds", default_outbound_queue_id=queue,
        media_concurrencies="Channel=TASK,Concurrency=2",
        queue_configs="QueueReference={QueueId=" + queue + ",Channel=TASK},Priority=1,Delay=0")["RoutingProfileId"]
    security = made(aws, "security-profile", this, security_profile_name="Clerk", permissions="BasicAgentAccess")["SecurityProfileId"]
    lunch = made(aws, "agent-status", this, name="Lunch", state="ENABLED")["AgentStatusId"]
    ada = made(
        aws, "user", this, username="ada", password="Correct-horse-7", identity_info="FirstName=Ada,LastName=Muster",
        phone_config="PhoneType=SOFT_PHONE,AutoAccept=true", routing_profile_id=profile, security_profile_ids=security)["UserId"]
    statuses = {s["Name"]: s["Id"] for s in aws("list-agent-statuses", *this, "--page-size", "1")["AgentStatusSummaryList"]}
    assert statuses["Lunch"] == lunch
    assert aws("describe-queue", *this, "--queue-id", queue)["Queue"]["Tags"] == {"team": "refunds"}

    task = aws("start-task-contact", *this, "--name", 'Café 🚀 <&>"', "--contact-flow-id", flow, "--references",
               '{"Order": {"Type": "URL", "Value": "https://example.com/4711"}}')["ContactId"]
    numbers = lambda: [one["Value"] for row in aws(  # noqa: E731
        "get-current-metric-data", *this, "--filters", f"Queues={queue},Channels=TASK", "--groupings", "QUEUE", "--current-metrics",
        *[f"Name={name},Unit=COUNT" for name in ("AGENTS_ONLINE", "CONTACTS_IN_QUEUE", "SLOTS_ACTIVE")])["MetricResults"]
        for one in row["Collections"]]
    tasks.until(lambda: numbers() == [0, 1, 0], "in its queue")
    assert aws("put-user-status", *this, "--user-id", ada, "--agent-status-id", statuses["Available"]) is None
    tasks.until(lambda: numbers() == [1, 0, 1], "accepted by itself")
    [data] = aws("get-current-user-data", *this, "--filters", f"Queues={queue}")["UserDataList"]
    assert (data["User"]["Id"], data["MaxSlotsByChannel"], data["AvailableSlotsByChannel"]) == (ada, {"TASK": 2}, {"TASK": 1})
    assert [(c["ContactId"], c["AgentContactState"]) for c in data["Contacts"]] == [(task, "CONNECTED")]
    assert aws("stop-contact", *this, "--contact-id", task) is None
    assert aws("dismiss-user-contact", *this, "--user-id", ada, "--contact-id", task) is None
    assert numbers() == [1, 0, 0]
    assert aws("describe-contact", *this, "--contact-id", task)["Contact"]["AgentInfo"]["Id"] == ada


def test_texts_of_errors_and_pages(one, aws):
    this = ("--instance-id", one.instance.id)
    unknown = samples.token()
    text = aws.fails("dismiss-user-contact", *this, "--user-id", unknown, "--contact-id", unknown)
    start = "An error occurred (ResourceNotFoundException) when calling the DismissUserContact operation: "
    assert text.startswith(start) and unknown in text[len(start):]
    text = aws.fails("create-task-template", *this, "--name", "Simple", "--fields", '[{"Id": {"Name": "Task name"}, "Type": "NAME"}]')
    assert "(PropertyValidationException)" in text and "ContactFlowId: " in text and "Constraints: " in text
    for n in range(3):
        one.connect.create_task_template(InstanceId=one.instance.id, **samples.small(one.instance.flow, f"T{n}"))
    listing = ("list-task-templates", *this, "--page-size", "1")
    assert [t["Name"] for t in aws(*listing)["TaskTemplates"]] == ["T0", "T1", "T2"]
