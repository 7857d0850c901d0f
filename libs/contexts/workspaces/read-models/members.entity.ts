import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** Everybody who works, or has worked, in a workspace; also people taken over from another system. */
export const MemberRow = defineEntity({
  name: 'MemberRow',
  tableName: 'members',
  properties: {
    id: p.uuid().primary(),
    workspaceId: p.uuid(),
    /** Null once the person was erased. */
    name: p.text().nullable(),
    role: p.text(),
    status: p.text(),
    /** False for people who only appear in imported history. */
    canSignIn: p.boolean(),
  },
});
export type MemberRow = InferEntity<typeof MemberRow>;
