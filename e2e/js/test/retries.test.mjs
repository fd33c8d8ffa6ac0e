// Retries on 429, 500 and closed connections, and a client whose clock is wrong.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CreateTaskTemplateCommand, GetTaskTemplateCommand, InternalServiceException, ListTaskTemplatesCommand } from "@aws-sdk/client-connect";
import { faultProxy } from "../lib/faultproxy.mjs";
import { client, devInstance, newInstance, randomUUID, small, startServer } from "../lib/server.mjs";

let server, proxy, connect;
before(async () => {
  server = await startServer();
  proxy = await faultProxy(server.url);
  connect = client(server.url);
});
after(async () => {
  await proxy?.stop();
  await server?.stop();
});

const soon = { "x-amz-retry-after": "1" }; // milliseconds
const faults = {
  "case_c9 429 ThrottlingException": { status: 429, type: "ThrottlingException", headers: soon },
  "500 before the server": { status: 500, type: "InternalServiceException" },
  "503 as HTML": { status: 503, body: "<html>later</html>" },
  "closed before the server": { close: true },
  "case_c10 500 after the commit": { status: 500, type: "InternalServiceException", after: true },
  "429 after the commit": { status: 429, type: "ThrottlingException", headers: soon, after: true },
  "case_c11 closed after the commit": { close: true, after: true },
};

for (const [name, fault] of Object.entries(faults)) {
  test(`one fault, one template: ${name}`, async () => {
    const instance = await newInstance(connect);
    proxy.play(fault);
    const made = await client(proxy.url, { maxAttempts: 3 }).send(new CreateTaskTemplateCommand(small(instance, "T")));
    assert.equal(made.$metadata.attempts, 2);
    assert.equal(proxy.attempts.length, 2);
    assert.equal(proxy.unused(), 0);
    assert.equal(new Set(proxy.attempts.map((one) => one.headers["amz-sdk-invocation-id"])).size, 1);
    const tokens = new Set(proxy.attempts.map((one) => JSON.parse(one.body).ClientToken));
    assert.equal(tokens.size, 1);
    assert.match([...tokens][0], /^[0-9a-f-]{36}$/);
    const { TaskTemplates } = await connect.send(new ListTaskTemplatesCommand({ InstanceId: instance.id }));
    assert.deepEqual(TaskTemplates.map((one) => one.Id), [made.Id]);
  });
}

test("r1_2_5 InternalServiceException after three attempts", async () => {
  proxy.play(...Array(3).fill({ status: 500, type: "InternalServiceException" }));
  const command = new GetTaskTemplateCommand({ InstanceId: devInstance, TaskTemplateId: randomUUID() });
  await assert.rejects(client(proxy.url, { maxAttempts: 3 }).send(command), (error) => {
    assert.ok(error instanceof InternalServiceException);
    assert.deepEqual([error.$metadata.attempts, error.$fault], [3, "server"]);
    return true;
  });
});

test("w6_3 refusals are not tried again", async () => {
  proxy.play();
  const command = new GetTaskTemplateCommand({ InstanceId: devInstance, TaskTemplateId: randomUUID() });
  await assert.rejects(client(proxy.url, { maxAttempts: 3 }).send(command), { name: "ResourceNotFoundException" });
  assert.equal(proxy.attempts.length, 1);
});

test("r1_9_1 the server's own 429 with its hint lets a stock client through", async () => {
  const strict = await startServer({ THROTTLE_RATE: 0.5, THROTTLE_BURST: 1 });
  try {
    const patient = client(strict.url, { maxAttempts: 10 });
    const attempts = [];
    for (let n = 0; n < 2; n++) {
      attempts.push((await patient.send(new ListTaskTemplatesCommand({ InstanceId: devInstance }))).$metadata.attempts);
    }
    assert.equal(attempts[0], 1);
    assert.ok(attempts[1] > 1, "nothing was throttled");
  } finally {
    await strict.stop();
  }
});

for (const minutes of [-10, 10]) {
  test(`case_c12 a clock ${minutes} minutes off is corrected from the answer`, async () => {
    const instance = await newInstance(connect);
    const Right = Date;
    class Wrong extends Right {
      constructor(...given) {
        super(...(given.length ? given : [Wrong.now()]));
      }
      static now() {
        return Right.now() + minutes * 60_000;
      }
    }
    globalThis.Date = Wrong;
    try {
      const off = client(server.url, { maxAttempts: 3 });
      const made = await off.send(new CreateTaskTemplateCommand(small(instance, "T")));
      assert.equal(made.$metadata.attempts, 2);
      const found = await off.send(new GetTaskTemplateCommand({ InstanceId: instance.id, TaskTemplateId: made.Id }));
      assert.equal(found.$metadata.attempts, 1);
      assert.equal(found.Name, "T");
    } finally {
      globalThis.Date = Right;
    }
  });
}
