/** Why nothing was exported or imported: a stable code, a sentence for the operator, and what the command exits with (sysexits.h). */
export class MoveRefused extends Error {
  override readonly name = 'MoveRefused';
  constructor(
    readonly code: MoveRefusalCode,
    sentence: string,
    options?: ErrorOptions,
  ) {
    super(sentence, options);
  }

  get exitCode(): number {
    return EXIT_CODES[this.code];
  }
}

/** 65: the file is not good. 66: it can not be read. 73: it can not be written. 77: the passphrase does not fit. 1: it does not fit here. */
const EXIT_CODES = {
  'file.unreadable': 66,
  'file.unwritable': 73,
  'file.exists': 73,
  'file.disk-full': 73,
  'file.not-an-export': 65,
  'file.newer-format': 65,
  'file.cut-off': 65,
  'file.damaged': 65,
  'file.too-large': 65,
  'file.foreign-stream': 65,
  'file.broken-chain': 65,
  'file.unproved': 65,
  'passphrase.missing': 77,
  'passphrase.weak': 77,
  'passphrase.wrong': 77,
  'workspace.unknown': 1,
  'workspace.other-history': 1,
  'workspace.slug-taken': 1,
  'workspace.moving': 75,
  'clock.behind': 1,
} as const;

export type MoveRefusalCode = keyof typeof EXIT_CODES;
