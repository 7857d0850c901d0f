import { type Decider, DomainError, type DomainEvent, Personal, seenLine, characters } from '@ledgerdesk/kernel';

const LONGEST_NAME = 100;

/** Makes somebody one of those who run the installation. @throws DomainError `platform-admin.name-invalid` */
export class AddPlatformAdmin {
  readonly name: string;

  constructor(
    readonly adminId: string,
    name: string,
  ) {
    this.name = seenLine(name);
    if (this.name === '' || characters(this.name) > LONGEST_NAME) {
      throw new DomainError('invalid', 'platform-admin.name-invalid', 'A name has 1 to 100 visible characters.');
    }
  }
}

export class RemovePlatformAdmin {
  constructor(readonly adminId: string) {}
}

export type PlatformAdminEvent =
  | DomainEvent<'PlatformAdminAdded', { readonly adminId: string; readonly name: Personal }>
  | DomainEvent<'PlatformAdminRemoved', { readonly adminId: string }>;

type State = 'unknown' | 'active' | 'removed';

/** Who runs, or has run, the installation. The streams belong to no tenant but to `PLATFORM_WORKSPACE`. */
export const platformAdminDecider: Decider<AddPlatformAdmin | RemovePlatformAdmin, State, PlatformAdminEvent> = {
  category: 'platform',
  initial: 'unknown',
  target: ({ adminId }) => adminId,
  decide(command, state) {
    const { adminId } = command;
    if (command instanceof RemovePlatformAdmin) {
      return state === 'active' ? [{ type: 'PlatformAdminRemoved', data: { adminId } }] : [];
    }
    if (state === 'active') return [];
    return [{ type: 'PlatformAdminAdded', data: { adminId, name: new Personal(adminId, command.name) } }];
  },
  evolve(state, { type }) {
    switch (type) {
      case 'PlatformAdminAdded':
        return 'active';
      case 'PlatformAdminRemoved':
        return 'removed';
      default:
        // Written by a newer release beside this one.
        return state;
    }
  },
};
