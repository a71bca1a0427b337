import { askerOf, type Caller } from '../core/account.ts';
import { commonNameOf } from '../core/authority.ts';
import type { ManagedCertificate } from '../core/certificate.ts';
import { Fault } from '../core/fault.ts';
import { certificateId, type EpochMs, type ScmId, scmId } from '../core/ids.ts';
import type { Tag } from '../core/tag.ts';
import { certificateBody } from './certificate-body.ts';
import { type ImportedFiles, readImport } from './read-import.ts';
import type { World } from './world.ts';

type Uses = Pick<World, 'store' | 'vault' | 'clock' | 'random' | 'audit'>;

export interface ImportWish extends ImportedFiles {
  readonly name: string;
  readonly tags: readonly Tag[];
  readonly vendor: ManagedCertificate['vendor'];
  /** Refuse a certificate whose very bytes were imported before. */
  readonly refusesCopies: boolean;
  /** Import over this one: same id, name and tags stay. */
  readonly over?: ManagedCertificate;
}

/**
 * Takes in a certificate with its key and chain, made elsewhere; or a new body of one imported before.
 *
 * Faults: those of `readImport`; `already-exists` for a copy; `wrong-state` for `over` what was not imported;
 * `unsupported` key algorithms; `conflict` when `over` changed meanwhile.
 */
export async function importCertificate(world: Uses, caller: Caller, wish: ImportWish): Promise<ManagedCertificate> {
  const now = world.clock.now();
  const { certificate, chain, privateKey } = readImport(wish, now);
  try {
    const body = certificateBody(certificate, chain);
    if (wish.refusesCopies && (await world.store.managed.hasImported(caller.account, certificate))) {
      throw new Fault('already-exists', 'the same certificate was imported before', { what: 'certificate' });
    }
    const key = await world.vault.adopt(caller.account, body.keyAlgorithm, privateKey);
    const imported =
      wish.over === undefined
        ? await create(world, caller, wish, { body, key, now })
        : await replace(world, caller, wish.over, { body, key, now });
    await world.audit.record(caller, { verb: 'imported', what: 'certificate', id: imported.id });
    return imported;
  } finally {
    privateKey.fill(0);
  }
}

type Made = {
  body: ReturnType<typeof certificateBody>;
  key: Awaited<ReturnType<World['vault']['adopt']>>;
  now: EpochMs;
};

async function create(
  world: Uses,
  caller: Caller,
  wish: ImportWish,
  { body, key, now }: Made,
): Promise<ManagedCertificate> {
  const draft: ManagedCertificate = {
    id: certificateId(world.random.uuid()),
    account: caller.account,
    region: caller.region,
    origin: 'imported',
    state: { kind: 'issued' },
    name: wish.name,
    domain: domainOf(body),
    key: key.id,
    keyAlgorithm: body.keyAlgorithm,
    body,
    createdAt: now,
    importedAt: now,
    changedAt: now,
    asker: askerOf(caller),
    vendor: wish.vendor,
    version: 1,
  };
  // SCM ids are the moment of the import in milliseconds; two imports in one millisecond take the next free one.
  for (let at = now; ; at += 1) {
    const certificate = { ...draft, scm: scmIdOf(at) };
    try {
      await world.store.commit('create-managed', { certificate, key, tags: wish.tags });
      return certificate;
    } catch (cause) {
      const taken =
        cause instanceof Fault && cause.kind === 'already-exists' && cause.subject.what === 'SCM certificate id';
      if (!taken || at > now + 1000) throw cause;
    }
  }
}

async function replace(
  world: Uses,
  caller: Caller,
  over: ManagedCertificate,
  { body, key, now }: Made,
): Promise<ManagedCertificate> {
  if (over.origin !== 'imported') {
    throw new Fault('wrong-state', `certificate ${over.id} was issued here, only an imported one is imported again`, {
      what: 'certificate',
      id: over.id,
      reason: 'not-imported',
    });
  }
  const { id, version } = over;
  const domain = domainOf(body) ?? over.domain;
  const changed = { body, domain, importedAt: now };
  await world.store.commit('update-managed', { account: caller.account, id, version, now, key, ...changed });
  const { id: keyId, algorithm: keyAlgorithm } = key;
  return { ...over, ...changed, key: keyId, keyAlgorithm, changedAt: now, version: version + 1 };
}

/** The common name when it is one of the DNS names or there are none, else the first DNS name. */
function domainOf({ subject, dnsNames }: Made['body']): string | undefined {
  const commonName = commonNameOf(subject);
  if (commonName !== '' && (dnsNames.length === 0 || dnsNames.includes(commonName))) return commonName;
  return dnsNames[0];
}

function scmIdOf(now: EpochMs): ScmId {
  return scmId(`scs${String(now).padStart(13, '0')}`);
}
