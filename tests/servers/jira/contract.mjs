// contract.mjs DESCRIPTION.json SCHEMA.json RECORDS.jsonl: holds what was sent to Jira Cloud against Atlassian's own words.
//   DESCRIPTION.json  Atlassian's OpenAPI description of Jira Cloud's REST API, version 3
//   SCHEMA.json       the JSON schema of Atlassian Document Format
//   RECORDS.jsonl     lines {"method","target","headers","body"} (requests) and {"document"} (documents as text)
// Requests are judged by Prism, and by what Prism lets pass: unknown members and parameters. A path that the description lacks is told,
// and must be one of those that are known to be newer than it. Documents, and those inside requests, are judged by ajv. Before all that,
// requests and documents that are wrong in one way each prove that the judges notice.
// Ends with 0 where everything holds; 1 where something does not; 2 where nothing was judged.
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import os from 'node:os';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

const [descriptionFile, schemaFile, recordsFile, tools] = process.argv.slice(2);
const require = createRequire(path.resolve(tools, 'package.json'));
const Ajv = require('ajv');

// Newer than the description; each stands in https://developer.atlassian.com/cloud/jira/platform/rest/v3/.
const newer = [
  { method: 'POST', path: '/rest/api/3/search/jql', members: ['jql', 'fields', 'maxResults', 'nextPageToken', 'reconcileIssues'] },
  { method: 'GET', path: /^\/rest\/api\/3\/issue\/createmeta\/[^/]+\/issuetypes(\/[^/]+)?$/, parameters: ['startAt', 'maxResults'] },
];

// --- the description, made fit: only requests are judged, and their bodies are closed ---------------------------------------------------
const description = JSON.parse(fs.readFileSync(descriptionFile, 'utf8'));
const wanted = /^\/rest\/api\/3\/(issue(\/\{issueIdOrKey\}(\/(comment|transitions|properties\/\{propertyKey\}))?)?|field|mypermissions|myself|project\/\{projectIdOrKey\}|project\/search)$/;
for (const key of Object.keys(description.paths)) if (!wanted.test(key)) delete description.paths[key];
const deref = (value) => (value?.$ref ? value.$ref.slice(2).split('/').reduce((at, key) => at[key], description) : value);
const routes = [];
for (const [route, operations] of Object.entries(description.paths)) {
  for (const [method, operation] of Object.entries(operations)) {
    if (!operation.responses) continue;
    for (const response of Object.values(operation.responses)) { delete response.content; delete response.headers; }
    const media = operation.requestBody?.content?.['application/json'];
    if (media) { delete media.example; delete media.examples; }
    const body = deref(media?.schema);
    if (body?.properties) body.additionalProperties = false;
    const parameters = [...(operations.parameters ?? []), ...(operation.parameters ?? [])].map(deref).filter((p) => p.in === 'query');
    routes.push({ method: method.toUpperCase(), pattern: new RegExp(`^${route.replace(/\{\w+\}/g, '[^/]+')}$`), known: parameters.map((p) => p.name) });
  }
}
delete description['x-webhooks'];

// --- documents --------------------------------------------------------------------------------------------------------------------------
const schema = JSON.parse(fs.readFileSync(schemaFile, 'utf8'));
delete schema.$schema; // draft-04, of which nothing is used that later drafts read otherwise
const holds = new Ajv({ strict: false, allErrors: false, validateFormats: false }).compile(schema);
const isDocument = (value) => value !== null && typeof value === 'object' && value.type === 'doc';
function* documentsIn(value) {
  if (value === null || typeof value !== 'object') return;
  if (isDocument(value)) yield value;
  else for (const child of Object.values(value)) yield* documentsIn(child);
}
function documentFindings(value) {
  if (!isDocument(value)) return ['no document'];
  return holds(value) ? [] : holds.errors.slice(0, 3).map((e) => `${e.instancePath || '/'} ${e.message}`);
}

// --- requests ---------------------------------------------------------------------------------------------------------------------------
const parse = (text) => { try { return JSON.parse(text); } catch { return undefined; } };

function newerFindings({ method, target, body }) {
  const { pathname, searchParams } = new URL(target, 'http://jira');
  const known = newer.find((one) => one.method === method && (typeof one.path === 'string' ? one.path === pathname : one.path.test(pathname)));
  if (!known) return [`the description has no ${method} ${pathname}`];
  const strangers = [...searchParams.keys()].filter((name) => !(known.parameters ?? []).includes(name)).map((name) => `unknown parameter ${name}`);
  const members = Object.keys(parse(body) ?? {}).filter((name) => !(known.members ?? []).includes(name)).map((name) => `unknown member ${name}`);
  const ids = parse(body)?.reconcileIssues ?? [];
  return [...strangers, ...members, ...(ids.every(Number.isInteger) && ids.length <= 50 ? [] : ['reconcileIssues are at most 50 numbers'])];
}

async function findings(request, prism) {
  const { pathname, searchParams } = new URL(request.target, 'http://jira');
  const body = parse(request.body);
  const inside = [...documentsIn(body)].flatMap(documentFindings);
  if (request.body && body === undefined) inside.push('the body is no JSON');
  const route = routes.find(({ method, pattern }) => method === request.method && pattern.test(pathname));
  if (!route) return { judged: 'newer', found: [...inside, ...newerFindings(request)] };
  const strangers = [...searchParams.keys()].filter((name) => !route.known.includes(name)).map((name) => `unknown parameter ${name}`);
  const reply = await fetch(prism + request.target, {
    method: request.method, headers: { ...request.headers }, body: request.body || undefined,
  });
  await reply.text();
  const told = parse(reply.headers.get('sl-violations') ?? '[]') ?? [{ location: ['request'], message: reply.headers.get('sl-violations') }];
  const violations = told.filter(({ location }) => location[0] === 'request').map(({ location, message }) => `${location.join('.')} ${message}`);
  if (reply.status >= 400 && violations.length === 0) violations.push(`refused with ${reply.status}`);
  return { judged: 'prism', found: [...inside, ...strangers, ...violations] };
}

// --- Prism ------------------------------------------------------------------------------------------------------------------------------
const freePort = () => new Promise((resolve) => {
  const server = net.createServer().listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => resolve(port)); });
});
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'argus_ticket_jira.'));
const reduced = path.join(folder, 'jira.json');
fs.writeFileSync(reduced, JSON.stringify(description));
const port = await freePort();
const child = spawn(process.execPath, [path.resolve(tools, 'node_modules/@stoplight/prism-cli/dist/index.js'), 'mock', '-h', '127.0.0.1',
  '-p', String(port), '-v', 'warn', reduced], { stdio: 'ignore' });
const prism = `http://127.0.0.1:${port}`;
process.on('exit', () => { child.kill(); fs.rmSync(folder, { recursive: true, force: true }); });
for (let i = 0; ; ++i) {
  try { await fetch(`${prism}/`); break; } catch { /* not yet */ }
  if (i === 200 || child.exitCode !== null) { console.error('contract.mjs: Prism did not start'); process.exit(2); }
  await new Promise((resolve) => { setTimeout(resolve, 100); });
}

// --- the judges notice -------------------------------------------------------------------------------------------------------------------
const headers = { authorization: 'Basic eDp5', accept: 'application/json', 'content-type': 'application/json' };
const text = (content) => ({ version: 1, type: 'doc', content: [{ type: 'paragraph', content }] });
const request = (method, target, body) => ({ method, target: `/rest/api/3/${target}`, headers, body: body === undefined ? '' : JSON.stringify(body) });
const good = [
  request('GET', 'issue/NET-1?fields=summary,status&properties=argus-ticket'),
  request('POST', 'issue', { fields: { summary: 'x', description: text([{ type: 'text', text: 'x' }]) }, properties: [{ key: 'a', value: { b: 1 } }] }),
  request('POST', 'search/jql', { jql: 'project = X', reconcileIssues: [10001] }),
];
const bad = [
  request('POST', 'issue', { feilds: {} }),
  request('POST', 'issue', { fields: [] }),
  request('POST', 'issue', { fields: {}, properties: {} }),
  request('POST', 'issue', { fields: {}, properties: [{ name: 'a', value: 1 }] }),
  request('POST', 'issue', { fields: { description: text([{ type: 'text', text: '' }]) } }),
  request('POST', 'issue/NET-1/comment', { text: 'x' }),
  request('POST', 'issue/NET-1/comment', { body: text([{ type: 'mention' }]) }),
  request('POST', 'issue/NET-1/transitions', { transition: '1' }),
  request('PUT', 'issue/NET-1', { update: { labels: { add: 'x' } } }),
  request('GET', 'issue/NET-1?propreties=a'),
  request('GET', 'issue/NET-1/comment?startAt=first'),
  request('GET', 'isue/NET-1'),
  request('POST', 'search/jql', { query: 'project = X' }),
  request('POST', 'search/jql', { jql: 'project = X', reconcileIssues: ['10001'] }),
  { ...request('POST', 'issue'), body: '{' },
];
const badDocuments = [
  {}, { version: 1, type: 'doc' }, { version: 1, type: 'doc', content: [{ type: 'text', text: 'x' }] }, text([{ type: 'text' }]),
  text([{ type: 'text', text: 'x', marks: [{ type: 'link', attrs: {} }] }]), text([{ type: 'text', text: 'x', marks: [{ type: 'blink' }] }]),
  { version: 1, type: 'doc', content: [{ type: 'bulletList', content: [] }] },
  { version: 1, type: 'doc', content: [{ type: 'table', content: [{ type: 'tableRow', content: [{ type: 'tableCell', content: [{ type: 'text', text: 'x' }] }] }] }] },
];
const unnoticed = [];
for (const one of good) for (const what of (await findings(one, prism)).found) unnoticed.push(`taken for bad: ${one.method} ${one.target}: ${what}`);
for (const one of bad) if ((await findings(one, prism)).found.length === 0) unnoticed.push(`not noticed: ${one.method} ${one.target} ${one.body}`);
for (const one of badDocuments) if (documentFindings(one).length === 0) unnoticed.push(`not noticed: ${JSON.stringify(one)}`);
if (unnoticed.length > 0) { console.error(unnoticed.join('\n')); process.exit(1); }
console.log(`selftest: ${good.length} good requests passed, ${bad.length} bad ones and ${badDocuments.length} bad documents were noticed`);

// --- what was sent ----------------------------------------------------------------------------------------------------------------------
const records = fs.readFileSync(recordsFile, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
const counts = { prism: 0, newer: 0, documents: 0 };
const kinds = new Set();
let violations = 0;
for (const record of records) {
  if (record.document !== undefined) {
    ++counts.documents;
    for (const what of documentFindings(parse(record.document))) { ++violations; console.log(`violation: document: ${what} | ${record.document.slice(0, 500)}`); }
    continue;
  }
  const { judged, found } = await findings(record, prism);
  ++counts[judged];
  const { pathname } = new URL(record.target, 'http://jira');
  kinds.add(`${judged === 'newer' ? 'not in the description: ' : ''}${record.method} ${pathname.replace(/NET-\d+|\b\d{5}\b/g, '{id}')}`);
  for (const what of found) { ++violations; console.log(`violation: ${record.method} ${record.target}: ${what} | sent: ${record.body.slice(0, 500)}`); }
}
for (const kind of [...kinds].sort()) console.log(kind);
console.log(`${violations} violations in ${counts.prism} requests that the description has, ${counts.newer} that are newer than it, and ${counts.documents} documents`);
process.exit(violations > 0 ? 1 : counts.prism > 0 && counts.newer > 0 && counts.documents > 0 ? 0 : 2);
