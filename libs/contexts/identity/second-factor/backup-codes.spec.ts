import { backupDigest, BACKUP_CODES, newBackupCodes, readBackupCode } from './backup-codes.js';

const KEY = Buffer.alloc(32, 7);

describe('backup codes', () => {
  it('are ten, all different, and read as they were written', () => {
    const codes = newBackupCodes();
    expect(new Set(codes).size).toBe(BACKUP_CODES);
    for (const code of codes) {
      expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}$/);
      expect(readBackupCode(code)).toBe(code.replace('-', ''));
    }
  });

  it('are read as people copy them', () => {
    expect(readBackupCode(' K3V9X 0Q2MZ ')).toBe('k3v9x0q2mz');
    expect(readBackupCode('k3v9x-Oq2mI')).toBe('k3v9x0q2m1');
  });

  it.each(['', '287082', 'k3v9x-0q2m', 'k3v9x-0q2mzz', 'k3v9x_0q2mz', 'k3v9u-0q2mz'])('are not %j', (text) => {
    expect(readBackupCode(text)).toBeUndefined();
  });

  it('are stored under a key, each for its account', () => {
    const digest = backupDigest(KEY, 'a1', 'k3v9x0q2mz');
    expect(backupDigest(KEY, 'a1', 'k3v9x0q2mz')).toEqual(digest);
    expect(backupDigest(KEY, 'a2', 'k3v9x0q2mz')).not.toEqual(digest);
    expect(backupDigest(Buffer.alloc(32, 8), 'a1', 'k3v9x0q2mz')).not.toEqual(digest);
  });
});
