import { DomainError } from '@ledgerdesk/kernel';
import { MOST_PERMISSIONS } from './role.js';
import { nameText } from './workspace-text.js';

/** Whoever issues these has looked that the permissions are in the catalogue and not beyond the asker's own. */
export class DefineRole {
  readonly name: string;
  readonly permissions: readonly string[];

  /** @throws DomainError `role.name-empty`, `role.name-too-long`, `role.without-permission` */
  constructor(
    readonly roleId: string,
    name: string,
    permissions: readonly string[],
  ) {
    this.name = nameText(name, 'role');
    this.permissions = ordered(permissions);
  }
}

/** Changes what is given and leaves the rest. Throws like `DefineRole`. */
export class ChangeRole {
  readonly content: { readonly name?: string; readonly permissions?: readonly string[] };

  constructor(
    readonly roleId: string,
    { name, permissions }: { readonly name?: string | undefined; readonly permissions?: readonly string[] | undefined },
  ) {
    this.content = {
      ...(name !== undefined && { name: nameText(name, 'role') }),
      ...(permissions !== undefined && { permissions: ordered(permissions) }),
    };
  }
}

/** Whoever issues it has looked that nobody has the role. */
export class RetireRole {
  constructor(readonly roleId: string) {}
}

function ordered(permissions: readonly string[]): readonly string[] {
  const each = [...new Set(permissions)].toSorted();
  if (each.length > 0 && each.length <= MOST_PERMISSIONS) return each;
  throw new DomainError('invalid', 'role.without-permission', 'Choose at least one permission for the role.');
}
