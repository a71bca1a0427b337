import { flag, optional, shape } from '../../wire/huawei-rest/shapes.ts';
import { extendedKeyUsages } from '../../core/profile.ts';
import { decoded } from '../../wire/leaf.ts';

const usage = optional(flag());

/** `extended_key_usage`: an object of booleans, each absent one false. Gives dotted object identifiers. */
export const extendedKeyUsage = decoded(
  shape({
    server_auth: usage,
    client_auth: usage,
    code_signing: usage,
    email_protection: usage,
    time_stamping: usage,
    smart_card_logon: usage,
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
