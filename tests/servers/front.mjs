// front.mjs STATE_DIR DESCRIPTION.json: the addresses the tests talk to. Ports come from the environment: EMULATOR_PORT, PRISM_PORT,
// REPLAY_PORT, PLAIN_PORT, CONTRACT_PORT (see github.sh).
//
//   client -> PLAIN_PORT    -> emulator
//   client -> CONTRACT_PORT -> emulator, then the same exchange -> Prism -> REPLAY_PORT (the emulator's answer, once more)
//
// It looks like a GitHub Enterprise Server: the API is at /api/v3, and links in answers point at the address the client used.
// Prism re-encodes bodies and follows redirects, so it sits beside the exchange, not in it: the client's bytes reach the emulator as they
// are, Prism is asked before the client gets its answer, and the verdict is appended to STATE_DIR/violations.jsonl. Nothing is refused.
import fs from 'node:fs';
import http from 'node:http';

const [state, descriptionFile] = process.argv.slice(2);
const port = (name) => Number(process.env[`${name}_PORT`]);
const log = `${state}/violations.jsonl`;
const apiPrefix = '/api/v3';
const emulatorBase = /http:\/\/emulator\.invalid(\/(?:repos|users|orgs)\/)?/g;  // baseUrl of the emulator's seed, see github.sh
const hopByHop = ['connection', 'keep-alive', 'transfer-encoding', 'proxy-connection', 'upgrade', 'expect', 'content-length'];

const endToEnd = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.includes(name)));

async function read(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const send = (to, { method, path, headers, body }) => new Promise((resolve, reject) => {
  const length = body.length > 0 || 'content-length' in headers ? { 'content-length': body.length } : {};
  const options = { host: '127.0.0.1', port: to, method, path, headers: { ...headers, ...length }, maxHeaderSize: 1 << 20, timeout: 20_000 };
  http.request(options, (response) => read(response).then(
    (answer) => resolve({ status: response.statusCode, headers: endToEnd(response.headers), body: answer }), reject))
    .on('timeout', function () { this.destroy(new Error('no answer in 20 s')); })
    .on('error', reject)
    .end(body);
});

const reply = (response, { status, headers, body }) => response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);

// --- what Prism does not look at -------------------------------------------------------------------------------------------------------
const description = JSON.parse(fs.readFileSync(descriptionFile, 'utf8'));
const deref = (item) => (item.$ref ? item.$ref.slice(2).split('/').reduce((value, key) => value[key], description) : item);
const routes = Object.entries(description.paths).map(([path, item]) => ({
  pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`), literals: path.replace(/\{\w+\}/g, '').length, item,
})).sort((a, b) => b.literals - a.literals);

// GitHub's limits in characters; its description does not tell them and the emulator does not keep them.
function tooLong(body) {
  let json;
  try { json = JSON.parse(body); } catch { return []; }  // Prism reports what is no JSON
  const over = (name, text, limit) => (typeof text === 'string' && [...text].length > limit
    ? [`request.body.${name} ${[...text].length} characters, GitHub takes ${limit}`] : []);
  const labels = Array.isArray(json?.labels) ? json.labels : [];
  return [...over('title', json?.title, 256), ...over('body', json?.body, 65536), ...over('name', json?.name, 50),
    ...labels.flatMap((label) => over('labels', label?.name ?? label, 50))];
}

function ownFindings({ method, path, headers, body }) {
  const { pathname, searchParams } = new URL(path, 'http://front');
  const item = routes.find(({ pattern }) => pattern.test(pathname))?.item;
  const operation = item?.[method.toLowerCase()];
  const findings = tooLong(body);
  if (!headers['user-agent']) findings.push('request.header GitHub refuses requests without a User-Agent');
  if (!operation) return findings;  // Prism reports the unknown route
  const known = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(deref).filter((p) => p.in === 'query').map((p) => p.name);
  for (const name of searchParams.keys()) if (!known.includes(name)) findings.push(`request.query.${name} unknown parameter, ignored by GitHub`);
  return findings;
}

// --- Prism's verdict -------------------------------------------------------------------------------------------------------------------
const answers = new Map();  // exchange id -> the emulator's answer, waiting for Prism to fetch it
let exchanges = 0;

function parseViolations(header) {
  const text = ({ location, message }) => ({ side: location[0], text: `${location.join('.')} ${message}` });
  try { return JSON.parse(header).map(text); } catch { /* Prism cuts the list at 8 KB: take what is whole */ }
  const whole = header.match(/\{"location":\[[^\]]*\],"severity":"[^"]*"(?:,"code":[^,]*)?,"message":"(?:[^"\\]|\\.)*"\}/g) ?? [];
  const cutInRequest = !header.includes('"location":["response"');
  return [...whole.map((object) => text(JSON.parse(object))), { side: cutInRequest ? 'request' : 'response', text: 'more, cut off by Prism' }];
}

async function judge(request, answer) {
  const id = String(++exchanges);
  answers.set(id, answer);
  const verdict = { request: ownFindings(request), response: [] };
  try {
    const opinion = await send(port('PRISM'), { ...request, headers: { ...request.headers, 'x-exchange': id } });
    if (answers.has(id)) verdict.request.push(`request refused by Prism: ${opinion.status} ${opinion.body}`);
    else if (opinion.status !== answer.status) verdict.request.push(`no verdict, Prism failed: ${opinion.status} ${opinion.body}`);
    const header = opinion.headers['sl-violations'];
    if (header) for (const { side, text } of parseViolations(header)) verdict[side].push(text);
  } catch (error) {
    verdict.request.push(`no verdict: ${error.message}`);  // silence of the judge must not look like innocence
  }
  answers.delete(id);
  const sent = verdict.request.length > 0 ? { body: request.body.toString().slice(0, 2000) } : {};
  const { method, path } = request;
  fs.appendFileSync(log, `${JSON.stringify({ time: new Date().toISOString(), method, path, status: answer.status, ...verdict, ...sent })}\n`);
}

const replay = async (incoming, response) => {
  await read(incoming);
  const id = incoming.headers['x-exchange'];
  const { status, headers, body } = answers.get(id) ?? { status: 404, headers: {}, body: Buffer.alloc(0) };
  answers.delete(id);
  const { location, ...others } = headers;  // or Prism would follow it
  reply(response, { status, headers: others, body });
};

// --- the front -------------------------------------------------------------------------------------------------------------------------
function present(answer, origin, prefix) {
  const headers = { ...answer.headers };
  for (const name of ['link', 'location']) {
    if (headers[name]) headers[name] = headers[name].replace(/https?:\/\/[^/]+(?=\/(?:repos|repositories|user)\b)/g, origin + prefix);
  }
  const body = answer.body.toString('latin1').replace(emulatorBase, (_, api) => (api ? origin + prefix + api : origin));  // latin1: bytes stay bytes
  return { ...answer, headers, body: Buffer.from(body, 'latin1') };
}

const front = (judged) => async (incoming, response) => {
  try {
    const prefix = incoming.url.startsWith(`${apiPrefix}/`) ? apiPrefix : '';
    const { 'x-forwarded-proto': scheme = 'http', host } = incoming.headers;
    const headers = { ...endToEnd(incoming.headers), 'accept-encoding': 'identity' };
    if ('content-length' in incoming.headers) headers['content-length'] = incoming.headers['content-length'];
    const request = { method: incoming.method, path: incoming.url.slice(prefix.length), headers, body: await read(incoming) };
    const answer = present(await send(port('EMULATOR'), request), `${scheme}://${host}`, prefix);
    if (judged) await judge(request, answer);
    reply(response, answer);
  } catch (error) {
    console.error(error);
    response.writeHead(502).end(`front.mjs: ${error.message}`);
  }
};

fs.writeFileSync(log, '');
http.createServer(replay).listen(port('REPLAY'), '127.0.0.1');
http.createServer(front(false)).listen(port('PLAIN'), '127.0.0.1');
http.createServer(front(true)).listen(port('CONTRACT'), '127.0.0.1');
