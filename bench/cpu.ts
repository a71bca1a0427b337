/** Where a server's CPU time goes, by thread, from the kernel's own accounting (Linux; empty elsewhere). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Starts counting; the returned function gives microseconds a request since then. */
export function cpuPerRequest(
  pid: number,
): (requests: number) => { text: string; byThread: Readonly<Record<string, number>> } {
  const before = ticks(pid);
  return (requests) => {
    const byThread: Record<string, number> = {};
    for (const [thread, { name, count }] of ticks(pid)) {
      const spent = ((count - (before.get(thread)?.count ?? 0)) * microsecondsPerTick) / requests;
      byThread[name] = (byThread[name] ?? 0) + spent;
    }
    const shown = Object.entries(byThread).filter(([, spent]) => spent >= 1);
    return { text: shown.map(([name, spent]) => `${name} ${spent.toFixed(0)}`).join(', ') + ' µs a request', byThread };
  };
}

/** sysconf(_SC_CLK_TCK) is 100 on every Linux that Node runs on. */
const microsecondsPerTick = 10_000;

function ticks(pid: number): Map<string, { name: string; count: number }> {
  const folder = `/proc/${pid}/task`;
  if (!existsSync(folder)) return new Map();
  return new Map(
    readdirSync(folder).map((thread) => {
      const [, name = '', rest = ''] = /\((.*)\) ([^]*)/.exec(readFileSync(`${folder}/${thread}/stat`, 'utf8')) ?? [];
      const fields = rest.split(' ');
      return [
        thread,
        { name: name.replace('node-MainThread', 'main'), count: Number(fields[11]) + Number(fields[12]) },
      ];
    }),
  );
}
