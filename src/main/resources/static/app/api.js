import { setBy } from './clock.js';
import { answered, silent, watch } from './link.js';
import { store } from './store.js';

const BASE = 'api/v1';
const READING_MS = 30_000;

/** What the page did last, as a line for the shell: {summary, curl}, or null. */
export const lastChange = store(null);

/** A refusal of the API: its problem document, or one like it if Canyon did not answer. */
export class Refusal extends Error {
    constructor(problem) {
        super(problem.detail ?? problem.title ?? 'Canyon refused this');
        this.code = problem.code ?? 'unknown';
        this.status = problem.status ?? 0;
        this.problem = problem;
        /** What is wrong with which field: [{field, message}]. */
        this.errors = problem.errors ?? [];
    }
}

/**
 * Calls the API. Gives {body, etag}; throws a Refusal.
 *
 * @param options body (becomes JSON), headers, signal, and summary: what this change does, in words
 */
export async function call(method, path, { body, headers = {}, signal, summary, text = false } = {}) {
    const request = { method, signal: method === 'GET' ? soon(signal) : signal, headers: { Accept: 'application/json', ...headers }, cache: 'no-store' };
    if (body !== undefined) {
        request.body = typeof body === 'string' ? body : JSON.stringify(body);
        request.headers['Content-Type'] ??= 'application/json';
    }
    if (method !== 'GET') {
        const token = cookie('XSRF-TOKEN');
        if (token) {
            request.headers['X-XSRF-TOKEN'] = token;
        }
    }
    const response = await reach(`${BASE}/${path}`, request);
    if (!response.ok) {
        throw await refusal(response);
    }
    if (summary) {
        lastChange.set({ summary, curl: curl(method, `${BASE}/${path}`, request) });
    }
    return { body: text ? await response.text() : await response.json(), etag: response.headers.get('ETag') };
}

export const read = (path, options) => call('GET', path, options).then(answer => answer.body);

/** The path of a listener, or of something of it. */
export const listenerPath = (name, rest = '') => `listeners/${encodeURIComponent(name)}${rest}`;

/** A reading that the network has swallowed is given up, for who needs it to try again. No view asks Canyon to wait as long. */
const soon = signal => AbortSignal.any([AbortSignal.timeout(READING_MS), ...(signal ? [signal] : [])]);

async function reach(url, request) {
    const end = watch();
    try {
        const response = await fetch(url, request);
        answered();
        setBy(response.headers.get('Date'));
        return response;
    } catch (error) {
        if (error.name === 'AbortError') {
            throw error;
        }
        silent();
        throw new Refusal({ code: 'unreachable', detail: 'Canyon does not answer. Is it running?' });
    } finally {
        end();
    }
}

async function refusal(response) {
    if (response.status === 401) {
        // The session is over. Signing in leads back to this view: a form without an action keeps what follows the #.
        location.assign(`login${location.hash}`);
    }
    let problem = {};
    try {
        problem = await response.json();
    } catch {
        problem.detail = `Canyon answered ${response.status}`;
    }
    return new Refusal({ status: response.status, ...problem });
}

/** Whether the page is used with a key, so that there is something to sign out of. */
export const isSignedIn = () => Boolean(cookie('XSRF-TOKEN'));

function cookie(name) {
    const found = document.cookie.split('; ').find(each => each.startsWith(`${name}=`));
    return found && decodeURIComponent(found.slice(name.length + 1));
}

/** The line that does the same from a shell. */
export function curl(method, path, { body, headers = {} } = {}) {
    const words = ['curl'];
    if (method !== 'GET') {
        words.push('-X', method);
    }
    for (const name of ['Content-Type', 'If-Match', 'Accept']) {
        if (headers[name] && headers[name] !== 'application/json') {
            words.push('-H', quoted(`${name}: ${headers[name]}`));
        } else if (headers[name] && name === 'Content-Type') {
            words.push('-H', quoted(`${name}: ${headers[name]}`));
        }
    }
    if (isSignedIn()) {
        words.push('-H', '"X-API-Key: $CANYON_KEY"');
    }
    if (body) {
        words.push('-d', quoted(body));
    }
    words.push(quoted(new URL(path, document.baseURI).href));
    return words.join(' ');
}

const quoted = word => `'${word.replaceAll("'", "'\\''")}'`;
