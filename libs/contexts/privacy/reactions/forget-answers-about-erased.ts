import type { Reaction } from '@ledgerdesk/jobs';
import { ForgetAnswers } from '../commands/forget-answers.js';

/** Longer than any request that was under way when somebody was erased. */
const REQUESTS_ARE_OVER_MS = 120_000;

const ERASED = ['CustomerErased', 'MemberErased'];

/** Answers that are kept for repeated requests may hold texts about somebody who was erased meanwhile. */
export const forgetAnswersAboutErased: Reaction = {
  name: 'forget-answers-about-erased',
  categories: ['customer', 'member'],
  effectsOf: ({ type, metadata }) => {
    if (!ERASED.includes(type)) return [];
    const due = new Date(Date.parse(metadata.recordedAt) + REQUESTS_ARE_OVER_MS).toISOString();
    return [{ kind: 'perform', subject: metadata.workspaceId, due }];
  },
  perform: (_, tools) => tools.issue(new ForgetAnswers()),
};
