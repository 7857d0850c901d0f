import { setTimeout as pause } from 'node:timers/promises';
import { ask } from './ask.mjs';

const TRIES = 3;
const INSISTING_TRIES = 60;
/** A request that was begun by somebody who died is free again at the latest after its lease, and some more. */
const LONGEST_SETTLING_MS = 25_000;

/**
 * Carries operations out, tries again what nobody has answered, and keeps a record of everything. An operation is one command with
 * one Idempotency-Key and one request id, however often it is sent.
 */
export function operating({ note, nodes, random, round }) {
  const open = new Map();
  const done = [];
  let count = 0;

  const send = async (operation, node) => {
    const { op, path, body, token } = operation;
    await note({ round, op, phase: 'invoke', node, path });
    const started = performance.now();
    const answer = await ask(nodes[node], {
      method: 'POST',
      path,
      token,
      body,
      headers: { 'idempotency-key': op, 'x-request-id': op, 'if-match': '*' },
    });
    const { outcome, status, why, retryAfter, digest } = answer;
    const { id, number, version } = answer.body ?? {};
    await note({
      round,
      op,
      phase: outcome,
      node,
      ms: Math.round(performance.now() - started),
      status,
      ...(outcome === 'ok' ? { id, number, version, digest } : { why, retryAfter }),
    });
    if (outcome === 'unknown') open.set(op, operation);
    else {
      open.delete(op);
      if (outcome === 'ok') done.push({ ...operation, digest });
    }
    return { ...answer, id };
  };

  const begin = async (what, { token, slug }) => {
    count += 1;
    const operation = { op: `r${round}-${String(count).padStart(5, '0')}`, ...what, token };
    const { op, told, mayTellNothing, later } = operation;
    await note({ round, op, phase: 'begin', told, mayTellNothing, later, workspace: slug });
    return operation;
  };

  return {
    /**
     * Sends an operation, and perhaps again to any node when nobody answered; surely when `insist`. Gives what was heard last.
     */
    async perform(what, member, node, { insist = false } = {}) {
      const operation = await begin(what, member);
      let answer = await send(operation, node);
      const tries = insist ? INSISTING_TRIES : TRIES;
      for (let attempt = 1; attempt < tries && answer.outcome === 'unknown'; attempt += 1) {
        if (!insist && random.chance(0.4)) break;
        await pause(random.between(20, 250));
        answer = await send(operation, random.pick(Object.keys(nodes)));
      }
      return answer;
    },
    /** Sends one operation to every node at the same time. */
    async performTwice(what, member) {
      const operation = await begin(what, member);
      const answers = await Promise.all(Object.keys(nodes).map((node) => send(operation, node)));
      return answers.find(({ outcome }) => outcome === 'ok') ?? answers[0];
    },
    /** Asks for everything that was not answered until it is. Gives the operations that never were. */
    async settle() {
      const before = open.size;
      const deadline = Date.now() + LONGEST_SETTLING_MS;
      const worker = async (share) => {
        for (const operation of share) {
          for (;;) {
            const { outcome, retryAfter } = await send(operation, random.pick(Object.keys(nodes)));
            if (outcome !== 'unknown' || Date.now() > deadline) break;
            await pause(Math.min(Number(retryAfter ?? 1), 1) * 1_000);
          }
        }
      };
      const operations = [...open.values()];
      const shares = Array.from({ length: 8 }, (_, index) => operations.filter((__, place) => place % 8 === index));
      await Promise.all(shares.map(worker));
      return { before, never: [...open.keys()] };
    },
    /** Sends some answered operations again, as a client does who lost the answer. */
    async again(most) {
      for (const operation of random.shuffled(done).slice(0, most)) {
        const node = random.pick(Object.keys(nodes));
        const { op, path, body, token } = operation;
        const headers = { 'idempotency-key': op, 'x-request-id': op, 'if-match': '*' };
        const { status, digest, why, outcome } = await ask(nodes[node], { method: 'POST', path, token, body, headers });
        await note({ round, op, phase: 'again', node, outcome, status, why, first: operation.digest, digest });
      }
    },
    count: () => count,
  };
}
