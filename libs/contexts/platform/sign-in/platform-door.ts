import type { AuthCookies, KnownDevices } from '@ledgerdesk/identity';

/** What the browser of a platform admin keeps: cookies of other names and paths than those of members, sealed under other keys. */
export class PlatformDoor {
  constructor(
    readonly cookies: AuthCookies,
    readonly devices: KnownDevices,
  ) {}
}
