import { type Permissions, type Principal, ROLES } from '@ledgerdesk/auth';

const EDITORS = ['owner', 'admin', 'supervisor', 'agent'] as const;
const SUPERVISORS = ['owner', 'admin', 'supervisor'] as const;
const NOTE_WRITERS = [...EDITORS, 'light_agent'] as const;

/** What each role may do with tickets: a light agent reads and writes notes, an auditor only reads. */
export const TICKET_PERMISSIONS: Permissions = {
  Ticket: {
    read: [{ roles: ROLES, when: inSight }],
    open: EDITORS,
    reply: EDITORS,
    note: NOTE_WRITERS,
    edit: EDITORS,
    merge: EDITORS,
    trash: EDITORS,
    close: EDITORS,
    'read-ledger': [...SUPERVISORS, 'agent', 'auditor'],
  },
};

/** A member who is confined sees what their teams have and what is theirs, whoever put it there. */
function inSight({ memberId, confinedTo }: Principal): readonly object[] {
  return confinedTo === undefined ? [{}] : [{ assigneeId: memberId }, { teamId: { $in: confinedTo } }];
}
