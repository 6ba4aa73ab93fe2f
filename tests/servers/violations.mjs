// violations.mjs FILE.jsonl: what front.mjs recorded, for people. Only the requests are ours; the emulator's answers are told in one line.
import fs from 'node:fs';

const exchanges = fs.readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
const bad = exchanges.filter(({ request }) => request.length > 0);
for (const { method, path, status, request, body } of bad) {
  for (const violation of request) console.log(`request violation: ${method} ${path} (${status}): ${violation}${body ? ` | sent: ${body}` : ''}`);
}
const count = (side) => exchanges.reduce((sum, exchange) => sum + exchange[side].length, 0);
console.log(`${count('request')} request violations in ${bad.length} of ${exchanges.length} exchanges`
  + ` (and ${count('response')} in the emulator's answers, which are not ours)`);
process.exitCode = bad.length > 0 ? 1 : exchanges.length > 0 ? 0 : 2;
