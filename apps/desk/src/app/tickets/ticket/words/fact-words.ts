import { Injectable, inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { FieldChange, TimelineEntry } from '@ledgerdesk/web-api';
import { Language } from '@ledgerdesk/web-ui';
import type { IconName } from '@ledgerdesk/web-ui';
import { People } from '../../stores/people';
import { instantText } from './instant';

const TOLD_BY_TYPE = new Set([
  'MergeRequested',
  'Merged',
  'MergeRefused',
  'Unmerged',
  'TicketOpened',
  'WorkStarted',
  'TicketWoken',
  'TicketReopened',
  'TicketRestored',
  'TicketTextsErased',
]);

/** What a fact of a ticket's story says, without its actor: "set the priority to High". */
@Injectable({ providedIn: 'root' })
export class FactWords {
  private readonly people = inject(People);
  private readonly texts = inject(TranslocoService);
  private readonly language = inject(Language);

  phrase(entry: TimelineEntry): string {
    const other = entry.changes.find(({ field }) => field === 'merge');
    const told = TOLD_BY_TYPE.has(entry.type)
      ? [this.texts.translate(`fact.${entry.type}`, { number: other?.to ?? other?.from })]
      : [];
    const changes = entry.changes
      .filter(({ field }) => told.length === 0 || (field !== 'status' && field !== 'merge'))
      .map((change) => this.ofChange(change));
    const phrases = [...told, ...changes];
    const what = phrases.length === 0 ? this.texts.translate(`event.${entry.type}`) : phrases.join(', ');
    return entry.cause.startsWith('undo:') ? this.texts.translate('fact.undid', { what }) : what;
  }

  /** A value of a field as people read it. */
  value(field: string, value: unknown): string {
    if (value === null || value === undefined || value === '') return '–';
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    switch (field) {
      case 'assigneeId':
        return this.people.memberName(text) ?? this.texts.translate('actor.member');
      case 'teamId':
        return this.people.teamName(text) ?? this.texts.translate('fields.team');
      case 'status':
      case 'priority':
        return this.texts.translate(`${field}.${text}`);
      case 'pendingUntil':
      case 'solvedAt':
      case 'closedAt':
      case 'firstRepliedAt':
      case 'waitingSince':
        return instantText(text, 'moment', this.language.current());
      default:
        return text;
    }
  }

  /** The word for a field. */
  field(field: string): string {
    const colon = field.indexOf(':');
    if (field.startsWith('tag')) return this.texts.translate('fields.tags');
    if (field.startsWith('link:')) return this.texts.translate('fields.links');
    return colon < 0 ? this.texts.translate(`fields.${field}`) : field.slice(colon + 1);
  }

  private ofChange({ field, from, to }: FieldChange): string {
    const colon = field.indexOf(':');
    const kind = colon < 0 ? field : field.slice(0, colon);
    const name = colon < 0 ? '' : field.slice(colon + 1);
    const gone = to === null;
    const text = {
      name: kind === 'link' ? this.texts.translate(`relation.${name}`) : name,
      from: this.value(field, from),
      to: this.value(field, to),
    };
    return this.texts.translate(`fact.${kind}${gone ? '_gone' : ''}`, text);
  }
}

/** The icon of a fact. */
export function factIcon(type: string): IconName {
  return ICONS.get(type) ?? 'history';
}

const ICONS = new Map<string, IconName>([
  ['TicketOpened', 'confirmation_number'],
  ['CustomerMessageReceived', 'mail'],
  ['PublicReplySent', 'reply'],
  ['NoteAdded', 'sticky_note_2'],
  ['TicketHandedOff', 'waving_hand'],
  ['TicketAssigned', 'assignment_ind'],
  ['TicketRenamed', 'edit'],
  ['TicketPrioritised', 'priority_high'],
  ['TicketCategorised', 'category'],
  ['TicketTagged', 'sell'],
  ['TicketUntagged', 'sell'],
  ['CustomFieldSet', 'tune'],
  ['WorkStarted', 'adjust'],
  ['TicketPended', 'schedule'],
  ['TicketHeld', 'pause_circle'],
  ['TicketSolved', 'check_circle'],
  ['TicketReopened', 'undo'],
  ['TicketWoken', 'bolt'],
  ['TicketClosed', 'lock'],
  ['TicketMarkedSpam', 'report'],
  ['TicketTrashed', 'delete'],
  ['TicketRestored', 'restore_from_trash'],
  ['StatusReverted', 'undo'],
  ['TicketLinked', 'link'],
  ['TicketUnlinked', 'link_off'],
  ['ImportRecorded', 'upload'],
  ['MergeRequested', 'merge'],
  ['Absorbed', 'merge'],
  ['Merged', 'merge'],
  ['MergeRefused', 'block'],
  ['Released', 'undo'],
  ['Unmerged', 'undo'],
  ['TicketSplit', 'move_up'],
  ['MessagesTaken', 'move_up'],
  ['TicketTextsErased', 'delete'],
  ['CustomerErasureRequested', 'delete'],
  ['CustomerErased', 'delete'],
  ['CustomerDataExported', 'upload'],
  ['LedgerExportRequested', 'upload'],
  ['LedgerExportDownloaded', 'upload'],
  ['MessageTextRead', 'visibility'],
  ['CustomerRegistered', 'person_add'],
  ['CustomerRenamed', 'person'],
  ['CustomerNoteAdded', 'sticky_note_2'],
  ['CustomerAddressAdded', 'alternate_email'],
  ['CustomerAddressRemoved', 'alternate_email'],
  ['AddressReserved', 'alternate_email'],
  ['AddressReleased', 'alternate_email'],
  ['MemberJoined', 'support_agent'],
  ['ImportedMemberRegistered', 'support_agent'],
  ['MemberRenamed', 'support_agent'],
  ['MemberRoleChanged', 'support_agent'],
  ['MemberDeactivated', 'support_agent'],
  ['MemberReactivated', 'support_agent'],
  ['TeamCreated', 'groups'],
  ['TeamRenamed', 'groups'],
  ['TeamMemberAdded', 'groups'],
  ['TeamMemberRemoved', 'groups'],
  ['TeamArchived', 'groups'],
  ['WorkspaceOpened', 'apartment'],
  ['WorkspaceConfigured', 'apartment'],
  ['SecurityPolicyChanged', 'lock'],
  ['SignInProviderConfigured', 'lock'],
  ['SignInProviderRemoved', 'lock'],
]);
