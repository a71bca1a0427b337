import type { BundleInput, ServerBundle } from '../bundle.ts';
import type { Member } from '../zip.ts';
import { certificateMembers, keyMember } from './members.ts';

/** ssl_certificate_key, and ssl_certificate with leaf and chain in one file, the leaf first. */
export const nginx: ServerBundle = {
  withKey: async (input) => [await keyMember(input), ...leafAndChain(input)],
  withoutKey: leafAndChain,
};

function leafAndChain({ certificate, chain }: BundleInput): readonly Member[] {
  return certificateMembers('server.crt', [certificate, ...chain]);
}
