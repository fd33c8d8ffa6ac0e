"""What tests of tasks share: flows in a few words, queues, tasks, the test clock, and the file of events and records.

A `Shop` is an instance of a test's own with what a task needs. Nothing here waits for a fixed time: what a flow does comes a
moment after the call, so it is looked for until it is there (`Shop.until`).
"""

import json
import time
import types

import rawhttp
import samples
from helpers import new_instance

PATIENCE = 30  # seconds for what should come at once; only a bound for what never comes
KINDS = ["URL", "NUMBER", "STRING", "DATE", "EMAIL"]  # of references of a task


# --- flows ------------------------------------------------------------------------------------------------------------


def action(identifier, type_, parameters=None, then=None, conditions=(), errors=()):
    """One action; `conditions` are (operator, operand, target), `errors` (type, target)."""
    transitions = {"NextAction": then} if then else {}
    if conditions:
        transitions["Conditions"] = [
            {"NextAction": target, "Condition": {"Operator": operator, "Operands": [operand]}}
            for operator, operand, target in conditions]
    if errors:
        transitions["Errors"] = [{"ErrorType": kind, "NextAction": target} for kind, target in errors]
    return {"Identifier": identifier, "Type": type_, "Parameters": parameters or {}, "Transitions": transitions}


def document(*actions):
    return json.dumps({"Version": "2019-10-30", "StartAction": actions[0]["Identifier"], "Actions": list(actions)})


def plain(identifier, type_, parameters, then, failed="end"):
    """An action with one way on and one for errors."""
    return action(identifier, type_, parameters, then, errors=[("NoMatchingError", failed)])


def end(identifier="end"):
    return action(identifier, "DisconnectParticipant")


def stay(identifier="stay"):
    return action(identifier, "EndFlowExecution")


def wait(identifier, seconds, then, failed="end"):
    return action(identifier, "Wait", {"TimeLimitSeconds": str(seconds)}, then,
                  [("Equals", "WaitCompleted", then)], [("NoMatchingError", failed)])


def compare(identifier, path, otherwise, *branches):
    return action(identifier, "Compare", {"ComparisonValue": path}, otherwise, branches,
                  [("NoMatchingCondition", otherwise)])


def note(identifier, then, **attributes):
    """Writes attributes, so that one can see which way a flow took."""
    return plain(identifier, "UpdateContactAttributes", {"Attributes": attributes, "TargetContact": "Current"}, then)


def target(identifier, queue, then, failed="end"):
    return plain(identifier, "UpdateContactTargetQueue", {"QueueId": queue}, then, failed)


def enqueue(identifier="enqueue", full="end", failed="end"):
    return action(identifier, "TransferContactToQueue", {}, "end",
                  errors=[("QueueAtCapacity", full), ("NoMatchingError", failed)])


def hook(identifier, then, **flows):
    return plain(identifier, "UpdateContactEventHooks", {"EventHooks": flows}, then)


def to_queue(queue):
    """A flow that does no more than queue its task."""
    return document(target("target", queue, "enqueue"), enqueue(), end())


def waiting(seconds, queue):
    """A flow that waits, then queues its task."""
    return document(wait("wait", seconds, "target"), target("target", queue, "enqueue"), enqueue(), end())


# --- an instance with tasks -------------------------------------------------------------------------------------------


class Shop:
    """An instance of its own on `server`, with calls that name it by themselves."""

    def __init__(self, server):
        self.server, self.connect = server, server.client
        self.instance = new_instance(server.client)
        self.id, self.arn = self.instance.id, self.instance.arn
        hours = self.call("list_hours_of_operations")["HoursOfOperationSummaryList"]
        self.hours = hours[0]["Id"]

    def call(self, operation, **request):
        return getattr(self.server.client, operation)(InstanceId=self.id, **request)

    def flow(self, content, name=None, type_="CONTACT_FLOW"):
        made = self.call("create_contact_flow", Name=name or samples.token(), Type=type_, Content=content)
        return made["ContactFlowId"]

    def queue(self, name=None, **more):
        return self.call("create_queue", Name=name or samples.token(), HoursOfOperationId=self.hours, **more)["QueueId"]

    def module(self, content=None):
        made = self.call("create_contact_flow_module", Name=samples.token(), Content=content or samples.module_document())
        return made["Id"]

    def user(self, name):
        profile = self.call("list_routing_profiles")["RoutingProfileSummaryList"][0]["Id"]
        security = {p["Name"]: p["Id"] for p in self.call("list_security_profiles")["SecurityProfileSummaryList"]}
        made = self.call("create_user", Username=name, RoutingProfileId=profile, SecurityProfileIds=[security["Agent"]],
                         PhoneConfig={"PhoneType": "SOFT_PHONE"}, Password="Correct-horse-7",
                         IdentityInfo={"FirstName": "Ada", "LastName": "L"})
        return types.SimpleNamespace(id=made["UserId"], arn=made["UserArn"])

    def template(self, **request):
        return self.call("create_task_template", **request)["Id"]

    def quick_connect(self, kind, **target_of):
        member = {"USER": "UserConfig", "QUEUE": "QueueConfig", "PHONE_NUMBER": "PhoneConfig", "FLOW": "FlowConfig"}[kind]
        made = self.call("create_quick_connect", Name=samples.token(),
                         QuickConnectConfig={"QuickConnectType": kind, member: target_of})
        return made["QuickConnectId"]

    def start(self, name="A task", **more):
        return self.call("start_task_contact", Name=name, **more)["ContactId"]

    def describe(self, contact):
        return self.call("describe_contact", ContactId=contact)["Contact"]

    def attributes(self, contact):
        return self.call("get_contact_attributes", InitialContactId=contact)["Attributes"]

    def references(self, contact, *types_):
        found = self.call("list_contact_references", ContactId=contact, ReferenceTypes=list(types_ or KINDS))
        assert "NextToken" not in found
        return {value["Name"]: (kind, value["Value"])
                for item in found["ReferenceSummaryList"] for kind, value in item.items()}

    def associated(self, contact, size=None):
        """The pages of ListAssociatedContacts, which has no paginator."""
        pages, more = [], {"MaxResults": size} if size else {}
        while not pages or "NextToken" in found:
            found = self.call("list_associated_contacts", ContactId=contact, **more)
            pages.append(found["ContactSummaryList"])
            more["NextToken"] = found.get("NextToken")
        return pages

    def stop(self, contact):
        self.call("stop_contact", ContactId=contact)

    # --- time and events ----------------------------------------------------------------------------------------------

    def advance(self, seconds):
        """Moves the test clock; everything that is due by then has been handled when it answers."""
        return advance(self.server, seconds)

    def until(self, contact, fits, what="it"):
        """Describes a contact until it fits."""
        def look():
            shown = self.describe(contact)
            return shown if fits(shown) else None
        return until(look, what, lambda: self.describe(contact))

    def queued(self, contact):
        return self.until(contact, lambda shown: "QueueInfo" in shown, "in a queue")

    def ended(self, contact):
        return self.until(contact, lambda shown: "TotalPauseDurationInSeconds" in shown, "completed")

    def runs(self, contact):
        return self.until(contact, lambda shown: "ConnectedToSystemTimestamp" in shown, "in its flow")

    def events(self, contact, until_type="COMPLETED", count=1):
        """The events of a contact in the order of the file, once there are `count` of a type."""
        def look():
            found = [e for e in events(self.server) if e["detail"]["contactId"] == contact]
            return found if [e["detail"]["eventType"] for e in found].count(until_type) >= count else None
        return until(look, f"{until_type} of {contact}", lambda: types_of(events(self.server, contact)))

    def event_types(self, contact, until_type="COMPLETED", count=1):
        return types_of(self.events(contact, until_type, count))

    def records(self, contact, count=1):
        """The records of a contact in the order of the file."""
        def look():
            found = [r for r in lines(self.server) if r.get("ContactId") == contact]
            return found if len(found) >= count else None
        return until(look, f"{count} records of {contact}")


def until(look, what, found=lambda: None, patience=PATIENCE):
    give_up = time.monotonic() + patience
    while True:
        seen = look()
        if seen:
            return seen
        if time.monotonic() > give_up:
            raise AssertionError(f"not {what} after {patience} seconds: {found()}")
        time.sleep(0.02)


def advance(server, seconds):
    answer = rawhttp.call(server, "POST", "/_taskform/clock", {"AdvanceSeconds": seconds})
    assert answer.status == 200, answer
    return answer.json()["Now"]


def now(server):
    """The server's time, seconds since the epoch."""
    answer = rawhttp.call(server, "GET", "/_taskform/clock")
    assert answer.status == 200, answer
    return answer.json()["Now"]


def lines(server):
    """What the file of events and records holds so far; a line that a crash cut off is no line."""
    found = []
    if server.events.exists():
        for line in server.events.read_text("utf-8").splitlines():
            try:
                found.append(json.loads(line))
            except ValueError:
                pass
    return found


def events(server, contact=None):
    found = [line for line in lines(server) if line.get("detail-type") == "Amazon Connect Contact Event"]
    return [e for e in found if contact in (None, e["detail"]["contactId"])]


def types_of(found):
    return [event["detail"]["eventType"] for event in found]


def once(found):
    """Events without those delivered again: each has an id of its own (tasks 4.1.7)."""
    seen = {}
    for event in found:
        seen.setdefault(event["id"], event)
    return list(seen.values())
