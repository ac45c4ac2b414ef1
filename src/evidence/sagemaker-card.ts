import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  jsonText,
  parseLenientJson,
} from '../base/lenient-json.ts';
import type { CardNumber } from './model-card.ts';

/**
 * The content of an Amazon SageMaker model card: as it is, or as `DescribeModelCard` gives it, a JSON text at `Content`.
 * undefined when the document is something else.
 */
export function contentOfSageMakerCard(document: JsonValue): JsonObject | undefined {
  if (!isJsonObject(document)) return undefined;
  const text = document.has('ModelCardName') ? jsonText(document, 'Content') : undefined;
  const inside = text === undefined ? undefined : parseLenientJson(text);
  const content = inside?.ok ? inside.value : document;
  const known = ['model_overview', 'intended_uses', 'training_details', 'evaluation_details'];
  return isJsonObject(content) && known.some((key) => content.has(key)) ? content : undefined;
}

/**
 * The numbers that such a card states: the metrics of type `number` of its evaluations, and the metrics of its training
 * job. Graphs, matrices and texts are no numbers that a run could have logged.
 */
export function numbersOfSageMakerCard(content: JsonObject): readonly CardNumber[] {
  const evaluations = listAt(content, 'evaluation_details').flatMap((evaluation) => {
    const job = isJsonObject(evaluation) ? jsonText(evaluation, 'name') : undefined;
    return listAt(evaluation, 'metric_groups').flatMap((group) =>
      listAt(group, 'metric_data')
        .filter((metric) => isJsonObject(metric) && jsonText(metric, 'type') === 'number')
        .map((metric) => numberOf(metric, job)),
    );
  });
  const training = objectAt(objectAt(content, 'training_details'), 'training_job_details');
  const trained = ['training_metrics', 'user_provided_training_metrics'].flatMap((key) =>
    listAt(training, key).map((metric) => numberOf(metric, 'training')),
  );
  return [...evaluations, ...trained];
}

function numberOf(metric: JsonValue, where: string | undefined): CardNumber {
  const object = isJsonObject(metric) ? metric : undefined;
  const name = jsonText(object, 'name');
  const value = object?.get('value');
  const behind = name === undefined || where === undefined ? [] : [`${where}_${name}`, `${where}/${name}`];
  return {
    title: [name ?? 'a metric without a name', where].filter((part) => part !== undefined).join(' of '),
    names: name === undefined ? [] : [...behind, name],
    text: typeof value === 'number' || typeof value === 'string' ? String(value) : '',
    value: typeof value === 'number' ? value : undefined,
  };
}

function listAt(value: JsonValue | undefined, key: string): readonly JsonValue[] {
  const list = isJsonObject(value) ? value.get(key) : undefined;
  return isJsonArray(list) ? list : [];
}

function objectAt(value: JsonValue | undefined, key: string): JsonObject | undefined {
  const found = isJsonObject(value) ? value.get(key) : undefined;
  return isJsonObject(found) ? found : undefined;
}
