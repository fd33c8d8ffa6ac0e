// A loopback HTTP proxy that breaks things on purpose; the JavaScript twin of e2e/python/faultproxy.py.
//
// It hands on method, raw target, Host and body as they came, so signatures stay valid. A script holds one step for each
// request: undefined forwards; {status, type, headers} answers without asking the server; the same with `after: true`
// lets the server do the work first; {close: true} closes the connection instead of answering.

import http from "node:http";

export async function faultProxy(upstream) {
  const { hostname, port } = new URL(upstream);
  const script = [];
  const attempts = [];

  function ask(request, body) {
    return new Promise((resolve, reject) => {
      const headers = {};
      for (let at = 0; at < request.rawHeaders.length; at += 2) headers[request.rawHeaders[at]] = request.rawHeaders[at + 1];
      const outgoing = http.request({ hostname, port, method: request.method, path: request.url, headers, agent: false }, (answer) => {
        const chunks = [];
        answer.on("data", (chunk) => chunks.push(chunk));
        answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) }));
        answer.on("error", reject);
      });
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  }

  async function answer(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    attempts.push({ method: request.method, target: request.url, headers: request.headers, body: body.toString("utf8") });
    const step = script.shift();
    let found;
    if (!step || step.after) found = await ask(request, body);
    if (step?.close) return request.socket.destroy();
    if (step) {
      const type = step.type ? { "x-amzn-errortype": step.type } : {};
      found = {
        status: step.status,
        headers: { "content-type": "application/json", ...type, ...step.headers },
        body: step.body ?? '{"Message":"injected by the test"}',
      };
    }
    response.writeHead(found.status, found.headers);
    response.end(found.body);
  }

  const server = http.createServer((request, response) => answer(request, response).catch((error) => response.destroy(error)));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    attempts,
    play(...steps) {
      attempts.length = 0;
      script.push(...steps);
    },
    unused: () => script.length,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
