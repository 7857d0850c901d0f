import {
  createMongoAbility,
  type MongoAbility,
  type MongoQuery,
  type RawRuleOf,
  subject as tagged,
} from '@casl/ability';
import type { RoleName, Sight } from '@ledgerdesk/kernel';
import { LRUCache } from 'lru-cache';
import { Catalogue, type Grantable } from './catalogue.js';
import type { ConditionalGrant, ImpersonatedMay, Permissions } from './permissions.js';
import type { Principal } from './principal.js';

/** Everything one principal may do. */
export type DeskAbility = MongoAbility;
export type AbilityRule = RawRuleOf<DeskAbility>;

interface Remembered {
  readonly ability: DeskAbility;
  readonly sight: Sight | undefined;
}

/** A few hundred members work at one desk at a time; a rule set is about 2 kB. */
const MOST_REMEMBERED = 2_000;

/** Turns the permissions of all contexts into abilities. */
export class Abilities {
  readonly #remembered = new LRUCache<string, Remembered>({ max: MOST_REMEMBERED });

  /** What custom roles are made of. */
  readonly catalogue: Catalogue;

  constructor(
    private readonly contexts: readonly Permissions[],
    grantable: readonly Grantable[] = [],
    private readonly impersonatedMay: ImpersonatedMay = {},
  ) {
    this.catalogue = new Catalogue(contexts, grantable);
    const subjects = contexts.flatMap((permissions) => Object.keys(permissions));
    const twice = subjects.find((subject, index) => subjects.indexOf(subject) !== index);
    if (twice !== undefined) throw new Error(`Two contexts give permissions for ${twice}.`);
  }

  /** Whether some role may do this at all. */
  knows(subject: string, action: string): boolean {
    return this.contexts.some(
      (permissions) => Object.hasOwn(permissions, subject) && Object.hasOwn(permissions[subject] ?? {}, action),
    );
  }

  /** The ability of a principal; the same object until the role of the member, or what they see, changes. */
  abilityFor(principal: Principal): DeskAbility {
    return this.#of(principal).ability;
  }

  /** What commands of a principal are held against; `undefined` for one who sees everything of whatever they may read. */
  sightOf(principal: Principal): Sight | undefined {
    return this.#of(principal).sight;
  }

  #of(principal: Principal): Remembered {
    const { memberId, role, permissions, confinedTo, impersonation } = principal;
    const key = JSON.stringify([memberId, role, permissions, confinedTo, impersonation !== undefined]);
    const known = this.#remembered.get(key);
    if (known) return known;
    const ability = createMongoAbility(this.rulesFor(principal));
    const remembered = {
      ability,
      sight: sightBy(
        ability,
        this.contexts.flatMap((permissions) => Object.keys(permissions)),
      ),
    };
    this.#remembered.set(key, remembered);
    return remembered;
  }

  /** The same as plain rules, for a desk that hides what its member may not do. */
  rulesFor(principal: Principal): AbilityRule[] {
    return this.contexts.flatMap((permissions) =>
      Object.entries(permissions).flatMap(([subject, actions]) => {
        const granted = this.#left(principal, subject, Object.entries(actions)).map(([action, grants]) => ({
          action,
          conditions: this.#conditionsOf(subject, action, grants, principal),
        }));
        const plain = granted.filter(({ conditions }) => conditions === 'none').map(({ action }) => action);
        const conditional = granted.flatMap(({ action, conditions }) =>
          conditions === 'none' ? [] : conditions.map((condition) => ({ action, subject, conditions: condition })),
        );
        return plain.length > 0 ? [{ action: plain, subject }, ...conditional] : conditional;
      }),
    );
  }

  /** Of the actions of a subject, those that are left for who asks. */
  #left<Grants>({ impersonation }: Principal, subject: string, actions: [string, Grants][]): [string, Grants][] {
    if (!impersonation) return actions;
    return actions.filter(([action]) => this.impersonatedMay[subject]?.includes(action));
  }

  /** Where a principal may do something: without conditions, or where one of these holds; an empty list is nowhere. */
  #conditionsOf(
    subject: string,
    action: string,
    grants: Permissions[string][string],
    principal: Principal,
  ): 'none' | readonly MongoQuery[] {
    const { role, permissions } = principal;
    const isOpen = permissions !== undefined && this.catalogue.opens(permissions, subject, action);
    const holding = grants
      .filter(isConditional)
      .filter(({ roles }) => isOpen || roles.some((each) => each === role))
      .flatMap((grant) => grant.when(principal));
    if (holding.some((condition) => Object.keys(condition).length === 0)) return 'none';
    const isPlain = grants.some((grant) => grant === role) || (isOpen && !grants.some(isConditional));
    return isPlain ? 'none' : holding;
  }
}

function sightBy(ability: DeskAbility, subjects: readonly string[]): Sight | undefined {
  const confined = subjects.filter((subject) =>
    ability.rulesFor('read', subject).some(({ conditions }) => conditions !== undefined),
  );
  if (confined.length === 0) return undefined;
  return (category, aggregate) => {
    const subject = confined.find((each) => each.toLowerCase() === category);
    return subject === undefined || ability.can('read', tagged(subject, { ...aggregate }));
  };
}

function isConditional(grant: RoleName | ConditionalGrant): grant is ConditionalGrant {
  return typeof grant === 'object';
}
