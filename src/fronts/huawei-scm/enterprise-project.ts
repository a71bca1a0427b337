import { text } from '../../wire/huawei-rest/shapes.ts';
import { decoded } from '../../wire/leaf.ts';
import { incorrect } from './refusals.ts';

const pattern = /^(all|0|[0-9a-z]{8}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{12})$/;

/** What requests and responses call none at all: the default project. */
export const defaultEnterpriseProject = '0';

/** `enterprise_project_id`: "all", "0" or a UUID; "" is absent. */
export const enterpriseProject = decoded(text(), (given): string | undefined => {
  if (given === '') return undefined;
  if (!pattern.test(given)) throw incorrect('enterprise_project_id takes "all", "0" or a UUID.');
  return given;
});
