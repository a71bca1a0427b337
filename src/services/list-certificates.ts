import type { Caller } from '../core/account.ts';
import type { ManagedCertificate } from '../core/certificate.ts';
import type { IssuedCertificateReader, IssuedListing, ManagedCertificateReader, Page, Slice } from '../core/store.ts';
import type { World } from './world.ts';

type Uses = Pick<World, 'store' | 'clock'>;

/** Managed certificates of one region by pages that stay stable while others are added. */
export async function pageManagedCertificates(
  { store, clock }: Uses,
  caller: Caller,
  wanted: Omit<Parameters<ManagedCertificateReader['page']>[1], 'now'>,
): Promise<Page<ManagedCertificate>> {
  return store.managed.page(caller.account, { ...wanted, now: clock.now() });
}

/** Imported certificates of every region by row number, with their total. */
export async function sliceImportedCertificates(
  { store, clock }: Uses,
  caller: Caller,
  wanted: Omit<Parameters<ManagedCertificateReader['slice']>[1], 'now' | 'origin'>,
): Promise<Slice<ManagedCertificate>> {
  return store.managed.slice(caller.account, { ...wanted, origin: 'imported', now: clock.now() });
}

/** What the caller's authorities issued to others than authorities, by row number, with its total. */
export async function sliceIssuedCertificates(
  { store, clock }: Uses,
  caller: Caller,
  wanted: Omit<Parameters<IssuedCertificateReader['slice']>[1], 'now'>,
): Promise<Slice<IssuedListing>> {
  return store.issued.slice(caller.account, { ...wanted, now: clock.now() });
}
