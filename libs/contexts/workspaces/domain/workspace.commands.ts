import { DomainError } from '@ledgerdesk/kernel';
import { nameText } from './workspace-text.js';
import {
  DEFAULT_AGENTS_SEE,
  DEFAULT_SUPPORT_ACCESS,
  DEFAULT_POLICY,
  DEFAULT_UNDO_SEND_SECONDS,
  type SecurityPolicy,
  type WorkspaceSettings,
} from './workspace.js';

const SLUG = /^[a-z](?:[a-z0-9]|-(?=[a-z0-9])){1,39}$/;
export const LONGEST_PERIOD_DAYS = 365;
export const LONGEST_UNDO_SEND_SECONDS = 60;

type NewWorkspace = Partial<WorkspaceSettings> & { readonly name: string; readonly slug: string };

/**
 * Constructors bring texts into the form in which they are stored.
 * @throws DomainError `workspace.name-empty`, `workspace.name-too-long`, `workspace.slug-invalid`,
 *   `workspace.time-zone-unknown`, `workspace.language-unknown`, `workspace.days-out-of-range`,
 *   `workspace.undo-send-out-of-range`
 */
export class OpenWorkspace {
  readonly slug: string;
  readonly settings: WorkspaceSettings;

  constructor(
    readonly workspaceId: string,
    { slug, ...settings }: NewWorkspace,
  ) {
    if (!SLUG.test(slug)) {
      throw new DomainError('invalid', 'workspace.slug-invalid', 'A slug is 2 to 40 of a-z, 0-9 and single hyphens.');
    }
    this.slug = slug;
    this.settings = checked({
      ...DEFAULT_POLICY,
      undoSendSeconds: DEFAULT_UNDO_SEND_SECONDS,
      agentsSee: DEFAULT_AGENTS_SEE,
      supportAccess: DEFAULT_SUPPORT_ACCESS,
      timeZone: 'UTC',
      language: 'en',
      ...settings,
    });
  }
}

/** Changes the settings that are given and leaves the others. Throws like `OpenWorkspace`. */
export class ConfigureWorkspace {
  readonly settings: Partial<WorkspaceSettings>;

  constructor(
    readonly workspaceId: string,
    settings: Partial<WorkspaceSettings>,
  ) {
    this.settings = checked(settings);
  }
}

/** Changes how members have to prove who they are. */
export class ChangeSecurityPolicy {
  constructor(
    readonly workspaceId: string,
    readonly policy: Partial<SecurityPolicy>,
  ) {}
}

function checked<Settings extends Partial<WorkspaceSettings>>(settings: Settings): Settings {
  const { name, timeZone, language, reopenWindowDays, autoCloseDays, undoSendSeconds } = settings;
  for (const days of [reopenWindowDays, autoCloseDays]) if (days !== undefined) checkDays(days);
  if (undoSendSeconds !== undefined) checkUndoSend(undoSendSeconds);
  return {
    ...settings,
    ...(name !== undefined && { name: nameText(name, 'workspace') }),
    ...(timeZone !== undefined && { timeZone: knownTimeZone(timeZone) }),
    ...(language !== undefined && { language: knownLanguage(language) }),
  };
}

function checkDays(days: number): void {
  if (Number.isInteger(days) && days >= 0 && days <= LONGEST_PERIOD_DAYS) return;
  throw new DomainError('invalid', 'workspace.days-out-of-range', 'Periods are 0 to 365 whole days.');
}

function checkUndoSend(seconds: number): void {
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= LONGEST_UNDO_SEND_SECONDS) return;
  const message = 'A reply can be taken back for 0 to 60 whole seconds.';
  throw new DomainError('invalid', 'workspace.undo-send-out-of-range', message);
}

function knownTimeZone(name: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    throw new DomainError('invalid', 'workspace.time-zone-unknown', 'Not the name of a time zone.');
  }
}

function knownLanguage(tag: string): string {
  try {
    const [language = ''] = Intl.getCanonicalLocales(tag);
    if (language !== '') return language;
  } catch {
    // The same refusal as for an empty tag.
  }
  throw new DomainError('invalid', 'workspace.language-unknown', 'Not a language tag such as en or de-AT.');
}
