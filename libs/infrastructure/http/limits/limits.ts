import { createHmac } from 'node:crypto';
import { finished } from 'node:stream';
import type { Response } from 'express';
import type { RequestLimits } from '@ledgerdesk/config';
import type { Endpoint } from '../endpoint-metadata.js';
import { general } from '../general-problems.js';
import { ProblemError } from '../problem.js';
import type { DeskRequest } from '../request.js';
import { AtOnce } from './at-once.js';
import type { Budget, Policy, Verdict } from './budget.js';
import type { Budgets } from './budgets.js';
import { limitHeaders, secondsOf } from './limit-headers.js';
import { network } from './network.js';
import { type CostPolicy, policiesOf, type Policies } from './policies.js';

type Principal = NonNullable<DeskRequest['principal']>;

/** Nest injection token of the `Limits`; `undefined` where requests are not limited. */
export const LIMITS = Symbol('Limits');

/** Decides which budgets a request takes from, tells the caller what is left, and refuses who has used one up. */
export class Limits {
  readonly #policies: Policies;
  readonly #atOnce = new AtOnce();

  /** @param key names the budgets, so that Redis holds neither addresses nor ids, and installations can share a server */
  constructor(
    limits: RequestLimits,
    private readonly budgets: Budgets,
    private readonly key: Buffer,
  ) {
    this.#policies = policiesOf(limits);
  }

  /** @throws ProblemError 429 `request.too-many` */
  async admit(request: DeskRequest, response: Response, endpoint: Endpoint): Promise<void> {
    const { principal } = request;
    const cost = this.#costOf(request, endpoint);
    request.isCounted = true;
    const verdict = await this.budgets.take([
      this.#address(request),
      ...(principal ? [...this.#ofMember(principal, cost), ...this.#ofTicket(request, principal)] : []),
    ]);
    const refusal = tell(verdict, response);
    if (refusal) throw refusal;
    if (principal && cost) this.#begin(cost, principal, response);
  }

  /** A message over a socket takes from the budgets of its member as a request does; answers with the refusal, in a sentence. */
  async admitMessage(principal: Principal): Promise<string | undefined> {
    const verdict = await this.budgets.take(this.#ofMember(principal, undefined));
    return verdict.allowed ? undefined : refusalOf(verdict).detail;
  }

  /** The refusal of a request from a network that this process knows to have used up its budget. */
  refuseKnown(request: DeskRequest, response: Response): ProblemError | undefined {
    const verdict = this.budgets.known([this.#address(request)]);
    return verdict && tell(verdict, response);
  }

  /** A request that was refused before it was admitted, such as one with a wrong token, takes from the budget of its network. */
  countRefused(request: DeskRequest): void {
    void this.budgets.take([this.#address(request)]);
  }

  #address(request: DeskRequest): Budget {
    return this.#budget(this.#policies.address, network(request.ip ?? ''));
  }

  #ofMember(principal: Principal, cost: CostPolicy | undefined): Budget[] {
    const { workspaceId, key } = principal;
    const member = nameOf(principal);
    return [
      this.#budget(key ? this.#policies.key : this.#policies.member, member),
      this.#budget(this.#policies.workspace, workspaceId),
      ...(cost ? [this.#budget(cost.policy, cost.per === 'member' ? member : workspaceId)] : []),
    ];
  }

  /** Whoever writes to a ticket again and again is a loop; drafts, which are kept while somebody types, are not sent by POST. */
  #ofTicket({ method, params }: DeskRequest, principal: Principal): Budget[] {
    const { ticketId } = params;
    if (method !== 'POST' || typeof ticketId !== 'string') return [];
    return [this.#budget(this.#policies.ticket, `${nameOf(principal)}/${ticketId}`)];
  }

  #costOf(request: DeskRequest, { costs }: Endpoint): CostPolicy | undefined {
    if (!costs || (costs.with !== undefined && (request.query[costs.with] ?? '') === '')) return undefined;
    return this.#policies.costs[costs.class];
  }

  #begin({ policy, atOnce }: CostPolicy, { workspaceId }: Principal, response: Response): void {
    const who = `${policy.name}/${workspaceId}`;
    if (!this.#atOnce.begin(who, atOnce)) {
      const detail = `Your workspace already has ${String(atOnce)} requests of this kind under way. Send the request again in a second.`;
      throw new ProblemError(general.tooMany, detail, [], { 'Retry-After': '1' });
    }
    // Also when the caller has gone away meanwhile.
    finished(response, () => {
      this.#atOnce.end(who);
    });
  }

  #budget(policy: Policy, who: string): Budget {
    const name = createHmac('sha256', this.key).update(`${policy.name}\n${who}`).digest('base64url');
    return { policy, key: `ledgerdesk:limit:${name}` };
  }
}

/** A key has budgets of its own, instead of those of its member. */
function nameOf({ workspaceId, memberId, key }: Principal): string {
  return key ? `${workspaceId}/key/${key.id}` : `${workspaceId}/${memberId}`;
}

/** Writes the headers of the answer; answers with the refusal, if it is one. */
function tell(verdict: Verdict, response: Response): ProblemError | undefined {
  for (const [name, value] of Object.entries(limitHeaders(verdict))) response.setHeader(name, value);
  if (verdict.allowed) return undefined;
  const { detail, seconds } = refusalOf(verdict);
  return new ProblemError(general.tooMany, detail, [], { 'Retry-After': seconds });
}

/** Names the budget for which one has to wait longest, and how long that is. */
function refusalOf({ balances }: Verdict): { readonly detail: string; readonly seconds: string } {
  const empty = balances.filter(({ requests }) => requests === 0).toSorted((a, b) => b.milliseconds - a.milliseconds);
  const [longest] = empty;
  if (!longest) return { detail: 'Too many requests came at once. Wait 1 s and send the request again.', seconds: '1' };
  const seconds = String(secondsOf(longest));
  return { detail: `${longest.policy.complaint} Wait ${seconds} s and send the request again.`, seconds };
}
