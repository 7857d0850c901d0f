/** Where a copy comes from. */
export interface AccessHead {
  readonly workspace: string;
  readonly customerId: string;
  /** RFC 3339 UTC. */
  readonly exportedAt: string;
}
