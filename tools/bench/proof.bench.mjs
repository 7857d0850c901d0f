import { measureProof } from './proof.mjs';

export const name = 'proof';
export const order = 11;

/** Seals and verifies a ledger of its own. @returns {Promise<import('./report.mjs').Figure[]>} */
export async function measure() {
  const { seal, verify } = await measureProof(() => undefined);
  const figure = (what, { perSecond }, goal) => ({
    what,
    value: perSecond,
    unit: 'events/s',
    better: 'more',
    ...(goal && { goal }),
  });
  return [figure('verified: hashes, chains, seals', verify, 100_000), figure('sealed', seal)];
}
