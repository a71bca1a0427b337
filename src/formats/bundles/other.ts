import type { ServerBundle } from '../bundle.ts';
import { certificateMembers, keyMember } from './members.ts';

/** PEM files for everything else. The leaf is `server.pem` beside a key made here and `cert.pem` without one. */
export const other: ServerBundle = {
  withKey: async (input) => [
    await keyMember(input),
    ...certificateMembers('chain.pem', input.chain),
    ...certificateMembers('server.pem', [input.certificate]),
  ],
  withoutKey: ({ chain, certificate }) => [
    ...certificateMembers('chain.pem', chain),
    ...certificateMembers('cert.pem', [certificate]),
  ],
};
