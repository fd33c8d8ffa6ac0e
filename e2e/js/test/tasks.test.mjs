// Tasks with @aws-sdk/client-connect: each operation once, typed exceptions, the paginator of SearchContacts (tasks 2).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  ConflictException, ContactNotFoundException, CreateContactCommand, CreateContactFlowCommand, CreateQueueCommand, CreateTaskTemplateCommand,
  CreateUserCommand, DeleteUserCommand, DescribeContactCommand, DescribeQueueCommand, DescribeUserCommand, GetContactAttributesCommand,
  IdempotencyException, InvalidParameterException, InvalidRequestException, LimitExceededException, ListAssociatedContactsCommand,
  ListContactReferencesCommand, ListHoursOfOperationsCommand, ListQueuesCommand, ListRoutingProfilesCommand, ListSecurityProfilesCommand,
  ListUsersCommand, PauseContactCommand, PropertyValidationException, ResourceConflictException, ResourceNotFoundException,
  ResumeContactCommand, ServiceQuotaExceededException, StartTaskContactCommand, StopContactCommand, TagContactCommand,
  TransferContactCommand, UntagContactCommand, UpdateContactAttributesCommand, UpdateContactCommand, UpdateContactRoutingDataCommand,
  UpdateContactScheduleCommand, UpdateContactTaskTemplateCommand, paginateSearchContacts,
} from "@aws-sdk/client-connect";
import { client, newInstance, randomUUID, small, startServer } from "../lib/server.mjs";

let server, connect;
before(async () => {
  server = await startServer({ LIMITS_OPEN_TASKS_PER_INSTANCE: 4 });
  connect = client(server.url);
});
after(() => server?.stop());

const send = async (command) => {
  const { $metadata, ...rest } = await connect.send(command);
  assert.equal($metadata.httpStatusCode, 200);
  return rest;
};

async function refused(kind, status, command) {
  try {
    await connect.send(command);
  } catch (error) {
    assert.ok(error instanceof kind, `${error.name}: ${error.message}`);
    assert.deepEqual([error.$metadata.httpStatusCode, error.$metadata.attempts], [status, 1]);
    assert.ok(error.message.trim() && error.message !== "UnknownError");
    return error;
  }
  assert.fail(`no ${kind.name}`);
}

/** An instance with a queue and a flow that waits for a while, then queues its task. */
async function newShop() {
  const instance = await newInstance(connect);
  const ids = { InstanceId: instance.id };
  const { HoursOfOperationSummaryList } = await send(new ListHoursOfOperationsCommand(ids));
  const { QueueId } = await send(new CreateQueueCommand({ ...ids, Name: "Queue é", HoursOfOperationId: HoursOfOperationSummaryList[0].Id }));
  const errors = [{ ErrorType: "NoMatchingError", NextAction: "end" }];
  const waited = [{ NextAction: "target", Condition: { Operator: "Equals", Operands: ["WaitCompleted"] } }];
  const document = (first) => ({
    Version: "2019-10-30", StartAction: first, Actions: [
      { Identifier: "wait", Type: "Wait", Parameters: { TimeLimitSeconds: "3600" }, Transitions: { NextAction: "target", Conditions: waited, Errors: errors } },
      { Identifier: "target", Type: "UpdateContactTargetQueue", Parameters: { QueueId }, Transitions: { NextAction: "enqueue", Errors: errors } },
      { Identifier: "enqueue", Type: "TransferContactToQueue", Parameters: {}, Transitions: { NextAction: "end", Errors: [...errors, { ErrorType: "QueueAtCapacity", NextAction: "end" }] } },
      { Identifier: "end", Type: "DisconnectParticipant", Parameters: {}, Transitions: {} },
    ],
  });
  const flow = async (first) =>
    (await send(new CreateContactFlowCommand({ ...ids, Name: first, Type: "CONTACT_FLOW", Content: JSON.stringify(document(first)) }))).ContactFlowId;
  return { ids, arn: instance.arn, queue: QueueId, waits: await flow("wait"), queues: await flow("target"), instance };
}

const described = async (shop, ContactId) => (await send(new DescribeContactCommand({ ...shop.ids, ContactId }))).Contact;

async function until(shop, contact, fits) {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((wake) => setTimeout(wake, 20))) {
    const shown = await described(shop, contact);
    if (fits(shown)) return shown;
  }
  assert.fail(`not in time: ${JSON.stringify(await described(shop, contact))}`);
}

const template = async (shop, name) => {
  const Fields = [{ Id: { Name: "Task name" }, Type: "NAME" }, { Id: { Name: "Order id" }, Type: "TEXT" }];
  const Constraints = { RequiredFields: Fields.map(({ Id }) => ({ Id })) };
  return (await send(new CreateTaskTemplateCommand(small({ ...shop.instance, flow: shop.waits }, name, { Fields, Constraints })))).Id;
};

const References = { "Order id": { Type: "STRING", Value: "A-17" } };

test("t2 a task from start to end, each operation once", async () => {
  const shop = await newShop();
  const { ids } = shop;
  assert.equal((await send(new DescribeQueueCommand({ ...ids, QueueId: shop.queue }))).Queue.Name, "Queue é");
  assert.ok((await send(new ListQueuesCommand({ ...ids, QueueTypes: ["STANDARD"] }))).QueueSummaryList.some((one) => one.Id === shop.queue));
  const start = Date.now() - 1000;
  const { ContactId } = await send(new StartTaskContactCommand({
    ...ids, Name: "Café 🚀", ContactFlowId: shop.waits, References, Attributes: { tier: "vip" } }));
  const task = { ...ids, ContactId };
  const shown = await until(shop, ContactId, (contact) => contact.ConnectedToSystemTimestamp);
  assert.ok(shown.InitiationTimestamp instanceof Date && shown.InitiationTimestamp.getTime() >= start);
  assert.deepEqual([shown.Channel, shown.InitiationMethod, shown.Arn], ["TASK", "API", `${shop.arn}/contact/${ContactId}`]);
  assert.equal(shown.SegmentAttributes["connect:ContactExpiry"].ValueMap.ExpiryDuration.ValueInteger, 10_080);
  const listed = await send(new ListContactReferencesCommand({ ...task, ReferenceTypes: ["STRING", "URL"] }));
  assert.deepEqual(listed, { ReferenceSummaryList: [{ String: { Name: "Order id", Value: "A-17" } }] });
  assert.deepEqual(await send(new UpdateContactAttributesCommand({ ...ids, InitialContactId: ContactId, Attributes: { lang: "de" } })), {});
  assert.deepEqual(await send(new GetContactAttributesCommand({ ...ids, InitialContactId: ContactId })), { Attributes: { tier: "vip", lang: "de" } });
  assert.deepEqual(await send(new UpdateContactTaskTemplateCommand({ ...task, TaskTemplateId: await template(shop, "T") })), {});
  assert.deepEqual(await send(new UpdateContactCommand({ ...task, Description: "Changed" })), {});
  assert.deepEqual(await send(new TagContactCommand({ ...task, Tags: { team: "a", prio: "high" } })), {});
  assert.deepEqual(await send(new UntagContactCommand({ ...task, TagKeys: ["prio"] })), {});
  assert.deepEqual(await send(new UpdateContactRoutingDataCommand({ ...task, QueuePriority: 1 })), {});
  assert.deepEqual(await send(new PauseContactCommand(task)), {});
  await refused(ConflictException, 409, new PauseContactCommand(task));
  assert.deepEqual(await send(new ResumeContactCommand(task)), {});
  const changed = await described(shop, ContactId);
  assert.deepEqual([changed.Description, changed.Tags.team, changed.Tags.prio, changed.QueuePriority, changed.TotalPauseCount], ["Changed", "a", undefined, 1, 1]);
  assert.equal(changed.TaskTemplateInfo.Name, "T");
  const request = { ...task, ContactFlowId: shop.queues, ClientToken: randomUUID() };
  const moved = await send(new TransferContactCommand(request));
  assert.deepEqual(await send(new TransferContactCommand(request)), moved);
  await refused(IdempotencyException, 409, new TransferContactCommand({ ...request, ContactFlowId: shop.waits }));
  const next = await until(shop, moved.ContactId, (contact) => contact.QueueInfo);
  assert.deepEqual([next.QueueInfo.Id, next.InitialContactId, next.InitiationMethod], [shop.queue, ContactId, "TRANSFER"]);
  assert.deepEqual(await send(new StopContactCommand({ ...ids, ContactId: moved.ContactId })), {});
  const over = await until(shop, moved.ContactId, (contact) => contact.DisconnectTimestamp);
  assert.equal(over.DisconnectReason, "API");
  const { ContactSummaryList } = await send(new ListAssociatedContactsCommand(task));
  assert.deepEqual(ContactSummaryList.map((one) => one.ContactId), [ContactId, moved.ContactId]);
  const soon = new Date(Date.now() + 3_600_000);
  const later = await send(new StartTaskContactCommand({ ...ids, Name: "Later", ContactFlowId: shop.waits, ScheduledTime: soon }));
  const scheduled = { ...ids, ContactId: later.ContactId };
  assert.equal((await described(shop, later.ContactId)).ScheduledTimestamp.getTime(), soon.getTime());
  assert.deepEqual(await send(new UpdateContactScheduleCommand({ ...scheduled, ScheduledTime: new Date(soon.getTime() + 1_500) })), {});
  assert.equal((await described(shop, later.ContactId)).ScheduledTimestamp.getTime(), soon.getTime() + 1_500);
  await send(new StopContactCommand(scheduled));
});

test("t2_5 a task of outside, with a user", async () => {
  const { ids, ...shop } = await newShop();
  const profile = (await send(new ListRoutingProfilesCommand(ids))).RoutingProfileSummaryList[0].Id;
  const security = (await send(new ListSecurityProfilesCommand(ids))).SecurityProfileSummaryList[0].Id;
  const { UserId } = await send(new CreateUserCommand({
    ...ids, Username: "ada", RoutingProfileId: profile, SecurityProfileIds: [security], PhoneConfig: { PhoneType: "SOFT_PHONE" }, Password: "Correct-horse-7" }));
  assert.equal((await send(new DescribeUserCommand({ ...ids, UserId }))).User.Username, "ada");
  assert.deepEqual((await send(new ListUsersCommand(ids))).UserSummaryList.map((user) => user.Id), [UserId]);
  const made = await send(new CreateContactCommand({
    ...ids, Channel: "TASK", InitiationMethod: "API", Name: "Outside", InitiateAs: "CONNECTED_TO_USER", UserInfo: { UserId } }));
  assert.equal(made.ContactArn, `${shop.arn}/contact/${made.ContactId}`);
  assert.equal((await described({ ids }, made.ContactId)).AgentInfo.Id, UserId);
  await send(new StopContactCommand({ ...ids, ContactId: made.ContactId }));
  await send(new DeleteUserCommand({ ...ids, UserId }));
});

test("typed exceptions of tasks", async () => {
  const shop = await newShop();
  const { ids } = shop;
  const start = (more) => new StartTaskContactCommand({ ...ids, Name: "A task", ContactFlowId: shop.queues, ...more });
  const unknown = randomUUID();
  const gone = await refused(ContactNotFoundException, 410, new StopContactCommand({ ...ids, ContactId: unknown })); // 2.10.2
  assert.ok(gone.message.includes(unknown));
  await refused(ResourceNotFoundException, 404, new DescribeContactCommand({ ...ids, ContactId: unknown }));
  const TaskTemplateId = await template(shop, "T");
  const { ContactId } = await send(start({ References: { "Order id": { Type: "NUMBER", Value: "1" } } }));
  const task = { ...ids, ContactId };
  const misfit = await refused(PropertyValidationException, 400, new UpdateContactTaskTemplateCommand({ ...task, TaskTemplateId }));
  assert.deepEqual(misfit.PropertyList.map((one) => [one.PropertyPath, one.Reason]), [['References["Order id"].Type', "TYPE_MISMATCH"]]);
  const missing = await refused(InvalidRequestException, 400, start({ ContactFlowId: undefined, TaskTemplateId }));
  assert.match(missing.message, /"Order id"/);
  await refused(InvalidParameterException, 400, start({ ScheduledTime: new Date(0) }));
  await send(new StopContactCommand(task));
  await refused(ResourceConflictException, 409, new UpdateContactRoutingDataCommand({ ...task, QueuePriority: 1 }));
  const open = [];
  for (let n = 0; n < 4; n += 1) open.push((await send(start())).ContactId);
  await refused(ServiceQuotaExceededException, 402, start()); // 2.3.20
  for (let n = 0; n < 10; n += 1) {
    await send(new PauseContactCommand({ ...ids, ContactId: open[0] }));
    await send(new ResumeContactCommand({ ...ids, ContactId: open[0] }));
  }
  await refused(LimitExceededException, 429, new PauseContactCommand({ ...ids, ContactId: open[0] })); // 2.7.6
});

test("t2_15 the paginator of SearchContacts", async () => {
  const { ids } = await newShop();
  const made = [];
  for (let n = 0; n < 5; n += 1) {
    const request = { ...ids, Channel: "TASK", InitiationMethod: "API", Name: `Number ${n}`, InitiateAs: "COMPLETED" };
    made.push((await send(new CreateContactCommand(request))).ContactId);
  }
  const TimeRange = { Type: "INITIATION_TIMESTAMP", StartTime: new Date(Date.now() - 60_000), EndTime: new Date(Date.now() + 60_000) };
  const Sort = { FieldName: "INITIATION_TIMESTAMP", Order: "ASCENDING" };
  const sizes = [], found = [];
  for await (const page of paginateSearchContacts({ client: connect, pageSize: 2 }, { ...ids, TimeRange, Sort })) {
    assert.equal(page.TotalCount, 5);
    sizes.push(page.Contacts.length);
    found.push(...page.Contacts.map((one) => one.Id));
  }
  assert.deepEqual(sizes, [2, 2, 1]);
  assert.deepEqual([...found].sort(), [...made].sort());
});
