import { spawn } from 'node:child_process';
import type { LoadJob, LoadReport } from './load.ts';

/** Runs the load generator in a process of its own, so that it takes no turn of this one's event loop. */
export function drive(job: Omit<LoadJob, 'requests'> & { requests: readonly Buffer[] }): Promise<LoadReport> {
  return new Promise((resolve, reject) => {
    const script = new URL('./load.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (part: Buffer) => (text += part.toString()));
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve(JSON.parse(text)) : reject(new Error(`the load generator exited with ${code}`)),
    );
    child.stdin.end(JSON.stringify({ ...job, requests: job.requests.map((request) => request.toString('base64')) }));
  });
}
