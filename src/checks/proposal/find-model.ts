import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';

const MODEL_FILE =
  /\.(?:pkl|pickle|joblib|onnx|safetensors|pt|pth|h5|keras|cbm|ubj|xgb|lgb|gguf|pmml|tflite|mlmodel|skops|rds)$/i;
const SKIPPED = new Set(['.git', '.dvc', '.signoff', 'node_modules', '__pycache__', '.venv', 'venv']);
const DEEPEST = 4;
const MOST_ENTRIES = 10_000;

/**
 * The files that look like the model, as a path below the folder, `/`-separated: a folder with an `MLmodel`, else one
 * called “model”, else the only model file, or the only one called “model…”. Undefined where it is anybody's guess.
 */
export function findModel(root: string): string | undefined {
  const found = { described: [] as string[], folders: [] as string[], files: [] as string[] };
  const waiting = [''];
  for (let looked = 0; waiting.length > 0 && looked < MOST_ENTRIES; ) {
    const folder = waiting.shift() ?? '';
    for (const entry of entriesOf(join(root, folder))) {
      looked += 1;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (SKIPPED.has(entry.name) || path.split('/').length > DEEPEST) continue;
        if (entry.name === 'model') found.folders.push(path);
        waiting.push(path);
      } else if (entry.isFile() && entry.name === 'MLmodel' && folder !== '') found.described.push(folder);
      else if (entry.isFile() && MODEL_FILE.test(entry.name)) found.files.push(path);
    }
  }
  const named = found.files.filter((path) => /(?:^|\/)model[^/]*$/i.test(path));
  for (const candidates of [found.described, found.folders, found.files, named])
    if (candidates.length === 1) return candidates[0];
  return undefined;
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
