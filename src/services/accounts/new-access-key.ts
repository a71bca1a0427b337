import type { AccessKey, Role } from '../../core/account.ts';
import { type AccessKeyId, accessKeyId, type AccountId } from '../../core/ids.ts';
import type { World } from '../world.ts';

/** A credential before it is sealed. The secret is 40 ASCII letters and digits unless the operator chose it. */
export interface NewAccessKey {
  readonly id: AccessKeyId;
  readonly secret: Uint8Array;
}

const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const secretAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A fresh credential: `AKIA` and 16 characters (80 bits), and a secret of 40 characters (238 bits). */
export function newAccessKey({ random }: Pick<World, 'random'>): NewAccessKey {
  return {
    id: accessKeyId(`AKIA${new TextDecoder().decode(draw(random, idAlphabet, 16))}`),
    secret: draw(random, secretAlphabet, 40),
  };
}

/** The row of a credential: its secret sealed to the account and the key's id. */
export function sealAccessKey(
  { vault, clock }: Pick<World, 'vault' | 'clock'>,
  account: AccountId,
  key: NewAccessKey,
  user: { userName: string; role: Role; isOperator: boolean },
): AccessKey {
  return {
    id: key.id,
    account,
    ...user,
    disabled: false,
    sealedSecret: vault.sealSecret(account, key.id, key.secret),
    createdAt: clock.now(),
  };
}

/** Characters without bias: octets at or above the largest multiple of the alphabet's size are drawn again. */
function draw(random: World['random'], alphabet: string, count: number): Uint8Array {
  const limit = 256 - (256 % alphabet.length);
  const drawn = new Uint8Array(count);
  let filled = 0;
  while (filled < count) {
    for (const octet of random.bytes(count)) {
      if (octet >= limit || filled === count) continue;
      drawn[filled] = alphabet.charCodeAt(octet % alphabet.length);
      filled += 1;
    }
  }
  return drawn;
}
