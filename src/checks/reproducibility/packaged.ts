import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../../base/result.ts';
import { listInWords } from '../../base/text.ts';
import { type EnvironmentFile, readEnvironmentFiles } from '../../evidence/environment-files.ts';
import { type Mlmodel, readMlmodel } from '../../evidence/mlmodel.ts';
import { findModelFolder } from '../../evidence/model-files.ts';
import { liesInside } from '../../evidence/paths.ts';
import type { CheckContext } from '../check-context.ts';
import { cannotTell, fails, holds, type Requirement } from '../requirements.ts';

const MOST_NAMED = 4;

/** What is beside a model's files; each is a problem, one sentence, where it can't be had. */
export interface Packaged {
  readonly folder: Result<string>;
  readonly mlmodel: Result<Mlmodel>;
  readonly environment: Result<readonly EnvironmentFile[]>;
}

/** Reads the model's folder, and a Dockerfile or requirements that stand among the run's own artifacts. */
export async function readPackaged({ policy, run, policyFolder, signal }: CheckContext): Promise<Packaged> {
  const folder = await findModelFolder(policy.run.artifact, { run, policyFolder });
  if (!folder.ok) {
    return {
      folder,
      mlmodel: folder,
      environment:
        run.artifactFolder === undefined
          ? folder
          : await readEnvironmentFiles(run.artifactFolder, policyFolder, signal),
    };
  }
  const mlmodel = await readMlmodel(folder.value, policyFolder, signal);
  const inModel = await readEnvironmentFiles(folder.value, policyFolder, signal);
  if (!inModel.ok || run.artifactFolder === undefined) return { folder, mlmodel, environment: inModel };
  const inRun = await readEnvironmentFiles(run.artifactFolder, policyFolder, signal);
  const environment: Packaged['environment'] = inRun.ok
    ? { ok: true, value: [...inModel.value, ...inRun.value] }
    : inRun;
  return { folder, mlmodel, environment };
}

/** Every environment file that there is pins every package, and there is one that names packages. */
export function pinnedEnvironment({ environment, folder }: Packaged): Requirement {
  const name = 'pinned_environment';
  if (!environment.ok) return cannotTell(name, described(environment));
  const files = environment.value;
  if (files.length === 0) {
    return folder.ok
      ? fails(
          name,
          'recorded no environment (requirements.txt, conda.yaml, python_env.yaml or Dockerfile beside the model)',
        )
      : cannotTell(name, described(folder));
  }
  const open = files.filter((file) => file.open.length > 0);
  if (open.length > 0) return fails(name, `leaves open ${listInWords(open.map(openInWords))}`);
  return files.some(({ packages }) => packages > 0)
    ? holds(name)
    : fails(name, 'recorded an environment without any package');
}

export function signature({ mlmodel }: Packaged): Requirement {
  const name = 'signature';
  if (!mlmodel.ok) return missing(name, mlmodel, 'recorded no signature of its model: there is no MLmodel file');
  return mlmodel.value.inputs === undefined ? fails(name, 'recorded no signature of its model’s inputs') : holds(name);
}

/** The input example that `MLmodel` names is there and not empty. */
export async function inputExample({ mlmodel, folder }: Packaged): Promise<Requirement> {
  const name = 'input_example';
  if (!mlmodel.ok) return missing(name, mlmodel, 'recorded no input example: there is no MLmodel file');
  const path = mlmodel.value.inputExample;
  if (path === undefined || !folder.ok) return fails(name, 'recorded no input example of its model');
  const location = join(folder.value, path);
  const stat = await lstat(location).catch(() => undefined);
  if (stat === undefined) return fails(name, `names the input example “${path.slice(0, 80)}”, which is not there`);
  const isUsable = stat.isFile() && stat.size > 0 && liesInside(folder.value, location);
  return isUsable
    ? holds(name)
    : fails(name, `names the input example “${path.slice(0, 80)}”, which is empty or no file of the model`);
}

function openInWords({ name, open }: EnvironmentFile): string {
  const shown = open.slice(0, MOST_NAMED).map((each) => `“${each.slice(0, 60)}”`);
  const all = open.length > MOST_NAMED ? [...shown, `${open.length - MOST_NAMED} more`] : shown;
  return `${listInWords(all)} in ${name}`;
}

function missing(
  name: string,
  failed: { readonly ok: false; readonly problem: { code: string; message: string } },
  absent: string,
): Requirement {
  return failed.problem.code === 'mlmodel-missing' ? fails(name, absent) : cannotTell(name, described(failed));
}

function described({ problem }: { readonly problem: { readonly message: string } }): string {
  return `left a model that can’t be looked at (${problem.message.replace(/\.$/, '')})`;
}
