import type { PipeTransform } from '@nestjs/common';
import { ProblemError } from '@ledgerdesk/http';
import { apiKeyProblems } from './api-keys.problems.js';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** What is no id can not be a key's: the same answer as for one of another workspace. */
export class ApiKeyIdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (UUID.test(id)) return id;
    throw new ProblemError(apiKeyProblems.notFound);
  }
}
