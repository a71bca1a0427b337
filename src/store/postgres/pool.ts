import pg from 'pg';

/** Object identifiers of the types that pg would give in another form than we store. */
const int8 = 20;
const bytea = 17;

/** About ten connections; int8 comes as a number (all of ours are below 2^53), bytea as Uint8Array. */
export function makePool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    application_name: 'chancery',
    types: {
      getTypeParser(oid: number, format?: 'text' | 'binary') {
        if (oid === int8) return Number;
        if (oid === bytea) return readBytes;
        return pg.types.getTypeParser(oid, format);
      },
    },
  });
  // A connection broke, idle or in use: its query rejects, the pool drops it, the next query opens another.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** bytea in its hexadecimal output form, `\x` and digits. */
function readBytes(text: string): Uint8Array {
  const bytes = new Uint8Array((text.length - 2) / 2);
  bytes.set(Buffer.from(text.slice(2), 'hex'));
  return bytes;
}
