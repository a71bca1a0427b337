import { sql } from 'kysely';
import type { Database } from '../schema.ts';
import type { Engine } from '../work.ts';

/**
 * What certificates say of revocation: an authority's settings in the house's own words, made from those that AWS's API
 * has stored so far, and the CRL that an issued certificate names.
 */
export async function revocation(db: Database, engine: Engine): Promise<void> {
  const text = engine === 'sqlite' ? 'text' : 'text collate "C"';
  for (const statement of [
    `alter table authorities add column revocation ${text}`,
    `alter table issued add column crl_url ${text}`,
  ]) {
    await sql.raw(statement).execute(db);
  }
  const rows = await db
    .selectFrom('authorities')
    .select(['account', 'id', 'vendor'])
    .where('vendor', 'like', '%revocationConfiguration%')
    .execute();
  for (const { account, id, vendor } of rows) {
    const settings = settingsOf(JSON.parse(vendor));
    await db
      .updateTable('authorities')
      .set({ revocation: JSON.stringify(settings) })
      .where('account', '=', account)
      .where('id', '=', id)
      .execute();
  }
}

/** As the column of release 0.1 holds it; later code may read it otherwise, so this is a copy that stays. */
interface StoredVendor {
  readonly aws?: {
    readonly revocationConfiguration?: {
      readonly CrlConfiguration?: {
        readonly Enabled: boolean;
        readonly CustomCname?: string;
        readonly CustomPath?: string;
        readonly CrlType?: string;
        readonly CrlDistributionPointExtensionConfiguration?: { readonly OmitExtension: boolean };
      };
      readonly OcspConfiguration?: { readonly Enabled: boolean; readonly OcspCustomCname?: string };
    };
  };
}

function settingsOf({ aws }: StoredVendor): object {
  const { CrlConfiguration: crl, OcspConfiguration: ocsp } = aws?.revocationConfiguration ?? {};
  const named = (name: string, value: string | undefined) =>
    value === undefined || value === '' ? {} : { [name]: value };
  return {
    ...(crl?.Enabled === true && {
      crl: {
        kind: crl.CrlType === 'PARTITIONED' ? 'partitioned' : 'complete',
        ...(crl.CrlDistributionPointExtensionConfiguration?.OmitExtension === true && { isUnnamed: true }),
        ...named('host', crl.CustomCname),
        ...named('path', crl.CustomPath),
      },
    }),
    ...(ocsp?.Enabled === true && { ocsp: named('host', ocsp.OcspCustomCname) }),
  };
}
