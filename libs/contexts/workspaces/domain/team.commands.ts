import { nameText } from './workspace-text.js';

/** @throws DomainError `team.name-empty`, `team.name-too-long`, like all that carry a name */
export class CreateTeam {
  readonly name: string;

  constructor(
    readonly teamId: string,
    name: string,
  ) {
    this.name = nameText(name, 'team');
  }
}

export class RenameTeam {
  readonly name: string;

  constructor(
    readonly teamId: string,
    name: string,
  ) {
    this.name = nameText(name, 'team');
  }
}

/** Whoever issues it has looked that the member exists. */
export class AddTeamMember {
  constructor(
    readonly teamId: string,
    readonly memberId: string,
  ) {}
}

export class RemoveTeamMember {
  constructor(
    readonly teamId: string,
    readonly memberId: string,
  ) {}
}

export class ArchiveTeam {
  constructor(readonly teamId: string) {}
}
