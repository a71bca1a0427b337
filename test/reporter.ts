/** What a person reads after `npm test`: failures in full, a line a room, what was skipped and why, the counts. */
import { relative, sep } from 'node:path';
import { inspect } from 'node:util';
import type { Failure, Tally } from './reporter-tally.ts';

export interface Verdict {
  /** The whole report; its last line is exactly `N passed, N failed, N skipped`. */
  readonly text: string;
  readonly isGood: boolean;
}

/**
 * @param root the checkout, which paths are shown relative to
 * @param isCi under continuous integration a missing program is a failure, unless it is Terraform
 */
export function verdictOn(tallies: readonly Tally[], root: string, isCi: boolean): Verdict {
  const passed = sum(tallies, ({ passed }) => passed);
  const failed = sum(tallies, ({ failures }) => failures.length);
  const skipped = sum(tallies, ({ skips }) => skips.length);
  const missing = missingPrograms(tallies);
  const complaints = complaintsOf({ executed: passed + failed, missing, isCi });
  const parts = [
    ...tallies.flatMap((tally) => failuresOf(tally, root)),
    byRoom(tallies, root),
    skippedFor(missing, tallies),
    ...complaints,
    `${passed} passed, ${failed} failed, ${skipped} skipped`,
  ];
  return {
    text: parts.filter((part) => part !== '').join('\n\n'),
    isGood: failed === 0 && complaints.length === 0,
  };
}

function complaintsOf(found: { executed: number; missing: ReadonlyMap<string, number>; isCi: boolean }): string[] {
  const { executed, missing, isCi } = found;
  const wanted = [...missing.keys()].filter((program) => program.toLowerCase() !== 'terraform');
  return [
    ...(executed === 0 ? ['No test was executed: that is a failure.'] : []),
    ...(isCi && wanted.length > 0
      ? [`CI=true, where only Terraform may be missing, but these are not installed: ${wanted.join(', ')}.`]
      : []),
  ];
}

function failuresOf({ failures, output }: Tally, root: string): string[] {
  if (failures.length === 0) return [];
  const printed =
    output.trim() === '' ? [] : [`  printed by ${relative(root, failures[0]?.file ?? '')}:\n${indent(output.trim())}`];
  return [...failures.map((failure) => describeFailure(failure, root)), ...printed];
}

function describeFailure({ name, file, line, error }: Failure, root: string): string {
  const place = `${relative(root, file)}${line === undefined ? '' : `:${line}`}`;
  return `FAILED ${name}\n  at ${place}\n${indent(whatWentWrong(error))}`;
}

/** The error as Node shows it, without the frames of Node itself. */
function whatWentWrong(error: unknown): string {
  const text = typeof error === 'string' ? error : inspect(error, { depth: 6 });
  return text.replaceAll(/\n +at [^\n]*\(?node:[^\n]*\)?(?=\n|$| \{)/g, '');
}

/** A line for each folder under test/. */
function byRoom(tallies: readonly Tally[], root: string): string {
  const rooms = new Map<string, Tally[]>();
  for (const tally of tallies) {
    const [, room = '', rest] = relative(root, tally.file).split(sep);
    const name = rest === undefined ? '(test)' : room;
    rooms.set(name, [...(rooms.get(name) ?? []), tally]);
  }
  const rows = [...rooms].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, those]) => roomLine(name, those));
  return ['room                passed  failed  skipped', ...rows].join('\n');
}

function roomLine(name: string, tallies: readonly Tally[]): string {
  const counts = [
    sum(tallies, ({ passed }) => passed),
    sum(tallies, ({ failures }) => failures.length),
    sum(tallies, ({ skips }) => skips.length),
  ];
  return name.padEnd(18) + counts.map((count) => String(count).padStart(8)).join('');
}

/** Program → how many tests wait for it, from reasons of the form `<program> is not installed`. */
export function missingPrograms(tallies: readonly Tally[]): ReadonlyMap<string, number> {
  const missing = new Map<string, number>();
  for (const { reason } of tallies.flatMap(({ skips }) => skips)) {
    const program = /^(.+) is not installed$/.exec(reason)?.[1];
    if (program !== undefined) missing.set(program, (missing.get(program) ?? 0) + 1);
  }
  return missing;
}

function skippedFor(missing: ReadonlyMap<string, number>, tallies: readonly Tally[]): string {
  const programs = [...missing].map(([program, count]) => `  ${program} is not installed: ${count}`);
  const others = tallies
    .flatMap(({ skips }) => skips)
    .filter(({ reason }) => !reason.endsWith(' is not installed'))
    .map(({ name, reason }) => `  ${name}: ${reason}`);
  return programs.length + others.length === 0 ? '' : ['skipped:', ...programs, ...others].join('\n');
}

function sum(tallies: readonly Tally[], count: (tally: Tally) => number): number {
  return tallies.reduce((total, tally) => total + count(tally), 0);
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '    ');
}
