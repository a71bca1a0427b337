// Loaded into a Node that run.mjs started: when the launcher is gone, even by kill -9, the server stops as if asked to,
// instead of staying behind with the port and the lock of the data folder.
import { isMainThread } from 'node:worker_threads';

if (isMainThread && process.channel !== undefined) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}
