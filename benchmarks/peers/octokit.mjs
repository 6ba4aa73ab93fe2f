// @octokit/rest on Node.js, as its documentation has it; see rounds.hpp for what a peer does. The
// test CA is trusted through NODE_EXTRA_CA_CERTS.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Octokit } from '@octokit/rest';

const [port, , folder, texts] = process.argv.slice(2);
const ticket = JSON.parse(readFileSync(`${folder}/${texts}.ticket.json`, 'utf8'));
const octokit = new Octokit({ auth: 'benchmark', baseUrl: `https://localhost:${port}/api/v3` });

async function open(count, inFlight) {
  let left = count;
  await Promise.all(Array.from({ length: inFlight }, async () => {
    while (left-- > 0) {
      const { data } = await octokit.rest.issues.create(
        { owner: 'octo', repo: texts, title: ticket.title, body: ticket.body, labels: ticket.labels });
      if (!(data.number > 0) || !data.html_url.startsWith('https://')) throw new Error('no ticket');
    }
  }));
}

for await (const line of createInterface({ input: process.stdin })) {
  const [count, inFlight] = line.split(' ').map(Number);
  await open(inFlight, inFlight);
  const cpu = process.cpuUsage();
  const begin = process.hrtime.bigint();
  await open(count, inFlight);
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  const used = process.cpuUsage(cpu);
  console.log(`${seconds} ${(used.user + used.system) / 1e6}`);
}
