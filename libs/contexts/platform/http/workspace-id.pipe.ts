import type { PipeTransform } from '@nestjs/common';
import { ProblemError } from '@ledgerdesk/http';
import { platformWorkspaceProblems as problems } from './platform-workspace.problems.js';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** What is no id can not be a workspace's: the same answer as for one that does not exist. */
export class WorkspaceIdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (UUID.test(id)) return id;
    throw new ProblemError(problems.notFound);
  }
}
