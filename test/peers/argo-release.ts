/** The release of Argo Workflows that descriptions are taken from. */
export const ARGO = { module: 'github.com/argoproj/argo-workflows/v4', version: 'v4.0.5' };
