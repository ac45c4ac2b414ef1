// The tools of others that read or run pipelines, each installed once by its registry's own client into the user's cache.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../../scripts/lib/cache-folder.ts';
import { MissingToolError, requireTool, type SystemTool } from '../../scripts/lib/system-tools.mjs';

export type Tool = { readonly path: string } | { readonly unavailable: string };

/** For `test`: skips with a printed reason where one of the tools can't be had. */
export function unlessTools(...tools: readonly Tool[]): { readonly skip?: string } {
  const missing = tools.find((tool) => 'unavailable' in tool);
  return missing === undefined || 'path' in missing ? {} : { skip: missing.unavailable };
}

export function pathOf(tool: Tool): string {
  if ('path' in tool) return tool.path;
  throw new Error(tool.unavailable);
}

/** A program in Go, e.g. `github.com/nektos/act`. */
export function goTool(module: string, version: string): Tool {
  const name = module.split('/').at(-1) ?? module;
  const folder = cacheFolder(`peer-${name}-${version}`);
  return installed(join(folder, name), folder, ['go', 'install', `${module}@${version}`], { GOBIN: folder });
}

/** A program in Go whose source is a folder here; built each time, which Go's own cache makes quick. */
export function goProgram(folder: string): Tool {
  const path = join(cacheFolder(), `peer-${folder.replaceAll('_', '-')}`);
  mkdirSync(cacheFolder(), { recursive: true });
  const cwd = join(import.meta.dirname, folder);
  const { status, error, stderr } = spawnSync('go', ['build', '-o', path, '.'], { cwd, encoding: 'utf8' });
  if (status === 0) return { path };
  return { unavailable: `${folder} can't be built here: ${error?.message ?? stderr.trim().split('\n').at(-1)}` };
}

/** A file of a module in Go, e.g. a description of an interface. */
export function goFile(module: string, version: string, path: string): Tool {
  const { status, error, stdout, stderr } = spawnSync('go', ['mod', 'download', '-json', `${module}@${version}`], {
    cwd: tmpdir(),
    encoding: 'utf8',
  });
  if (status === 0) return { path: join(JSON.parse(stdout).Dir, path) };
  return { unavailable: `${module} can't be had here: ${error?.message ?? (stderr || stdout).trim()}` };
}

/** A program of npm, by the name of its command where that is another than the package's. */
export function npmTool(name: string, version: string, command = name): Tool {
  const folder = cacheFolder(`peer-${command}-${version}`);
  const words = ['npm', 'install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder];
  return installed(join(folder, 'node_modules', '.bin', command), folder, [...words, `${name}@${version}`], {});
}

/** One file of a package of npm that is large with others. */
export function npmFile(name: string, version: string, path: string): Tool {
  const folder = cacheFolder(`peer-${name.replaceAll(/[@/]+/g, '-')}-${version}`);
  const script = 'tar -xzf "$(npm pack --silent "$1")" "package/$2" && rm -f ./*.tgz';
  return installed(join(folder, 'package', path), folder, ['sh', '-c', script, 'sh', `${name}@${version}`, path], {});
}

/** A library of Java, by Maven. */
export function mavenJar(group: string, artifact: string, version: string): Tool {
  const folder = cacheFolder(`peer-${artifact}-${version}`);
  const copy = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy';
  const coordinates = `-Dartifact=${group}:${artifact}:${version}`;
  const words = ['mvn', '--quiet', '--batch-mode', copy, coordinates, `-DoutputDirectory=${folder}`];
  return installed(join(folder, `${artifact}-${version}.jar`), folder, words, {});
}

/** A program that Debian brings, installed where that may be done. */
export function debianTool(tool: SystemTool): Tool {
  try {
    return { path: requireTool(tool) };
  } catch (error) {
    if (error instanceof MissingToolError) return { unavailable: error.message };
    throw error;
  }
}

/** A program that the system brings. */
export function systemTool(name: string): Tool {
  const { error } = spawnSync(name, ['--version'], { encoding: 'utf8' });
  return error === undefined ? { path: name } : { unavailable: `${name} is not installed here.` };
}

function installed(
  path: string,
  folder: string,
  [program = '', ...words]: readonly string[],
  environment: Readonly<Record<string, string>>,
): Tool {
  if (existsSync(path)) return { path };
  mkdirSync(folder, { recursive: true });
  const { status, error, stderr } = spawnSync(program, words, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  if (status === 0 && existsSync(path)) return { path };
  const said = error?.message ?? stderr.trim().split('\n').at(-1);
  return { unavailable: `${path.split('/').at(-1)} can't be had here: ${said}` };
}
