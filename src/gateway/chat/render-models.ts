import { vendorOf } from './model-id.js';

/** @see https://platform.openai.com/docs/api-reference/models/object */
export interface Model {
  readonly id: string;
  readonly object: 'model';
  readonly created: number;
  readonly owned_by: string;
}

export interface ModelList {
  readonly object: 'list';
  readonly data: readonly Model[];
}

/** @param created Unix seconds: when the configuration that names the models became active. */
export function renderModels(ids: readonly string[], created: number): ModelList {
  return { object: 'list', data: ids.map((id) => renderModel(id, created)) };
}

/** Ids without a vendor are this gateway's own names: groups, aliases and targets. */
export function renderModel(id: string, created: number): Model {
  return { id, object: 'model', created, owned_by: vendorOf(id) ?? 'keeptrusts' };
}
