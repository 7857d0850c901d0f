import { Injectable, inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { factIcon } from './fact-words';

/** The types of events that a workspace's ledger holds, by what they are about. */
export const EVENT_TYPES = {
  ticket: [
    'TicketOpened',
    'CustomerMessageReceived',
    'PublicReplySent',
    'NoteAdded',
    'TicketHandedOff',
    'TicketAssigned',
    'TicketRenamed',
    'TicketPrioritised',
    'TicketCategorised',
    'TicketTagged',
    'TicketUntagged',
    'CustomFieldSet',
    'WorkStarted',
    'TicketPended',
    'TicketHeld',
    'TicketSolved',
    'TicketReopened',
    'TicketWoken',
    'TicketClosed',
    'TicketMarkedSpam',
    'TicketTrashed',
    'TicketRestored',
    'StatusReverted',
    'TicketLinked',
    'TicketUnlinked',
    'ImportRecorded',
    'MergeRequested',
    'Absorbed',
    'Merged',
    'MergeRefused',
    'Released',
    'Unmerged',
    'TicketSplit',
    'MessagesTaken',
    'TicketTextsErased',
    'MessageTextRead',
  ],
  customer: [
    'CustomerRegistered',
    'CustomerRenamed',
    'CustomerAddressAdded',
    'CustomerAddressRemoved',
    'CustomerNoteAdded',
    'CustomerErasureRequested',
    'CustomerErased',
    'CustomerDataExported',
    'AddressReserved',
    'AddressReleased',
  ],
  workspace: [
    'WorkspaceOpened',
    'WorkspaceConfigured',
    'SecurityPolicyChanged',
    'SignInProviderConfigured',
    'SignInProviderRemoved',
    'MemberJoined',
    'ImportedMemberRegistered',
    'MemberRenamed',
    'MemberRoleChanged',
    'MemberDeactivated',
    'MemberReactivated',
    'TeamCreated',
    'TeamRenamed',
    'TeamMemberAdded',
    'TeamMemberRemoved',
    'TeamArchived',
    'LedgerExportRequested',
    'LedgerExportDownloaded',
  ],
} as const;

/** The words for types of events. */
@Injectable({ providedIn: 'root' })
export class EventWords {
  private readonly texts = inject(TranslocoService);

  /** "Assigned" for `TicketAssigned`; a type that this desk does not know yet is called by its own name. */
  type(type: string): string {
    const key = `event.${type}`;
    const text = this.texts.translate(key);
    return text === key ? type : text;
  }

  icon(type: string): ReturnType<typeof factIcon> {
    return factIcon(type);
  }
}
