/** A group of members that owns a queue. */
export interface Team {
  readonly teamId: string;
  readonly name: string;
  readonly memberIds: readonly string[];
  readonly archived: boolean;
}
