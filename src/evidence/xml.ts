import { fail, type Result, succeed } from '../base/result.ts';

/** An element of an XML text. Character data is not kept. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
}

export const DEEPEST_XML = 200;
export const MOST_ELEMENTS = 1_000_000;

const NAME = '[\\p{L}_:][\\p{L}\\p{N}_:.\\-]*';
const OPENING = new RegExp(`<(${NAME})`, 'uy');
const CLOSING = new RegExp(`</(${NAME})\\s*>`, 'uy');
const ATTRIBUTE = new RegExp(`\\s+(${NAME})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'uy');
const TAG_END = /\s*(\/?)>/y;
const DECLARATION = /<\?xml\s[^?]*\?>/y;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

class XmlMistake extends Error {}

/**
 * Reads the XML that test runners write: elements, attributes, text, CDATA, comments, processing instructions.
 * There is no document type, so there are no entities beside XML's own five and character references, and nothing that
 * could expand. Refused, with a problem that continues "the file …": any `<!DOCTYPE`, other encodings than UTF-8,
 * unbalanced tags, nesting deeper than `DEEPEST_XML`, more than `MOST_ELEMENTS` elements.
 */
export function parseXml(text: string): Result<XmlElement> {
  try {
    return succeed(new XmlReader(text).read());
  } catch (error) {
    if (error instanceof XmlMistake) return fail('xml-malformed', error.message);
    throw error;
  }
}

class XmlReader {
  readonly #text: string;
  readonly #open: OpenElement[] = [];
  #at = 0;
  #elements = 0;
  #root: OpenElement | undefined;

  constructor(text: string) {
    this.#text = text.replace(/^\ufeff/, '');
  }

  read(): XmlElement {
    this.#declaration();
    while (this.#at < this.#text.length) {
      const next = this.#text.indexOf('<', this.#at);
      this.#characters(next < 0 ? this.#text.length : next);
      if (next >= 0) this.#markup();
    }
    const unclosed = this.#open.at(-1);
    if (unclosed) this.#wrong(`ends within <${unclosed.name}>`);
    return this.#root ?? this.#wrong('has no element');
  }

  #declaration(): void {
    const found = this.#match(DECLARATION)?.[0];
    const encoding = /encoding\s*=\s*["']([^"']*)["']/.exec(found ?? '')?.[1];
    if (encoding !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(encoding)) {
      this.#wrong(`says that it is encoded in ${encoding.slice(0, 20)}; only UTF-8 can be read`);
    }
  }

  /** Text between tags: outside the root only white space may stand. */
  #characters(end: number): void {
    if (this.#open.length === 0 && this.#text.slice(this.#at, end).trim() !== '') {
      this.#wrong('has text outside its root');
    }
    this.#at = end;
  }

  #markup(): void {
    if (this.#starts('<!--')) {
      this.#skip('-->', 'a comment');
    } else if (this.#starts('<![CDATA[')) {
      if (this.#open.length === 0) this.#wrong('has text outside its root');
      this.#skip(']]>', 'a CDATA section');
    } else if (this.#starts('<!')) {
      this.#wrong('has a document type, which could define entities; that is refused');
    } else if (this.#starts('<?')) {
      this.#skip('?>', 'an instruction');
    } else if (this.#starts('</')) {
      this.#close();
    } else {
      this.#openElement();
    }
  }

  #openElement(): void {
    const name = this.#match(OPENING)?.[1] ?? this.#wrong('has “<” where no tag starts');
    if (this.#open.length >= DEEPEST_XML) this.#wrong(`nests deeper than ${DEEPEST_XML} levels`);
    this.#elements += 1;
    if (this.#elements > MOST_ELEMENTS) this.#wrong(`has more than ${MOST_ELEMENTS} elements`);
    const attributes = new Map<string, string>();
    for (let found = this.#match(ATTRIBUTE); found; found = this.#match(ATTRIBUTE)) {
      const key = found[1] as string;
      if (attributes.has(key)) this.#wrong(`has the attribute “${key}” twice in one tag`);
      attributes.set(key, this.#decoded(found[2] ?? found[3] ?? ''));
    }
    const end = this.#match(TAG_END) ?? this.#wrong(`has a tag <${name}> that can’t be understood`);
    const element: OpenElement = { name, attributes, children: [] };
    const parent = this.#open.at(-1);
    if (parent) parent.children.push(element);
    else if (this.#root) this.#wrong('has two roots');
    else this.#root = element;
    if (end[1] === '') this.#open.push(element);
  }

  #close(): void {
    const name = this.#match(CLOSING)?.[1] ?? this.#wrong('has a closing tag that can’t be understood');
    const open = this.#open.pop();
    if (open?.name !== name) this.#wrong(`closes <${name}>, which is not the element that is open`);
  }

  #decoded(raw: string): string {
    return raw.replaceAll(/&([^;&]{0,12});?/g, (whole, reference: string) => {
      const character = ENTITIES.get(reference) ?? characterOf(reference);
      if (character === undefined || !whole.endsWith(';')) this.#wrong(`has an unknown entity “${whole}”`);
      return character;
    });
  }

  #skip(mark: string, what: string): void {
    const end = this.#text.indexOf(mark, this.#at);
    if (end < 0) this.#wrong(`ends within ${what}`);
    this.#at = end + mark.length;
  }

  #starts(mark: string): boolean {
    return this.#text.startsWith(mark, this.#at);
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return undefined;
    this.#at += found[0].length;
    return found;
  }

  #wrong(what: string): never {
    throw new XmlMistake(`is not XML that can be read: it ${what} (at character ${this.#at + 1})`);
  }
}

function characterOf(reference: string): string | undefined {
  const [, hexadecimal, decimal] = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(reference) ?? [];
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  if (!(code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff) || code === 0) return undefined;
  return String.fromCodePoint(code);
}
