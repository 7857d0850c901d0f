// Checks docker-compose.yml against the Compose specification and against the rules for containers.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checkout } from '../services/places.mjs';
import { composeProblems, specificationProblems } from './compose-rules.mjs';

const compose = parse(readFileSync(join(checkout, 'docker-compose.yml'), 'utf8'), { merge: true });
const misfits = specificationProblems(compose);
const problems = misfits.length > 0 ? misfits : composeProblems(compose);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
