/** What members may do who have been given it: lines of the catalogue, by name. */
export interface WorkspaceRole {
  readonly roleId: string;
  readonly name: string;
  /** Sorted, each once. */
  readonly permissions: readonly string[];
  /** Nobody is given it any more. */
  readonly retired: boolean;
}

export const MOST_PERMISSIONS = 100;
