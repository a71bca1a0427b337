import type { Services } from '../../services/bind.ts';
import { operationsOf } from '../../wire/operation.ts';

export const operation = operationsOf<Services>();
