/** What operators measure, in Prometheus's text form. Names and labels are bounded: no ids, no names of users. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Observation } from '../wire/observation.ts';

export interface Metrics {
  observe(observation: Observation): void;
  issued(): void;
  exported(): void;
  committed(groupSize: number): void;
  /** The text of /metrics. */
  text(): Promise<string>;
  readonly contentType: string;
  stop(): void;
}

/** @param signingQueue how many certificates wait for the signer now */
export function startMetrics(signingQueue: () => number, heartbeats: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'chancery_requests_total',
    help: 'Requests by front, operation and outcome',
    labelNames: ['front', 'operation', 'outcome'],
    registers,
  });
  const latency = new Histogram({
    name: 'chancery_request_seconds',
    help: 'Time from the whole request to its answer',
    labelNames: ['front', 'operation'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  const issued = new Counter({
    name: 'chancery_certificates_issued_total',
    help: 'Certificates signed and stored',
    registers,
  });
  const exported = new Counter({ name: 'chancery_keys_exported_total', help: 'Private keys given out', registers });
  const commits = new Histogram({
    name: 'chancery_store_commit_size',
    help: 'Commands in one durable commit',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers,
  });
  gauge(registry, 'chancery_signing_queue', 'Requests that wait for the signer', signingQueue);
  gauge(registry, 'chancery_job_runs', 'Runs of background jobs since the start', heartbeats);
  gauge(registry, 'process_resident_memory_bytes', 'Resident memory', () => process.memoryUsage.rss());
  gauge(registry, 'process_uptime_seconds', 'Time since the start', () => process.uptime());
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  new Gauge({
    name: 'chancery_event_loop_delay_seconds',
    help: 'Delay of the event loop since the last scrape',
    labelNames: ['quantile'],
    registers,
    collect() {
      for (const percentile of [50, 99, 100]) {
        this.set({ quantile: String(percentile / 100) }, Math.max(0, delay.percentile(percentile) / 1e9 - 0.005));
      }
      delay.reset();
    },
  });
  return {
    observe: ({ front, operation, outcome, ms }) => {
      requests.inc({ front, operation, outcome });
      latency.observe({ front, operation }, ms / 1000);
    },
    issued: () => issued.inc(),
    exported: () => exported.inc(),
    committed: (groupSize) => commits.observe(groupSize),
    text: () => registry.metrics(),
    contentType: registry.contentType,
    stop: () => delay.disable(),
  };
}

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}
