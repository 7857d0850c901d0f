export type BackupProblem =
  | 'backup.incomplete'
  | 'backup.unreadable'
  | 'backup.newer-format'
  | 'backup.newer-schema'
  | 'backup.wrong-part'
  | 'backup.other-keys'
  | 'backup.damaged'
  | 'backup.folder-exists'
  | 'backup.disk-full'
  | 'backup.role'
  | 'restore.not-empty'
  | 'restore.desk-runs'
  | 'restore.unfinished';

/** One sentence for the person who typed the command, and a stable code. */
export class BackupRefused extends Error {
  constructor(
    readonly code: BackupProblem,
    message: string,
  ) {
    super(message);
    this.name = 'BackupRefused';
  }
}

/** The code of an error of Node or of Postgres; empty for others. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
