import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { openStore } from '../../src/store/open.ts';
import { startLongReader } from '../../src/workers/long-reader-client.ts';
import { startWriter } from '../../src/workers/writer-client.ts';
import { storeContract } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'chancery-store-'));
after(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
const url = () => `sqlite:${join(folder, String(++count), 'chancery.sqlite')}`;

storeContract('SQLite with its threads', () => openStore({ url: url(), startWriter, startLongReader }));
storeContract('SQLite on one thread', () => openStore({ url: url() }));
