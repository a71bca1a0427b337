/** The media type by the ending of an object's name: a folder keeps no other note of it. */
export function contentTypeOf(name: string): string {
  const ending = name.slice(name.lastIndexOf('.') + 1);
  return types.get(ending) ?? 'application/octet-stream';
}

const types: ReadonlyMap<string, string> = new Map([
  ['csv', 'text/csv; charset=utf-8'],
  ['json', 'application/json'],
  ['crl', 'application/pkix-crl'],
]);
