import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { DomainError } from '@ledgerdesk/kernel';

const STANDARD_INPUT = 0;

/**
 * A new password: the first line of the file (`-` for standard input), else typed twice without being shown. Never an argument:
 * everybody on the machine can list those.
 * @throws DomainError `account.password-missing`
 */
export async function askPassword(file?: string, question = 'Password of the owner: '): Promise<string> {
  if (file !== undefined) return firstLine(file);
  if (!process.stdin.isTTY) throw missing('There is no terminal to ask for the password: name a --password-file.');
  return typedTwice(question);
}

/**
 * The passphrase of an export: the first line of the file, else typed without being shown; twice when it is a `fresh` one.
 * @throws DomainError `account.password-missing`
 */
export async function askPassphrase(file: string | undefined, { fresh }: { readonly fresh: boolean }): Promise<string> {
  if (file !== undefined) return firstLine(file);
  if (!process.stdin.isTTY) throw missing('There is no terminal to ask for the passphrase: name a --passphrase-file.');
  return fresh ? typedTwice('Passphrase of the export: ') : typed('Passphrase of the export: ');
}

async function typedTwice(question: string): Promise<string> {
  const secret = await typed(question);
  if ((await typed('Once more: ')) === secret) return secret;
  throw missing('These were two different ones.');
}

function firstLine(file: string): string {
  try {
    const [line = ''] = readFileSync(file === '-' ? STANDARD_INPUT : file, 'utf8').split(/\r?\n/u, 1);
    return line;
  } catch {
    throw missing(`${file} can not be read.`);
  }
}

async function typed(question: string): Promise<string> {
  const nowhere = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  process.stderr.write(question);
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}

function missing(sentence: string): DomainError {
  return new DomainError('invalid', 'account.password-missing', sentence);
}
