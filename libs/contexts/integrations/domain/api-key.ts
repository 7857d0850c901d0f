/** The secret of a key, as the ledger knows it: by a keyed hash, and by its last characters. */
export interface KeySecret {
  /** HMAC-SHA256 in base64url. */
  readonly digest: string;
  /** Its last four characters, by which people recognise it. */
  readonly ending: string;
}

/** A credential for programs. It acts for the member who made it, and may do less. */
export interface ApiKey {
  readonly keyId: string;
  /** Who made it. */
  readonly memberId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Addresses and networks that it may be used from; empty for any. */
  readonly networks: readonly string[];
  /** RFC 3339 UTC; null for good until it is revoked. */
  readonly expiresAt: string | null;
  readonly createdAt: string;
  readonly secret: KeySecret;
  /** The secret before this one, while both are good. */
  readonly previous: { readonly digest: string; readonly goodUntil: string } | null;
  readonly revokedAt: string | null;
}
