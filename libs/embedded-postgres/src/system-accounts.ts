import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';

interface SystemAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The entries of the password file, without root. */
export async function systemAccounts(): Promise<readonly SystemAccount[]> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    if (name === undefined || !/^[1-9]\d*$/.test(uid ?? '') || !/^\d+$/.test(gid ?? '')) return [];
    return [{ name, uid: Number(uid), gid: Number(gid) }];
  });
}

/** Whether the password file, or a directory service, names the user of this process. */
export function hasAccountEntry(): boolean {
  try {
    userInfo();
    return true;
  } catch {
    return false;
  }
}
