/** Names that Windows keeps for devices, with any ending. */
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
const MOST_NAME_BYTES = 255;

/**
 * Why a name that a server gave for a file or folder can’t become one here, as the rest of a sentence; undefined when
 * it can. A name is one part of a path.
 */
export function refusalOfName(name: string, platform: NodeJS.Platform = process.platform): string | undefined {
  if (name === '') return 'is empty';
  if (name === '.' || name === '..') return 'leads out of the run’s artifacts';
  if (name.includes('/')) return 'does not lie where the server lists it';
  if (name.includes('\\')) return 'has a backslash in it';
  if (/[\p{Cc}\p{Cs}]/u.test(name)) return 'has a control character in it';
  if (/^[A-Za-z]:/.test(name)) return 'begins with the name of a drive';
  if (Buffer.byteLength(name) > MOST_NAME_BYTES) return 'is too long';
  if (platform !== 'win32') return undefined;
  if (/[<>:"|?*]/.test(name) || /[. ]$/.test(name) || WINDOWS_DEVICE.test(name)) return 'is no name on Windows';
  return undefined;
}

/** The same for names that some file systems take for one: upper or lower case, composed or not. */
export function collisionKey(path: string): string {
  return path.normalize('NFC').toUpperCase().toLowerCase();
}
