import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Answer } from '@ledgerdesk/http';
import { DomainError } from '@ledgerdesk/kernel';
import { type WorkspaceView, workspaceView } from '../http/workspace.schemas.js';
import { Directory } from './directory.js';

/** How is the workspace set up? */
export class GetWorkspace extends Query<Answer<WorkspaceView>> {
  constructor(readonly workspaceId: string) {
    super();
  }
}

@QueryHandler(GetWorkspace)
export class GetWorkspaceHandler implements IQueryHandler<GetWorkspace> {
  constructor(@Inject(Directory) private readonly directory: Directory) {}

  /** @throws DomainError not-found `workspace.not-found` */
  async execute({ workspaceId }: GetWorkspace): Promise<Answer<WorkspaceView>> {
    const workspace = await this.directory.workspace(workspaceId);
    if (!workspace) throw new DomainError('not-found', 'workspace.not-found', 'There is no such workspace.');
    return new Answer(workspaceView(workspace), { version: workspace.version });
  }
}
