/**
 * Where two arrays of bytes differ: {first, inA, inB}, the offset of the first difference or -1, and for each whether the byte at an offset is
 * part of one. Of different lengths, the difference is what lies between the same beginning and the same end.
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
    let same = 0;
    while (same < shorter - first && a[a.length - 1 - same] === b[b.length - 1 - same]) {
        same++;
    }
    const between = end => offset => offset >= first && offset < end;
    return { first, inA: between(a.length - same), inB: between(b.length - same) };
}

/** Text in pieces that are marked or not: [{text, marked}]. Control characters become visible. */
export function pieces(text, marked) {
    const found = [];
    let offset = 0;
    for (const character of text) {
        const size = utf8Size(character.codePointAt(0));
        let differs = false;
        for (let i = 0; i < size; i++) {
            differs ||= marked(offset + i);
        }
        offset += size;
        const last = found.at(-1);
        if (last && last.marked === differs) {
            last.text += visible(character);
        } else {
            found.push({ text: visible(character), marked: differs });
        }
    }
    return found;
}

const utf8Size = point => (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);

function visible(character) {
    const code = character.charCodeAt(0);
    if (code === 0x0a) {
        return '↵\n';
    }
    return code === 0x09 ? '→' : code < 0x20 || code === 0x7f ? '·' : character;
}
