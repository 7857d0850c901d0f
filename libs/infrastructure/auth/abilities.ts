import { createMongoAbility, type MongoAbility, type RawRuleOf } from '@casl/ability';
import type { Role } from '@ledgerdesk/kernel';
import { LRUCache } from 'lru-cache';
import type { ConditionalGrant, Permissions } from './permissions.js';
import type { Principal } from './principal.js';

/** Everything one principal may do. */
export type DeskAbility = MongoAbility;
export type AbilityRule = RawRuleOf<DeskAbility>;

/** A few hundred members work at one desk at a time; a rule set is about 2 kB. */
const MOST_REMEMBERED = 2_000;

/** Turns the permissions of all contexts into abilities. */
export class Abilities {
  readonly #remembered = new LRUCache<string, DeskAbility>({ max: MOST_REMEMBERED });

  constructor(private readonly contexts: readonly Permissions[]) {
    const subjects = contexts.flatMap((permissions) => Object.keys(permissions));
    const twice = subjects.find((subject, index) => subjects.indexOf(subject) !== index);
    if (twice !== undefined) throw new Error(`Two contexts give permissions for ${twice}.`);
  }

  /** The ability of a principal; the same object until the role of the member changes. */
  abilityFor(principal: Principal): DeskAbility {
    const key = `${principal.role}:${principal.memberId}`;
    const known = this.#remembered.get(key);
    if (known) return known;
    const ability = createMongoAbility(this.rulesFor(principal));
    this.#remembered.set(key, ability);
    return ability;
  }

  /** The same as plain rules, for a desk that hides what its member may not do. */
  rulesFor(principal: Principal): AbilityRule[] {
    return this.contexts.flatMap((permissions) =>
      Object.entries(permissions).flatMap(([subject, actions]) => {
        const granted = Object.entries(actions).map(([action, grants]) => ({ action, grants }));
        const plain = granted.filter(({ grants }) => grants.includes(principal.role)).map(({ action }) => action);
        const conditional = granted
          .filter(({ action }) => !plain.includes(action))
          .flatMap(({ action, grants }) =>
            grants
              .filter((grant) => isConditional(grant, principal.role))
              .map((grant) => ({ action, subject, conditions: grant.when(principal) })),
          );
        return plain.length > 0 ? [{ action: plain, subject }, ...conditional] : conditional;
      }),
    );
  }
}

function isConditional(grant: Role | ConditionalGrant, role: Role): grant is ConditionalGrant {
  return typeof grant === 'object' && grant.roles.includes(role);
}
