import type { ServerBundle } from '../bundle.ts';
import { writePkcs12 } from '../pkcs12.ts';
import { chainAndLeaf, keystoreMembers } from './members.ts';

/** A PFX with leaf, chain and key. */
export const iis: ServerBundle = {
  withKey: (input) =>
    keystoreMembers(input, 'server.pfx', (password) =>
      writePkcs12({ ...input, friendlyName: input.name }, password, { legacy: input.legacyPkcs12 }),
    ),
  withoutKey: chainAndLeaf,
};
