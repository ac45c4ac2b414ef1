import { countOf } from '../base/text.ts';

/** Walks the records of a CSV text, piece by piece, and counts them. */
export interface CsvRecords {
  /** Takes the next bytes; says what is wrong with them, if anything, in words that continue the file's name. */
  take(bytes: Uint8Array): string | undefined;
  /** The text is at its end. */
  finish(): string | undefined;
  /** Records so far, the header among them. Empty lines are none, unless there is only one column. */
  count(): number;
  /** The line that the next byte is in, from 1. */
  line(): number;
}

// Where the walk stands in a field.
const START = 0;
const PLAIN = 1;
const QUOTED = 2;
const CLOSED = 3;
const SPACE = 4;

// What a byte can be.
const ORDINARY = 0;
const DELIMITER = 1;
const QUOTE = 2;
const RETURN = 3;
const FEED = 4;
const NULL = 5;
const BLANK = 6;

/**
 * By RFC 4180: fields between delimiters, `"` around a field and doubled inside. A quote inside a field that does not
 * begin with one is an ordinary character. Lines end in `\n`, `\r\n` or `\r`, but in one way throughout.
 *
 * @param delimiter its byte
 * @param width how many fields each record must have
 */
export function csvRecords(delimiter: number, width: number): CsvRecords {
  const kinds = new Uint8Array(256);
  kinds[0x22] = QUOTE;
  kinds[0x0d] = RETURN;
  kinds[0x0a] = FEED;
  kinds[0x00] = NULL;
  kinds[0x20] = BLANK;
  kinds[delimiter] = DELIMITER;

  let state = START;
  let delimiters = 0;
  let records = 0;
  let line = 1;
  /** A `\r` outside quotes was the last byte, so that the next decides what it was. */
  let afterReturn = false;
  let lineEnd = '';

  function endRecord(): string | undefined {
    const isEmpty = state === START && delimiters === 0;
    const fields = delimiters + 1;
    state = START;
    delimiters = 0;
    if (isEmpty && width > 1 && records > 0) return undefined;
    if (fields !== width) {
      return `has ${countOf(fields, 'value')} in line ${line}, where its header has ${countOf(width, 'name')}`;
    }
    records += 1;
    return undefined;
  }

  function endLine(how: string): string | undefined {
    if (lineEnd === '') lineEnd = how;
    if (lineEnd !== how) return `ends line ${line} in another way than the lines before`;
    const complaint = endRecord();
    line += 1;
    return complaint;
  }

  function special(kind: number): string | undefined {
    if (kind === NULL) return `has a null character in line ${line}`;
    if (state === QUOTED) {
      if (kind === QUOTE) state = CLOSED;
      else if (kind === FEED) line += 1;
      return undefined;
    }
    switch (kind) {
      case DELIMITER:
        delimiters += 1;
        state = START;
        return undefined;
      case FEED:
        return endLine('\n');
      case RETURN:
        afterReturn = true;
        return undefined;
      case QUOTE:
        if (state === SPACE) return `has a space before the opening quote in line ${line}`;
        // Two quotes in a row inside a field stand for one.
        if (state === START || state === CLOSED) state = QUOTED;
        return undefined;
      default:
        if (state === CLOSED) return textBehindQuote();
        if (state === START) state = SPACE;
        return undefined;
    }
  }

  function textBehindQuote(): string {
    return `has text behind the closing quote in line ${line}`;
  }

  return {
    take(bytes) {
      const { length } = bytes;
      for (let at = 0; at < length; at += 1) {
        const kind = kinds[bytes[at] as number] as number;
        if (afterReturn) {
          afterReturn = false;
          const complaint = endLine(kind === FEED ? '\r\n' : '\r');
          if (complaint !== undefined) return complaint;
          if (kind === FEED) continue;
        }
        if (kind !== ORDINARY) {
          const complaint = special(kind);
          if (complaint !== undefined) return complaint;
          continue;
        }
        if (state === CLOSED) return textBehindQuote();
        if (state !== QUOTED) state = PLAIN;
        while (at + 1 < length && kinds[bytes[at + 1] as number] === ORDINARY) at += 1;
      }
      return undefined;
    },
    finish() {
      if (afterReturn) return endLine('\r');
      if (state === QUOTED) return 'has a quote that is never closed';
      return state === START && delimiters === 0 && records > 0 ? undefined : endRecord();
    },
    count: () => records,
    line: () => line,
  };
}
