/** A Private CA authority in each of its states, made as a client would; FAILED as the job that makes keys leaves it. */
import { authorityId } from '../../../src/core/ids.ts';
import type { CreationFailure } from '../../../src/core/authority.ts';
import { ok } from '../aws-call.ts';
import { activeRoot, csrVector, days, ecConfiguration, issued, type Pca, pending } from './pca.ts';

/** How long the authority that is EXPIRED was valid: whoever makes one moves the clock beyond. */
export const shortLifeDays = 30;

export interface InAState {
  readonly arn: string;
  /** A certificate that it issued, where it could; else one that names nothing. */
  readonly certificate: string;
}

export const states = [
  'CREATING',
  'PENDING_CERTIFICATE',
  'ACTIVE',
  'DISABLED',
  'EXPIRED',
  'FAILED',
  'DELETED',
] as const;
export type State = (typeof states)[number];

/** The house must not make keys before it is told to. An EXPIRED one is so when the clock has moved `shortLifeDays`. */
export async function inState(pca: Pca, state: State): Promise<InAState> {
  switch (state) {
    case 'CREATING':
      return withoutCertificate(await creating(pca));
    case 'FAILED': {
      const arn = await creating(pca);
      await fail(pca, arn, 'other');
      return withoutCertificate(arn);
    }
    case 'PENDING_CERTIFICATE':
      return withoutCertificate(await pending(pca));
    case 'EXPIRED':
      return withCertificate(pca, shortLifeDays);
    case 'ACTIVE':
      return withCertificate(pca, 3650);
    case 'DISABLED':
    case 'DELETED': {
      const made = await withCertificate(pca, 3650);
      const on = { CertificateAuthorityArn: made.arn };
      ok(await pca.call('UpdateCertificateAuthority', { ...on, Status: 'DISABLED' }));
      if (state === 'DELETED') ok(await pca.call('DeleteCertificateAuthority', on));
      return made;
    }
  }
}

/** An authority whose RSA-4096 key is not ready. */
export function creating(pca: Pca, more: Record<string, unknown> = {}): Promise<string> {
  const algorithms = { KeyAlgorithm: 'RSA_4096', SigningAlgorithm: 'SHA256WITHRSA' };
  return pending(pca, { CertificateAuthorityConfiguration: { ...ecConfiguration, ...algorithms }, ...more });
}

export async function fail({ house }: Pca, arn: string, reason: CreationFailure): Promise<void> {
  const { account } = house.administrator;
  const id = authorityId(arn.split('/').at(-1) ?? '');
  const found = await house.world.store.authorities.get(account, id);
  if (found === undefined) throw new Error(`${arn} is not there`);
  const state = { kind: 'failed', reason } as const;
  const now = house.clock.now();
  await house.world.store.commit('update-authority', { account, id, version: found.version, now, state });
}

function withoutCertificate(arn: string): InAState {
  return { arn, certificate: `${arn}/certificate/${'4'.padEnd(32, '0')}` };
}

async function withCertificate(pca: Pca, life: number): Promise<InAState> {
  const { arn } = await activeRoot(pca, {}, { Validity: days(life) });
  const { arn: certificate } = await issued(pca, arn, csrVector('p256'), { Validity: days(5) });
  return { arn, certificate };
}
