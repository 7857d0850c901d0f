import { type Grantable, type Permissions, type Principal, ROLES } from '@ledgerdesk/auth';

const EDITORS = ['owner', 'admin', 'supervisor', 'agent'] as const;
const SUPERVISORS = ['owner', 'admin', 'supervisor'] as const;
const NOTE_WRITERS = [...EDITORS, 'light_agent'] as const;

/** What each role may do with tickets: a light agent reads and writes notes, an auditor only reads. */
export const TICKET_PERMISSIONS: Permissions = {
  Ticket: {
    read: [{ roles: ROLES, when: inSight }],
    'read-all': [...SUPERVISORS, 'auditor'],
    // Who works on tickets reads as part of it; whoever only reads has it written down.
    'read-unrecorded': NOTE_WRITERS,
    open: EDITORS,
    reply: EDITORS,
    note: NOTE_WRITERS,
    draft: NOTE_WRITERS,
    edit: EDITORS,
    merge: EDITORS,
    trash: EDITORS,
    close: EDITORS,
    'read-ledger': [...SUPERVISORS, 'agent', 'auditor'],
  },
};

const READ = ['tickets.read'];
const work = (...actions: string[]): Grantable[string] => ({
  opens: { Ticket: [...actions, 'read-unrecorded'] },
  needs: READ,
});

export const TICKET_GRANTABLE: Grantable = {
  'tickets.read': { opens: { Ticket: ['read'] } },
  'tickets.read_all': { opens: { Ticket: ['read-all'] }, needs: READ },
  'tickets.history': { opens: { Ticket: ['read-ledger'] }, needs: READ },
  'tickets.note': work('note'),
  'tickets.reply': work('reply', 'note'),
  'tickets.open': work('open'),
  'tickets.edit': work('edit'),
  'tickets.close': work('close'),
  'tickets.merge': work('merge'),
  'tickets.trash': work('trash'),
};

/** A member who is confined sees what their teams have and what is theirs, whoever put it there. */
function inSight({ memberId, confinedTo }: Principal): readonly object[] {
  return confinedTo === undefined ? [{}] : [{ assigneeId: memberId }, { teamId: { $in: confinedTo } }];
}
