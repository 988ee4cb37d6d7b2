const THRESHOLD_MS = 3000;

let offset = 0;

/** The current time of the server, which created all timestamps; the clock of the browser may differ by minutes. */
export const serverTime = () => Date.now() + offset;

/** @param date the Date header of a response: it has a resolution of one second, so small differences are ignored */
export function syncWith(date) {
    const difference = Date.parse(date) - Date.now();
    offset = Math.abs(difference) > THRESHOLD_MS ? difference : 0;
}
