/** The steps that tests of Huawei's PCA begin with. */
import { done } from '../huawei-call.ts';
import type { House } from '../house.ts';

export const authorities = '/v1/private-certificate-authorities';
export const certificates = '/v1/private-certificates';

export const fullName = {
  common_name: 'Test Root',
  country: 'CN',
  state: 'Sichuan',
  locality: 'Chengdu',
  organization: 'Chancery Tests',
  organizational_unit: 'PKI',
};

export const years = (value: number) => ({ type: 'YEAR', value });
export const days = (value: number) => ({ type: 'DAY', value });

type Wish = Readonly<Record<string, unknown>>;

/** The body of a root of ten years on P-256. */
export function rootWish(wish: Wish = {}): Wish {
  return {
    type: 'ROOT',
    distinguished_name: fullName,
    key_algorithm: 'EC256',
    signature_algorithm: 'SHA256',
    validity: years(10),
    ...wish,
  };
}

/** The body of a subordinate that stays pending. */
export function pendingWish(wish: Wish = {}): Wish {
  return {
    type: 'SUBORDINATE',
    distinguished_name: { ...fullName, common_name: 'Test Subordinate' },
    key_algorithm: 'EC256',
    ...wish,
  };
}

export async function createCa(house: House, body: Wish): Promise<string> {
  return (await done(house, 'POST', authorities, { body })).ca_id;
}

export function activeRoot(house: House, wish: Wish = {}): Promise<string> {
  return createCa(house, rootWish(wish));
}

/** A subordinate of five years, active at once. */
export function activeSubordinate(house: House, issuer: string, wish: Wish = {}): Promise<string> {
  const active = { issuer_id: issuer, signature_algorithm: 'SHA256', validity: years(5) };
  return createCa(house, pendingWish({ ...active, ...wish }));
}

export function showCa(house: House, id: string) {
  return done(house, 'GET', `${authorities}/${id}`);
}

/** The body of a certificate of 30 days with its key here. */
export function certificateWish(issuer: string, wish: Wish = {}): Wish {
  return {
    issuer_id: issuer,
    distinguished_name: { common_name: 'www.example.com' },
    validity: days(30),
    subject_alternative_names: [{ type: 'DNS', value: 'www.example.com' }],
    extended_key_usage: { server_auth: true },
    ...wish,
  };
}

export async function createCertificate(house: House, issuer: string, wish: Wish = {}): Promise<string> {
  return (await done(house, 'POST', certificates, { body: certificateWish(issuer, wish) })).certificate_id;
}

export async function createByCsr(house: House, issuer: string, csr: string, wish: Wish = {}): Promise<string> {
  const body = { issuer_id: issuer, csr, validity: days(30), ...wish };
  return (await done(house, 'POST', `${certificates}/csr`, { body })).certificate_id;
}
