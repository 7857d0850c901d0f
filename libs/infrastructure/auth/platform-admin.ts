/** Somebody who runs the installation: no member, no role in any workspace. Only their own credential makes them one. */
export interface PlatformAdmin {
  readonly adminId: string;
  readonly sessionId: string;
}

/** Answers whether somebody who signed in as a platform admin still is one. The platform context provides it. */
export interface PlatformAdmins {
  /** The admin of the claim, or `undefined` when the session has ended or the admin was removed. */
  current(claim: PlatformAdmin): Promise<PlatformAdmin | undefined>;
}

/** Nest injection token of the installation's `PlatformAdmins`. */
export const PLATFORM_ADMINS = Symbol('PlatformAdmins');
