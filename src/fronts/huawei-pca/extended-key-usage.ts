import { Type } from 'typebox';
import { extendedKeyUsages } from '../../core/profile.ts';
import { decoded } from '../../wire/leaf.ts';

const flag = Type.Optional(Type.Boolean());

/** `extended_key_usage`: an object of booleans, each absent one false. Gives dotted object identifiers. */
export const extendedKeyUsage = decoded(
  Type.Object({
    server_auth: flag,
    client_auth: flag,
    code_signing: flag,
    email_protection: flag,
    time_stamping: flag,
    smart_card_logon: flag,
  }),
  (given): readonly string[] => {
    const wanted: readonly (readonly [boolean | undefined, string])[] = [
      [given.server_auth, extendedKeyUsages.serverAuth],
      [given.client_auth, extendedKeyUsages.clientAuth],
      [given.code_signing, extendedKeyUsages.codeSigning],
      [given.email_protection, extendedKeyUsages.emailProtection],
      [given.time_stamping, extendedKeyUsages.timeStamping],
      [given.smart_card_logon, extendedKeyUsages.smartCardLogon],
    ];
    return wanted.filter(([isWanted]) => isWanted === true).map(([, oid]) => oid);
  },
);
