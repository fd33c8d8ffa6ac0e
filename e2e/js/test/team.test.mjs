// A team from nothing with @aws-sdk/client-connect, a task for it, and what supervisors see (administration 2, 4, 5.2).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  AssociateContactWithUserCommand, CreateAgentStatusCommand, CreateContactFlowCommand, CreateHoursOfOperationCommand, CreateQueueCommand,
  CreateRoutingProfileCommand, CreateSecurityProfileCommand, CreateUserCommand, DescribeContactCommand, DismissUserContactCommand,
  GetCurrentMetricDataCommand, GetCurrentUserDataCommand, InvalidRequestException, ListAgentStatusesCommand, PutUserStatusCommand,
  ResourceNotFoundException, SearchUsersCommand, StartTaskContactCommand, StopContactCommand,
} from "@aws-sdk/client-connect";
import { client, newInstance, randomUUID, startServer } from "../lib/server.mjs";

const PATIENCE = 30_000; // milliseconds for what should come at once; only a bound for what never comes

let server, connect;
before(async () => {
  server = await startServer();
  connect = client(server.url);
});
after(() => server?.stop());

const send = async (command) => {
  const { $metadata, ...rest } = await connect.send(command);
  assert.equal($metadata.httpStatusCode, 200);
  return rest;
};

async function until(what, look) {
  for (const end = Date.now() + PATIENCE; !(await look()); await new Promise((resolve) => setTimeout(resolve, 20))) {
    assert.ok(Date.now() < end, `not ${what} after ${PATIENCE / 1_000} seconds`);
  }
}

const intoQueue = (QueueId) => {
  const errors = [{ ErrorType: "NoMatchingError", NextAction: "end" }];
  return JSON.stringify({
    Version: "2019-10-30", StartAction: "target", Actions: [
      { Identifier: "target", Type: "UpdateContactTargetQueue", Parameters: { QueueId }, Transitions: { NextAction: "enqueue", Errors: errors } },
      { Identifier: "enqueue", Type: "TransferContactToQueue", Parameters: {}, Transitions: { NextAction: "end", Errors: [...errors, { ErrorType: "QueueAtCapacity", NextAction: "end" }] } },
      { Identifier: "end", Type: "DisconnectParticipant", Parameters: {}, Transitions: {} },
    ],
  });
};

/** A queue and one user who accepts by itself and has two slots. */
async function newTeam() {
  const ids = { InstanceId: (await newInstance(connect)).id };
  const Config = [{ Day: "MONDAY", StartTime: { Hours: 9, Minutes: 0 }, EndTime: { Hours: 17, Minutes: 0 } }];
  const { HoursOfOperationId } = await send(new CreateHoursOfOperationCommand({ ...ids, Name: "Office", TimeZone: "Europe/Berlin", Config }));
  const { QueueId } = await send(new CreateQueueCommand({ ...ids, Name: "Refunds é", HoursOfOperationId, Tags: { team: "refunds" } }));
  const { ContactFlowId } = await send(
    new CreateContactFlowCommand({ ...ids, Name: "Into refunds", Type: "CONTACT_FLOW", Content: intoQueue(QueueId) }));
  const { RoutingProfileId } = await send(new CreateRoutingProfileCommand({
    ...ids, Name: "Refunds", Description: "Refunds", DefaultOutboundQueueId: QueueId,
    MediaConcurrencies: [{ Channel: "TASK", Concurrency: 2 }],
    QueueConfigs: [{ QueueReference: { QueueId, Channel: "TASK" }, Priority: 1, Delay: 0 }],
  }));
  const { SecurityProfileId } = await send(
    new CreateSecurityProfileCommand({ ...ids, SecurityProfileName: "Clerk", Permissions: ["BasicAgentAccess"] }));
  await send(new CreateAgentStatusCommand({ ...ids, Name: "Lunch", State: "ENABLED" }));
  const { UserId } = await send(new CreateUserCommand({
    ...ids, Username: "ada", Password: "Correct-horse-7", RoutingProfileId, SecurityProfileIds: [SecurityProfileId],
    IdentityInfo: { FirstName: "Ada", LastName: "Muster" }, PhoneConfig: { PhoneType: "SOFT_PHONE", AutoAccept: true },
  }));
  const { AgentStatusSummaryList } = await send(new ListAgentStatusesCommand(ids));
  const statuses = Object.fromEntries(AgentStatusSummaryList.map((one) => [one.Name, one.Id]));
  return { ids, QueueId, ContactFlowId, RoutingProfileId, UserId, statuses };
}

/** Numbers of the queue, in the order of the names. */
async function numbers({ ids, QueueId }, ...names) {
  const { MetricResults } = await send(new GetCurrentMetricDataCommand({
    ...ids, Filters: { Queues: [QueueId], Channels: ["TASK"] }, Groupings: ["QUEUE"], CurrentMetrics: names.map((Name) => ({ Name, Unit: "COUNT" })),
  }));
  return MetricResults.flatMap((row) => row.Collections.map((one) => one.Value));
}

async function entries({ ids, UserId }) {
  const { UserDataList } = await send(new GetCurrentUserDataCommand({ ...ids, Filters: { Agents: [UserId] } }));
  return Object.fromEntries(UserDataList[0].Contacts.map((one) => [one.ContactId, one.AgentContactState]));
}

test("administration_4 a team from nothing takes tasks", async () => {
  const team = await newTeam();
  const { ids, ContactFlowId, UserId, statuses } = team;
  const counts = () => numbers(team, "AGENTS_ONLINE", "CONTACTS_IN_QUEUE", "SLOTS_ACTIVE");
  const start = async (Name) => (await send(new StartTaskContactCommand({ ...ids, Name, ContactFlowId }))).ContactId;
  const status = (name) => send(new PutUserStatusCommand({ ...ids, UserId, AgentStatusId: statuses[name] }));
  const first = await start("First");
  await until("in the queue", async () => `${await counts()}` === "0,1,0");
  await status("Available");
  await until("with ada", async () => (await entries(team))[first] === "CONNECTED");
  assert.deepEqual(await counts(), [1, 0, 1]);
  const { UserDataList } = await send(new GetCurrentUserDataCommand({ ...ids, Filters: { Queues: [team.QueueId] } }));
  assert.deepEqual(
    UserDataList.map((one) => [one.User.Id, one.RoutingProfile.Id, one.MaxSlotsByChannel, one.AvailableSlotsByChannel]),
    [[UserId, team.RoutingProfileId, { TASK: 2 }, { TASK: 1 }]]);

  await status("Lunch"); // takes effect after the task, and keeps routing away
  const second = await start("Second");
  await until("in the queue", async () => `${await counts()}` === "1,1,1");
  await send(new AssociateContactWithUserCommand({ ...ids, ContactId: second, UserId })); // whatever the status
  assert.deepEqual(await entries(team), { [first]: "CONNECTED", [second]: "CONNECTED" });
  for (const ContactId of [first, second]) {
    await assert.rejects(send(new DismissUserContactCommand({ ...ids, ContactId, UserId })), InvalidRequestException);
    await send(new StopContactCommand({ ...ids, ContactId }));
    await send(new DismissUserContactCommand({ ...ids, ContactId, UserId }));
    assert.equal((await send(new DescribeContactCommand({ ...ids, ContactId }))).Contact.AgentInfo.Id, UserId);
  }
  assert.deepEqual(await entries(team), {});
  assert.deepEqual(await counts(), [1, 0, 0]);
  const found = await send(new SearchUsersCommand({
    ...ids, SearchCriteria: { StringCondition: { FieldName: "Username", Value: "ad", ComparisonType: "STARTS_WITH" } } }));
  assert.deepEqual(found.Users.map((one) => [one.Id, one.PhoneConfig.AutoAccept]), [[UserId, true]]);
  await assert.rejects(send(new PutUserStatusCommand({ ...ids, UserId: randomUUID(), AgentStatusId: statuses.Lunch })), ResourceNotFoundException);
});
