import type { KeyMaker, ReportWriter } from '../core/ports.ts';
import { auditReportLayout } from '../fronts/aws-pca/audit-report-layout.ts';
import { deleteEnded } from '../jobs/delete-ended.ts';
import { fillKeyPool } from '../jobs/fill-key-pool.ts';
import { finishAuthorities } from '../jobs/finish-authorities.ts';
import { purgeAuthorities } from '../jobs/purge-authorities.ts';
import type { Job } from '../jobs/schedule.ts';
import { type AccessKeyUses, touchAccessKeys } from '../jobs/touch-access-keys.ts';
import { writeAuditReports } from '../jobs/write-audit-reports.ts';
import type { World } from '../services/world.ts';
import type { ServerLog } from './log.ts';

export interface JobNeeds {
  readonly world: World;
  readonly keyMaker: KeyMaker;
  readonly uses: AccessKeyUses;
  readonly reports: ReportWriter;
  readonly log: ServerLog;
}

/** Every job of a server. */
export function jobsOf({ world, keyMaker, uses, reports, log }: JobNeeds): readonly Job[] {
  const { store, objects, clock, random } = world;
  const { keys, auditReports } = store;
  const commit: typeof store.commit = (name, input) => store.commit(name, input);
  return [
    fillKeyPool({ keys, commit, keyMaker }),
    deleteEnded({ commit, clock }),
    finishAuthorities(world),
    purgeAuthorities(world, ({ account, id }) =>
      log.info({ audit: 'purged', what: 'authority', id, account }, 'audit'),
    ),
    writeAuditReports({
      auditReports,
      commit,
      objects,
      writer: reports,
      layoutOf: auditReportLayout,
      clock,
      random,
      log,
    }),
    touchAccessKeys({ uses, commit }),
  ];
}
