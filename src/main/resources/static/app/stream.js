import { useEffect, useRef } from './components/html.js';
import { reportFailure, reportSuccess } from './connectivity.js';

const MIN_BACKOFF_MS = 1000;
const MAX_BACKOFF_MS = 10_000;

/**
 * Subscribes to an event stream of the API and reconnects after failures.
 *
 * Browsers open at most six connections per site, shared by all tabs, so a hidden page closes its stream.
 *
 * @param path relative to api/v1
 * @param on handlers by event type; each gets the data, parsed as JSON. "open" is called each time the stream is
 *     established: earlier events are not in it
 * @returns a function that closes the stream
 */
export function subscribe(path, on) {
    let source;
    let retry;
    let backoff = MIN_BACKOFF_MS;

    function open() {
        source = new EventSource(`api/v1/${path}`);
        source.onopen = () => {
            backoff = MIN_BACKOFF_MS;
            reportSuccess();
            on.open?.();
        };
        source.onerror = () => {
            reportFailure();
            // The browser does not reconnect after an error response.
            close();
            retry = setTimeout(open, backoff);
            backoff = Math.min(2 * backoff, MAX_BACKOFF_MS);
        };
        for (const [type, handler] of Object.entries(on)) {
            if (type !== 'open') {
                source.addEventListener(type, event => handler(event.data ? JSON.parse(event.data) : null, event));
            }
        }
    }

    function close() {
        clearTimeout(retry);
        source?.close();
        source = undefined;
    }

    function onVisibilityChange() {
        close();
        if (!document.hidden) {
            open();
        }
    }

    document.addEventListener('visibilitychange', onVisibilityChange);
    onVisibilityChange();
    return () => {
        document.removeEventListener('visibilitychange', onVisibilityChange);
        close();
    };
}

/** Subscribes to path while the component is mounted; no stream if path is null. Calls the handlers of the latest rendering. */
export function useStream(path, on) {
    const latest = useRef(on);
    latest.current = on;
    const types = Object.keys(on).join();
    useEffect(() => {
        if (path) {
            const handlers = types.split(',').map(type => [type, (...event) => latest.current[type]?.(...event)]);
            return subscribe(path, Object.fromEntries(handlers));
        }
    }, [path, types]);
}
