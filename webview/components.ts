// The only file that knows which library draws the controls: a successor of the toolkit is a change of this file.
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeCheckbox } from '@vscode/webview-ui-toolkit';

const BUTTON = 'vscode-button';
const CHECKBOX = 'vscode-checkbox';

export function registerComponents(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeCheckbox());
}

/** A button with its text; `primary` for the one thing that most people want next. */
export function button(label: string, appearance: 'primary' | 'secondary', onPress: () => void): HTMLElement {
  const element = document.createElement(BUTTON);
  element.setAttribute('appearance', appearance);
  element.textContent = label;
  element.addEventListener('click', onPress);
  return element;
}

/** A switch with its text. */
export function checkbox(label: string, state: 'on' | 'off', onChange: (state: 'on' | 'off') => void): HTMLElement {
  const element = document.createElement(CHECKBOX) as HTMLElement & { checked: boolean };
  element.checked = state === 'on';
  element.textContent = label;
  element.addEventListener('change', () => onChange(element.checked ? 'on' : 'off'));
  return element;
}
