import manifest from '../../package.json' with { type: 'json' };

/** Who wrote a file: stands in every assessment and statement. The version is `package.json`'s. */
export const TOOL: { readonly name: string; readonly version: string } = {
  name: 'model-signoff',
  version: manifest.version,
};
