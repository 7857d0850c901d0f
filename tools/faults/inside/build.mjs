import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * A class of the build, the same one that the program uses.
 * @throws when it is not there: then the list that names it has to follow the code
 */
export async function classOf(build, { module, of }) {
  const file = join(build, module);
  if (!existsSync(file)) throw new Error(`There is no ${module} in the build any more: correct tools/faults/inside.`);
  const found = (await import(pathToFileURL(file).href))[of];
  if (found === undefined) throw new Error(`${module} has no ${of} any more: correct tools/faults/inside.`);
  return found;
}

/**
 * Puts something around a method.
 * @param {{ of: string, method: string }} place
 * @param {(original: () => unknown, self: object, args: unknown[]) => unknown} around
 */
export function wrap(found, { of, method }, around) {
  const original = found.prototype[method];
  if (typeof original !== 'function') throw new Error(`${of} has no ${method} any more: correct tools/faults/inside.`);
  found.prototype[method] = function wrapped(...args) {
    return around(() => original.apply(this, args), this, args);
  };
}
