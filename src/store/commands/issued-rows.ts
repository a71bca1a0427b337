import type { IssuedCertificate } from '../../core/certificate.ts';
import type { AccountId, AuthorityId } from '../../core/ids.ts';
import { assertAbsent, versionConflict } from '../assertions.ts';
import { issuedColumns, issuedValues } from '../rows/issued.ts';
import { statement, type Work } from '../work.ts';

/** Holds the authority as it is until the commit. Fault `conflict` unless it is there in this version. */
export async function assertVersion(
  work: Work,
  account: AccountId,
  authority: AuthorityId,
  version: number,
): Promise<void> {
  const [found] = await work.run(versionOf, [account, authority]);
  if (found?.version !== version) throw versionConflict('authority', authority, version, found?.version);
}

/** Fault `already-exists` when the serial number was used before. */
export async function insertIssued(work: Work, certificate: IssuedCertificate): Promise<void> {
  const made = await work.run(insertRow, issuedValues(certificate));
  assertAbsent(made, 'certificate', certificate.serial);
  await work.run(insertDer, [certificate.account, certificate.serial, certificate.der]);
}

const versionOf = statement<{ version: number }>(
  'select version from authorities where account = ? and id = ?',
  'for share',
);
const insertRow = statement<{ serial: string }>(
  `insert into issued (${issuedColumns.join(', ')}) values (${issuedColumns.map(() => '?').join(', ')})
   on conflict do nothing returning serial`,
);
const insertDer = statement('insert into issued_der (account, serial, der) values (?, ?, ?)');
