import { renderModel, renderModels } from './chat/render-models.js';
import type { Reply } from './reply.js';
import { modelNames, unknownModel } from './routing/select-targets.js';
import type { Runtime } from './runtime.js';

/** `GET /v1/models`: groups, aliases and the targets' models, each once. */
export function listModels({ config, targets, createdMs }: Runtime): Reply {
  const names = modelNames(targets, config.providers);
  return { kind: 'json', text: JSON.stringify(renderModels(names, seconds(createdMs))) };
}

/** `GET /v1/models/:id`: whatever is listed, and the targets' ids. */
export function showModel({ config, targets, createdMs }: Runtime, id: string): Reply {
  const names = modelNames(targets, config.providers);
  if (!names.includes(id) && !targets.some((target) => target.id === id)) throw unknownModel(names);
  return { kind: 'json', text: JSON.stringify(renderModel(id, seconds(createdMs))) };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
