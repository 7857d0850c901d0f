/** A moment up to which a ticket can wait. */
export interface PendPreset {
  /** Translation key. */
  readonly label: string;
  readonly until: Date;
}

const MORNING = 9;

/** Good moments to look again, in the person's own time zone, the soonest first. */
export function pendPresets(now: Date): readonly PendPreset[] {
  const inHours = (hours: number): Date => new Date(Math.ceil(now.getTime() / 900_000) * 900_000 + hours * 3_600_000);
  const morning = (days: number): Date =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING, 0, 0, 0);
  const toMonday = (8 - now.getDay()) % 7 || 7;
  const month = new Date(now.getFullYear(), now.getMonth() + 1, now.getDate(), MORNING);
  return [
    { label: 'pend.hours', until: inHours(3) },
    { label: 'pend.tomorrow', until: morning(1) },
    ...(toMonday > 1 ? [{ label: 'pend.monday', until: morning(toMonday) }] : []),
    { label: 'pend.week', until: morning(7) },
    { label: 'pend.month', until: month },
  ].sort((a, b) => a.until.getTime() - b.until.getTime());
}

/** An instant as a date-time field shows and takes it, in the person's own time zone. */
export function localInput(at: Date): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
