import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { isReachable, serviceUser } from './operating-system-user.mjs';

/** The folder of this checkout. */
export const checkout = dirname(dirname(import.meta.dirname));

/**
 * Where the services of this checkout keep what they own: `.data/`, or a folder of the system when the user they run as can not get
 * to it, because the checkout lies under a closed folder such as /root.
 * @param {string} [wanted] absolute path
 */
export function serviceHome(wanted = join(checkout, '.data')) {
  if (isReachable(wanted, serviceUser())) return wanted;
  const mark = createHash('sha256').update(wanted).digest('hex').slice(0, 8);
  return join('/var/lib/ledgerdesk', `${basename(dirname(wanted))}-${mark}`);
}

/** Where programs are unpacked to that had to be fetched or copied; kept when the data goes. */
export const programsFolder = () => join(serviceHome(), 'programs');
