import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonArray, isJsonObject, type JsonObject, jsonText, parseLenientJson } from '../base/lenient-json.ts';
import { parsePlainYaml } from '../base/plain-yaml.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { decodeText, type EvidenceBytes, readEvidenceAt } from './evidence-file.ts';
import { liesInside, relativeToPolicy } from './paths.ts';

const LARGEST_MLMODEL = 1_000_000;

/** What MLflow's `MLmodel` file says about a model. */
export interface Mlmodel {
  readonly file: EvidenceBytes['file'];
  /** The inputs of the signature, in their order; a tensor has no name. undefined where there is no signature. */
  readonly inputs: readonly { readonly name: string | undefined }[] | undefined;
  /** Path of the input example, relative to the model's folder; undefined where there is none. */
  readonly inputExample: string | undefined;
}

/**
 * Reads the `MLmodel` file of a model. Problems are whole sentences; `mlmodel-missing` when there is none.
 *
 * @param folder absolute folder of the model's files
 */
export async function readMlmodel(
  folder: string,
  policyFolder: string,
  signal: AbortSignal | undefined,
): Promise<Result<Mlmodel>> {
  const location = join(folder, 'MLmodel');
  if (!existsSync(location)) return fail('mlmodel-missing', 'The model’s folder has no MLmodel file.');
  if (!liesInside(folder, location)) return fail('mlmodel-unreadable', 'The MLmodel file is a link out of its folder.');
  const path = relativeToPolicy(policyFolder, location);
  const read = await readEvidenceAt(location, path, { what: 'The file', mostBytes: LARGEST_MLMODEL, signal });
  if (!read.ok) return read;
  const text = decodeText(read.value.bytes);
  const yaml = text === undefined ? fail<never>('not-text', 'is not UTF-8 text') : parsePlainYaml(text);
  if (!yaml.ok) return fail('mlmodel-unreadable', `The file “${path}” ${yaml.problem.message}.`);
  const top = yaml.value.value;
  if (!isJsonObject(top)) return fail('mlmodel-unreadable', `The file “${path}” is not what MLflow writes.`);
  const example = top.get('saved_input_example_info');
  return succeed({
    file: read.value.file,
    inputs: inputsOf(top),
    inputExample: jsonText(isJsonObject(example) ? example : undefined, 'artifact_path'),
  });
}

/** The signature is JSON inside a YAML text. */
function inputsOf(top: JsonObject): Mlmodel['inputs'] {
  const signature = top.get('signature');
  const text = jsonText(isJsonObject(signature) ? signature : undefined, 'inputs');
  const inputs = text === undefined ? undefined : parseLenientJson(text);
  if (inputs === undefined || !inputs.ok || !isJsonArray(inputs.value) || inputs.value.length === 0) return undefined;
  return inputs.value.map((input) => ({ name: jsonText(isJsonObject(input) ? input : undefined, 'name') }));
}
