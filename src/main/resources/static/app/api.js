import { syncWith } from './clock.js';
import { reportFailure, reportSuccess, watchRequest } from './connectivity.js';
import { store } from './store.js';

const BASE = 'api/v1';
const READ_TIMEOUT_MS = 30_000;

/** The latest change made from this page: {summary, curl}, or null. */
export const lastChange = store(null);

/** An error response: the problem document of the API, or an equivalent one if Canyon did not respond. */
export class ApiError extends Error {
    constructor(problem) {
        super(problem.detail ?? problem.title ?? 'Request failed');
        this.code = problem.code ?? 'unknown';
        this.status = problem.status ?? 0;
        this.problem = problem;
        /** The invalid fields: [{field, message}]. */
        this.errors = problem.errors ?? [];
    }
}

/**
 * Calls the API and returns {body, etag}; throws an ApiError.
 *
 * @param options body (sent as JSON), headers, signal, and summary: a description of the change for the user
 */
export async function call(method, path, { body, headers = {}, signal, summary, text = false } = {}) {
    const isRead = method === 'GET' || method === 'HEAD';
    const request = { method, signal: isRead ? withTimeout(signal) : signal, headers: { Accept: 'application/json', ...headers }, cache: 'no-store' };
    if (body !== undefined) {
        request.body = typeof body === 'string' ? body : JSON.stringify(body);
        request.headers['Content-Type'] ??= 'application/json';
    }
    if (!isRead) {
        const token = cookie('XSRF-TOKEN');
        if (token) {
            request.headers['X-XSRF-TOKEN'] = token;
        }
    }
    const response = await send(`${BASE}/${path}`, request);
    if (!response.ok) {
        throw await errorFrom(response);
    }
    if (summary) {
        lastChange.set({ summary, curl: curl(method, `${BASE}/${path}`, request) });
    }
    return { body: text ? await response.text() : await response.json(), etag: response.headers.get('ETag') };
}

export const read = (path, options) => call('GET', path, options).then(({ body }) => body);

/** Fails with the status 404 if there is nothing at path any more; reads nothing. */
export const check = path => call('HEAD', path, { text: true });

/** The path of a listener or of one of its subresources. */
export const listenerPath = (name, rest = '') => `listeners/${encodeURIComponent(name)}${rest}`;

/** Aborts a read whose response was lost in the network, so that the caller can retry. No view uses a longer waitMs. */
const withTimeout = signal => AbortSignal.any([AbortSignal.timeout(READ_TIMEOUT_MS), ...(signal ? [signal] : [])]);

async function send(url, request) {
    const stopWatching = watchRequest();
    try {
        const response = await fetch(url, request);
        reportSuccess();
        syncWith(response.headers.get('Date'));
        return response;
    } catch (error) {
        if (error.name === 'AbortError') {
            throw error;
        }
        reportFailure();
        throw new ApiError({ code: 'unreachable', detail: 'Canyon is not responding. Check that it is running.' });
    } finally {
        stopWatching();
    }
}

async function errorFrom(response) {
    if (response.status === 401) {
        // The session has expired. Signing in returns to this view: a form without an action keeps the fragment.
        location.assign(`login${location.hash}`);
    }
    let problem = {};
    try {
        problem = await response.json();
    } catch {
        problem.detail = `Canyon returned HTTP status ${response.status}`;
    }
    return new ApiError({ status: response.status, ...problem });
}

/** Whether the user is signed in with a key, and therefore can sign out. */
export const isSignedIn = () => Boolean(cookie('XSRF-TOKEN'));

function cookie(name) {
    const found = document.cookie.split('; ').find(each => each.startsWith(`${name}=`));
    return found && decodeURIComponent(found.slice(name.length + 1));
}

/** The equivalent curl command. */
export function curl(method, path, { body, headers = {} } = {}) {
    const words = ['curl'];
    if (method !== 'GET') {
        words.push('-X', method);
    }
    for (const name of ['Content-Type', 'If-Match', 'Accept']) {
        if (headers[name] && (headers[name] !== 'application/json' || name === 'Content-Type')) {
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
