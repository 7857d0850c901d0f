import { PublicKey } from './seal-keys.js';
import { DOMAIN, jsonOf, rotation, type Rotation } from './texts.js';

/** A key of a ledger's seals as it is stored and exported; from the second on with the rotation that made it. */
export interface SealKey {
  readonly ledger: string;
  readonly number: number;
  readonly publicKey: string;
  readonly rotation?: { readonly text: string; readonly from: string; readonly to: string };
}

interface Trusted {
  readonly key: PublicKey;
  /** Numbers of the seals that it may have signed. */
  readonly after: number;
  readonly upTo: number;
}

/**
 * The keys that a verifier believes: those that it was given, and those that a believed one vouches for. A rotation is signed by both keys, so
 * belief goes in both directions, for the seals on the key's side of it.
 */
export class TrustedKeys {
  private readonly trusted = new Map<string, Trusted>();
  private readonly ledgers = new Set<string>();

  /** @param given texts of public keys; `keys` are the keys of all ledgers that are met */
  constructor(given: readonly string[], keys: readonly SealKey[]) {
    const known = new Set(given.map((text) => PublicKey.parse(text)?.id));
    for (const chain of Map.groupBy(keys, ({ ledger }) => ledger).values()) this.addLedger(chain, known);
  }

  /** Whether a believed key signs seals of this ledger. */
  vouchesFor(ledger: string): boolean {
    return this.ledgers.has(ledger);
  }

  /** Whether a believed key has signed this text; for a seal, within the numbers of the key. */
  signed(
    domain: Parameters<PublicKey['verifies']>[0],
    text: string,
    by: string,
    signature: string,
    number?: number,
  ): boolean {
    const found = this.trusted.get(by);
    if (!found || (number !== undefined && (number <= found.after || number > found.upTo))) return false;
    return found.key.verifies(domain, text, signature);
  }

  private addLedger(chain: readonly SealKey[], known: ReadonlySet<string | undefined>): void {
    const ordered = chain.toSorted((a, b) => a.number - b.number);
    const links = linksOf(ordered);
    if (!links?.keys.some(({ id }) => known.has(id))) return;
    this.ledgers.add(links.keys[0]?.id ?? '');
    for (const [index, key] of links.keys.entries()) {
      const after = links.rotations[index - 1]?.lastSeal.number ?? 0;
      this.trusted.set(key.id, {
        key,
        after,
        upTo: links.rotations[index]?.lastSeal.number ?? Number.MAX_SAFE_INTEGER,
      });
    }
  }
}

interface Links {
  readonly keys: readonly PublicKey[];
  readonly rotations: readonly Rotation[];
}

/** The keys of one ledger and the rotations between them; nothing when one of them does not hold. */
function linksOf(chain: readonly SealKey[]): Links | undefined {
  const keys: PublicKey[] = [];
  const rotations: Rotation[] = [];
  for (const [index, { ledger, number, publicKey, rotation: stated }] of chain.entries()) {
    const key = PublicKey.parse(publicKey);
    const former = keys.at(-1);
    if (!key || number !== index + 1) return undefined;
    keys.push(key);
    if (former) {
      const link = rotationBetween(former, key, stated);
      if (link?.ledger !== ledger) return undefined;
      rotations.push(link);
    } else if (key.id !== ledger) return undefined;
  }
  return { keys, rotations };
}

/** The rotation, when both keys have signed it. */
function rotationBetween(former: PublicKey, key: PublicKey, stated: SealKey['rotation']): Rotation | undefined {
  const link = stated && rotation.safeParse(jsonOf(stated.text)).data;
  if (!stated || link?.from !== former.id || link.to !== key.text) return undefined;
  const isSigned =
    former.verifies(DOMAIN.rotation, stated.text, stated.from) && key.verifies(DOMAIN.rotation, stated.text, stated.to);
  return isSigned ? link : undefined;
}
