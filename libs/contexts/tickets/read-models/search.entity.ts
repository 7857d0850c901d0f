import { defineEntity, type InferEntity, p } from '@mikro-orm/core';

/** What a ticket can be found by. Rewritten only when a text or a tag changes. */
export const SearchRow = defineEntity({
  name: 'SearchRow',
  tableName: 'ticket_search',
  properties: {
    id: p.uuid().primary(),
    workspaceId: p.uuid(),
    /** A `tsvector` literal: all words of the ticket, and one lexeme `tag:<tag>` per tag. */
    words: p.string().columnType('tsvector'),
    /** Place of the last word, so that phrases never run across two texts. */
    lastPlace: p.integer(),
    /** Folded, for parts of words. */
    subject: p.text(),
    /** The ticket that its words lead to: itself, or the end of its merges. */
    shownIn: p.uuid(),
    /** When it was said where they lead to (RFC 3339 UTC): what is told again after an erasure says nothing new about it. */
    shownSince: p.text(),
    /** Lexemes of its tags while it is merged: these are no tags of its target. */
    putAside: p.text(),
    /** Name and address, folded. */
    requester: p.text(),
  },
});
export type SearchRow = InferEntity<typeof SearchRow>;
