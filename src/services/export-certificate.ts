import type { Caller, Permission } from '../core/account.ts';
import type { CertificateBody, ManagedCertificate } from '../core/certificate.ts';
import { Fault } from '../core/fault.ts';
import type { KeyAlgorithm } from '../core/key.ts';
import { KeyRelease } from '../core/proof.ts';
import type { World } from './world.ts';

/** What a key's form is made from: everything that a server bundle needs. */
export interface Exportable {
  /** PKCS#8, DER; wiped when the form is made. */
  readonly privateKey: Uint8Array;
  readonly algorithm: KeyAlgorithm;
  readonly body: CertificateBody;
}

/**
 * Takes a managed certificate with its private key out of the house, in the form that `form` makes of it.
 * The key's bytes live only while `form` runs.
 *
 * Faults: `pending` while it is being issued; `failed` when it will never be; `forbidden`; `not-found` key.
 */
export async function exportCertificate<Form>(
  { store, vault, clock, audit }: Pick<World, 'store' | 'vault' | 'clock' | 'audit'>,
  caller: Caller,
  certificate: ManagedCertificate,
  permission: Permission,
  form: (exportable: Exportable) => Promise<Form>,
): Promise<Form> {
  const body = issuedBody(certificate);
  const privateKey = await vault.release(KeyRelease.authorize(caller, permission, certificate.key));
  try {
    const made = await form({ privateKey, algorithm: certificate.keyAlgorithm, body });
    await store.commit('mark-exported', { account: caller.account, id: certificate.id, now: clock.now() });
    await audit.record(caller, { verb: 'exported', what: 'private key', id: certificate.id });
    return made;
  } finally {
    privateKey.fill(0);
  }
}

/** The body in force. Throws Fault `pending` or `failed` while there is none. */
export function issuedBody(certificate: ManagedCertificate): CertificateBody {
  const { id, state, body } = certificate;
  if (body !== undefined) return body;
  const kind = state.kind === 'failed' ? 'failed' : 'pending';
  throw new Fault(kind, `certificate ${id} is ${state.kind}, there is nothing to give out`, {
    what: 'certificate',
    id,
  });
}
