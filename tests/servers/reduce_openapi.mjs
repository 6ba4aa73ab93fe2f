// reduce_openapi.mjs IN.json OUT.json: GitHub's official OpenAPI description, made fit for judging our requests with Prism.
//
// Untouched, it judges nothing: it says `nullable: true` where no `type` stands beside it, Prism's validator (ajv) refuses to compile
// such a schema, and Prism then skips the body without a word. It also is 12 MB, of which we need a handful of paths. So this
//   1. keeps the paths an issue client has any business with (any other path is then reported as unknown),
//   2. writes "nullable without type" as an alternative of its own: anyOf [..., null],
//   3. closes request bodies: GitHub ignores a member it does not know, so a misspelt one would go unnoticed,
//   4. drops examples and every component nothing refers to any more.
import fs from 'node:fs';

const [input, output] = process.argv.slice(2);
const wanted = /^\/(repos\/\{owner\}\/\{repo\}(\/(issues|labels)(\/.*)?)?|user|rate_limit)$/;
const description = JSON.parse(fs.readFileSync(input, 'utf8'));

function* nodes(value) {
  if (value === null || typeof value !== 'object') return;
  yield value;
  for (const child of Object.values(value)) yield* nodes(child);
}

const resolve = (reference) => reference.slice(2).split('/')
  .map((key) => decodeURIComponent(key).replace(/~1/g, '/').replace(/~0/g, '~'))
  .reduce((value, key) => value[key], description);

// 1
for (const path of Object.keys(description.paths)) if (!wanted.test(path)) delete description.paths[path];
delete description['x-webhooks'];
delete description.webhooks;

// 4, first half: whatever the kept paths reach
const used = new Set();
const follow = (value) => {
  for (const { $ref } of nodes(value)) {
    if (typeof $ref !== 'string' || !$ref.startsWith('#/') || used.has($ref)) continue;
    used.add($ref);
    follow(resolve($ref));
  }
};
follow(description.paths);
for (const [section, members] of Object.entries(description.components)) {
  for (const name of Object.keys(members)) if (!used.has(`#/components/${section}/${name}`)) delete members[name];
}

// 2
let mended = 0;
for (const schema of nodes(description)) {
  if (schema.nullable !== true || schema.type !== undefined || schema.$ref !== undefined) continue;
  delete schema.nullable;
  const nothing = { enum: [null] };
  if (schema.oneOf) schema.oneOf.push(nothing);
  else if (schema.anyOf) schema.anyOf.push(nothing);
  else if (schema.allOf) { schema.anyOf = [{ allOf: schema.allOf }, nothing]; delete schema.allOf; }
  mended++;
}

// 3, and the examples' half of 4
let closed = 0;
for (const operations of Object.values(description.paths)) {
  for (const { requestBody } of Object.values(operations)) {
    const schema = requestBody?.content?.['application/json']?.schema;
    for (const object of [schema, ...(schema?.oneOf ?? []), ...(schema?.anyOf ?? [])]) {
      if (object?.properties && object.additionalProperties === undefined) { object.additionalProperties = false; closed++; }
    }
  }
}
for (const node of nodes(description.paths)) if (node.content) for (const media of Object.values(node.content)) delete media.examples;

fs.writeFileSync(output, JSON.stringify(description));
console.log(`${output}: ${Object.keys(description.paths).length} paths, ${mended} nullable mended, ${closed} request bodies closed`);
