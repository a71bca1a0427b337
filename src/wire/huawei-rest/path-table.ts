/** An entry of a table of operations by method and path. */
export interface PathEntry {
  readonly method?: string;
  readonly path?: string;
}

export type Found<Entry> =
  | { readonly kind: 'found'; readonly entry: Entry; readonly parameters: Readonly<Record<string, string>> }
  /** The path is there, but not with this method. */
  | { readonly kind: 'method' }
  | { readonly kind: 'none' };

/**
 * Finds an entry by method and path. A literal segment goes before a parameter, from left to right, whatever the
 * order of the entries. A path has one spelling: a segment that is empty (`//`), `.` or `..`, or holds a `%`,
 * belongs to nothing, so that what is found is what was signed and logged.
 */
export function pathTable<Entry extends PathEntry>(
  entries: readonly Entry[],
): (method: string, path: string) => Found<Entry> {
  const root = node<Entry>();
  for (const entry of entries) add(root, entry);
  return (method, path) => {
    const segments = path.split('/').slice(1);
    if (segments.at(-1) === '') segments.pop(); // one trailing slash: the canonical path has one too
    if (!segments.every(isPlain)) return { kind: 'none' };
    const leaf = descend(root, segments, 0);
    if (leaf === undefined) return { kind: 'none' };
    const target = leaf.entries.get(method);
    if (target === undefined) return { kind: 'method' };
    return { kind: 'found', entry: target.entry, parameters: parametersOf(target.names, segments) };
  };
}

interface Node<Entry> {
  readonly literals: Map<string, Node<Entry>>;
  parameter?: Node<Entry>;
  /** By method; `names` are the path's parameters by the place of their segment. */
  readonly entries: Map<string, { readonly entry: Entry; readonly names: ReadonlyMap<number, string> }>;
}

function node<Entry>(): Node<Entry> {
  return { literals: new Map(), entries: new Map() };
}

function add<Entry extends PathEntry>(root: Node<Entry>, entry: Entry): void {
  const { method, path } = entry;
  if (method === undefined || path === undefined)
    throw new Error('an operation of this dialect has a method and a path');
  const names = new Map<number, string>();
  let at = root;
  for (const [place, segment] of path.split('/').slice(1).entries()) {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name !== undefined) names.set(place, name);
    at = name === undefined ? literal(at, segment) : (at.parameter ??= node());
  }
  if (at.entries.has(method)) throw new Error(`${method} ${path} is listed twice`);
  at.entries.set(method, { entry, names });
}

function literal<Entry>(at: Node<Entry>, segment: string): Node<Entry> {
  const next = at.literals.get(segment) ?? node();
  at.literals.set(segment, next);
  return next;
}

function descend<Entry>(at: Node<Entry>, segments: readonly string[], place: number): Node<Entry> | undefined {
  const segment = segments[place];
  if (segment === undefined) return at.entries.size > 0 ? at : undefined;
  const exact = at.literals.get(segment);
  const below = exact === undefined ? undefined : descend(exact, segments, place + 1);
  if (below !== undefined) return below;
  return at.parameter === undefined ? undefined : descend(at.parameter, segments, place + 1);
}

function isPlain(segment: string): boolean {
  return segment !== '' && segment !== '.' && segment !== '..' && !segment.includes('%');
}

function parametersOf(names: ReadonlyMap<number, string>, segments: readonly string[]): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [place, name] of names) parameters[name] = segments[place] ?? '';
  return parameters;
}
