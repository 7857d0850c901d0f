import { type Role, ROLES } from '@ledgerdesk/kernel';
import type { Permissions } from './permissions.js';

/** One line of the catalogue: what a custom role that has it may do. */
export interface GrantablePermission {
  /** Subject → actions, each of which some context gives to a role other than the owner. */
  readonly opens: Readonly<Record<string, readonly string[]>>;
  /** Other lines without which this one makes no sense. */
  readonly needs?: readonly string[];
}

/**
 * The share of one context in what custom roles are made of: a closed list, with one name for people for each line. No rule and no
 * condition ever comes from outside, only names of this list.
 * @example { 'teams.manage': { opens: { Team: ['create', 'edit', 'archive'] } } }
 */
export type Grantable = Readonly<Record<string, GrantablePermission>>;

/** All lines of all contexts, in the order in which people see them. */
export class Catalogue {
  readonly #lines: ReadonlyMap<string, GrantablePermission>;

  /** @throws Error when a line is there twice, needs one that is not there, or opens what nobody, or the owner alone, may do */
  constructor(
    private readonly permissions: readonly Permissions[],
    grantable: readonly Grantable[],
  ) {
    const lines = grantable.flatMap((share) => Object.entries(share));
    this.#lines = new Map(lines);
    if (this.#lines.size < lines.length) throw new Error('Two contexts name the same permission.');
    for (const [name, line] of lines) this.#refuseWrong(name, line);
  }

  get lines(): readonly (GrantablePermission & { readonly name: string })[] {
    return [...this.#lines].map(([name, line]) => ({ name, ...line }));
  }

  has(name: string): boolean {
    return this.#lines.has(name);
  }

  /** The first line that opens an action, for whoever asks what a role would need. */
  lineOf(subject: string, action: string): string | undefined {
    return this.lines.find(({ opens }) => Object.hasOwn(opens, subject) && opens[subject]?.includes(action) === true)
      ?.name;
  }

  /** The lines that one of the six roles amounts to. */
  of(role: Role): readonly string[] {
    return this.lines
      .filter(({ opens }) => pairs(opens).every(([subject, action]) => this.#grants(subject, action, role)))
      .map(({ name }) => name);
  }

  /** Lines that `names` need and do not hold. */
  missingFrom(names: readonly string[]): readonly string[] {
    const needed = names.flatMap((name) => this.#lines.get(name)?.needs ?? []);
    return [...new Set(needed)].filter((name) => !names.includes(name));
  }

  /** Whether a custom role with these lines may do this; what every role may do needs no line. */
  opens(names: readonly string[], subject: string, action: string): boolean {
    const opening = this.lines.filter(({ opens }) => opens[subject]?.includes(action) === true);
    if (opening.length > 0) return opening.some(({ name }) => names.includes(name));
    return ROLES.every((role) => this.#grants(subject, action, role));
  }

  #grants(subject: string, action: string, role: Role): boolean {
    const grants = this.permissions.flatMap((permissions) => permissions[subject]?.[action] ?? []);
    return grants.some((grant) => (typeof grant === 'string' ? grant === role : grant.roles.includes(role)));
  }

  #refuseWrong(name: string, { opens, needs = [] }: GrantablePermission): void {
    const missing = needs.find((other) => !this.#lines.has(other));
    if (missing !== undefined) throw new Error(`${name} needs ${missing}, which is not in the catalogue.`);
    for (const [subject, action] of pairs(opens)) {
      if (ROLES.some((role) => role !== 'owner' && this.#grants(subject, action, role))) continue;
      throw new Error(`${name} opens ${action} ${subject}, which is not for anybody but the owner.`);
    }
  }
}

function pairs(opens: GrantablePermission['opens']): readonly (readonly [string, string])[] {
  return Object.entries(opens).flatMap(([subject, actions]) => actions.map((action) => [subject, action] as const));
}
