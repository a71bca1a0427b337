/** Nested values in text columns; octet strings inside survive as base64 under a marker of their own. */
const marker = '$bytes';

export function toJson(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    member instanceof Uint8Array ? { [marker]: Buffer.from(member).toString('base64') } : member,
  );
}

/** The value as `toJson` wrote it. What the column holds is known only to the one who asks: he names the type. */
export function fromJson<Value>(text: string): Value {
  return text.includes(`"${marker}"`) ? JSON.parse(text, revive) : JSON.parse(text);
}

function revive(_name: string, member: unknown): unknown {
  if (typeof member !== 'object' || member === null || !(marker in member)) return member;
  return typeof member[marker] === 'string' ? new Uint8Array(Buffer.from(member[marker], 'base64')) : member;
}
