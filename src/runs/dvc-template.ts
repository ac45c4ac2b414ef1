import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../base/lenient-json.ts';

/** What `${…}` in a `dvc.yaml` may name. */
export type TemplateValues = JsonObject;

const REFERENCE = /(?<!\\)\$\{([^}]{0,500})\}/g;
/** More stages than a matrix or a `foreach` of any project makes. */
const MOST_COPIES = 1000;

/** A text of `dvc.yaml` with each `${a.b[0]}` replaced by its value; undefined when one has none that can stand in a text. */
export function fillIn(text: string, values: TemplateValues): string | undefined {
  let isComplete = true;
  const filled = text.replaceAll(REFERENCE, (_, reference: string) => {
    const value = valueAt(reference, values);
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    if (typeof value === 'boolean') return value ? 'true' : 'false';
    isComplete = false;
    return '';
  });
  return isComplete ? filled.replaceAll('\\${', '${') : undefined;
}

/** The value that a reference such as `model.layers[0]` names. */
export function valueAt(reference: string, values: TemplateValues): JsonValue | undefined {
  let value: JsonValue | undefined = values;
  for (const key of reference
    .trim()
    .split(/[.[\]]+/)
    .filter((part) => part !== '')) {
    if (isJsonObject(value)) value = value.get(key);
    else if (isJsonArray(value) && /^\d+$/.test(key)) value = value[Number(key)];
    else return undefined;
  }
  return value;
}

/** A stage's definition with the values that it sees: one for each item of a `foreach` or `matrix`. */
export interface StageCopy {
  readonly stage: JsonObject;
  readonly values: TemplateValues;
  /** What DVC adds to the stage's name in `dvc.lock`: `@item`, or nothing. */
  readonly suffix: string;
}

/** The stages that one entry of `stages` makes; undefined when its items can't be told. */
export function copiesOf(definition: JsonObject, values: TemplateValues): StageCopy[] | undefined {
  const matrix = definition.get('matrix');
  if (matrix !== undefined) return matrixCopies(definition, matrix, values);
  const each = definition.get('foreach');
  if (each === undefined) return [{ stage: definition, values, suffix: '' }];
  const stage = definition.get('do');
  const items = referenced(each, values);
  if (!isJsonObject(stage)) return undefined;
  if (isJsonObject(items)) {
    const named = [...items].slice(0, MOST_COPIES);
    return named.map(([key, item]) => ({ stage, values: withValues(values, { key, item }), suffix: `@${key}` }));
  }
  if (!isJsonArray(items)) return undefined;
  return items.slice(0, MOST_COPIES).map((item, index) => ({
    stage,
    values: withValues(values, { item }),
    suffix: `@${isJsonObject(item) || isJsonArray(item) ? index : String(item)}`,
  }));
}

function matrixCopies(stage: JsonObject, matrix: JsonValue, values: TemplateValues): StageCopy[] | undefined {
  if (!isJsonObject(matrix)) return undefined;
  let combinations: { item: [string, JsonValue][]; suffix: string[] }[] = [{ item: [], suffix: [] }];
  for (const [name, written] of matrix) {
    const choices = referenced(written, values);
    if (!isJsonArray(choices)) return undefined;
    combinations = combinations
      .flatMap(({ item, suffix }) =>
        choices.slice(0, MOST_COPIES).map((choice, index) => ({
          item: [...item, [name, choice] as [string, JsonValue]],
          suffix: [...suffix, isJsonObject(choice) || isJsonArray(choice) ? `${name}${index}` : String(choice)],
        })),
      )
      .slice(0, MOST_COPIES);
  }
  return combinations.map(({ item, suffix }) => ({
    stage,
    values: withValues(values, { item: new Map(item) }),
    suffix: `@${suffix.join('-')}`,
  }));
}

function referenced(value: JsonValue, values: TemplateValues): JsonValue | undefined {
  const reference = typeof value === 'string' ? /^\$\{([^}]*)\}$/.exec(value.trim())?.[1] : undefined;
  return reference === undefined ? value : valueAt(reference, values);
}

function withValues(values: TemplateValues, more: Readonly<Record<string, JsonValue>>): TemplateValues {
  return new Map([...values, ...Object.entries(more)]);
}
