import { useEffect, useRef } from './parts/html.js';
import { answered, silent } from './link.js';

const AGAIN_MS = 1000;
const SLOWEST_MS = 10_000;

/**
 * Follows an event stream of the API until stopped, over broken connections too.
 *
 * A browser has six connections for a site, tabs included, so a page that nobody sees gives its one up.
 *
 * @param path below api/v1
 * @param on handlers by event type; each gets the data, read as JSON. "open" is called each time the stream begins: what
 *     happened before is not in it
 * @returns what stops it
 */
export function follow(path, on) {
    let source;
    let again;
    let wait = AGAIN_MS;

    function open() {
        source = new EventSource(`api/v1/${path}`);
        source.onopen = () => {
            wait = AGAIN_MS;
            answered();
            on.open?.();
        };
        source.onerror = () => {
            silent();
            // After a refusal the browser would not try again by itself.
            close();
            again = setTimeout(open, wait);
            wait = Math.min(2 * wait, SLOWEST_MS);
        };
        for (const [type, handler] of Object.entries(on)) {
            if (type !== 'open') {
                source.addEventListener(type, event => handler(event.data ? JSON.parse(event.data) : null, event));
            }
        }
    }

    function close() {
        clearTimeout(again);
        source?.close();
        source = undefined;
    }

    function whenSeen() {
        close();
        if (!document.hidden) {
            open();
        }
    }

    document.addEventListener('visibilitychange', whenSeen);
    whenSeen();
    return () => {
        document.removeEventListener('visibilitychange', whenSeen);
        close();
    };
}

/** Follows path while the component is there; no path, no stream. The handlers of the latest rendering are called. */
export function useStream(path, on) {
    const latest = useRef(on);
    latest.current = on;
    const types = Object.keys(on).join();
    useEffect(() => {
        if (path) {
            const handlers = types.split(',').map(type => [type, (...event) => latest.current[type]?.(...event)]);
            return follow(path, Object.fromEntries(handlers));
        }
    }, [path, types]);
}
