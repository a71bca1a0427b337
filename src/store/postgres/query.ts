import type { ClientBase, Pool } from 'pg';
import { faultOfPostgres } from './faults.ts';

/** Statements that a connection keeps prepared; beyond it, texts run unprepared. */
const preparedLimit = 500;
const names = new Map<string, string>();

/** Runs a statement, prepared once a connection under a name that stands for its text. Faults as `faults.ts` says. */
export async function query<Row>(
  on: Pool | ClientBase,
  text: string,
  values: readonly unknown[],
): Promise<{ rows: Row[]; rowCount: number }> {
  const name = nameOf(text);
  const config = { text, values: values.map(bindable) };
  try {
    const { rows, rowCount } = await on.query(name === undefined ? config : { ...config, name });
    return { rows, rowCount: rowCount ?? 0 };
  } catch (cause) {
    throw faultOfPostgres(cause);
  }
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= preparedLimit) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

/** pg writes only Buffers as bytea. */
function bindable(value: unknown): unknown {
  if (value instanceof Uint8Array && !Buffer.isBuffer(value)) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
  return Array.isArray(value) ? value.map(bindable) : value;
}
