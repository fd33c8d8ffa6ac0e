// STS GetCallerIdentity, which programs call at their start to see whose credentials they have (as-code 3).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { startServer } from "../lib/server.mjs";

let server;
before(async () => {
  server = await startServer();
});
after(() => server?.stop());

const sts = (secretAccessKey, accessKeyId = "test") =>
  new STSClient({ endpoint: server.url, region: "us-east-1", credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 });

test("as-code 3.1, 3.2: whose credentials they are", async () => {
  const { $metadata, ...answer } = await sts("test").send(new GetCallerIdentityCommand());
  assert.deepEqual(answer, { UserId: "test", Account: "000000000000", Arn: "arn:aws:iam::000000000000:user/administrator" });
  assert.match($metadata.requestId, /^[0-9a-f-]{36}$/);
});

test("as-code 3.3: a wrong secret and an unknown key", async () => {
  for (const [client, name] of [[sts("wrong"), "SignatureDoesNotMatch"], [sts("test", "AKIANOSUCHKEY"), "InvalidClientTokenId"]]) {
    await assert.rejects(client.send(new GetCallerIdentityCommand()), (error) => {
      assert.deepEqual([error.name, error.$metadata.httpStatusCode, error.$fault], [name, 403, "client"]);
      return true;
    });
  }
});
