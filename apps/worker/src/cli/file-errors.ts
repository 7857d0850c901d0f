/** An error of the file system, with the place that it is about. */
interface FileError extends Error {
  readonly code: string;
  readonly path: string;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist, or its folder does not',
  EACCES: 'you may not',
  ENOSPC: 'the disk is full',
  EISDIR: 'it is a folder',
  EROFS: 'the disk is read-only',
};

export function isAboutFiles(error: unknown): error is FileError {
  return typeof error === 'object' && error !== null && 'code' in error && 'syscall' in error && 'path' in error;
}

/** What to tell the person who named the file. */
export function sentenceOf({ code, path }: FileError): string {
  return `${path} can not be read or written: ${REASONS[code] ?? code}. Nothing was changed.`;
}
