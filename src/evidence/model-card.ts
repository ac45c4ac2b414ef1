import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  jsonNumber,
  jsonText,
} from '../base/lenient-json.ts';
import type { PlainYaml } from '../base/plain-yaml.ts';

/** A number that a model card states about the model. */
export interface CardNumber {
  /** Where it stands, for people: "accuracy of Default of Credit Card Clients". */
  readonly title: string;
  /** What a run may have logged it as, the best first. */
  readonly names: readonly string[];
  /** As it is written. */
  readonly text: string;
  /** undefined where it is not written as a number. */
  readonly value: number | undefined;
}

/**
 * The metrics of a Hugging Face card's `model-index` (https://github.com/huggingface/hub-docs, modelcard.md). When one
 * of several models there has the name that is asked for, the others are left out. undefined when there is no
 * `model-index`.
 */
export function numbersOfModelIndex(frontMatter: PlainYaml, model: string): readonly CardNumber[] | undefined {
  const top = isJsonObject(frontMatter.value) ? frontMatter.value : undefined;
  const index = top?.get('model-index');
  if (!isJsonArray(index)) return undefined;
  const isOwn = (entry: JsonValue) => isJsonObject(entry) && jsonText(entry, 'name') === model;
  const hasOwn = index.some(isOwn);
  return index.flatMap((entry, at) =>
    hasOwn && !isOwn(entry) ? [] : numbersOfEntry(entry, frontMatter, ['model-index', at, 'results']),
  );
}

type Path = readonly (string | number)[];

function numbersOfEntry(entry: JsonValue, yaml: PlainYaml, path: Path): CardNumber[] {
  return listAt(entry, 'results').flatMap((result, at) => {
    const dataset = objectAt(result, 'dataset');
    const split = jsonText(dataset, 'split');
    const where = jsonText(dataset, 'name') ?? jsonText(dataset, 'type');
    return listAt(result, 'metrics').map((metric, place): CardNumber => {
      const object = isJsonObject(metric) ? metric : undefined;
      const type = jsonText(object, 'type');
      const name = jsonText(object, 'name');
      const raw = object?.get('value');
      return {
        title: [name ?? type ?? 'a metric without a type', where].filter((part) => part !== undefined).join(' of '),
        names: namesOf([name, type], split),
        text: yaml.sourceAt([...path, at, 'metrics', place, 'value']) ?? textOf(raw),
        value: jsonNumber(raw),
      };
    });
  });
}

/**
 * The numbers of Hugging Face's newer `.eval_results/*.yaml`: a list of `{dataset: {id, task_id}, value}`. undefined
 * when the file is something else.
 */
export function numbersOfEvalResults(yaml: PlainYaml): readonly CardNumber[] | undefined {
  const list = isJsonArray(yaml.value) ? yaml.value : undefined;
  if (list === undefined || !list.every((entry) => isJsonObject(entry) && entry.has('value'))) return undefined;
  return list.map((entry, at): CardNumber => {
    const object = isJsonObject(entry) ? entry : undefined;
    const dataset = objectAt(entry, 'dataset');
    const task = jsonText(dataset, 'task_id');
    const id = jsonText(dataset, 'id');
    const raw = object?.get('value');
    const both = id !== undefined && task !== undefined ? [`${id}/${task}`, `${id}_${task}`] : [];
    return {
      title: [task ?? 'the result', id].filter((part) => part !== undefined).join(' of '),
      names: [task, ...both, id].filter((name) => name !== undefined),
      text: yaml.sourceAt([at, 'value']) ?? textOf(raw),
      value: jsonNumber(raw),
    };
  });
}

/**
 * The numbers of a Google Model Card Toolkit card (JSON, schema 0.0.2), where they are written as texts. undefined when
 * the document is something else.
 */
export function numbersOfGoogleCard(document: JsonValue): readonly CardNumber[] | undefined {
  const analysis = objectAt(document, 'quantitative_analysis');
  if (analysis === undefined) return undefined;
  return listAt(analysis, 'performance_metrics').map((metric): CardNumber => {
    const object = isJsonObject(metric) ? metric : undefined;
    const type = jsonText(object, 'type');
    const slice = jsonText(object, 'slice');
    const whole = slice === undefined || /^(?:overall|all|)$/i.test(slice.trim());
    const raw = object?.get('value');
    return {
      title: [type ?? 'a metric without a type', whole ? undefined : slice]
        .filter((part) => part !== undefined)
        .join(' of '),
      names: whole ? namesOf([type], undefined) : sliceNames(type, slice),
      text: textOf(raw),
      value: jsonNumber(raw),
    };
  });
}

/**
 * Whether a number as it stands in a card is the number that was logged: equal within 1e-9 of max(1, |a|, |b|), or the
 * logged one rounded to the digits that the card shows, when it shows at least three significant ones.
 */
export function isSameNumber(text: string, stated: number, logged: number): boolean {
  if (!Number.isFinite(stated) || !Number.isFinite(logged)) return false;
  if (Math.abs(stated - logged) <= 1e-9 * Math.max(1, Math.abs(stated), Math.abs(logged))) return true;
  const [, whole, fraction = '', exponent = '0'] = /^[-+]?(\d*)\.?(\d*)(?:[eE]([-+]?\d+))?$/.exec(text.trim()) ?? [];
  if (whole === undefined) return false;
  const significant = `${whole}${fraction}`.replace(/^0+/, '').length;
  const unit = 10 ** (Number(exponent) - fraction.length);
  // A whole number shows no digit that was rounded away.
  return fraction !== '' && significant >= 3 && Math.abs(stated - logged) <= unit * (0.5 + 1e-6);
}

/** A metric by its name and type, alone and behind the split's name: `accuracy`, `holdout_accuracy`, `holdout/accuracy`. */
function namesOf(own: readonly (string | undefined)[], split: string | undefined): readonly string[] {
  const names = own.filter((name) => name !== undefined);
  const behindSplit = split === undefined ? [] : names.flatMap((name) => [`${split}_${name}`, `${split}/${name}`]);
  return [...behindSplit, ...names];
}

function sliceNames(type: string | undefined, slice: string): readonly string[] {
  if (type === undefined) return [];
  return [`${type}_${slice}`, `${type}/${slice}`, `${slice}_${type}`, `${slice}/${type}`];
}

function listAt(value: JsonValue | undefined, key: string): readonly JsonValue[] {
  const list = isJsonObject(value) ? value.get(key) : undefined;
  return isJsonArray(list) ? list : [];
}

function objectAt(value: JsonValue | undefined, key: string): JsonObject | undefined {
  const found = isJsonObject(value) ? value.get(key) : undefined;
  return isJsonObject(found) ? found : undefined;
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
