import type { ConfigureWorkspace, Workspace } from '@ledgerdesk/web-api';

/** A setting of the workspace that can be changed. */
export type SettingName = keyof ConfigureWorkspace & keyof Workspace;

/** How a setting is asked for. Its words are `fields.<name>`, `workspace.<name>Hint` and, for a choice, `workspace.<name>.<value>`. */
export type Setting =
  | { readonly name: SettingName; readonly kind: 'line' | 'zone' | 'language' }
  | { readonly name: SettingName; readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly name: SettingName; readonly kind: 'number'; readonly most: number; readonly unit: 'days' | 'seconds' };

/** One line per setting, in the order in which they are shown; the api holds the same limits. */
export const SETTINGS: readonly Setting[] = [
  { name: 'name', kind: 'line' },
  { name: 'timeZone', kind: 'zone' },
  { name: 'language', kind: 'language' },
  { name: 'reopenWindowDays', kind: 'number', most: 365, unit: 'days' },
  { name: 'autoCloseDays', kind: 'number', most: 365, unit: 'days' },
  { name: 'undoSendSeconds', kind: 'number', most: 60, unit: 'seconds' },
  { name: 'agentsSee', kind: 'choice', choices: ['all_tickets', 'own_teams'] },
  { name: 'supportAccess', kind: 'choice', choices: ['allowed', 'refused'] },
];

/** Languages that the desk is written in. */
export const LANGUAGES = ['en', 'de'] as const;

/** What a person wrote, as the api takes it; undefined where nothing can be sent. */
export function valueOf(setting: Setting, written: string): string | number | undefined {
  const text = written.trim();
  if (setting.kind !== 'number') return text === '' ? undefined : text;
  return /^\d{1,3}$/u.test(text) && Number(text) <= setting.most ? Number(text) : undefined;
}

/** Names of time zones that the browser knows. */
export function timeZones(): readonly string[] {
  return Intl.supportedValuesOf('timeZone');
}
