import { Fault } from '../../core/fault.ts';
import type { ServerBundle } from '../bundle.ts';
import { writeJks } from '../jks.ts';
import { readPrivateKeyInfo } from '../private-key-info.ts';
import { chainAndLeaf, keystoreMembers } from './members.ts';

/**
 * A JKS with leaf, chain and key. Not for ML-DSA: the Javas that still need this form know no such key (PKCS#12 has been the
 * default since 9, ML-DSA is there from 24 on). Throws Fault `unsupported` then.
 */
export const tomcat: ServerBundle = {
  withKey: async (input) => {
    if (readPrivateKeyInfo(input.privateKey).kind === 'ML-DSA') {
      throw new Fault('unsupported', 'a JKS key store cannot hold an ML-DSA key, expected RSA or EC', {
        what: 'private key',
        reason: 'algorithm',
      });
    }
    return keystoreMembers(input, 'server.jks', (password) =>
      writeJks({ ...input, alias: input.name, createdAt: input.now }, password),
    );
  },
  withoutKey: chainAndLeaf,
};
