/** A server in small: records certificates as fast as it can and prints the serial number of each that was answered. */
import { writeSync } from 'node:fs';
import { openStore } from '../../src/store/open.ts';
import { startWriter } from '../../src/workers/writer-client.ts';
import { aClaim, anAccountId, anAuthority, anIssued } from '../contracts/store-builders.ts';

const store = await openStore({ url: `sqlite:${process.argv[2]}`, startWriter });
const authority = anAuthority(anAccountId());
await store.commit('create-authority', { authority, tags: [] });
await Promise.all(Array.from({ length: 16 }, issueForever));

async function issueForever(): Promise<never> {
  for (;;) {
    const certificate = anIssued(authority);
    const { account, serial } = certificate;
    const claim = aClaim(account, serial, { token: serial });
    await store.commit('record-issued', { certificate, authorityVersion: 1, claim });
    writeSync(1, `${account} ${serial}\n`); // handed over before the kill can come
  }
}
