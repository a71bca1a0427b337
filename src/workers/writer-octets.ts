import { ownOctets } from './own-octets.ts';

/** Plain data with every octet string in memory of its own. */
export function ownedValue<Value>(value: Value): Value {
  return owned(value) as Value; // the same shape, member by member
}

function owned(value: unknown): unknown {
  if (value instanceof Uint8Array) return ownOctets(value);
  if (Array.isArray(value)) return value.map(owned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, owned(member)]));
}
