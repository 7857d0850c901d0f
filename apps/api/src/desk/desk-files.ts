import { glob } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** One file of the built desk. */
export interface DeskFile {
  readonly path: string;
  readonly type: string;
  /** Its name holds a hash of its content, so a browser may keep it for ever. */
  readonly immutable: boolean;
  readonly compressible: boolean;
}

const types: Readonly<Partial<Record<string, string>>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.ico': 'image/x-icon',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

const COMPRESSED_ALREADY = new Set(['.png', '.webp', '.woff2', '.ico']);

/** The names that Angular's builder gives to files with a hash: `main-5QK2BZ7X.js`. */
const HASHED = /-[A-Z0-9]{8}\.\w+$/;

/** Every file of the folder by its path in the address. What is not in this map can not be asked for. */
export async function deskFiles(folder: string): Promise<ReadonlyMap<string, DeskFile>> {
  const files = new Map<string, DeskFile>();
  for await (const name of glob('**/*', { cwd: folder })) {
    const extension = extname(name);
    const type = types[extension];
    if (type === undefined) continue;
    files.set(`/${name.replaceAll('\\', '/')}`, {
      path: join(folder, name),
      type,
      immutable: HASHED.test(name),
      compressible: !COMPRESSED_ALREADY.has(extension),
    });
  }
  if (!files.has('/index.html')) throw new Error('The desk is not built: there is no index.html.');
  return files;
}
