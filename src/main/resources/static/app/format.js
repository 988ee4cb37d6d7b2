// Formats numbers, sizes, rates, durations, times and bytes.

const integer = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const brief = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** 1234567 -> "1,234,567" */
export const count = value => integer.format(value);

/** Three significant digits and an SI prefix: 1234567 -> "1.23 M" */
function scaled(value, prefixes) {
    let step = 0;
    while (step < prefixes.length - 1 && value >= 999.5) {
        value /= 1000;
        step++;
    }
    return `${brief.format(value)} ${prefixes[step]}`.trimEnd();
}

const PREFIXES = ['', 'k', 'M', 'G', 'T'];

/** "12.3 k" */
export const short = value => scaled(value, PREFIXES);

/** "1.2 MB", with 1 kB = 1000 bytes */
export const bytes = value => scaled(value, ['B', 'kB', 'MB', 'GB', 'TB']);

/** "12.3 k/s" */
export const perSecond = value => `${short(value < 0.05 ? 0 : value)}/s`;

/** "1.2 MB/s" */
export const bytesPerSecond = value => `${bytes(value < 0.5 ? 0 : value)}/s`;

/** A duration from microseconds: "85 µs", "1.2 ms", "3 s" */
export function micros(value) {
    return value < 999.5 ? `${brief.format(value)} µs` : millis(value / 1000);
}

/** A duration from milliseconds: "250 ms", "1.5 s", "2 min 5 s", "3 h 4 min" */
export function millis(value) {
    if (value < 999.5) {
        return `${brief.format(value)} ms`;
    }
    const seconds = value / 1000;
    if (seconds < 59.95) {
        return `${brief.format(seconds)} s`;
    }
    const steps = [['d', 86_400], ['h', 3600], ['min', 60], ['s', 1]];
    const first = steps.findIndex(([, size]) => Math.round(seconds) >= size);
    const [unit, size] = steps[first];
    const rest = steps[first + 1];
    const big = Math.floor(Math.round(seconds) / size);
    const small = rest ? Math.floor((Math.round(seconds) - big * size) / rest[1]) : 0;
    return small ? `${big} ${unit} ${small} ${rest[0]}` : `${big} ${unit}`;
}

const exactTime = new Intl.DateTimeFormat('en-GB', {
    year: 'numeric', month: 'short', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
    fractionalSecondDigits: 3, timeZoneName: 'short',
});
const clockTime = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** "22 Nov 2026, 14:00:00.000 CET", in the time zone of the browser */
export const exact = instant => exactTime.format(new Date(instant));

/** "14:00:00" */
export const clock = instant => clockTime.format(new Date(instant));

/** "12 s ago", "just now", "now", "in 5 s" */
export function relative(instant, now) {
    const age = now - new Date(instant).getTime();
    if (Math.abs(age) < 1500) {
        return age < 0 ? 'now' : 'just now';
    }
    const rounded = Math.round(Math.abs(age) / 1000) * 1000;
    return age > 0 ? `${millis(rounded)} ago` : `in ${millis(rounded)}`;
}

/** An address and a port: "127.0.0.1:7007", "[::1]:7007" */
export const endpoint = (address, port) => (address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`);

/** The bound address of a listener, or the configured one if it is not bound. */
export const addressOf = ({ host, port, status }) => endpoint(status.address ?? host, status.port || port);

/** Base64 as bytes. */
export const fromBase64 = text => Uint8Array.from(atob(text), each => each.charCodeAt(0));

/** Lines of sixteen bytes: [{offset: "00000000", hex: ["48", ...], text: "Hello..."}] */
export function hexLines(data) {
    const lines = [];
    for (let from = 0; from < data.length; from += 16) {
        const part = [...data.subarray(from, from + 16)];
        lines.push({
            offset: from.toString(16).padStart(8, '0'),
            hex: part.map(each => each.toString(16).padStart(2, '0')),
            text: part.map(each => (each >= 32 && each < 127 ? String.fromCharCode(each) : '.')).join(''),
        });
    }
    return lines;
}
