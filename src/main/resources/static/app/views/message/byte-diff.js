/**
 * Compares two byte arrays and returns {first, inA, inB}: the offset of the first difference or -1, and for each array whether the
 * byte at an offset differs. In arrays of different lengths, all bytes between the common prefix and the common suffix differ.
 */
export function compare(a, b) {
    const shorter = Math.min(a.length, b.length);
    let first = 0;
    while (first < shorter && a[first] === b[first]) {
        first++;
    }
    if (first === a.length && first === b.length) {
        return { first: -1, inA: () => false, inB: () => false };
    }
    if (a.length === b.length) {
        const differs = offset => a[offset] !== b[offset];
        return { first, inA: differs, inB: differs };
    }
    let suffix = 0;
    while (suffix < shorter - first && a[a.length - 1 - suffix] === b[b.length - 1 - suffix]) {
        suffix++;
    }
    const between = end => offset => offset >= first && offset < end;
    return { first, inA: between(a.length - suffix), inB: between(b.length - suffix) };
}

/** Splits text into marked and unmarked segments, [{text, marked}], and makes control characters visible. */
export function segments(text, marked) {
    const result = [];
    let offset = 0;
    for (const character of text) {
        const size = utf8Size(character.codePointAt(0));
        let differs = false;
        for (let i = 0; i < size; i++) {
            differs ||= marked(offset + i);
        }
        offset += size;
        const last = result.at(-1);
        if (last && last.marked === differs) {
            last.text += visible(character);
        } else {
            result.push({ text: visible(character), marked: differs });
        }
    }
    return result;
}

const utf8Size = point => (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);

function visible(character) {
    const code = character.charCodeAt(0);
    if (code === 0x0a) {
        return '↵\n';
    }
    return code === 0x09 ? '→' : code < 0x20 || code === 0x7f ? '·' : character;
}
