import type { ServerBundle } from '../bundle.ts';
import { chainAndLeaf, keyMember } from './members.ts';

/** SSLCertificateKeyFile, SSLCertificateChainFile, SSLCertificateFile. */
export const apache: ServerBundle = {
  withKey: async (input) => [await keyMember(input), ...chainAndLeaf(input)],
  withoutKey: chainAndLeaf,
};
