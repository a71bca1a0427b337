/** The kinds of members that several bundles share. */
import type { BundleInput, KeyedBundleInput } from '../bundle.ts';
import { randomKeystorePassword } from '../keystore-password.ts';
import { certificateFile } from '../pem-text.ts';
import { serverKeyPem } from '../server-key.ts';
import type { Member } from '../zip.ts';

export async function keyMember({ privateKey, password }: KeyedBundleInput): Promise<Member> {
  return { name: 'server.key', bytes: await serverKeyPem(privateKey, password), isSecret: true };
}

/** A PEM file of these certificates; none at all when there are none (the chain of a self-signed certificate). */
export function certificateMembers(name: string, certificates: readonly Uint8Array[]): readonly Member[] {
  return certificates.length === 0 ? [] : [{ name, bytes: certificateFile(certificates), isSecret: false }];
}

/** What IIS and Tomcat bring along for an owner who holds the key himself. */
export function chainAndLeaf({ chain, certificate }: BundleInput): readonly Member[] {
  return [...certificateMembers('chain.crt', chain), ...certificateMembers('server.crt', [certificate])];
}

/** A key store under the given password, or under a random one that then lies beside it in `keystorePass.txt`. */
export async function keystoreMembers(
  { password }: BundleInput,
  name: string,
  write: (password: Uint8Array) => Uint8Array | Promise<Uint8Array>,
): Promise<readonly Member[]> {
  if (password !== undefined && password.length > 0) {
    return [{ name, bytes: await write(password), isSecret: true }];
  }
  const random = randomKeystorePassword();
  return [
    { name: 'keystorePass.txt', bytes: random, isSecret: true },
    { name, bytes: await write(random), isSecret: true },
  ];
}
