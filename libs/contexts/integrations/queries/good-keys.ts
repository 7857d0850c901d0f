import { ProblemError } from '@ledgerdesk/http';
import type { ReadStore } from '@ledgerdesk/read-store';
import { apiKeyProblems } from '../http/api-keys.problems.js';

const MOST = 100;

/**
 * Keeps the number of keys bounded. Many at the same moment may come out a little above it, which harms nobody.
 * @throws ProblemError `api-key.too-many`
 */
export async function refuseTooManyKeys(store: ReadStore, workspaceId: string): Promise<void> {
  const [counted] = await store.run(workspaceId, (sql) =>
    sql.rows<{ good: number }>(
      `select count(*)::int as good from api_keys where revoked_at is null and (expires_at is null or expires_at > now())`,
    ),
  );
  if ((counted?.good ?? 0) >= MOST) throw new ProblemError(apiKeyProblems.tooMany);
}
