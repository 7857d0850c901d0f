import { Injectable, inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { Session } from '@ledgerdesk/web-session';
import { People } from '../../tickets/stores/people';

/** What was changed, as the api names it. */
export interface Subject {
  readonly kind: string;
  readonly subject: string;
}

const UNITS: Readonly<Record<string, string>> = {
  reopenWindowDays: 'days',
  autoCloseDays: 'days',
  undoSendSeconds: 'seconds',
};

/** Where the words for the values of a field stand. */
const WORDS: Readonly<Record<string, string>> = {
  role: 'role.',
  permissions: 'permission.',
  status: 'change.status.',
  language: 'workspace.languages.',
  agentsSee: 'workspace.agentsSee.',
};

/** The words for changes of the configuration. What this desk does not know yet is called by its own name. */
@Injectable({ providedIn: 'root' })
export class ChangeWords {
  private readonly people = inject(People);
  private readonly session = inject(Session);
  private readonly texts = inject(TranslocoService);

  /** Who or what was changed. */
  subject({ kind, subject }: Subject): string {
    switch (kind) {
      case 'workspace':
        return this.session.me()?.workspace.name ?? '';
      case 'member':
        return this.people.memberName(subject) ?? this.texts.translate('actor.member');
      case 'team':
        return this.people.teamName(subject) ?? this.texts.translate('fields.team');
      default:
        return subject.slice(0, 8);
    }
  }

  kind(kind: string): string {
    return this.known(`change.kind.${kind}`, kind);
  }

  field(field: string): string {
    return this.known(`change.field.${field}`, this.known(`fields.${field}`, field));
  }

  value(field: string, value: unknown): string {
    if (value === null || value === undefined || value === '') return '–';
    if (typeof value === 'boolean') return this.texts.translate(value ? 'change.yes' : 'change.no');
    if (Array.isArray(value)) return value.map((one) => this.value(field, one)).join(', ') || '–';
    if (typeof value === 'object') return this.texts.translate('ticket.erased');
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (field === 'memberId') return this.people.memberName(text) ?? this.texts.translate('actor.member');
    const unit = UNITS[field];
    if (unit !== undefined) return `${text} ${this.texts.translate(`workspace.${unit}`)}`;
    const words = WORDS[field];
    return words === undefined ? text : this.known(`${words}${text}`, text);
  }

  private known(key: string, otherwise: string): string {
    const text = this.texts.translate(key);
    return text === key ? otherwise : text;
  }
}
