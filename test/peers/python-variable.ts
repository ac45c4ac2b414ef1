/** The environment variable with the Python of one of the peers' environments: `main`, or the name of its requirements. */
export function pythonVariable(name: string): string {
  return name === 'main' ? 'MODEL_SIGNOFF_PYTHON' : `MODEL_SIGNOFF_PYTHON_${name.toUpperCase().replaceAll('-', '_')}`;
}
