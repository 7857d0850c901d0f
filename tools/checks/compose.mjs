// Checks docker-compose.yml against the part of the Compose specification that it uses, and against the rules for containers.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { checkout } from '../services/places.mjs';
import { composeProblems, composeSchema } from './compose-rules.mjs';

const compose = parse(readFileSync(join(checkout, 'docker-compose.yml'), 'utf8'), { merge: true });
const isValid = new Ajv({ allErrors: true }).compile(composeSchema);
const problems = isValid(compose)
  ? composeProblems(compose)
  : isValid.errors.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
