import type { ServerBundle } from '../bundle.ts';
import { writeJks } from '../jks.ts';
import { chainAndLeaf, keystoreMembers } from './members.ts';

/** A JKS with leaf, chain and key. */
export const tomcat: ServerBundle = {
  withKey: (input) =>
    keystoreMembers(input, 'server.jks', (password) =>
      writeJks({ ...input, alias: input.name, createdAt: input.now }, password),
    ),
  withoutKey: chainAndLeaf,
};
