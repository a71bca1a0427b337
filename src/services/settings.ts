/** Settings of the server or of one account: a short table of names, each with the values it takes. */
import { Fault } from '../core/fault.ts';
import type { AccountId } from '../core/ids.ts';
import type { World } from './world.ts';

/** Every setting, what it does, its values (the first is the default). */
export const settings = {
  'pkcs12-profile': {
    about: 'how PKCS#12 files are encrypted: modern (AES-256, SHA-256) or legacy (3DES, SHA-1) for old Windows',
    values: ['modern', 'legacy'],
  },
} as const satisfies Record<string, { about: string; values: readonly string[] }>;

export type SettingName = keyof typeof settings;

/** The value in force for an account: its own, else the server's, else the default. */
export async function settingOf(
  { store }: Pick<World, 'store'>,
  name: SettingName,
  account: AccountId,
): Promise<string> {
  return (await store.settings.get(name, account)) ?? settings[name].values[0];
}

/** The operator's verb: sets or (with undefined) clears a setting. Fault `invalid` for an unknown name or value. */
export async function putSetting(
  { store }: Pick<World, 'store'>,
  wish: { name: string; value: string | undefined; account?: AccountId },
): Promise<void> {
  const setting = Object.entries(settings).find(([name]) => name === wish.name)?.[1];
  if (setting === undefined) {
    throw new Fault(
      'invalid',
      `setting ${wish.name} does not exist, expected one of ${Object.keys(settings).join(', ')}`,
      {
        what: 'setting',
      },
    );
  }
  const allowed: readonly string[] = setting.values;
  if (wish.value !== undefined && !allowed.includes(wish.value)) {
    throw new Fault('invalid', `setting ${wish.name} takes ${allowed.join(' or ')}, not ${wish.value}`, {
      what: 'setting',
    });
  }
  await store.commit('put-setting', wish);
}

/** The operator's verb: what is set, for the server or for one account. */
export async function listSettings(
  { store }: Pick<World, 'store'>,
  account?: AccountId,
): Promise<readonly { name: string; value: string; account?: AccountId }[]> {
  const all = await store.settings.list(account);
  return all.filter(({ name }) => Object.hasOwn(settings, name)); // others are the server's own memory
}
