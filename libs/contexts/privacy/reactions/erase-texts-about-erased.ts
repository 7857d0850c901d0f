import type { Reaction } from '@ledgerdesk/jobs';
import { EraseTextsAbout } from '../commands/erase-texts-about.js';

/** When the key of a customer was destroyed, each of their tickets says so, which makes every read model fold it again. */
export const eraseTextsAboutErased: Reaction = {
  name: 'erase-texts-about-erased',
  categories: ['customer'],
  effectsOf: ({ type, data }) =>
    type === 'CustomerErased' && 'keyId' in data ? [{ kind: 'perform', subject: String(data.keyId) }] : [],
  perform: ({ subject, stream, revision }, tools) => tools.issue(new EraseTextsAbout(subject, stream, revision)),
};
